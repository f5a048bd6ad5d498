"""An empty list says what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.words import Words


class EmptyState(QWidget):
    """Icon, one sentence, one hint, and perhaps the action itself.

    Signals:
        action(): the offered action was pressed.
    """

    action = Signal()

    def __init__(self, icon: str = "inbox", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Words("", "lead_strong", wrap=True)
        self._hint = Words("", "secondary", wrap=True)
        self._button = ActionButton()
        self._button.clicked.connect(self.action)
        self._button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L, Size.GAP_L, Size.GAP_L, Size.GAP_L)
        column.setSpacing(Size.GAP_S)
        column.addStretch(1)
        column.addWidget(Icon(icon, "secondary", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._title, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, title: str, hint: str = "", action: str = "") -> None:
        """Set or translate the sentences."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(action)
        self._button.setVisible(bool(action))
