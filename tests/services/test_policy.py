"""The rules in force, their versions, and settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from counter_app import resources
from counter_app.db.models import PolicyVersion
from counter_app.domain.errors import UserError
from counter_app.services import policy, settings
from counter_app.services.desk import Desk


def test_every_shipped_rule_and_chart_is_in_force_from_the_start(desk: Desk) -> None:
    shipped = {f"chart:{file.stem}" for file in resources.path("charts").glob("*.toml")}
    shipped |= {f"policy:{file.stem}" for file in resources.path("policy").glob("*.toml")}
    assert shipped <= set(policy.kinds(desk))
    assert "chart:counter" in shipped
    found = policy.current(desk, "policy:shop_policy")
    assert found.version == 1
    assert found.content["figures"]["remote_no_reason_days"]["value"] == 7


def test_a_new_version_is_in_force_at_once_and_the_old_one_stays_readable(desk: Desk) -> None:
    old = policy.current(desk, "policy:shop_policy")
    text = old.text.replace("value = false", "value = true", 1)
    new = policy.publish(desk, "policy:shop_policy", text, "开启门店承诺").value
    assert (new.version, policy.current(desk, "policy:shop_policy").hash) == (2, new.hash)
    assert policy.version(desk, old.version_id).text == old.text
    assert policy.publish(desk, "policy:shop_policy", text, "again").changed == frozenset()


def test_a_rule_for_next_week_is_not_in_force_today(desk: Desk, clock: object) -> None:
    old = policy.current(desk, "policy:shop_policy")
    start = desk.today() + timedelta(days=7)
    policy.publish(desk, "policy:shop_policy", old.text + "\n# next week", "", valid_from=start)
    assert policy.current(desk, "policy:shop_policy").version == 1
    clock.forward(days=7)  # type: ignore[attr-defined]
    assert policy.current(desk, "policy:shop_policy").version == 2


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("policy:shop_policy", "not = [toml"),
        ("policy:shop_policy", "{not json"),
        ("policy:shop_policy", '{"figures": {}}'),
        ("policy:roles", '{"clerk": {"zh": "店员", "en": "Clerk", "rights": ["fly"]}}'),
        ("chart:counter", 'format = 1\nname = "counter"\nstart = "nowhere"\n'),
    ],
)
def test_a_rule_that_cannot_work_never_comes_into_force(desk: Desk, kind: str, text: str) -> None:
    with pytest.raises(UserError):
        policy.publish(desk, kind, text, "")
    assert policy.current(desk, kind).version == 1


def test_no_setting_takes_a_legal_right_away(desk: Desk) -> None:
    text = policy.current(desk, "policy:shop_policy").text.replace("value = 7", "value = 3", 1)
    with pytest.raises(UserError, match="below_law"):
        policy.publish(desk, "policy:shop_policy", text, "")


def test_only_who_may_edit_rules_publishes_them(as_role: Callable[[str], Desk]) -> None:
    with pytest.raises(UserError, match=r"right\.missing"):
        policy.publish(as_role("clerk"), "policy:shop_policy", "x = 1", "")


def test_a_newer_program_brings_its_defaults_but_not_over_the_shops_own(desk: Desk) -> None:
    row = PolicyVersion.get(PolicyVersion.kind == "policy:holidays")
    PolicyVersion.create(
        kind="policy:holidays",
        version=2,
        content="years = {}",
        hash="older",
        at=1,
        valid_from=date(2000, 1, 1),
    )
    policy.publish(desk, "policy:shop_policy", policy.current(desk, "policy:shop_policy").text + "\n#", "own")
    policy.seed_defaults(desk)
    assert policy.current(desk, "policy:holidays").version == 2, "a default seen before is no news"
    assert policy.current(desk, "policy:shop_policy").note == "own"
    assert row.version == 1


def test_a_rule_given_as_a_mapping_is_kept_as_json(desk: Desk) -> None:
    content = dict(policy.current(desk, "policy:holidays").content)
    kept = policy.publish(desk, "policy:holidays", content, "").value
    assert kept.text.startswith("{")
    assert kept.content["years"].keys() == content["years"].keys()


def test_settings_have_declared_names_kinds_and_defaults(desk: Desk) -> None:
    assert settings.setting(desk, "paper.receipt") == "80mm"
    settings.set_setting(desk, "paper.receipt", "58mm")
    settings.set_setting(desk, "paper.receipt", "80mm")
    settings.set_setting(desk, "ui.window", [1, 2])
    assert settings.setting(desk, "paper.receipt") == "80mm"
    assert settings.setting(desk, "ui.window") == [1, 2]
    with pytest.raises(UserError, match=r"settings\.unknown"):
        settings.setting(desk, "paper.reciept")
    with pytest.raises(UserError, match=r"settings\.kind"):
        settings.set_setting(desk, "lock.minutes", "ten")
