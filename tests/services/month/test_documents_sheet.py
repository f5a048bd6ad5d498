"""Every number that was given stands on a sheet of its own, and is found again by whoever reads the archive back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from book import Book, exported, fen
from lost_shop import new_shop
from month_shop import MonthShop

from counter_app.db.models import Document, Number
from counter_app.services import archive_history, month_lock, read_back


def test_every_number_of_the_month_is_listed_once_with_its_hash(
    books: Callable[[str], Book], shop: MonthShop
) -> None:
    rows = books("2026-11").rows("单据")
    given = {row.number for row in Number.select() if f"{row.business_date:%Y-%m}" == "2026-11"}
    assert len(rows) == len(given) and {row["单号"] for row in rows} == given
    by_number = {row["单号"]: row for row in rows}
    for document in Document.select().where(Document.number.in_(given)):
        told = by_number[document.number]
        assert told["内容哈希"] == document.content_hash
        assert told["售后单号"] == (document.case.number if document.case else None)
        assert fen(told["金额"]) == document.amount_fen
        assert told["被冲销单号"] == (document.reverses.number if document.reverses else None)
    assert {"TH", "HH", "TK", "SH"} <= {number[:2] for number in by_number}
    states = {row["状态"] for row in rows}
    assert {"已过账", "已冲销", "冲销单", "已给号"} <= states
    reversal = next(row for row in rows if row["状态"] == "冲销单")
    assert by_number[reversal["被冲销单号"]]["冲销它的单号"] == reversal["单号"]


def test_a_goods_receipt_of_an_exchange_is_found_in_a_shop_that_lost_everything(
    books: Callable[[str], Book], shop: MonthShop, tmp_path: Path
) -> None:
    (receipt, case) = shop.desk.db.execute_sql(
        """SELECT i.number, c.number FROM document i JOIN case_file c ON c.id = i.case_id
           WHERE i.prefix = 'TH' AND EXISTS (SELECT 1 FROM document h WHERE h.case_id = i.case_id AND h.prefix = 'HH')
           ORDER BY i.id LIMIT 1"""
    ).fetchone()
    lost = new_shop(tmp_path / "new")
    read_back.read(lost.boss, books("2026-11").path)
    assert [one.number for one in archive_history.find_number(lost.desk, receipt)] == [case]
    sheets = {row.sheet_key for row in archive_history.case(lost.desk, case).rows}
    assert "documents" in sheets
    lost.desk.db.close()


def test_a_month_closed_tells_what_was_reversed_by_then(shop: MonthShop) -> None:
    for name in ("2026-10", "2026-11"):
        month_lock.close(shop.boss, name, shop.request(), "2468", "结账")
    kept = exported(shop.boss, "2026-11").rows("单据")
    assert sum(row["状态"] == "已冲销" for row in kept) >= 1
    assert len(kept) == len({row["单号"] for row in kept})
