"""A dressed program, a real shop in a temporary folder, and clocks that tests turn by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hired import hire
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from counter_app import app as program_room
from counter_app.db import connection
from counter_app.services import settings, setup, staff
from counter_app.services.desk import Desk
from counter_app.ui import theme
from counter_app.ui.language import Languages
from counter_app.ui.session import Session

#: Cheap PIN hashes: these tests are about the window.
QUICK = {"pin.memory_kib": 1024, "pin.rounds": 1, "language": "en", "theme": "light"}


#: Milliseconds after which a test that waits in vain ends by itself, before its own limit ends the whole run.
PATIENCE_MS = 240_000


class PatientBot(QtBot):
    """Waits for what is to come, however slow the machine: a bound that a test names is raised to the limit."""

    def waitSignal(self, signal: Any, **given: Any) -> SignalBlocker:
        return super().waitSignal(signal, **{**given, "timeout": PATIENCE_MS})

    def waitUntil(self, callback: Callable[[], bool | None], **given: Any) -> None:
        super().waitUntil(callback, **{**given, "timeout": PATIENCE_MS})


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """In the place of the one that pytest-qt brings."""
    return PatientBot(request)


class StillClock:
    """Stands at half past nine (shop time) until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 12, 1, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[Languages]:
    """Light theme and English before each test, whatever the last one did."""
    # Windows of earlier tests would be dressed again and again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if theme.tokens() is not theme.LIGHT or not qapp.styleSheet():
        theme.apply(qapp, "light")
    languages = Languages(qapp)
    languages.switch("en")
    yield languages
    languages.switch("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "数据 folder"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def desk(folder: Path, clock: StillClock) -> Iterator[Desk]:
    """A shop with its manager (PIN 1234) at the desk and a clerk, Li Min (PIN 1111)."""
    db = connection.open_database(folder, create=True)
    answers = setup.ShopSetup(
        name="星河电器", code="01", manager_name="王店长", manager_pin="1234", settings=QUICK
    )
    made = setup.set_up_shop(db, folder, clock, answers)
    hire(made, staff.NewStaff("02", "李敏", "clerk", "1111"))
    yield made
    if not db.is_closed():
        db.close()


@pytest.fixture
def session(desk: Desk) -> Session:
    return Session(desk)


@pytest.fixture
def program(qapp, folder, clock, monkeypatch):
    """The whole program on an empty folder, not started yet."""
    monkeypatch.setitem(settings.DEFAULTS, "pin.memory_kib", 1024)
    monkeypatch.setitem(settings.DEFAULTS, "pin.rounds", 1)
    made = program_room.Program(qapp, folder, clock)
    yield made
    made.looks.speak("en")
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    if made.caretaker is not None:
        made.caretaker.leave()
    qapp.styleHints().colorSchemeChanged.disconnect(made.looks._system_theme_changed)
    QApplication.processEvents()
