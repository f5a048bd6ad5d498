"""An article added or changed, and its stock counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain import money, quantity
from counter_app.domain.categories import CategoryTerms
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.new_product import NewProduct
from counter_app.domain.sale_views import ProductView
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_FIELDS = {"product.name.empty": "name", "product.tax_rate": "tax", "product.price": "price"}


class ProductDialog(Dialog):
    """Asks for an article and hands it to `keep`, which may refuse. The code never changes: it names the article.

    Args:
        product: the article to change, None for a new one.
        categories: categories by code.
        costs: whether the one at the desk may see cost prices.
        keep: called with the `NewProduct`; raises CounterError to refuse.
    """

    def __init__(
        self,
        product: ProductView | None,
        categories: Mapping[str, CategoryTerms],
        costs: bool,
        keep: Callable[[NewProduct], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=640, icon="save")
        self._product, self._categories, self._costs, self._keep = product, categories, costs, keep
        self._reading = ""
        self._inputs: dict[str, QLineEdit] = {
            name: QLineEdit() for name in ("sku", "barcode", "name", "model", "price", "cost", "tax", "note")
        }
        self._category = QComboBox()
        for code in categories:
            self._category.addItem(code, code)
        self._weighed, self._repairable, self._active = QCheckBox(), QCheckBox(), QCheckBox()
        self._fields = {name: Field(edit) for name, edit in self._inputs.items()}
        self._fields["category"] = Field(self._category)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        for name, row, column, width in (
            ("sku", 0, 0, 2),
            ("barcode", 0, 2, 2),
            ("name", 1, 0, 4),
            ("model", 2, 0, 2),
            ("category", 2, 2, 2),
            ("price", 3, 0, 1),
            ("cost", 3, 1, 1),
            ("tax", 3, 2, 1),
            ("note", 4, 0, 4),
        ):
            grid.addWidget(self._fields[name], row, column, 1, width)
        self._fields["cost"].setVisible(costs)
        marks = QHBoxLayout()
        marks.setSpacing(Size.GAP_L)
        for box in (self._weighed, self._repairable, self._active):
            marks.addWidget(box)
        marks.addStretch(1)
        self.body.addLayout(grid)
        self.body.addLayout(marks)
        self._fill(product)
        self._retranslate()
        self._inputs["name" if product else "sku"].setFocus()

    def write(self, **texts: str) -> None:
        """Type into fields by name: sku, barcode, name, model, price, cost, tax, note."""
        for name, text in texts.items():
            self._inputs[name].setText(text)

    def confirm(self) -> None:
        try:
            self._keep(self._new())
        except CounterError as error:
            name = _FIELDS.get(error.code, self._reading)
            if name in self._fields:
                self._fields[name].show_error(error)
            else:
                self.banner.show_error(error)
            return
        self.accept()

    def _fill(self, product: ProductView | None) -> None:
        if product is None:
            self._inputs["tax"].setText("13")
            self._category.setCurrentIndex(max(0, self._category.findData("OTHER")))
            self._repairable.setChecked(True)
            self._active.setChecked(True)
            return
        self.write(
            sku=product.sku,
            barcode=product.barcode,
            name=product.name,
            model=product.model,
            price=money.format_yuan(product.price_fen),
            cost="" if product.cost_fen is None else money.format_yuan(product.cost_fen),
            tax=shown.percent(product.tax_rate_bp).removesuffix("%"),
            note=product.note,
        )
        self._inputs["sku"].setReadOnly(True)
        self._category.setCurrentIndex(max(0, self._category.findData(product.category)))
        self._weighed.setChecked(product.weighed)
        self._repairable.setChecked(product.repairable)
        self._active.setChecked(product.active)

    def _new(self) -> NewProduct:
        text = {name: edit.text().strip() for name, edit in self._inputs.items()}
        return NewProduct(
            sku=text["sku"],
            name=text["name"],
            price_fen=self._read("price", money.parse_yuan),
            barcode=text["barcode"],
            model=text["model"],
            category=str(self._category.currentData()),
            cost_fen=self._read("cost", money.parse_yuan) if text["cost"] else None,
            tax_rate_bp=self._read("tax", money.parse_yuan),
            weighed=self._weighed.isChecked(),
            repairable=self._repairable.isChecked(),
            active=self._active.isChecked(),
            note=text["note"],
        )

    def _read(self, name: str, read: Callable[[str], int]) -> int:
        """Read one field; percent with two digits has the shape of yuan and fen."""
        self._reading = name
        value = read(self._inputs[name].text())
        self._reading = ""
        return value

    def _retranslate(self) -> None:
        self.say(
            self.tr("Change the article") if self._product else self.tr("New article"),
            self.tr("Purchases recorded before keep what they were sold as."),
            self.tr("Save"),
        )
        words: dict[str, Any] = {
            "sku": self.tr("Article code"),
            "barcode": self.tr("Barcode"),
            "name": self.tr("Article name"),
            "model": self.tr("Model"),
            "category": self.tr("Category"),
            "price": self.tr("Price, yuan"),
            "cost": self.tr("Cost, yuan"),
            "tax": self.tr("Tax rate, %"),
            "note": self.tr("Note"),
        }
        for name, word in words.items():
            self._fields[name].set_label(word)
        self._weighed.setText(self.tr("Sold by weight"))
        self._repairable.setText(self.tr("Can be repaired"))
        self._active.setText(self.tr("On sale"))
        for at in range(self._category.count()):
            terms = self._categories[str(self._category.itemData(at))]
            self._category.setItemText(at, terms.zh if shown.is_chinese() else terms.en)


class CountDialog(Dialog):
    """How much of one article lies in the shop; the difference to the ledger is entered as a count."""

    def __init__(
        self, product: ProductView, keep: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, icon="clipboard-check")
        self._product, self._keep = product, keep
        self.edit = QLineEdit()
        self.edit.setMaxLength(16)
        self.edit.textChanged.connect(self._show)
        self._field = Field(self.edit)
        self._difference = Words("", "note")
        self.body.addWidget(self._field)
        self.body.addWidget(self._difference)
        self._retranslate()
        self.edit.setFocus()

    def confirm(self) -> None:
        try:
            self._keep(self._milli())
        except CounterError as error:
            self._field.show_error(error)
            self.edit.setFocus()
            return
        self.accept()

    def _milli(self) -> int:
        text = self.edit.text().strip()
        return 0 if text == "0" else quantity.parse_quantity(text, weighed=self._product.weighed)

    def _show(self) -> None:
        try:
            difference = self._milli() - self._product.stock_milli
        except UserError:
            self._difference.clear()
            return
        if not difference:
            self._difference.setText(self.tr("agrees with the book"))
            return
        sign = "+" if difference > 0 else ""
        self._difference.setText(
            self.tr("difference to the book: {amount}").format(amount=f"{sign}{shown.quantity(difference)}")
        )

    def _retranslate(self) -> None:
        self.say(
            self.tr("Count the stock"),
            self.tr("{name}: the book says {amount} that can be sold.").format(
                name=self._product.name, amount=shown.quantity(self._product.stock_milli)
            ),
            self.tr("Enter the count"),
        )
        self._field.set_label(self.tr("Counted, in the shop and fit for sale"))
        self._show()
