"""The window: a rail of screens, the bar above them, the lock over both. Navigation only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from counter_app.db.connection import year_of
from counter_app.domain.errors import CounterError
from counter_app.ui.rail import Rail
from counter_app.ui.screens.lock import LockScreen
from counter_app.ui.screens.screen import Screen, ScreenSpec
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.top_bar import Status, TopBar
from counter_app.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from counter_app.ui.scanner import Scanner

_STATUS_MS = 120
_OF_A_YEAR = ("cases", "reports")
"""Screens of an old year: the others begin work, some of it in processes of their own on the books."""
_KEYS = ("F1", "F2", "F3", "F4", "F9", "Esc", "Ctrl+L")


class MainWindow(QMainWindow):
    """Builds a screen when it is first shown.

    Args:
        session: the desk and what changed.
        specs: the screens in the rail's order; the first takes scans that no other screen wants.
        status: asks the services what the bar tells; called when something changed.

    Signals:
        lock_wanted(): Ctrl+L or the bar's lock.
        switch_wanted(): somebody else wants to sign in.
        language_wanted(), theme_wanted(): pressed in the bar.
        closing(): the window is about to close.
        present_wanted(): back from an old year to the books.
    """

    lock_wanted = Signal()
    switch_wanted = Signal()
    language_wanted = Signal()
    theme_wanted = Signal()
    closing = Signal()
    present_wanted = Signal()

    def __init__(
        self,
        session: Session,
        specs: Sequence[ScreenSpec],
        status: Callable[[], Status] = Status,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._specs = {spec.key: spec for spec in specs}
        self._status = status
        self._screens: dict[str, Screen] = {}
        self._current = ""
        self._build()
        self._connect()
        self._retranslate()
        self._desk_changed()

    def show_screen(self, key: str, subject: object = None) -> Screen | None:
        """Go to a screen, perhaps to one subject of it; None when the present one may not be left."""
        here = self.current()
        if here is not None and key != self._current and not here.may_leave():
            self._rail.show_current(self._current)
            return None
        screen = self._screen(key)
        moved = key != self._current
        self._current = key
        self._stack.setCurrentWidget(screen)
        self._rail.show_current(key)
        if subject is not None:
            screen.show_subject(subject)
        if moved:
            screen.arrive()
        return screen

    def current(self) -> Screen | None:
        """The screen in front."""
        return self._screens.get(self._current)

    def current_key(self) -> str:
        """Key of the screen in front."""
        return self._current

    def show_lock(self, locked: bool) -> None:
        """Cover or uncover everything."""
        self._pages.setCurrentWidget(self.lock if locked else self._work)
        if locked:
            self.lock.setFocus()
            return
        if not self._current:
            self.show_screen(_OF_A_YEAR[0] if self._year else next(iter(self._specs)))
        elif (screen := self.current()) is not None:
            screen.arrive()

    def is_locked(self) -> bool:
        """Whether the lock screen covers the window."""
        return self._pages.currentWidget() is self.lock

    def show_status(self) -> None:
        """Ask anew what the bar tells. What cannot be read just now is said, and the bar keeps what it told."""
        try:
            status = self._status()
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.bar.show_status(status)

    def stop(self) -> None:
        """The data are closed: nothing is asked of them any more."""
        self._status_soon.stop()

    def follow(self, scanner: Scanner) -> None:
        """Listen to a scanner's signals."""
        scanner.scanned.connect(self._scanned)
        scanner.key_typed.connect(self._key_typed)
        scanner.taken_back.connect(self._taken_back)
        scanner.backspace.connect(self._backspace)

    def wants_key(self, character: str) -> bool:
        """Whether a plain key means something to whatever is in front."""
        target = self._key_target()
        return target is not None and bool(target.wants_key(character))

    def closeEvent(self, event: QCloseEvent) -> None:
        screen = self.current()
        if screen is not None and not self.is_locked() and not screen.may_leave():
            event.ignore()
            return
        for built in self.findChildren(Screen):
            built.end()
        self.stop()
        self.closing.emit()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        self._rail = Rail()
        self._shown_numbers: dict[str, str] = {}
        number = 1
        for spec in self._specs.values():
            key = "Ctrl+0" if spec.at_foot else f"Ctrl+{number}"
            number += 0 if spec.at_foot else 1
            self._shown_numbers[spec.key] = key
            self._rail.add(spec.key, spec.icon, key, at_foot=spec.at_foot)
        self.bar = TopBar()
        self.banner = Banner()
        self.year = Banner(closable=False)
        self._year = year_of(self.session.desk.db)
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.bar)
        notice = QHBoxLayout()
        notice.setContentsMargins(Size.GAP_L, Size.GAP_S, Size.GAP_L, 0)
        notice.addWidget(self.banner)
        standing = QHBoxLayout()
        standing.setContentsMargins(Size.GAP_L, Size.GAP_S, Size.GAP_L, 0)
        standing.addWidget(self.year)
        right.addLayout(standing)
        right.addLayout(notice)
        right.addWidget(self._stack, 1)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.lock = LockScreen()
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        # The first page is in front at once, and styled: nobody sees what lies behind the lock.
        for page in (self.lock, self._work) if self.session.desk.staff is None else (self._work, self.lock):
            self._pages.addWidget(page)

    def _connect(self) -> None:
        self._rail.chosen.connect(self._chosen)
        self.year.action.connect(self.present_wanted)
        self.bar.lock.connect(self.lock_wanted)
        self.bar.staff.connect(self.switch_wanted)
        self.bar.language.connect(self.language_wanted)
        self.bar.theme.connect(self.theme_wanted)
        self.bar.overdue.connect(lambda: self._chosen("todo"))
        self.bar.backup.connect(lambda: self.show_screen("settings", "backup"))
        # After the frame that shows the answer, and once for several changes.
        self._status_soon = QTimer(self)
        self._status_soon.setSingleShot(True)
        self._status_soon.setInterval(_STATUS_MS)
        self._status_soon.timeout.connect(self.show_status)
        self.session.changed.connect(lambda _changed: self._status_soon.start())
        self.session.desk_changed.connect(self._desk_changed)
        for key in _KEYS:
            self._shortcut(key, partial(self._pressed, key))
        for name, key in self._shown_numbers.items():
            self._shortcut(key, partial(self._chosen, name))

    def _shortcut(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self._work, context=Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)  # a key held down is one wish
        shortcut.activated.connect(act)

    def _screen(self, key: str) -> Screen:
        if key not in self._screens:
            screen = self._specs[key].factory(self.session)
            screen.wants.connect(self.show_screen)
            screen.attention.connect(self._rail.button(key).show_badge)
            self._screens[key] = screen
            self._stack.addWidget(screen)
        return self._screens[key]

    def _chosen(self, key: str) -> None:
        if key in self._specs and not self.is_locked() and (not self._year or key in _OF_A_YEAR):
            self.show_screen(key)

    def _pressed(self, key: str) -> None:
        screen = self.current()
        if screen is None or self.is_locked():
            return
        if key == "F2" and not self._year:
            counter = self.show_screen(next(iter(self._specs)))
            if counter is not None:
                counter.new_case()
            return
        acts: dict[str, Callable[[], object]] = {
            "F1": self._help,
            "F3": screen.search,
            "F4": screen.print_again,
            "F9": screen.post,
            "Esc": screen.step_back,
            "Ctrl+L": self.lock_wanted.emit,
        }
        if key in acts:
            acts[key]()

    def _help(self) -> None:
        # Read when first asked for: the window opens without.
        from counter_app.ui.help_dialog import HelpDialog

        screen = self.current()
        title = self._specs[self._current].title()
        HelpDialog(title, screen.keys() if screen else (), self).exec()

    def _scanned(self, code: str) -> None:
        modal = QApplication.activeModalWidget()
        if modal is not None:
            take = getattr(modal, "take_scan", None)
            if take is not None:
                take(code)
            return
        if self.is_locked():
            return
        # Read with the first scan: the window opens without.
        from counter_app.services import paper_codes

        paper = paper_codes.house(self.session.desk, code)
        if paper is not None and paper.room in self._specs:
            room = self.show_screen(paper.room)
            if room is not None:
                room.show_subject(paper)
            return
        here = self.current()
        if here is not None and here.take_scan(code):
            return
        counter = self.show_screen(next(iter(self._specs)))
        if counter is not None and counter is not here:
            counter.take_scan(code)

    def _key_target(self):
        """Whoever takes plain keys: an open dialog that wants them, else the screen in front."""
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal if hasattr(modal, "wants_key") else None
        return None if self.is_locked() else self.current()

    def _key_typed(self, character: str) -> None:
        target = self._key_target()
        if target is not None and target.wants_key(character):
            target.take_key(character)

    def _taken_back(self) -> None:
        target = self._key_target()
        if target is not None:
            target.take_back_key()

    def _backspace(self) -> None:
        target = self._key_target()
        if target is not None:
            target.backspace()

    def _desk_changed(self) -> None:
        desk = self.session.desk
        self.bar.show_shop(desk.shop.name)
        self.bar.show_staff(desk.staff.name if desk.staff else "")
        for spec in self._specs.values():
            allowed = spec.right is None or (
                desk.staff is not None and (desk.staff.owner or spec.right in desk.staff.rights)
            )
            self._rail.button(spec.key).setVisible(allowed and (not self._year or spec.key in _OF_A_YEAR))
        if desk.staff is not None:  # nobody reads the bar through the lock
            self.show_status()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Counter"))
        for spec in self._specs.values():
            self._rail.button(spec.key).say(spec.title())
        if self._year:
            self.year.say(
                self.tr("You are looking at the copy of {year}.").format(year=self._year),
                self.tr("Nothing can be changed here; customers are masked, photos are in the books."),
                "attention",
                action=self.tr("Back to the present"),
            )
        self._status_soon.start()
