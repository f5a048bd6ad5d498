"""A signed sheet scanned wrongly and replaced, the number on papers of no case, keys renewed before their time.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE "scan_correction" ("id" INTEGER NOT NULL PRIMARY KEY, "signature_id" INTEGER NOT NULL, "was_id"
    INTEGER NOT NULL, "now_id" INTEGER NOT NULL, "why" TEXT NOT NULL, "by_id" INTEGER NOT NULL, "at" INTEGER NOT
    NULL, FOREIGN KEY ("signature_id") REFERENCES "signature" ("id"), FOREIGN KEY ("was_id") REFERENCES "attachment"
    ("id"), FOREIGN KEY ("now_id") REFERENCES "attachment" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id"))
    STRICT""",
    'CREATE INDEX "scan_correction_signature_id" ON "scan_correction" ("signature_id")',
    'CREATE UNIQUE INDEX "scan_correction_was_id" ON "scan_correction" ("was_id")',
    'CREATE UNIQUE INDEX "scan_correction_now_id" ON "scan_correction" ("now_id")',
    'ALTER TABLE "print_record" ADD COLUMN "number" TEXT',
)
_WHY = ("'lost')", "'lost', 'renewed')")


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    _widen(db, "shop_key", *_WHY)


def _widen(db: Any, table: str, now: str, then: str) -> None:
    """SQLite changes a CHECK only by writing the table anew."""
    told = dict(
        db.execute_sql(
            "SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL", (table,)
        ).fetchall()
    )
    old = told.pop(table)
    if now not in old:
        raise RuntimeError(f"{table} does not look as this step expects")
    fresh = f"{table}_0017"
    db.execute_sql(old.replace(now, then, 1).replace(f'"{table}"', f'"{fresh}"', 1))
    db.execute_sql(f'INSERT INTO "{fresh}" SELECT * FROM "{table}"')
    db.execute_sql(f'DROP TABLE "{table}"')
    db.execute_sql(f'ALTER TABLE "{fresh}" RENAME TO "{table}"')
    for index in told.values():
        db.execute_sql(index)
