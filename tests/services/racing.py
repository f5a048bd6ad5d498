"""A second process at the same shop: `python racing.py FOLDER ACT …`, started by tests that race."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, *act: str) -> subprocess.Popen[str]:
    """Start the act in a process of its own; it waits for a line on its standard input before it acts."""
    command = [sys.executable, __file__, str(folder), *act]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def together(*racers: subprocess.Popen[str]) -> list[str]:
    """Let all of them go at once and return what each printed."""
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n", racer.stderr.read() if racer.stderr else ""
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = []
    for racer in racers:
        out, err = racer.communicate(timeout=120)
        assert racer.returncode == 0, err
        told.append(out.strip())
    return told


def _act(folder: Path, act: list[str]) -> str:
    from counter_app.db import connection
    from counter_app.domain.errors import UserError
    from counter_app.domain.new_sale import NewLine, NewSale
    from counter_app.services import imports, sales, setup, staff
    from counter_app.services.desk import SystemClock

    db = connection.open_database(folder, wait_ms=60_000)
    opened = setup.open_desk(db, folder, SystemClock())
    desk = replace(opened, staff=staff.staff_view(opened, 1))
    print("ready", flush=True)
    sys.stdin.readline()
    if act[0] == "import":
        counts = imports.run_import(desk, Path(act[1])).value.counts
        return f"new {counts.get('new', 0)} known {counts.get('known', 0)}"
    line = NewLine("电饭煲", 1000, int(act[2]))
    try:
        done = sales.record_sale(desk, NewSale(date(2026, 11, 20), (line,)), act[1])
    except UserError as refused:
        return refused.code
    return f"{done.value.id} {'first' if done.changed else 'again'}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(_act(Path(sys.argv[1]), sys.argv[2:]))
