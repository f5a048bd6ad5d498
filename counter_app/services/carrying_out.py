"""Carrying out one deal of a posting: documents, lines, settlements, deposits, stock, states of its lines.

Inside the posting's transaction, after everything was checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from counter_app.db.models import (
    CaseLine,
    Document,
)
from counter_app.db.posting_sql import change_rows, insert_row
from counter_app.domain.effects import EXCHANGES
from counter_app.domain.settlement_terms import LineSettlement
from counter_app.services import goods, moving, papers, paying, replacements, visit_form
from counter_app.services.deals import Deal, is_end
from counter_app.services.desk import Desk
from counter_app.services.extras import WalkExtras
from counter_app.services.papers import Paper
from counter_app.services.paying import Step

RETURNED = ("R1", "R2", "R3", "R4", "R7", "R13")


def carry_out(step: Step, deal: Deal) -> list[int]:
    """Write everything of one deal. Returns the ids of its documents in order."""
    desk, extras = step.desk, step.whole.extras.of(deal.walk_id)
    mine = [paper for walk, paper in step.papers if walk == deal.walk_id]
    settled = visit_form.settled_lines(step.whole)
    done = {line.key: settled[line.key] for line in deal.lines if line.key in settled}
    moving.take_in(desk, deal.standing.lines)
    _split_rejected(desk, deal, extras)
    _shares(desk, done)
    ids: list[int] = []
    for paper in mine:
        document_id = _document(step, deal, paper)
        ids.append(document_id)
        _write_kind(step, deal, extras, paper, document_id, done)
    _hand_back(desk, deal, extras, ids)
    _line_states(desk, deal)
    return ids


def give_deposits_back(step: Step, deal: Deal, documents: Sequence[int]) -> None:
    """After every deal of a posting: the refunds that it pays at once were promised what lies in the drawer; a
    deposit goes back at once of what is left there, and is owed otherwise."""
    mine = [paper for walk, paper in step.papers if walk == deal.walk_id]
    paying.deposits_back(step, deal, step.whole.extras.of(deal.walk_id), mine, documents)


def _write_kind(
    step: Step,
    deal: Deal,
    extras: WalkExtras,
    paper: Paper,
    document_id: int,
    done: dict[int, LineSettlement],
) -> None:
    """What a document of this kind does beside being there."""
    if paper.prefix == "TH":
        _goods_in(step, extras, document_id)
    elif paper.prefix in ("HH", "BF"):
        _goods_out(step, deal, paper, document_id, done)
    elif paper.prefix in ("TK", "ZJ"):
        paying.refund(step, deal, paper, document_id, done)
    elif paper.prefix == "SJ":
        paying.collect(step, deal, extras, paper, document_id)
    elif paper.prefix == "YJ":
        paying.deposit_in(step, deal, extras, paper, document_id)
    elif paper.prefix == "BC":
        paying.compensation(step, deal, extras, paper, document_id)
    elif paper.prefix == "WX":
        _service(step, deal, document_id)


def _document(step: Step, deal: Deal, paper: Paper) -> int:
    at = step.form.pen.clock(step.desk.instant())
    content = papers.content_of(paper, step.posted, step.signature_id, at)
    desk = step.desk
    return insert_row(
        desk.db,
        Document,
        number=paper.number,
        prefix=paper.prefix,
        posting_id=step.posting_id,
        case_id=deal.standing.case.id,
        walk_id=deal.walk_id,
        approval_id=paper.approval_id,
        shift_id=step.shift_id,
        amount_fen=paper.amount_fen,
        content=content,
        content_hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        business_date=desk.today(),
        posted_at=desk.instant(),
        posted_by_id=desk.staff.id if desk.staff else None,
    )


def _goods_in(step: Step, extras: WalkExtras, document_id: int) -> None:
    """Accepted goods become the shop's and go where they belong, once (invariant 10)."""
    for number, (row, quantity, place) in enumerate(extras.goods_in, start=1):
        line_id = paying.write_line(
            step.desk, document_id, number, "in", quantity, 0, row.id, row.sale_line_id
        )
        moving.dispose(step.desk, row, quantity, place, document_id, line_id)


def _goods_out(
    step: Step, deal: Deal, paper: Paper, document_id: int, done: dict[int, LineSettlement]
) -> None:
    """Goods that go out: as lines of a sale of their own when exchanged, so that a later return is priced from it."""
    desk = step.desk
    leaves_now = "shipment" not in deal.words and not _waits_for_money(step, deal)
    number = 0
    going = _refunds_to_write(step, deal)
    for line in deal.lines:
        row = next(item for item in deal.standing.lines if item.id == line.key)
        outs = done[line.key].goods_out if line.key in done else ()
        if not outs:
            continue
        if deal.remedy in EXCHANGES:
            new_lines = replacements.record(desk, deal, row, done[line.key], paper.number, going)
        else:
            new_lines = [row.sale_line_id] * len(outs)
        for out, sale_line_id in zip(outs, new_lines, strict=True):
            number += 1
            line_id = paying.write_line(
                desk, document_id, number, "out", out.quantity_milli, 0, row.id, sale_line_id
            )
            if leaves_now and out.product.isdigit():
                moving.issue(
                    desk, int(out.product), sale_line_id, row.id, out.quantity_milli, document_id, line_id
                )


def _refunds_to_write(step: Step, deal: Deal) -> dict[str, int]:
    """分 by tender that this posting still gives back: what is exchanged cannot take the same money along."""
    deals = step.whole.reckoning.deals
    walks = {one.walk_id for one in deals[deals.index(deal) :]}
    found: dict[str, int] = {}
    for walk, paper in step.papers:
        for one in paper.refunds if walk in walks else ():
            found[one.tender] = found.get(one.tender, 0) + one.amount_fen
    return found


def _waits_for_money(step: Step, deal: Deal) -> bool:
    """Whether the goods leave only after the proof of a payment (invariant 5)."""
    return any(
        walk == deal.walk_id and paper.prefix in ("SJ", "YJ") and not paper.collected_now
        for walk, paper in step.papers
    )


def _hand_back(desk: Desk, deal: Deal, extras: WalkExtras, documents: Sequence[int]) -> None:
    """Goods that were in the shop and are the customer's go back; goods in for repair stay."""
    named = {row.id for row, _ in extras.hand_back}
    taken = {line.id for line, _, _ in extras.goods_in}
    keeps = "service_order" in deal.words or not is_end(deal)
    for row in deal.standing.lines:
        if row.state == "returned" or (keeps and row.id not in named):
            continue
        if row.id in taken:
            continue
        held = goods.held(desk, row.id).get(goods.QUARANTINE, 0)
        if held:
            moving.hand_back(desk, row, held, documents[0] if documents else None)


def _split_rejected(desk: Desk, deal: Deal, extras: WalkExtras) -> None:
    """Of a line that was accepted in part, the rest goes back and is free again: two case lines from here on."""
    taken = {row.id for row, _, _ in extras.goods_in}
    for row in deal.standing.lines:
        if row.id not in taken or not row.rejected_milli:
            continue
        rejected = row.quantity_milli - row.accepted_milli
        held = min(goods.held(desk, row.id).get(goods.QUARANTINE, 0), row.rejected_milli)
        if held:
            moving.hand_back(desk, row, held, None)
        CaseLine.update(
            quantity_milli=row.accepted_milli, received_milli=row.accepted_milli, rejected_milli=0
        ).where(CaseLine.id == row.id).execute()
        insert_row(
            desk.db,
            CaseLine,
            case_id=row.case_id,
            walk_id=row.walk_id,
            sale_line_id=row.sale_line_id,
            state="released",
            quantity_milli=rejected,
            reason=row.reason,
            liability=row.liability,
            condition=row.condition,
            disposition="V11",
            note=row.note,
        )


def _shares(desk: Desk, done: dict[int, LineSettlement]) -> None:
    """What the units of each line took of their sale line: later ones start from it (invariant 2)."""
    for key, mine in done.items():
        if mine.consumes_milli:
            shares = {
                "value_fen": mine.gross_fen,
                "freight_share_fen": mine.freight_share_fen,
                "subsidy_share_fen": mine.subsidy_share_fen,
            }
            change_rows(desk.db, CaseLine, shares, id=key)


def _line_states(desk: Desk, deal: Deal) -> None:
    """What becomes of the lines: gone for good, kept by the customer, or free again."""
    end = is_end(deal)
    remedy = deal.remedy
    state = ""
    if "hand_back" in deal.words or deal.outcome in ("withdrawn", "refused"):
        state = "released"
    elif "deposit_kept" in deal.words:
        # What was sent first took the money of these units along: they cannot come back once more.
        state = "returned" if remedy in RETURNED else "kept"
    elif "service_order" in deal.words:
        state = ""  # the piece is in repair; the repair's end frees it
    elif remedy in RETURNED and not deal.sends_first:
        partial = remedy == "R13" and any(line.amount_fen is not None for line in deal.lines)
        state = "kept" if partial else "returned"
    elif end or "refund" in deal.words:
        state = "kept"
    if state:
        change_rows(desk.db, CaseLine, {"state": state}, walk=deal.walk_id, state="reserved")


def _service(step: Step, deal: Deal, document_id: int) -> None:
    """The pieces a service order is about. They pass through; they do not come back into stock."""
    for number, row in enumerate(deal.standing.lines, start=1):
        paying.write_line(
            step.desk, document_id, number, "in", row.quantity_milli, 0, row.id, row.sale_line_id
        )
