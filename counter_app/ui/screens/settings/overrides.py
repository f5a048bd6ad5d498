"""Settings page: everything that went another way than the rules alone, by day and by person, with its case."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QHBoxLayout

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import APPROVE
from counter_app.services import overrides, staff
from counter_app.services.override_rows import KINDS
from counter_app.services.overrides import Override
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words

_SPANS = {"day": 0, "week": 6, "month": 30, "quarter": 89}
"""Days before today that each choice goes back."""


class OverridesPage(SettingsPage):
    """The list, narrowed by span, person and kind; Enter opens the case behind a row."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._all: tuple[Override, ...] = ()
        self._words: dict[str, str] = {}
        self.spans = ChoiceBar([(name, "", "") for name in _SPANS])
        self.spans.choose("month")
        self.spans.chosen.connect(lambda _name: self.load())
        self.who, self.kind = QComboBox(), QComboBox()
        self.kind.addItem("", "")
        for name in KINDS:
            self.kind.addItem("", name)
        self.who.addItem("", "")
        for box in (self.who, self.kind):
            box.currentIndexChanged.connect(lambda _at: self._show())
        self.table = Table(
            [
                Column(lambda: self.tr("Day"), lambda row: shown.day_short(row.day), width=84),
                Column(lambda: self.tr("What"), lambda row: self._words[row.kind], width=150),
                Column(lambda: self.tr("Number"), lambda row: row.number, width=176),
                Column(lambda: self.tr("Who"), lambda row: row.who, width=96),
                Column(lambda: self.tr("Amount"), _amount, right=True, width=104),
                Column(lambda: self.tr("Why"), self._why, tone=lambda _row: "secondary"),
            ]
        )
        self.table.opened.connect(lambda _row: self._open_case())
        self.table.current_row.connect(lambda _row: self._show_chosen())
        self._sums = Words("", "note", wrap=True)
        self._told = Words("", "secondary", wrap=True)
        self._open = ActionButton("", "folder-open", kind="primary")
        self._open.clicked.connect(self._open_case)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        row.addWidget(self.spans, 3)
        row.addWidget(self.who, 2)
        row.addWidget(self.kind, 2)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP_M)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._open)
        self.body.addLayout(row)
        self.body.addWidget(self._sums)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(foot)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        if not staff.may(desk, APPROVE):
            self._all = ()
            self._show()
            self.banner.say(self.tr("Only who may approve reads this list."), tone="attention")
            return
        first = desk.today() - timedelta(days=_SPANS[self.spans.current()])
        try:
            self._all = overrides.listed(desk, first, desk.today())
        except CounterError as error:
            self.refuse(error)
            return
        self.banner.dismiss()
        self._name_people()
        self._show()

    def rows(self) -> list[Override]:
        """What is listed now."""
        who, kind = str(self.who.currentData() or ""), str(self.kind.currentData() or "")
        return [row for row in self._all if (not who or row.who == who) and (not kind or row.kind == kind)]

    def _name_people(self) -> None:
        held = self.who.currentData()
        self.who.blockSignals(True)
        while self.who.count() > 1:
            self.who.removeItem(1)
        for name in sorted({row.who for row in self._all if row.who}):
            self.who.addItem(name, name)
        self.who.setCurrentIndex(max(0, self.who.findData(held)))
        self.who.blockSignals(False)

    def _show(self) -> None:
        found = self.rows()
        self.table.rows.show_rows(found)
        self.table.choose(0)
        told = [
            self.tr("{name} {count}").format(name=one.who or self.tr("the program"), count=one.times)
            for one in overrides.by_clerk(found)
        ]
        count = self.tr("%n override(s)", "", len(found))
        self._sums.setText(" · ".join([count, *told]) if found else self.tr("Nothing went another way."))
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.table.chosen()
        at = row if isinstance(row, Override) else None
        self._open.allow(at is not None and at.case_id is not None, self.tr("No case stands behind this."))
        self._told.setText("\n".join(shown.words(reason) for reason in at.reasons) if at is not None else "")

    def _open_case(self) -> None:
        row = self.table.chosen()
        if isinstance(row, Override) and row.case_id is not None:
            self.wants.emit("cases", row.case_id)

    def _why(self, row: Override) -> str:
        reasons = "; ".join(shown.words(reason) for reason in row.reasons)
        return " · ".join(part for part in (shown.one_line(row.why), reasons) if part)

    def _retranslate(self) -> None:
        self._words = {
            "no_receipt": self.tr("No receipt"),
            "no_signature": self.tr("No signature"),
            "paper_missing": self.tr("Signed sheet not scanned"),
            "other_route": self.tr("Refunded another way"),
            "self_approved": self.tr("Approved by oneself"),
            "by_code": self.tr("Approved by phone"),
            "despite_signal": self.tr("Approved despite signals"),
            "overruled": self.tr("Test overruled"),
            "evidence_waived": self.tr("Evidence waived"),
            "reversal": self.tr("Reversal"),
            "proof_corrected": self.tr("Proof corrected"),
            "pin_reset": self.tr("PIN set for somebody else"),
            "rights_changed": self.tr("Role or limit changed"),
            "deposit_kept": self.tr("Deposit kept"),
            "drawer_apart": self.tr("Drawer over or short"),
            "restored": self.tr("Backup restored"),
            "reprint": self.tr("Printed again"),
            "void": self.tr("Number void"),
        }
        self.say(
            self.tr("Overrides"),
            self.tr(
                "Whatever went another way than the rules alone, who answered for it, and the case behind it."
            ),
        )
        self.spans.say(
            {
                "day": self.tr("Today"),
                "week": self.tr("7 days"),
                "month": self.tr("31 days"),
                "quarter": self.tr("90 days"),
            }
        )
        self.who.setItemText(0, self.tr("Everybody"))
        self.who.setAccessibleName(self.tr("Who"))
        self.kind.setItemText(0, self.tr("Every kind"))
        self.kind.setAccessibleName(self.tr("What"))
        for at in range(1, self.kind.count()):
            self.kind.setItemText(at, self._words[str(self.kind.itemData(at))])
        self._open.setText(self.tr("Open the case"))
        self.table.setAccessibleName(self.tr("Overrides"))
        self._show()


def _amount(row: Override) -> str:
    return shown.money(abs(row.amount_fen)) if row.amount_fen else ""
