"""What a clerk chooses for a visit and for each of its walks, beside the answers: checked, kept with the case.

A case keeps its plan as one JSON value: choices of the visit, choices of each walk under `walks`, the versions
of the rules it is bound to under `versions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN
from counter_app.domain.settlement_terms import DEDUCTIONS

Check = Callable[[str, Any], Any]


def versions_of(plan: Mapping[str, Any] | None) -> dict[str, int]:
    """The rule versions a case is bound to."""
    return dict((plan or {}).get("versions", {}))


def choices_of(plan: Mapping[str, Any] | None, walk_id: int) -> dict[str, Any]:
    """What was chosen for one walk."""
    return dict((plan or {}).get("walks", {}).get(str(walk_id), {}))


def changed(plan: Mapping[str, Any], choices: Mapping[str, Any]) -> dict[str, Any]:
    """The plan with choices of the visit put in, or taken back with None.

    Raises UserError `plan.unknown`, `plan.value`, naming the choice.
    """
    return _without({**plan, **_checked(choices, _VISIT)}, choices)


def changed_walk(plan: Mapping[str, Any], walk_id: int, choices: Mapping[str, Any]) -> dict[str, Any]:
    """The plan with choices of one walk put in, or taken back with None. Raises as `changed`."""
    walks = dict(plan.get("walks", {}))
    mine = {**walks.get(str(walk_id), {}), **_checked(choices, _WALK)}
    walks[str(walk_id)] = _without(mine, choices)
    return {**plan, "walks": walks}


def _without(plan: dict[str, Any], choices: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plan.items() if not (key in choices and choices[key] is None)}


def _checked(choices: Mapping[str, Any], known: Mapping[str, Check]) -> dict[str, Any]:
    found = {}
    for name, value in choices.items():
        check = known.get(name)
        if check is None:
            raise UserError("plan.unknown", name=str(name)[:40])
        if value is not None:
            found[name] = check(name, value)
    return found


def _wrong(name: str, value: object) -> UserError:
    return UserError("plan.value", name=name, value=str(value)[:60])


def _line(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, value)
    return text.clean_line(value, field=name)


def _note(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, value)
    return text.clean_note(value, field=name)


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, value)
    return value


def _fen(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_FEN:
        raise _wrong(name, value)
    return value


def _quantity(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise _wrong(name, value)
    return value


def _id(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise _wrong(name, value)
    return value


def _day(name: str, value: Any) -> str:
    try:
        return date.fromisoformat(value if isinstance(value, str) else value.isoformat()).isoformat()
    except (ValueError, AttributeError, TypeError) as wrong:
        raise _wrong(name, value) from wrong


def _word(*known: str) -> Check:
    def check(name: str, value: Any) -> str:
        if value not in known:
            raise _wrong(name, value)
        return str(value)

    return check


def _record(*compulsory: str, **fields: Check) -> Check:
    def check(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _wrong(name, value)
        for key in value:
            if key not in fields:
                raise UserError("plan.unknown", name=f"{name}.{str(key)[:40]}")
        for key in compulsory:
            if value.get(key) in (None, ""):
                raise UserError("plan.value", name=f"{name}.{key}", value="")
        return {key: fields[key](f"{name}.{key}", item) for key, item in value.items() if item is not None}

    return check


def _list(one: Check) -> Check:
    def check(name: str, value: Any) -> list[Any]:
        if not isinstance(value, list | tuple) or not value:
            raise _wrong(name, value)
        return [one(name, item) for item in value]

    return check


def _by_id(one: Check) -> Check:
    def check(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _wrong(name, value)
        return {str(int(key)): one(name, item) for key, item in value.items()}

    return check


_VISIT: dict[str, Check] = {
    "refund_way": _line,
    "refund_way_reason": _line,
    "collect_tender": _line,
    "gifts": _by_id(_word("back", "kept", "waived")),
    "seller_pays_freight": _flag,
    "signature_waived": _line,
    "promised_on": _day,
    "solution": _note,
    "estimate_fen": _fen,
}
"""Choices of the visit. `refund_way` is a tender, '' or absent = the way it was paid."""

_WALK: dict[str, Check] = {
    "replacement": _list(
        _record(
            "name",
            "quantity_milli",
            product_id=_id,
            name=_line,
            sku=_line,
            barcode=_line,
            model=_line,
            category=_line,
            serial=_line,
            quantity_milli=_quantity,
            price_fen=_fen,
        )
    ),
    "coupon": _record("what", number=_line, what=_line, amount_fen=_fen, expires_on=_day),
    "gift": _record("what", what=_line, amount_fen=_fen, product_id=_id),
    "concession": _record("what", what=_line, amount_fen=_fen, expires_on=_day),
    "compensation": _record(
        "what",
        what=_line,
        amount_fen=_fen,
        basis=_line,
        tender=_line,
        legal=_word("fraud", "food", "harm"),
    ),
    "refusal": _record("reason", reason=_note, basis=_line),
    "deposit": _record("amount_fen", amount_fen=_fen, tender=_line),
    "waybill": _line,
    "carrier": _line,
    "quote": _record(
        "amount_fen",
        amount_fen=_fen,
        rows=_list(_record("what", what=_line, amount_fen=_fen)),
    ),
    "repair": _record(fault=_note, cause=_note, promised_on=_day, place=_line),
    "ticket": _record("what", what=_note, kind=_line, priority=_word("P1", "P2", "P3", "P4"), role=_line),
    "missing": _record(amount_fen=_fen, what=_line, quantity_milli=_quantity),
    "deductions": _list(
        _record(
            "case_line_id",
            "kind",
            "amount_fen",
            "reason",
            case_line_id=_id,
            kind=_word(*DEDUCTIONS),
            amount_fen=_fen,
            reason=_line,
        )
    ),
    "loan": _record("what", what=_line, serial=_line, due_on=_day, amount_fen=_fen),
    "kept_deposit_fen": _fen,
    "unsafe": _flag,
}
"""Choices of one walk."""
