"""The cases screen: the list at the left, the chosen case whole at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.case_views import CaseRow
from counter_app.domain.errors import CounterError
from counter_app.domain.history_views import HistoryRowView
from counter_app.domain.money_views import SettlementView
from counter_app.services import cases, customer_history, people, recordings, reversal, settling, staff
from counter_app.ui.screens.cases.case_detail import CaseDetail
from counter_app.ui.screens.cases.case_list import CaseList
from counter_app.ui.screens.cases.correct_dialog import CorrectDialog
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.cases.recording_dialog import RecordingDialog
from counter_app.ui.screens.cases.reverse_dialog import ReverseDialog
from counter_app.ui.screens.cases.signed_acts import SignedActs
from counter_app.ui.screens.cases.told_dialog import ToldDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.history.history_view import HistoryView
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.table import SORT_KEY

#: While arrows run down the list only the row they stop at is read whole.
_SETTLED_MS = 60


class CasesScreen(Screen):
    """Find, look at, take up, print again, reverse."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._case_id: int | None = None
        self.list = CaseList(session)
        self.detail = CaseDetail(session)
        self._nothing = EmptyState("inbox")
        blank = Card()
        blank.body.addWidget(self._nothing)
        self._pages = QStackedWidget()
        self._pages.addWidget(blank)
        self._pages.addWidget(self.detail)
        self.history = HistoryView()
        self._pages.addWidget(self.history)
        self._history = ""
        self._export = ActionButton("", "file-spreadsheet", key="Ctrl+E", bind=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(self._load_case)
        left = QVBoxLayout()
        left.setSpacing(Size.GAP_M)
        left.addWidget(self.list, 1)
        left.addWidget(self._export)
        right = QVBoxLayout()
        right.setSpacing(Size.GAP_S)
        right.addWidget(self.banner)
        right.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        row.setSpacing(Size.GAP_M + 2)
        row.addLayout(left, 9)
        row.addLayout(right, 13)
        self.list.current.connect(self._moved)
        self.list.opened.connect(lambda _row: self.post())
        self.detail.paper.connect(self._see_paper)
        self.detail.pay.connect(lambda owed: self.wants.emit("todo", owed))
        self.detail.to_do.connect(lambda: self.wants.emit("todo", None))
        self.detail.earlier.connect(self.show_subject)
        self.detail.tie.connect(self.tie)
        self.detail.record.connect(self.attach_recording)
        self.signed = SignedActs(session, self.banner, self)
        self.detail.save_form.connect(self.signed.save)
        self.detail.scan_sheet.connect(self.signed.scan)
        self.detail.replace_scan.connect(self.signed.replace)
        head = self.detail.head
        head.resume.connect(self.post)
        head.note.connect(self.add_note)
        head.told.connect(self.customer_told)
        head.print_again.connect(self.print_again)
        head.reverse.connect(self.reverse)
        self.detail.correct.connect(self.correct)
        head.reveal.connect(self.reveal)
        self._export.clicked.connect(self.export)
        self._retranslate()

    # --- what the main window asks ------------------------------------------------------------------

    def arrive(self) -> None:
        self._show_allowed()
        self.list.load(self._case_id)
        self.list.search.setFocus()
        self.list.search.input.selectAll()

    def refresh(self, changed: frozenset[str]) -> None:
        if self.isVisible() and changed & {"case", "money", "stock", "task", "sale"}:
            self.list.load(self._case_id)
            self._load_case()

    def desk_changed(self) -> None:
        self._show_allowed()
        if self.isVisible() and self.session.desk.staff is not None:
            self.list.load(self._case_id)
            self._load_case()

    def show_subject(self, subject: object) -> None:
        """Open a case by id or number, also one that the present filter leaves out."""
        if not isinstance(subject, (int, str)):
            return
        try:
            case = cases.case(self.session.desk, subject)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._case_id, self._history = case.id, ""
        self._timer.stop()
        self.detail.show_case(case)
        self._pages.setCurrentWidget(self.detail)

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F3", self.tr("Search")),
            KeyLine("Alt+1…6", self.tr("Saved filters")),
            KeyLine(SORT_KEY, self.tr("Sort by the next column")),
            KeyLine("F9", self.tr("Take the case up at the counter")),
            KeyLine("Ctrl+N", self.tr("Write a note")),
            KeyLine("Ctrl+T", self.tr("The customer was told something")),
            KeyLine("F4", self.tr("Print again")),
            KeyLine("Ctrl+R", self.tr("Reverse a document")),
            KeyLine("Ctrl+U", self.tr("Show the customer's name and phone")),
            KeyLine("Ctrl+G", self.tr("The whole chart")),
            KeyLine("Ctrl+E", self.tr("Export a month to Excel")),
        ]

    def search(self) -> None:
        self.list.search.setFocus()
        self.list.search.input.selectAll()

    def post(self) -> None:
        """F9: take the case up where it stands."""
        case = self.detail.case
        if case is not None and self._case_id == case.id and self.detail.head.may_resume():
            self.wants.emit("counter", case.id)

    def step_back(self) -> None:
        if self.list.search.text():
            self.list.search.clear()
        else:
            self.list.search.setFocus()

    def print_again(self) -> None:
        """F4: the slips of the case, its last document first; without one its receipt and its problem record."""
        case = self.detail.case
        if case is not None and not self._history:
            self._see_paper(case.documents[-1].number if case.documents else "")

    # --- acts ---------------------------------------------------------------------------------------

    def add_note(self) -> None:
        """A remark, signed with name and time by itself."""
        self._write(
            NoteDialog(
                self.tr("Note"),
                self.tr("For the shop only: never printed on the customer's copy."),
                self.tr("Keep the note"),
                lambda text: self.session.act(cases.add_note, self._chosen(), text),
                self,
            )
        )

    def customer_told(self) -> None:
        """What the customer was told, when and by whom."""
        self._write(
            ToldDialog(
                self.tr("The customer was told"),
                self.tr("Time and your name are added by themselves."),
                self.tr("Keep it"),
                lambda text, way: self.session.act(cases.customer_told, self._chosen(), text, way),
                self,
            )
        )

    def attach_recording(self) -> None:
        """A recording joins the evidence, once somebody says that the customer was told before."""
        if self._case_id is not None:
            RecordingDialog(self.keep_recording, self).exec()

    def keep_recording(self, file: Path, told: bool) -> None:
        """Attach a recording to the chosen case. Raises CounterError to refuse."""
        self.session.act(recordings.attach, self._chosen(), file, told=told)

    def tie(self) -> None:
        """This case belongs together with another one (S2-26)."""
        dialog = ReasonDialog(
            self.tr("Tie another case to this one"),
            self.tr("Each of them then shows the other."),
            self.tr("Tie"),
            self,
            label=self.tr("Number of the other case"),
        )
        if self._case_id is None or not dialog.exec():
            return
        try:
            self.session.act(customer_history.link, self._case_id, dialog.reason())
        except CounterError as error:
            self.banner.show_error(error)

    def reverse(self) -> None:
        """Reverse a posted document with reason and approval."""
        case = self.detail.case
        if case is None:
            return
        live = [paper for paper in case.documents if not paper.reverses and not paper.reversed_by]
        if live:
            ReverseDialog(live, self._approve_reversal, self).exec()

    def correct(self, settled: SettlementView) -> None:
        """Correct a wrong proof of what is settled."""
        standing = [one for one in settling.proofs(self.session.desk, settled.id) if not one.corrected_why]

        def act(proof_id: int, reason: str, request: str) -> None:
            self.session.act(settling.correct, proof_id, reason, request)

        if standing:
            CorrectDialog(standing, act, self).exec()

    def reveal(self) -> None:
        """Show who the customer is; who looked and why is written down."""
        case = self.detail.case
        if case is None:
            return
        dialog = ReasonDialog(
            self.tr("Show name and phone"),
            self.tr("That you looked, and why, is written down."),
            self.tr("Show"),
            self,
        )
        if not dialog.exec():
            return
        try:
            seen = people.reveal_customer(self.session.desk, case.id, dialog.reason())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.banner.say("  ".join(part for part in (seen.name, seen.phone, seen.contact) if part))

    def export(self) -> None:
        """The month or year as a workbook."""
        if self._export.isEnabled():
            from counter_app.ui.screens.export_dialog import ExportDialog

            ExportDialog(self.session, self).exec()

    # --- inner --------------------------------------------------------------------------------------

    def _chosen(self) -> int:
        assert self._case_id is not None
        return self._case_id

    def _write(self, dialog: NoteDialog) -> None:
        if self._case_id is not None:
            dialog.exec()

    def _moved(self, row: object) -> None:
        self._case_id = row.id if isinstance(row, CaseRow) else None
        self._history = row.number if isinstance(row, HistoryRowView) else ""
        self._timer.start()

    def _load_case(self) -> None:
        if self._history:
            self._show_history()
            return
        if self._case_id is None:
            self._pages.setCurrentIndex(0)
            return
        try:
            case = cases.case(self.session.desk, self._case_id)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.detail.show_case(case)
        self._pages.setCurrentWidget(self.detail)

    def _show_history(self) -> None:
        """What archives tell; the acts of the last case shown are out of reach with it."""
        from counter_app.services import archive_history

        try:
            self.history.show_case(archive_history.case(self.session.desk, self._history))
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._pages.setCurrentWidget(self.history)

    def _see_paper(self, number: str) -> None:
        """The slips of the case, those of one document first."""
        case = self.detail.case
        if case is None:
            return
        try:
            dialog = PaperDialog(self.session, case.number, self, first=number)
        except CounterError as error:
            self.banner.show_error(error)
            return
        dialog.exec()

    def _approve_reversal(self, number: str, reason: str, request: str, whole: bool) -> bool:
        """Somebody else with the right says yes, by PIN."""

        def decide(staff_id: int, pin: str, _decision: str, _note: str) -> None:
            self.session.act(reversal.reverse, number, reason, request, by=(staff_id, pin), whole=whole)

        dialog = PinDialog(
            staff.list_staff(self.session.desk),
            self.tr("Reverse {number}").format(number=number),
            [reason],
            decide,
            parent=self,
        )
        if not dialog.exec():
            return False
        self.banner.say(self.tr("{number} is reversed.").format(number=number), tone="ok")
        return True

    def _show_allowed(self) -> None:
        allowed = staff.may(self.session.desk, roles.MONTH)
        self._export.allow(allowed, self.tr("Your role may not export a month."))

    def _retranslate(self) -> None:
        self._nothing.say(
            self.tr("No case chosen"),
            self.tr("Choose one in the list, or begin a visit at the counter with F2."),
        )
        self._export.setText(self.tr("Export a month to Excel"))
        self._show_allowed()
