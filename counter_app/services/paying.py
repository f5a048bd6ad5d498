"""The money of a posting: refunds, differences, deposits, compensation, each owed by its own document.

Inside the posting's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.db import ledger
from counter_app.db.models import Compensation, Deposit, DepositMove, Document, DocumentLine
from counter_app.db.posting_sql import insert_row
from counter_app.domain import slips
from counter_app.domain.effects import EXCHANGES
from counter_app.domain.money_views import SettlementView
from counter_app.domain.settlement_terms import LineSettlement, TenderRefund
from counter_app.services import reversing, settling
from counter_app.services.case_words import words
from counter_app.services.deals import Deal
from counter_app.services.desk import Desk
from counter_app.services.extras import WalkExtras
from counter_app.services.papers import Paper
from counter_app.services.visit_form import PresentForm
from counter_app.services.visit_sum import Sum


@dataclass(frozen=True, slots=True)
class Step:
    """What carrying out a deal needs: who writes, the whole sum and its form, the posting, the papers with their
    numbers. `owed` gathers what the documents owe as it is written."""

    desk: Desk
    form: PresentForm
    whole: Sum
    posting_id: int
    papers: tuple[tuple[int, Paper], ...]
    posted: tuple[slips.PostedNumber, ...]
    signature_id: int | None
    shift_id: int | None
    override_id: int | None
    owed: list[SettlementView] = field(default_factory=list)


def owe(
    step: Step,
    case: Any,
    document_id: int,
    direction: str,
    purpose: str,
    tender: str,
    amount_fen: int,
    *,
    number: str = "",
    now: bool = False,
    due_on: date | None = None,
    override_id: int | None = None,
) -> None:
    """A document owes money; `now`: it is handed over at once. `number` is the paper's where this posting wrote it."""
    desk = step.desk
    settlement_id = settling.owe(
        desk,
        document_id=document_id,
        case=case,
        direction=direction,
        purpose=purpose,
        tender=tender,
        amount_fen=amount_fen,
        due_on=due_on,
        override_id=override_id,
    )
    if now:
        request = f"posting-{step.posting_id}-{settlement_id}"
        settling.prove(desk, settlement_id, amount_fen, tender, "", request, owed_by=(direction, document_id))
    if number:
        step.owed.append(
            SettlementView(
                id=settlement_id,
                document=number,
                case_id=case.id,
                case_number=case.number,
                customer_masked=case.customer_masked,
                direction=direction,
                purpose=purpose,
                tender=tender,
                amount_fen=amount_fen,
                settled_fen=amount_fen if now else 0,
                due_on=due_on,
                business_date=desk.today(),
                references=(),
            )
        )


def write_line(
    desk: Desk,
    document_id: int,
    line_no: int,
    direction: str,
    quantity_milli: int,
    amount_fen: int,
    case_line: int | None,
    sale_line: int | None,
) -> int:
    return insert_row(
        desk.db,
        DocumentLine,
        document_id=document_id,
        line_no=line_no,
        case_line_id=case_line,
        sale_line_id=sale_line,
        direction=direction,
        quantity_milli=quantity_milli,
        amount_fen=amount_fen,
    )


def refund(step: Step, deal: Deal, paper: Paper, document_id: int, done: dict[int, LineSettlement]) -> None:
    number = 0
    for line in deal.lines:
        mine = done.get(line.key)
        if mine is None or not (mine.refund_fen or mine.consumes_milli):
            continue
        number += 1
        row = next(item for item in deal.standing.lines if item.id == line.key)
        # Money for goods the customer keeps is no refund of goods that were looked at here (invariant 10).
        looked_at = mine.consumes_milli == 0 and row.received_milli > row.accepted_milli
        write_line(
            step.desk,
            document_id,
            number,
            "none",
            mine.consumes_milli,
            mine.refund_fen,
            None if looked_at else row.id,
            row.sale_line_id,
        )
    purpose = "difference" if deal.remedy in EXCHANGES else "refund"
    for way, amount, now, counted in _by_way(paper.refunds):
        settled = step.whole.reckoning.settlement
        owe(
            step,
            deal.standing.case,
            document_id,
            "out",
            purpose,
            way,
            amount,
            number=paper.number,
            now=now and step.shift_id is not None,
            due_on=next((due.due for due in settled.due), None) if settled else None,
            override_id=None if counted else step.override_id,
        )


def _by_way(refunds: Sequence[TenderRefund]) -> list[tuple[str, int, bool, bool]]:
    """Money back by the way it is handed over: way, 分, at once, and whether it is the way it was paid by."""
    found: dict[tuple[str, bool], list[Any]] = {}
    for one in refunds:
        entry = found.setdefault((one.way, one.way == one.tender), [0, True])
        entry[0] += one.amount_fen
        entry[1] = entry[1] and one.now
    return [(way, entry[0], entry[1], own) for (way, own), entry in found.items()]


def collect(step: Step, deal: Deal, extras: WalkExtras, paper: Paper, document_id: int) -> None:
    """A difference or a repair is paid; a deposit that is kept changes its name."""
    desk = step.desk
    if extras.deposits_kept and paper.amount_fen == sum(amount for _, amount, _ in extras.deposits_kept):
        for deposit_id, amount, tender in extras.deposits_kept:
            insert_row(
                desk.db,
                DepositMove,
                deposit_id=deposit_id,
                kind="kept",
                amount_fen=amount,
                document_id=document_id,
                at=desk.instant(),
            )
            ledger.append_money(
                desk.db,
                kind="deposit_kept",
                tender=tender,
                amount_fen=amount,
                at=desk.instant(),
                business_date=desk.today(),
                document_id=document_id,
            )
        return
    purpose = "repair" if extras.charge_fen else "difference"
    _collected(step, deal, paper, document_id, purpose)


def _collected(step: Step, deal: Deal, paper: Paper, document_id: int, purpose: str) -> None:
    """The customer owes what a document collects, until it is there."""
    owe(
        step,
        deal.standing.case,
        document_id,
        "in",
        purpose,
        paper.collect_tender,
        paper.amount_fen,
        number=paper.number,
        now=paper.collected_now,
    )


def deposit_in(step: Step, deal: Deal, extras: WalkExtras, paper: Paper, document_id: int) -> None:
    desk = step.desk
    insert_row(
        desk.db,
        Deposit,
        document_id=document_id,
        case_id=deal.standing.case.id,
        tender=paper.collect_tender,
        amount_fen=paper.amount_fen,
        due_on=extras.deposit_due,
        at=desk.instant(),
    )
    _collected(step, deal, paper, document_id, "deposit")


def deposits_back(
    step: Step, deal: Deal, extras: WalkExtras, papers: Sequence[Paper], documents: Sequence[int]
) -> None:
    """A deposit goes back the way it came; in cash at once when the drawer has it. One that never came in whole is
    asked for no more: its paper is reversed, and what came in of it goes back by the reversal."""
    desk = step.desk
    if unpaid := dict(extras.deposits_unpaid):
        rows = [Document.get(Document.id == document) for document in unpaid.values()]
        why = words("working.deposit_unpaid").zh
        reversing.reverse_documents(desk, rows, why, step.posting_id, None)
    for deposit_id, amount, tender in extras.deposits_back:
        if deposit_id in unpaid:
            continue
        document_id = documents[0] if documents else int(Deposit.get(Deposit.id == deposit_id).document_id)
        insert_row(
            desk.db,
            DepositMove,
            deposit_id=deposit_id,
            kind="returned",
            amount_fen=amount,
            document_id=document_id,
            at=desk.instant(),
        )
        owe(
            step,
            deal.standing.case,
            document_id,
            "out",
            "deposit",
            tender,
            amount,
            number=papers[0].number if papers else "",
            now=tender == "cash" and settling.drawer_holds(desk, amount),
        )


def compensation(step: Step, deal: Deal, extras: WalkExtras, paper: Paper, document_id: int) -> None:
    """What is given on top stands apart from the refund of goods (invariant 4)."""
    desk = step.desk
    for one in extras.given:
        insert_row(
            desk.db,
            Compensation,
            document_id=document_id,
            case_id=deal.standing.case.id,
            kind=one.kind,
            tier=one.tier,
            amount_fen=one.amount_fen,
            what=" ".join(filter(None, (one.what, one.number))),
            basis=one.basis,
            expires_on=one.expires_on or None,
            at=desk.instant(),
        )
        if one.kind in ("goodwill", "legal") and one.amount_fen:
            owe(
                step,
                deal.standing.case,
                document_id,
                "out",
                "compensation",
                one.tender or "bank",
                one.amount_fen,
                number=paper.number,
            )
