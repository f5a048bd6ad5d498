"""Parcels on their way: their numbers, who looked them up when, and claims against a courier."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from counter_app.db.models import CaseEvent, Task
from counter_app.domain import roles, text
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN
from counter_app.services import case_views, claims, staff, tasks
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch
from counter_app.services.case_words import words, yuan
from counter_app.services.desk import Desk, Outcome

CLAIM_RESULTS = ("", "paid", "refused")
"""'' while the courier has not answered."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim against a courier (S4-23). Money in 分; `paid_fen` is what the courier paid in the end."""

    carrier: str = ""
    waybill: str = ""
    insured: bool = False
    claimed_fen: int = 0
    claimed_on: date | None = None
    result: str = ""
    paid_fen: int = 0
    note: str = ""


def check_number(desk: Desk, case_id: int, number: str, said: str) -> Outcome[CaseView]:
    """Somebody looked a waybill up at the courier's: what it said, with name and time (S4-38, S4-39, S4-62).

    Raises UserError `parcel.number`, `parcel.said`, `text.…`.
    """
    staff.require(desk, roles.REGISTER)
    waybill = text.clean_line(number, field="waybill")
    found = text.clean_note(said, field="said")
    if not waybill:
        raise UserError("parcel.number")
    if not found:
        raise UserError("parcel.said")
    with desk.db.atomic("IMMEDIATE"):
        case_row(case_id)
        add_event(desk, case_id, "parcel_checked", number=waybill, text=found)
        touch(desk, case_id)
    return Outcome(case_views.case_view(desk, case_row(case_id)), CHANGED)


def numbers_of(desk: Desk, case_id: int) -> tuple[str, ...]:
    """Waybills of a case, the newest first: looked up, given by the customer, or sent by the shop."""
    case = case_row(case_id)
    checked = CaseEvent.select(CaseEvent.detail).where(
        CaseEvent.case == case_id, CaseEvent.kind == "parcel_checked"
    )
    found = [str(row.detail["number"]) for row in checked.order_by(CaseEvent.seq.desc())]
    found += [
        str(choices["waybill"])
        for choices in (case.plan or {}).get("walks", {}).values()
        if choices.get("waybill")
    ]
    sent = Task.select(Task.result).where(Task.case == case_id, Task.kind == "ship", Task.result != "")
    found += [row.result for row in sent.order_by(Task.id.desc())]
    return tuple(dict.fromkeys(found))


def claim_of(desk: Desk, task_id: int) -> Claim:
    """The claim behind a to-do as it stands; an empty one before anything was written."""
    row = _claim_task(task_id)
    kept = [
        event.detail
        for event in CaseEvent.select(CaseEvent.detail)
        .where(CaseEvent.case == row.case_id, CaseEvent.kind == "courier_claim")
        .order_by(CaseEvent.seq.desc())
        if event.detail.get("task") == task_id
    ]
    if not kept:
        return Claim(waybill=next(iter(numbers_of(desk, row.case_id)), ""))
    told = {name: kept[0]["claim"][name] for name in Claim.__slots__}
    day = told["claimed_on"]
    return Claim(**{**told, "claimed_on": date.fromisoformat(day) if day else None})


def claim(desk: Desk, task_id: int, told: Claim) -> Outcome[Claim]:
    """Write a claim down as it stands; with the courier's answer the to-do is done.

    Raises UserError `task.unknown`, `task.done`, `claim.amount`, `claim.day`, `claim.result`, `text.…`.
    """
    staff.require(desk, roles.REGISTER)
    kept = _checked(desk, told)
    with desk.db.atomic("IMMEDIATE"):
        row = _claim_task(task_id)
        if row.done_at is not None:
            raise UserError("task.done", what=row.what)
        said = words(f"claim.{kept.result or 'open'}", amount=yuan(kept.paid_fen))
        plain = {**asdict(kept), "claimed_on": kept.claimed_on.isoformat() if kept.claimed_on else ""}
        add_event(
            desk,
            row.case_id,
            "courier_claim",
            task=task_id,
            claim=plain,
            carrier=kept.carrier or "–",
            number=kept.waybill or "–",
            amount_fen=kept.claimed_fen,
            result=[said.zh, said.en],
        )
        touch(desk, row.case_id)
        if kept.carrier:
            case = case_row(row.case_id)
            opened = claims.NewClaim(
                kind="courier",
                party=kept.carrier,
                reason=row.what.partition("|")[0],
                asked_fen=kept.claimed_fen,
                parcel=kept.waybill,
                insured=kept.insured,
                case=case.number,
                task_id=task_id,
            )
            claims.follow_task(desk, task_id, opened, kept.result, kept.paid_fen, kept.note)
        if kept.result:
            tasks.done(desk, task_id, said.zh)
    return Outcome(claim_of(desk, task_id), CHANGED | {"task"})


def _claim_task(task_id: int) -> Task:
    row = Task.get_or_none((Task.id == task_id) & (Task.kind == "courier_claim"))
    if row is None:
        raise UserError("task.unknown")
    found: Task = row
    return found


def _checked(desk: Desk, told: Claim) -> Claim:
    for amount in (told.claimed_fen, told.paid_fen):
        if not 0 <= amount <= MOST_FEN:
            raise UserError("claim.amount")
    if told.claimed_on is not None and told.claimed_on > desk.today():
        raise UserError("claim.day", day=told.claimed_on.isoformat())
    if told.result not in CLAIM_RESULTS or (told.result == "paid" and not told.paid_fen):
        raise UserError("claim.result")
    return Claim(
        carrier=text.clean_line(told.carrier, field="carrier"),
        waybill=text.clean_line(told.waybill, field="waybill"),
        insured=told.insured,
        claimed_fen=told.claimed_fen,
        claimed_on=told.claimed_on,
        result=told.result,
        paid_fen=told.paid_fen if told.result == "paid" else 0,
        note=text.clean_note(told.note, field="note"),
    )
