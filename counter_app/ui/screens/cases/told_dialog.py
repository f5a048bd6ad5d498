"""What the customer was told, and by which way (S4-11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from counter_app.domain.survey import WAYS
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.widgets.field import Field


class ToldDialog(NoteDialog):
    """A note with the way the customer was reached; `keep` gets both."""

    def __init__(
        self,
        title: str,
        lead: str,
        accept: str,
        keep: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        self.way = QComboBox()
        for code in WAYS:
            self.way.addItem(code, code)
        self._way_field = Field(self.way)
        super().__init__(title, lead, accept, lambda text: keep(text, str(self.way.currentData())), parent)
        self.body.addWidget(self._way_field)
        self._retranslate()

    def _retranslate(self) -> None:
        super()._retranslate()
        self._way_field.set_label(self.tr("Reached"))
        for at in range(self.way.count()):
            self.way.setItemText(at, shown.words(case_words.words(f"way.{self.way.itemData(at)}")))
