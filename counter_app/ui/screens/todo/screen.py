"""The to-do screen: one list of everything that waits, the chosen thing at the right, one key does the next."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.errors import CounterError
from counter_app.domain.money_views import SettlementView
from counter_app.domain.task_views import TaskView
from counter_app.services import bills
from counter_app.ui import format as shown
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.screens.todo.approval_panel import ApprovalPanel
from counter_app.ui.screens.todo.bill_dialog import BillDialog
from counter_app.ui.screens.todo.entries import Entry, due_now, entries
from counter_app.ui.screens.todo.money_panel import MoneyPanel
from counter_app.ui.screens.todo.task_panel import TaskPanel
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.table import Column, Table

_FILTERS = (
    ("", "list-checks"),
    ("approval", "stamp"),
    ("money", "banknote"),
    ("wait", "hourglass"),
    ("task", "check"),
)


class TodoScreen(Screen):
    """Tasks, approvals, money, waits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._all: list[Entry] = []
        self.filters = ChoiceBar(
            [(name, icon, f"Alt+{at}") for at, (name, icon) in enumerate(_FILTERS, start=1)]
        )
        self.table = Table(
            [
                Column(lambda: self.tr("Due"), self._due, tone=_tone, width=92),
                Column(lambda: self.tr("Kind"), self._kind, tone=lambda _row: "secondary", width=92),
                Column(
                    lambda: self.tr("What to do"), lambda row: shown.one_line(shown.words(row.title), 120)
                ),
                Column(lambda: self.tr("Customer"), lambda row: row.customer, width=84),
                Column(lambda: self.tr("Case"), lambda row: row.case_number, width=152),
                Column(lambda: self.tr("Amount"), _amount, right=True, width=92),
            ]
        )
        # Several approvals are answered at once: Shift or Ctrl with the arrows and Space.
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._empty = EmptyState("circle-check")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        listed = Card()
        listed.body.addWidget(self._lists)
        self.approval, self.money, self.task = ApprovalPanel(session), MoneyPanel(session), TaskPanel(session)
        self._nothing = Card()
        self._panels = QStackedWidget()
        for panel in (self._nothing, self.approval, self.money, self.task):
            self._panels.addWidget(panel)
        self._panels.setProperty("look", "scrolled")
        # A question with many reasons, photos and answers is longer than a cash register's screen.
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._panels)
        self._open = ActionButton("", "external-link", key="Ctrl+Return", bind=True)
        self._bill = ActionButton("", "file-spreadsheet", key="Ctrl+B", bind=True)
        right = QVBoxLayout()
        right.setSpacing(Size.GAP_M)
        right.addWidget(self.banner)
        right.addWidget(scroll, 1)
        right.addWidget(self._bill)
        right.addWidget(self._open)
        self._row = row = QHBoxLayout()
        row.setSpacing(Size.GAP_M + 2)
        row.addWidget(listed, 8)
        row.addLayout(right, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.filters)
        column.addLayout(row, 1)
        self.filters.chosen.connect(lambda _name: self._show_list())
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._show_chosen())
        self.table.opened.connect(lambda _row: self.post())
        self.approval.decided.connect(self._acted)
        self.approval.refused.connect(self.banner.show_error)
        self.money.settled.connect(self._acted)
        self.task.done.connect(self._acted)
        self.task.resume.connect(lambda case_id: self.wants.emit("counter", case_id))
        self._open.clicked.connect(self.open_case)
        self._bill.clicked.connect(self.choose_bill)
        self._retranslate()

    def arrive(self) -> None:
        self._load()
        self.table.setFocus()

    def refresh(self, changed: frozenset[str]) -> None:
        # Behind another screen only the rail's number is seen; an answer at the counter does not move it.
        seen = {"case", "task", "money", "shift"} if self.isVisible() else {"task", "money"}
        if changed & seen and self.session.desk.staff is not None:
            self._load()

    def desk_changed(self) -> None:
        if self.session.desk.staff is not None:
            self._load()

    def show_subject(self, subject: object) -> None:
        """Go to one thing: a `SettlementView`, an `ApprovalView` or a `TaskView`."""
        self.filters.choose("")
        self._load()
        kinds = {SettlementView: ("money",), ApprovalView: ("approval",), TaskView: ("task", "wait")}
        wanted = kinds.get(type(subject), ())
        for at, entry in enumerate(self.table.rows.rows()):
            if entry.kind in wanted and entry.key == getattr(subject, "id", None):
                self._select(at)
                return

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F9", self.tr("Do the next thing")),
            KeyLine("1…9", self.tr("Answer an approval")),
            KeyLine("Shift+↓", self.tr("Choose several approvals")),
            KeyLine("Ctrl+Enter", self.tr("Open the case")),
            KeyLine("Ctrl+B", self.tr("Read a WeChat or Alipay bill")),
            KeyLine("Alt+1…5", self.tr("Which kind to show")),
        ]

    def post(self) -> None:
        """F9: do what is chosen."""
        panel = self._panels.currentWidget()
        if panel is self.approval:
            self.approval.answers.focus_first()
        elif panel is self.money:
            self.money.act()
        elif panel is self.task:
            self.task.act()

    def wants_key(self, character: str) -> bool:
        return self._panels.currentWidget() is self.approval and self.approval.answers.has_digit(character)

    def take_key(self, character: str) -> None:
        self.approval.answers.press_digit(character)

    def open_case(self) -> None:
        """The case of what is chosen."""
        entry = self.table.chosen()
        if isinstance(entry, Entry) and entry.case_id is not None:
            self.wants.emit("cases", entry.case_id)

    def choose_bill(self) -> None:
        """A bill of WeChat or Alipay is chosen from a folder."""
        title, kinds = self.tr("Bill of WeChat or Alipay"), "CSV, Excel (*.csv *.xlsx *.xls)"
        name, _kind = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.read_bill(Path(name))

    def read_bill(self, file: Path) -> None:
        """Show what a bill proves and let it be entered."""
        try:
            bill = bills.read(self.session.desk, file)
        except CounterError as error:
            self.banner.show_error(error)
            return
        BillDialog(self.session, file, bill, self).exec()

    def chosen(self) -> list[Entry]:
        """Everything that is selected, in the list's order."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.table.rows.row(at) for at in rows]

    def _acted(self) -> None:
        self.banner.dismiss()
        self.table.setFocus()

    def _load(self) -> None:
        try:
            self._all = entries(self.session.desk)
        except CounterError as error:
            self.banner.show_error(error)
            return
        for name, _icon in _FILTERS:
            count = len(self._all) if not name else sum(1 for entry in self._all if entry.kind == name)
            self.filters.show_count(name, count)
        self.attention.emit(due_now(self._all))
        self._show_list()

    def _show_list(self) -> None:
        held = self.table.chosen()
        at = max(0, self.table.currentIndex().row())
        wanted = self.filters.current()
        rows = [entry for entry in self._all if not wanted or entry.kind == wanted]
        with QSignalBlocker(self.table.selectionModel()):
            self.table.rows.show_rows(rows)
        self._lists.setCurrentWidget(self.table if rows else self._empty)
        if rows:
            # What was done is gone, and the next thing stands in its place.
            same = [
                place for place, entry in enumerate(rows) if isinstance(held, Entry) and _same(entry, held)
            ]
            self._select(same[0] if same else min(at, len(rows) - 1))
        self._show_chosen()

    def _select(self, at: int) -> None:
        """One row and no other: a list of several choices adds to what was chosen before."""
        self.table.clearSelection()
        self.table.choose(at)

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        asked = [entry.subject for entry in chosen if isinstance(entry.subject, ApprovalView)]
        entry = chosen[0] if chosen else None
        self._open.setVisible(entry is not None and entry.case_id is not None)
        self._scroll.setVisible(entry is not None)
        self._row.setStretch(1, 5 if entry is not None else 0)
        if entry is None:
            self._panels.setCurrentWidget(self._nothing)
        elif asked:
            self.approval.show_questions(asked)
            self._panels.setCurrentWidget(self.approval)
        elif isinstance(entry.subject, SettlementView):
            self.money.show_owed(entry.subject)
            self._panels.setCurrentWidget(self.money)
        elif isinstance(entry.subject, TaskView):
            self.task.show_task(entry.subject)
            self._panels.setCurrentWidget(self.task)

    def _due(self, row: Entry) -> str:
        if isinstance(row.subject, TaskView) and row.subject.answer_by is not None:
            moment = shown.moment(row.subject.answer_by, ZoneInfo(self.session.desk.shop.time_zone))
            day, _, clock = moment.partition(" ")
            told = clock if day == self.session.desk.today().isoformat() else day[5:]
            return f"! {told}" if row.subject.answer_late else told
        if row.late and row.due_on is not None:
            return f"! {shown.day_short(row.due_on)}"
        if row.today:
            return self.tr("now") if row.due_on is None else self.tr("today")
        return shown.day_short(row.due_on) if row.due_on is not None else "–"

    def _kind(self, row: Entry) -> str:
        if isinstance(row.subject, SettlementView):
            pays = (row.subject.direction == "out") == (row.subject.open_fen > 0)
            return self.tr("pay out") if pays else self.tr("take in")
        words = {"approval": self.tr("approval"), "wait": self.tr("waits"), "task": self.tr("task")}
        return words[row.kind]

    def _retranslate(self) -> None:
        self.filters.say(
            {
                "": self.tr("Everything"),
                "approval": self.tr("Approvals"),
                "money": self.tr("Money"),
                "wait": self.tr("Waiting"),
                "task": self.tr("Tasks"),
            }
        )
        self.table.setAccessibleName(self.tr("What is to do"))
        self._empty.say(
            self.tr("Nothing is waiting"),
            self.tr("Tasks, approvals, refunds owed and cases that wait appear here by themselves."),
        )
        self._open.setText(self.tr("Open the case"))
        self._bill.setText(self.tr("Read a bill…"))
        self._bill.setToolTip(self.tr("A bill of WeChat or Alipay enters the proofs of refunds by itself."))


def _same(one: Entry, other: Entry) -> bool:
    return one.kind == other.kind and one.key == other.key


def _tone(row: Entry) -> str:
    return "late" if row.late else "attention" if row.today else "secondary"


def _amount(row: Entry) -> str:
    return shown.money(abs(row.amount_fen)) if row.amount_fen else ""
