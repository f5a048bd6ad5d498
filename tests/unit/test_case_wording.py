"""Every code that cases, walks and postings raise is worded in both languages, with the same figures."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import counter_app.services
from counter_app import resources, wording
from counter_app.services.case_words import known

ROOMS = "case|walk|facts|plan|inspection|approval|form|posting|proposal|reversal|settling|slip|task|waiting|request|intake"
CODE = re.compile(rf'(?:UserError|Reason|SurroundingsError)\(\s*"((?:{ROOMS})\.[a-z_.]+)"')
OURS = resources.read_toml("i18n", "errors", "cases.toml")
FOLDER = Path(counter_app.services.__file__).parent
SOURCES = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.py")}


def codes() -> set[str]:
    return {code for text in SOURCES.values() for code in CODE.findall(text)}


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_code_of_the_services_has_a_sentence(code: str) -> None:
    assert code in wording.catalogue()


@pytest.mark.parametrize("code", sorted(OURS))
def test_both_languages_carry_text_and_none_is_left_unused(code: str) -> None:
    entry = OURS[code]
    assert set(entry) == {"zh", "en"}
    assert all(entry.values())
    used = any(f'"{code}"' in text for text in SOURCES.values()) or any(
        f'"{code}"' in file.read_text("utf-8") for file in FOLDER.parent.rglob("*.py")
    )
    assert used, f"{code} is worded and never raised"


@pytest.mark.parametrize("code", sorted(OURS))
def test_the_languages_name_figures_that_are_given(code: str) -> None:
    # A name may be given in both languages: {what} in the Chinese, {what_en} in the English.
    fields = {
        language: {
            name.removesuffix("_en") for _, name, _, _ in Formatter().parse(OURS[code][language]) if name
        }
        for language in ("zh", "en")
    }
    assert fields["zh"] == fields["en"]


@pytest.mark.parametrize("key", re.findall(r'words\("([a-z_]+\.[a-z_A-Z0-9]+)"', "\n".join(SOURCES.values())))
def test_a_wording_that_is_asked_for_is_there(key: str) -> None:
    assert known(key)
