"""A check that finds something lists it in the window, by the names the shop knows."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from counter_app.ui.screens.settings import backup as backup_room

FINDS = (
    "import json, sys\n"
    "print(json.dumps({'done': 1, 'total': 1}))\n"
    "print(json.dumps({'broken': ['signature (case SH01-20261105-0001; signature 12): changed'], 'count': 3}))\n"
    "print('3 things do not hold.', file=sys.stderr); sys.exit(2)\n"
)


def test_what_does_not_hold_is_listed_and_can_be_copied(qtbot, session, monkeypatch) -> None:
    monkeypatch.setattr(
        backup_room,
        "verb_command",
        lambda _folder, verb: [sys.executable, "-c", FINDS] if verb == "verify" else [],
    )
    page = backup_room.BackupPage(session)
    qtbot.addWidget(page)
    page.load()
    page._check.click()
    job = page._job
    assert job is not None
    with qtbot.waitSignal(job.ended, timeout=20_000):
        pass
    assert page.banner.message() == "3 things do not hold."
    assert page.found is not None
    assert "case SH01-20261105-0001" in page.found.text.toPlainText()
    copy = next(one for one in page.found.findChildren(QPushButton) if one.text() == "Copy the list")
    copy.click()
    assert "SH01-20261105-0001" in QGuiApplication.clipboard().text()
    page.found.close()
