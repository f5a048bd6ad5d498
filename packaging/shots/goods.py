"""The stock room: what lies where, claims, recalls, destruction, counts, gifts and deposits, and their dialogs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtWidgets import QWidget

from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.stock_room import PLACES
from counter_app.services import (
    claim_views,
    claims,
    holdings,
    products,
    recalls,
    sales,
    scrapping,
    stock_counts,
    stock_moves,
)
from counter_app.services.claims import NewClaim, Wanted
from counter_app.services.recalls import NewRecall
from counter_app.services.scrapping import NewScrap
from counter_app.services.stock_moves import Moving
from counter_app.ui.screens.goods.screen import GoodsScreen

if TYPE_CHECKING:
    from screenshots import Stage

_WITNESS = (2, "1111")


def _photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), (120, 80, 40)).save(out, "JPEG")
    return out.getvalue()


def _fill(stage: Stage) -> None:
    """A few of everything, once."""
    if claim_views.claims(stage.desk):
        return
    found = [one for one in products.list_products(stage.desk) if one.stock_milli >= 4000][:6]
    for at, one in enumerate(found):
        for place in PLACES[2:9]:
            if (at + len(place) + int(place[1:])) % 3 == 0:
                wish = Moving("V1", one.id, None, 1000, place, "到货检验发现划痕")
                stock_moves.move(stage.desk, wish, f"picture-{at}-{place}")
    first, second, third = found[:3]
    goods = (Wanted("V1", first.id, None, 2000),)
    new = NewClaim("supplier", "杭州某某电器厂", "通电后不加热", 25_800, goods)
    made = claims.open_claim(stage.desk, new, "picture-tc").value
    claims.step(stage.desk, made.id, "sent", "picture-tc-sent")
    courier = NewClaim("courier", "某某速运", "破损 · 外箱压坏", 12_900, parcel="SF1234567890", insured=True)
    claims.open_claim(stage.desk, courier, "picture-zc")
    scrap = NewScrap((Wanted("V1", second.id, None, 1000),), "外壳破裂", "拆解粉碎", (_photo(),))
    scrapping.scrap(stage.desk, scrap, _WITNESS, "picture-xh")
    for at in range(1, 4):
        line = NewLine(third.name, 1000, 12_900, product_id=third.id, batch_no=f"B{10 + at}")
        sale = NewSale(
            date(2026, 11, at),
            (line,),
            (NewTender("wechat", 12_900),),
            customer_name="张三",
            phone="13812341234",
        )
        sales.record_sale(stage.desk, sale, f"picture-recalled-{at}")
    notice = NewRecall("密封圈脱落,可能漏水", "停止使用,全额退款", third.id, "B11", "B12")
    kept = recalls.open_recall(stage.desk, notice).value
    listed = recalls.sales_of(stage.desk, kept.id)
    if listed:
        recalls.called(stage.desk, kept.id, listed[0].sale_line_id, "reached", "明天送来")
    stock_moves.move(stage.desk, Moving("V1", first.id, None, 1000, "V13", "备作赠品"), "picture-gift")
    session = stock_counts.start(stage.desk, "V5").value
    if session.rows:
        stock_counts.write(stage.desk, session.rows[0].id, 0)


def _at(stage: Stage, key: str) -> GoodsScreen:
    _fill(stage)
    screen = stage.show("goods")
    assert isinstance(screen, GoodsScreen)
    screen.show_page(key)
    stage.settle()
    return screen


def _page(key: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        _at(stage, key)
        return stage.window

    return shot


def empty(stage: Stage) -> QWidget:
    """A place where nothing lies."""
    _at(stage, "stock").stock.show_place("V10")
    return stage.window


def move_dialog(stage: Stage) -> QWidget:
    """Goods get another place."""
    screen = _at(stage, "stock")
    dialog = screen.stock.move_dialog(holdings.holdings(stage.desk, "V1")[0])
    dialog.show()
    return dialog


def scrap_dialog(stage: Stage) -> QWidget:
    """Goods are destroyed before a witness."""
    screen = _at(stage, "stock")
    dialog = screen.stock.scrap_dialog(holdings.holdings(stage.desk, "V1")[0], [_photo()])
    dialog.show()
    return dialog


def courier_dialog(stage: Stage) -> QWidget:
    """A claim against a courier."""
    dialog = _at(stage, "claims").claims.courier_dialog()
    dialog.show()
    return dialog


def recall_dialog(stage: Stage) -> QWidget:
    """A new recall."""
    dialog = _at(stage, "recalls").recalls.recall_dialog()
    dialog.show()
    return dialog


SHOTS = {
    "stock": _page("stock"),
    "claims": _page("claims"),
    "recalls": _page("recalls"),
    "scrap": _page("scrap"),
    "counts": _page("counts"),
    "gifts": _page("gifts"),
    "empty": empty,
    "move-dialog": move_dialog,
    "scrap-dialog": scrap_dialog,
    "courier-dialog": courier_dialog,
    "recall-dialog": recall_dialog,
}
