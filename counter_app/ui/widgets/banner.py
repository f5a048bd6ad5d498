"""The message bar: what happened and what to do, without stopping anybody."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui import texts, theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.words import Words

Tone = Literal["info", "ok", "attention", "late"]

_ICONS = {"info": "info", "ok": "circle-check", "attention": "triangle-alert", "late": "octagon-alert"}
_TOKENS = {"info": "accent", "ok": "ok", "attention": "attention", "late": "late"}


class Banner(QFrame):
    """Hidden until there is something to say; one message at a time. One that is not `closable` stays until `dismiss`.

    Signals:
        dismissed(): the user closed it.
        action(): the user pressed the action that `say` offered.
    """

    dismissed = Signal()
    action = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self._error: CounterError | None = None
        self._icon = Icon("info", "accent", 20)
        self._what = Words("", "strong", wrap=True)
        self._do = Words("", "body", wrap=True)
        self._action = ActionButton()
        self._close = IconButton("x")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_S, Size.GAP_S)
        row.setSpacing(Size.GAP_M)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._close.setVisible(closable)
        self._close.clicked.connect(self.dismiss)
        self._action.clicked.connect(self.action)
        self._retranslate()
        self.hide()

    def say(self, what: str, do: str = "", tone: Tone = "info", *, action: str = "") -> None:
        """Show a message: what happened, what to do, and perhaps one action to press."""
        self._error = None
        self._show(what, do, tone, action)

    def show_error(self, error: CounterError) -> None:
        """Show an error in the user's language; it is worded anew when the language changes."""
        self._error = error
        self._show(texts.sentence(error), "", "late" if texts.tone(error) == "late" else "attention", "")

    def dismiss(self) -> None:
        """Hide the message."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def message(self) -> str:
        """What is said now, or an empty text."""
        if self.isHidden():
            return ""
        return " ".join(part for part in (self._what.text(), self._do.text()) if part)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._error is not None and not self.isHidden():
                self._what.setText(texts.sentence(self._error))
        super().changeEvent(event)

    def _show(self, what: str, do: str, tone: Tone, action: str) -> None:
        theme.set_look(self, f"banner_{tone}")
        self._icon.show_icon(_ICONS[tone], _TOKENS[tone])
        self._what.setText(what)
        self._do.setText(do)
        self._do.setVisible(bool(do))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{what} {do}".strip())
        self.show()
        # Not for the first picture: its lists of names are long, and Python makes a class of each.
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _retranslate(self) -> None:
        self._close.set_name(self.tr("Close this message"))
