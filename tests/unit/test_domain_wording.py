"""Every code the rules of the desk can raise is worded, in both languages, with the same figures."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import counter_app.domain
from counter_app import resources, wording
from counter_app.domain.errors import UserError
from counter_app.domain.rights import EXCLUDED_CAUSES
from counter_app.domain.roles import ALL_RIGHTS
from counter_app.domain.settlement_terms import DEDUCTIONS

ROOMS = "money|quantity|dates|text|rules|rights|remedy|case|settlement"
FILES = "money quantity dates text policy categories roles rights remedy case settlement settlement_lines settlement_terms"
CODE = re.compile(rf'"((?:{ROOMS})\.[A-Za-z_.0-9]+)"')
OURS = resources.read_toml("i18n", "errors", "domain.toml")


def codes_in_the_domain() -> set[str]:
    folder = Path(counter_app.domain.__file__).parent
    found = {
        code for name in FILES.split() for code in CODE.findall((folder / f"{name}.py").read_text("utf-8"))
    }
    found |= {f"rights.cause.{cause}" for cause in EXCLUDED_CAUSES}
    found |= {f"settlement.working.deduction.{kind}" for kind in DEDUCTIONS}
    found |= {f"settlement.working.{code}" for code in ("R10", "R11", "R12", "R13")}
    return found - ALL_RIGHTS


@pytest.mark.parametrize("code", sorted(codes_in_the_domain()))
def test_a_code_of_the_domain_has_a_sentence(code: str) -> None:
    assert code in OURS


@pytest.mark.parametrize("code", sorted(OURS))
def test_both_languages_say_the_same_figures(code: str) -> None:
    def names(text: str) -> set[str]:
        return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}

    entry = OURS[code]
    assert set(entry) == {"zh", "en"}
    assert names(entry["zh"]) == names(entry["en"])
    assert all(entry.values())


def test_a_sentence_reads_as_one() -> None:
    error = UserError("settlement.line.overreturned", line="保温杯", left="1", wanted="2")
    assert wording.sentence(error, "zh") == "“保温杯”最多还能退 1，不能退 2。"
    assert wording.sentence(error, "en") == 'Only 1 of "保温杯" can still come back, not 2.'
