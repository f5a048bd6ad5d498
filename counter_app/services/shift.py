"""The drawer: opening float, cash that went in and out, the count at the end, who takes over (交班)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peewee import fn

from counter_app.db import ledger, seals
from counter_app.db.models import Proof, Settlement, Shift, Staff
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.money import MOST_FEN, format_yuan
from counter_app.domain.roles import SHIFT
from counter_app.domain.shift_views import ShiftView
from counter_app.services import staff
from counter_app.services.desk import Desk, Outcome

CHANGED = frozenset({"shift", "money"})
CASH = "cash"
NOTES_AND_COINS = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10)
"""What a count may hold, 分."""


def open_shift(desk: Desk, float_fen: int) -> Outcome[ShiftView]:
    """Take the drawer with `float_fen` (分) in it. Raises UserError `shift.open_already`, `shift.amount`."""
    staff.require(desk, SHIFT)
    _check(float_fen)
    with desk.db.atomic("IMMEDIATE"):
        open_one = _open_row()
        if open_one is not None:
            raise UserError(
                "shift.open_already", name=open_one.opened_by.name, day=str(open_one.business_date)
            )
        row = Shift.create(
            business_date=desk.today(),
            opened_at=desk.instant(),
            opened_by=_acting(desk),
            float_fen=float_fen,
        )
        _enter(desk, row.id, "float", float_fen)
    return Outcome(_view(desk, row), CHANGED)


def close_shift(
    desk: Desk,
    counted: int | Mapping[int, int],
    *,
    variance_reason: str = "",
    handed_to: int | None = None,
    note: str = "",
) -> Outcome[ShiftView]:
    """Count the drawer and hand it over.

    `counted` is the sum in 分, or how many of each note and coin (by its value in 分). A variance needs its
    reason. `handed_to` is the id of who takes over. Raises UserError `shift.none`, `shift.amount`,
    `shift.denomination`, `shift.variance`.
    """
    staff.require(desk, SHIFT)
    detail = None if isinstance(counted, int) else {str(value): number for value, number in counted.items()}
    counted_fen = counted if isinstance(counted, int) else _counted(counted)
    _check(counted_fen)
    reason = text.clean_line(variance_reason, field="variance_reason")
    with desk.db.atomic("IMMEDIATE"):
        row = _open_row()
        if row is None:
            raise UserError("shift.none")
        expected = _expected(row)
        if counted_fen != expected and not reason:
            raise UserError(
                "shift.variance",
                counted=format_yuan(counted_fen),
                expected=format_yuan(expected),
                variance=format_yuan(counted_fen - expected),
            )
        if handed_to is not None:
            staff.staff_view(desk, handed_to)
        if counted_fen != expected:
            _enter(desk, row.id, "variance", counted_fen - expected)
        money, stock = ledger.head(desk.db, "money"), ledger.head(desk.db, "stock")
        row.closed_at, row.closed_by = desk.instant(), _acting(desk)
        row.counted_fen, row.expected_fen, row.count_detail = counted_fen, expected, detail
        row.variance_reason, row.handed_to = reason, handed_to
        row.note = text.clean_note(note, field="note")
        row.money_head, row.money_rows = money.hash, money.rows
        row.stock_head, row.stock_rows = stock.hash, stock.rows
        row.seal_rows, row.seal_head = seals.head(desk.db.connection())
        row.save()
    return Outcome(_view(desk, row), CHANGED)


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
    names: dict[int | None, str] = {one.id: one.name for one in Staff.select(Staff.id, Staff.name)}
    return tuple(_one(desk, row, cash[row.id], names) for row in rows)


def _one(desk: Desk, row: Any, cash: tuple[int, int], names: Mapping[int | None, str]) -> ShiftView:
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
    )
