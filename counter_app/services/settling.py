"""Owed is not paid: what documents owe, and the proofs that money really moved (invariant 11)."""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import SQL, fn

from counter_app.db import ledger
from counter_app.db.kept_sums import Kind
from counter_app.db.models import (
    Deposit,
    DepositMove,
    Document,
    Proof,
    Settlement,
    Task,
)
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.money_views import ProofView, SettlementView
from counter_app.domain.proof_numbers import movement_of, one_spelling
from counter_app.services import goods_waiting, paper_views, requests, shift, staff
from counter_app.services.case_rows import acting, add_event, case_row
from counter_app.services.desk import Desk, Outcome
from counter_app.services.sync import sync

CASH = "cash"
CHANGED = frozenset({"money", "case", "shift", "task"})
_OWED_BY = "SELECT direction, document_id FROM settlement WHERE id = ?"
_DRAWER = "SELECT id FROM shift WHERE closed_at IS NULL"


def owed(desk: Desk, case_id: int | None = None) -> tuple[SettlementView, ...]:
    """Everything still owed to or by customers, or of one case, what is due first on top."""
    if case_id is None:
        where: Any = Settlement.id.in_(
            SQL(f"(SELECT row_id FROM still_open WHERE kind = {int(Kind.SETTLEMENT)})")
        )
    else:
        where = paper_views.uncovered() & (Settlement.case == case_id)
    found = [item for item in paper_views.settlements(where) if item.open_fen]
    return tuple(sorted(found, key=lambda item: (item.due_on or date.max, item.id)))


def pay(
    desk: Desk, settlement_id: int, amount_fen: int, tender: str, reference: str, request_id: str
) -> Outcome[SettlementView]:
    """Money went to the customer: cash out of the open drawer, or the number of a transfer.

    Raises UserError `settling.reference`, `settling.amount`, `settling.direction`, `settling.tender`,
    `settling.reversed`, `settling.drawer`, `shift.none`, `request.changed`.
    """
    staff.require(desk, roles.PAY)
    return _moved(desk, settlement_id, amount_fen, tender, reference, request_id, "out")


def receive(
    desk: Desk, settlement_id: int, amount_fen: int, tender: str, reference: str, request_id: str
) -> Outcome[SettlementView]:
    """Money came from the customer. Goods that waited for it may leave now. Raises as `pay`."""
    staff.require(desk, roles.TAKE)
    return _moved(desk, settlement_id, amount_fen, tender, reference, request_id, "in")


def correct(desk: Desk, proof_id: int, reason: str, request_id: str) -> Outcome[SettlementView]:
    """A proof was wrong: its mirror is entered with the reason, and the money is owed again.

    Raises UserError `settling.unknown`, `settling.reversed`, `settling.corrected`, `settling.deposit_moved`,
    `settling.drawer`, `shift.none`, `text.…`.
    """
    if not staff.may(desk, roles.PAY):
        staff.require(desk, roles.TAKE)
    said = text.clean_note(reason, field="reason")
    with desk.db.atomic("IMMEDIATE"):
        wrong = Proof.get_or_none(Proof.id == proof_id)
        if wrong is None:
            raise UserError("settling.unknown")
        row = Settlement.get(Settlement.id == wrong.settlement_id)
        staff.require(desk, roles.PAY if row.direction == "out" else roles.TAKE)
        wish = [proof_id, said]
        if requests.earlier(desk, request_id, "correct", wish) is not None:
            return Outcome(_view(row.id), frozenset())
        _may_correct(desk, wrong, row, said)
        requests.remember(desk, request_id, "correct", wish, {"settlement": row.id}, row.case_id)
        prove(
            desk,
            row.id,
            -wrong.amount_fen,
            wrong.tender,
            wrong.reference,
            request_id,
            corrects_id=wrong.id,
            reason=said,
        )
        add_event(
            desk,
            row.case_id,
            "proof_corrected",
            amount_fen=wrong.amount_fen,
            tender=wrong.tender,
            reference=wrong.reference,
            document=row.document.number,
            reason=said,
        )
        sync(desk, case_row(row.case_id))
    return Outcome(_view(row.id), CHANGED)


def proofs(desk: Desk, settlement_id: int) -> tuple[ProofView, ...]:
    """The proofs of one settlement, oldest first."""
    rows = Proof.select().where(Proof.settlement == settlement_id).order_by(Proof.id)
    corrected = {row.corrects_id: row.reason or "" for row in rows if row.corrects_id is not None}
    return tuple(
        ProofView(
            id=row.id,
            amount_fen=row.amount_fen,
            tender=row.tender,
            reference=row.reference,
            business_date=row.business_date,
            corrected_why=corrected.get(row.id, ""),
        )
        for row in rows
        if row.corrects_id is None
    )


# --- inside a transaction ---------------------------------------------------------------------------


def owe(
    desk: Desk,
    *,
    document_id: int,
    case: Any,
    direction: str,
    purpose: str,
    tender: str,
    amount_fen: int,
    due_on: date | None = None,
    override_id: int | None = None,
) -> int:
    """A document owes money. Writes the settlement and its ledger row; returns the settlement's id."""
    settlement_id = insert_row(
        desk.db,
        Settlement,
        document_id=document_id,
        case_id=case.id,
        sale_id=case.sale_id,
        direction=direction,
        purpose=purpose,
        tender=tender,
        amount_fen=amount_fen,
        override_id=override_id,
        due_on=due_on,
        business_date=desk.today(),
        at=desk.instant(),
    )
    ledger.append_money(
        desk.db,
        kind="owed" if direction == "out" else "receivable",
        tender=tender,
        amount_fen=-amount_fen if direction == "out" else amount_fen,
        at=desk.instant(),
        business_date=desk.today(),
        document_id=document_id,
        settlement_id=settlement_id,
    )
    return settlement_id


def prove(
    desk: Desk,
    settlement_id: int,
    amount_fen: int,
    tender: str,
    reference: str,
    request_id: str,
    *,
    owed_by: tuple[str, int] | None = None,
    corrects_id: int | None = None,
    reason: str | None = None,
) -> int:
    """Money moved for a settlement. Writes the proof and its ledger row; returns the proof's id.

    `owed_by`: the settlement's direction and document, where the caller wrote it just now.
    """
    direction, document_id = owed_by or desk.db.execute_sql(_OWED_BY, (settlement_id,)).fetchone()
    drawer_id = open_drawer(desk) if tender == CASH else None
    proof_id = insert_row(
        desk.db,
        Proof,
        settlement_id=settlement_id,
        amount_fen=amount_fen,
        tender=tender,
        reference=reference,
        shift_id=drawer_id,
        request_id=request_id,
        at=desk.instant(),
        business_date=desk.today(),
        by_id=acting(desk),
        corrects_id=corrects_id,
        reason=reason,
    )
    out = direction == "out"
    ledger.append_money(
        desk.db,
        kind="paid" if out else "received",
        tender=tender,
        amount_fen=-amount_fen if out else amount_fen,
        at=desk.instant(),
        business_date=desk.today(),
        document_id=document_id,
        settlement_id=settlement_id,
        proof_id=proof_id,
        shift_id=drawer_id,
    )
    return proof_id


def open_drawer(desk: Desk) -> int | None:
    """The id of the open shift, None while no drawer is open."""
    row = desk.db.execute_sql(_DRAWER).fetchone()
    return None if row is None else int(row[0])


def drawer_holds(desk: Desk, amount_fen: int) -> bool:
    """Whether a shift is open with that much cash in its drawer."""
    drawer = shift.current_shift(desk)
    return drawer is not None and drawer.expected_fen >= amount_fen


def _moved(
    desk: Desk,
    settlement_id: int,
    amount_fen: int,
    tender: str,
    reference: str,
    request_id: str,
    direction: str,
) -> Outcome[SettlementView]:
    said = one_spelling(reference)
    wish = [settlement_id, amount_fen, tender, said, direction]
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, "settle", wish)
        if known is not None:
            return Outcome(_view(settlement_id), frozenset())
        row = _checked(desk, settlement_id, amount_fen, tender, said, direction)
        requests.remember(desk, request_id, "settle", wish, {"settlement": settlement_id}, row.case_id)
        prove(desk, settlement_id, amount_fen, tender, said, request_id)
        kind = "paid" if direction == "out" else "received"
        add_event(
            desk,
            row.case_id,
            kind,
            amount_fen=amount_fen,
            tender=tender,
            reference=said,
            document=row.document.number,
        )
        walk_id = row.document.walk_id
        if direction == "in" and walk_id is not None and goods_waiting.release_goods(desk, walk_id):
            Task.update(done_at=desk.instant(), done_by=acting(desk), result=said).where(
                Task.walk == walk_id, Task.kind == "collect", Task.done_at.is_null()
            ).execute()
        sync(desk, case_row(row.case_id))
    return Outcome(_view(settlement_id), CHANGED | {"stock"})


def _refuse_part_of_known(tender: str, reference: str) -> None:
    """`5030001#2` is a part of the transfer 5030001: where that was taken whole, nothing of it is left."""
    whole = movement_of(reference)
    if whole == reference:
        return
    taken = Proof.select(fn.SUM(Proof.amount_fen)).where(Proof.tender == tender, Proof.reference == whole)
    if taken.scalar():  # one that was corrected adds up to nothing
        raise UserError("guard.proof_used")


def _checked(
    desk: Desk, settlement_id: int, amount_fen: int, tender: str, reference: str, direction: str
) -> Any:
    row = Settlement.get_or_none(Settlement.id == settlement_id)
    if row is None:
        raise UserError("settling.unknown")
    if row.direction != direction:
        raise UserError("settling.direction")
    if tender != row.tender:
        raise UserError("settling.tender", tender=tender, wanted=row.tender)
    shown = _view(settlement_id)
    left = shown.open_fen
    if not left and shown.void_fen:
        raise UserError("settling.reversed", number=shown.document)
    # A reversing document owes negative money: what comes back over the counter settles it.
    if amount_fen == 0 or (amount_fen > 0) != (left > 0) or abs(amount_fen) > abs(left):
        raise UserError("settling.amount", amount=format_yuan(amount_fen), left=format_yuan(left))
    if tender != CASH and not reference:
        raise UserError("settling.reference")
    if tender != CASH:
        _refuse_part_of_known(tender, reference)
    if tender == CASH:
        leaves = amount_fen if direction == "out" else -amount_fen
        if leaves > 0 and not drawer_holds(desk, leaves):
            there = shift.cash_in_drawer(desk)
            raise UserError("settling.drawer", amount=format_yuan(leaves), there=format_yuan(there))
        shift.cash_in_drawer(desk)
    return row


def _may_correct(desk: Desk, wrong: Any, row: Any, reason: str) -> None:
    """Whether a proof may still be taken back: not twice, not after a reversal that already counted on it."""
    number = row.document.number
    if not reason:
        raise UserError("case.reason.missing")
    if wrong.corrects_id is not None or Proof.select().where(Proof.corrects_id == wrong.id).exists():
        raise UserError("settling.corrected", number=number)
    if Document.select().where(Document.reverses == row.document_id).exists():
        raise UserError("settling.reversed", number=number)
    if row.purpose == "deposit" and row.direction == "in":
        moved = DepositMove.select().join(Deposit).where(Deposit.document == row.document_id)
        if moved.exists():
            raise UserError("settling.deposit_moved", number=number)
    if wrong.tender == CASH:
        leaves = wrong.amount_fen if row.direction == "in" else -wrong.amount_fen
        there = shift.cash_in_drawer(desk)
        if leaves > there:
            raise UserError("settling.drawer", amount=format_yuan(leaves), there=format_yuan(there))


def _view(settlement_id: int) -> SettlementView:
    return paper_views.settlements(Settlement.id == settlement_id)[0]
