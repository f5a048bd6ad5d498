"""Everything about one case on one page: nothing that matters hides behind a tab."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.case_views import CaseView
from counter_app.ui.screens.cases.case_head import CaseHead
from counter_app.ui.screens.cases.evidence_card import EvidenceCard
from counter_app.ui.screens.cases.lines_card import LinesCard
from counter_app.ui.screens.cases.money_card import MoneyCard
from counter_app.ui.screens.cases.papers_card import PapersCard
from counter_app.ui.screens.cases.story_card import EarlierCard, GoodsCard, StoryCard
from counter_app.ui.screens.cases.way_card import WayCard
from counter_app.ui.session import Session
from counter_app.ui.theme import Size


class CaseDetail(QWidget):
    """Head with the actions, then goods and money, the way, papers and evidence, the story.

    Signals:
        paper(str): a document is to be seen.
        pay(object): an open `SettlementView` was pressed.
        correct(object): a settled one was pressed.
        to_do(): the to-do list is wanted.
        earlier(int): another case is to be opened.
        tie(): another case is to be tied to this one.
        record(): a recording is to be attached.
        save_form(object), scan_sheet(object), replace_scan(object): as the evidence says (`EvidenceCard`).
    """

    paper = Signal(str)
    pay = Signal(object)
    correct = Signal(object)
    to_do = Signal()
    earlier = Signal(int)
    tie = Signal()
    record = Signal()
    save_form = Signal(object)
    scan_sheet = Signal(object)
    replace_scan = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.case: CaseView | None = None
        self.head = CaseHead(session)
        self.lines, self.money, self.way = LinesCard(), MoneyCard(), WayCard()
        self.papers, self.evidence = PapersCard(), EvidenceCard()
        self.story, self.goods, self.before = StoryCard(), GoodsCard(), EarlierCard()
        holder = QWidget()
        holder.setProperty("look", "scrolled")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, Size.GAP_XS, 0)
        inner.setSpacing(Size.GAP_M)
        top = QHBoxLayout()
        top.setSpacing(Size.GAP_M)
        top.addWidget(self.lines, 11)
        top.addWidget(self.money, 9)
        left, right = QVBoxLayout(), QVBoxLayout()
        for card in (self.papers, self.story):
            left.addWidget(card)
        for beside in (self.evidence, self.goods, self.before):
            right.addWidget(beside)
        below = QHBoxLayout()
        below.setSpacing(Size.GAP_M)
        for column, share in ((left, 11), (right, 9)):
            column.setSpacing(Size.GAP_M)
            column.addStretch(1)
            below.addLayout(column, share)
        inner.addLayout(top)
        inner.addWidget(self.way)
        inner.addLayout(below)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.head)
        column.addWidget(self._scroll, 1)
        self.papers.opened.connect(self.paper)
        self.money.pay.connect(self.pay)
        self.money.correct.connect(self.correct)
        self.money.to_do.connect(self.to_do)
        self.before.opened.connect(self.earlier)
        self.before.tie.connect(self.tie)
        self.evidence.record.connect(self.record)
        self.evidence.save_form.connect(self.save_form)
        self.evidence.scan_sheet.connect(self.scan_sheet)
        self.evidence.replace_scan.connect(self.replace_scan)

    def show_case(self, case: CaseView) -> None:
        """Show a case; another case begins at the top."""
        if self.case is None or self.case.id != case.id:
            self._scroll.verticalScrollBar().setValue(0)
        self.case = case
        desk = self._session.desk
        self.head.show_case(desk, case)
        self.lines.show_case(desk, case)
        self.money.show_case(desk, case)
        self.way.show_case(desk, case)
        self.papers.show_case(desk, case)
        self.evidence.show_case(desk, case)
        self.story.show_case(desk, case)
        self.goods.show_case(desk, case)
        self.before.show_case(desk, case)
