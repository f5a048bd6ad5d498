"""Everything else that can be arranged in a visit: one list, chosen by digit, arrows or click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.dialog import Dialog


class MoreDialog(Dialog):
    """Asks which of several things to arrange; `chosen` is its key once `exec()` was accepted."""

    def __init__(
        self, entries: Sequence[tuple[str, str, str]], parent: QWidget | None = None, *, title: str = ""
    ) -> None:
        """`entries`: key, title and what it is for, translated; `title`: another question than the usual one."""
        super().__init__(parent, width=560)
        self._asked = title
        self.chosen = ""
        self._list = AnswerList()
        self._list.show_answers([Answer(key, title, hint) for key, title, hint in entries])
        self._list.chosen.connect(self._choose)
        self.body.addWidget(self._list)
        self.accept_button.hide()
        self._retranslate()
        self._list.focus_first()

    def wants_key(self, character: str) -> bool:
        """A digit chooses."""
        return self._list.has_digit(character)

    def take_key(self, character: str) -> None:
        """Choose by digit."""
        self._list.press_digit(character)

    def take_back_key(self) -> None:
        """A scan began with the digit; by then the choice is made, and the scan goes to the dialog it opened."""

    def backspace(self) -> None:
        """Back without a choice."""
        self.reject()

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.accept()

    def _retranslate(self) -> None:
        self.say(self._asked or self.tr("What else is arranged?"))
