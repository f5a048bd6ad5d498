"""What is told before anything else when somebody sits down: the most pressing thing alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from counter_app.db.holding import Hold
from counter_app.domain.errors import CounterError
from counter_app.services import backups, clock
from counter_app.services.desk import Desk
from counter_app.ui import texts
from counter_app.ui.status import overnight
from counter_app.ui.widgets.banner import Tone


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
