"""The head of a case: what it is, where it stands, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.acquaintance import Acquaintance
from counter_app.domain.case import FINAL
from counter_app.domain.case_views import CaseView
from counter_app.services import case_words, customer_history, staff
from counter_app.services.desk import Desk
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.pill import Pill, Tone
from counter_app.ui.widgets.words import Elided, Words

_DONE = ("settled", "closed")
_LEAST = 100


class CaseHead(CaseCard):
    """Number, state, customer, and the actions with their keys.

    Signals:
        resume(), note(), told(), print_again(), reverse(), reveal(): a button was pressed.
    """

    resume = Signal()
    note = Signal()
    told = Signal()
    print_again = Signal()
    reverse = Signal()
    reveal = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Size.GAP_XS)
        self._session = session
        self._known = Acquaintance()
        self._number = Words("", "title")
        self._state = Pill("", "plain", self)
        self._due = Pill("", "plain", self)
        self._flags = Pill("", "attention", self)
        self._customer = Elided("", "strong")
        self._about = Elided("", "note")
        self._wait = Words("", "attention", wrap=True)
        self._resume = ActionButton("", "play", key="F9", kind="primary")
        self._note = ActionButton("", "pen-line", key="Ctrl+N", bind=True)
        self._told = ActionButton("", "phone-call", key="Ctrl+T", bind=True)
        self._print = ActionButton("", "printer", key="F4")
        self._reverse = ActionButton("", "undo-2", key="Ctrl+R", bind=True, kind="danger")
        self._reveal = IconButton("eye", key="Ctrl+U", bind=True)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_S)
        head.addWidget(self._number)
        for pill in (self._state, self._due, self._flags):
            head.addWidget(pill)
        head.addStretch(1)
        head.addWidget(self._resume)
        actions = QHBoxLayout()
        actions.setContentsMargins(0, Size.GAP_XS, 0, 0)
        actions.setSpacing(Size.GAP_S)
        for button in (self._note, self._told, self._print, self._reverse):
            button.setMinimumWidth(_LEAST)
            actions.addWidget(button)
        actions.addStretch(1)
        self.body.addLayout(head)
        who = QHBoxLayout()
        who.setSpacing(Size.GAP_XS)
        who.addWidget(self._customer)
        who.addWidget(self._reveal)
        who.addStretch(1)
        self.body.addLayout(who)
        self.body.addWidget(self._about)
        self.body.addWidget(self._wait)
        self.body.addLayout(actions)
        for button, signal in (
            (self._resume, self.resume),
            (self._note, self.note),
            (self._told, self.told),
            (self._print, self.print_again),
            (self._reverse, self.reverse),
            (self._reveal, self.reveal),
        ):
            button.clicked.connect(signal)
        self._retranslate()

    def show_case(self, desk: Desk, case: CaseView) -> None:
        """Show a case, and whether its customer is known."""
        self._known = customer_history.of_case(desk, case.id)
        super().show_case(desk, case)

    def may_resume(self) -> bool:
        """Whether the case can be taken up at the counter."""
        return self._resume.isEnabled()

    def _show(self) -> None:
        case = self._case
        if case is None:
            return
        self._number.setText(case.number)
        self._state.show_state(shown.words(case.state_title), _tone(case))
        self._show_due(case)
        flags = [self.tr("upset")] if case.upset else []
        flags += [self.tr("safety")] if case.safety else []
        flags += [self.tr("repeat")] if self._known.repeat else []
        self._flags.show_state(" · ".join(flags), "attention")
        stands = {
            "buyer": self.tr("buyer"),
            "proxy": self.tr("proxy"),
            "gift_recipient": self.tr("gift recipient"),
        }
        named = [
            case.customer_masked or self.tr("Customer not named"),
            case.phone_masked,
            stands.get(case.stands, ""),
        ]
        self._customer.show_text("  ·  ".join(part for part in named if part))
        noted = case.plan.get("flags", {})
        about = [
            self.tr("registered {day} by {name}").format(
                day=shown.day(case.business_date), name=case.opened_by
            ),
            self.tr("purchase {number}").format(number=case.sale_number) if case.sale_number else "",
            self.tr("owner {name}").format(name=case.owner) if case.owner != case.opened_by else "",
            *(f"{shown.words(case_words.words(f'flag.{colour}'))} {note}" for colour, note in noted.items()),
            shown.one_line(case.summary, 120),
        ]
        self._about.show_text("  ·  ".join(part for part in about if part))
        waiting = shown.words(case.waiting_title) if case.waiting_for else ""
        self._wait.setText(self.tr("Waiting: {what}").format(what=waiting) if waiting else "")
        self._wait.setVisible(bool(waiting))
        self._show_allowed(case)

    def _show_due(self, case: CaseView) -> None:
        if case.next_due_on is None or case.state in FINAL or case.state in _DONE:
            self._due.show_state("")
            return
        late = case.next_due_on < self._session.desk.today()
        text = self.tr("overdue since {day}") if late else self.tr("due {day}")
        self._due.show_state(text.format(day=shown.day_short(case.next_due_on)), "late" if late else "plain")

    def _show_allowed(self, case: CaseView) -> None:
        desk = self._session.desk
        registers = staff.may(desk, roles.REGISTER)
        why = self.tr("Your role does not allow this.")
        finished = case.state in FINAL
        self._resume.allow(
            registers and not finished,
            self.tr("This case is finished; nothing is left to do at the counter.") if finished else why,
        )
        self._note.allow(registers, why)
        self._told.allow(registers, why)
        live = [paper for paper in case.documents if not paper.reverses and not paper.reversed_by]
        self._reverse.allow(
            bool(live) and staff.may(desk, roles.REVERSE),
            why if live else self.tr("There is no posted document that could be reversed."),
        )
        named = bool(case.customer_masked or case.phone_masked)
        self._reveal.setVisible(named and staff.may(desk, roles.PERSONAL))

    def _retranslate(self) -> None:
        self._resume.setText(self.tr("Take up at the counter"))
        self._note.setText(self.tr("Note"))
        self._told.setText(self.tr("Told"))
        self._print.setText(self.tr("Slips"))
        self._reverse.setText(self.tr("Reverse"))
        self._reveal.set_name(self.tr("Show name and phone"))
        self._show()


def _tone(case: CaseView) -> Tone:
    if case.state.startswith("waiting"):
        return "attention"
    if case.state in _DONE:
        return "ok"
    return "plain" if case.state in FINAL else "accent"
