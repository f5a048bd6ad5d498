"""No sale was found: record it with what the customer shows."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app import resources
from counter_app.domain import money, quantity
from counter_app.domain.approval_rules import Lowest
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.sale_views import ProductView, SaleView
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_TENDERS = (
    "cash",
    "wechat",
    "alipay",
    "card",
    "unionpay",
    "ecny",
    "stored_value",
    "gift_card",
    "voucher",
    "unknown",
)
_PROOFS = ("receipt", "invoice", "order", "payment", "none")


@cache
def _categories() -> dict[str, dict[str, Any]]:
    return resources.read_toml("policy", "categories.toml")


class _LineRow(QWidget):
    """One line being typed: article, serial, quantity, price, category."""

    removed = Signal(object)
    changed = Signal()
    looked_up = Signal()

    def __init__(self, find: Callable[[str], ProductView | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._product: ProductView | None = None
        self._filled = ""
        self.name, self.serial = QLineEdit(), QLineEdit()
        self.quantity, self.price = QLineEdit("1"), QLineEdit()
        self.category = QComboBox()
        for code in _categories():
            self.category.addItem(code, code)
        self.category.setCurrentIndex(self.category.findData("OTHER"))
        self.drop = IconButton("trash-2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_S)
        for part, share in (
            (self.name, 5),
            (self.serial, 3),
            (self.quantity, 1),
            (self.price, 2),
            (self.category, 2),
        ):
            row.addWidget(part, share)
        row.addWidget(self.drop)
        self.name.setMaxLength(200)
        self.serial.setMaxLength(64)
        self.name.editingFinished.connect(self._look_up)
        for edit in (self.quantity, self.price):
            edit.setMaxLength(16)
            edit.textChanged.connect(self.changed)
        self.drop.clicked.connect(lambda: self.removed.emit(self))

    def retranslate(self) -> None:
        self.name.setPlaceholderText(self.tr("Article: name or barcode"))
        self.serial.setPlaceholderText(self.tr("Serial number"))
        self.price.setPlaceholderText(self.tr("Unit price"))
        self.quantity.setPlaceholderText(self.tr("Qty"))
        for edit in (self.name, self.serial, self.price, self.quantity):
            edit.setAccessibleName(edit.placeholderText())
        self.category.setAccessibleName(self.tr("Category"))
        self.drop.set_name(self.tr("Remove this line"))
        for at in range(self.category.count()):
            entry = _categories()[str(self.category.itemData(at))]
            self.category.setItemText(at, str(entry["zh" if shown.is_chinese() else "en"]))

    def amount_fen(self) -> int:
        """Price × quantity; 0 while it cannot be read."""
        try:
            return (money.parse_yuan(self.price.text()) * self._milli() + 500) // 1000
        except UserError:
            return 0

    def line(self) -> NewLine:
        """The line as typed. Raises UserError for what cannot be read."""
        product = self._product
        return NewLine(
            name=self.name.text().strip(),
            quantity_milli=self._milli(),
            unit_price_fen=money.parse_yuan(self.price.text()),
            product_id=product.id if product else None,
            sku=product.sku if product else "",
            barcode=product.barcode if product else "",
            model=product.model if product else "",
            category=str(self.category.currentData()),
            serial=self.serial.text().strip(),
            weighed=product.weighed if product else False,
        )

    @property
    def product(self) -> ProductView | None:
        """The article as it was found, None while what was typed is none of ours."""
        return self._product

    def suggest(self, price_fen: int) -> None:
        """Fill the price in, unless somebody typed one."""
        if self.price.text() in ("", self._filled):
            self._filled = money.format_yuan(price_fen)
            self.price.setText(self._filled)

    def _milli(self) -> int:
        weighed = self._product.weighed if self._product else False
        return quantity.parse_quantity(self.quantity.text(), weighed=weighed)

    def _look_up(self) -> None:
        found = self._find(self.name.text().strip()) if self.name.text().strip() else None
        if found is None or found == self._product:
            return
        self._product = found
        self.name.setText(found.name)
        self.suggest(found.price_fen)
        self.looked_up.emit()
        self.category.setCurrentIndex(max(0, self.category.findData(found.category)))


class RecordSaleDialog(Dialog):
    """Records one sale by hand.

    Args:
        typed: what was looked up in vain; it becomes the number of the proof.
        today: the business date.
        find: article by exact barcode, SKU or name, or None.
        record: records a `NewSale` under a request id and gives the sale; may refuse.
        lowest: the lowest price of an article in the last days, by its id: what goes without a proof.
    """

    def __init__(
        self,
        typed: str,
        today: date,
        find: Callable[[str], ProductView | None],
        record: Callable[[NewSale, str], SaleView],
        parent: QWidget | None = None,
        *,
        lowest: Callable[[int], Lowest | None] = lambda _product: None,
    ) -> None:
        super().__init__(parent, width=860, icon="file-plus")
        self._find, self._record, self._lowest = find, record, lowest
        # One id for this dialog: a second press records the same sale, not a second one.
        self._request = uuid.uuid4().hex
        self.sale: SaleView | None = None
        self._rows: list[_LineRow] = []
        self._build(typed, today)
        self._retranslate()
        self._add_row()
        self._rows[0].name.setFocus()

    def confirm(self) -> None:
        try:
            self.sale = self._record(self._new_sale(), self._request)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _build(self, typed: str, today: date) -> None:
        self._proof, self._channel, self._tender = QComboBox(), QComboBox(), QComboBox()
        self._number, self._day = QLineEdit(typed[:64]), QLineEdit(today.isoformat())
        self._customer, self._phone = QLineEdit(), QLineEdit()
        self._discount, self._received = QLineEdit(), QLineEdit()
        for code in _PROOFS:
            self._proof.addItem(code, code)
        for code in ("store", "remote"):
            self._channel.addItem(code, code)
        for code in _TENDERS:
            self._tender.addItem(trade_words.tender(code), code)
        self._fields = {
            "proof": Field(self._proof),
            "number": Field(self._number),
            "day": Field(self._day),
            "channel": Field(self._channel),
            "received": Field(self._received),
            "tender": Field(self._tender),
            "discount": Field(self._discount),
            "customer": Field(self._customer),
            "phone": Field(self._phone),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // 5 * 2, at % 5)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Size.GAP_S)
        self._lines_title = Words("", "note")
        self._more = ActionButton("", "plus", kind="quiet")
        self._more.clicked.connect(self._add_row)
        self._total = Words("", "lead_strong")
        self._unproved = Words("", "attention", wrap=True)
        self._unproved.hide()
        self._proof.currentIndexChanged.connect(self._show_lowest)
        self._discount.textChanged.connect(self._show_total)
        foot = QHBoxLayout()
        foot.addWidget(self._more)
        foot.addStretch(1)
        foot.addWidget(self._total)
        self.body.addWidget(self._lines_title)
        self.body.addLayout(self._lines)
        self.body.addLayout(foot)
        self.body.addLayout(grid)
        self.body.addWidget(self._unproved)

    def _add_row(self) -> None:
        row = _LineRow(self._find, self)
        row.retranslate()
        row.changed.connect(self._show_total)
        row.removed.connect(self._drop_row)
        row.looked_up.connect(self._show_lowest)
        self._rows.append(row)
        self._lines.addWidget(row)
        row.name.setFocus()
        self._show_total()

    def _drop_row(self, row: _LineRow) -> None:
        if len(self._rows) == 1:
            return
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show_total()

    def _show_lowest(self) -> None:
        """Without a proof the lowest price of the last days goes, and the reason stands beside it."""
        told = []
        for row in self._rows:
            if row.product is None:
                continue
            if self._proof.currentData() != "none":
                row.suggest(row.product.price_fen)
                continue
            lowest = self._lowest(row.product.id)
            if lowest is None:
                continue
            row.suggest(lowest.unit_fen)
            day = shown.day_short(lowest.on) if lowest.on is not None else self.tr("today's price list")
            told.append(
                self.tr("{name}: no proof, so the lowest price counts: {price} ({day}).").format(
                    name=shown.one_line(row.product.name, 40), price=shown.money(lowest.unit_fen), day=day
                )
            )
        self._unproved.setText("\n".join(told))
        self._unproved.setVisible(bool(told))

    def _discount_fen(self) -> int:
        return money.parse_yuan(self._discount.text()) if self._discount.text().strip() else 0

    def _show_total(self) -> None:
        total = sum(row.amount_fen() for row in self._rows)
        with contextlib.suppress(UserError):
            total -= self._discount_fen()
        self._total.setText(self.tr("paid %1").replace("%1", shown.money(max(0, total))))

    def _new_sale(self) -> NewSale:
        lines = tuple(row.line() for row in self._rows)
        discount = self._discount_fen()
        paid = sum(row.amount_fen() for row in self._rows) - discount
        proof = str(self._proof.currentData())
        return NewSale(
            purchased_on=self._date(self._day, "day"),
            received_on=self._date(self._received, "received") if self._received.text().strip() else None,
            lines=lines,
            tenders=(NewTender(str(self._tender.currentData()), paid),) if paid > 0 else (),
            channel=str(self._channel.currentData()),
            proof=proof,
            proof_ref=self._number.text().strip(),
            order_no=self._number.text().strip() if proof in ("receipt", "order") else "",
            discount_fen=discount,
            customer_name=self._customer.text().strip(),
            phone=self._phone.text().strip(),
        )

    def _date(self, edit: QLineEdit, field: str) -> date:
        try:
            return date.fromisoformat(edit.text().strip())
        except ValueError as error:
            self._fields[field].show_error(self.tr("Write the day as 2026-11-12"))
            raise UserError("ui.day.unreadable", text=edit.text().strip()[:40]) from error

    def _retranslate(self) -> None:
        self.say(
            self.tr("Record the purchase"),
            self.tr(
                "Nothing was found. Record what the customer shows; the register's import will match it later."
            ),
            self.tr("Record"),
        )
        words = {
            "receipt": self.tr("Receipt"),
            "invoice": self.tr("Invoice"),
            "order": self.tr("Platform order"),
            "payment": self.tr("Payment record"),
            "none": self.tr("No proof"),
            "store": self.tr("In store"),
            "remote": self.tr("Remote"),
        }
        for box in (self._proof, self._channel):
            for at in range(box.count()):
                box.setItemText(at, words[str(box.itemData(at))])
        for at in range(self._tender.count()):
            self._tender.setItemText(at, trade_words.tender(str(self._tender.itemData(at))))
        self._fields["proof"].set_label(self.tr("Proof"))
        self._fields["number"].set_label(self.tr("Number on it"))
        self._fields["day"].set_label(self.tr("Bought on"))
        self._fields["channel"].set_label(self.tr("Bought where"))
        self._fields["received"].set_label(self.tr("Received on"))
        self._fields["tender"].set_label(self.tr("Paid by"))
        self._fields["discount"].set_label(self.tr("Discount"))
        self._fields["customer"].set_label(self.tr("Name"))
        self._fields["phone"].set_label(self.tr("Phone"))
        self._lines_title.setText(self.tr("What was bought"))
        self._more.setText(self.tr("Another line"))
        for row in self._rows:
            row.retranslate()
        self._show_lowest()
        self._show_total()
