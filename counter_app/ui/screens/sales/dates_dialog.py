"""When the goods left, arrived and were installed: the days that rights are counted from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.sale_views import SaleView
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

_NAMES = ("delivered_on", "received_on", "installed_on")


class DatesDialog(Dialog):
    """Asks for the days and hands those that were given to `keep`, which may refuse."""

    def __init__(
        self, sale: SaleView, keep: Callable[[dict[str, date]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=560, icon="save")
        self._keep = keep
        self._edits: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        for name in _NAMES:
            known: date | None = getattr(sale, name)
            edit = QLineEdit("" if known is None else shown.day(known))
            edit.setPlaceholderText("2026-11-12")
            edit.setMaxLength(10)
            self._edits[name] = edit
            self._fields[name] = Field(edit)
            row.addWidget(self._fields[name])
        self.body.addLayout(row)
        self._retranslate()
        self._edits["received_on"].setFocus()

    def write(self, name: str, text: str) -> None:
        """Type one day: `delivered_on`, `received_on` or `installed_on`."""
        self._edits[name].setText(text)

    def confirm(self) -> None:
        given: dict[str, date] = {}
        for name, edit in self._edits.items():
            text = edit.text().strip()
            if not text:
                continue
            try:
                given[name] = date.fromisoformat(text)
            except ValueError:
                self._fields[name].show_error(self.tr("Write the day as 2026-11-12"))
                edit.setFocus()
                return
        try:
            self._keep(given)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Delivered and received"),
            self.tr("Rights are counted from the day after the goods were received."),
            self.tr("Save"),
        )
        self._fields["delivered_on"].set_label(self.tr("Delivered on"))
        self._fields["received_on"].set_label(self.tr("Received on"))
        self._fields["installed_on"].set_label(self.tr("Installed on"))
