"""The window's composition root: settings, database, staff, main window. Nothing else wires."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import data_folder, wording
from counter_app.db import connection
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.privacy import mask_in_text
from counter_app.services import setup
from counter_app.services.desk import Clock, Desk, SystemClock
from counter_app.ui import icons, theme
from counter_app.ui.appearance import Appearance
from counter_app.ui.door import Door
from counter_app.ui.first_picture import FirstPicture
from counter_app.ui.main_window import MainWindow
from counter_app.ui.notices import NoticeBoard, Restored
from counter_app.ui.screens import register
from counter_app.ui.session import Session
from counter_app.ui.status import status_of

# Whatever the first picture does not show is imported where it is first needed: the window stands in half the time.
if TYPE_CHECKING:
    from types import TracebackType

    from counter_app.db.holding import Hold
    from counter_app.ui.caretaker import Caretaker
    from counter_app.ui.language import Language
    from counter_app.ui.new_shop import NewShop
    from counter_app.ui.top_bar import Status


class Program(QObject):
    """Opens the data and shows what fits: trouble, first run, lock, counter, an old year, a backup being restored.

    Attributes:
        looks: language and theme.
        window, session: what is shown, and the desk behind it; the session is None before a shop was opened.
        door, notices: who may work, and what they are told first; of the main window alone.
        caretaker: what works behind the main window once it stands.
        new_shop: the first run, when there was one.

    Signals:
        settled(): the first picture stands, and what works behind it has begun.
    """

    settled = Signal()

    def __init__(self, app: QApplication, folder: Path, clock: Clock | None = None) -> None:
        super().__init__()
        self._app, self._folder, self._clock = app, folder, clock or SystemClock()
        self.looks = Appearance(app, self)
        self.window: QWidget | None = None
        self.session: Session | None = None
        self.door: Door | None = None
        self.notices: NoticeBoard | None = None
        self.caretaker: Caretaker | None = None
        self.new_shop: NewShop | None = None
        self._hold: Hold | None = None
        self._restored: Restored | None = None
        self._seen_version = 0

    def start(self) -> None:
        """Show the first thing the user needs."""
        self.looks.watch_system()
        self._app.aboutToQuit.connect(self._leave)
        self.open()

    def open(self) -> None:
        """Open the data folder; called again from the trouble screen."""
        try:
            self._take_hold()
            db = connection.open_database(self._folder, create=True, look=False)
            if setup.is_new(db):
                self._ask_for_shop(db)
                return
            desk = setup.open_desk(db, self._folder, self._clock)
        except CounterError as error:
            self._tell_trouble(error)
            return
        self.at_desk(desk)

    def restore(self, chosen: Path) -> None:
        """Put a backup in the place of the database, sound or not; what is there is kept beside it."""
        from counter_app.ui.screens.restoring import Restoring

        person = self.session.desk.staff if self.session is not None else None
        self._leave()
        screen = Restoring(self._folder, chosen, person.id if person is not None else None)
        screen.restored.connect(self._took_backup)
        screen.failed.connect(self._kept_as_it_was)
        self._show(screen)
        screen.start()

    def open_year(self, path: Path) -> None:
        """Look at the copy of a year instead of the books, in the name of whoever is signed in."""
        from counter_app.services import old_years

        session, _window = self._open_parts()
        desk = session.desk
        self._leave()
        try:
            there = old_years.opened(desk, path, self._clock)
        except CounterError as error:
            self.open()
            if isinstance(self.window, MainWindow):
                self.window.lock.banner.show_error(error)
            return
        self.at_desk(there)

    def back_to_present(self) -> None:
        """Close the copy of a year and open the books again, where somebody signs in."""
        self._leave()
        self.open()

    def _took_backup(self, told: dict[str, str]) -> None:
        self._restored = Restored(Path(told["restored"]).name, told["kept"])
        self.open()

    def _kept_as_it_was(self, error: CounterError) -> None:
        """The backup was not taken; what was there is opened again, and why is said."""
        from counter_app.ui.screens.first_run import FirstRun
        from counter_app.ui.screens.trouble import Trouble

        if not (self._folder / connection.FILE_NAME).exists():
            self._tell_trouble(error)
            return
        self.open()
        if isinstance(self.window, MainWindow):
            self.window.lock.banner.show_error(error)
        elif isinstance(self.window, Trouble):
            self.window.show_second(error)
        elif isinstance(self.window, FirstRun):
            self.window.show_error(error)

    def _take_hold(self) -> None:
        """Nobody on another machine works on these data, and they are not lost."""
        from counter_app.db import holding

        if self._hold is not None:
            self._hold.release()
            self._hold = None
        file = self._folder / connection.FILE_NAME
        if not file.exists() or not file.stat().st_size:
            from counter_app.db import backup_folders

            backup_folders.refuse_lost(self._folder)
        self._hold = holding.Hold.take(self._folder)

    def at_desk(self, desk: Desk) -> MainWindow:
        """Build the main window for an opened desk; locked unless somebody is signed in."""
        session = Session(desk, self)
        if not connection.year_of(desk.db):
            self.looks.like_the_shop(session)
        window = MainWindow(session, register.specs(), lambda: self._status(session))
        self.session = session
        self.door = Door(session, window, self.looks.languages)
        self.notices = NoticeBoard(session, window, self._hold, self._restored)
        self.door.entered.connect(self.notices.tell)
        self.looks.follow(session, window)
        self.looks.spoke.connect(self.notices.tell_again)
        window.lock_wanted.connect(self.lock)
        window.switch_wanted.connect(self.switch)
        window.bar.prints.connect(self._show_prints)
        window.present_wanted.connect(self.back_to_present)
        window.closing.connect(self._closing)
        session.restore_wanted.connect(self.restore)
        session.year_wanted.connect(self.open_year)
        self._show(window)
        FirstPicture(window).drawn.connect(lambda: self._settle(window))
        self._seen_version = connection.data_version(desk.db)
        if desk.staff is None:
            self.lock()
        else:
            window.show_lock(False)
            self.notices.tell()
        return window

    def _settle(self, window: MainWindow) -> None:
        """What works behind the first picture of `window` begins, once."""
        from counter_app.ui.caretaker import Caretaker

        if self.window is not window or self.caretaker is not None:
            return  # another window took its place before anything was seen of it
        session, _window = self._open_parts()
        if session.desk.db.is_closed():
            return
        assert self.notices is not None
        self.caretaker = Caretaker(self._app, session, window, self._hold, self._seen_version, self)
        self.caretaker.alone.connect(self.lock)
        self.caretaker.lost.connect(self._lose)
        self.caretaker.looked.connect(self.notices.look_at_clock)
        self.settled.emit()

    def _status(self, session: Session) -> Status:
        status = status_of(session.desk)
        return self.caretaker.with_troubles(status) if self.caretaker is not None else status

    def _lose(self, error: CounterError) -> None:
        """The data cannot be worked with any longer: the window gives way to what helps."""
        self._leave()
        self._tell_trouble(error)

    def lock(self) -> None:
        """Nobody is at the desk any more; an old year is left with it."""
        session, _window = self._open_parts()
        if connection.year_of(session.desk.db):
            self.back_to_present()
        elif self.door is not None:
            self.door.shut()

    def switch(self) -> None:
        """Somebody else signs in; whoever is on stays until then. For an old year they sign in at the books."""
        session, _window = self._open_parts()
        if connection.year_of(session.desk.db):
            self.back_to_present()
        elif self.door is not None:
            self.door.hand_over()

    def _tell_trouble(self, error: CounterError) -> None:
        """Say why the data cannot be opened; where they are lost, the newest sound backup is at hand."""
        from counter_app.db import backup_folders
        from counter_app.ui.screens.trouble import LOST, GoodBackup, Trouble

        # The log is opened behind the first picture.
        QTimer.singleShot(0, lambda: logging.getLogger(__name__).warning("%s", error))
        found = backup_folders.newest_good(self._folder) if error.code in LOST else None
        sound = GoodBackup(found.path, found.at.astimezone()) if found is not None else None
        self._dress()
        trouble = Trouble(error, str(self._folder), sound)
        trouble.again.connect(self.open)
        trouble.restore.connect(self.restore)
        trouble.leave.connect(self._app.quit)
        self._show(trouble)

    def _show_prints(self) -> None:
        from counter_app.ui.print_dialog import PrintDialog

        session, window = self._open_parts()
        PrintDialog(session, window).exec()

    def _open_parts(self) -> tuple[Session, MainWindow]:
        assert self.session is not None and isinstance(self.window, MainWindow)
        return self.session, self.window

    def _ask_for_shop(self, db) -> None:
        from counter_app.ui.new_shop import NewShop

        self._dress()
        new_shop = NewShop(db, self._folder, self._clock, self.looks.languages, self)
        new_shop.screen.language.connect(self.looks.speak)
        new_shop.screen.restore.connect(self.restore)
        new_shop.opened.connect(self._open_new_shop)
        self.new_shop = new_shop
        self._show(new_shop.screen)

    def _open_new_shop(self, desk: Desk) -> None:
        window = self.at_desk(desk)
        assert self.new_shop is not None and self.session is not None
        self.new_shop.fill(self.session, window)

    def _dress(self) -> None:
        """Before a shop's own settings are known, the window looks and speaks like the system."""
        if self.session is None and self.window is None:
            self.looks.like_the_system()

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        if not isinstance(window, MainWindow):
            window.resize(1100, 720)
            window.setWindowTitle("Counter")
        window.setWindowIcon(QIcon(icons.pixmap("store", 64, theme.tokens().accent)))
        if window.size().boundedTo(window.screen().availableSize()) == window.size():
            window.show()
        else:
            window.resize(window.size().boundedTo(window.screen().availableSize()))
            window.showMaximized()  # a cash register's screen, or a large one at 150 %: nothing lies outside it
        window.raise_()
        window.activateWindow()
        window.setFocus()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _closing(self) -> None:
        session, _window = self._open_parts()
        try:
            connection.checkpoint(session.desk.db, force=True)
        except CounterError as error:
            logging.getLogger(__name__).warning("%s", error)
        self._leave()

    def _leave(self) -> None:
        """Let go of the data and of everything that works on them."""
        if isinstance(self.window, MainWindow):
            self.window.stop()
        if self.caretaker is not None:
            self.caretaker.leave()
            self.caretaker = None
        if self.new_shop is not None:
            self.new_shop.close()
        if self.session is not None:
            self.session.desk.db.close()
        if self._hold is not None:
            self._hold.release()
            self._hold = None


def main(ready: Callable[[], None] | None = None) -> int:
    """Open the window; the exit code of the program. `ready` is told when the first picture stands.

    Python's search for garbage, which the caller may have put off until then, begins.
    """
    if not has_display(sys.platform, os.environ):
        told = wording.sentence(SurroundingsError("ui.no_display"), _terminal_language())
        sys.stderr.write(f"{told}\n")
        return 2
    folder = data_folder.locate(None)
    app = QApplication(theme.arguments(sys.argv))
    app.setApplicationName("Counter")
    app.setQuitOnLastWindowClosed(True)
    theme.load_fonts()
    sys.excepthook = _tell_bug
    program = Program(app, folder)
    program.start()
    assert program.window is not None

    def drawn() -> None:
        gc.freeze()
        gc.enable()
        if ready is not None:
            ready()
        _start_log(folder)

    FirstPicture(program.window).drawn.connect(drawn)
    return app.exec()


def _start_log(folder: Path) -> None:
    try:
        data_folder.start_log(folder)
    except CounterError as error:
        logging.getLogger(__name__).warning("%s", error)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether there is a screen to open a window on; without one Qt would abort the process (Linux)."""
    said = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return said or not platform.startswith("linux")


def _terminal_language() -> Language:
    return "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).lower().startswith("zh") else "en"


def _tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Our bug: logged, and a report that can be copied."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    import traceback

    from counter_app.ui.bug_dialog import BugDialog

    report = mask_in_text("".join(traceback.format_exception(kind, error, trace)))
    logging.getLogger(__name__).error("%s", report)
    BugDialog.tell(report)
