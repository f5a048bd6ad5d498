"""Every printed form looks as it did when somebody looked at it (`form_pictures.py` keeps the pictures)."""

from __future__ import annotations

import dataclasses

import form_pictures
import pytest
import slip_samples as samples

from counter_app.documents import Paper
from counter_app.domain.slips import Slip
from counter_app.wording import Language

WANTED = list(form_pictures.wanted())


@pytest.mark.parametrize(("name", "slip", "paper", "language"), WANTED, ids=[one[0] for one in WANTED])
def test_a_form_looks_as_it_was_kept(name: str, slip: Slip, paper: Paper, language: Language) -> None:
    found = form_pictures.apart(form_pictures.picture(slip, paper, language), form_pictures.kept(name))
    assert not found, f"{name}: {found}; after looking at it: python tests/documents/form_pictures.py"


def test_no_picture_is_kept_of_a_form_that_is_gone() -> None:
    assert {file.stem for file in form_pictures.FOLDER.glob("*.png")} == {name for name, *_ in WANTED}


@pytest.mark.parametrize(
    "changed",
    [
        dataclasses.replace(samples.RETURN_FORM, reason=""),
        dataclasses.replace(samples.RETURN_FORM, amount_fen=999999),
        dataclasses.replace(samples.RETURN_FORM, parts=()),
        dataclasses.replace(samples.RETURN_FORM, shop=dataclasses.replace(samples.SHOP, name="别的店")),
    ],
    ids=["a line gone", "another amount", "no parts", "another shop"],
)
def test_a_form_that_says_something_else_is_told_from_the_kept_one(changed: Slip) -> None:
    assert form_pictures.apart(
        form_pictures.picture(changed, Paper.A5, "zh"), form_pictures.kept("return_form-A5-zh")
    )
