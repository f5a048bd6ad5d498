"""Bills of WeChat and Alipay day by day: what they say and what was entered here, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from test_bills import refunded, wechat
from visits import TODAY, Counter, build_shop, opened

from counter_app.db.models import BillRow
from counter_app.domain.errors import CounterError
from counter_app.services import bill_days, bills, settling

MONTH = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one
        one.sound()


def test_a_day_whose_refunds_all_agree_has_no_difference(counter: Counter, tmp_path: Path) -> None:
    number = refunded(counter).case.documents[1].number
    bills.enter(counter.clerk, wechat(tmp_path, ("4200000001", "X1", "5030000001", number, "199.00")))
    (day,) = bill_days.days(counter.clerk, *MONTH)
    assert (day.day, day.tender, day.billed_out_fen, day.entered_out_fen) == (TODAY, "wechat", 19_900, 19_900)
    assert day.difference_fen == 0 and day.gaps == ()


def test_what_does_not_match_is_listed_by_day_with_its_difference(counter: Counter, tmp_path: Path) -> None:
    owed = settling.owed(counter.clerk, refunded(counter).case_id)[0]
    settling.pay(counter.clerk, owed.id, 19_900, "wechat", "NEVER-IN-A-BILL", "p1")
    other = settling.owed(counter.clerk, refunded(counter).case_id)[0]
    settling.pay(counter.clerk, other.id, 10_000, "wechat", "5030000002", "p2")
    file = wechat(
        tmp_path,
        ("4200000002", "X2", "5030000002", "", "120.00"),
        ("4200000009", "X9", "5030000009", "not ours", "8.00"),
    )
    bills.enter(counter.clerk, file)
    (day,) = bill_days.days(counter.clerk, *MONTH)
    gaps = {gap.reference: (gap.kind, gap.billed_fen, gap.entered_fen, gap.document) for gap in day.gaps}
    assert gaps == {
        "5030000002": ("amount", 12_000, 10_000, other.document),
        "5030000009": ("bill_only", 800, 0, ""),
        "NEVER-IN-A-BILL": ("ours_only", 0, 19_900, owed.document),
    }
    assert (day.billed_out_fen, day.entered_out_fen) == (12_800, 29_900)
    assert day.difference_fen == 17_100, "the service paid out 171.00 less than was entered"


def test_a_number_entered_later_closes_the_gap_on_the_day_the_money_moved(
    counter: Counter, tmp_path: Path
) -> None:
    owed = settling.owed(counter.clerk, refunded(counter).case_id)[0]
    bills.enter(counter.clerk, wechat(tmp_path, ("4200000001", "X1", "5030000001", "nobody's", "199.00")))
    assert [gap.kind for gap in bill_days.days(counter.clerk, *MONTH)[0].gaps] == ["bill_only"]
    counter.clock.forward(days=1)
    settling.pay(counter.clerk, owed.id, 19_900, "wechat", "5030000001", "p1")
    (day,) = bill_days.days(counter.clerk, *MONTH)
    assert day.day == TODAY and day.gaps == () and day.entered_out_fen == 19_900


def test_bills_that_overlap_are_kept_once_and_cannot_be_changed(counter: Counter, tmp_path: Path) -> None:
    first = wechat(tmp_path, ("4200000001", "X1", "5030000001", "a", "1.00"))
    bills.enter(counter.clerk, first)
    again = wechat(
        tmp_path,
        ("4200000001", "X1", "5030000001", "a", "1.00"),
        ("4200000002", "X2", "5030000002", "b", "2.00"),
    )
    bills.enter(counter.clerk, again)
    bills.enter(counter.clerk, again)
    assert [row.amount_fen for row in BillRow.select().order_by(BillRow.id)] == [100, 200]
    with pytest.raises(CounterError, match=r"guard\."):
        counter.desk.db.execute_sql("UPDATE bill_row SET amount_fen = 5")
    with pytest.raises(CounterError, match=r"guard\."):
        counter.desk.db.execute_sql("DELETE FROM bill")
