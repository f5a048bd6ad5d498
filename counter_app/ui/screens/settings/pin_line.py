"""The line into which a PIN is typed on a settings page."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.ui.widgets.pin_pad import MOST_DIGITS


def pin_line(parent: QWidget) -> QLineEdit:
    """A line that takes the digits of a PIN and shows none of them."""
    line = QLineEdit(parent)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    line.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{MOST_DIGITS}}}"), line))
    return line
