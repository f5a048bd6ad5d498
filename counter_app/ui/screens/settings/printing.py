"""Settings page: printers and papers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QComboBox, QGridLayout

from counter_app.domain.errors import CounterError
from counter_app.services import settings
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field

_ROLLS = ("80mm", "58mm")
_KEPT = ("printer.receipt", "printer.form", "paper.receipt", "paper.form", "slips.language")
_SHEETS = ("A4", "A5", "241x140")


class PrintingPage(SettingsPage):
    """A receipt printer and a form printer by name, with their papers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._receipt, self._form = QComboBox(), QComboBox()
        self._roll, self._sheet, self._language = QComboBox(), QComboBox(), QComboBox()
        self._roll.addItems(_ROLLS)
        self._sheet.addItems(_SHEETS)
        self._language.addItem("中文", "zh")
        self._language.addItem("English", "en")
        self._fields = {
            name: Field(widget)
            for name, widget in (
                ("receipt", self._receipt),
                ("roll", self._roll),
                ("form", self._form),
                ("sheet", self._sheet),
                ("language", self._language),
            )
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // 2, at % 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self._save = ActionButton("", "save", kind="primary", key="Ctrl+S", bind=True)
        self._save.clicked.connect(self._keep)
        self.body.addLayout(grid)
        self.body.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._changed)
        self.body.addStretch(1)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        self._show_printers(self._receipt, settings.setting(desk, "printer.receipt"))
        self._show_printers(self._form, settings.setting(desk, "printer.form"))
        self._roll.setCurrentText(settings.setting(desk, "paper.receipt"))
        self._sheet.setCurrentText(settings.setting(desk, "paper.form"))
        self._language.setCurrentIndex(
            max(0, self._language.findData(settings.setting(desk, "slips.language")))
        )
        self.show_change(*_KEPT)

    def _show_printers(self, box: QComboBox, chosen: str) -> None:
        """Printers there are; one that is away today stays chosen, and is named as away."""
        box.clear()
        box.addItem(self.tr("The system's own"), "")
        names = QPrinterInfo.availablePrinterNames()
        for name in names:
            box.addItem(name, name)
        if chosen and chosen not in names:
            box.addItem(self.tr("{name} (not connected)").format(name=chosen), chosen)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _keep(self) -> None:
        try:
            for key, value in (
                ("printer.receipt", str(self._receipt.currentData() or "")),
                ("printer.form", str(self._form.currentData() or "")),
                ("paper.receipt", self._roll.currentText()),
                ("paper.form", self._sheet.currentText()),
                ("slips.language", str(self._language.currentData())),
            ):
                if settings.setting(self.session.desk, key) != value:
                    self.session.act(settings.set_setting, key, value)
        except CounterError as error:
            self.refuse(error)
            return
        self.saved()

    def _retranslate(self) -> None:
        self.say(self.tr("Printers and paper"), self.tr("Receipts and forms may come from two printers."))
        tell = self._fields
        tell["receipt"].set_label(self.tr("Receipt printer"))
        tell["roll"].set_label(self.tr("Receipt paper"))
        tell["form"].set_label(self.tr("Form printer"))
        tell["sheet"].set_label(self.tr("Form paper"))
        tell["language"].set_label(self.tr("Language of slips"))
        self._save.setText(self.tr("Save"))
