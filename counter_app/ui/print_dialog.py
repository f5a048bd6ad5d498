"""The print queue: what waits, what went wrong, and what somebody decides about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import print_queue
from counter_app.services.desk import Outcome
from counter_app.services.print_queue import JobView
from counter_app.ui import format as shown
from counter_app.ui import print_words
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class PrintDialog(Dialog):
    """Jobs that are not over, the oldest first; what is chosen can be tried again, sent elsewhere, seen, ended."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=900, icon="check")
        self._session = session
        zone = ZoneInfo(session.desk.shop.time_zone)
        self.table = Table(
            [
                Column(lambda: self.tr("Slip"), self._what),
                Column(lambda: self.tr("Number"), lambda job: job.number, width=170),
                Column(lambda: self.tr("Printer"), lambda job: print_words.printer(job.printer), width=150),
                Column(lambda: self.tr("State"), print_words.state, width=200),
                Column(lambda: self.tr("Since"), lambda job: shown.clock(job.at, zone), width=70),
            ]
        )
        self.table.setMinimumHeight(220)
        self.table.current_row.connect(lambda _row: self._show_chosen())
        self._empty = EmptyState("printer")
        self._why = Words("", "attention", wrap=True)
        self.again = ActionButton("", "refresh-cw", kind="primary")
        self.other = ActionButton("", "printer")
        self.out = ActionButton("", "circle-check")
        self.look = ActionButton("", "eye")
        self.end = ActionButton("", "trash-2", kind="danger")
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        for part in (self.again, self.out, self.other, self.look, self.end):
            row.addWidget(part)
        row.addStretch(1)
        self.again.clicked.connect(lambda: self._act(print_queue.retry))
        self.out.clicked.connect(lambda: self._act(print_queue.came_out))
        self.end.clicked.connect(self._end)
        self.other.clicked.connect(self._choose_other)
        self.look.clicked.connect(self._look)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._why)
        self.body.addLayout(row)
        self.cancel.hide()
        self.accept_button.set_kind("secondary")
        self.resize(980, 520)
        session.changed.connect(self._changed)
        self.load()
        self._retranslate()

    def load(self) -> None:
        """Read the queue; who asks for somebody stands first."""
        chosen = self._chosen()
        jobs = sorted(print_queue.jobs(self._session.desk), key=lambda job: not job.asks)
        self.table.rows.show_rows(jobs)
        at = next((place for place, job in enumerate(jobs) if chosen and job.id == chosen.id), 0)
        if jobs:
            self.table.choose(at)
        self.table.setVisible(bool(jobs))
        self._empty.setVisible(not jobs)
        self._show_chosen()

    def move_to(self, printer: str) -> None:
        """Print what is chosen on another printer."""
        job = self._chosen()
        if job is None:
            return
        act = print_queue.ask_back if job.state == "sent" else print_queue.retry
        self._act(act, printer)

    def _moved(self, printer: str, _checked: bool = False) -> None:
        self.move_to(printer)

    def _what(self, job: JobView) -> str:
        return shown.words(job.title) if job.what == "slip" else print_words.what(job)

    def _chosen(self) -> JobView | None:
        row = self.table.chosen()
        return row if isinstance(row, JobView) else None

    def _show_chosen(self) -> None:
        job = self._chosen()
        state = job.state if job is not None else ""
        busy = self.tr("The printer has it in hand.")
        self._why.setText(print_words.trouble(job) if job is not None else "")
        self._why.setVisible(bool(self._why.text()))
        self.again.allow(state in ("waiting", "failed", "unclear"), busy)
        self.other.allow(state in ("waiting", "failed", "unclear", "sent"), busy)
        self.out.setVisible(state == "unclear")
        self.look.setVisible(job is not None and job.what == "slip")
        self.end.allow(state in ("waiting", "failed", "unclear", "sent"), busy)
        self.again.setText(self.tr("Print it again") if state == "unclear" else self.tr("Try again now"))
        for part in (self.again, self.other, self.end):
            part.setVisible(job is not None)

    def _end(self) -> None:
        job = self._chosen()
        if job is not None:
            self._act(print_queue.ask_back if job.state == "sent" else print_queue.cancel)

    def _choose_other(self) -> None:
        job = self._chosen()
        if job is None:
            return
        menu = QMenu(self)
        for name in print_words.printers(self._session.desk):
            if name != job.printer:
                menu.addAction(name).triggered.connect(partial(self._moved, name))
        if menu.isEmpty():
            self.banner.say(self.tr("There is no other printer."), tone="attention")
            return
        menu.exec(self.other.mapToGlobal(self.other.rect().bottomLeft()))

    def _look(self) -> None:
        from counter_app.ui.screens.cases.paper_dialog import PaperDialog

        job = self._chosen()
        if job is None:
            return
        try:
            PaperDialog(self._session, job.number, self, first=job.number, day=job.day).exec()
        except CounterError as error:
            self.banner.show_error(error)

    def _act(self, service: Callable[..., Outcome[JobView]], *more: object) -> None:
        job = self._chosen()
        if job is None:
            return
        self.banner.dismiss()
        try:
            self._session.act(service, job.id, *more)
        except CounterError as error:
            self.banner.show_error(error)
        self.load()

    def _changed(self, changed: frozenset[str]) -> None:
        if "print" in changed and not self._session.desk.db.is_closed():
            self.load()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Print queue"),
            self.tr("Nothing here holds up the counter. What waits is tried again by itself."),
            self.tr("Close"),
        )
        self.other.setText(self.tr("Other printer …"))
        self.out.setText(self.tr("It came out"))
        self.look.setText(self.tr("Show on screen"))
        self.end.setText(self.tr("Do not print"))
        self.table.setAccessibleName(self.tr("Print queue"))
        self._empty.say(self.tr("Nothing waits to be printed."), "")
        self._show_chosen()
