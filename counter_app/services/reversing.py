"""Reversing documents: the mirror of what they did to goods and money, under a number of their own.

Inside the caller's transaction. Money before goods: a refund is taken back before the goods it was for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from counter_app.db import ledger, search
from counter_app.db.fields import canonical_json
from counter_app.db.models import (
    CaseLine,
    Compensation,
    Deposit,
    DepositMove,
    Document,
    DocumentLine,
    Proof,
    Sale,
    SaleLine,
    Settlement,
    StockEntry,
    Task,
    Walk,
)
from counter_app.db.numbers import next_number
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import UserError
from counter_app.domain.settlement_lines import allowance_used
from counter_app.domain.stock_room import SHELVES
from counter_app.services import goods, paper_views, requests, sale_money, settling, tasks, todo_views
from counter_app.services.case_rows import acting, add_event
from counter_app.services.desk import Desk
from counter_app.services.standing import Settled, Standing

ORDER = ("TK", "ZJ", "SJ", "BC", "YJ", "GZ", "TS", "BY", "HH", "BF", "WX", "TH")
"""In which order documents of one posting are taken back."""


def reverse_step(desk: Desk, standing: Standing, settled: Settled, reason: str) -> list[str]:
    """Take back a settling step so that it can be done again: an application that finance sent back."""
    rows = [Document.get(Document.number == number) for number in settled.documents]
    wish = [standing.row.id, settled.index, reason]
    posting = requests.remember(
        desk, f"undo-{standing.row.id}-{settled.index}", "undo", wish, {"numbers": []}, standing.case.id
    )
    mine = [line.id for line in standing.lines if line.state in ("returned", "kept")]
    numbers = reverse_documents(desk, rows, reason, posting, None)
    CaseLine.update(state="reserved").where(CaseLine.id << mine).execute()
    CaseLine.update(value_fen=None, freight_share_fen=None, subsidy_share_fen=None).where(
        CaseLine.id << [line.id for line in standing.lines]
    ).execute()
    mark_undone(standing.row.id)
    search.add_documents(desk.db, standing.case.id)
    return numbers


def reverse_documents(
    desk: Desk, rows: Sequence[Any], reason: str, posting_id: int, approval_id: int | None
) -> list[str]:
    """Reverse some documents, money first. Returns the numbers of the reversing documents."""
    numbers = []
    for row in sorted(rows, key=lambda item: (ORDER.index(item.prefix), item.id)):
        _check_order(desk, row, rows)
        numbers.append(_reverse(desk, row, reason, posting_id, approval_id))
        add_event(desk, row.case_id, "reversed", numbers=[row.number, numbers[-1]], reason=reason)
    return numbers


def mark_undone(walk_id: int) -> None:
    """Settling steps of a walk whose every document is reversed no longer stand."""
    row = Walk.get(Walk.id == walk_id)
    told = dict(row.result or {})
    steps = []
    for step in told.get("settled", ()):
        numbers = step["documents"]
        undone = step["undone"] or (bool(numbers) and all(is_reversed(number) for number in numbers))
        steps.append({**step, "undone": undone})
    told["settled"] = steps
    Walk.update(result=told).where(Walk.id == walk_id).execute()


def is_reversed(number: str) -> bool:
    """Whether a document was reversed."""
    later = Document.alias()
    return bool(
        Document.select()
        .join(later, on=(later.reverses == Document.id))
        .where(Document.number == number)
        .exists()
    )


def _reverse(desk: Desk, row: Any, reason: str, posting_id: int, approval_id: int | None) -> str:
    if row.reverses_id is not None:
        raise UserError("reversal.of_reversal", number=row.number)
    if is_reversed(row.number):
        raise UserError("reversal.twice", number=row.number)
    at, today = desk.instant(), desk.today()
    number = next_number(desk.db, row.prefix, desk.shop.code, today, at)
    old = json.loads(row.content)
    content = canonical_json(
        {
            "format": 1,
            "case": old.get("case", ""),
            "number": number,
            "reverses": row.number,
            "reason": reason,
            "title": list(_pair(paper_views.document_title(row.prefix, reverses=True))),
            "amount_fen": -row.amount_fen,
            "against": {
                way: {tender: -amount for tender, amount in shares.items()}
                for way, shares in old.get("against", {}).items()
            },
            "in_kind": {kind: -amount for kind, amount in old.get("in_kind", {}).items()},
            "language": old.get("language", "zh"),
            "slips": [
                {**told, "number": number, "note": f"{row.number}: {reason}"} for told in old.get("slips", [])
            ],
            "staff": desk.staff.name if desk.staff else "",
            "approval": approval_id,
        }
    )
    new_id = insert_row(
        desk.db,
        Document,
        number=number,
        prefix=row.prefix,
        posting_id=posting_id,
        case_id=row.case_id,
        walk_id=row.walk_id,
        reverses_id=row.id,
        approval_id=approval_id,
        amount_fen=-row.amount_fen,
        content=content,
        content_hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        business_date=today,
        posted_at=at,
        posted_by_id=acting(desk),
    )
    _lines(desk, row, new_id)
    _money(desk, row, new_id, posting_id)
    _stock(desk, row, new_id)
    _beside(desk, row, new_id)
    _line_states(row)
    return number


def _pair(told: Any) -> tuple[str, str]:
    return told.zh, told.en


def _check_order(desk: Desk, row: Any, together: Sequence[Any]) -> None:
    """Goods are given back only after the money for them was taken back; the difference of an exchange is given
    back only together with the exchange, which is priced with it."""
    if row.prefix in ("ZJ", "TK"):
        _check_allowances(desk, row)
    if row.prefix == "SJ":
        _check_exchange(row, {item.id for item in together})
    if row.prefix != "TH":
        return
    later = Document.alias()
    standing = (
        Document.select(Document.number)
        .where(
            Document.posting == row.posting_id,
            Document.walk == row.walk_id,
            Document.prefix << ("TK", "HH", "SJ"),
            Document.id.not_in(later.select(later.reverses).where(later.reverses.is_null(False))),
        )
        .first()
    )
    if standing is not None:
        raise UserError("reversal.money_first", number=row.number, first=standing.number)


def _check_allowances(desk: Desk, row: Any) -> None:
    """An allowance that lowered what later units brought stays until they are back with the customer: taken back
    alone it would leave the customer short (invariant 2)."""
    lines = (
        DocumentLine.select(DocumentLine, SaleLine)
        .join(SaleLine)
        .where(DocumentLine.document == row.id, DocumentLine.quantity_milli == 0)
    )
    for line in lines:
        if allowance_used(sale_money.sold_line(desk, line.sale_line)):
            raise UserError("reversal.allowance_used", number=row.number, name=line.sale_line.name)


def _check_exchange(row: Any, together: set[int]) -> None:
    issue = Document.get_or_none(
        (Document.posting == row.posting_id) & (Document.walk == row.walk_id) & (Document.prefix == "HH")
    )
    if issue is not None and issue.id not in together and not is_reversed(issue.number):
        raise UserError("reversal.money_first", number=row.number, first=issue.number)


def _lines(desk: Desk, row: Any, new_id: int) -> None:
    for line in DocumentLine.select().where(DocumentLine.document == row.id).order_by(DocumentLine.line_no):
        insert_row(
            desk.db,
            DocumentLine,
            document_id=new_id,
            line_no=line.line_no,
            case_line_id=line.case_line_id,
            sale_line_id=line.sale_line_id,
            direction=line.direction,
            quantity_milli=-line.quantity_milli,
            amount_fen=-line.amount_fen,
            reverses_line_id=line.id,
        )


def _money(desk: Desk, row: Any, new_id: int, posting_id: int) -> None:
    """What was owed is owed no more; what was paid must come back, in cash at once where the drawer allows."""
    case = row.case
    for owed in Settlement.select().where(Settlement.document == row.id).order_by(Settlement.id):
        back = settling.owe(
            desk,
            document_id=new_id,
            case=case,
            direction=owed.direction,
            purpose=owed.purpose,
            tender=owed.tender,
            amount_fen=-owed.amount_fen,
            override_id=owed.override_id,
        )
        paid = sum(proof.amount_fen for proof in Proof.select().where(Proof.settlement == owed.id))
        if not paid or owed.tender != settling.CASH:
            continue
        leaves = paid if owed.direction == "in" else 0
        if settling.drawer_holds(desk, leaves):
            settling.prove(desk, back, -paid, owed.tender, "", f"reversal-{posting_id}-{back}")


def _stock(desk: Desk, row: Any, new_id: int) -> None:
    """Goods go the way back they came: out of the shop for a receipt, into the stock for an issue."""
    for entry in StockEntry.select().where(StockEntry.document == row.id).order_by(StockEntry.seq.desc()):
        if entry.kind == "disposed":
            _from_where_they_lie(desk, row, entry, new_id)
        elif entry.kind == "issued":
            _back(desk, entry, goods.OUTSIDE, entry.from_place, new_id, entry.quantity_milli)
    if row.prefix != "TH":
        return
    for line in DocumentLine.select().where(DocumentLine.document == row.id, DocumentLine.direction == "in"):
        there = goods.held(desk, line.case_line_id).get(goods.QUARANTINE, 0)
        quantity = min(there, line.quantity_milli)
        if quantity <= 0:
            raise UserError("reversal.goods_gone", number=row.number)
        sold = SaleLine.get(SaleLine.id == line.sale_line_id)
        ledger.append_stock(
            desk.db,
            kind="reversed",
            from_place=goods.QUARANTINE,
            to_place=goods.OUTSIDE,
            quantity_milli=quantity,
            at=desk.instant(),
            business_date=desk.today(),
            product_id=_received_product(line.case_line_id, sold),
            sale_line_id=sold.id,
            case_line_id=line.case_line_id,
            document_id=new_id,
        )


def _from_where_they_lie(desk: Desk, row: Any, entry: Any, document_id: int) -> None:
    """Goods that got another place since they were disposed of are fetched from there; what left the shop is gone."""
    left = entry.quantity_milli
    held = goods.held(desk, entry.case_line_id)
    for place in sorted(held, key=lambda one: (one == goods.QUARANTINE, one != entry.to_place, one)):
        there = min(left, held[place])
        if place in SHELVES and entry.product_id is not None:
            # On a shelf one piece is as good as another: what was sold from it is gone too.
            there = min(there, goods.on_hand(desk, entry.product_id, place))
        if there <= 0:
            continue
        if place != goods.QUARANTINE:
            _back(desk, entry, place, goods.QUARANTINE, document_id, there)
        left -= there
    if left:
        raise UserError("reversal.goods_gone", number=row.number)


def _received_product(case_line_id: int, sold: Any) -> int | None:
    """Which product the ledger took in for a case line."""
    entry = StockEntry.get_or_none((StockEntry.case_line == case_line_id) & (StockEntry.kind == "received"))
    product_id: int | None = entry.product_id if entry is not None else sold.product_id
    return product_id


def _back(
    desk: Desk, entry: Any, from_place: str, to_place: str, document_id: int, quantity_milli: int
) -> None:
    ledger.append_stock(
        desk.db,
        kind="reversed",
        from_place=from_place,
        to_place=to_place,
        quantity_milli=quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=entry.product_id,
        sale_line_id=entry.sale_line_id,
        case_line_id=entry.case_line_id,
        document_id=document_id,
        serial=entry.serial,
        batch_no=entry.batch_no,
    )


def _beside(desk: Desk, row: Any, new_id: int) -> None:
    """Deposits, compensation and exchange sales of a reversed document."""
    _deposits(desk, row, new_id)
    for given in Compensation.select().where(Compensation.document == row.id):
        insert_row(
            desk.db,
            Compensation,
            document_id=new_id,
            case_id=given.case_id,
            kind=given.kind,
            tier=given.tier,
            amount_fen=-given.amount_fen,
            what=given.what,
            basis=given.basis,
            expires_on=given.expires_on,
            at=desk.instant(),
        )
    if row.prefix == "HH":
        _give_back_exchanged(desk, row)
    if row.prefix in ("TK", "ZJ"):
        _promises(desk, row)
    Task.update(done_at=desk.instant(), done_by=acting(desk), result="reversed").where(
        Task.walk == row.walk_id,
        Task.done_at.is_null(),
        Task.kind
        << {"HH": ("ship", "collect", "ship_follow"), "BF": ("ship", "ship_follow"), "WX": ("repair",)}.get(
            row.prefix, ("none",)
        ),
    ).execute()


SHRUNK_WITH_SALE = ("subsidy", "points", "invoice")
"""To-dos that a refund left behind: subsidy to repay, points or coupons to give back, an invoice to correct."""


def _promises(desk: Desk, row: Any) -> None:
    """What the refund promised is off; what was done for it already must be put right (invariant 12).

    The promises of one posting are made together: while another refund of it stands, a person looks at them.
    """
    others = Document.select().where(
        Document.posting == row.posting_id,
        Document.id != row.id,
        Document.prefix << ("TK", "ZJ"),
        Document.reverses_nothing(),
    )
    alone = all(is_reversed(other.number) for other in others)
    promised = Task.select().where(
        Task.case == row.case_id, Task.kind << SHRUNK_WITH_SALE, Task.created_at == row.posted_at
    )
    for task in promised:
        if task.done_at is None and alone:
            Task.update(done_at=desk.instant(), done_by=acting(desk), result="reversed").where(
                Task.id == task.id
            ).execute()
            continue
        if task.result == "reversed":
            continue
        tasks.add_task(
            desk,
            case_id=row.case_id,
            walk_id=row.walk_id,
            kind="after_reversal",
            what=todo_views.task_title(task.kind, task.role, task.what),
            role=task.role,
            due_on=desk.today(),
            node=row.number,
        )


def _deposits(desk: Desk, row: Any, new_id: int) -> None:
    """A deposit that this document gave back or kept is held again; one that it took in goes back."""
    for move in DepositMove.select().where(DepositMove.document == row.id):
        taken = Deposit.get(Deposit.id == move.deposit_id)
        insert_row(
            desk.db,
            Deposit,
            document_id=new_id,
            case_id=taken.case_id,
            tender=taken.tender,
            amount_fen=move.amount_fen,
            due_on=taken.due_on,
            at=desk.instant(),
        )
        if move.kind == "kept":
            ledger.append_money(
                desk.db,
                kind="deposit_kept",
                tender=taken.tender,
                amount_fen=-move.amount_fen,
                at=desk.instant(),
                business_date=desk.today(),
                document_id=new_id,
            )
    if row.prefix != "YJ":
        return
    held = Deposit.select().join(Document).where(Document.walk == row.walk_id)
    for deposit in held:
        moved = sum(move.amount_fen for move in DepositMove.select().where(DepositMove.deposit == deposit.id))
        if moved and deposit.document_id == row.id and not _moves_undone(deposit.id):
            raise UserError("reversal.deposit_moved", number=row.number)
        if deposit.amount_fen > moved:
            insert_row(
                desk.db,
                DepositMove,
                deposit_id=deposit.id,
                kind="returned",
                amount_fen=deposit.amount_fen - moved,
                document_id=new_id,
                at=desk.instant(),
            )


def _moves_undone(deposit_id: int) -> bool:
    """Whether every document that moved a deposit was reversed."""
    rows = DepositMove.select(DepositMove, Document).join(Document).where(DepositMove.deposit == deposit_id)
    return all(is_reversed(move.document.number) for move in rows)


def _give_back_exchanged(desk: Desk, row: Any) -> None:
    """The article that went out in exchange is the shop's again: nothing of its sale can come back once more."""
    lines = (
        DocumentLine.select(DocumentLine, SaleLine)
        .join(SaleLine)
        .where(DocumentLine.document == row.id, DocumentLine.direction == "out")
    )
    for line in lines:
        sold = line.sale_line
        sale = Sale.get(Sale.id == sold.sale_id)
        if sale.source != "exchange":
            continue
        used = CaseLine.select().where(
            CaseLine.sale_line == sold.id, CaseLine.state << ("reserved", "returned")
        )
        if used.exists() or sale_money.line_money(desk, sold.id).allowed_fen:
            raise UserError("reversal.used", number=row.number, sale=sale.order_no)
        insert_row(
            desk.db,
            CaseLine,
            case_id=row.case_id,
            walk_id=row.walk_id,
            sale_line_id=sold.id,
            state="returned",
            quantity_milli=sold.quantity_milli,
            value_fen=sold.paid_fen,
            freight_share_fen=sold.freight_fen,
            subsidy_share_fen=sale_money.subsidy_of(sold),
            note=row.number,
        )
        search.index_sale(desk.db, sale.id)


def _line_states(row: Any) -> None:
    """Lines whose goods are the customer's again are free again."""
    lines = [
        line.case_line_id
        for line in DocumentLine.select().where(
            DocumentLine.document == row.id, DocumentLine.case_line.is_null(False)
        )
    ]
    if not lines:
        return
    later = Document.alias()
    reversed_ids = later.select(later.reverses).where(later.reverses.is_null(False))
    for line_id in lines:
        stands = (
            Document.select()
            .join(DocumentLine, on=(DocumentLine.document == Document.id))
            .where(
                DocumentLine.case_line == line_id,
                Document.reverses_nothing(),
                Document.id.not_in(reversed_ids),
                Document.prefix << ("TH", "HH", "TK", "WX"),
            )
        )
        if not stands.exists():
            CaseLine.update(state="released").where(
                CaseLine.id == line_id, CaseLine.state << ("returned", "kept", "reserved")
            ).execute()
