"""Counting a place (盘点): what the ledger says against what lies there, posted with a reason and a second person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.db import ledger
from counter_app.db.models import CaseLine, CountLine, CountSession, Document, Product, Staff
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import CountRow, CountView, Holding
from counter_app.domain.quantity import checked_quantity
from counter_app.domain.stock_room import OUTSIDE
from counter_app.services import document_slips, goods_papers, holdings, requests, staff
from counter_app.services.case_rows import acting, add_event, touch
from counter_app.services.desk import Desk, Outcome
from counter_app.services.goods_papers import Piece

CHANGED = frozenset({"stock"})
KIND = "PD"


def start(desk: Desk, place: str) -> Outcome[CountView]:
    """Begin to count a place: every holding becomes a line. Raises UserError `goods.place`, `guard.count_open`."""
    staff.require(desk, roles.STOCK)
    with desk.db.atomic("IMMEDIATE"):
        found = holdings.holdings(desk, place, limit=-1)
        session_id = insert_row(
            desk.db,
            CountSession,
            place=place,
            opened_at=desk.instant(),
            opened_by_id=acting(desk),
            business_date=desk.today(),
        )
        for at, one in enumerate(found, start=1):
            _add(desk, session_id, at, one)
    return Outcome(count(desk, session_id), CHANGED)


def write(desk: Desk, line_id: int, counted_milli: int | None) -> Outcome[CountView]:
    """What was counted on one line; None takes it back.

    Raises UserError `count.more` for goods of a case beyond what it brought, `quantity.…`, `guard.count_closed`.
    """
    staff.require(desk, roles.STOCK)
    with desk.db.atomic("IMMEDIATE"):
        row = CountLine.get_or_none(CountLine.id == line_id)
        if row is None:
            raise UserError("count.unknown")
        if counted_milli:
            weighed = row.product_id is not None and bool(Product.get(Product.id == row.product_id).weighed)
            checked_quantity(counted_milli, weighed=weighed or row.expected_milli % 1000 != 0)
        if counted_milli is not None and counted_milli < 0:
            raise UserError("product.count.negative")
        if row.case_line_id is not None and (counted_milli or 0) > row.expected_milli:
            raise UserError("count.more", name=row.name)
        if row.case_line_id is not None and counted_milli not in (None, row.expected_milli):
            tied = CaseLine.get(CaseLine.id == row.case_line_id)
            if tied.state == "reserved":
                raise UserError("goods.undecided", name=row.name, number=tied.case.number)
        CountLine.update(counted_milli=counted_milli).where(CountLine.id == line_id).execute()
        session_id = row.session_id
    return Outcome(count(desk, session_id), CHANGED)


def found(desk: Desk, session_id: int, product_id: int, counted_milli: int) -> Outcome[CountView]:
    """An article lies there that the ledger does not know at this place. Raises UserError `product.unknown`, `count.listed`."""
    staff.require(desk, roles.STOCK)
    with desk.db.atomic("IMMEDIATE"):
        product = Product.get_or_none(Product.id == product_id)
        if product is None:
            raise UserError("product.unknown")
        lines = list(CountLine.select().where(CountLine.session == session_id))
        if any(line.product_id == product_id and line.case_line_id is None for line in lines):
            raise UserError("count.listed", name=product.name)
        checked_quantity(counted_milli, weighed=bool(product.weighed))
        insert_row(
            desk.db,
            CountLine,
            session_id=session_id,
            line_no=len(lines) + 1,
            product_id=product_id,
            name=product.name,
            expected_milli=0,
            counted_milli=counted_milli,
        )
    return Outcome(count(desk, session_id), CHANGED)


def post(
    desk: Desk, session_id: int, reason: str, request_id: str, by: tuple[int, str] | None = None
) -> Outcome[CountView]:
    """Post a count: its differences become movements, approved by somebody else (`by`: id and PIN).

    Without a difference nobody needs to approve. An owner may approve alone; it is listed.
    Raises UserError `count.…`, `goods.reason`, `staff.…`, `request.…`.
    """
    staff.require(desk, roles.STOCK)
    said = text.clean_line(reason, field="reason")
    seen = _counted(session_id)
    approver = _approver(desk, session_id, said, by)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(session_id)
        wish = [session_id, said, approver]
        known = requests.earlier(desk, request_id, KIND, wish)
        if known is not None:
            return Outcome(count(desk, session_id), frozenset())
        if _counted(session_id) != seen:
            # Another window went on counting: what was approved is not what would be posted.
            raise UserError("count.changed")
        lines = list(CountLine.select().where(CountLine.session == session_id).order_by(CountLine.line_no))
        if any(line.counted_milli is None for line in lines):
            raise UserError("count.unfinished", left=sum(line.counted_milli is None for line in lines))
        _check_still(desk, row.place, lines)
        row.reason, row.approved_by = said, approver  # as the paper says it; the row itself is written below
        pieces = [_piece(row.place, line) for line in lines if line.counted_milli != line.expected_milli]
        number = goods_papers.new_number(desk, KIND)
        paper = goods_papers.post(
            desk,
            number,
            KIND,
            request_id,
            wish,
            pieces,
            document_slips.stock_count(desk, row, number),
            more={"place": row.place, "reason": said, "approved_by": approver, "lines": len(lines)},
        )
        for piece in pieces:
            _enter(desk, piece, paper.id, number)
        CountSession.update(
            state="posted", document=paper.id, closed_at=desk.instant(), reason=said, approved_by=approver
        ).where(CountSession.id == session_id).execute()
    return Outcome(count(desk, session_id), CHANGED | {"case"})


def drop(desk: Desk, session_id: int, why: str) -> Outcome[CountView]:
    """Give a count up: nothing moves. Raises UserError `count.unknown`, `guard.count_closed`."""
    staff.require(desk, roles.STOCK)
    said = text.clean_line(why, field="reason")
    with desk.db.atomic("IMMEDIATE"):
        _row(session_id)
        CountSession.update(state="dropped", closed_at=desk.instant(), reason=said).where(
            CountSession.id == session_id
        ).execute()
    return Outcome(count(desk, session_id), CHANGED)


def count(desk: Desk, session_id: int) -> CountView:
    """One count with its lines. Raises UserError `count.unknown`."""
    return _view(_row(session_id), whole=True)


def counts(desk: Desk, *, after: int | None = None, limit: int = 200) -> tuple[CountView, ...]:
    """Counts, the newest first; `after` is the id of the last one seen."""
    rows = CountSession.select().order_by(CountSession.id.desc()).limit(limit)
    if after is not None:
        rows = rows.where(CountSession.id < after)
    return tuple(_view(row) for row in rows)


def _approver(desk: Desk, session_id: int, reason: str, by: tuple[int, str] | None) -> int | None:
    """Who answers for the differences; None where there are none."""
    lines = CountLine.select().where(CountLine.session == session_id)
    if all(line.counted_milli in (None, line.expected_milli) for line in lines):
        return None
    if not reason:
        raise UserError("goods.reason")
    if by is None:
        raise UserError("count.approval")
    person = staff.verify_pin(desk, *by)
    opener = _row(session_id).opened_by_id
    if person.id in (acting(desk), opener) and not person.owner:
        raise UserError("count.own")
    if roles.APPROVE not in person.rights and roles.DECIDE not in person.rights and not person.owner:
        raise UserError("staff.right.missing", right=roles.APPROVE, name=person.name)
    return person.id


def _counted(session_id: int) -> list[tuple[int, int | None]]:
    """What was counted of each line so far."""
    rows = CountLine.select(CountLine.id, CountLine.counted_milli).where(CountLine.session == session_id)
    return [(int(key), counted) for key, counted in rows.order_by(CountLine.id).tuples()]


def _check_still(desk: Desk, place: str, lines: Sequence[Any]) -> None:
    """Goods that moved while they were counted make the count wrong: it says so instead of posting it."""
    now = {
        (one.product_id, one.case_line_id): one.quantity_milli
        for one in holdings.holdings(desk, place, limit=-1)
    }
    known = {(line.product_id, line.case_line_id): line for line in lines}
    for key, line in known.items():
        if now.get(key, 0) != line.expected_milli:
            raise UserError("count.moved", name=line.name)
    for key in now:
        if key not in known:
            raise UserError("count.arrived")


def _piece(place: str, line: Any) -> Piece:
    product = Product.get_or_none(Product.id == line.product_id) if line.product_id is not None else None
    tied = CaseLine.get_or_none(CaseLine.id == line.case_line_id) if line.case_line_id is not None else None
    one = Holding(
        place=place,
        product_id=line.product_id,
        case_line_id=line.case_line_id,
        name=line.name,
        sku=product.sku if product else "",
        quantity_milli=line.expected_milli,
        cost_fen=product.cost_fen if product else None,
        value_fen=None,
        serial=line.serial,
        batch_no=line.batch_no,
        condition=tied.condition if tied else "",
        category=product.category if product else "OTHER",
        weighed=bool(product.weighed) if product else False,
        case_id=tied.case_id if tied else None,
        case_number=tied.case.number if tied else "",
        since=line.session.business_date,
        key=line.line_no,
    )
    return Piece(one, line.counted_milli - line.expected_milli)


def _enter(desk: Desk, piece: Piece, document_id: int, number: str) -> None:
    one, more = piece.holding, piece.quantity_milli > 0
    ledger.append_stock(
        desk.db,
        kind="count",
        from_place=OUTSIDE if more else one.place,
        to_place=one.place if more else OUTSIDE,
        quantity_milli=abs(piece.quantity_milli),
        at=desk.instant(),
        business_date=desk.today(),
        product_id=one.product_id,
        case_line_id=one.case_line_id,
        document_id=document_id,
        serial=one.serial,
        batch_no=one.batch_no,
    )
    if one.case_id is not None:
        add_event(desk, one.case_id, "goods_counted", number=number, name=one.name)
        touch(desk, one.case_id)


def _add(desk: Desk, session_id: int, at: int, one: Holding) -> None:
    insert_row(
        desk.db,
        CountLine,
        session_id=session_id,
        line_no=at,
        product_id=one.product_id,
        case_line_id=one.case_line_id,
        name=one.name,
        serial=one.serial,
        batch_no=one.batch_no,
        expected_milli=one.quantity_milli,
    )


def _row(session_id: int) -> Any:
    row = CountSession.get_or_none(CountSession.id == session_id)
    if row is None:
        raise UserError("count.unknown")
    return row


def _view(row: Any, *, whole: bool = False) -> CountView:
    names = {one[0]: one[1] for one in Staff.select(Staff.id, Staff.name).tuples()}
    rows = _lines(row.id)
    number = Document.get(Document.id == row.document_id).number if row.document_id is not None else ""
    return CountView(
        id=row.id,
        place=row.place,
        state=row.state,
        number=number,
        day=row.business_date,
        opened_by=names.get(row.opened_by_id, ""),
        approved_by=names.get(row.approved_by_id, ""),
        reason=row.reason,
        lines=len(rows),
        counted=sum(line.counted_milli is not None for line in rows),
        different=sum(line.difference_milli != 0 for line in rows),
        rows=rows if whole else (),
    )


_LINES = """
    SELECT l.id, l.line_no, l.name, COALESCE(p.sku, ''), l.serial, l.batch_no, COALESCE(f.number, ''),
           l.expected_milli, l.counted_milli, COALESCE(p.weighed, 0), l.case_line_id IS NOT NULL
    FROM count_line l LEFT JOIN product p ON p.id = l.product_id
    LEFT JOIN case_line c ON c.id = l.case_line_id LEFT JOIN case_file f ON f.id = c.case_id
    WHERE l.session_id = ? ORDER BY l.line_no
"""


def _lines(session_id: int) -> tuple[CountRow, ...]:
    database: Any = CountLine._meta.database
    rows = database.execute_sql(_LINES, (session_id,)).fetchall()
    return tuple(
        CountRow(
            id=row[0],
            line_no=row[1],
            name=row[2],
            sku=row[3],
            serial=row[4],
            batch_no=row[5],
            case_number=row[6],
            expected_milli=row[7],
            counted_milli=row[8],
            weighed=bool(row[9]),
            tied=bool(row[10]),
        )
        for row in rows
    )
