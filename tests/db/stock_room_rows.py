"""One row in every table of the stock room, for tests that attack them."""

from __future__ import annotations

from fixtures_shop import AT, DAY, SmallShop, sha256

from counter_app.db.models import (
    Claim,
    ClaimEvent,
    Compensation,
    CountLine,
    CountSession,
    GiftMove,
    GoodsLine,
    GoodsMove,
    GoodsPhoto,
    Recall,
    RecallCall,
    SaleLine,
    Scrap,
    StockEntry,
)


def fill_stock_room(shop: SmallShop) -> None:
    """A claim, a destruction, a recall, a count and a gift: one of each, inside the caller's transaction."""
    sent = shop.document("TC", None)
    GoodsLine.create(document=sent, line_no=1, product=shop.kettle, name="电热水壶", quantity_milli=1000)
    claim = Claim.create(
        document=sent,
        kind="supplier",
        party="某某电器厂",
        reason="不加热",
        asked_fen=9000,
        opened_at=AT,
        business_date=DAY,
        updated_at=AT,
    )
    ClaimEvent.create(claim=claim, seq=1, state="open", by=shop.clerk, at=AT, business_date=DAY)
    destroyed = shop.document("XH", None)
    Scrap.create(document=destroyed, reason="过期", witness=shop.boss, by=shop.clerk, at=AT)
    GoodsPhoto.create(
        document=destroyed, sha256=sha256("scrap"), mime="image/jpeg", size=5, by=shop.clerk, at=AT
    )
    GoodsMove.create(stock=StockEntry.get(), reason="重新检验", by=shop.clerk, at=AT)
    recall = Recall.create(
        number=shop.number("ZH"),
        product=shop.kettle,
        reason="漏电",
        what_to_do="停用,退款",
        valid_from=DAY,
        by=shop.boss,
        at=AT,
        business_date=DAY,
    )
    RecallCall.create(
        recall=recall, sale_line=SaleLine.get(), reached="reached", by=shop.clerk, at=AT, business_date=DAY
    )
    session = CountSession.create(place="V0", opened_at=AT, opened_by=shop.clerk, business_date=DAY)
    CountLine.create(session=session, line_no=1, product=shop.kettle, name="电热水壶", expected_milli=1000)
    GiftMove.create(
        compensation=Compensation.get(),
        kind="used",
        amount_fen=500,
        request_id=shop.request(),
        by=shop.clerk,
        at=AT,
        business_date=DAY,
    )
