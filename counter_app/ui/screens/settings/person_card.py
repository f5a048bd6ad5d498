"""A customer asks to see or to erase what the shop holds about them: found, handed out, erased."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.services import person_file, staff
from counter_app.services.person_file import PersonHit
from counter_app.ui import format as shown
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table


class PersonCard(QWidget):
    """Signals:
    refused(object): the CounterError of what could not be done.
    done(str): one sentence about what was.
    """

    refused = Signal(object)
    done = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._typed = QLineEdit()
        self._typed.returnPressed.connect(self.look_for)
        self._field = Field(self._typed)
        self._find = ActionButton("", "search")
        self._find.clicked.connect(self.look_for)
        self._hits = Table(
            [
                Column(lambda: self.tr("Customer"), lambda row: row.name_masked or "–", width=130),
                Column(lambda: self.tr("Phone"), lambda row: row.phone_masked or "–", width=150),
                Column(lambda: self.tr("Visits"), lambda row: str(row.cases), right=True, width=80),
                Column(lambda: self.tr("Purchases"), lambda row: str(row.sales), right=True, width=90),
                Column(lambda: self.tr("Not finished"), lambda row: ", ".join(row.open_cases) or "–"),
            ]
        )
        self._hits.setFixedHeight(96)
        self._hits.hide()
        self._copy = ActionButton("", "download")
        self._copy.clicked.connect(self._hand_out)
        self._erase = ActionButton("", "eraser")
        self._erase.clicked.connect(self._ask_erase)
        asked = QHBoxLayout()
        asked.setSpacing(Size.GAP_S)
        asked.addWidget(self._field, 1)
        for button in (self._find, self._copy, self._erase):
            asked.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addLayout(asked)
        column.addWidget(self._hits)
        self._retranslate()

    def load(self) -> None:
        """Allow what whoever stands here may do."""
        desk = self._session.desk
        sees, keeps = staff.may(desk, roles.PERSONAL), staff.may(desk, roles.KEEP)
        why = self.tr("Only who may see personal data.")
        chosen = self._hits.isVisible()
        nobody = self.tr("Find the customer first.")
        self._find.allow(sees, why)
        self._copy.allow(sees and chosen, nobody if sees else why)
        self._erase.allow(
            keeps and chosen,
            nobody if keeps else self.tr("Only somebody who looks after the data may do this."),
        )

    def look_for(self) -> None:
        """Look for whom was typed."""
        self._field.clear_error()
        try:
            hits = person_file.find(self._session.desk, self._typed.text())
        except CounterError as error:
            self._field.show_error(error)
            hits = ()
        self._hits.rows.show_rows(list(hits))
        self._hits.setVisible(bool(hits))
        self._hits.choose(0)
        self.load()

    def _hand_out(self) -> None:
        hit = self._hits.chosen()
        if not isinstance(hit, PersonHit):
            return
        why = self._reason(
            self.tr("Save what is held about this customer"),
            self.tr(
                "A ZIP file with a text to print and their photos. That it was handed out is written down."
            ),
            self.tr("Save"),
        )
        name, _kind = (
            QFileDialog.getSaveFileName(
                self, self.tr("Save"), str(self._session.desk.folder / "exports" / "personal.zip"), "*.zip"
            )
            if why
            else ("", "")
        )
        if not name:
            return
        try:
            path = self._session.act(person_file.hand_out, hit.id, why, Path(name), shown.language())
        except CounterError as error:
            self.refused.emit(error)
            return
        self.done.emit(self.tr("Saved in {file}.").format(file=path))

    def _ask_erase(self) -> None:
        hit = self._hits.chosen()
        if not isinstance(hit, PersonHit):
            return
        why = self._reason(
            self.tr("Erase this customer's data"),
            self.tr(
                "{customer}: everything personal is blanked now and cannot be brought back. Money documents stay."
            ).format(customer=" ".join(part for part in (hit.name_masked, hit.phone_masked) if part)),
            self.tr("Erase"),
        )
        if not why:
            return
        try:
            self._session.act(person_file.erase, hit.id, why)
        except CounterError as error:
            self.refused.emit(error)
            return
        self._typed.clear()
        self._hits.hide()
        self.done.emit(self.tr("Erased. Backups made before still hold these data."))

    def _reason(self, title: str, lead: str, accept: str) -> str:
        dialog = ReasonDialog(title, lead, accept, self)
        return dialog.reason() if dialog.exec() else ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._field.set_label(self.tr("A customer asks to see or erase their data"))
        self._typed.setPlaceholderText(
            self.tr("Phone or a part of it, name, pinyin, case number or order number")
        )
        self._find.setText(self.tr("Find"))
        self._copy.setText(self.tr("Save what is held…"))
        self._erase.setText(self.tr("Erase…"))
        self._hits.setAccessibleName(self.tr("Customers found"))
