"""The amount in question, large, with capitals and the full working beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.words import Divider, Words


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """One line of the working: a label and a figure already formatted; `tone` colours the figure."""

    label: str
    value: str
    tone: Literal["body", "strong", "ok", "attention", "late", "secondary"] = "body"


class MoneyLabel(QWidget):
    """`show_amount(3000, "人民币叁拾元整", [WorkingRow(…)])`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Words("¥", "amount_sign")
        self._amount = Words("", "amount")
        self._capitals = Words("", "note", wrap=True)
        self._line = Divider()
        self._pairs: list[tuple[Words, Words]] = []
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(Size.GAP_M)
        self._rows.setVerticalSpacing(Size.GAP_S)
        self._rows.setColumnStretch(0, 1)
        figure = QHBoxLayout()
        figure.setSpacing(3)
        figure.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        figure.addWidget(self._amount, 0, Qt.AlignmentFlag.AlignVCenter)
        figure.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addLayout(figure)
        column.addWidget(self._capitals)
        column.addWidget(self._line)
        column.addLayout(self._rows)
        self.show_nothing()

    def show_amount(self, fen: int, capitals: str = "", working: Sequence[WorkingRow] = ()) -> None:
        """Show an amount in 分 with its words and its working."""
        text = shown.money(fen)
        self._sign.setText("−¥" if fen < 0 else "¥")
        self._sign.show()
        self._amount.setText(shown.money(abs(fen), sign=False))
        self._capitals.setText(capitals)
        self._capitals.setVisible(bool(capitals))
        self.setAccessibleName(f"{text} {capitals}".strip())
        self.show_working(working)

    def show_nothing(self, text: str = "—") -> None:
        """Show that there is no amount yet, or none in this remedy."""
        self._sign.hide()
        self._amount.setText(text)
        self._capitals.hide()
        self.setAccessibleName(text)
        self.show_working(())

    def show_working(self, working: Sequence[WorkingRow]) -> None:
        """Replace the rows of the working."""
        while len(self._pairs) < len(working):
            label, value = Words("", "note", wrap=True), Words("", "body")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(label, len(self._pairs), 0)
            self._rows.addWidget(value, len(self._pairs), 1)
            self._pairs.append((label, value))
        for (label, value), row in zip(self._pairs, working, strict=False):
            label.setText(row.label)
            value.set_look(row.tone)
            value.setText(row.value)
        for at, pair in enumerate(self._pairs):
            for part in pair:
                part.setVisible(at < len(working))
        self._line.setVisible(bool(working))
