"""What works behind a window that stands: scans, the lock after a while, backups, exports, the watched folder,
prints, and a look at what other windows wrote.

Read once the first picture stands; everything it needs is imported with it."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from counter_app.db import connection
from counter_app.domain.errors import CounterError
from counter_app.services import settings
from counter_app.ui import texts
from counter_app.ui.idle import Idle
from counter_app.ui.jobs import Waiting
from counter_app.ui.main_window import MainWindow
from counter_app.ui.monthly import Monthly
from counter_app.ui.print_desk import PrintDesk
from counter_app.ui.scanner import Scanner
from counter_app.ui.screens.trouble import LOST
from counter_app.ui.session import ALL, Session
from counter_app.ui.top_bar import Status
from counter_app.ui.upkeep import Upkeep
from counter_app.ui.watching import Watching

if TYPE_CHECKING:
    from counter_app.db.holding import Hold

_LOOK_MS = 2000


class Caretaker(QObject):
    """Begins its rounds when it is made; `leave` ends them, before the data are closed.

    Of an old year nothing is backed up, exported, printed or changed by others: there are only scans and the lock.

    Args:
        seen: the data's version (`connection.data_version`) that the window shows.

    Attributes:
        scanner, idle: what is scanned and typed; nobody is there.
        upkeep, monthly, watching, prints: None for an old year.

    Signals:
        alone(): nobody touched anything for as long as the shop allows.
        looked(): every two seconds, after another look at the data.
        lost(object): a CounterError; these data cannot be worked with any longer.
    """

    alone = Signal()
    looked = Signal()
    lost = Signal(object)

    def __init__(
        self,
        app: QApplication,
        session: Session,
        window: MainWindow,
        hold: Hold | None,
        seen: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._session, self._window, self._hold = app, session, window, hold
        self._seen = seen
        self.upkeep: Upkeep | None = None
        self.monthly: Monthly | None = None
        self.watching: Watching | None = None
        self.prints: PrintDesk | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)
        self.scanner = Scanner(self, takes_keys=window.wants_key)
        self.scanner.watch(app)
        window.follow(self.scanner)
        self.idle = Idle(self._minutes() * 60, self)
        self.scanner.touched.connect(self.idle.touch)
        self.idle.idle.connect(self.alone)
        session.changed.connect(self._settings_changed)
        if not connection.year_of(session.desk.db):
            self._keep_house()

    def with_troubles(self, status: Status) -> Status:
        """What is wrong with the backups, and what was not printed, stands in the bar until it is mended."""
        trouble = self.upkeep.backup_trouble if self.upkeep is not None else None
        asking = self.prints.asking if self.prints is not None else 0
        return replace(status, backup=texts.sentence(trouble) if trouble is not None else "", prints=asking)

    def look(self) -> None:
        """`PRAGMA data_version` moves when another window or the headless program wrote."""
        try:
            if self._hold is not None:
                self._hold.beat(time.monotonic())
            version = connection.data_version(self._session.desk.db)
        except CounterError as error:
            if error.code == "db.taken_over":
                self.lost.emit(error)
            else:
                self._window.banner.show_error(error)
            return
        self.looked.emit()
        if version != self._seen:
            self._seen = version
            self._session.changed.emit(ALL)

    def leave(self) -> None:
        """End the rounds and every process of them; nothing the session says later wakes them again."""
        self._session.changed.disconnect(self._settings_changed)
        self._look.stop()
        self.idle.wait_for(0)
        self.scanner.leave(self._app)
        for work in (self.upkeep, self.monthly, self.watching, self.prints):
            if work is not None:
                work.stop()
        self.upkeep = self.monthly = self.watching = self.prints = None

    def _minutes(self) -> int:
        minutes: int = settings.setting(self._session.desk, "lock.minutes")
        return minutes

    def _settings_changed(self, changed: frozenset[str]) -> None:
        if "policy" in changed:
            self.idle.wait_for(self._minutes() * 60)

    def _keep_house(self) -> None:
        session, window = self._session, self._window
        upkeep = self.upkeep = Upkeep(session, self)
        self.scanner.touched.connect(upkeep.quiet.touch)
        upkeep.trouble.connect(window.banner.show_error)
        upkeep.watched.connect(lambda _trouble: window.show_status())
        monthly = self.monthly = Monthly(session, self)
        monthly.trouble.connect(window.banner.show_error)
        monthly.written.connect(self._exported)
        watching = self.watching = Watching(session, self)
        watching.trouble.connect(window.banner.show_error)
        watching.taken.connect(self._taken)
        prints = self.prints = PrintDesk(session, self)
        prints.trouble.connect(window.banner.show_error)
        prints.told.connect(lambda _asking: window.show_status())
        self._look.start()
        # SQLite looks at the pages without holding Python up, so that a PIN can be typed meanwhile.
        folder: Path = session.desk.folder
        self._looking = Waiting(lambda: connection.look_at_pages(folder), self)
        self._looking.failed.connect(self._damaged)
        self._looking.start()

    def _exported(self, files: str) -> None:
        self._window.banner.say(self.tr("Last month was exported: {files}").format(files=files), tone="ok")

    def _taken(self, count: int, wrong: bool) -> None:
        self._window.banner.say(
            self.tr("%n file(s) of the register came in.", "", count),
            self.tr("Something in them has to be corrected: see To do.") if wrong else "",
            "attention" if wrong else "ok",
        )

    def _damaged(self, error: object) -> None:
        """The look at every page found the file broken: the window gives way to what helps."""
        if isinstance(error, CounterError) and error.code in LOST:
            self.lost.emit(error)
        else:
            logging.getLogger(__name__).warning("%s", error)
