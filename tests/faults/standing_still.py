"""Moments at which a window is killed: it stops exactly there, says so, and waits for its end.

A kill at random hits what takes long. The short moments, between two rows of one posting, between the commit and
the word that it is done, between a file and its name, are reached by standing still in them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROW, COMMIT, COMMITTED, FILE = "row", "commit", "committed", "file"
CHUNK, PAGES, SHEET, PRINT = "chunk", "pages", "sheet", "print"
MOMENTS: dict[str, int] = {
    ROW: 160,
    COMMIT: 12,
    COMMITTED: 12,
    FILE: 10,
    CHUNK: 4,
    PAGES: 12,
    SHEET: 30,
    PRINT: 2,
}
"""Every kind of moment, and up to which of its kind a window is stopped."""
OF_UPDATES: dict[str, int] = {ROW: 60, COMMIT: 2, COMMITTED: 2, FILE: 6}
OF_BEGINNINGS: dict[str, int] = {ROW: 250, COMMIT: 5, COMMITTED: 5}
"""The same while a database is brought up to date, and while a shop is made."""
CHANGES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")


class Moment:
    """The `turn`th moment of one kind, counted from when it is armed. An empty kind is never met."""

    def __init__(self, kind: str, turn: int, say: Callable[..., None]) -> None:
        self.kind, self._left, self._say = kind, turn, say

    def meet(self, kind: str) -> None:
        """One more moment of this kind. Does not return from the one that was asked for."""
        if kind != self.kind:
            return
        self._left -= 1
        if self._left == 0:
            self._say(here=kind)
            sys.stdin.read()
            os._exit(3)

    def watch(self, database: Any) -> None:
        """Meet the moments of a class of databases: before each changed row, around each commit."""

        def told(statement: str) -> None:
            if statement.startswith(CHANGES):
                self.meet(ROW)
            elif statement.startswith("COMMIT"):
                self.meet(COMMIT)

        connected, commit = database._connect, database.commit

        def connect(one: Any) -> Any:
            made = connected(one)
            made.set_trace_callback(told)
            return made

        def committed(one: Any) -> Any:
            done = commit(one)
            self.meet(COMMITTED)
            return done

        database._connect, database.commit = connect, committed

    def watch_files(self) -> None:
        """Meet the moments of a file on its way to its name: before and after it reached the disk, and renamed."""
        fsync, replace = os.fsync, Path.replace

        def synced(handle: int) -> None:
            self.meet(FILE)
            fsync(handle)
            self.meet(FILE)

        def replaced(path: Path, target: Path) -> Path:
            self.meet(FILE)
            done = replace(path, target)
            self.meet(FILE)
            return done

        os.fsync = synced
        Path.replace = replaced  # type: ignore[method-assign, assignment]

    def progress(self, kind: str) -> Callable[[int, int], None]:
        """A progress callback of long work."""
        return lambda done, total: self.meet(kind)
