"""Columns of plain sheets that somebody named: kept by the header, renamed, changed, forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import UserError
from counter_app.services import import_mappings, settings, staff
from counter_app.services.desk import Desk

COLUMNS = ("票", "天", "货", "几个", "多少钱", "谁")
SAID = {"order_no": "票", "date": "天", "name": "货", "quantity": "几个", "unit_price": "多少钱"}


def test_a_sheet_is_known_again_by_its_header_alone(desk: Desk) -> None:
    kept = import_mappings.remember(desk, COLUMNS, SAID)
    assert kept.changed == {"policy"} and kept.value.name == "票 · 天 · 货"
    assert import_mappings.known_for(desk, COLUMNS) == SAID
    assert import_mappings.known_for(desk, COLUMNS[:5]) == {}
    assert not import_mappings.remember(desk, COLUMNS, SAID).changed, "nothing new was said"


def test_a_name_given_by_hand_stays_when_the_sheet_comes_again(desk: Desk) -> None:
    key = import_mappings.remember(desk, COLUMNS, SAID).value.key
    more = {**SAID, "customer_name": "谁"}
    import_mappings.change(desk, key, "收银机的表", more)
    import_mappings.remember(desk, COLUMNS, SAID)
    (one,) = import_mappings.remembered(desk)
    assert (one.name, one.columns, one.mapping) == ("收银机的表", COLUMNS, SAID)


@pytest.mark.parametrize(
    ("name", "mapping", "code"),
    [
        ("  ", SAID, "import.mapping.name"),
        ("表", {**SAID, "phone": "电话"}, "import.mapping.column"),
        ("表", {**SAID, "colour": "谁"}, "import.mapping.field"),
        ("表", {"order_no": "票"}, "import.mapping.missing"),
    ],
)
def test_what_no_sheet_could_be_read_with_is_refused(desk: Desk, name, mapping, code) -> None:
    key = import_mappings.remember(desk, COLUMNS, SAID).value.key
    with pytest.raises(UserError) as refused:
        import_mappings.change(desk, key, name, mapping)
    assert refused.value.code == code
    assert import_mappings.known_for(desk, COLUMNS) == SAID


def test_a_forgotten_sheet_is_asked_about_again(desk: Desk) -> None:
    key = import_mappings.remember(desk, COLUMNS, SAID).value.key
    import_mappings.forget(desk, key)
    assert import_mappings.remembered(desk) == ()
    for act in (
        lambda: import_mappings.forget(desk, key),
        lambda: import_mappings.change(desk, key, "表", SAID),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == "import.mapping.unknown"


def test_what_an_earlier_release_remembered_is_read_and_kept_in_the_present_shape(desk: Desk) -> None:
    settings.set_setting(desk, import_mappings.KEY, {"|".join(COLUMNS): SAID})
    (one,) = import_mappings.remembered(desk)
    assert (one.name, one.columns, one.mapping) == ("票 · 天 · 货", COLUMNS, SAID)
    import_mappings.change(desk, one.key, "旧表", SAID)
    assert settings.setting(desk, import_mappings.KEY)[one.key]["name"] == "旧表"


def test_who_may_not_import_may_not_say_how(desk: Desk) -> None:
    key = import_mappings.remember(desk, COLUMNS, SAID).value.key
    clerk = next(one for one in staff.list_staff(desk) if one.role == "clerk")
    asking = replace(desk, staff=staff.staff_view(desk, clerk.id))
    for act in (
        lambda: import_mappings.remember(asking, COLUMNS, SAID),
        lambda: import_mappings.change(asking, key, "表", SAID),
        lambda: import_mappings.forget(asking, key),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == "staff.right.missing"
