"""Which article goes out: found by scan or name, with its price and the stock it would leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain import money, quantity
from counter_app.domain.errors import CounterError
from counter_app.domain.sale_views import ProductView
from counter_app.ui import format as shown
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class ReplacementDialog(Dialog):
    """Chooses one article.

    Args:
        find: articles for a scanned code or a part of the name.
        save: called with the replacement (list of one record); raises CounterError to refuse.
        quantity_milli: how much goes out unless changed.
    """

    def __init__(
        self,
        find: Callable[[str], Sequence[ProductView]],
        save: Callable[[list[dict[str, Any]]], None],
        quantity_milli: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=620, icon="arrow-left-right")
        self._find, self._save = find, save
        self._found: Sequence[ProductView] = ()
        self._chosen: ProductView | None = None
        self._search, self._price = QLineEdit(), QLineEdit()
        self._quantity, self._serial = QLineEdit(shown.quantity(quantity_milli)), QLineEdit()
        self._list = AnswerList()
        self._fields = {
            "search": Field(self._search),
            "price": Field(self._price),
            "quantity": Field(self._quantity),
            "serial": Field(self._serial),
        }
        self.body.addWidget(self._fields["search"])
        self.body.addWidget(self._list)
        for name in ("price", "quantity", "serial"):
            self.body.addWidget(self._fields[name])
        self._search.textChanged.connect(self._look)
        self._list.chosen.connect(self._choose)
        self._retranslate()
        self._search.setFocus()

    def confirm(self) -> None:
        if self._chosen is None:
            if len(self._found) == 1:
                self._choose(str(self._found[0].id))
            else:
                self._fields["search"].show_error(self.tr("Choose the article that goes out"))
                return
        product = self._chosen
        if product is None:
            return
        try:
            record = {
                "product_id": product.id,
                "name": product.name,
                "sku": product.sku,
                "barcode": product.barcode,
                "model": product.model,
                "category": product.category,
                "serial": self._serial.text().strip(),
                "quantity_milli": quantity.parse_quantity(self._quantity.text(), weighed=product.weighed),
                "price_fen": money.parse_yuan(self._price.text()),
            }
            self._save([{key: value for key, value in record.items() if value != ""}])
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _look(self, text: str) -> None:
        self._chosen = None
        self._found = self._find(text.strip())[:5] if text.strip() else ()
        self._show()

    def _choose(self, key: str) -> None:
        self._chosen = next(product for product in self._found if str(product.id) == key)
        self._price.setText(money.format_yuan(self._chosen.price_fen))
        self._show()

    def _show(self) -> None:
        chosen = self._chosen.id if self._chosen is not None else None
        self._list.show_answers(
            [
                Answer(
                    str(product.id),
                    shown.one_line(product.name, 60),
                    f"{product.barcode or product.sku} · {shown.money(product.price_fen)} · "
                    + self.tr("in stock %1").replace("%1", shown.quantity(product.stock_milli)),
                    chosen=product.id == chosen,
                )
                for product in self._found
            ],
            digits=False,
        )

    def _retranslate(self) -> None:
        self.say(self.tr("Which article goes out?"), accept=self.tr("Keep"))
        self._fields["search"].set_label(self.tr("Scan, or type name or barcode"))
        self._fields["price"].set_label(self.tr("Price today"))
        self._fields["quantity"].set_label(self.tr("Quantity"))
        self._fields["serial"].set_label(self.tr("Serial number of the new piece"), self.tr("may stay empty"))
        self._show()
