"""The drawer: opened, counted, handed over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.db import ledger
from counter_app.domain.errors import CounterError, UserError
from counter_app.services import shift
from counter_app.services.desk import Desk


def test_a_shift_is_opened_counted_and_handed_over(desk: Desk, as_role: Callable[[str], Desk]) -> None:
    clerk = as_role("clerk")
    opened = shift.open_shift(clerk, 50_000).value
    assert (opened.opened_by, opened.expected_fen, opened.closed_at) == ("李小店员", 50_000, None)
    assert shift.cash_in_drawer(desk) == 50_000
    closed = shift.close_shift(desk, {10_000: 4, 5_000: 2}, handed_to=3, note="零钱不多\n记得换").value
    assert (closed.counted_fen, closed.variance_fen, closed.handed_to) == (50_000, 0, "赵主管")
    assert shift.current_shift(desk) is None
    assert shift.shift(desk, closed.id) == closed


def test_a_difference_needs_its_reason_and_stands_in_the_ledger(desk: Desk) -> None:
    shift.open_shift(desk, 50_000)
    with pytest.raises(UserError, match=r"shift\.variance") as told:
        shift.close_shift(desk, 49_950)
    assert told.value.params == {"counted": "499.50", "expected": "500.00", "variance": "-0.50"}
    closed = shift.close_shift(desk, 49_950, variance_reason="找零少收五角").value
    assert closed.variance_fen == -50
    head = ledger.head(desk.db, "money")
    assert (closed.money_rows, closed.money_head) == (head.rows, head.hash) == (2, head.hash)
    rows = desk.db.execute_sql("SELECT kind, tender, amount_fen FROM money_entry ORDER BY seq").fetchall()
    assert rows == [("float", "cash", 50_000), ("variance", "cash", -50)]


def test_there_is_one_drawer_and_one_shift(desk: Desk) -> None:
    shift.open_shift(desk, 0)
    with pytest.raises(UserError, match=r"shift\.open_already"):
        shift.open_shift(desk, 100)
    with pytest.raises(CounterError, match=r"guard\.shift_open"):
        desk.db.execute_sql(
            "INSERT INTO shift (business_date, opened_at, opened_by_id, float_fen, variance_reason, note, "
            "money_head, stock_head, money_rows, stock_rows) VALUES ('2026-11-21', 1, 1, 0, '', '', '', '', 0, 0)"
        )
    shift.close_shift(desk, 0)
    with pytest.raises(UserError, match=r"shift\.none"):
        shift.close_shift(desk, 0)
    with pytest.raises(UserError, match=r"shift\.none"):
        shift.cash_in_drawer(desk)


def test_a_shift_left_open_overnight_says_so(desk: Desk, clock: object) -> None:
    shift.open_shift(desk, 100)
    clock.forward(hours=11)  # type: ignore[attr-defined]
    assert not shift.current_shift(desk).overdue  # type: ignore[union-attr]
    clock.forward(hours=2)  # type: ignore[attr-defined]
    assert shift.current_shift(desk).overdue  # type: ignore[union-attr]


@pytest.mark.parametrize("counted", [-1, 10**13])
def test_absurd_amounts_are_refused(desk: Desk, counted: int) -> None:
    with pytest.raises(UserError, match=r"shift\.amount"):
        shift.open_shift(desk, counted)
    shift.open_shift(desk, 100)
    with pytest.raises(UserError, match=r"shift\.amount"):
        shift.close_shift(desk, counted)


@pytest.mark.parametrize("pieces", [{300: 1}, {100: -1}, {100: 10**9}])
def test_only_notes_and_coins_that_exist_are_counted(desk: Desk, pieces: dict[int, int]) -> None:
    shift.open_shift(desk, 100)
    with pytest.raises(UserError, match=r"shift\.denomination"):
        shift.close_shift(desk, pieces)


def test_a_page_of_shifts_is_read_in_as_many_queries_as_one_shift(desk: Desk) -> None:
    for _day in range(6):
        shift.open_shift(desk, 10_000)
        shift.close_shift(desk, 10_000)

    def queries(limit: int) -> int:
        asked: list[str] = []
        desk.db.connection().set_trace_callback(asked.append)
        try:
            assert len(shift.list_shifts(desk, limit=limit)) == limit
        finally:
            desk.db.connection().set_trace_callback(None)
        return len(asked)

    assert queries(6) == queries(1)
