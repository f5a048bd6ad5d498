"""A second window at the same shop: `python case_racing.py FOLDER SALE LINE REQUEST`, started by tests that race."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path


def main(folder: Path, sale_id: int, line_id: int, request: str) -> str:
    from counter_app.db import connection
    from counter_app.domain.errors import CounterError
    from counter_app.services import cases, setup, staff
    from counter_app.services.desk import SystemClock

    db = connection.open_database(folder, wait_ms=60_000)
    opened = setup.open_desk(db, folder, SystemClock())
    desk = replace(opened, staff=staff.staff_view(opened, 2))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        cases.open_case(desk, cases.NewCase(sale_id=sale_id, lines=((line_id, 1000),)), request)
    except CounterError as refused:
        return refused.code
    finally:
        db.close()
    return "registered"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    print(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
