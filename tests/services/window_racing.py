"""A second window at the same shop: `python window_racing.py FOLDER STAFF ACT ARGS`, started by tests that race."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]


def start(folder: Path, staff_id: int, act: str, *args: Any, **named: Any) -> subprocess.Popen[str]:
    """Start `act` ("posting.post") in a process of its own; it waits for a line on its standard input first."""
    told = json.dumps([args, named], ensure_ascii=True)
    return subprocess.Popen(
        [sys.executable, __file__, str(folder), str(staff_id), act, told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _act(folder: Path, staff_id: int, act: str, told: str) -> str:
    from visits import Clock

    from counter_app.db import connection
    from counter_app.domain.errors import CounterError
    from counter_app.services import setup, staff

    room, _, name = act.partition(".")
    service = getattr(import_module(f"counter_app.services.{room}"), name)
    args, named = json.loads(told)
    db = connection.open_database(folder, wait_ms=60_000)
    opened = setup.open_desk(db, folder, Clock())
    desk = replace(opened, staff=staff.staff_view(opened, staff_id))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        done = service(desk, *args, **named)
    except CounterError as refused:
        return refused.code
    finally:
        db.close()
    return "done" if done.changed else "done before"


if __name__ == "__main__":
    sys.path[:0] = [str(TESTS.parent), str(TESTS)]
    print(_act(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
