"""A clerk's hands at the counter: key presses, scans, and what is done in a dialog that opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from visits import Counter

from counter_app.ui.main_window import MainWindow
from counter_app.ui.scanner import Scanner
from counter_app.ui.screens.counter.counter_screen import CounterScreen
from counter_app.ui.session import Session

#: Between two keys of a person, and of a scanner, milliseconds of the scanner's own clock.
PERSON_MS, SCANNER_MS = 220, 8
_NONE = Qt.KeyboardModifier.NoModifier


class Time:
    """The clock that scans are told from typing by; turned by the hands."""

    def __init__(self) -> None:
        self.at = 100_000

    def __call__(self) -> int:
        return self.at


class Answering(QObject):
    """Waits for the next modal dialog of a kind, does something in it, and sees to it that it is gone."""

    def __init__(self, kind: type[QWidget], act: Callable, patience_ms: int = 20_000) -> None:
        super().__init__()
        self._kind, self._act, self._left = kind, act, patience_ms // 10
        self.done = False
        self.error: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        open_now = QApplication.activeModalWidget()
        self._left -= 1
        if (open_now is None or not open_now.isActiveWindow()) and self._left > 0:
            return
        self._timer.stop()
        if not isinstance(open_now, self._kind):
            self.error = AssertionError(f"expected {self._kind.__name__}, found {type(open_now).__name__}")
            if open_now is not None:
                open_now.close()
            return
        try:
            self._act(open_now)
            self.done = True
        except Exception as error:  # noqa: BLE001 - handed on to the test once the dialog is gone
            self.error = error
        if open_now.isVisible():
            self.error = self.error or AssertionError(f"still open: {_told(open_now)}")
            open_now.reject()

    def check(self) -> None:
        """Raise what went wrong in the dialog."""
        self._timer.stop()
        if self.error is not None:
            raise self.error
        assert self.done, f"no {self._kind.__name__} was opened"


@dataclass
class Hands:
    """Everything is done by key; `presses` counts what a person pressed (a scan is no press)."""

    qtbot: object
    counter: Counter
    session: Session
    window: MainWindow
    scanner: Scanner
    time: Time
    presses: int = 0
    log: list[str] = field(default_factory=list)

    @property
    def screen(self) -> CounterScreen:
        screen = self.window.current()
        assert isinstance(screen, CounterScreen)
        return screen

    @property
    def view(self):
        view = self.screen.view
        assert view is not None
        return view

    @property
    def walk(self):
        walk = self.screen.walk()
        assert walk is not None
        return walk

    @property
    def at(self) -> str:
        """Where the walk in hand stands."""
        return self.walk.path[-1]

    @property
    def told(self) -> str:
        """What the bar above the columns says."""
        return self.screen.banner.message()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE, text: str | None = None) -> None:
        """One key press of a person, meant for whatever has focus."""
        self.time.at += PERSON_MS
        self.presses += 1
        self.log.append(text or Qt.Key(key).name.removeprefix("Key_"))
        self._send(key, text, modifier)
        QApplication.processEvents()

    def digit(self, *digits: int) -> None:
        """Answer by digits, waiting each time until the answer is taken."""
        for digit in digits:
            pending = self.screen.answering.pending
            with self.qtbot.waitSignal(pending.timeout):
                self.press(Qt.Key(Qt.Key.Key_0 + digit), text=str(digit))
            QApplication.processEvents()

    def answer(self, *codes: str) -> None:
        """Answer by code: the digit is looked up on the cards."""
        for code in codes:
            answers = self.screen.question_panel._answers.answers()
            at = [answer.key for answer in answers].index(code)
            self.digit(at + 1)

    def type(self, text: str) -> None:
        """Type as a person does."""
        for character in text:
            self.time.at += PERSON_MS
            self.presses += 1
            self._send(_key_of(character), character, _NONE)
        self.log.append(f"“{text}”")
        QApplication.processEvents()

    def scan(self, code: str) -> None:
        """What a hand scanner does: the code in one go, then Enter."""
        self.time.at += 1000
        for character in code:
            self.time.at += SCANNER_MS
            self._send(_key_of(character), character, _NONE)
        self.time.at += SCANNER_MS
        self._send(Qt.Key.Key_Return, "\r", _NONE)
        self.log.append(f"[scan {code}]")
        QApplication.processEvents()

    def f(self, number: int) -> None:
        """A function key."""
        self.press(Qt.Key(Qt.Key.Key_F1 + number - 1))

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return, text="\r")

    def in_dialog(self, kind: type[QWidget], act: Callable, do: Callable[[], object]) -> None:
        """Do something that opens a dialog of a kind, and act in it."""
        answering = Answering(kind, act)
        do()
        answering.check()
        QApplication.processEvents()

    def sign_on_paper_and_post(self) -> None:
        """From the work page: form, signed on paper, posted."""
        self.f(9)
        go = self.screen.proposal_panel._go
        assert self.screen._stack.currentWidget() is self.screen.confirm_page, (
            self.told,
            go.text(),
            go.toolTip(),
        )
        self.f(10)
        self.f(9)
        assert self.screen._stack.currentWidget() is self.screen.done_page, (
            self.screen.confirm_page.banner.message()
        )

    def _send(self, key: Qt.Key, text: str | None, modifier: Qt.KeyboardModifier) -> None:
        popup = QApplication.activePopupWidget()
        modal = QApplication.activeModalWidget()
        if modal is None and popup is None and not self.window.isActiveWindow():
            # A real desktop gives the window its focus back after a dialog.
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        target = QApplication.focusWidget() or popup or modal or self.window
        if text is None:
            QTest.keyClick(target, key, modifier)
        else:
            QTest.sendKeyEvent(QTest.KeyAction.Click, target, key, text, modifier)


def _key_of(character: str) -> Qt.Key:
    if character.isascii() and character.isalnum():
        return Qt.Key(ord(character.upper()))
    return Qt.Key(ord(character)) if character.isascii() else Qt.Key.Key_unknown


def _told(dialog: QWidget) -> str:
    banner = getattr(dialog, "banner", None)
    return f"{type(dialog).__name__}: {banner.message() if banner is not None else ''}"
