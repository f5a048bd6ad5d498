"""A closed month, what was kept of it, and one step of a red invoice."""

from __future__ import annotations

from fixtures_shop import AT, DAY, SmallShop

from counter_app.db.models import Document, MonthLock, MonthRows, RedInvoice


def fill_months(shop: SmallShop) -> None:
    """One of each, inside the caller's transaction; the month is one nothing else is dated into."""
    lock = MonthLock.create(
        month="2026-01", first_day="2026-01-01", last_day="2026-01-31", figures={"cases": 0}, missing=[], note="",
        money_rows=0, money_head="", stock_rows=0, stock_head="", seal_rows=0, seal_head="",
        request_id=shop.request(), by=shop.boss, at=AT, business_date=DAY,
    )  # fmt: skip
    MonthRows.create(lock=lock, sheet="cases", part=0, columns=["case"], count=0, content="")
    RedInvoice.create(
        document=Document.get(), seq=1, state="confirming", original_no="24", confirm_no="1", red_no="", note="",
        request_id=shop.request(), by=shop.boss, at=AT, business_date=DAY,
    )  # fmt: skip
