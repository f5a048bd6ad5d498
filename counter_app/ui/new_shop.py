"""A folder without a shop: the first questions are asked, the shop is set up, and what was chosen comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from counter_app import resources
from counter_app.domain.errors import CounterError
from counter_app.services import setup
from counter_app.services.desk import Clock
from counter_app.ui.language import Languages
from counter_app.ui.main_window import MainWindow
from counter_app.ui.samples import SampleFill
from counter_app.ui.screens.first_run import FirstAnswers, FirstRun, Province
from counter_app.ui.session import ALL, Session


class NewShop(QObject):
    """The first run of a program on an empty database.

    Attributes:
        screen: the questions.
        samples: the sample orders while they come in, and after; None when none were wanted.

    Signals:
        opened(object): the Desk of the new shop, its manager at it.
    """

    opened = Signal(object)

    def __init__(
        self, db: Any, folder: Path, clock: Clock, languages: Languages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._db, self._folder, self._clock, self._languages = db, folder, clock, languages
        self._answers: FirstAnswers | None = None
        self.samples: SampleFill | None = None
        self.screen = FirstRun(provinces(), samples=True)
        self.screen.ready.connect(self._set_up)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def fill(self, session: Session, window: MainWindow) -> None:
        """Whatever was chosen besides the shop itself begins to come in, in the window of the new shop."""
        if self._answers is None:
            return
        if self._answers.samples:
            self._fill_with_samples(session, window)
        if self._answers.archives:
            _read_back(session, window, self._answers.archives)

    def _set_up(self, answers: FirstAnswers) -> None:
        try:
            desk = setup.set_up_shop(
                self._db,
                self._folder,
                self._clock,
                setup.ShopSetup(
                    name=answers.shop_name,
                    code=answers.shop_code,
                    province=answers.province,
                    manager_name=answers.manager_name,
                    manager_pin=answers.pin,
                    settings={"language": self._languages.current},
                ),
            )
        except CounterError as error:
            self.screen.show_error(error)
            return
        self._answers = answers
        self.opened.emit(desk)

    def _fill_with_samples(self, session: Session, window: MainWindow) -> None:
        """Sample articles and orders come in while the window can already be used."""
        assert session.desk.staff is not None
        fill = SampleFill(self._folder, session.desk.staff.id, self)
        fill.failed.connect(window.banner.show_error)
        fill.filled.connect(lambda: window.banner.say(self.tr("The sample orders are in."), tone="ok"))
        fill.filled.connect(lambda: session.changed.emit(ALL))
        window.closing.connect(fill.stop)
        window.banner.say(self.tr("Sample orders are coming in; the counter can be used meanwhile."))
        self.samples = fill
        fill.start()


def provinces() -> tuple[Province, ...]:
    """The provinces a shop can stand in, in both languages."""
    table = resources.read_toml("policy", "provinces.toml")
    return tuple(Province(code, str(row["zh"]), str(row["en"])) for code, row in table.items())


def _read_back(session: Session, window: MainWindow, archives: tuple[Path, ...]) -> None:
    """The workbooks that were named at the first run become history, before anything else happens."""
    # Few shops begin with archives: read when they do.
    from counter_app.ui.screens.history.read_back_dialog import ReadBackDialog

    dialog = ReadBackDialog(session, window)
    dialog.open()
    dialog.examine(archives)
