"""The window looks into the register's folder: what stands there unchanged is taken in by a child process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services import settings, watched_imports
from counter_app.ui import watching
from counter_app.ui.jobs import SynchronousPool
from counter_app.ui.screens.settings.watched_folder import WatchedFolder
from counter_app.ui.watching import Watching

HEADER = "小票号,日期,商品名称,数量,单价\r\n"


@pytest.fixture
def watched(session, tmp_path: Path) -> Path:
    found = tmp_path / "register"
    found.mkdir()
    session.act(watched_imports.choose, str(found))
    return found


@pytest.fixture
def looks(session, qtbot):
    made = Watching(session, pool=SynchronousPool())
    yield made
    made.stop()


def test_a_file_is_taken_in_once_it_stood_unchanged_between_two_looks(looks, watched: Path, qtbot) -> None:
    file = watched / "night.csv"
    file.write_bytes((HEADER + "R-1,2026-11-01,锅,1,299.00\r\n").encode("gb18030"))
    os.utime(file, (1_700_000_000, 1_700_000_000))
    looks.look()
    assert not looks.is_running(), "the first look only notes it"
    with qtbot.waitSignal(looks.taken, timeout=60_000) as told:
        looks.look()
        assert looks.is_running()
    assert told.args == [1, False]
    looks.look()
    looks.look()
    assert not looks.is_running(), "it is known now"


def test_a_folder_that_is_gone_is_told_once(looks, watched: Path, session) -> None:
    told: list[SurroundingsError] = []
    looks.trouble.connect(told.append)
    watched.rmdir()
    looks.look()
    looks.look()
    assert [error.code for error in told] == ["import.watched.gone"]


def test_without_a_folder_nobody_looks(session, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "Waiting", None)
    made = Watching(session, pool=SynchronousPool())
    made.look()
    assert not made.is_running()
    made.stop()


def test_the_folder_is_chosen_and_left_in_the_settings(session, qtbot, tmp_path: Path) -> None:
    page = WatchedFolder(session)
    qtbot.addWidget(page)
    page.load()
    assert not page.source.isEnabled() and not page.leave.isEnabled()
    page.keep(str(tmp_path))
    page.source.setCurrentIndex(page.source.findData("pospal"))
    page.source.activated.emit(page.source.currentIndex())
    page.put_away.click()
    assert [
        settings.setting(session.desk, key) for key in ("watched.folder", "watched.source", "watched.move")
    ] == [
        str(tmp_path),
        "pospal",
        True,
    ]
    refused: list[object] = []
    page.refused.connect(refused.append)
    page.keep(str(tmp_path / "none"))
    assert [error.code for error in refused] == ["import.watched.folder"]
    page.leave.click()
    assert settings.setting(session.desk, "watched.folder") == ""
