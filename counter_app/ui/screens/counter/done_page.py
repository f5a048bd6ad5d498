"""After posting: what was done, what is still owed, and the slips to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.money_views import SettlementView
from counter_app.domain.proposal_views import Posted
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pdf_view import PdfView
from counter_app.ui.widgets.words import Divider, Words


@dataclass(frozen=True, slots=True)
class SlipEntry:
    """One slip that can be printed: its key, its name, number and paper, how to draw its PDF, and its printer (''
    where none is set: then the system's dialog asks)."""

    key: str
    title: str
    paper: str
    draw: Callable[[], bytes]
    printer: str = ""


@dataclass(frozen=True, slots=True)
class PrintState:
    """How far the print of a slip is: in a word or two, why it waits or failed ('' = nothing is wrong)."""

    told: str
    trouble: str = ""


class DonePage(QWidget):
    """What was posted, and its slips.

    Signals:
        next_customer(): F2.
        pay(object): settle one `SettlementView` that is still owed.
        printed(str): slip key, after a printer took it.
        print_wanted(str): slip key: print it on the printer that is set for it.
        queue_wanted(): what went wrong is to be looked at.
    """

    next_customer = Signal()
    pay = Signal(object)
    printed = Signal(str)
    print_wanted = Signal(str)
    queue_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._posted: Posted | None = None
        self._slips: Sequence[SlipEntry] = ()
        self._states: Mapping[str, PrintState] = {}
        self._current = self._number = ""
        self._title = Words("", "headline", wrap=True)
        self._lead = Words("", "secondary", wrap=True)
        self._documents = QVBoxLayout()
        self._documents.setSpacing(Size.GAP_XS)
        self._owed = QVBoxLayout()
        self._owed.setSpacing(Size.GAP_S)
        self._list = AnswerList()
        self._view = PdfView()
        self._print_all = ActionButton("", "printer", key="F4")
        self._queue = ActionButton("", "triangle-alert", kind="danger")
        self._queue.hide()
        self._next = PrimaryButton("", "arrow-right", key="F2")
        self._card = Card()
        self._slip_card = Card()
        self._build()
        self._next.clicked.connect(self.next_customer)
        self._list.chosen.connect(self.show_slip)
        self._view.printed.connect(lambda _printer, _copies: self.printed.emit(self._current))
        self._print_all.clicked.connect(self.print_current)
        self._queue.clicked.connect(self.queue_wanted)
        self._retranslate()

    def show_posted(self, posted: Posted, slips: Sequence[SlipEntry]) -> None:
        """Show what one posting gave and its slips; the first slip is previewed."""
        self._posted, self._slips = posted, slips
        self._current = slips[0].key if slips else ""
        self._states = {}
        self._show()

    def show_owed(self, owed: Sequence[SettlementView]) -> None:
        """What is still owed after a proof was entered."""
        if self._posted is not None:
            self._posted = replace(self._posted, owed=tuple(owed))
            self._show()

    def show_slips_of(self, number: str, slips: Sequence[SlipEntry]) -> None:
        """Only the slips of a case, to be printed (again)."""
        self._posted, self._number, self._slips = None, number, slips
        self._current = slips[0].key if slips else ""
        self._states = {}
        self._show()

    def slips(self) -> Sequence[SlipEntry]:
        """The slips that can be printed."""
        return self._slips

    def show_slip(self, key: str) -> None:
        """Preview one slip."""
        self._current = key
        self._show_slips()

    def show_states(self, states: Mapping[str, PrintState]) -> None:
        """How far the prints of these slips are, by slip key."""
        if states != self._states:
            self._states = states
            self._show_list()

    def numbers(self) -> set[str]:
        """Of which documents and cases slips are shown."""
        return {slip.key.partition("/")[0] for slip in self._slips}

    def print_current(self) -> None:
        """F4: print the slip that is previewed, on the printer set for it; without one the system's dialog asks."""
        current = next((slip for slip in self._slips if slip.key == self._current), None)
        if current is not None and current.printer:
            self.print_wanted.emit(current.key)
        else:
            self._view.choose_and_print()

    def wants_digit(self, digit: str) -> bool:
        """Whether a digit chooses a slip."""
        return self._list.has_digit(digit)

    def press_digit(self, digit: str) -> bool:
        """Choose a slip by digit."""
        return self._list.press_digit(digit)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_M)
        head.addWidget(Icon("circle-check", "ok", 40))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._lead)
        head.addLayout(words, 1)
        self._card.body.addLayout(head)
        self._card.body.addWidget(Divider())
        self._card.body.addLayout(self._documents)
        self._card.body.addLayout(self._owed)
        self._card.body.addStretch(1)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        slips = QVBoxLayout(inner)
        slips.setContentsMargins(0, 0, Size.GAP_XS, 0)
        slips.addWidget(self._list)
        slips.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self._slip_card.body.addWidget(area, 1)
        self._slip_card.body.addWidget(self._queue)
        self._slip_card.body.addWidget(self._print_all)
        preview = Card()
        preview.body.addWidget(self._view, 1)
        left = QVBoxLayout()
        left.setSpacing(Size.GAP_M)
        left.addWidget(self._card, 2)
        left.addWidget(self._slip_card, 3)
        left.addWidget(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_M)
        row.addLayout(left, 2)
        row.addWidget(preview, 3)

    def _show(self) -> None:
        for layout in (self._documents, self._owed):
            while (item := layout.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        posted = self._posted
        if posted is None:
            self._title.setText(self._number)
            self._lead.setText(self.tr("Slips to print"))
            self._show_slips()
            return
        self._title.setText(self.tr("Done: %1").replace("%1", posted.case_number))
        self._lead.setText(self._lead_words(posted))
        for document in posted.documents:
            amount = f"  {shown.money(document.amount_fen)}" if document.amount_fen else ""
            self._documents.addWidget(
                Words(f"{shown.words(document.title)}  {document.number}{amount}", "body")
            )
        for owed in posted.owed:
            self._owed.addWidget(self._owed_row(owed))
        self._show_slips()

    def _lead_words(self, posted: Posted) -> str:
        parts = []
        if posted.paid_now_fen > 0:
            parts.append(self.tr("paid out %1").replace("%1", shown.money(posted.paid_now_fen)))
        if posted.paid_now_fen < 0:
            parts.append(self.tr("taken in %1").replace("%1", shown.money(-posted.paid_now_fen)))
        if not posted.refund_fen and not posted.collect_fen:
            parts.append(self.tr("no money moved"))
        return " · ".join(parts)

    def _owed_row(self, owed: SettlementView) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_S)
        out = owed.direction == "out"
        told = (self.tr("still to pay by %1: %2") if out else self.tr("still to come by %1: %2")).replace(
            "%1", trade_words.tender(owed.tender)
        )
        row.addWidget(Icon("hourglass", "attention", 18))
        row.addWidget(Words(told.replace("%2", shown.money(owed.open_fen)), "attention", wrap=True), 1)
        button = ActionButton(self.tr("Enter the proof"), "receipt")
        button.clicked.connect(lambda: self.pay.emit(owed))
        row.addWidget(button)
        return holder

    def _show_slips(self) -> None:
        self._show_list()
        current = next((slip for slip in self._slips if slip.key == self._current), None)
        if current is not None:
            self._view.show_pdf(
                current.draw(), f"{current.title} {current.key.partition('/')[0]}", current.printer
            )
        self._print_all.setEnabled(current is not None)

    def _show_list(self) -> None:
        """The slips with how far their prints are."""
        answers = []
        for slip in self._slips:
            state = self._states.get(slip.key)
            reason = " · ".join(
                part for part in (slip.paper, state.told if state is not None else "") if part
            )
            answers.append(Answer(slip.key, slip.title, reason, chosen=slip.key == self._current))
        self._list.show_answers(answers)
        troubles = [state.trouble for state in self._states.values() if state.trouble]
        self._queue.setVisible(bool(troubles))
        self._queue.setToolTip(troubles[0] if troubles else "")

    def _retranslate(self) -> None:
        self._queue.setText(self.tr("Not printed: what to do"))
        self._card.set_title(self.tr("Posted"))
        self._slip_card.set_title(self.tr("Slips"))
        self._print_all.setText(self.tr("Print this slip"))
        self._next.setText(self.tr("Next customer"))
        self._show()
