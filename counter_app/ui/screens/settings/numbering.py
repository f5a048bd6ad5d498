"""Settings page: what stands in a number, which comes next, what the copies are called."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import EDIT_POLICY
from counter_app.services import numbering, staff
from counter_app.services.numbering import COPIES, NumberLine
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class NumberingPage(SettingsPage):
    """Numbers are looked at, names of the copies are changed; why is said beside each."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._table = Table(
            [
                Column(lambda: self.tr("Prefix"), lambda row: row.prefix, width=80),
                Column(lambda: self.tr("Document"), _named),
                Column(lambda: self.tr("Next number today"), lambda row: row.next, width=200),
                Column(lambda: self.tr("Given last"), lambda row: row.last or "–", tone=_quiet, width=200),
                Column(lambda: self.tr("Given so far"), lambda row: str(row.given), right=True, width=110),
            ]
        )
        self._why = Words("", "note", wrap=True)
        self._copies = QLineEdit()
        self._field = Field(self._copies)
        self._save = ActionButton("", "save", kind="primary", key="Ctrl+S", bind=True)
        self._save.clicked.connect(self._keep)
        self._field.put_beside(self._save)
        self.body.addWidget(self._field)
        self.body.addWidget(self._changed)
        self.body.addWidget(self._why)
        self.body.addWidget(self._table, 1)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        self._table.rows.show_rows(list(numbering.numbers(desk)))
        self._copies.setText(" / ".join(numbering.copy_names(desk)))
        self._field.clear_error()
        self._save.allow(staff.may(desk, EDIT_POLICY), self.tr("Only a manager may change the rules."))
        self.show_change(COPIES)

    def _keep(self) -> None:
        names = self._copies.text().replace("、", "/").split("/")
        try:
            self.session.act(numbering.name_copies, names)
        except CounterError as error:
            if error.code.startswith("numbering."):
                self._field.show_error(error)
            else:
                self.refuse(error)
            return
        self.load()
        self.saved()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Numbering"),
            self.tr("Prefix, shop code, day and a running number of the day, as in TK01-20261122-0001."),
        )
        self._table.setAccessibleName(self.tr("Numbering"))
        self._why.setText(
            self.tr(
                "Prefixes and the shop code stand on signed slips and cannot be changed. The next number cannot be "
                "set: numbers run without a gap and are never used twice, so that a missing slip is noticed. "
                "Each day begins with 0001."
            )
        )
        self._field.set_label(
            self.tr("Names of the copies"), self.tr("Shop / customer / finance, with / between.")
        )
        self._save.setText(self.tr("Save"))


def _named(row: NumberLine) -> str:
    return shown.words(row.words)


def _quiet(_row: NumberLine) -> str:
    return "secondary"
