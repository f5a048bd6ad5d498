"""A slip frozen as JSON comes back the same, prints the same bytes, and is what its signature binds to."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest
import slip_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.documents import Paper, render
from counter_app.domain import slips
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.slip_content import (
    KINDS,
    canonical,
    check_code,
    content_hash,
    slip_from,
    without_signature,
)
from counter_app.domain.slips import PostedNumber, ReturnForm, Slip


def _thawed(slip: Slip | slips.InternalPart) -> object:
    return slip_from(json.loads(json.dumps(canonical(slip), ensure_ascii=False)))


@pytest.mark.parametrize("name", list(samples.ALL))
def test_a_frozen_slip_comes_back_the_same_and_prints_the_same_bytes(name: str) -> None:
    slip = samples.ALL[name]
    again = _thawed(slip)
    assert again == slip
    assert isinstance(again, Slip)
    assert render(again, Paper.A4, "zh") == render(slip, Paper.A4, "zh")
    assert content_hash(again) == content_hash(slip)


def test_the_internal_part_freezes_too() -> None:
    assert _thawed(samples.INTERNAL) == samples.INTERNAL


def _made(kind: object) -> st.SearchStrategy[object]:
    """Any value of a slip's type, Unicode and all."""
    if kind is str:
        return st.text(max_size=12)
    if kind is int:
        return st.integers(-(10**12), 10**12)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)
        if inner[1] is Ellipsis:
            return st.lists(_made(inner[0]), max_size=2).map(tuple)
        return st.tuples(*map(_made, inner))
    if typing.get_args(kind):
        return st.one_of(*map(_made, typing.get_args(kind)))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return st.builds(kind, **{name: _made(hint) for name, hint in typing.get_type_hints(kind).items()})
    if kind is type(None):
        return st.none()
    return st.from_type(kind)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.sampled_from(sorted(KINDS)).flatmap(lambda name: _made(KINDS[name])))
def test_any_slip_survives_freezing(slip: Slip) -> None:
    frozen = json.dumps(canonical(slip), ensure_ascii=True)
    assert slip_from(json.loads(frozen)) == slip


def test_signature_and_posted_numbers_do_not_change_what_was_signed() -> None:
    slip = samples.RETURN_FORM
    unsigned = without_signature(slip)
    assert unsigned.signature is None
    posted = dataclasses.replace(slip, posted=(PostedNumber(what="TH", number="TH01-20250305-0001"),))
    assert content_hash(slip) == content_hash(unsigned) == content_hash(posted)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(ReturnForm)])
def test_every_other_change_of_the_form_changes_its_hash(field: str) -> None:
    if field in ("signature", "posted"):
        return
    value = getattr(samples.RETURN_FORM, field)
    other: object
    match value:
        case bool():
            other = not value
        case str():
            other = slips.Flow.COLLECT if isinstance(value, slips.Flow) else value + "x"
        case int():
            other = value + 1
        case tuple():
            other = value[1:] if value else (samples.CUP,)
        case None:
            other = slips.Subsidy(paid_fen=1)
        case _:
            other = {"customer": None, "invoice": None}.get(
                field, type(value)(**({"name": "y"} if field == "shop" else {}))
            )
    assert content_hash(dataclasses.replace(samples.RETURN_FORM, **{field: other})) != content_hash(
        samples.RETURN_FORM
    )


def test_a_form_that_changed_after_it_was_signed_is_not_printed_with_that_signature() -> None:
    bound = dataclasses.replace(samples.ink(), bound_to=content_hash(samples.RETURN_FORM))
    signed = dataclasses.replace(samples.RETURN_FORM, signature=bound)
    assert render(signed, Paper.A5, "zh").startswith(b"%PDF")
    with pytest.raises(UserError, match=r"slip\.signature\.unbound"):
        render(dataclasses.replace(signed, amount_fen=1), Paper.A5, "zh")


def test_the_check_code_can_be_read_aloud_and_changes_with_the_content() -> None:
    code = check_code(content_hash(samples.RETURN_FORM))
    assert len(code) == 9
    assert code[4] == "-"
    assert not set(code) & set("ILOU")
    assert code != check_code(content_hash(samples.EXCHANGE_FORM))
    assert check_code("0" * 64) == "0000-0000"
    assert check_code("f" * 64) == "ZZZZ-ZZZZ"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"kind": "invoice"},
        {"kind": ["return_form"]},
        {"kind": "return_form", "version": 2},
        {"kind": "return_form", "version": 1},
        {**canonical(samples.RETURN_FORM), "cost_fen": 1},
        {**canonical(samples.RETURN_FORM), "amount_fen": "1"},
        {**canonical(samples.RETURN_FORM), "amount_fen": True},
        {**canonical(samples.RETURN_FORM), "flow": "both"},
        {**canonical(samples.RETURN_FORM), "lines": {}},
        {**canonical(samples.RETURN_FORM), "lines": [{"model": "x"}]},
        {**canonical(samples.RETURN_FORM), "shop": None},
    ],
)
def test_content_that_is_not_a_slip_is_named_not_guessed(broken: dict[str, object]) -> None:
    with pytest.raises(SurroundingsError, match=r"slip\.content\."):
        slip_from(broken)


def test_what_has_its_usual_value_is_not_written_so_that_new_fields_keep_old_hashes() -> None:
    content = canonical(samples.PLAIN["ReturnForm"])
    assert content == {
        "kind": "return_form",
        "version": 1,
        "number": "SH1",
        "case_number": "SH1",
        "on": "2025-03-05",
        "shop": {"name": "店"},
    }
    assert (
        content_hash(samples.PLAIN["ReturnForm"])
        == hashlib.sha256(
            b'{"case_number":"SH1","kind":"return_form","number":"SH1","on":"2025-03-05",'
            b'"shop":{"name":"\xe5\xba\x97"},"version":1}'
        ).hexdigest()
    )


def test_the_customer_arrives_masked_and_stays_so() -> None:
    party = slips.Party(name="欧阳小云", phone="13812345678")
    assert (party.name, party.phone) == ("欧阳**", "138****5678")
    assert slips.Party(name=party.name, phone=party.phone) == party
    assert slips.Party(name="Anna Bell", phone="021-66668888").phone == "****8888"
    assert slips.Party() == slips.Party(name="", phone="")


_ELSEWHERE = """
import hashlib, sys
import slip_samples as samples
from counter_app.documents import Paper, render
for paper in Paper:
    for name, slip in samples.ALL.items():
        print(hashlib.sha256(render(slip, paper, "zh", internal=samples.INTERNAL)).hexdigest())
"""


def test_the_same_slip_is_the_same_bytes_in_any_process_and_order() -> None:
    here = Path(__file__).resolve()
    found = set()
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(here.parents[2]), str(here.parent)]),
        }
        done = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE], env=environment, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    (hashes,) = found
    again = hashlib.sha256(
        render(samples.REFUSAL, list(Paper)[-1], "zh", internal=samples.INTERNAL)
    ).hexdigest()
    assert hashes.split()[-1] == again
