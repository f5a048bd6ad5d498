"""The money of a case: owed and really moved, deposits, and who approved what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.money_views import DepositView, SettlementView
from counter_app.domain.task_views import TaskView
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui import trade_words
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.widgets.pill import Tone
from counter_app.ui.widgets.row_list import ListRow, RowList
from counter_app.ui.widgets.words import Divider, Words


class MoneyCard(CaseCard):
    """What is owed and paid, then what is still to do.

    Signals:
        pay(object): a `SettlementView` that is still open was pressed.
        correct(object): one that is settled was pressed: its proof may be wrong.
        to_do(): the to-do list is wanted.
    """

    pay = Signal(object)
    correct = Signal(object)
    to_do = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._money = RowList()
        self._line = Divider()
        self._rest_title = Words("", "note")
        self._rest = RowList()
        self.body.addWidget(self._money)
        self.body.addWidget(self._line)
        self.body.addWidget(self._rest_title)
        self.body.addWidget(self._rest)
        self.body.addStretch(1)
        self._retranslate()

    def _show(self) -> None:
        case = self._case
        if case is None:
            return
        rows = [self._settlement(owed) for owed in case.settlements]
        rows += [self._deposit(deposit) for deposit in case.deposits]
        self._money.show_rows(rows, self.tr("No money has moved and none is owed."))
        rest = [self._approval(approval) for approval in case.approvals]
        rest += [self._task(task) for task in case.tasks if task.done_at is None]
        self._rest.show_rows(rest)
        self._line.setVisible(bool(rest))
        self._rest_title.setVisible(bool(rest))

    def _settlement(self, owed: SettlementView) -> ListRow:
        out = owed.direction == "out"
        purpose = shown.words(case_words.words_or(f"purpose.{owed.purpose}", owed.purpose))
        if not owed.open_fen:
            state, tone = (self.tr("paid") if out else self.tr("received")), "ok"
        elif owed.settled_fen:
            state = self.tr("{amount} open").format(amount=shown.money(abs(owed.open_fen)))
            tone = "attention"
        else:
            state, tone = (self.tr("owed") if out else self.tr("to collect")), "attention"
        proof = ", ".join(shown.one_line(reference, 40) for reference in owed.references)
        notes = [trade_words.tender(owed.tender), owed.document, proof]
        return ListRow(
            (self.tr("{what} → customer") if out else self.tr("{what} ← customer")).format(what=purpose),
            " · ".join(note for note in notes if note),
            shown.money(owed.amount_fen),
            icon="banknote",
            tone="ok" if tone == "ok" else "attention",
            pill=state,
            pill_tone="ok" if tone == "ok" else "attention",
            act=lambda: (self.pay if owed.open_fen else self.correct).emit(owed),
            act_name=self.tr("Settle it in the to-do list")
            if owed.open_fen
            else self.tr("Correct a wrong proof"),
        )

    def _deposit(self, deposit: DepositView) -> ListRow:
        words = {"held": self.tr("held"), "returned": self.tr("returned"), "kept": self.tr("kept")}
        return ListRow(
            self.tr("Deposit"),
            f"{trade_words.tender(deposit.tender)} · {deposit.document}",
            shown.money(deposit.amount_fen),
            icon="lock",
            pill=words.get(deposit.state, deposit.state),
            pill_tone="attention" if deposit.state == "held" else "plain",
        )

    def _approval(self, approval: ApprovalView) -> ListRow:
        states: dict[str, tuple[str, Tone]] = {
            "": (self.tr("waits"), "attention"),
            "approve": (self.tr("approved"), "ok"),
            "reject": (self.tr("rejected"), "late"),
        }
        state, tone = states.get(approval.decision, (approval.decision, "plain"))
        reasons = "; ".join(shown.words(reason) for reason in approval.reasons)
        by = approval.decided_by or self.tr("asked by {name}").format(name=approval.requested_by)
        return ListRow(
            shown.words(approval.node_title) or self.tr("Approval"),
            " · ".join(part for part in (reasons, by, approval.decision_note) if part),
            icon="stamp",
            tone=tone if tone in ("ok", "late", "attention") else "secondary",
            pill=state,
            pill_tone=tone,
            act=self.to_do.emit if not approval.decision else None,
            act_name=self.tr("Decide it in the to-do list") if not approval.decision else "",
        )

    def _task(self, task: TaskView) -> ListRow:
        due = shown.day_short(task.due_on) if task.due_on else ""
        return ListRow(
            shown.words(task.title),
            trade_words.role(task.role) if task.role else "",
            icon="list-checks",
            pill=due,
            pill_tone="late" if task.overdue else "plain",
            act=self.to_do.emit,
            act_name=self.tr("Do it in the to-do list"),
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Money"))
        self._rest_title.setText(self.tr("Approvals and tasks"))
        self._show()
