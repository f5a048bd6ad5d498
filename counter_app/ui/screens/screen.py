"""What every screen is to the main window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from counter_app.ui.session import Session
from counter_app.ui.widgets.banner import Banner


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the F1 help: the key as printed on its button and what it does here."""

    key: str
    does: str


class Screen(QWidget):
    """Base of all screens. Override what the screen can do; what it cannot stays as it is here.

    The main window routes keys to the current screen: F1 `keys`, F3 `search`, F4 `print_again`, F9 `post`,
    Esc `step_back`, Backspace outside text fields `backspace`, plain keys `take_key`/`take_back_key`,
    scans `take_scan`. F2 goes to `new_case` of the counter.

    Signals:
        wants(str, object): ask the main window to show the screen with this key and hand it the argument
            through `show_subject`.
        attention(int): the number for the rail's badge.
    """

    wants = Signal(str, object)
    attention = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.banner = Banner(self)
        session.changed.connect(self.refresh)
        session.desk_changed.connect(self.desk_changed)

    def arrive(self) -> None:
        """The screen comes to the front: put focus where work begins."""

    def refresh(self, changed: frozenset[str]) -> None:
        """A service wrote these aggregates; reload what shows them."""

    def desk_changed(self) -> None:
        """Another member of staff is at the desk."""

    def show_subject(self, subject: object) -> None:
        """Open one thing of this screen's kind, asked for by another screen."""

    def keys(self) -> list[KeyLine]:
        """Keys of this screen for the F1 help, translated."""
        return []

    def take_scan(self, code: str) -> bool:
        """A scanned code; true when this screen deals with it, otherwise the counter does."""
        return False

    def wants_key(self, character: str) -> bool:
        """Whether a plain key outside text fields means something here now (digits: an answer)."""
        return False

    def take_key(self, character: str) -> None:
        """Apply a plain key at once; it may be taken back."""

    def take_back_key(self) -> None:
        """The last `take_key` was the first character of a scan: undo what it did."""

    def backspace(self) -> None:
        """Backspace outside text fields: one step back in the questions."""

    def new_case(self) -> None:
        """F2."""

    def search(self) -> None:
        """F3: focus on the search field."""

    def print_again(self) -> None:
        """F4."""

    def post(self) -> None:
        """F9: the one thing to do next."""

    def step_back(self) -> None:
        """Esc."""

    def may_leave(self) -> bool:
        """False keeps the user here, after the screen said why."""
        return True

    def end(self) -> None:
        """The window closes: what still runs for this screen is stopped and waited for."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        """Set every sentence anew; called at every change of language."""


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One entry of the rail.

    Attributes:
        key: stable name, e.g. "counter".
        title: gives the translated word for the rail.
        icon: file name in `resources/icons`, without `.svg`.
        factory: builds the screen, when it is first shown.
        at_foot: stands at the rail's foot (settings, Ctrl+0).
        right: the staff right without which the entry is not shown, if any.
    """

    key: str
    title: Callable[[], str]
    icon: str
    factory: Callable[[Session], Screen]
    at_foot: bool = False
    right: str | None = None


def made_by(module: str, name: str) -> Callable[[Session], Any]:
    """A factory of a screen or of one of its pages that imports its module (beneath `screens`) when it is first called:
    what nobody looks at costs nothing."""

    def build(session: Session) -> Any:
        return getattr(import_module(f"counter_app.ui.screens.{module}"), name)(session)

    return build
