"""A quiet surface that holds one subject."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.words import Words


def centred(card: QWidget) -> QHBoxLayout:
    """A row with the card in its middle. (An alignment would measure wrapped text at the whole row's width.)"""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    return row


class Card(QFrame):
    """A card with an optional small title; put content into `body`, things beside the title into `head`.

    Attributes:
        body: vertical layout of the content.
        head: horizontal layout of the title line.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None, *, gap: int = Size.GAP_S) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_M + 2)
        outer.setSpacing(gap)
        self._title = Words(title, "note")
        self.head = QHBoxLayout()
        self.head.setSpacing(Size.GAP_S)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(gap)
        outer.addLayout(self.head)
        outer.addLayout(self.body, 1)
        self._title.setVisible(bool(title))

    def set_title(self, title: str) -> None:
        """Set or translate the title."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)
