"""Windows of their own process at one shop that all do something at the same moment, again and again.

`python many_windows.py FOLDER` is one such window: it reads acts as JSON lines and says what came of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Call = tuple[int, str, list[Any]]
"""Who does it (id of staff), what ("posting.post"), with which arguments. A PIN as last argument is `by`."""


class Windows:
    """So many open windows at one shop."""

    def __init__(self, folder: Path, many: int) -> None:
        self._windows = [
            subprocess.Popen(
                [sys.executable, __file__, str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            for _ in range(many)
        ]

    def race(self, calls: Sequence[Call]) -> list[str]:
        """Let one window per call act at once. What each was told: "done", "done before" or why not."""
        racers = self._windows[: len(calls)]
        for racer, call in zip(racers, calls, strict=True):
            _write(racer, call)
        for racer in racers:
            assert _read(racer) == "ready"
        for racer in racers:
            _write(racer, "go")
        return [_read(racer) for racer in racers]

    def close(self) -> None:
        """Every window is closed."""
        for window in self._windows:
            window.communicate(timeout=60)
        assert [window.returncode for window in self._windows] == [0] * len(self._windows)


@contextmanager
def windows(folder: Path, many: int) -> Iterator[Windows]:
    """Open windows, closed in the end."""
    there = Windows(folder, many)
    try:
        yield there
    finally:
        there.close()


def _write(window: subprocess.Popen[str], told: object) -> None:
    assert window.stdin is not None
    window.stdin.write(json.dumps(told) + "\n")
    window.stdin.flush()


def _read(window: subprocess.Popen[str]) -> str:
    assert window.stdout is not None
    return str(json.loads(window.stdout.readline()))


def _stand(folder: Path) -> None:
    from visits import Clock

    from counter_app.db import connection
    from counter_app.domain.errors import CounterError
    from counter_app.services import cases, setup, staff

    def say(told: str) -> None:
        print(json.dumps(told), flush=True)

    db = connection.open_database(folder, wait_ms=60_000)
    opened = setup.open_desk(db, folder, Clock())
    for line in sys.stdin:
        staff_id, act, args = json.loads(line)
        room, _, name = act.partition(".")
        service = getattr(import_module(f"counter_app.services.{room}"), name)
        desk = replace(opened, staff=staff.staff_view(opened, staff_id))
        named: dict[str, Any] = {}
        if act == "cases.open_case":
            args = [
                cases.NewCase(sale_id=args[0], lines=tuple((one, milli) for one, milli in args[1])),
                args[2],
            ]
        elif act == "reversal.reverse":
            named["by"] = tuple(args.pop())
        say("ready")
        sys.stdin.readline()
        try:
            done = service(desk, *args, **named)
        except CounterError as refused:
            say(refused.code)
        else:
            say("done" if done.changed else "done before")
    db.close()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    _stand(Path(sys.argv[1]))
