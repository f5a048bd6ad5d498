"""Search as you type: one field, asked a moment after the last key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import IconButton
from counter_app.ui.widgets.key_hint import KeyHint

#: Asked when no key came for this long: a fast typist causes one question, not ten.
SETTLED_MS = 120
_MOST = 100
_RECENT = 8


class _SearchEdit(QLineEdit):
    focused = Signal(bool)
    down = Signal()
    recent = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.recent.emit()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.down.emit()
            return
        super().keyPressEvent(event)


class SearchBox(QFrame):
    """A framed search field with its key, where it has one, and what was searched for lately.

    What was typed may be a name or a phone: it is remembered in this window alone, never written down, and forgotten
    when somebody else takes the desk (`forget`).

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
        self._recent: list[str] = []
        self._again = IconButton("history")
        self._again.clicked.connect(self.show_recent)
        self._again.hide()
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
        row.addWidget(self._again)
        if key:
            row.addWidget(KeyHint(key))
        self.setFixedHeight(46)
        self.setFocusProxy(self.input)
        self.input.textChanged.connect(self._changed)
        self.input.returnPressed.connect(self._entered)
        self.input.down.connect(self.down)
        self.input.focused.connect(lambda on: None if on else self.remember())
        self.input.recent.connect(self.show_recent)
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

    def recent(self) -> list[str]:
        """What was searched for lately, the last first."""
        return list(self._recent)

    def remember(self) -> None:
        """Keep what is typed among the recent searches."""
        typed = self.text()
        if typed:
            self._recent = [typed, *(one for one in self._recent if one != typed)][:_RECENT]
            self._again.show()

    def forget(self) -> None:
        """Whoever comes next is not told what was searched for."""
        self._recent.clear()
        self._again.hide()

    def show_recent(self) -> None:
        """Offer what was searched for lately (Alt+Down)."""
        if not self._recent:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for typed in self._recent:
            # An ampersand would underline the next letter.
            menu.addAction(typed.replace("&", "&&")).setData(typed)
        menu.triggered.connect(lambda action: self.search_again(str(action.data())))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def search_again(self, typed: str) -> None:
        """Search for something once more."""
        self.input.setText(typed)
        self.input.setFocus()
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._timer.start()

    def _entered(self) -> None:
        self.remember()
        self._ask()
        self.down.emit()

    def _ask(self) -> None:
        self._timer.stop()
        self.asked.emit(self.text())

    def _retranslate(self) -> None:
        self._empty.set_name(self.tr("Empty the search"))
        self._again.set_name(self.tr("Recent searches (Alt+Down)"))
