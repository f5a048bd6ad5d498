"""What the documents say is so: verbs and their options, settings, files, links, pictures, sections."""

from __future__ import annotations

import argparse
import importlib
import re
from pathlib import Path

import pytest

from counter_app import cli

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
SHARED = {"--help", "--data", "--language"}


def pages() -> list[tuple[str, str]]:
    return [(page.relative_to(ROOT).as_posix(), page.read_text(encoding="utf-8")) for page in PAGES]


def sections() -> dict[str, str]:
    """Verb → its section of verbs.md."""
    text = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    found = re.split(r"^## (\S+)\n", text, flags=re.MULTILINE)
    return {name: body for name, body in zip(found[1::2], found[2::2], strict=True) if name in cli.VERBS}


def options(verb: str) -> argparse.ArgumentParser:
    module = importlib.import_module(f"counter_app.verbs.{cli.MODULE_NAMES.get(verb, verb)}")
    parser = argparse.ArgumentParser()
    module.declare(parser)
    return parser


def anchors(text: str) -> set[str]:
    """The anchors that headings get: lower case, punctuation dropped, blanks as dashes."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE):
        found.add(re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-"))
    return found


def test_every_verb_has_its_section_and_every_section_its_verb() -> None:
    text = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \| (.+?) \|$", text, flags=re.MULTILINE))
    assert told == cli.VERBS
    assert set(sections()) == set(cli.VERBS)


@pytest.mark.parametrize("verb", sorted(cli.VERBS))
def test_a_verb_is_told_with_every_argument_it_takes_and_no_other(verb: str) -> None:
    body = sections()[verb]
    taken = {
        word for action in options(verb)._actions for word in action.option_strings if word.startswith("--")
    }
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", body))
    assert named - SHARED == taken - SHARED
    for action in options(verb)._actions:
        if not action.option_strings:
            name = action.metavar or action.dest
            assert str(name) in body


def test_every_verb_that_any_page_calls_exists() -> None:
    called = {
        (name, verb)
        for name, text in pages()
        for verb in re.findall(r"(?:main\.py|counter-cli)(?: --\w+ \S+)* ([a-z]+)\b", text)
    }
    assert called and {verb for _, verb in called} <= set(cli.VERBS)


def test_every_link_and_picture_leads_somewhere() -> None:
    lost = []
    for page, (name, text) in zip(PAGES, pages(), strict=True):
        for target in LINK.findall(text):
            if target.startswith(("http://", "https://")):
                continue
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists():
                lost.append(f"{name}: {target}")
            elif anchor and anchor not in anchors(file.read_text(encoding="utf-8")):
                lost.append(f"{name}: {target} (no such section)")
    assert lost == []


def test_every_picture_is_shown_somewhere_and_is_small() -> None:
    shown = {
        (page.parent / target).resolve()
        for page, (_, text) in zip(PAGES, pages(), strict=True)
        for target in LINK.findall(text)
    }
    pictures = set((ROOT / "docs" / "pictures").rglob("*.png"))
    assert pictures and pictures <= shown
    assert [file.name for file in pictures if file.stat().st_size > 200_000] == []


def test_every_file_that_a_page_names_exists() -> None:
    named = re.compile(
        r"`((?:counter_app|resources|packaging|tests|docs|domain|services|db|ui|documents|archive)/[\w/.]+)`"
    )
    lost = [
        f"{name}: {path}"
        for name, text in pages()
        for path in named.findall(text)
        if "/" in path and not any((ROOT / room / path.rstrip("/")).exists() for room in ("", "counter_app"))
    ]
    assert sorted(set(lost) - EXPECTED_LATER) == []


EXPECTED_LATER = {"docs/install.md: packaging/wheels/"}
"""Made by whoever installs without a network, not shipped."""


def test_every_setting_and_figure_that_a_page_names_exists() -> None:
    from counter_app import resources
    from counter_app.services import settings

    figures = set(resources.read_toml("policy", "shop_policy.toml")["figures"])
    dotted = re.compile(r"`((?:printer|paper|copies|slips|lock|pin|backup|inbox|sheet)\.\w+)`")
    for name, text in pages():
        assert {key for key in dotted.findall(text) if not key.endswith((".py", ".toml"))} <= set(
            settings.DEFAULTS
        ), name
        assert set(re.findall(r"`(\w+_days|\w+_limit_fen)`", text)) - figures <= FACTS_LIKE_FIGURES, name


FACTS_LIKE_FIGURES = {"promise_days", "protect_days", "repair_days", "waiting_part_days"}
"""Facts of the headless walk that are spelled like figures."""


def test_every_fact_of_the_walk_is_told() -> None:
    from counter_app.domain import facts

    body = sections()["walk"]
    table = body[body.index("- **facts**") : body.index("### Output")]
    told = set(re.findall(r"`([a-z_]+)`", table)) - {"true", "false", "store", "remote"}
    assert told == set(facts.FACTS)


def test_both_manuals_have_the_same_sections_in_the_same_order() -> None:
    told = [
        [
            (len(marks), number)
            for marks, number in re.findall(
                r"^(#+) (\d*)", (ROOT / "docs" / name).read_text(encoding="utf-8"), flags=re.MULTILINE
            )
        ]
        for name in ("manual.md", "manual.en.md")
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 20


def test_the_roles_of_the_manual_have_the_limits_that_are_shipped() -> None:
    from counter_app import resources

    roles = resources.read_toml("policy", "roles.toml")
    manual = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")
    for code in ("clerk", "supervisor"):
        row = next(line for line in manual.splitlines() if line.startswith(f"| {roles[code]['zh']} |"))
        limit, goodwill = (
            f"{roles[code][key] // 100:,}".replace(",", " ") for key in ("limit_fen", "goodwill_fen")
        )
        assert f"{limit} 元" in row and f"{goodwill} 元" in row


def test_the_sources_of_the_database_tables_are_all_told() -> None:
    from counter_app.db.models import MODELS

    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [model._meta.table_name for model in MODELS if f"`{model._meta.table_name}`" not in text] == []
