"""The counter as a clerk finds it: window, scanner, a shop on disk, a drawer with change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hands import Hands, Time
from PySide6.QtWidgets import QApplication
from visits import Counter, build_shop, opened

from counter_app.ui.main_window import MainWindow
from counter_app.ui.scanner import Scanner
from counter_app.ui.screens import register
from counter_app.ui.session import Session
from counter_app.ui.status import status_of


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 folder") as there:
        there.open_drawer()
        yield there


@pytest.fixture
def seat(qtbot, qapp: QApplication, counter: Counter) -> Iterator[Callable[[int], Hands]]:
    """Somebody sits down at the counter: `seat(2)` is the clerk."""
    scanners: list[Scanner] = []

    def sit(staff_id: int = 2) -> Hands:
        session = Session(counter.as_staff(staff_id))
        window = MainWindow(session, register.specs(), lambda: status_of(session.desk))
        qtbot.addWidget(window)
        time = Time()
        scanner = Scanner(window, clock=time, takes_keys=window.wants_key)
        scanner.watch(qapp)
        window.follow(scanner)
        scanners.append(scanner)
        window.resize(1366, 768)
        window.show()
        window.show_lock(False)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Hands(qtbot, counter, session, window, scanner, time)

    yield sit
    for scanner in scanners:
        qapp.removeEventFilter(scanner)
        qapp.focusChanged.disconnect(scanner._focus_changed)


@pytest.fixture
def hands(seat) -> Hands:
    """The clerk at the counter."""
    return seat(2)
