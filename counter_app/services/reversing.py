"""Reversing documents: the mirror of what they did to goods and money, under a number of their own.

Inside the caller's transaction. Money before goods: a refund is taken back before the goods it was for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from counter_app.db import search
from counter_app.db.fields import canonical_json
from counter_app.db.models import (
    CaseLine,
    Compensation,
    Document,
    DocumentLine,
    GiftMove,
    Proof,
    SaleLine,
    Settlement,
    Walk,
)
from counter_app.db.numbers import next_number
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import UserError
from counter_app.domain.settlement_lines import allowance_used
from counter_app.services import (
    paper_views,
    requests,
    reversing_goods,
    reversing_promises,
    sale_money,
    settling,
)
from counter_app.services.case_rows import acting, add_event
from counter_app.services.desk import Desk
from counter_app.services.paper_views import is_reversed
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
    reversing_goods.give_back(desk, row, new_id)
    reversing_promises.give_back_deposits(desk, row, new_id)
    _compensation(desk, row, new_id)
    if row.prefix == "HH":
        reversing_goods.take_back_exchanged(desk, row)
    reversing_promises.call_off(desk, row)
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
    if row.prefix == "BC":
        _check_gifts(row)
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


def _check_gifts(row: Any) -> None:
    """A coupon that was used, or a gift that was handed over, is not there to be taken back."""
    used = (
        GiftMove.select(Compensation.what)
        .join(Compensation)
        .where(Compensation.document == row.id, GiftMove.kind == "used")
        .tuples()
        .first()
    )
    if used is not None:
        raise UserError("reversal.gift_used", number=row.number, what=used[0])


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


def _compensation(desk: Desk, row: Any, new_id: int) -> None:
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
