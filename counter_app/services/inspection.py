"""What came back over the counter: how much, in what condition, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_app.db import search
from counter_app.db.models import CaseLine, SaleLine
from counter_app.db.posting_sql import change_rows
from counter_app.domain import roles, text
from counter_app.domain.case_views import CaseLineView
from counter_app.domain.errors import UserError
from counter_app.domain.quantity import format_quantity
from counter_app.services import case_views, rules, staff, undo
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch
from counter_app.services.desk import Desk, Outcome

QUARANTINE = "V0"
HANDED_BACK = "V11"
SPOILT = "K14"
SEALED = ("V6", "V9", "V10")
CHECKS = ("look", "function", "parts", "gifts", "serial", "seal", "account")
BY_ANSWER = "by_answer"
"""Among the checks of a line: what answers said of the goods, in their order, so that it goes with them."""
_FOUND = (("received_milli", "accepted_milli", "rejected_milli"), ("condition",), ("disposition",))
"""What an answer may say of goods; quantities stand and fall together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found on one case line; None leaves as it is. Quantities in thousandths.

    `checks` tick `look`, `function`, `parts`, `gifts`, `serial`, `seal`, `account` (accounts signed out).
    """

    received_milli: int | None = None
    accepted_milli: int | None = None
    damaged_milli: int | None = None
    rejected_milli: int | None = None
    condition: str | None = None
    disposition: str | None = None
    serial: str | None = None
    checks: Mapping[str, bool] = field(default_factory=dict)
    note: str | None = None


def record_inspection(desk: Desk, case_line_id: int, found: Inspection) -> Outcome[CaseLineView]:
    """Write down what was found. Received, accepted, damaged, rejected are four quantities (S4-14, S4-40).

    Raises UserError `inspection.quantity`, `inspection.sum`, `inspection.code`, `inspection.destroy_only`,
    `inspection.posted`, `inspection.check`.
    """
    staff.require(desk, roles.INSPECT)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(case_line_id)
        values = _checked(desk, row, found)
        CaseLine.update(**values).where(CaseLine.id == row.id).execute()
        _check_serial(desk, row, values)
        undo.void_signatures(desk, row.case_id)
        add_event(desk, row.case_id, "inspected", line=row.id, name=row.sale_line.name, **_told(values))
        touch(desk, row.case_id)
        if values.get("serial", row.serial) != row.serial:
            search.index_case(desk.db, row.case_id)
    return Outcome(next(line for line in case_views.case_lines(row.case_id) if line.id == row.id), CHANGED)


def set_reason(
    desk: Desk, case_line_id: int, *, reason: str = "", liability: str = "", note: str = ""
) -> Outcome[CaseLineView]:
    """Why the goods came back and who answers for it: two fields, neither of them the condition.

    Without a liability the one usual for the reason is taken. Raises UserError `inspection.code`,
    `inspection.note` when the reason wants a note.
    """
    staff.require(desk, roles.REGISTER)
    tables = rules.code_tables(desk)
    if reason not in tables["reasons"]:
        raise UserError("inspection.code", kind="reason", code=reason[:20])
    entry = tables["reasons"][reason]
    liability = liability or entry["liability"]
    if liability not in tables["liabilities"]:
        raise UserError("inspection.code", kind="liability", code=liability[:20])
    cleaned = text.clean_note(note, field="note")
    if entry.get("note") and not cleaned:
        raise UserError("inspection.note", reason=reason)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(case_line_id)
        checks = {**(row.checks or {}), "suggested_reason": False}
        CaseLine.update(reason=reason, liability=liability, note=cleaned or row.note, checks=checks).where(
            CaseLine.id == row.id
        ).execute()
        undo.void_signatures(desk, row.case_id)
        add_event(desk, row.case_id, "line_reason", line=row.id, reason=reason, liability=liability)
        touch(desk, row.case_id)
    return Outcome(next(line for line in case_views.case_lines(row.case_id) if line.id == row.id), CHANGED)


def accept_all(
    desk: Desk,
    lines: tuple[Any, ...],
    condition: str,
    dispositions: tuple[str, ...],
    *,
    walk_id: int,
    answers: int,
) -> None:
    """The answer itself says that the goods are in order: what was not inspected by hand is accepted whole.

    Inside the caller's transaction. `dispositions` are those the path asks for: sealed goods stay sealed. `answers`
    were given on the walk before this one.
    """
    sealed = next((place for place in ("V10", "V6") if place in dispositions), "")
    for line in lines:
        if line.state != "reserved":
            continue
        values: dict[str, Any] = {}
        if line.received_milli == 0:
            values.update(
                received_milli=line.quantity_milli, accepted_milli=line.quantity_milli, rejected_milli=0
            )
        elif line.accepted_milli == 0:
            values.update(accepted_milli=line.received_milli, rejected_milli=0)
        if not line.condition:
            values["condition"] = SPOILT if sealed else condition
        if not line.disposition or line.disposition == HANDED_BACK:
            values["disposition"] = sealed or QUARANTINE
        if values:
            _say(desk, line, values, walk_id, answers)


def reject_all(desk: Desk, lines: tuple[Any, ...], *, walk_id: int, answers: int) -> None:
    """The goods go back to the customer: nothing of them is accepted. Inside the caller's transaction."""
    for line in lines:
        if line.state == "reserved" and (line.accepted_milli or line.received_milli):
            values = {
                "accepted_milli": 0,
                "rejected_milli": line.received_milli,
                "disposition": HANDED_BACK,
            }
            _say(desk, line, values, walk_id, answers)


def unsay(desk: Desk, lines: tuple[Any, ...], *, walk_id: int, answers: int) -> None:
    """Of a walk only its first `answers` stand any longer: what later ones alone said of the goods is gone with them,
    what somebody wrote down since stays. Inside the caller's transaction."""
    for line in lines:
        told = (line.checks or {}).get(BY_ANSWER, ())
        gone = [one for one in told if one["walk"] == walk_id and one["answers"] >= answers]
        if not gone or line.state != "reserved":
            continue
        now = _found(line)
        for one in reversed(gone):
            for group in _FOUND:
                if all(now[name] == one["is"][name] for name in group):
                    now.update({name: one["was"][name] for name in group})
        checks = {name: value for name, value in line.checks.items() if name != BY_ANSWER}
        left = [one for one in told if one not in gone]
        change_rows(
            desk.db, CaseLine, {**now, "checks": {**checks, BY_ANSWER: left} if left else checks}, id=line.id
        )


def _found(line: Any) -> dict[str, Any]:
    return {name: getattr(line, name) for group in _FOUND for name in group}


def _say(desk: Desk, line: Any, values: dict[str, Any], walk_id: int, answers: int) -> None:
    was = _found(line)
    said = {"walk": walk_id, "answers": answers, "was": was, "is": {**was, **values}}
    checks = line.checks or {}
    told = [*checks.get(BY_ANSWER, ()), said]
    change_rows(desk.db, CaseLine, {**values, "checks": {**checks, BY_ANSWER: told}}, id=line.id)


def _row(case_line_id: int) -> Any:
    row = CaseLine.select(CaseLine, SaleLine).join(SaleLine).where(CaseLine.id == case_line_id).first()
    if row is None:
        raise UserError("case.line.unknown")
    if row.state != "reserved":
        raise UserError("inspection.posted", name=row.sale_line.name)
    case_row(row.case_id)
    return row


def _checked(desk: Desk, row: Any, found: Inspection) -> dict[str, Any]:
    tables = rules.code_tables(desk)
    values: dict[str, Any] = {}
    for name in ("received_milli", "accepted_milli", "damaged_milli", "rejected_milli"):
        quantity = getattr(found, name)
        if quantity is not None:
            if quantity < 0 or (quantity % 1000 and not row.quantity_milli % 1000):
                raise UserError(
                    "inspection.quantity", name=row.sale_line.name, quantity=format_quantity(quantity)
                )
            values[name] = quantity
    merged = {
        name: values.get(name, getattr(row, name))
        for name in ("received_milli", "accepted_milli", "damaged_milli", "rejected_milli")
    }
    if (
        merged["accepted_milli"] + merged["rejected_milli"] > merged["received_milli"]
        or merged["received_milli"] > row.quantity_milli
        or merged["damaged_milli"] > merged["received_milli"]
    ):
        raise UserError(
            "inspection.sum", name=row.sale_line.name, quantity=format_quantity(row.quantity_milli)
        )
    for name, table in (("condition", "conditions"), ("disposition", "dispositions")):
        code = getattr(found, name)
        if code is not None:
            if code and code not in tables[table]:
                raise UserError("inspection.code", kind=name, code=code[:20])
            values[name] = code
    for check in found.checks:
        if check not in CHECKS:
            raise UserError("inspection.check", check=str(check)[:40])
    if found.checks:
        values["checks"] = {**(row.checks or {}), **found.checks}
    if found.serial is not None:
        values["serial"] = text.clean_line(found.serial, 64, "serial")
    if found.note is not None:
        values["note"] = text.clean_note(found.note, field="note")
    _check_destroy(desk, row, values)
    return values


def _check_destroy(desk: Desk, row: Any, values: dict[str, Any]) -> None:
    """Expired or spoilt goods, food and medicine that came back, never go on sale again (食品安全法 63)."""
    condition = values.get("condition", row.condition)
    disposition = values.get("disposition", row.disposition)
    accepted = values.get("accepted_milli", row.accepted_milli)
    terms = rules.current_rules(desk).category(row.sale_line.category)
    unsealed = condition != "K1" or terms.no_reason == "excluded"
    spoilt = condition == SPOILT or bool(terms.destroy_only and accepted and unsealed)
    allowed = ("", QUARANTINE, *SEALED) if accepted else ("", QUARANTINE, *SEALED, HANDED_BACK, "V12")
    if spoilt and disposition not in allowed:
        raise UserError("inspection.destroy_only", name=row.sale_line.name, disposition=disposition)


def _check_serial(desk: Desk, row: Any, values: dict[str, Any]) -> None:
    """Note whether the number on the goods is the one that was sold (K13 is a supervisor's business)."""
    told = values.get("serial", row.serial)
    if not told or not row.sale_line.serial:
        return
    checks = {**(row.checks or {}), **values.get("checks", {}), "serial": told == row.sale_line.serial}
    changes: dict[str, Any] = {"checks": checks}
    if told != row.sale_line.serial and not values.get("condition", row.condition):
        changes["condition"] = "K13"
    CaseLine.update(**changes).where(CaseLine.id == row.id).execute()


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if name
        in ("received_milli", "accepted_milli", "rejected_milli", "damaged_milli", "condition", "disposition")
    }
