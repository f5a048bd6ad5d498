"""First run, lock, trouble, help and the mistakes of the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.ui.bug_dialog import BugDialog
from counter_app.ui.help_dialog import HelpDialog
from counter_app.ui.new_shop import provinces
from counter_app.ui.screens.first_run import FirstRun
from counter_app.ui.screens.trouble import Trouble

if TYPE_CHECKING:
    from screenshots import Stage


def first_run(stage: Stage) -> QWidget:
    """Six answers."""
    window = FirstRun(provinces(), samples=True)
    window.resize(stage.window.size())
    window.show()
    return window


def first_run_error(stage: Stage) -> QWidget:
    """An answer is missing."""
    window = first_run(stage)
    assert isinstance(window, FirstRun)
    window.show_error(UserError("ui.pin.short", digits=4))
    return window


def lock(stage: Stage) -> QWidget:
    """Who are you?"""
    stage.program.switch()
    return stage.window


def lock_error(stage: Stage) -> QWidget:
    """A wrong PIN."""
    stage.program.switch()
    stage.window.lock.show_error(UserError("staff.pin.wrong", left=3))
    return stage.window


def trouble(stage: Stage) -> QWidget:
    """The data cannot be opened."""
    window = Trouble(SurroundingsError("db.missing", path="D:/售后/counter.sqlite3"), "D:/售后")
    window.resize(stage.window.size())
    window.show()
    return window


def help_keys(stage: Stage) -> QWidget:
    """F1."""
    screen = stage.window.current()
    dialog = HelpDialog("F1", screen.keys() if screen else (), stage.window)
    dialog.show()
    return dialog


def bug(stage: Stage) -> QWidget:
    """Our mistake."""
    dialog = BugDialog("Traceback (most recent call last):\n  …\nValueError: sample", stage.window)
    dialog.show()
    return dialog


SHOTS = {
    "first-run": first_run,
    "first-run-error": first_run_error,
    "lock": lock,
    "lock-error": lock_error,
    "trouble": trouble,
    "help": help_keys,
    "bug": bug,
}
