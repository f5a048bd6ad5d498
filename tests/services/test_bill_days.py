"""Bills of WeChat and Alipay day by day: what they say and what was entered here, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from test_bills import WECHAT, refunded, wechat
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


def paid_in(folder: Path, *days: str) -> Path:
    """A bill of ordinary payments alone, one on each of these days of November."""
    lines = [
        f"`2026-11-{day} 10:00:00,`wx1,`1900,`42000000{day},`O{day},`SUCCESS,`,`,`0.00,`,`保温杯,`66.00\n"
        for day in days
    ]
    file = folder / f"微信 {'-'.join(days)}.csv"
    file.write_text(WECHAT + "".join(lines), "utf-8-sig")
    return file


@pytest.mark.parametrize("days", [("18", "20"), ("19",)])
def test_an_invented_number_shows_also_where_the_bill_has_ordinary_sales_alone(
    counter: Counter, tmp_path: Path, days: tuple[str, ...]
) -> None:
    owed = settling.owed(counter.clerk, refunded(counter).case_id)[0]
    settling.pay(counter.clerk, owed.id, 19_900, "wechat", "INVENTED", "p1")
    file = paid_in(tmp_path, *days)
    seen = bills.read(counter.clerk, file)
    assert (seen.lines, seen.payments, seen.new) == ((), len(days), True)
    assert "money" in bills.enter(counter.clerk, file).changed
    found = {one.day: [gap.reference for gap in one.gaps] for one in bill_days.days(counter.clerk, *MONTH)}
    assert found.pop(TODAY) == ["INVENTED"]
    assert set(map(tuple, found.values())) <= {()} and len(found) == 2 * (len(days) - 1)
    again = bills.enter(counter.clerk, file)
    assert again.changed == frozenset() and not again.value.new


def test_an_alipay_bill_tells_of_every_day_in_its_head(counter: Counter, tmp_path: Path) -> None:
    owed = settling.owed(counter.clerk, refunded(counter, "alipay").case_id)[0]
    settling.pay(counter.clerk, owed.id, 19_900, "alipay", "INVENTED", "p1")
    file = tmp_path / "支付宝.csv"
    file.write_bytes(
        (
            "#支付宝业务明细查询\n#起始日期:[2026年11月01日 00:00:00]   终止日期:[2026年12月01日 00:00:00]\n"
            "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号\n"
            "2026110322001,O-1\t,交易\t,2026-11-03 09:00:00,66.00,\t\n"
        ).encode("gbk")
    )
    assert bills.read(counter.clerk, file).days == MONTH
    bills.enter(counter.clerk, file)
    (gap,) = [gap for day in bill_days.days(counter.clerk, *MONTH) for gap in day.gaps]
    assert (gap.kind, gap.reference, gap.entered_fen) == ("ours_only", "INVENTED", 19_900)


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
