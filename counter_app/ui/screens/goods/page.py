"""What every page of the goods screen is: a table that says what to do when it is empty, and acts beneath."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import staff
from counter_app.services.paper_codes import PaperCheck
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.table import Table
from counter_app.ui.widgets.words import Words


class GoodsPage(QWidget):
    """One page: `load` reads what it shows, `_retranslate` words it, `post` is its F9.

    Signals:
        wants(str, object): another screen is wanted, with its subject.
    """

    wants = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.banner = Banner(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Size.GAP_M)
        self.column.addWidget(self.banner)

    def load(self) -> None:
        """Read what the page shows."""

    def arrive(self) -> None:
        """Put focus where work begins."""

    def search(self) -> None:
        """F3."""

    def post(self) -> None:
        """F9."""

    def print_again(self) -> None:
        """F4."""

    def keys(self) -> list[KeyLine]:
        """Keys of this page, translated."""
        return []

    def try_(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; the refusal stands above the page. Whether it was done."""
        try:
            act()
        except CounterError as error:
            self.banner.show_error(error)
            return False
        return True

    def request(self) -> str:
        """An id for one wish: the same until it succeeds."""
        return f"goods-{uuid4().hex}"

    def may(self, right: str) -> bool:
        """Whether whoever sits here has a right."""
        return staff.may(self.session.desk, right)

    def others(self) -> list[tuple[str, object]]:
        """Everybody else who works here, to be witness or to approve."""
        desk = self.session.desk
        mine = desk.staff.id if desk.staff else None
        return [(one.name, one.id) for one in staff.list_staff(desk) if one.id != mine]

    def show_paper(self, number: str, check: PaperCheck | None = None) -> None:
        """The printed paper of a number; `check`: what the code of the one in hand told."""
        try:
            dialog = PaperDialog(self.session, number, self, check=check)
        except CounterError as error:
            self.banner.show_error(error)
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        """Set every sentence anew."""


class ListCard(Card):
    """A table, what is said when it is empty, and one line beneath about the chosen row."""

    def __init__(self, table: Table, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, gap=Size.GAP_M)
        self.table, self.empty = table, EmptyState(icon)
        self.about = Words("", "note", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.about)

    def show_what_there_is(self) -> None:
        """The table, or the sentence that stands for an empty one; the first row is chosen."""
        there = self.table.rows.rowCount() > 0
        self._stack.setCurrentWidget(self.table if there else self.empty)
        self.about.setVisible(there)
        if there and self.table.chosen() is None:
            self.table.choose(0)


def acts_row(*buttons: ActionButton) -> QHBoxLayout:
    """Acts beneath a list, the first of them the usual one."""
    row = QHBoxLayout()
    row.setSpacing(Size.GAP_M)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
