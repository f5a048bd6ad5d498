"""Words ready to be read aloud to the customer, or copied into a message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.walk_views import Script
from counter_app.ui import format as shown
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import IconButton
from counter_app.ui.widgets.row_pool import RowPool
from counter_app.ui.widgets.words import Divider, Words

_LATEST = 2


class _ScriptRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._said, self._code = Words("", "body", wrap=True), Words("", "small")
        self._copy = IconButton("copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_S)
        row.addWidget(Icon("book-open", "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._said, 1)
        row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    def show_script(self, script: Script) -> None:
        self._text = shown.words(script.text)
        self._said.setText(f"“{self._text}”")
        self._code.setText(script.code)
        self._copy.set_name(self.tr("Copy this text"))


class ReadAloud(QVBoxLayout):
    """The scripts of the step in hand, with a line beneath them."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(Size.GAP_M)
        column = QVBoxLayout()
        column.setSpacing(Size.GAP_S)
        self.addLayout(column)
        self._line = Divider()
        self.addWidget(self._line)
        self.rows = RowPool(column, _ScriptRow)

    def show_scripts(self, scripts: Sequence[Script]) -> None:
        """Show the last of these scripts."""
        self.rows.show(scripts[-_LATEST:], _ScriptRow.show_script)
        self._line.setVisible(bool(scripts))
