"""The counter's right column: what will happen, why, what it stands on, what will be printed, and F9."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain import money
from counter_app.domain.proposal_views import CounterView, GoodsView, WalkProposal
from counter_app.domain.spoken import Words
from counter_app.services import case_words, printing
from counter_app.ui import format as shown
from counter_app.ui import texts, trade_words
from counter_app.ui.screens.counter.proposal_sections import ApprovalsSection, SlipsSection, ToldSection
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.money_label import MoneyLabel, WorkingRow
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words as Label


class ProposalPanel(QWidget):
    """What posting would do.

    Signals:
        confirm(): go on to the form and the signature (or what is still wanted).
        approve(object): an `ApprovalNeed` to be decided at the counter by PIN.
        park(object): an `ApprovalNeed` to be decided later.
        more(): something else is to be arranged.
    """

    confirm = Signal()
    approve = Signal(object)
    park = Signal(object)
    more = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CounterView | None = None
        self._walk_id: int | None = None
        self._step = "form"
        self._build()
        self._retranslate()

    def show_nothing(self) -> None:
        """No visit."""
        self._view = None
        self._show()

    def show_view(self, view: CounterView, walk_id: int | None) -> None:
        """Show the proposal of a visit; `walk_id` is the walk in hand."""
        self._view, self._walk_id = view, walk_id
        self._show()

    def next_action(
        self, text: str, *, allowed: bool, why_not: str = "", still: str = "", icon: str = "signature"
    ) -> None:
        """What F9 does now, and why it cannot be done yet; `still`: what is missing for the step after it."""
        told = still if allowed else why_not
        self._go.setText(text)
        self._go.set_icon(icon)
        self._go.allow(allowed, why_not)
        self._why_not.setText(told)
        self._why_not.setVisible(bool(told))

    def focus_next(self) -> None:
        """Put focus on the next step."""
        self._go.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        self._card = Card()
        self._state = Pill("", "plain", self)
        self._card.head.addWidget(self._state)
        self._headline = Label("", "title", wrap=True)
        self._money = MoneyLabel()
        self._why, self._rights, self._goods_moved = ToldSection(), ToldSection("ok"), ToldSection()
        self._approvals = ApprovalsSection()
        self._warnings = ToldSection("attention", headed=False)
        self._slips, self._promised = SlipsSection(), ToldSection()
        self._approvals.approve.connect(self.approve)
        self._approvals.park.connect(self.park)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, Size.GAP_XS, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self._headline)
        column.addWidget(self._money)
        for section in (
            self._why,
            self._rights,
            self._goods_moved,
            self._approvals,
            self._warnings,
            self._slips,
            self._promised,
        ):
            column.addLayout(section)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self._card.body.addWidget(area, 1)
        self._more = ActionButton("", "plus", key="Ctrl+M", kind="quiet", bind=True)
        self._more.clicked.connect(self.more)
        self._card.body.addWidget(self._more)
        self._why_not = Label("", "note", wrap=True)
        self._go = PrimaryButton("", "signature", key="F9")
        self._go.clicked.connect(self.confirm)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(Size.GAP_S)
        outer.addWidget(self._card, 1)
        outer.addWidget(self._why_not)
        outer.addWidget(self._go)

    def _show(self) -> None:
        view = self._view
        walk_in_hand = next((walk for walk in view.walks if walk.id == self._walk_id), None) if view else None
        self._more.setVisible(walk_in_hand is not None and not walk_in_hand.settled)
        self._show_rest()
        if view is None:
            self._headline.setText(self.tr("Nothing yet"))
            self._money.hide()
            self._state.show_state("")
            return
        proposal = view.proposal
        walk = self._walk_proposal()
        self._show_state()
        self._headline.setText(shown.words(walk.headline) if walk is not None else self.tr("Nothing yet"))
        net = proposal.refund_fen - proposal.collect_fen
        if proposal.refund_fen or proposal.collect_fen:
            capitals = money.capitals(abs(net))
            if net < 0:
                capitals = self.tr("The customer pays") + " " + capitals
            self._money.show_amount(abs(net), capitals, self._working())
        else:
            self._money.show_nothing("—")
            self._money.show_working(self._working())
        self._money.setVisible(bool(proposal.refund_fen or proposal.collect_fen or self._working()))

    def _show_rest(self) -> None:
        walk, proposal = self._walk_proposal(), self._view.proposal if self._view is not None else None
        here = walk is not None and proposal is not None
        self._why.show_lines(self.tr("Why"), [shown.words(why) for why in walk.why] if walk else ())
        self._rights.show_lines(
            self.tr("The customer's rights"), [shown.words(right) for right in walk.rights] if walk else ()
        )
        self._goods_moved.show_lines(self.tr("Goods"), self._goods(walk) if walk else ())
        self._approvals.show_needs(
            # What the whole visit needs stands at each of its walks, and is shown once.
            list(dict.fromkeys(need for entry in proposal.walks for need in entry.approvals))
            if here and proposal
            else ()
        )
        self._warnings.show_lines(
            "", [texts.reason(warning) for warning in proposal.warnings] if here and proposal else ()
        )
        self._slips.show_slips(
            [shown.words(printing.kind_title(slip)) for slip in proposal.slips] if here and proposal else ()
        )
        self._promised.show_lines(
            self.tr("Promised"),
            [f"{shown.words(due.what)} · {shown.day(due.due_on)}" for due in walk.deadlines] if walk else (),
        )

    def _walk_proposal(self) -> WalkProposal | None:
        if self._view is None:
            return None
        walks = self._view.proposal.walks
        return next((walk for walk in walks if walk.walk_id == self._walk_id), walks[0] if walks else None)

    def _working(self) -> list[WorkingRow]:
        if self._view is None:
            return []
        proposal = self._view.proposal
        rows = []
        for walk in proposal.walks:
            for row in walk.working:
                label = " ".join(part for part in (shown.words(row.label), shown.words(row.note)) if part)
                value = "" if row.amount_fen is None else shown.money(row.amount_fen)
                rows.append(WorkingRow(label, value, "strong" if row.total else "body"))
        for tender in proposal.refund_tenders:
            word = shown.words(tender.title) if tender.title else trade_words.tender(tender.tender)
            way = self.tr("original way") if tender.original else self.tr("another way")
            told = self.tr("back by %1 · %2").replace("%1", word).replace("%2", way)
            rows.append(WorkingRow(told, shown.money(tender.amount_fen), "secondary"))
        if proposal.collect_fen:
            rows.append(
                WorkingRow(
                    self.tr("paid by %1").replace("%1", trade_words.tender(proposal.collect_tender)),
                    shown.money(proposal.collect_fen),
                    "secondary",
                )
            )
        return rows

    def _show_state(self) -> None:
        if self._view is None:
            return
        proposal = self._view.proposal
        needs = [need for walk in proposal.walks for need in walk.approvals if need.state != "approve"]
        if needs:
            self._state.show_state(trade_words.needs_role(needs[0].role or "approver"), "attention")
        elif proposal.signed:
            self._state.show_state(self.tr("signed"), "ok")
        elif proposal.ready:
            self._state.show_state(self.tr("ready"), "ok")
        else:
            self._state.show_state(shown.words(self._view.case.state_title), "plain")

    def _goods(self, walk: WalkProposal) -> list[str]:
        rows = [(self.tr("in"), goods) for goods in walk.goods_in]
        rows += [(self.tr("out"), goods) for goods in walk.goods_out]
        return [f"{way}  {self._goods_words(goods)}" for way, goods in rows]

    def _goods_words(self, goods: GoodsView) -> str:
        place = case_words.code_words("dispositions", goods.place) if goods.place else Words()
        parts = [f"{shown.one_line(goods.name, 40)} × {shown.quantity(goods.quantity_milli)}"]
        if goods.direction == "in" and place:
            parts.append(f"→ {shown.words(place)}")
        if goods.stock_milli is not None:
            parts.append(self.tr("in stock %1").replace("%1", shown.quantity(goods.stock_milli)))
        return " · ".join(parts)

    def _retranslate(self) -> None:
        self._card.set_title(self.tr("Proposal"))
        self._more.setText(self.tr("Arrange more"))
        if not self._go.text():
            self._go.setText(self.tr("Customer confirms and signs"))
        self._show()
