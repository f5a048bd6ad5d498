"""A line known only by its total gets the articles it holds and what each of them cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain import money, quantity
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.sale_views import ProductView, SaleLineView
from counter_app.services.sales import SplitPart
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.words import Words


class _PartRow(QWidget):
    removed = Signal(object)
    changed = Signal()

    def __init__(self, find: Callable[[str], ProductView | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._product: ProductView | None = None
        self.name, self.quantity, self.paid = QLineEdit(), QLineEdit("1"), QLineEdit()
        self.drop = IconButton("trash-2")
        self.name.setMaxLength(200)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_S)
        for part, share in ((self.name, 6), (self.quantity, 1), (self.paid, 2)):
            row.addWidget(part, share)
        row.addWidget(self.drop)
        for edit in (self.quantity, self.paid):
            edit.setMaxLength(16)
            edit.textChanged.connect(self.changed)
        self.name.editingFinished.connect(self._look_up)
        self.drop.clicked.connect(lambda: self.removed.emit(self))

    def retranslate(self) -> None:
        self.name.setPlaceholderText(self.tr("Article: name or barcode"))
        self.quantity.setPlaceholderText(self.tr("Qty"))
        self.paid.setPlaceholderText(self.tr("Paid together"))
        for edit in (self.name, self.quantity, self.paid):
            edit.setAccessibleName(edit.placeholderText())
        self.drop.set_name(self.tr("Remove this part"))

    def paid_fen(self) -> int:
        """What was paid for this part; 0 while it cannot be read."""
        try:
            return money.parse_yuan(self.paid.text())
        except UserError:
            return 0

    def part(self) -> SplitPart:
        """The part as typed. Raises UserError for what cannot be read."""
        product = self._product
        weighed = product.weighed if product else False
        return SplitPart(
            name=self.name.text().strip(),
            quantity_milli=quantity.parse_quantity(self.quantity.text(), weighed=weighed),
            paid_fen=money.parse_yuan(self.paid.text()),
            sku=product.sku if product else "",
            barcode=product.barcode if product else "",
            category=product.category if product else "OTHER",
            product_id=product.id if product else None,
        )

    def _look_up(self) -> None:
        text = self.name.text().strip()
        found = self._find(text) if text else None
        if found is not None and found != self._product:
            self._product = found
            self.name.setText(found.name)


class SplitDialog(Dialog):
    """Parts whose sums must make what was paid for the line, to the fen.

    Args:
        line: the indivisible line.
        find: article by exact barcode, SKU or name, or None.
        split: called with the parts; raises CounterError to refuse.
    """

    def __init__(
        self,
        line: SaleLineView,
        find: Callable[[str], ProductView | None],
        split: Callable[[Sequence[SplitPart]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=720, icon="split")
        self._line, self._find, self._split = line, find, split
        self._rows: list[_PartRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(Size.GAP_S)
        self._more = ActionButton("", "plus", kind="quiet")
        self._more.clicked.connect(self.add_part)
        self._sum = Words("", "lead_strong")
        foot = QHBoxLayout()
        foot.addWidget(self._more)
        foot.addStretch(1)
        foot.addWidget(self._sum)
        self.body.addLayout(self._list)
        self.body.addLayout(foot)
        self.add_part()
        self.add_part()
        self._retranslate()
        self._rows[0].name.setFocus()

    def add_part(self) -> None:
        """Another line to type."""
        row = _PartRow(self._find, self)
        row.retranslate()
        row.changed.connect(self._show_sum)
        row.removed.connect(self._drop)
        self._rows.append(row)
        self._list.addWidget(row)
        row.name.setFocus()
        self._show_sum()

    def write(self, at: int, name: str, count: str, paid: str) -> None:
        """Type one part."""
        row = self._rows[at]
        row.name.setText(name)
        row.quantity.setText(count)
        row.paid.setText(paid)

    def confirm(self) -> None:
        try:
            self._split(
                [row.part() for row in self._rows if row.name.text().strip() or row.paid.text().strip()]
            )
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _drop(self, row: _PartRow) -> None:
        if len(self._rows) == 1:
            return
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show_sum()

    def _show_sum(self) -> None:
        left = self._line.paid_fen - sum(row.paid_fen() for row in self._rows)
        self._sum.set_look("ok" if left == 0 else "attention")
        if left == 0:
            self._sum.setText(self.tr("adds up"))
        elif left > 0:
            self._sum.setText(self.tr("{amount} still to share out").format(amount=shown.money(left)))
        else:
            self._sum.setText(self.tr("{amount} too much").format(amount=shown.money(-left)))

    def _retranslate(self) -> None:
        self.say(
            self.tr("Split the line"),
            self.tr("{name}, paid {amount} in one sum. Say what it holds and what was paid for each.").format(
                name=self._line.name, amount=shown.money(self._line.paid_fen)
            ),
            self.tr("Split"),
        )
        self._more.setText(self.tr("Another part"))
        for row in self._rows:
            row.retranslate()
        self._show_sum()
