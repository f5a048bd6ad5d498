"""The counter's middle column: the way walked, the question in hand, its answers, and what it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.proposal_views import Wanted
from counter_app.domain.task_views import NoticeView
from counter_app.domain.walk_views import FactWanted, NodeView, Option, WalkView
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.counter.computed_tests import ComputedTests
from counter_app.ui.screens.counter.deduction_form import DeductionForm
from counter_app.ui.screens.counter.evidence_list import EvidenceList
from counter_app.ui.screens.counter.facts_form import FactsForm
from counter_app.ui.screens.counter.read_aloud import ReadAloud
from counter_app.ui.screens.counter.wanted_list import WantedList
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.breadcrumb import Breadcrumb, Step
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Divider, Words

WITHDRAW = "withdraw"


class QuestionPanel(Card):
    """One walk at its present step.

    Signals:
        answered(str, str): node id and answer code.
        refused(object): the `Option` whose digit was pressed though it is not on offer.
        went_back(str): node id to go back to; "" for one step.
        overrule(str): node id of a test somebody wants to overrule.
        facts_given(dict): facts typed by the clerk: name → text.
        photo(object, str): an `Incoming` picture and the node it belongs to.
        waive(object): an `EvidenceItem` that cannot be had.
        waive_all(): nothing of what is still compulsory can be had.
        write(object): an `EvidenceItem` that is put down in words.
        photo_opened(str): a thumbnail was clicked.
        withdraw(): the customer takes the request back.
        want(object): a `Wanted` thing to be entered now.
        deducted(list): deductions as typed, amounts in 分.
        answered_all(): focus is to go on; nothing is left to answer here.
        edit_facts(): the clerk wants to change a fact that the figures rest on.
    """

    answered = Signal(str, str)
    refused = Signal(object)
    went_back = Signal(str)
    overrule = Signal(str)
    facts_given = Signal(dict)
    photo = Signal(object, str)
    waive = Signal(object)
    waive_all = Signal()
    write = Signal(object)
    photo_opened = Signal(str)
    withdraw = Signal()
    edit_facts = Signal()
    want = Signal(object)
    deducted = Signal(list)
    answered_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, gap=Size.GAP_M)
        self._walk: WalkView | None = None
        self._first: NodeView | None = None
        self._prompt = ""
        self._without_sale = False
        self._folder: Path | None = None
        self._wanted: Sequence[Wanted] = ()
        self._options: Sequence[Option] = ()
        self._build()
        self._connect()
        self._retranslate()

    # --- what is shown ------------------------------------------------------------------------------

    def show_start(self, prompt: str) -> None:
        """No visit yet: say what to do first."""
        self._walk, self._prompt = None, prompt
        self._show()

    def show_first(self, node: NodeView) -> None:
        """The chart's first question, before a case is registered: its answer registers it."""
        self._walk = None
        self._prompt = ""
        self._first = node
        self._show()

    def show_walk(
        self, walk: WalkView, folder: Path, wanted: Sequence[Wanted] = (), *, without_sale: bool = False
    ) -> None:
        """Show a walk; `folder` is the data folder that attachment paths start from, `wanted` what this walk
        still wants entered; `without_sale`: the visit stands on no purchase."""
        self._without_sale = without_sale
        self._walk, self._folder, self._prompt, self._wanted = walk, folder, "", wanted
        self._show()

    def watch_inbox(self, folder: Path | None) -> None:
        """Take photos that a phone drops into this folder."""
        self.evidence.photos.watch(folder)

    def photo_error(self, text: str) -> None:
        """Say why the last picture was not kept."""
        self.evidence.photos.show_error(text)

    # --- keys ---------------------------------------------------------------------------------------

    def wants_digit(self, digit: str) -> bool:
        """Whether a digit answers the question in hand."""
        return not self._answers.isHidden() and self._answers.has_digit(digit)

    def press_digit(self, digit: str) -> bool:
        """Answer by digit."""
        return self._answers.press_digit(digit)

    def mark(self, code: str) -> None:
        """Show an answer as given before it is on disk; "" takes the mark back."""
        self._answers.mark(code)

    def focus_question(self) -> None:
        """Put focus where the question is answered: a fact that is asked for, else the first answer; where
        nothing is left to answer, leave it to the next step."""
        if self.deductions.blocks():
            self.deductions.focus_first()
        elif any(option.offered for option in self._options):
            self._answers.focus_first()
        elif self._facts.blocks():
            self._facts.focus_first()
        else:
            self.answered_all.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._crumbs = Breadcrumb()
        self._node_id = Words("", "small")
        self._start = EmptyState("scan-barcode")
        self._title = Words("", "title", wrap=True)
        self._text = Words("", "secondary", wrap=True)
        self._role = Pill("", "attention", self)
        self._answers = AnswerList()
        self._facts = FactsForm()
        self.deductions = DeductionForm()
        self._entries = WantedList()
        self.tests = ComputedTests()
        self._scripts = ReadAloud()
        self.evidence = EvidenceList()
        self._notices = Words("", "note", wrap=True)
        self._back = ActionButton("", "undo-2", key="⌫", kind="quiet")
        self._withdraw = ActionButton("", "log-out", kind="quiet")
        self._figures = ActionButton("", "sliders-horizontal", kind="quiet")

        way = QHBoxLayout()
        way.addWidget(self._crumbs, 1)
        way.addWidget(self._node_id)
        heading = QHBoxLayout()
        heading.addWidget(self._title, 1)
        heading.addWidget(self._role, 0, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, Size.GAP_XS, 0)
        column.setSpacing(Size.GAP_M)
        column.addLayout(heading)
        column.addWidget(self._text)
        column.addLayout(self.tests)
        column.addWidget(self.deductions)
        column.addWidget(self._answers)
        column.addLayout(self._entries)
        column.addWidget(self._facts)
        column.addLayout(self._scripts)
        column.addWidget(self.evidence)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP_S)
        foot.addWidget(self._back)
        foot.addWidget(self._withdraw)
        foot.addWidget(self._figures)
        foot.addStretch(1)
        self._line = Divider()
        self.body.addLayout(way)
        self.body.addWidget(self._line)
        self.body.addWidget(self._start, 1)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._notices)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self._answers.chosen.connect(self._answer)
        self._answers.refused.connect(self._refuse)
        self._crumbs.went_back.connect(self.went_back)
        self._facts.given.connect(self.facts_given)
        self.deductions.given.connect(self.deducted)
        self._entries.want.connect(self.want)
        self.tests.overrule.connect(self.overrule)
        self.evidence.photo.connect(self.photo)
        self.evidence.opened.connect(self.photo_opened)
        self.evidence.write.connect(self.write)
        self.evidence.waive.connect(self.waive)
        self.evidence.waive_all.connect(self.waive_all)
        self._back.clicked.connect(lambda: self.went_back.emit(""))
        self._withdraw.clicked.connect(self.withdraw)
        self._figures.clicked.connect(self.edit_facts)

    def _answer(self, code: str) -> None:
        node = self._node()
        if node is not None:
            self.answered.emit(node.id, code)

    def _refuse(self, code: str) -> None:
        for option in self._options:
            if option.code == code:
                self.refused.emit(option)
        if self._facts.blocks():
            self._facts.focus_first()

    def _node(self) -> NodeView | None:
        return self._walk.node if self._walk is not None else self._first

    # --- drawing ------------------------------------------------------------------------------------

    def _show(self) -> None:
        node = self._node() if not self._prompt else None
        walking = node is not None
        self._start.setVisible(not walking)
        self._scroll.setVisible(walking)
        for part in (self._crumbs, self._node_id, self._line, self._back):
            part.setVisible(walking)
        if node is None:
            self._withdraw.hide()
            self._figures.hide()
            self._notices.hide()
            self._start.say(self._prompt or self.tr("Scan a receipt to begin"))
            self._crumbs.show_steps([])
            self._answers.show_answers([])
            return
        walk = self._walk
        self._show_way(walk, node)
        self._title.setText(shown.words(node.title))
        self._text.setText(shown.words(node.text))
        self._text.setVisible(bool(self._text.text()))
        self._role.show_state(trade_words.needs_role(node.role), "attention")
        self._back.setEnabled(walk is not None and bool(walk.crumbs))
        self._withdraw.setVisible(walk is not None and node.may_withdraw)
        self._figures.setVisible(walk is not None and any(fact.editable for fact in walk.facts))
        self.tests.show_tests(walk.tests if walk else ())
        self._show_facts(self._facts_to_ask())
        self.deductions.show_deductions(walk.deductions if walk is not None else ())
        self._entries.show_wanted(self._wanted)
        self._show_answers(node)
        self._scripts.show_scripts(walk.scripts if walk is not None else ())
        self.evidence.setVisible(walk is not None)
        if walk is not None and self._folder is not None:
            self.evidence.show_evidence(walk.evidence, node.id, self._folder)
        notices = [self._told_to(one) for one in walk.notices[-2:]] if walk is not None else []
        self._notices.setText(" · ".join(notices))
        self._notices.setVisible(bool(notices))

    def _told_to(self, notice: NoticeView) -> str:
        who = shown.words(case_words.code_words("departments", notice.to))
        return self.tr("Notice to {who}: {what}").format(who=who, what=shown.words(notice.what))

    def _show_way(self, walk: WalkView | None, node: NodeView) -> None:
        steps = [
            Step(crumb.node, shown.words(crumb.title), shown.words(crumb.answer_title))
            for crumb in (walk.crumbs if walk is not None else ())
        ]
        steps.append(Step(node.id, shown.words(node.title), "……", current=True))
        self._crumbs.show_steps(steps)
        self._node_id.setText(node.id)

    def _show_answers(self, node: NodeView) -> None:
        self._options = sorted(node.options, key=lambda option: option.digit)
        self._answers.show_answers(
            [
                Answer(
                    option.code,
                    shown.words(option.title),
                    self._why(node, option),
                    self.tr("right") if option.right else "",
                    enabled=option.offered,
                )
                for option in self._options
                if option.code != WITHDRAW
            ]
        )
        # A fact that only one remedy needs is asked for beside the others; the rest waits for theirs.
        open_answers = any(option.offered for option in self._options)
        self._answers.setVisible(bool(self._options) and (open_answers or not self._facts.blocks()))

    def _show_facts(self, wanted: Sequence[FactWanted]) -> None:
        self._facts.show_facts(wanted, without_sale=self._without_sale)
        self._facts.setVisible(bool(wanted))

    def _why(self, node: NodeView, option: Option) -> str:
        """Why an answer is (not) on offer: what decided it; a refusal is told whole."""
        if not option.offered:
            return shown.words(option.because)
        return re.split("[;；]", shown.words(option.because))[0] if node.kind == "offer" else ""

    def _facts_to_ask(self) -> list[FactWanted]:
        """The stock of an article that was not chosen yet is nothing to ask a clerk."""
        if self._walk is None:
            return []
        choosing = any(wanted.kind == "replacement" for wanted in self._wanted)
        return [fact for fact in self._walk.facts_wanted if not (choosing and fact.name == "stock")]

    def _retranslate(self) -> None:
        self._back.setText(self.tr("One step back"))
        self._withdraw.setText(self.tr("Customer withdraws"))
        self._figures.setText(self.tr("Figures"))
        self._show()
