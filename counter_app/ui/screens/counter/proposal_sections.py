"""The parts of the proposal under its amount: reasons, rights, goods, approvals, what will be printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.approval_views import ApprovalNeed
from counter_app.ui import format as shown
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.row_pool import RowPool
from counter_app.ui.widgets.words import Divider, Words

_LOOKS = {"approve": "ok", "reject": "late"}


class ToldSection(QVBoxLayout):
    """Lines under a heading; it takes no room while there are none."""

    def __init__(self, look: str = "body", *, headed: bool = True) -> None:
        super().__init__()
        self.setSpacing(Size.GAP_S)
        self._line, self._title = Divider(), Words("", "note", wrap=True)
        self._headed = headed
        self.addWidget(self._line)
        self.addWidget(self._title)
        column = QVBoxLayout()
        column.setSpacing(Size.GAP_S)
        self.addLayout(column)
        self._rows = RowPool(column, lambda: Words("", look, wrap=True))
        self.show_lines("", ())

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Show these lines, each once."""
        told = [line for line in dict.fromkeys(lines) if line]
        self._title.setText(title)
        for part in (self._line, self._title):
            part.setVisible(self._headed and bool(told))
        self._rows.show(told, Words.setText)


class SlipsSection(QVBoxLayout):
    """The slips that posting will print, in one line with a printer."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(Size.GAP_S)
        self._line, self._row, self._names = Divider(), QWidget(), Words("", "note", wrap=True)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_XS)
        row.addWidget(Icon("printer", "secondary", 16))
        row.addWidget(self._names, 1)
        self.addWidget(self._line)
        self.addWidget(self._row)

    def show_slips(self, names: Sequence[str]) -> None:
        """Show these names."""
        self._names.setText(" · ".join(names))
        for part in (self._line, self._row):
            part.setVisible(bool(names))


class _ApprovalRow(QWidget):
    """One approval: why it is needed, and who decides it when."""

    approve = Signal(object)
    park = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._need: ApprovalNeed | None = None
        self._why, self._decided = Words("", "attention", wrap=True), Words("", "ok")
        self._now, self._later = ActionButton("", "key-round"), ActionButton("", "clock", kind="quiet")
        self._now.clicked.connect(lambda: self.approve.emit(self._need))
        self._later.clicked.connect(lambda: self.park.emit(self._need))
        buttons = QHBoxLayout()
        buttons.setSpacing(Size.GAP_S)
        buttons.addWidget(self._now)
        buttons.addWidget(self._later)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self._why)
        column.addWidget(self._decided)
        column.addLayout(buttons)

    def show_need(self, need: ApprovalNeed) -> None:
        self._need = need
        look = _LOOKS.get(need.state, "attention")
        self._why.set_look(look)
        self._why.setText("\n".join(shown.words(reason) for reason in need.reasons))
        self._why.setVisible(bool(need.reasons))
        decided = need.state in _LOOKS
        self._decided.set_look(look)
        self._decided.setText(self.tr("approved") if need.state == "approve" else self.tr("rejected"))
        self._decided.setVisible(decided)
        self._now.setText(self.tr("By PIN"))
        self._later.setText(self.tr("Park it"))
        self._later.allow(need.approval_id is None, self.tr("It is among the approvals already"))
        for button in (self._now, self._later):
            button.setVisible(not decided)


class ApprovalsSection(QVBoxLayout):
    """Every approval the proposal stands on.

    Signals:
        approve(object): an `ApprovalNeed` to be decided at the counter by PIN.
        park(object): an `ApprovalNeed` to be decided later.
    """

    approve = Signal(object)
    park = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(Size.GAP_S)
        self._line, self._title = Divider(), Words("", "note", wrap=True)
        self.addWidget(self._line)
        self.addWidget(self._title)
        column = QVBoxLayout()
        column.setSpacing(Size.GAP_S)
        self.addLayout(column)
        self._rows = RowPool(column, self._made)
        self.show_needs(())

    def show_needs(self, needs: Sequence[ApprovalNeed]) -> None:
        """Show these."""
        self._title.setText(self.tr("Why approval is needed"))
        for part in (self._line, self._title):
            part.setVisible(bool(needs))
        self._rows.show(needs, _ApprovalRow.show_need)

    def _made(self) -> _ApprovalRow:
        row = _ApprovalRow()
        row.approve.connect(self.approve)
        row.park.connect(self.park)
        return row
