"""The counter screen: scan, ask, propose, confirm, sign, post, print. Every act is a service's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.acquaintance import Acquaintance
from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.errors import CounterError
from counter_app.domain.proposal_views import CounterView, Wanted
from counter_app.domain.sale_views import SaleView
from counter_app.domain.walk_views import NodeView, WalkView
from counter_app.services import (
    entrance,
    notes_at_hand,
    photos,
    walks,
)
from counter_app.ui import texts
from counter_app.ui.screens.counter.answering import Answering
from counter_app.ui.screens.counter.confirm_page import ConfirmPage
from counter_app.ui.screens.counter.counter_acts import CounterActs
from counter_app.ui.screens.counter.done_page import DonePage
from counter_app.ui.screens.counter.finding import Finding
from counter_app.ui.screens.counter.work_page import WorkPage
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.session import Session
from counter_app.ui.theme import Size


class CounterScreen(Screen):
    """One visit at a time; everything of it is on disk after every answer."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._sale: SaleView | None = None
        self._view: CounterView | None = None
        self._walk_id: int | None = None
        self._first: NodeView | None = None
        self.answering = Answering(self)
        self.acts = CounterActs(self)
        self.finding = Finding(self)
        self._build()
        self._connect()
        self._retranslate()
        self.new_case()

    # --- what the main window asks ------------------------------------------------------------------

    def arrive(self) -> None:
        if self._stack.currentWidget() is self._work and self._view is None:
            self.sale_panel.lookup.setFocus()
        self.question_panel.watch_inbox(photos.inbox_folder(self.session.desk))
        self.sale_panel.show_notes(notes_at_hand.at_hand(self.session.desk))

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"sale", "money", "stock"}:
            self._work.forget_sale()
        if changed & {"case", "sale", "money", "stock"} and self._view is not None:
            self._reload()
        if "print" in changed and self._stack.currentWidget() is self.done_page:
            self.acts.show_prints()

    def desk_changed(self) -> None:
        if self._view is not None:
            self._reload()
        elif self.session.desk.staff is not None:
            self._first = entrance.first_question(self.session.desk)

    def show_subject(self, subject: object) -> None:
        if isinstance(subject, int):
            self.open_case(subject)
        elif isinstance(subject, str):
            self.take_scan(subject)

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("1…9", self.tr("answer")),
            KeyLine("⌫", self.tr("one step back")),
            KeyLine("Space", self.tr("choose a line; + and - change the pieces")),
            KeyLine("F2", self.tr("next customer")),
            KeyLine("F3", self.tr("find")),
            KeyLine("F4", self.tr("print again")),
            KeyLine("F5", self.tr("what the customer told")),
            KeyLine("F8", self.tr("record a purchase by hand")),
            KeyLine("Ctrl+M", self.tr("arrange more: deduction, refund another way, gift")),
            KeyLine("Ctrl+E", self.tr("no evidence can be had: why")),
            KeyLine("F9", self.tr("confirm, sign, post")),
            KeyLine("F10", self.tr("signed on paper")),
            KeyLine("Esc", self.tr("back")),
        ]

    def take_scan(self, code: str) -> bool:
        self.answering.drop()
        self.look_up(code)
        return True

    def wants_key(self, character: str) -> bool:
        page = self._stack.currentWidget()
        if page is self.done_page:
            return self.done_page.wants_digit(character)
        if page is not self._work:
            return False
        return self.sale_panel.wants_digit(character) or self.question_panel.wants_digit(character)

    def take_key(self, character: str) -> None:
        if self._stack.currentWidget() is self.done_page:
            self.done_page.press_digit(character)
        elif not self.sale_panel.press_digit(character):
            self.answering.press_digit(character)

    def take_back_key(self) -> None:
        # An answer waits for the gap of a scanner before it is written, so there is nothing to undo on disk.
        self.answering.drop()

    def backspace(self) -> None:
        if self._stack.currentWidget() is self._work:
            self.answering.go_back()

    def new_case(self) -> None:
        """Ready for the next customer; a visit in hand stays as it is on disk."""
        self.answering.drop()
        self.begin(None)
        self.finding.forget()
        self.banner.dismiss()
        if self.session.desk.staff is not None:
            self._first = entrance.first_question(self.session.desk)
        self.sale_panel.show_nothing()
        self.sale_panel.show_customer("", "", "buyer", Acquaintance())
        self.tabs.show_walks((), None)
        self._stack.setCurrentWidget(self._work)
        self.show_work()
        self.sale_panel.lookup.setFocus()

    def search(self) -> None:
        self._stack.setCurrentWidget(self._work)
        self.sale_panel.lookup.setFocus()
        self.sale_panel.lookup.input.selectAll()

    def print_again(self) -> None:
        if self._stack.currentWidget() is self.done_page:
            self.done_page.print_current()
        elif self._view is not None:
            self.acts.show_slips(self._view.case.number)

    def post(self) -> None:
        page = self._stack.currentWidget()
        if page is self.confirm_page:
            self.acts.sign_and_post()
        elif page is self._work and self._view is not None:
            self.acts.next_step()

    def step_back(self) -> None:
        page = self._stack.currentWidget()
        if page is self.confirm_page:
            self._stack.setCurrentWidget(self._work)
            self.question_panel.focus_question()
        elif page is self.done_page or self._view is None:
            self.new_case()
        else:
            self.answering.go_back()

    # --- what the acts need -------------------------------------------------------------------------

    @property
    def sale(self) -> SaleView | None:
        """The purchase in hand."""
        return self._sale

    @property
    def first_question(self) -> NodeView | None:
        """The chart's first question, which the next visit answers first."""
        return self._first

    def begin(self, sale: SaleView | None) -> None:
        """A visit that is not registered yet, on this purchase or on none; its first answer registers it."""
        self._sale, self._view, self._walk_id = sale, None, None
        self._work.forget_sale()
        self.answering.begin()

    @property
    def view(self) -> CounterView | None:
        """The visit in hand."""
        return self._view

    def walk(self) -> WalkView | None:
        """The walk in hand."""
        if self._view is None:
            return None
        return next((walk for walk in self._view.walks if walk.id == self._walk_id), None)

    def show_page(self, page: QWidget) -> None:
        """Bring the confirm or done page to the front, or the work page back."""
        self._stack.setCurrentWidget(page)

    @property
    def work_page(self) -> QWidget:
        """The three columns."""
        return self._work

    def take_view(self, view: CounterView) -> None:
        """A service gave the visit anew."""
        self._view = view
        if self.walk() is None:
            self._walk_id = view.walks[-1].id if view.walks else None
        self._show_visit()

    def attempt(self, act: Callable[[], None]) -> bool:
        """Do something that may be refused; the refusal stands in the bar. True when it was done."""
        try:
            act()
        except CounterError as error:
            self.banner.show_error(error)
            return False
        return True

    # --- finding ------------------------------------------------------------------------------------

    def look_up(self, text: str) -> None:
        """Look up what was scanned or typed."""
        self._stack.setCurrentWidget(self._work)
        self.attempt(partial(self.finding.look_up, text))

    def open_case(self, case_id: int) -> None:
        """Open a case where it stands: resumed another day, or found by its slip's code."""
        self._stack.setCurrentWidget(self._work)
        self.finding.open_case(case_id)

    def _stands_changed(self, code: str) -> None:
        if self._view is not None:
            self.attempt(partial(self.acts.set_stands, code))

    # --- showing ------------------------------------------------------------------------------------

    def _reload(self) -> None:
        if self._view is not None and self._stack.currentWidget() is not self.done_page:
            case_id = self._view.case.id
            self.attempt(lambda: self.take_view(walks.view(self.session.desk, case_id)))

    def _show_visit(self) -> None:
        """All three columns in one go. Nothing paints before the next turn of the event loop, and then only what
        changed: holding updates back would paint all of it, the columns that stayed the same included."""
        if self._view is not None:
            self._sale = self._work.show_visit(self._view, self._walk_id)
            self.show_work()

    def forget_who_comes(self) -> None:
        """The customer's card is read anew with the next look."""
        self._work.forget_customer()

    def show_work(self) -> None:
        """Fill the middle and the right column."""
        walk = self.walk()
        if self._view is not None and walk is not None:
            self._work.show_walk(self._view, walk, self.acts.gifts_wanted())
            self.acts.show_next_step()
        else:
            self._work.show_beginning(self._sale, self._first)

    def _lines_changed(self) -> None:
        if self._view is None:
            self.show_work()

    def choose_walk(self, walk_id: int) -> None:
        """Bring one group of lines to the front, at its question."""
        self._walk_id = walk_id
        self._show_visit()
        self.question_panel.focus_question()

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._work = WorkPage(self.session)
        self.sale_panel, self.question_panel = self._work.sale_panel, self._work.question_panel
        self.proposal_panel, self.tabs = self._work.proposal_panel, self._work.tabs
        self.confirm_page, self.done_page = ConfirmPage(), DonePage()
        self._stack = QStackedWidget()
        for page in (self._work, self.confirm_page, self.done_page):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L - 2, Size.GAP_M, Size.GAP_L - 2, Size.GAP_M)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        panel = self.sale_panel
        panel.asked.connect(self.look_up)
        panel.hit_chosen.connect(self.finding.open_hit)
        panel.record_wanted.connect(self.finding.record)
        panel.without_sale.connect(self.finding.without_sale)
        panel.lines_changed.connect(self._lines_changed)
        panel.stands_changed.connect(self._stands_changed)
        panel.intake.connect(lambda: self.attempt(self.acts.intake))
        panel.add_lines.connect(lambda: self.attempt(self.acts.add_lines))
        question = self.question_panel
        question.answered.connect(self.answering.answered)
        question.refused.connect(self.answering.refuse)
        question.went_back.connect(self.answering.go_back)
        question.overrule.connect(lambda node: self.attempt(partial(self.acts.overrule, node)))
        question.facts_given.connect(lambda facts: self.attempt(partial(self.acts.give_facts, facts)))
        question.photo.connect(self.acts.take_photo)
        question.waive_all.connect(lambda: self.attempt(self.acts.waive_all))
        question.deducted.connect(lambda found: self.attempt(partial(self.acts.deduct, found)))
        question.waive.connect(lambda item: self.attempt(partial(self.acts.waive, item)))
        question.write.connect(lambda item: self.attempt(partial(self.acts.write, item)))
        question.photo_opened.connect(self.acts.open_photo)
        question.withdraw.connect(lambda: self.attempt(self.acts.withdraw))
        question.want.connect(self._want)
        question.answered_all.connect(self.proposal_panel.focus_next)
        question.edit_facts.connect(lambda: self.attempt(self.acts.edit_facts))
        proposal = self.proposal_panel
        proposal.confirm.connect(self.post)
        proposal.approve.connect(self._approve)
        proposal.park.connect(self._park)
        proposal.more.connect(lambda: self.attempt(self.acts.more))
        self.tabs.chosen.connect(self.choose_walk)
        self.tabs.split.connect(lambda: self.attempt(self.acts.split_walk))
        self.confirm_page.post.connect(self.post)
        self.confirm_page.back.connect(self.step_back)
        self.done_page.next_customer.connect(self.new_case)
        self.done_page.pay.connect(lambda owed: self.attempt(partial(self.acts.settle, owed)))
        self.done_page.printed.connect(self.acts.record_print)
        self.done_page.print_wanted.connect(self.acts.print_slip)
        self.done_page.queue_wanted.connect(self.acts.show_queue)

    def _approve(self, need: ApprovalNeed) -> None:
        self.attempt(partial(self.acts.approve, need))

    def _park(self, need: ApprovalNeed) -> None:
        self.attempt(partial(self.acts.park, need))

    def _want(self, wanted: Wanted) -> None:
        self.attempt(partial(self.acts.enter, wanted))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Counter"))
        if self._view is not None:
            self._show_visit()
        else:
            self.show_work()

    def told(self, code_error: CounterError) -> str:
        """An error as a sentence."""
        return texts.sentence(code_error)
