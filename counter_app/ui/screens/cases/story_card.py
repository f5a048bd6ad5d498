"""What happened to a case, newest first, and where its goods went."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.case_views import CaseView, EventView, GoodsMoveView
from counter_app.services import case_words
from counter_app.services.desk import Desk
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.row_list import ListRow, RowList

_AT_A_GLANCE = 8
_ICONS = {
    "opened": "flag",
    "answered": "check",
    "overridden": "scale",
    "stepped_back": "undo-2",
    "note": "message-square",
    "told": "phone-call",
    "recording": "paperclip",
    "parcel_checked": "truck",
    "courier_claim": "truck",
    "correction": "pencil",
    "linked": "git-branch",
    "flagged": "flag",
    "called_back": "phone-call",
    "surveyed": "star",
    "inspected": "package-search",
    "photo_taken": "camera",
    "evidence": "camera",
    "evidence_waived": "camera-off",
    "parked": "hourglass",
    "resumed": "play",
    "approval_requested": "stamp",
    "approved": "badge-check",
    "rejected": "ban",
    "signed": "signature",
    "posted": "file-check",
    "reversed": "rotate-ccw",
    "paid": "banknote",
    "received": "hand-coins",
    "proof_corrected": "rotate-ccw",
    "printed": "printer",
    "withdrawn": "log-out",
    "closed": "archive",
}
_LOUD = frozenset({"overridden", "evidence_waived", "rejected", "reversed", "withdrawn"})


class StoryCard(CaseCard):
    """The timeline; the newest events stand first, the rest behind one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = False
        self._rows = RowList()
        self._more = ActionButton("", "chevron-down", kind="quiet")
        self._more.clicked.connect(self._show_whole)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._more)
        self.body.addStretch(1)
        self._retranslate()

    def show_case(self, desk: Desk, case: CaseView) -> None:
        """Show the story of a case."""
        if self.is_another(case):
            self._whole = False
        super().show_case(desk, case)

    def _show(self) -> None:
        case = self._case
        if case is None:
            return
        newest = list(reversed(case.events))
        told = newest if self._whole else newest[:_AT_A_GLANCE]
        self._rows.show_rows([self._row(event) for event in told])
        rest = len(newest) - len(told)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("%n earlier event(s)", "", rest))

    def _row(self, event: EventView) -> ListRow:
        return ListRow(
            shown.one_line(shown.words(event.title), 300),
            " · ".join(part for part in (shown.moment(event.at, self._zone), event.by) if part),
            icon=_ICONS.get(event.kind, "circle-dot"),
            tone="attention" if event.kind in _LOUD else "accent" if event.kind == "posted" else "secondary",
        )

    def _show_whole(self) -> None:
        self._whole = True
        self._show()

    def _retranslate(self) -> None:
        self.set_title(self.tr("What happened"))
        self._show()


class GoodsCard(CaseCard):
    """Rows of the stock ledger that concern the case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowList()
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        self._retranslate()

    def _show(self) -> None:
        if self._case is None:
            return
        rows = [self._row(move) for move in self._case.goods]
        self._rows.show_rows(rows, self.tr("No goods have moved yet."))

    def _row(self, move: GoodsMoveView) -> ListRow:
        way = f"{self._place(move.from_place)} → {self._place(move.to_place)}"
        notes = (way, move.serial, move.document, shown.moment(move.at, self._zone))
        return ListRow(
            move.name or move.document,
            " · ".join(note for note in notes if note),
            f"× {shown.quantity(move.quantity_milli)}",
            icon="package",
        )

    def _place(self, place: str) -> str:
        if place in ("OUT", ""):
            return self.tr("outside")
        return shown.words(case_words.code_words("dispositions", place))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Where the goods went"))
        self._show()


class EarlierCard(CaseCard):
    """Other cases of the same customer or the same goods, and those somebody tied to this one.

    Signals:
        opened(int): id of the case that was pressed.
        tie(): another case is to be tied to this one.
    """

    opened = Signal(int)
    tie = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowList()
        self._tie = ActionButton("", "git-branch", kind="quiet")
        self._tie.clicked.connect(self.tie)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._tie)
        self._retranslate()

    def _show(self) -> None:
        if self._case is None:
            return
        why = {
            "customer": self.tr("same customer"),
            "goods": self.tr("same goods"),
            "linked": self.tr("tied to this one"),
        }
        self._rows.show_rows(
            [
                ListRow(
                    earlier.number,
                    " · ".join((shown.day(earlier.business_date), *(why[one] for one in earlier.why))),
                    icon="history",
                    pill=shown.words(earlier.state_title),
                    act=partial(self.opened.emit, earlier.id),
                    act_name=self.tr("Open this case"),
                )
                for earlier in self._case.earlier
            ],
            self.tr("No other case of this customer or these goods."),
        )

    def _retranslate(self) -> None:
        self.set_title(self.tr("Earlier cases"))
        self._tie.setText(self.tr("Tie another case to this one"))
        self._show()
