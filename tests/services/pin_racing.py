"""Somebody who guesses PINs in a process of their own: `python pin_racing.py FOLDER STAFF WAY TIMES`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, staff_id: int, way: str, times: int) -> subprocess.Popen[str]:
    """Start guessing in a process of its own; it waits for a line on its standard input first."""
    return subprocess.Popen(
        [sys.executable, __file__, str(folder), str(staff_id), way, str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _guess(folder: Path, staff_id: int, way: str, times: int) -> str:
    from counter_app.db import connection
    from counter_app.domain.errors import UserError
    from counter_app.services import approvals, setup, staff
    from counter_app.services.desk import SystemClock

    db = connection.open_database(folder, wait_ms=60_000)
    opened = setup.open_desk(db, folder, SystemClock())
    desk = replace(opened, staff=staff.staff_view(opened, 2))
    told: Counter[str] = Counter()
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(times):
        try:
            if way == "sign_in":
                staff.sign_in(desk, staff_id, f"{turn:06d}")
            else:
                approvals.decide(desk, (1,), "approve", (staff_id, f"{turn:06d}"))
        except UserError as refused:
            told[refused.code] += 1
    db.close()
    return json.dumps(told)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(_guess(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
