"""F1: the keys of this screen and of the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.key_hint import KeyHint
from counter_app.ui.widgets.words import Words


class HelpDialog(Dialog):
    """Lists keys in two groups."""

    def __init__(self, title: str, keys: Sequence[KeyLine], parent: QWidget | None = None) -> None:
        super().__init__(parent, width=860)
        self.say(title, "", self.tr("Close"))
        self.cancel.hide()
        self._sides = QHBoxLayout()
        self._sides.setSpacing(Size.GAP_L * 2)
        self.body.addLayout(self._sides)
        if keys:
            self._add(self.tr("On this screen"), keys)
        self._add(
            self.tr("Everywhere"),
            (
                KeyLine("F1", self.tr("This help")),
                KeyLine("F2", self.tr("New case at the counter")),
                KeyLine("F3", self.tr("Search")),
                KeyLine("F4", self.tr("Print again")),
                KeyLine("F9", self.tr("The one thing to do next")),
                KeyLine("Esc", self.tr("One step back")),
                KeyLine("Ctrl+1…9, Ctrl+0", self.tr("Go to a screen, to the settings")),
                KeyLine("Ctrl+L", self.tr("Lock")),
                KeyLine("▮▯▮▮▯", self.tr("Scan at any time: sale, product or slip opens by itself")),
            ),
        )

    def _add(self, heading: str, keys: Sequence[KeyLine]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 76)
        for at, line in enumerate(keys):
            grid.addWidget(KeyHint(line.key), at, 0)
            grid.addWidget(Words(line.does, wrap=True), at, 1)
        side = QVBoxLayout()
        side.setSpacing(Size.GAP_M)
        side.addWidget(Words(heading, "note"))
        side.addLayout(grid)
        side.addStretch(1)
        self._sides.addLayout(side, 1)
