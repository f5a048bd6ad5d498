"""One task: what to do, for whom, by when; done with one key, its result kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain import roles
from counter_app.domain.task_views import TaskView
from counter_app.services import (
    call_backs,
    corrections,
    parcels,
    second_handling,
    signed_paper,
    staff,
    tasks,
)
from counter_app.services.corrections import Correction
from counter_app.services.parcels import Claim
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.screens.cases.signed_acts import SignedActs
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.todo.call_dialog import CallDialog
from counter_app.ui.screens.todo.claim_dialog import ClaimDialog
from counter_app.ui.screens.todo.waybill_dialog import WaybillDialog
from counter_app.ui.session import Session
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words

_WAIT = "wait"
_CALLS = ("callback", "follow_up")
_AGAIN = "second_handling"
_CLAIM, _NOTICE = "courier_claim", "notice"
_PARCELS = ("ship_follow", "return_goods", "deposit", "wait")


class TaskPanel(Card):
    """A wait is taken up at the counter, a call asks the survey, a second handling opens the case anew;
    anything else is done here with a word about how it ended.

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
        self.look = ActionButton("", "truck", key="Ctrl+L", bind=True)
        self._correction: Correction | None = None
        for part in (self._title, self._about, self._result, self.go, self.look):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.banner = Banner(self)
        self.body.insertWidget(0, self.banner)
        self.signed = SignedActs(session, self.banner, self)
        self.go.clicked.connect(self.act)
        self.look.clicked.connect(self.look_up)
        self._retranslate()

    def show_task(self, task: TaskView) -> None:
        """Show a task."""
        self._task = task
        asks = task.kind == _NOTICE and task.done_at is None
        self._correction = corrections.question(self._session.desk, task.id) if asks else None
        self._show()

    def act(self) -> None:
        """Do it: take a wait up at the counter, or say how the task ended."""
        task = self._task
        if task is None or not self.go.isEnabled():
            return
        if task.kind == _WAIT and task.case_id is not None:
            self.resume.emit(task.case_id)
            return
        about = shown.one_line(
            " · ".join(part for part in (task.case_number, task.customer_masked, task.what) if part), 160
        )
        if task.kind == signed_paper.TASK and task.case_id is not None:
            self._scan(task.case_id)
            return
        if task.kind in _CALLS:
            CallDialog(about, self.keep_call, self).exec()
            return
        if task.kind == _CLAIM:
            ClaimDialog(about, parcels.claim_of(self._session.desk, task.id), self.keep_claim, self).exec()
            return
        if self._correction is not None:
            self._ask_correction(self._correction)
            return
        again = task.kind == _AGAIN
        dialog = NoteDialog(
            shown.words(task.title),
            self._result_words(task),
            self.tr("Take the case up again") if again else self.tr("Done"),
            self.take_up_again if again else self.finish,
            self,
        )
        if dialog.exec() and again and task.case_id is not None:
            self.resume.emit(task.case_id)

    def _scan(self, case_id: int) -> None:
        """The paper of a form is scanned back; that does the task."""
        lacking = signed_paper.lacking(self._session.desk, case_id)
        if lacking and self.signed.scan(lacking[0]):
            self.done.emit()

    def look_up(self) -> None:
        """A parcel's number was looked up at the courier's."""
        task = self._task
        if task is not None and task.case_id is not None:
            known = parcels.numbers_of(self._session.desk, task.case_id)
            WaybillDialog(next(iter(known), ""), self.keep_number, self).exec()

    def keep_number(self, number: str, found: str) -> None:
        """Keep what was found. Raises CounterError to refuse."""
        assert self._task is not None and self._task.case_id is not None
        self._session.act(parcels.check_number, self._task.case_id, number, found)

    def keep_claim(self, claim: Claim) -> None:
        """Keep a claim; with the courier's answer its task is done. Raises CounterError to refuse."""
        assert self._task is not None
        self._session.act(parcels.claim, self._task.id, claim)
        self.done.emit()

    def correct(self, answer: str) -> None:
        """Say whose mistake a listing was. Raises CounterError to refuse."""
        assert self._task is not None
        self._session.act(corrections.decide, self._task.id, answer)
        self.done.emit()

    def _ask_correction(self, asked: Correction) -> None:
        entries = [(code, shown.words(title), shown.words(then)) for code, title, then in asked.answers]
        dialog = MoreDialog(entries, self, title=shown.words(asked.question))
        if dialog.exec():
            self.correct(dialog.chosen)

    def keep_call(self, answers: Mapping[str, str], way: str, next_on: date | None) -> None:
        """Keep what the customer answered. Raises CounterError to refuse."""
        assert self._task is not None and self._task.case_id is not None
        self._session.act(call_backs.call_back, self._task.case_id, answers, way=way, next_on=next_on)
        self.done.emit()

    def take_up_again(self, reason: str) -> None:
        """Second handling: a new walk from the last offer. Raises CounterError to refuse."""
        assert self._task is not None and self._task.case_id is not None
        self._session.act(second_handling.reopen, self._task.case_id, reason)
        self.done.emit()

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
        if task.kind == _AGAIN:
            return self.tr("Why it is taken up again; the questions go on from the last offer.")
        return self.tr("What came of it? It may stay empty.")

    def _show(self) -> None:
        task = self._task
        if task is None:
            return
        if task.due_on is None:
            self._due.show_state(self.tr("no day set"))
        else:
            words = self.tr("overdue since {day}") if task.overdue else self.tr("due {day}")
            self._due.show_state(
                words.format(day=shown.day(task.due_on)), "late" if task.overdue else "plain"
            )
        self._title.setText(shown.words(task.title))
        role = trade_words.role(task.role) if task.role else ""
        self._about.setText(
            " · ".join(part for part in (task.case_number, task.customer_masked, role) if part)
        )
        self._result.setText(task.result)
        self._result.setVisible(bool(task.result))
        waits = task.kind == _WAIT
        again, calls = task.kind == _AGAIN and task.case_id is not None, task.kind in _CALLS
        if waits:
            self.go.setText(self.tr("Take up at the counter"))
        elif again:
            self.go.setText(self.tr("Take the case up again"))
        else:
            self.go.setText(self.tr("Call and ask") if calls else self.tr("Done"))
        scans = task.kind == signed_paper.TASK
        if scans:
            self.go.setText(self.tr("Attach the signed sheet"))
        self.go.set_icon(
            "play" if waits or again else "phone-call" if calls else "camera" if scans else "check"
        )
        self.look.setVisible(task.kind in _PARCELS and task.case_id is not None)
        if self._correction is not None or task.kind == _CLAIM:
            self.go.setText(
                self.tr("Say whose mistake it was") if self._correction else self.tr("Write the claim down")
            )
        right = roles.REOPEN if again else roles.REGISTER
        self.go.allow(staff.may(self._session.desk, right), self.tr("Your role does not allow this."))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Task"))
        self.look.setText(self.tr("Look the parcel up"))
        self._show()
