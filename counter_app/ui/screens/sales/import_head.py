"""Head of the import page: which files, of what kind, which sheet, and what was found in them as pills."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from counter_app.domain.import_views import ImportPreview
from counter_app.services import sale_list
from counter_app.ui.screens.sales.import_words import ImportWords
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Elided

_PILLS = 8


class ImportHead(Card):
    """Two rows over the tables.

    Signals:
        kind_chosen(): another kind of file is insisted on.
        sheet_chosen(): another sheet of the workbook is wanted.

    Attributes:
        choose, columns: the buttons. file: names of the files. kind, sheet: the choices.
    """

    kind_chosen = Signal()
    sheet_chosen = Signal()

    def __init__(self, words: ImportWords, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = words
        self.choose = ActionButton("", "folder-open", key="Ctrl+O", bind=True)
        self.file = Elided("", "strong")
        self.kind, self.sheet = QComboBox(), QComboBox()
        for kind in ("", *sale_list.file_kinds()):
            self.kind.addItem("", kind)
        self.kind.setMinimumWidth(210)
        self.sheet.setMinimumWidth(130)
        self.columns = ActionButton("", "table", key="Ctrl+M", bind=True)
        self.columns.setCheckable(True)
        self._about = Elided("", "note")
        self._pills = [Pill("", "plain", self) for _ in range(_PILLS)]
        top, pills = QHBoxLayout(), QHBoxLayout()
        for row in (top, pills):
            row.setSpacing(Size.GAP_S)
            self.body.addLayout(row)
        top.addWidget(self.choose)
        top.addWidget(self.file, 1)
        for part in (self.columns, self.sheet, self.kind):
            top.addWidget(part)
        pills.addWidget(self._about, 1)
        for pill in self._pills:
            pills.addWidget(pill)
        self.kind.currentIndexChanged.connect(lambda _at: self.kind_chosen.emit())
        self.sheet.activated.connect(lambda _at: self.sheet_chosen.emit())

    def wanted_sheet(self) -> str:
        """The sheet somebody chose, empty for the first filled one."""
        return str(self.sheet.currentData() or "")

    def forget(self) -> None:
        """Other files: nothing is insisted on any more."""
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(0)
        self.sheet.clear()

    def show_seen(self, seen: ImportPreview | None) -> None:
        """What was found; a choice of sheets where there are several."""
        for pill in self._pills:
            pill.show_state("")
        self._about.show_text("" if seen is None else self._words.about(seen))
        if seen is not None:
            for pill, (text, tone) in zip(self._pills, self._words.pills(seen.counts), strict=False):
                pill.show_state(text, tone)
            self.sheet.clear()
            for name in seen.sheets:
                self.sheet.addItem(name, name)
            self.sheet.setCurrentIndex(max(0, self.sheet.findData(seen.sheet)))
        self.sheet.setVisible(self.sheet.count() > 1)

    def name(self, words: Mapping[str, str]) -> None:
        """Set every word anew: of `choose`, `columns`, `kind`, `sheet`."""
        self.choose.setText(words["choose"])
        self.columns.setText(words["columns"])
        self.kind.setAccessibleName(words["kind"])
        self.sheet.setAccessibleName(words["sheet"])
        for at in range(self.kind.count()):
            self.kind.setItemText(at, self._words.kind(str(self.kind.itemData(at))))
