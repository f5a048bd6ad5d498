"""The tests that the chart computed on the way: what each said, why, and the button to overrule it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.walk_views import TestView
from counter_app.ui import format as shown
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import IconButton
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.row_pool import RowPool
from counter_app.ui.widgets.words import Words

_LATEST = 3


class _TestRow(QWidget):
    overrule = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._node = ""
        self._told = Words("", "note", wrap=True)
        self._overruled = Pill("", "attention", self)
        self._gavel = IconButton("gavel")
        self._gavel.clicked.connect(lambda: self.overrule.emit(self._node))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_S)
        row.addWidget(Icon("scale", "accent", 16))
        row.addWidget(self._told, 1)
        row.addWidget(self._overruled)
        row.addWidget(self._gavel)

    def show_test(self, test: TestView) -> None:
        self._node = test.node
        self._told.setText(
            f"{shown.words(test.title)}  {shown.words(test.because)} → {shown.words(test.answer_title)}"
        )
        self._overruled.show_state(self.tr("overruled") if test.overridden else "", "attention")
        self._gavel.set_name(self.tr("Overrule this test, with a reason"))


class ComputedTests(QVBoxLayout):
    """The latest tests on the path, one row each.

    Signals:
        overrule(str): node id of a test somebody wants to overrule.
    """

    overrule = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(Size.GAP_XS)
        self.rows = RowPool(self, self._made)

    def show_tests(self, tests: Sequence[TestView]) -> None:
        """Show the last of these tests."""
        self.rows.show(tests[-_LATEST:], _TestRow.show_test)

    def _made(self) -> _TestRow:
        row = _TestRow()
        row.overrule.connect(self.overrule)
        return row
