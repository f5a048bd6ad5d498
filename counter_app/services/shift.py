"""The drawer: opening float, cash that went in and out, the count at the end, who takes over (交班)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from counter_app.db import ledger, seals
from counter_app.db.models import Document, Proof, Settlement, Shift, Staff
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN, format_yuan
from counter_app.domain.roles import SHIFT
from counter_app.domain.shift_views import ShiftView
from counter_app.services import goods_papers, shift_sheet, staff
from counter_app.services.desk import Desk, Outcome

CHANGED = frozenset({"shift", "money"})
CASH = "cash"
SHEET = "JB"
NOTES_AND_COINS = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10)
"""What a count may hold, 分."""


def open_shift(desk: Desk, float_fen: int, *, reason: str = "") -> Outcome[ShiftView]:
    """Take the drawer with `float_fen` (分) in it. What differs from what the last count left needs its reason.

    Raises UserError `shift.open_already`, `shift.amount`, `shift.float_differs`.
    """
    staff.require(desk, SHIFT)
    why = text.clean_line(reason, field="float_reason")
    with desk.db.atomic("IMMEDIATE"):
        row = _open(desk, _acting(desk), float_fen, why)
    return Outcome(_view(desk, row), CHANGED)


def close_shift(
    desk: Desk,
    counted: int | Mapping[int, int],
    *,
    variance_reason: str = "",
    handed_to: int | None = None,
    note: str = "",
    taken_out_fen: int = 0,
) -> Outcome[ShiftView]:
    """Count the drawer and close the shift; its sheet (JB) is frozen.

    `counted` is the sum in 分, or how many of each note and coin (by its value in 分). A variance needs its
    reason. `handed_to` is the id of who takes over, `taken_out_fen` (分) goes to the safe or the bank.
    Raises UserError `shift.none`, `shift.amount`, `shift.denomination`, `shift.variance`, `shift.taken_out`.
    """
    staff.require(desk, SHIFT)
    count = _count(counted, taken_out_fen, variance_reason, note)
    with desk.db.atomic("IMMEDIATE"):
        row = _close(desk, count, handed_to)
    return Outcome(_view(desk, row), CHANGED)


def hand_over(
    desk: Desk,
    counted: int | Mapping[int, int],
    taker_id: int,
    taker_pin: str,
    *,
    variance_reason: str = "",
    note: str = "",
    taken_out_fen: int = 0,
) -> Outcome[ShiftView]:
    """Close the shift and open the next one in the name of who takes over, who agrees to the count by PIN.

    Both happen or neither. Returns the closed shift. Raises as `close_shift`, and `staff.pin.wrong`, `staff.locked`,
    `shift.taker` for somebody who may not hold the drawer or is the one who hands it over.
    """
    staff.require(desk, SHIFT)
    count = _count(counted, taken_out_fen, variance_reason, note)
    taker = staff.verify_pin(desk, taker_id, taker_pin)
    if taker.id == _acting(desk) or not (taker.owner or SHIFT in taker.rights):
        raise UserError("shift.taker", name=taker.name)
    with desk.db.atomic("IMMEDIATE"):
        row = _close(desk, count, taker.id)
        _open(desk, taker.id, count.left_fen, "")
    return Outcome(_view(desk, row), CHANGED)


@dataclass(frozen=True, slots=True)
class _Count:
    """What was counted and what becomes of it, 分."""

    fen: int
    detail: dict[str, int] | None
    taken_out_fen: int
    reason: str
    note: str

    @property
    def left_fen(self) -> int:
        return self.fen - self.taken_out_fen


def _count(counted: int | Mapping[int, int], taken_out_fen: int, reason: str, note: str) -> _Count:
    detail = None if isinstance(counted, int) else {str(value): number for value, number in counted.items()}
    fen = counted if isinstance(counted, int) else _counted(counted)
    _check(fen)
    if not 0 <= taken_out_fen <= fen:
        raise UserError("shift.taken_out", amount=format_yuan(taken_out_fen), counted=format_yuan(fen))
    return _Count(
        fen,
        detail,
        taken_out_fen,
        text.clean_line(reason, field="variance_reason"),
        text.clean_note(note, field="note"),
    )


def _open(desk: Desk, by: int, float_fen: int, why: str) -> Any:
    _check(float_fen)
    open_one = _open_row()
    if open_one is not None:
        raise UserError("shift.open_already", name=open_one.opened_by.name, day=str(open_one.business_date))
    last = Shift.select().order_by(Shift.id.desc()).first()
    left = None if last is None else last.counted_fen - (last.taken_out_fen or 0)
    if left is not None and left != float_fen and not why:
        raise UserError("shift.float_differs", float=format_yuan(float_fen), left=format_yuan(left))
    row = Shift.create(
        business_date=desk.today(),
        opened_at=desk.instant(),
        opened_by=by,
        float_fen=float_fen,
        float_reason="" if left == float_fen else why,
    )
    _enter(desk, row.id, "float", float_fen)
    return row


def _close(desk: Desk, count: _Count, handed_to: int | None) -> Any:
    row = _open_row()
    if row is None:
        raise UserError("shift.none")
    expected = _expected(row)
    if count.fen != expected and not count.reason:
        raise UserError(
            "shift.variance",
            counted=format_yuan(count.fen),
            expected=format_yuan(expected),
            variance=format_yuan(count.fen - expected),
        )
    if handed_to is not None:
        staff.staff_view(desk, handed_to)
    if count.fen != expected:
        _enter(desk, row.id, "variance", count.fen - expected)
    money, stock = ledger.head(desk.db, "money"), ledger.head(desk.db, "stock")
    row.closed_at, row.closed_by = desk.instant(), _acting(desk)
    row.counted_fen, row.expected_fen, row.count_detail = count.fen, expected, count.detail
    row.variance_reason, row.handed_to, row.note = count.reason, handed_to, count.note
    row.taken_out_fen = count.taken_out_fen
    row.money_head, row.money_rows = money.hash, money.rows
    row.stock_head, row.stock_rows = stock.hash, stock.rows
    row.seal_rows, row.seal_head = seals.head(desk.db.connection())
    number = goods_papers.new_number(desk, SHEET)
    sheet = shift_sheet.sheet(desk, number, row, expected, _names())
    posted = goods_papers.post(desk, number, SHEET, f"shift-sheet-{row.id}", [row.id], (), sheet)
    row.document_id = posted.id
    row.save()
    return row


def current_shift(desk: Desk) -> ShiftView | None:
    """The open shift, or None."""
    row = _open_row()
    return None if row is None else _view(desk, row)


def shift(desk: Desk, shift_id: int) -> ShiftView:
    """One shift, open or closed. Raises UserError `shift.none`."""
    row = Shift.get_or_none(Shift.id == shift_id)
    if row is None:
        raise UserError("shift.none")
    return _view(desk, row)


def list_shifts(desk: Desk, before: int | None = None, limit: int = 50) -> tuple[ShiftView, ...]:
    """Shifts newest first, the open one among them; `before` is the id of the last one seen, to page on."""
    rows = Shift.select().order_by(Shift.id.desc()).limit(limit)
    if before is not None:
        rows = rows.where(Shift.id < before)
    return _views(desk, list(rows))


def cash_in_drawer(desk: Desk) -> int:
    """分 that should lie in the open drawer now. Raises UserError `shift.none`."""
    row = _open_row()
    if row is None:
        raise UserError("shift.none")
    return _expected(row)


def _counted(pieces: Mapping[int, int]) -> int:
    for value, number in pieces.items():
        if value not in NOTES_AND_COINS or not 0 <= number <= 100_000:
            raise UserError("shift.denomination", value=format_yuan(value), number=number)
    return sum(value * number for value, number in pieces.items())


def _check(fen: int) -> None:
    if not 0 <= fen <= MOST_FEN:
        raise UserError("shift.amount", amount=format_yuan(fen))


def _open_row() -> Any:
    return Shift.get_or_none(Shift.closed_at.is_null())


def _cash(shift_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Cash taken and cash paid out under shifts, both positive; reversals lower their own side."""
    ids = list(shift_ids)
    sums = {one: {"in": 0, "out": 0} for one in ids}
    proofs: Any = (
        Proof.select(Proof.shift, Settlement.direction, fn.SUM(Proof.amount_fen))
        .join(Settlement)
        .where(Proof.shift << ids, Proof.tender == CASH)
        .group_by(Proof.shift, Settlement.direction)
        .tuples()
    )
    for shift_id, direction, amount in proofs:
        sums[shift_id][direction] = int(amount)
    return {one: (found["in"], found["out"]) for one, found in sums.items()}


def _expected(row: Any) -> int:
    taken, paid = _cash((row.id,))[row.id]
    return int(row.float_fen) + taken - paid


def _enter(desk: Desk, shift_id: int, kind: str, amount_fen: int) -> None:
    ledger.append_money(
        desk.db,
        kind=kind,
        tender=CASH,
        amount_fen=amount_fen,
        at=desk.instant(),
        business_date=desk.today(),
        shift_id=shift_id,
    )


def _acting(desk: Desk) -> int:
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    return desk.staff.id


def _view(desk: Desk, row: Any) -> ShiftView:
    return _views(desk, [row])[0]


def _views(desk: Desk, rows: Sequence[Any]) -> tuple[ShiftView, ...]:
    cash = _cash(row.id for row in rows)
    names = _names()
    sheets = {row.document_id for row in rows} - {None}
    numbers: dict[int | None, str] = dict(
        Document.select(Document.id, Document.number).where(Document.id << list(sheets)).tuples()
    )
    return tuple(_one(desk, row, cash[row.id], names, numbers.get(row.document_id, "")) for row in rows)


def _names() -> dict[int | None, str]:
    return {one.id: one.name for one in Staff.select(Staff.id, Staff.name)}


def _one(
    desk: Desk, row: Any, cash: tuple[int, int], names: Mapping[int | None, str], sheet: str
) -> ShiftView:
    taken, paid = cash
    expected = row.float_fen + taken - paid if row.expected_fen is None else row.expected_fen
    return ShiftView(
        id=row.id,
        business_date=row.business_date,
        opened_at=row.opened_at,
        opened_by=names[row.opened_by_id],
        float_fen=row.float_fen,
        cash_in_fen=taken,
        cash_out_fen=paid,
        expected_fen=expected,
        closed_at=row.closed_at,
        closed_by=names.get(row.closed_by_id, ""),
        counted_fen=row.counted_fen,
        variance_fen=None if row.counted_fen is None else row.counted_fen - expected,
        variance_reason=row.variance_reason,
        handed_to=names.get(row.handed_to_id, ""),
        note=row.note,
        overdue=row.closed_at is None and row.business_date < desk.today(),
        money_head=row.money_head,
        stock_head=row.stock_head,
        money_rows=row.money_rows,
        stock_rows=row.stock_rows,
        seal_head=row.seal_head,
        seal_rows=row.seal_rows,
        float_reason=row.float_reason or "",
        taken_out_fen=row.taken_out_fen or 0,
        sheet=sheet,
    )
