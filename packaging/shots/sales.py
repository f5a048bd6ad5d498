"""Purchases, articles, import with its preview, and orders to decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from counter_app import resources
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import imports, products, sales
from counter_app.ui.screens.sales.dates_dialog import DatesDialog
from counter_app.ui.screens.sales.product_dialogs import CountDialog, ProductDialog
from counter_app.ui.screens.sales.sales_page import find_product
from counter_app.ui.screens.sales.screen import SalesScreen
from counter_app.ui.screens.sales.split_dialog import SplitDialog

if TYPE_CHECKING:
    from screenshots import Stage

_PLAIN = "小票号,日期,商品名称,数量,单价,付款方式\n{rows}"
_WRONG = "P-7,2026-11-07,保温杯,坏,129.00,微信\nP-8,2026-13-40,杯刷,1,19.90,现金\n"
_STRANGE = "票,天,货,几个,多少钱\nY-1,2026-11-01,保温杯,1,129.00\n"


def _page(key: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        _at(stage, key)
        return stage.window

    return shot


def _at(stage: Stage, key: str) -> SalesScreen:
    screen = stage.show("sales")
    assert isinstance(screen, SalesScreen)
    screen.show_page(key)
    stage.settle()
    return screen


def _look(stage: Stage, files: list[Path]) -> None:
    """Open files and wait for the child process that looks into them."""
    page = _at(stage, "import").imports
    waiting = QEventLoop()
    page.looked.connect(waiting.quit)
    page.open_files(files)
    waiting.exec()
    stage.settle()


def _files(*names: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        _look(stage, [resources.path("samples", name) for name in names])
        return stage.window

    return shot


def faults(stage: Stage) -> QWidget:
    """Rows that cannot be taken in, each with its column and why."""
    rows = "".join(f"P-{at},2026-11-0{at},保温杯 {at},1,129.00,微信\n" for at in range(1, 7))
    file = stage.folder / "till.csv"
    file.write_text(_PLAIN.format(rows=rows + _WRONG), encoding="utf-8")
    _look(stage, [file])
    return stage.window


def mapping(stage: Stage) -> QWidget:
    """Columns nobody recognises."""
    file = stage.folder / "own.csv"
    file.write_text(_STRANGE, encoding="utf-8")
    _look(stage, [file])
    return stage.window


def holds(stage: Stage) -> QWidget:
    """An imported order that may be one of two typed purchases."""
    if not imports.holds(stage.desk):
        for number in ("H-1", "H-2"):
            line = NewLine("真空保温杯 500ml", 1000, 12_900)
            new = NewSale(date(2026, 11, 1), (line,), (NewTender("wechat", 12_900),), order_no=number)
            sales.record_sale(stage.desk, new, f"picture-{number}")
        file = stage.folder / "held.csv"
        file.write_text(
            _PLAIN.format(rows="Q-1,2026-11-01,真空保温杯 500ml,1,129.00,微信\n"), encoding="utf-8"
        )
        imports.run_import(stage.desk, file)
    _at(stage, "holds")
    return stage.window


def product_dialog(stage: Stage) -> QWidget:
    """An article to be changed."""
    page = _at(stage, "products").products
    dialog = ProductDialog(products.list_products(stage.desk)[0], page._known, True, page._keep, stage.window)
    dialog.show()
    return dialog


def count_dialog(stage: Stage) -> QWidget:
    """A count that differs from the book."""
    _at(stage, "products")
    dialog = CountDialog(products.list_products(stage.desk)[0], lambda _milli: None, stage.window)
    dialog.edit.setText("7")
    dialog.show()
    return dialog


def split_dialog(stage: Stage) -> QWidget:
    """An indivisible line gets its parts."""
    line = NewLine("新人大礼包", 1000, 14_890, indivisible=True)
    new = NewSale(date(2026, 11, 10), (line,), (NewTender("wechat", 14_890),), order_no="TOTAL-1")
    sale = sales.record_sale(stage.desk, new, "picture-total").value
    _at(stage, "purchases").purchases.show_sale(sale.id)
    dialog = SplitDialog(
        sale.lines[0], lambda text: find_product(stage.desk, text), lambda _parts: None, stage.window
    )
    dialog.write(0, "真空保温杯 500ml", "1", "129.00")
    dialog.show()
    return dialog


def dates_dialog(stage: Stage) -> QWidget:
    """When it was delivered and received."""
    page = _at(stage, "purchases").purchases
    sale = page.card.sale
    assert sale is not None
    dialog = DatesDialog(sale, lambda _given: None, stage.window)
    dialog.show()
    return dialog


SHOTS = {
    "purchases": _page("purchases"),
    "products": _page("products"),
    "import": _page("import"),
    "preview": _files("taobao_orders.csv", "taobao_items.csv"),
    "faults": faults,
    "mapping": mapping,
    "holds": holds,
    "product-dialog": product_dialog,
    "count-dialog": count_dialog,
    "split-dialog": split_dialog,
    "dates-dialog": dates_dialog,
}
