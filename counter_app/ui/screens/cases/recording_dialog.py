"""A recording is attached: which file, and that the customer was told before (S0-6)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services.recordings import ENDINGS
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class RecordingDialog(Dialog):
    """Hands file and tick to `keep`, which may refuse."""

    def __init__(self, keep: Callable[[Path, bool], object], parent: QWidget | None = None) -> None:
        super().__init__(parent, icon="paperclip")
        self._keep = keep
        self.file, self.told = QLineEdit(), QCheckBox()
        self._choose = ActionButton("", "folder-open")
        self._field = Field(self.file)
        for part in (self._field, self._choose, self.told):
            self.body.addWidget(part)
        self._choose.clicked.connect(self._ask_file)
        self._retranslate()

    def confirm(self) -> None:
        try:
            self._keep(Path(self.file.text().strip()), self.told.isChecked())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _ask_file(self) -> None:
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        chosen, _filter = QFileDialog.getOpenFileName(self, self.tr("Choose a recording"), "", f"({endings})")
        if chosen:
            self.file.setText(chosen)

    def _retranslate(self) -> None:
        self.say(
            self.tr("Attach a recording"),
            self.tr("Only with the customer's knowledge: say so before you record."),
            self.tr("Attach"),
        )
        self._field.set_label(self.tr("File"))
        self._choose.setText(self.tr("Choose a recording"))
        self.told.setText(self.tr("The customer was told before the recording began"))
