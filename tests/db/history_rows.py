"""One row of each table that an archive read back fills."""

from __future__ import annotations

from fixtures_shop import AT, DAY, SmallShop, sha256

from counter_app.db.models import (
    HistoryCase,
    HistoryConflict,
    HistoryEnd,
    HistoryLine,
    HistoryMoney,
    HistoryNumber,
    HistoryRow,
    HistorySource,
)


def fill_history(shop: SmallShop) -> None:
    """Inside the caller's transaction; of a month in which nothing else lies."""
    source = HistorySource.create(
        kind="xlsx", file_name="a.xlsx", file_sha256=sha256("file"), content_sha256=sha256("rows"), format="1",
        shop_code="01", shop_name="试验小店", period="2025-12", first_day="2025-12-01", last_day="2025-12-31",
        language="zh", rows_told=1, figures={}, heads=[], checks=[], proven=True, foreign_shop=False, why="",
        by=shop.boss, at=AT, business_date=DAY,
    )  # fmt: skip
    rows = [
        HistoryRow.create(
            source=source, sheet="cases", row_no=at, identity=sha256("a"), likeness=sha256("b"),
            case_number="SH01-20251203-0001", number="", content={"case": "SH01-20251203-0001"},
        )
        for at in (2, 3)
    ]  # fmt: skip
    HistoryConflict.create(row=rows[1], other=rows[0], field="order", told="A", other_told="B")
    HistoryCase.create(
        row=rows[0], source=source, number="SH01-20251203-0001", business_date="2025-12-03", state="closed",
        customer_masked="张*", phone_masked="138****1234", order_no="E1", reasons="", remedies="", refund_fen=100,
        collected_fen=0, clerk="陈店员", summary="", last_day="2025-12-31",
    )  # fmt: skip
    HistoryLine.create(
        row=rows[0], case_number="SH01-20251203-0001", product="电热水壶", sku="K-100", serial="", batch_no="",
        quantity_milli=1000, paid_fen=100, given_back_fen=100, reason="", condition="", disposition="",
        last_day="2025-12-31",
    )  # fmt: skip
    HistoryMoney.create(
        row=rows[0], direction="out", number="TK01-20251203-0001", case_number="SH01-20251203-0001",
        business_date="2025-12-03", purpose="refund", tender="cash", owed_fen=100, paid_fen=100, proof_ref="",
        order_no="E1", signed="signed", clerk="陈店员", last_day="2025-12-31",
    )  # fmt: skip
    HistoryNumber.create(source=source, prefix="TK", business_date="2025-12-03", last_seq=1)
    HistoryEnd.create(source=source, rows_new=1, rows_known=0, conflicts=0, at=AT)
