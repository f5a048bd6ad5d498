"""The slips of a document or a case as they print: seen, printed again, saved as PDF."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import print_queue, printing
from counter_app.services.paper_codes import PaperCheck
from counter_app.services.printing import Sheet
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.paper_told import PaperTold
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.pdf_view import PdfView
from counter_app.ui.widgets.words import Words

_LIST_WIDTH = 250


class PaperDialog(Dialog):
    """Slips at the left, the chosen one at the right; F4 prints it, digits choose another.

    Args:
        number: of a document or a case. Raises CounterError when it has no slip.
        first: the document whose slip is shown first, where `number` is a case.
        day: instead of a number's slips the sheets of this day.
        check: what the check code of the paper in hand told; it is said above.
    """

    def __init__(
        self,
        session: Session,
        number: str,
        parent: QWidget | None = None,
        *,
        first: str = "",
        day: date | None = None,
        check: PaperCheck | None = None,
    ) -> None:
        super().__init__(parent, width=900, icon="check")
        self._session, self._number, self._day = session, number, day
        self._sheets = self._read()
        self._current = next((one for one in self._sheets if one.number == first), self._sheets[0])
        self._shown: Sheet | None = None
        self.list = AnswerList()
        self.view = PdfView()
        self._hint = Words("", "small", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(Size.GAP_M)
        left.addWidget(self.list)
        left.addWidget(self._hint)
        left.addStretch(1)
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(_LIST_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        row.addWidget(holder)
        row.addWidget(self.view, 1)
        self.body.addLayout(row, 1)
        self.cancel.hide()
        self.accept_button.set_kind("secondary")
        self.resize(1120, 690)
        self.list.chosen.connect(self.choose)
        QShortcut(QKeySequence("F4"), self).activated.connect(self.print_now)
        self.view.asked.connect(self._as_it_is_now)
        self.view.printed.connect(lambda _printer, _copies: self._printed())
        self.view.saved.connect(lambda _path: self._printed())
        self._retranslate()
        self._show()
        if check is not None:
            PaperTold().tell(self.banner, check, ZoneInfo(session.desk.shop.time_zone))

    def choose(self, key: str) -> None:
        """Show another slip."""
        self._current = next(sheet for sheet in self._sheets if sheet.key == key)
        self._retranslate()
        self._show()

    def print_now(self) -> None:
        """F4: the slip goes to the printer set for it; without one the system's dialog asks."""
        sheet = self._current
        if not sheet.printer:
            self.view.choose_and_print()
            return
        try:
            self._session.act(print_queue.enqueue, sheet, print_queue.new_request(), day=self._day)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.banner.say(self.tr("Goes to the printer {name}.").format(name=sheet.printer), tone="ok")

    def sheets(self) -> tuple[Sheet, ...]:
        """The slips there are."""
        return self._sheets

    def wants_key(self, character: str) -> bool:
        """Digits choose a slip."""
        return self.list.has_digit(character)

    def take_key(self, character: str) -> None:
        """Choose by digit."""
        self.list.press_digit(character)

    def take_back_key(self) -> None:
        """A scan began with a digit: what is shown does no harm."""

    def backspace(self) -> None:
        """Nothing to step back to."""

    def _read(self) -> tuple[Sheet, ...]:
        if self._day is not None:
            return printing.sheets_of_day(self._session.desk, self._day)
        return printing.sheets(self._session.desk, self._number, every=True)

    def _show(self) -> None:
        sheet = self._current
        try:
            pdf = printing.pdf_of(self._session.desk, sheet)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._shown = sheet
        self.view.show_pdf(pdf, f"{sheet.number} {shown.words(sheet.title)}", sheet.printer)

    def _as_it_is_now(self) -> None:
        """Another window may have printed the slip meanwhile, and so may this one: then it says 补打."""
        before = self._current
        try:
            self._sheets = self._read()
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._current = next((one for one in self._sheets if one.key == before.key), before)
        if self._current != self._shown:
            self._retranslate()
            self._show()

    def _printed(self) -> None:
        """It left the printer, or was saved: from now on it carries 补打."""
        try:
            self._session.act(printing.printed, self._current)
            key = self._current.key
            self._sheets = self._read()
            self._current = next(sheet for sheet in self._sheets if sheet.key == key)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self._retranslate()

    def _retranslate(self) -> None:
        of = self._number if self._day is None else shown.day(self._day)
        self.say(self.tr("Slips of {number}").format(number=of), "", self.tr("Close"))
        self._hint.setText(
            self.tr("It was printed before: it prints with the mark 补打, and the reprint is listed.")
            if self._current.reprint
            else self.tr("F4 or Ctrl+P prints it with all its copies.")
        )
        self.list.show_answers(
            [
                Answer(
                    sheet.key,
                    shown.words(sheet.title),
                    f"{sheet.number} · {sheet.paper.value}",
                    chosen=sheet.key == self._current.key,
                )
                for sheet in self._sheets
            ]
        )
