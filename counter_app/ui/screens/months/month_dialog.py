"""Month end in the window: check and close a month, red invoices, and the folder that archives go to by themselves."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QFileDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.services import month_due, month_lock, settings, staff
from counter_app.ui import format as shown
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.months.checks_page import ChecksPage
from counter_app.ui.screens.months.red_page import RedPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

CHECKS, RED, FOLDER = "checks", "red", "folder"


class MonthDialog(Dialog):
    """Three pages; the accept button closes the month that is shown, with the PIN of whoever is signed in."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=640, icon="lock")
        self.setMinimumHeight(620)
        self._session = session
        # One id per month that is shown: a second press closes it once.
        self._requests: dict[str, str] = {}
        self._tabs = ChoiceBar(
            [(CHECKS, "list-checks", ""), (RED, "receipt-text", ""), (FOLDER, "folder-open", "")]
        )
        self.checks = ChecksPage(session, lambda: self.show_page(RED))
        self.red = RedPage(session)
        self.folder = FolderPage(session)
        self._pages = QStackedWidget()
        for page in (self.checks, self.red, self.folder):
            self._pages.addWidget(page)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._pages, 1)
        self._tabs.chosen.connect(self._turn)
        self.checks.changed = self._show_may
        self.checks.load()
        self._retranslate()
        self.show_page(CHECKS)

    def show_page(self, name: str) -> None:
        """`checks`, `red` or `folder`."""
        self._tabs.choose(name)
        self._turn(name)

    def confirm(self) -> None:
        """Ask for the PIN and, where something is lacking, why the month may be closed all the same."""
        check = self.checks.check
        desk = self._session.desk
        if check is None or not self.accept_button.isEnabled() or desk.staff is None:
            return
        request = self._requests.setdefault(check.month, uuid.uuid4().hex)
        who = desk.staff.id

        def close(_staff_id: int, pin: str, _decision: str, note: str) -> None:
            self._session.act(month_lock.close, check.month, request, pin, note)

        reasons = [self.tr("Nothing can be dated into a closed month any more. It cannot be opened again.")]
        if check.gaps:
            reasons.append(self.tr("{count} things are lacking: say why.").format(count=len(check.gaps)))
        dialog = PinDialog(
            [one for one in staff.list_staff(desk) if one.id == who],
            self.tr("Close {month}").format(month=check.month),
            reasons,
            close,
            note_needed=bool(check.gaps),
            parent=self,
        )
        if dialog.exec():
            self.checks.load()
            self.banner.say(self.tr("{month} is closed.").format(month=check.month), tone="ok")

    def _turn(self, name: str) -> None:
        self._pages.setCurrentIndex((CHECKS, RED, FOLDER).index(name))
        self.accept_button.setVisible(name == CHECKS)
        try:
            if name == RED:
                self.red.load()
            elif name == CHECKS:
                self.checks.load()
        except CounterError as error:
            self.banner.show_error(error)

    def _show_may(self) -> None:
        check = self.checks.check
        may = staff.may(self._session.desk, roles.MONTH)
        self.accept_button.setEnabled(
            may and check is not None and not check.blocked and check.closed is None
        )

    def _retranslate(self) -> None:
        self.say(
            self.tr("Month end"),
            self.tr("What arrives later belongs to the month it arrives in; corrections are new documents."),
            self.tr("Close the month"),
        )
        self._tabs.say(
            {
                CHECKS: self.tr("Checks"),
                RED: self.tr("Red invoices"),
                FOLDER: self.tr("By itself"),
            }
        )
        self.checks.retranslate()
        self.red.retranslate()
        self.folder.retranslate()
        self.cancel.setText(self.tr("Close"))


class FolderPage(QWidget):
    """Where last month's archive goes by itself on the first of the month."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lead = Words("", "body", wrap=True)
        self.file = QLineEdit(str(settings.setting(session.desk, month_due.FOLDER)))
        self._field = Field(self.file)
        self._choose = ActionButton("", "folder-open")
        self._stop = ActionButton("", "x", kind="quiet")
        self._field.put_beside(self._choose, self._stop)
        self._told = Words("", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        for part in (self._lead, self._field, self._told):
            column.addWidget(part)
        column.addStretch(1)
        self._choose.clicked.connect(self._pick)
        self._stop.clicked.connect(lambda: self.keep(""))
        self.file.editingFinished.connect(lambda: self.keep(self.file.text()))

    def keep(self, folder: str) -> None:
        """Keep the folder; '' stops it. What is wrong with it is told under the field."""
        if folder.strip() == settings.setting(self._session.desk, month_due.FOLDER):
            return
        try:
            kept = self._session.act(month_due.set_folder, folder)
        except CounterError as error:
            self._field.show_error(error)
            return
        self.file.setText(kept)
        self._field.clear_error()
        self._show()

    def retranslate(self) -> None:
        """Set the words anew."""
        self._lead.setText(
            self.tr(
                "On the first of the month the month before is exported to this folder, or as soon as the program "
                "is open after it. A month that was missed is caught up."
            )
        )
        self._field.set_label(self.tr("Folder"), self.tr("empty: nothing is exported by itself"))
        self._choose.setText(self.tr("Choose…"))
        self._stop.setText(self.tr("Stop it"))
        self._show()

    def _show(self) -> None:
        desk = self._session.desk
        there = bool(settings.setting(desk, month_due.FOLDER))
        self._stop.setVisible(there)
        if not there:
            self._told.setText("")
            return
        last = settings.setting(desk, month_due.LAST, "")
        done = (
            self.tr("Written last: {month}.").format(month=last)
            if last
            else self.tr("Nothing was written yet.")
        )
        waiting = month_due.due(desk)
        if waiting:
            following = self.tr("Waiting: {months}; written in a quiet moment.").format(
                months=", ".join(waiting)
            )
        else:
            following = self.tr("Next on {day}.").format(day=shown.day(month_due.next_on(desk)))
        self._told.setText(f"{done} {following}")

    def _pick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where the archives go"), self.file.text())
        if chosen:
            self.keep(chosen)
