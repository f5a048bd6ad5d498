"""Scan anywhere: a scanner is a fast keyboard ending in Enter, and a burst goes to lookup wherever focus is.

A person's typing is never stolen. Inside a text field every key reaches the field at once; only when the
burst is complete is the field put back as it was before it. Outside text fields a digit answers at once, and
the answer is taken back when a second key follows within `GAP_MS`, because scans begin with digits.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

#: Keys closer together than this are a machine's. Hand scanners send one every 1–30 ms.
GAP_MS = 50
#: A shorter burst is two fingers rolling over the keys.
LEAST_KEYS = 4
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Verdict(Enum):
    """What one key turned out to be."""

    FIRST = auto()  #: alone so far: apply it
    CONTINUES = auto()  #: one more key of a burst: hold it
    SCAN = auto()  #: the Enter that ends a burst
    PLAIN = auto()  #: an Enter that ends nothing


@dataclass(slots=True)
class Burst:
    """Keys that came close together. Pure: the caller brings the clock (milliseconds, any origin)."""

    text: str = ""
    last_at: int = field(default=-1_000_000)

    def key(self, character: str, at: int) -> Verdict:
        """Take one printable character."""
        follows = bool(self.text) and at - self.last_at <= GAP_MS
        self.text = self.text + character if follows else character
        self.last_at = at
        return Verdict.CONTINUES if follows else Verdict.FIRST

    def enter(self, at: int) -> Verdict:
        """Take Enter; after SCAN the code is in `text` until `clear`."""
        return Verdict.SCAN if at - self.last_at <= GAP_MS and len(self.text) >= LEAST_KEYS else Verdict.PLAIN

    def clear(self) -> None:
        """Forget the keys."""
        self.text, self.last_at = "", -1_000_000


@dataclass(frozen=True, slots=True)
class _Before:
    """A text field as it was before a burst began."""

    widget: QWidget
    text: str
    cursor: int
    start: int
    length: int

    @classmethod
    def of(cls, focus: QWidget | None) -> _Before | None:
        widget = focus
        if isinstance(focus, (QAbstractSpinBox, QComboBox)):
            widget = focus.findChild(QLineEdit)
        if isinstance(widget, QLineEdit):
            return cls(
                widget,
                widget.text(),
                widget.cursorPosition(),
                widget.selectionStart(),
                widget.selectionLength(),
            )
        if isinstance(widget, (QTextEdit, QPlainTextEdit)):
            cursor = widget.textCursor()
            chosen = cursor.selectedText().replace("\u2029", "\n")
            return cls(widget, chosen, cursor.position(), cursor.selectionStart(), len(chosen))
        return None

    def put_back(self, keys: int) -> None:
        """Undo `keys` typed characters, selection included."""
        if isinstance(self.widget, QLineEdit):
            if self.widget.text() != self.text:
                self.widget.setText(self.text)
            if self.start >= 0:
                self.widget.setSelection(self.start, self.length)
            else:
                self.widget.setCursorPosition(self.cursor)
        elif isinstance(self.widget, (QTextEdit, QPlainTextEdit)):
            cursor = self.widget.textCursor()
            cursor.setPosition(self.start)
            cursor.setPosition(
                min(self.start + keys, self.widget.document().characterCount() - 1),
                cursor.MoveMode.KeepAnchor,
            )
            cursor.insertText(self.text)
            self.widget.setTextCursor(cursor)


def is_text_field(widget: QWidget | None) -> bool:
    """Whether typed characters belong to this widget."""
    if isinstance(widget, (QLineEdit, QTextEdit, QPlainTextEdit)):
        return widget.isEnabled() and not widget.isReadOnly()
    if isinstance(widget, QAbstractSpinBox):
        return widget.isEnabled() and not widget.isReadOnly()
    return isinstance(widget, QComboBox) and widget.isEditable()


def wipes_itself(widget: QWidget | None) -> bool:
    """Whether Backspace takes something away inside this widget: typed text, a digit of a PIN, a stroke."""
    return is_text_field(widget) or bool(getattr(widget, "takes_backspace", False))


def monotonic_ms() -> int:
    """Milliseconds of a clock that never jumps."""
    return time.monotonic_ns() // 1_000_000


class Scanner(QObject):
    """Event filter on the application that tells scans from typing; the only one, since each is called for everything
    that happens to every widget.

    Signals:
        scanned(str): a whole code arrived; nothing of it stays in any field.
        key_typed(str): one printable key outside text fields, to be applied at once.
        taken_back(): the key just announced was the beginning of a burst; undo what it did.
        backspace(): Backspace outside text fields.
        touched(): somebody pressed a key, moved the mouse, turned its wheel or touched the screen.

    Args:
        clock: milliseconds for events that carry no time of their own.
        takes_keys: tells whether somebody wants plain keys now; otherwise they go on to the widget.
    """

    scanned = Signal(str)
    key_typed = Signal(str)
    taken_back = Signal()
    backspace = Signal()
    touched = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        clock: Callable[[], int] = monotonic_ms,
        takes_keys: Callable[[str], bool] = lambda character: True,
    ) -> None:
        super().__init__(parent)
        self._clock, self._takes_keys = clock, takes_keys
        self._burst = Burst()
        self._before: _Before | None = None
        self._in_field = False
        self._applied = False
        self._held = ""
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(GAP_MS + 10)
        self._silence.timeout.connect(self.settle)

    def watch(self, app: QApplication) -> None:
        """Begin; input methods are switched off whenever focus leaves the text fields."""
        app.installEventFilter(self)
        app.focusChanged.connect(self._focus_changed)

    def leave(self, app: QApplication) -> None:
        """The window goes: keys and focus are nobody's business any more."""
        app.removeEventFilter(self)
        app.focusChanged.disconnect(self._focus_changed)
        self._silence.stop()

    def settle(self) -> None:
        """A pause: keys held outside a field were typed by a person after all, or by a scanner without Enter."""
        self._silence.stop()
        held, self._held = self._held, ""
        code = self._burst.text
        self._burst.clear()
        if not held:
            return
        if len(code) >= LEAST_KEYS:
            self.scanned.emit(code)
            return
        for character in code if self._applied else held:
            self.key_typed.emit(character)

    def take(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Judge one key press meant for `focus`; true when it must not go on."""
        if event.isAutoRepeat():
            self._burst.clear()
            return False
        at = int(event.timestamp()) or self._clock()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter(at)
        character = event.text()
        strange = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if strange or len(character) != 1 or not character.isprintable():
            return self._other(event, focus)
        return self._character(character, at, focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Called for everything that happens to every widget: of a thousand events one comes from a hand, and to ask
        # for its type costs more than to look at its class.
        if not isinstance(event, QInputEvent):
            return False
        if event.type() in _TOUCHES:
            self.touched.emit()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        popup = QApplication.activePopupWidget()
        focus = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
        # A key press climbs from child to parent; only its first stop is judged.
        first = focus or QApplication.activeWindow()
        return first is not None and watched is first and self.take(event, focus)

    def _character(self, character: str, at: int, focus: QWidget | None) -> bool:
        verdict = self._burst.key(character, at)
        if verdict is Verdict.FIRST:
            self._in_field = is_text_field(focus)
            self._before = _Before.of(focus) if self._in_field else None
            self._applied, self._held = False, ""
            if self._in_field or not self._takes_keys(character):
                return False
            self._applied = True
            self.key_typed.emit(character)
            return True
        if self._in_field:
            return False
        if self._applied and not self._held:
            self.taken_back.emit()
        self._held += character
        self._silence.start()
        return True

    def _enter(self, at: int) -> bool:
        verdict = self._burst.enter(at)
        code = self._burst.text
        if verdict is Verdict.PLAIN:
            self.settle()
            return False
        self._silence.stop()
        self._held = ""
        self._burst.clear()
        if self._before is not None:
            self._before.put_back(len(code))
            self._before = None
        self.scanned.emit(code)
        return True

    def _other(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
            return False  # a scanner sends Shift around capitals
        self.settle()
        if event.key() == Qt.Key.Key_Backspace and not wipes_itself(focus):
            self.backspace.emit()
            return True
        return False

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not is_text_field(now) and now.focusProxy() is None:
            # Otherwise a Chinese input method opens its window and swallows the scan.
            now.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
