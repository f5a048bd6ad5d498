"""A few exclusive choices side by side: saved filters, the pages of a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton

_LEAST = 76


class ChoiceBar(QWidget):
    """Buttons of which one is on; each carries and obeys its key.

    Args:
        choices: (key of the choice, icon or "", key on the keyboard or "").
        columns: how many stand beside each other.

    Signals:
        chosen(str): key of the choice, when a user changed it.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str, str]], columns: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._buttons: dict[str, ActionButton] = {}
        self._counts: dict[str, int] = {}
        self._words: Mapping[str, str] = {}
        group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Size.GAP_XS + 2)
        across = columns or len(choices)
        for at, (name, icon, key) in enumerate(choices):
            button = ActionButton("", icon, key=key, bind=bool(key))
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            # A longer language shortens the word before it widens the screen.
            button.setMinimumWidth(_LEAST)
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            group.addButton(button)
            self._buttons[name] = button
            grid.addWidget(button, at // across, at % across)
        next(iter(self._buttons.values())).setChecked(True)

    def say(self, words: Mapping[str, str]) -> None:
        """Set or translate the word of each choice."""
        self._words = words
        for name, button in self._buttons.items():
            count = self._counts.get(name, 0)
            button.setText(f"{words[name]} {count}" if count else words[name])

    def show_count(self, name: str, count: int) -> None:
        """How many wait behind one choice; 0 shows nothing."""
        self._counts[name] = count
        if self._words:
            self.say(self._words)

    def current(self) -> str:
        """Key of the choice that is on."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Switch to a choice as a user would."""
        self._buttons[name].click()

    def button(self, name: str) -> ActionButton:
        """The button of one choice."""
        return self._buttons[name]
