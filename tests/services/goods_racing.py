"""A second window in the stock room: `python goods_racing.py FOLDER PRODUCT CASE_LINE PLACE REQUEST`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path


def main(folder: Path, product_id: int, case_line_id: int, place: str, request: str) -> str:
    from counter_app.db import connection
    from counter_app.domain.errors import CounterError
    from counter_app.services import setup, staff, stock_moves
    from counter_app.services.desk import SystemClock

    db = connection.open_database(folder, wait_ms=60_000)
    opened = setup.open_desk(db, folder, SystemClock())
    desk = replace(opened, staff=staff.staff_view(opened, 1))
    wish = stock_moves.Moving("V0", product_id, case_line_id, 1000, place, "看过了")
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        stock_moves.move(desk, wish, request)
    except CounterError as refused:
        return refused.code
    finally:
        db.close()
    return f"moved {place}"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    print(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]))
