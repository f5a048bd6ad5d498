"""Every row is covered by a chain of seals; a shift writes down how far that chain was."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "seal" (
    "seq" INTEGER NOT NULL PRIMARY KEY, "content" TEXT NOT NULL, "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
) STRICT;
ALTER TABLE "shift" ADD COLUMN "seal_head" TEXT NOT NULL DEFAULT '';
ALTER TABLE "shift" ADD COLUMN "seal_rows" INTEGER NOT NULL DEFAULT 0;
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
