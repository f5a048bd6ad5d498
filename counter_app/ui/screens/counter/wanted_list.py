"""What a person must still choose or enter before posting: one button each, beside the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from counter_app.domain.proposal_views import Wanted
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.row_pool import RowPool


class _WantedButton(ActionButton):
    wanted: Wanted | None = None

    def show_wanted(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.setText(shown.words(wanted.label))


class WantedList(QVBoxLayout):
    """Buttons that open the form of what is wanted.

    Signals:
        want(object): a `Wanted` thing to be entered now.
    """

    want = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(Size.GAP_S)
        self._rows = RowPool(self, self._made)

    def show_wanted(self, wanted: Sequence[Wanted]) -> None:
        """Show a button for each."""
        self._rows.show(wanted, _WantedButton.show_wanted)

    def _made(self) -> _WantedButton:
        button = _WantedButton("", "pencil")
        button.clicked.connect(lambda: self.want.emit(button.wanted))
        return button
