"""Search as you type: one field, asked a moment after the last key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import IconButton
from counter_app.ui.widgets.key_hint import KeyHint

#: Asked when no key came for this long: a fast typist causes one question, not ten.
SETTLED_MS = 120
_MOST = 100


class _SearchEdit(QLineEdit):
    focused = Signal(bool)
    down = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.down.emit()
            return
        super().keyPressEvent(event)


class SearchBox(QFrame):
    """A framed search field with its key, where it has one.

    Signals:
        asked(str): the text settled, Enter was pressed, or the field was emptied.
        down(): arrow down or Enter: on to the list beneath.

    Attributes:
        input: the line edit itself.
    """

    asked = Signal(str)
    down = Signal()

    def __init__(self, icon: str = "search", parent: QWidget | None = None, *, key: str = "F3") -> None:
        super().__init__(parent)
        self.setProperty("look", "searchbox")
        self.input = _SearchEdit()
        self.input.setProperty("look", "bare")
        self.input.setMaxLength(_MOST)
        self._empty = IconButton("x")
        self._empty.clicked.connect(self.clear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_MS)
        self._timer.timeout.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_M, Size.GAP_XS, Size.GAP_S, Size.GAP_XS)
        row.setSpacing(Size.GAP_S)
        row.addWidget(Icon(icon, "accent", 20))
        row.addWidget(self.input, 1)
        row.addWidget(self._empty)
        if key:
            row.addWidget(KeyHint(key))
        self.setFixedHeight(46)
        self.setFocusProxy(self.input)
        self.input.textChanged.connect(self._changed)
        self.input.returnPressed.connect(self._entered)
        self.input.down.connect(self.down)
        self.input.focused.connect(lambda on: theme.set_look(self, "searchbox_focus" if on else "searchbox"))
        self._empty.hide()
        self._retranslate()

    def set_hint(self, text: str) -> None:
        """What may be typed here; also the accessible name."""
        self.input.setPlaceholderText(text)
        self.input.setAccessibleName(text)

    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.input.text().strip()

    def clear(self) -> None:
        """Empty the field and ask for everything."""
        self.input.clear()
        self._ask()
        self.input.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._timer.start()

    def _entered(self) -> None:
        self._ask()
        self.down.emit()

    def _ask(self) -> None:
        self._timer.stop()
        self.asked.emit(self.text())

    def _retranslate(self) -> None:
        self._empty.set_name(self.tr("Empty the search"))
