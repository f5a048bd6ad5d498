"""One task: what to do, for whom, by when; done with one key, its result kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain import roles
from counter_app.domain.views import TaskView
from counter_app.services import staff, tasks
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.session import Session
from counter_app.ui.widgets.action_button import PrimaryButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words

_WAIT = "wait"


class TaskPanel(Card):
    """A wait is taken up at the counter; anything else is done here.

    Signals:
        done(): the task is done.
        resume(int): take this case up at the counter.
    """

    done = Signal()
    resume = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._task: TaskView | None = None
        self._due = Pill("", "plain", self)
        self.head.addWidget(self._due)
        self._title = Words("", "title", wrap=True)
        self._about = Words("", "secondary", wrap=True)
        self._result = Words("", "note", wrap=True)
        self.go = PrimaryButton("", "check", key="F9")
        for part in (self._title, self._about, self._result, self.go):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.go.clicked.connect(self.act)
        self._retranslate()

    def show_task(self, task: TaskView) -> None:
        """Show a task."""
        self._task = task
        self._show()

    def act(self) -> None:
        """Do it: take a wait up at the counter, or say how the task ended."""
        task = self._task
        if task is None or not self.go.isEnabled():
            return
        if task.kind == _WAIT and task.case_id is not None:
            self.resume.emit(task.case_id)
            return
        NoteDialog(
            shown.words(task.title),
            self._result_words(task),
            self.tr("Done"),
            self.finish,
            self,
        ).exec()

    def finish(self, result: str) -> None:
        """Keep the result. Raises CounterError to refuse."""
        assert self._task is not None
        self._session.act(tasks.done, self._task.id, result)
        self.done.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _result_words(self, task: TaskView) -> str:
        if task.kind == "ship":
            return self.tr("Give carrier and waybill number: the goods leave the stock with it.")
        if task.kind == "courier_claim":
            return self.tr("Give the claim's number or what the courier answered.")
        return self.tr("What came of it? It may stay empty.")

    def _show(self) -> None:
        task = self._task
        if task is None:
            return
        if task.due_on is None:
            self._due.show_state(self.tr("no day set"))
        else:
            words = self.tr("overdue since {day}") if task.overdue else self.tr("due {day}")
            self._due.show_state(words.format(day=shown.day(task.due_on)), "late" if task.overdue else "plain")
        self._title.setText(shown.words(task.title))
        role = trade_words.role(task.role) if task.role else ""
        self._about.setText(" · ".join(part for part in (task.case_number, task.customer_masked, role) if part))
        self._result.setText(task.result)
        self._result.setVisible(bool(task.result))
        waits = task.kind == _WAIT
        self.go.setText(self.tr("Take up at the counter") if waits else self.tr("Done"))
        self.go.set_icon("play" if waits else "check")
        self.go.allow(staff.may(self._session.desk, roles.REGISTER), self.tr("Your role does not allow this."))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Task"))
        self._show()
