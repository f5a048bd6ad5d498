"""The window's composition root: settings, database, staff, main window. Nothing else wires."""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import data_folder, resources, wording
from counter_app.db import connection
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.privacy import mask_in_text
from counter_app.services import roles, settings, setup, staff
from counter_app.services.desk import Clock, Desk, StaffView, SystemClock
from counter_app.ui import icons, texts, theme
from counter_app.ui.first_picture import FirstPicture
from counter_app.ui.language import Language, Languages
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import register
from counter_app.ui.screens.lock import Person
from counter_app.ui.session import Session
from counter_app.ui.status import status_of

# Whatever the first picture does not show is imported where it is first needed: the window stands in half the time.
if TYPE_CHECKING:
    from types import TracebackType

    from counter_app.db.holding import Hold
    from counter_app.ui.idle import Idle
    from counter_app.ui.jobs import Waiting
    from counter_app.ui.monthly import Monthly
    from counter_app.ui.notices import Notice, Restored
    from counter_app.ui.print_desk import PrintDesk
    from counter_app.ui.samples import SampleFill
    from counter_app.ui.scanner import Scanner
    from counter_app.ui.screens.first_run import FirstAnswers, Province
    from counter_app.ui.top_bar import Status
    from counter_app.ui.upkeep import Upkeep
    from counter_app.ui.watching import Watching

#: Everything a screen may show; what another window wrote is not told apart.
ALL = frozenset({"case", "sale", "stock", "money", "shift", "staff", "policy", "task", "print"})
_LOOK_MS = 2000
_CLOCK_MS = 60_000


class Program(QObject):
    """Opens the data, shows what fits (trouble, first run, lock, counter) and wires signals to services.

    Signals:
        settled(): the first picture stands, and what works behind it has begun.
    """

    settled = Signal()

    def __init__(self, app: QApplication, folder: Path, clock: Clock | None = None) -> None:
        super().__init__()
        self._app, self._folder, self._clock = app, folder, clock or SystemClock()
        self.languages = Languages(app)
        self.theme_mode: theme.Mode = "system"
        self.window: QWidget | None = None
        self.session: Session | None = None
        self.scanner: Scanner | None = None
        self._idle: Idle | None = None
        self._upkeep: Upkeep | None = None
        self._monthly: Monthly | None = None
        self._watching: Watching | None = None
        self._prints: PrintDesk | None = None
        self._looking: Waiting | None = None
        self._hold: Hold | None = None
        self._fresh: Any = None
        self._restored: Restored | None = None
        self._notice: Notice | None = None
        self._last_now = 0
        self.samples: SampleFill | None = None
        self._seen_version = 0
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_for_others)

    def start(self) -> None:
        """Show the first thing the user needs."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)
        self._app.aboutToQuit.connect(self._leave)
        self.open()

    def open(self) -> None:
        """Open the data folder; called again from the trouble screen."""
        try:
            self._take_hold()
            db = connection.open_database(self._folder, create=True, look=False)
            if setup.is_new(db):
                self._first_run(db)
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
        from counter_app.ui.notices import Restored

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
        if not connection.year_of(desk.db):
            self.languages.switch(settings.setting(desk, "language"))
            self.set_theme(settings.setting(desk, "theme"))
        session = Session(desk, self)
        window = MainWindow(session, register.specs(), lambda: self._with_troubles(status_of(session.desk)))
        self.session = session
        window.lock_wanted.connect(self.lock)
        window.switch_wanted.connect(self.switch)
        window.language_wanted.connect(self._other_language)
        window.theme_wanted.connect(self._other_theme)
        window.lock.pin_entered.connect(self._sign_in)
        window.banner.action.connect(self._act_on_notice)
        window.bar.prints.connect(self._show_prints)
        session.restore_wanted.connect(self.restore)
        session.year_wanted.connect(self.open_year)
        window.present_wanted.connect(self.back_to_present)
        window.lock.cancelled.connect(lambda: window.show_lock(False))
        window.closing.connect(self._closing)
        session.changed.connect(self._settings_changed)
        self._show(window)
        FirstPicture(window).drawn.connect(self._settle)
        window.bar.show_theme(theme.tokens().name)
        self._seen_version = connection.data_version(desk.db)
        if desk.staff is None:
            self.lock()
        else:
            window.show_lock(False)
            self._tell_first()
        return window

    def _settle(self) -> None:
        """What works behind the first picture: scans, the lock after a while, upkeep, a look at every page."""
        from counter_app.ui.idle import Idle
        from counter_app.ui.jobs import Waiting
        from counter_app.ui.monthly import Monthly
        from counter_app.ui.print_desk import PrintDesk
        from counter_app.ui.scanner import Scanner
        from counter_app.ui.upkeep import Upkeep
        from counter_app.ui.watching import Watching

        session, window = self._open_parts()
        if session.desk.db.is_closed():
            return  # closed again before anything was seen of it
        self.scanner = Scanner(self, takes_keys=window.wants_key)
        self.scanner.watch(self._app)
        window.follow(self.scanner)
        self._idle = Idle(settings.setting(session.desk, "lock.minutes") * 60, self)
        self._app.installEventFilter(self._idle)
        self._idle.idle.connect(self.lock)
        if connection.year_of(session.desk.db):
            self.settled.emit()
            return  # nothing of a year is backed up, exported, printed or changed by others
        self._upkeep = Upkeep(session, self)
        self._app.installEventFilter(self._upkeep.quiet)
        self._upkeep.trouble.connect(window.banner.show_error)
        self._upkeep.watched.connect(lambda _trouble: window.show_status())
        self._monthly = Monthly(session, self)
        self._monthly.trouble.connect(window.banner.show_error)
        self._monthly.written.connect(
            lambda files: window.banner.say(
                self.tr("Last month was exported: {files}").format(files=files), tone="ok"
            )
        )
        self._watching = Watching(session, self)
        self._watching.trouble.connect(window.banner.show_error)
        self._watching.taken.connect(
            lambda count, wrong: window.banner.say(
                self.tr("%n file(s) of the register came in.", "", count),
                self.tr("Something in them has to be corrected: see To do.") if wrong else "",
                "attention" if wrong else "ok",
            )
        )
        self._prints = PrintDesk(session, self)
        self._prints.trouble.connect(window.banner.show_error)
        self._prints.told.connect(lambda _asking: window.show_status())
        self._look.start()
        # SQLite looks at the pages without holding Python up, so that a PIN can be typed meanwhile.
        self._looking = Waiting(lambda: connection.look_at_pages(self._folder), self)
        self._looking.failed.connect(self._damaged)
        self._looking.start()
        self.settled.emit()

    def _damaged(self, error: object) -> None:
        """The look at every page found the file broken: the window gives way to what helps."""
        from counter_app.ui.screens.trouble import LOST

        if isinstance(error, CounterError) and error.code in LOST:
            self._leave()
            self._tell_trouble(error)
        else:
            logging.getLogger(__name__).warning("%s", error)

    def lock(self) -> None:
        """Nobody is at the desk any more; an old year is left with it."""
        session, window = self._open_parts()
        if connection.year_of(session.desk.db):
            self.back_to_present()
            return
        last = session.desk.staff.id if session.desk.staff else None
        session.sit(setup.signed_in(session.desk, None))
        window.lock.show_people(session.desk.shop.name, self._people(), last)
        window.show_lock(True)

    def switch(self) -> None:
        """Somebody else signs in; whoever is on stays until then. For an old year they sign in at the books."""
        session, window = self._open_parts()
        if connection.year_of(session.desk.db):
            self.back_to_present()
            return
        window.lock.show_people(
            session.desk.shop.name, self._people(), may_cancel=session.desk.staff is not None
        )
        window.show_lock(True)

    def set_language(self, language: Language) -> None:
        """Speak another language, at once and at the next start."""
        self.languages.switch(language)
        window = self.window
        if self._notice is not None and isinstance(window, MainWindow) and not window.banner.isHidden():
            self._tell_first()

    def set_theme(self, mode: theme.Mode) -> None:
        """Wear another theme, at once."""
        self.theme_mode = mode
        tokens = theme.apply(self._app, mode)
        if isinstance(self.window, MainWindow):
            self.window.bar.show_theme(tokens.name)

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

    def _tell_first(self) -> None:
        """What must be known before anything else is told: a clock set back, a shift left open overnight …"""
        from counter_app.ui import notices

        session, window = self._open_parts()
        if connection.year_of(session.desk.db):
            return
        try:
            told = notices.first_of(session.desk, self._hold, self._restored)
        except CounterError as error:
            window.banner.show_error(error)
            return
        self._show_notice(told)

    def _show_notice(self, told: Notice | None) -> None:
        _session, window = self._open_parts()
        self._notice = told
        if told is None:
            window.banner.dismiss()
        else:
            window.banner.say(told.what, told.do, told.tone, action=told.action)

    def _act_on_notice(self) -> None:
        session, window = self._open_parts()
        opens = self._notice.opens if self._notice is not None else ""
        if opens == "clock":
            from counter_app.ui.clock_dialog import ClockDialog

            if ClockDialog(session, window).exec():
                self._tell_first()
        elif opens:
            window.show_screen(opens)

    def _with_troubles(self, status: Status) -> Status:
        """What is wrong with the backups, and what was not printed, stands in the bar until it is mended."""
        trouble = self._upkeep.backup_trouble if self._upkeep is not None else None
        asking = self._prints.asking if self._prints is not None else 0
        return replace(status, backup=texts.sentence(trouble) if trouble is not None else "", prints=asking)

    def _show_prints(self) -> None:
        from counter_app.ui.print_dialog import PrintDialog

        session, window = self._open_parts()
        PrintDialog(session, window).exec()

    def _open_parts(self) -> tuple[Session, MainWindow]:
        assert self.session is not None and isinstance(self.window, MainWindow)
        return self.session, self.window

    def _people(self) -> list[Person]:
        session, _window = self._open_parts()
        known = roles.roles(session.desk)
        return [
            Person(entry.id, entry.name, _named(known, entry.role, self.languages.current))
            for entry in staff.list_staff(session.desk)
        ]

    def _sign_in(self, staff_id: int, pin: str) -> None:
        session, window = self._open_parts()
        try:
            view = staff.sign_in(session.desk, staff_id, pin)
        except CounterError as error:
            if error.code != "staff.pin.must_change":
                window.lock.show_error(error)
                return
            chosen = self._own_pin(session, staff_id, pin)
            if chosen is None:
                window.lock.show_error(error)
                return
            view = chosen
        session.sit(setup.signed_in(session.desk, view))
        window.show_lock(False)
        self._tell_first()

    def _own_pin(self, session: Session, staff_id: int, pin: str) -> StaffView | None:
        """Somebody else set that PIN: who signs in with it chooses their own first. None when they did not."""
        from counter_app.ui.screens.own_pin import OwnPinDialog

        name = next((one.name for one in staff.list_staff(session.desk) if one.id == staff_id), "")
        dialog = OwnPinDialog(session, staff_id, name, pin, self.window)
        dialog.exec()
        return dialog.view

    def _first_run(self, db) -> None:
        from counter_app.ui.screens.first_run import FirstRun

        self._dress()
        first = FirstRun(_provinces(), samples=True)
        first.language.connect(self.set_language)

        def set_up(answers: FirstAnswers) -> None:
            try:
                desk = setup.set_up_shop(
                    db,
                    self._folder,
                    self._clock,
                    setup.ShopSetup(
                        name=answers.shop_name,
                        code=answers.shop_code,
                        province=answers.province,
                        manager_name=answers.manager_name,
                        manager_pin=answers.pin,
                        settings={"language": self.languages.current},
                    ),
                )
            except CounterError as error:
                first.show_error(error)
                return
            self.at_desk(desk)
            if answers.samples:
                self._fill_with_samples()
            if answers.archives:
                self._read_back(answers.archives)

        first.ready.connect(set_up)
        first.restore.connect(self.restore)
        self._fresh = db
        self._show(first)

    def _fill_with_samples(self) -> None:
        """Sample articles and orders come in while the window can already be used."""
        from counter_app.ui.samples import SampleFill

        session, window = self._open_parts()
        assert session.desk.staff is not None
        fill = SampleFill(self._folder, session.desk.staff.id, self)
        fill.failed.connect(window.banner.show_error)
        fill.filled.connect(lambda: window.banner.say(self.tr("The sample orders are in."), tone="ok"))
        fill.filled.connect(lambda: session.changed.emit(ALL))
        window.closing.connect(fill.stop)
        window.banner.say(self.tr("Sample orders are coming in; the counter can be used meanwhile."))
        self.samples = fill
        fill.start()

    def _read_back(self, archives: tuple[Path, ...]) -> None:
        """The workbooks that were named at the first run become history, before anything else happens."""
        from counter_app.ui.screens.history.read_back_dialog import ReadBackDialog

        session, window = self._open_parts()
        dialog = ReadBackDialog(session, window)
        dialog.open()
        dialog.examine(archives)

    def _dress(self) -> None:
        """Before a shop's own settings are known, the window looks and speaks like the system."""
        if self.session is None and self.window is None:
            self.languages.switch(_system_language())
            theme.apply(self._app, self.theme_mode)

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

    def _other_language(self) -> None:
        language: Language = "en" if self.languages.current == "zh" else "zh"
        self._keep("language", language)
        self.set_language(language)

    def _other_theme(self) -> None:
        mode: theme.Mode = "light" if theme.tokens().name == "dark" else "dark"
        self._keep("theme", mode)
        self.set_theme(mode)

    def _keep(self, key: str, value: str) -> None:
        session, window = self._open_parts()
        try:
            settings.set_setting(session.desk, key, value)
        except CounterError as error:
            window.banner.show_error(error)

    def _settings_changed(self, changed: frozenset[str]) -> None:
        if "policy" not in changed:
            return
        session, _window = self._open_parts()
        language = settings.setting(session.desk, "language")
        if language != self.languages.current:
            self.set_language(language)
        mode = settings.setting(session.desk, "theme")
        if mode != self.theme_mode:
            self.set_theme(mode)
        if self._idle is not None:
            self._idle.wait_for(settings.setting(session.desk, "lock.minutes") * 60)

    def _system_theme_changed(self) -> None:
        if self.theme_mode == "system":
            self.set_theme("system")

    def _look_for_others(self) -> None:
        """`PRAGMA data_version` moves when another window or the headless program wrote."""
        session, window = self._open_parts()
        try:
            if self._hold is not None:
                self._hold.beat(time.monotonic())
            version = connection.data_version(session.desk.db)
        except CounterError as error:
            if error.code == "db.taken_over":
                self._leave()
                self._tell_trouble(error)
            else:
                window.banner.show_error(error)
            return
        self._look_at_clock()
        if version != self._seen_version:
            self._seen_version = version
            session.changed.emit(ALL)

    def _look_at_clock(self) -> None:
        """A clock that was set back while the window is open, or set right again, is told at once."""
        session, window = self._open_parts()
        now = session.desk.instant()
        back, self._last_now = now < self._last_now - _CLOCK_MS, now
        told = self._notice is not None and self._notice.opens == "clock"
        if (back or told) and session.desk.staff is not None and not window.is_locked():
            self._tell_first()

    def _closing(self) -> None:
        session, _window = self._open_parts()
        try:
            connection.checkpoint(session.desk.db, force=True)
        except CounterError as error:
            logging.getLogger(__name__).warning("%s", error)
        self._leave()

    def _leave(self) -> None:
        """Let go of the data and of everything that works on them."""
        self._look.stop()
        if isinstance(self.window, MainWindow):
            self.window.stop()
        for part in (self._idle, self._upkeep and self._upkeep.quiet):
            if part is not None:
                self._app.removeEventFilter(part)
        if self.scanner is not None:
            self.scanner.leave(self._app)
        if self._upkeep is not None:
            self._upkeep.stop()
        if self._monthly is not None:
            self._monthly.stop()
            self._monthly = None
        if self._watching is not None:
            self._watching.stop()
            self._watching = None
        if self._prints is not None:
            self._prints.stop()
            self._prints = None
        self.scanner = self._idle = self._upkeep = None
        if self._fresh is not None:
            self._fresh.close()
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


def _provinces() -> tuple[Province, ...]:
    from counter_app.ui.screens.first_run import Province

    table = resources.read_toml("policy", "provinces.toml")
    return tuple(Province(code, str(row["zh"]), str(row["en"])) for code, row in table.items())


def _named(known, role: str, language: Language) -> str:
    found = known.get(role)
    if found is None:
        return role
    return str(found.zh if language == "zh" else found.en)


def _system_language() -> Language:
    return "zh" if QLocale.system().language() in (QLocale.Language.Chinese, QLocale.Language.C) else "en"
