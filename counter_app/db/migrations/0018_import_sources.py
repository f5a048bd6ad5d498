"""Any source of orders: programs are described in data, so the tables no longer list them.

The rows stay as they are. Only the text of four tables is changed, the way SQLite's manual gives for taking a
CHECK away (https://www.sqlite.org/lang_altertable.html): a decade of sales is not written anew for it.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = ("import_batch", "import_hold", "sale", "sale_identity")
BEFORE = "CHECK (source IN ('hand', 'shopify', 'taobao', 'sheet', 'exchange'))"
AFTER = "CHECK (source <> '')"


def up(migrator: Any, db: Any) -> None:
    (version,) = db.execute_sql("PRAGMA schema_version").fetchone()
    db.execute_sql("PRAGMA writable_schema = 1")
    for table in TABLES:
        db.execute_sql(
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
            (BEFORE, AFTER, table),
        )
    db.execute_sql(f"PRAGMA schema_version = {version + 1}")
    db.execute_sql("PRAGMA writable_schema = RESET")
    for table in TABLES:
        sql = db.execute_sql(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
        if AFTER not in sql[0]:
            raise RuntimeError(f"{table} still lists the sources")
