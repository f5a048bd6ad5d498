"""A program that brings a shop up to date, or makes one, until it is killed: `python updating.py FOLDER`.

Its orders as one JSON line on stdin: `kind` and `turn` of the moment it stands still in, and `update`, whether it
takes a step that a later release brought, or makes a new shop.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from standing_still import Moment  # noqa: E402
from visits import build_shop  # noqa: E402

from counter_app.db import connection, migrating  # noqa: E402

LATER = "9001_later_release"
STEP = '''"""Rows moved through another table, as a step that changes a column does."""


def up(migrator, db):
    db.execute_sql("CREATE TABLE rehearsal (id INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT")
    for (product,) in db.execute_sql("SELECT id FROM product ORDER BY id").fetchall():
        db.execute_sql("INSERT INTO rehearsal VALUES (?, ?)", (product, f"later {product}"))
    db.execute_sql("UPDATE product SET note = (SELECT note FROM rehearsal r WHERE r.id = product.id)")
    db.execute_sql("DROP TABLE rehearsal")
'''


@contextmanager
def later_release(place: Path) -> Iterator[None]:
    """The program with one step more, which is kept in `place`."""
    steps, before = place / "steps", migrating.STEPS
    if not steps.exists():
        made = place / f"steps-{before.parent.name}"
        # One that was killed while it copied left a part of it.
        shutil.copytree(before, made, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        (made / f"{LATER}.py").write_text(STEP, encoding="utf-8")
        made.rename(steps)
    migrating.STEPS = steps
    try:
        yield
    finally:
        migrating.STEPS = before


def updated(folder: Path) -> bool:
    """Whether the step was taken. AssertionError when it was taken by half."""
    with closing(sqlite3.connect(folder / connection.FILE_NAME)) as db:
        taken = db.execute("SELECT COUNT(*) FROM schema_migration WHERE name = ?", (LATER,)).fetchone()[0]
        products, moved = db.execute("SELECT COUNT(*), SUM(note = 'later ' || id) FROM product").fetchone()
        left = db.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'rehearsal'").fetchone()[0]
    assert (moved, left) == (products if taken else 0, 0), f"{moved} of {products} moved, step taken {taken}"
    return bool(taken)


def main(folder: Path, kind: str, turn: int, *, update: bool) -> None:
    def say(**told: object) -> None:
        print(json.dumps(told), flush=True)

    moment = Moment(kind, turn, say)
    moment.watch_files()
    moment.watch(connection.ShopDatabase)
    say(begun=True)
    if update:
        with later_release(folder.parent):
            connection.open_database(folder).close()
    else:
        build_shop(folder)
    say(did="ended")


if __name__ == "__main__":
    orders = json.loads(sys.stdin.readline())
    main(Path(sys.argv[1]), orders["kind"], orders["turn"], update=orders["update"])
