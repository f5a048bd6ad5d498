"""A question to an approver: why it was asked, over which figures, with what evidence; and the answer by PIN."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain import money, roles
from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.errors import CounterError
from counter_app.domain.walk_views import Option, TestView
from counter_app.services import approvals, phone_codes, staff, walks
from counter_app.services import roles as role_book
from counter_app.services.phone_codes import ReadOut
from counter_app.services.staff import StaffEntry
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.cases.evidence_card import PhotoRow
from counter_app.ui.screens.counter.pin_dialog import ByPhone, PinDialog
from counter_app.ui.session import Session
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.money_label import MoneyLabel, WorkingRow
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.row_list import ListRow, RowList
from counter_app.ui.widgets.words import Divider, Words

APPROVE, REJECT = "approve", "reject"


class ApprovalPanel(Card):
    """One question, or several that are answered together.

    Signals:
        decided(): an answer was given.
        refused(object): the CounterError why it was not.
    """

    decided = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._asked: tuple[ApprovalView, ...] = ()
        self._options: tuple[Option, ...] = ()
        self._tests: tuple[TestView, ...] = ()
        self._who = Pill("", "attention", self)
        self.head.addWidget(self._who)
        self._title = Words("", "title", wrap=True)
        self._about = Words("", "secondary", wrap=True)
        self._reasons = RowList()
        self._money = MoneyLabel()
        self._note = Words("", "note", wrap=True)
        self._photos = PhotoRow()
        self._tests_title = Words("", "note")
        self._test_rows = RowList()
        self._ask = Words("", "lead_strong", wrap=True)
        self.answers = AnswerList()
        for part in (
            self._title,
            self._about,
            self._reasons,
            self._money,
            self._tests_title,
            self._test_rows,
            self._photos,
            self._note,
            Divider(),
            self._ask,
            self.answers,
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.answers.chosen.connect(self.answer)
        self._retranslate()

    def show_questions(self, asked: Sequence[ApprovalView]) -> None:
        """Show what is asked; several are shown by their sum and their reasons."""
        self._asked = tuple(asked)
        self._options, self._tests = self._of_walk()
        self._show()

    def choices(self) -> list[str]:
        """The answers on offer, for several questions those that all of them take.

        What is the customer's right cannot be rejected, so rejecting it is not offered.
        """
        if len(self._asked) == 1 and self._options:
            return [option.code for option in self._options if option.offered]
        found = [list(_answers(one)) for one in self._asked]
        if not found:
            return []
        return [code for code in found[0] if all(code in others for others in found)]

    def answer(self, code: str) -> None:
        """Ask for name and PIN, then give this answer."""
        if not self._asked:
            return
        title = self._word(code)
        reasons = [f"{one.case_number} · {self._why(one)}" for one in self._asked[:6]]
        if len(self._asked) > len(reasons):
            reasons.append(self.tr("and %n more", "", len(self._asked) - len(reasons)))
        PinDialog(
            self._deciders(),
            title,
            reasons,
            lambda staff_id, pin, _decision, note: self.decide(code, staff_id, pin, note),
            note_needed=code == REJECT or any(one.code == code and one.needs_reason for one in self._options),
            by_phone=self._by_phone(code),
            parent=self,
        ).exec()

    def decide(self, code: str, staff_id: int, pin: str, note: str) -> None:
        """Give an answer by PIN. Raises CounterError to refuse."""
        ids = [one.id for one in self._asked]
        self._session.act(approvals.decide, ids, code, (staff_id, pin), note)
        self.decided.emit()

    def _by_phone(self, code: str) -> ByPhone:
        """The same answer by a one-time code that somebody reads out."""
        desk, ids = self._session.desk, [one.id for one in self._asked]

        def decide(staff_id: int, told: str, _decision: str, note: str) -> None:
            self._session.act(approvals.decide, ids, code, ReadOut(staff_id, told), note)
            self.decided.emit()

        return ByPhone(
            phone_codes.holders(desk), lambda staff_id: phone_codes.challenge(desk, staff_id, ids), decide
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _of_walk(self) -> tuple[tuple[Option, ...], tuple[TestView, ...]]:
        """The answers of the node where the walk stands, and the tests that led there."""
        if not self._asked or self._asked[0].walk_id is None:
            return (), ()
        asked = self._asked[0]
        try:
            view = walks.view(self._session.desk, asked.case_id)
        except CounterError as error:
            self.refused.emit(error)
            return (), ()
        walk = next((walk for walk in view.walks if walk.id == asked.walk_id), None)
        if walk is None or walk.node is None or walk.node.id != asked.node:
            return (), ()
        return walk.node.options, walk.tests if len(self._asked) == 1 else ()

    def _deciders(self) -> list[StaffEntry]:
        """Whoever has the right that is asked for; the PIN shows whether it is really them."""
        desk = self._session.desk
        wanted = {roles.CHART_ROLES.get(one.role, roles.APPROVE) for one in self._asked}
        known = role_book.roles(desk)
        people = staff.list_staff(desk)
        able = [
            person
            for person in people
            if person.owner or (person.role in known and wanted <= known[person.role].rights)
        ]
        return able or list(people)

    def _why(self, one: ApprovalView) -> str:
        told = "; ".join(shown.words(reason) for reason in one.reasons) or shown.words(one.node_title)
        return f"{told} {shown.money(one.amount_fen)}" if one.amount_fen else told

    def _word(self, code: str) -> str:
        for option in self._options:
            if option.code == code:
                return shown.words(option.title)
        return {APPROVE: self.tr("Approve"), REJECT: self.tr("Reject")}.get(code, code)

    def _show(self) -> None:
        if not self._asked:
            return
        first = self._asked[0]
        several = len(self._asked) > 1
        zone = ZoneInfo(self._session.desk.shop.time_zone)
        self._who.show_state(trade_words.needs_role(first.role) if not several else "", "attention")
        self._title.setText(
            self.tr("%n question(s)", "", len(self._asked))
            if several
            else shown.words(first.node_title) or first.case_number
        )
        if several:
            self._about.setText(self.tr("They are answered together, or none of them is."))
        else:
            asked = self.tr("asked by {name} at {moment}").format(
                name=first.requested_by, moment=shown.moment(first.requested_at, zone)
            )
            self._about.setText(
                " · ".join(part for part in (first.case_number, first.customer_masked, asked) if part)
            )
        self._reasons.show_rows(
            [row for one in self._asked for row in (self._heads(one) if several else self._causes(one))]
        )
        amount = sum(one.amount_fen for one in self._asked)
        self._money.setVisible(bool(amount))
        if amount:
            self._money.show_amount(
                amount, money.capitals(abs(amount)), [] if several else self._figures(first)
            )
        self._show_tests()
        self._photos.show_photos(
            self._session.desk.folder, [photo for one in self._asked for photo in one.attachments]
        )
        self._note.setText(first.note if not several else "")
        self._note.setVisible(bool(self._note.text()))
        self._show_answers()

    def _heads(self, one: ApprovalView) -> list[ListRow]:
        """One of several questions: its case, who asked over how much, and every reason under it."""
        about = " · ".join(part for part in (one.case_number, one.customer_masked, one.requested_by) if part)
        amount = shown.money(one.amount_fen) if one.amount_fen else ""
        return [ListRow(about, right=amount, icon="file-text", title_look="strong"), *self._causes(one)]

    def _causes(self, one: ApprovalView) -> list[ListRow]:
        return [ListRow(shown.words(reason), icon="circle-alert", tone="attention") for reason in one.reasons]

    def _figures(self, one: ApprovalView) -> list[WorkingRow]:
        labels = {
            "refund_fen": self.tr("Goes to the customer"),
            "collect_fen": self.tr("The customer pays"),
            "limit_fen": self.tr("Limit of the one who asks"),
        }
        return [
            WorkingRow(label, shown.money(int(one.figures[name])))
            for name, label in labels.items()
            if 0 < int(one.figures.get(name) or 0) < roles.UNLIMITED_FEN
        ]

    def _show_tests(self) -> None:
        rows = [
            ListRow(
                f"{shown.words(test.title)} → {shown.words(test.answer_title)}",
                shown.words(test.because),
                icon="scale",
                tone="attention" if test.overridden else "secondary",
            )
            for test in self._tests
        ]
        self._tests_title.setVisible(bool(rows))
        self._test_rows.show_rows(rows)

    def _show_answers(self) -> None:
        offered = self.choices()
        if len(self._asked) == 1 and self._options:
            live = [one for one in self._options if one.offered]
            # A reason that every answer shares tells nothing.
            same = len({one.because for one in live}) == 1
            told = [
                Answer(
                    one.code,
                    shown.words(one.title),
                    "" if same else shown.words(one.because),
                    mark=self.tr("right") if one.right else "",
                )
                for one in live
            ]
        else:
            told = [Answer(code, self._word(code)) for code in offered]
        self.answers.show_answers(told)
        if not offered:
            self._ask.setText(self.tr("They take different answers. Choose one at a time."))
            return
        withheld = self._asked and REJECT not in offered and not all(one.may_reject for one in self._asked)
        self._ask.setText(
            self.tr("It is the customer's right, so it cannot be rejected.")
            if withheld
            else self.tr("Your answer, by PIN")
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Approval"))
        self._tests_title.setText(self.tr("What was tested"))
        self._show()


def _answers(asked: ApprovalView) -> tuple[str, ...]:
    """What one question takes: the answers of its step of the chart, or yes and no to a whole visit."""
    if asked.walk_id is not None and asked.figures.get("answers"):
        return tuple(str(code) for code in asked.figures["answers"])
    return (APPROVE, REJECT) if asked.may_reject else (APPROVE,)
