"""The counter's middle column: the way walked, the question in hand, its answers, and what it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.proposal_views import Wanted
from counter_app.domain.walk_views import EvidenceItem, FactWanted, NodeView, Option, TestView, WalkView
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.icons import Icon
from counter_app.ui.screens.counter.facts_form import FactsForm
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.breadcrumb import Breadcrumb, Step
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.photo_strip import PhotoStrip, Thumb
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
        write(object): an `EvidenceItem` that is put down in words.
        photo_opened(str): a thumbnail was clicked.
        withdraw(): the customer takes the request back.
        camera(): the camera button.
        want(object): a `Wanted` thing to be entered now.
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
    write = Signal(object)
    photo_opened = Signal(str)
    withdraw = Signal()
    camera = Signal()
    edit_facts = Signal()
    want = Signal(object)
    answered_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, gap=Size.GAP_M)
        self._walk: WalkView | None = None
        self._first: NodeView | None = None
        self._prompt = ""
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

    def show_walk(self, walk: WalkView, folder: Path, wanted: Sequence[Wanted] = ()) -> None:
        """Show a walk; `folder` is the data folder that attachment paths start from, `wanted` what this walk
        still wants entered."""
        self._walk, self._folder, self._prompt, self._wanted = walk, folder, "", wanted
        self._show()

    def watch_inbox(self, folder: Path | None) -> None:
        """Take photos that a phone drops into this folder."""
        self._photos.watch(folder)

    def photo_error(self, text: str) -> None:
        """Say why the last picture was not kept."""
        self._photos.show_error(text)

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
        if any(option.offered for option in self._options):
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
        self._entries = QVBoxLayout()
        self._entries.setSpacing(Size.GAP_S)
        self._tests = QVBoxLayout()
        self._tests.setSpacing(Size.GAP_XS)
        self._scripts = QVBoxLayout()
        self._scripts.setSpacing(Size.GAP_S)
        self._evidence = QVBoxLayout()
        self._evidence.setSpacing(Size.GAP_XS)
        self._photos = PhotoStrip()
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
        column.addLayout(self._tests)
        column.addWidget(self._answers)
        column.addLayout(self._entries)
        column.addWidget(self._facts)
        self._script_line = Divider()
        column.addLayout(self._scripts)
        column.addWidget(self._script_line)
        column.addLayout(self._evidence)
        column.addWidget(self._photos)
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
        foot.addWidget(self._notices, 2)
        self._line = Divider()
        self.body.addLayout(way)
        self.body.addWidget(self._line)
        self.body.addWidget(self._start, 1)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(foot)
        self._notices.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._notices.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _connect(self) -> None:
        self._answers.chosen.connect(self._answer)
        self._answers.refused.connect(self._refuse)
        self._crumbs.went_back.connect(self.went_back)
        self._facts.given.connect(self.facts_given)
        self._photos.received.connect(lambda incoming: self.photo.emit(incoming, self._evidence_node()))
        self._photos.opened.connect(self.photo_opened)
        self._photos.camera.connect(self.camera)
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

    def _node(self) -> NodeView | None:
        return self._walk.node if self._walk is not None else self._first

    def _evidence_node(self) -> str:
        """A new photo belongs to the first photo still wanted, else to the step in hand."""
        walk = self._walk
        if walk is None:
            return ""
        for item in walk.evidence:
            if item.state == "wanted" and item.kind.startswith("photo"):
                return item.node
        return walk.node.id if walk.node is not None else ""

    # --- drawing ------------------------------------------------------------------------------------

    def _show(self) -> None:
        node = self._node() if not self._prompt else None
        walking = node is not None
        self._start.setVisible(not walking)
        self._scroll.setVisible(walking)
        for part in (
            self._crumbs,
            self._node_id,
            self._line,
            self._back,
            self._withdraw,
            self._figures,
            self._notices,
        ):
            part.setVisible(walking)
        if node is None:
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
        self._show_tests(walk.tests if walk else ())
        self._show_facts(self._facts_to_ask())
        self._show_wanted()
        self._show_answers(node)
        self._show_scripts(walk)
        self._show_evidence(walk.evidence if walk else ())
        self._notices.setText(
            " · ".join(shown.words(notice.what) for notice in walk.notices[-2:]) if walk is not None else ""
        )

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
        self._facts.show_facts(wanted)
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

    def _show_wanted(self) -> None:
        _empty(self._entries)
        for wanted in self._wanted:
            button = ActionButton(shown.words(wanted.label), "pencil")
            button.clicked.connect(lambda _on=False, wanted=wanted: self.want.emit(wanted))
            self._entries.addWidget(button)

    def _show_tests(self, tests: Sequence[TestView]) -> None:
        _empty(self._tests)
        for test in tests[-3:]:
            row = QHBoxLayout()
            row.setSpacing(Size.GAP_S)
            row.addWidget(Icon("scale", "accent", 16))
            told = (
                f"{shown.words(test.title)}  {shown.words(test.because)} → {shown.words(test.answer_title)}"
            )
            row.addWidget(Words(told, "note", wrap=True), 1)
            if test.overridden:
                row.addWidget(Pill(self.tr("overruled"), "attention", self))
            button = IconButton("gavel", self.tr("Overrule this test, with a reason"))
            button.clicked.connect(lambda _on=False, node=test.node: self.overrule.emit(node))
            row.addWidget(button)
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            self._tests.addWidget(holder)

    def _show_scripts(self, walk: WalkView | None) -> None:
        _empty(self._scripts)
        scripts = walk.scripts if walk is not None else ()
        for script in scripts[-2:]:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Size.GAP_S)
            row.addWidget(Icon("book-open", "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
            text = shown.words(script.text)
            row.addWidget(Words(f"“{text}”", "body", wrap=True), 1)
            row.addWidget(Words(script.code, "small"), 0, Qt.AlignmentFlag.AlignTop)
            copy = IconButton("copy", self.tr("Copy this text"))
            copy.clicked.connect(lambda _on=False, text=text: QGuiApplication.clipboard().setText(text))
            row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
            self._scripts.addWidget(holder)
        self._script_line.setVisible(bool(scripts))

    def _show_evidence(self, evidence: Sequence[EvidenceItem]) -> None:
        _empty(self._evidence)
        taken = [shown.words(item.title) for item in evidence if item.state == "taken"]
        if taken:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Size.GAP_S)
            row.addWidget(Icon("circle-check", "ok", 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Words(" · ".join(dict.fromkeys(taken)), "body", wrap=True), 1)
            self._evidence.addWidget(holder)
        for item in evidence:
            if item.state == "taken":
                continue
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Size.GAP_S)
            done = item.state != "wanted"
            mark = (
                "ban" if item.state == "waived" else "camera" if item.kind.startswith("photo") else "pen-line"
            )
            row.addWidget(Icon(mark, "attention" if item.compulsory and not done else "secondary", 18))
            told = shown.words(item.title)
            if item.state == "waived":
                told = (
                    self.tr("%1: waived, %2")
                    .replace("%1", told)
                    .replace("%2", shown.one_line(item.reason, 60))
                )
            row.addWidget(Words(told, "body", wrap=True), 1)
            if not done:
                write = ActionButton(self._write_word(item.kind), "pen-line", kind="quiet")
                write.clicked.connect(lambda _on=False, item=item: self.write.emit(item))
                row.addWidget(write)
            if item.compulsory and not done:
                row.addWidget(Pill(self.tr("compulsory"), "attention", self))
                button = ActionButton(self.tr("Cannot be had"), kind="quiet")
                button.clicked.connect(lambda _on=False, item=item: self.waive.emit(item))
                row.addWidget(button)
            self._evidence.addWidget(holder)
        pictures = {attachment.id: attachment for item in evidence for attachment in item.attachments}
        self._photos.setVisible(self._walk is not None)
        self._photos.show_error("")
        self._photos.show_thumbs(
            [
                Thumb(str(picture.id), picture.name or picture.kind, path=self._folder / picture.path)
                for picture in pictures.values()
                if self._folder is not None and picture.mime.startswith("image/")
            ]
        )

    def _write_word(self, kind: str) -> str:
        return {
            "customer_words": self.tr("Write them down"),
            "inspection": self.tr("Inspect"),
            "waybill": self.tr("Enter it"),
        }.get(kind, self.tr("In words"))

    def _retranslate(self) -> None:
        self._back.setText(self.tr("One step back"))
        self._withdraw.setText(self.tr("Customer withdraws"))
        self._figures.setText(self.tr("Figures"))
        self._show()


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
