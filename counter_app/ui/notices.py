"""What is told before anything else when somebody sits down: the most pressing thing alone, in the window's bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from counter_app.db.connection import year_of
from counter_app.domain.errors import CounterError
from counter_app.ui import texts
from counter_app.ui.status import overnight
from counter_app.ui.widgets.banner import Tone

if TYPE_CHECKING:
    from counter_app.db.holding import Hold
    from counter_app.services.desk import Desk
    from counter_app.ui.main_window import MainWindow
    from counter_app.ui.session import Session

#: A clock that goes back by less (ms) was only set by the second.
_CLOCK_MS = 60_000


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the bar: what happened, what to do, the word on its button and what the button opens: a
    screen's key, or `clock`."""

    what: str
    do: str = ""
    tone: Tone = "attention"
    action: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup was put in the place of the database; `kept` is where the database before it lies."""

    chosen: str
    kept: str


def first_of(desk: Desk, hold: Hold | None, restored: Restored | None) -> Notice | None:
    """A clock set back, a shift left open, what was restored, data on a network drive, another window; in this
    order, None when all is well."""
    # Asked once somebody has signed in: the lock screen opens without.
    from counter_app.services import backups, clock

    behind = clock.behind(desk)
    if behind is not None:
        return clock_notice(behind.trouble(desk))
    left_open = overnight(desk)
    if left_open is not None:
        return Notice(left_open.what, left_open.do, "late", left_open.action, "shift")
    if restored is not None:
        return _restored(restored)
    place = backups.place_trouble(desk)
    if place is not None:
        return Notice(texts.sentence(place))
    if hold is not None and hold.others_here():
        return Notice(
            QCoreApplication.translate(
                "Notices", "These data are open in another window of this computer too."
            ),
            QCoreApplication.translate(
                "Notices", "Both may work: each shows within seconds what the other wrote."
            ),
            "info",
        )
    return None


def clock_notice(trouble: CounterError) -> Notice:
    """The clock is behind the last step: set it right, or decide that it is right now."""
    return Notice(
        texts.sentence(trouble),
        "",
        "late",
        QCoreApplication.translate("Notices", "The clock is right now…"),
        "clock",
    )


def _restored(done: Restored) -> Notice:
    what = QCoreApplication.translate("Notices", "The backup {file} is in place.").format(file=done.chosen)
    do = (
        QCoreApplication.translate("Notices", "What was there before is kept as {file}.").format(
            file=done.kept
        )
        if done.kept
        else ""
    )
    return Notice(what, do, "ok")


class NoticeBoard(QObject):
    """Puts the most pressing notice into a window's bar, keeps it true, and does what its button says."""

    def __init__(
        self, session: Session, window: MainWindow, hold: Hold | None, restored: Restored | None
    ) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._hold, self._restored = hold, restored
        self._notice: Notice | None = None
        self._last_now = 0
        window.banner.action.connect(self._act)

    def tell(self) -> None:
        """What must be known before anything else; nothing of an old year."""
        desk = self._session.desk
        if year_of(desk.db):
            return
        try:
            self._notice = first_of(desk, self._hold, self._restored)
        except CounterError as error:
            self._window.banner.show_error(error)
            return
        told = self._notice
        if told is None:
            self._window.banner.dismiss()
        else:
            self._window.banner.say(told.what, told.do, told.tone, action=told.action)

    def tell_again(self) -> None:
        """In the language that is spoken now, where it can still be read."""
        if self._notice is not None and not self._window.banner.isHidden():
            self.tell()

    def look_at_clock(self) -> None:
        """A clock that was set back while the window is open, or set right again, is told at once."""
        desk = self._session.desk
        now = desk.instant()
        back, self._last_now = now < self._last_now - _CLOCK_MS, now
        told = self._notice is not None and self._notice.opens == "clock"
        if (back or told) and desk.staff is not None and not self._window.is_locked():
            self.tell()

    def _act(self) -> None:
        opens = self._notice.opens if self._notice is not None else ""
        if opens == "clock":
            # Seldom wanted: read when it is.
            from counter_app.ui.clock_dialog import ClockDialog

            if ClockDialog(self._session, self._window).exec():
                self.tell()
        elif opens:
            self._window.show_screen(opens)
