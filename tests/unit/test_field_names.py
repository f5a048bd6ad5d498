"""A sentence that refuses a text names its field as the shop calls it, never as the program does."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import counter_app
from counter_app import resources, wording
from counter_app.domain import text
from counter_app.domain.errors import UserError

HOUSE = Path(counter_app.__file__).parent
CLEANERS = {"clean_line": 2, "clean_note": 2, "line_text": 2, "normalise_phone": 1}
"""Functions that refuse a text, and at which place they are given its field."""
NAMES = resources.read_toml("i18n", "fields.toml")


def fields_in_code() -> set[str]:
    found: set[str] = set()
    for file in (*HOUSE.glob("domain/*.py"), *HOUSE.glob("services/*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            told = [one.value for one in call.keywords if one.arg in ("field", "field_name")]
            if name in CLEANERS and len(call.args) > CLEANERS[name]:
                told.append(call.args[CLEANERS[name]])
            if name in CLEANERS or (name == "UserError" and ast.unparse(call.args[0]) == "'case.choice'"):
                found |= {one.value for one in told if isinstance(one, ast.Constant)}
    return found


def test_fields_are_found() -> None:
    assert {"note", "customer_name", "phone", "variance_reason", "stands"} <= fields_in_code() | {"phone"}


@pytest.mark.parametrize("field", sorted(fields_in_code()))
def test_every_field_has_a_name(field: str) -> None:
    assert wording.field_name(field, "zh") != field
    assert wording.field_name(field, "en") != field


@pytest.mark.parametrize("field", sorted(NAMES))
def test_every_name_stands_in_both_languages(field: str) -> None:
    assert set(NAMES[field]) == {"zh", "en"} and all(NAMES[field].values())


@pytest.mark.parametrize(
    ("typed", "code"),
    [("长" * 100_000, "text.too_long"), ("a\x07b", "text.control"), ("a\u202eb", "text.direction")],
)
def test_what_is_refused_is_called_by_its_name(typed: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        text.clean_note(typed, field="variance_reason")
    assert refused.value.code == code
    assert wording.sentence(refused.value, "zh").startswith("差异原因 ")
    assert wording.sentence(refused.value, "en").startswith("The reason of the difference ")
    with pytest.raises(UserError) as unnamed:
        text.clean_line(typed)
    assert wording.sentence(unnamed.value, "zh").startswith("这段文字 ")


def test_a_choice_of_a_walk_is_called_like_its_last_part() -> None:
    assert wording.field_name("refusal.reason", "zh") == "理由"
    assert wording.field_name("x-unheard-of", "zh") == "x-unheard-of"
