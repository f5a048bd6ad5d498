"""Personal columns are sealed under salts; who works here must choose a PIN of their own; changed rights are told.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "seal_salt" ("tab" TEXT NOT NULL, "row" INTEGER NOT NULL, "salt" BLOB NOT NULL,
    PRIMARY KEY ("tab", "row")) STRICT, WITHOUT ROWID;
ALTER TABLE "staff" ADD COLUMN "must_change" INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));
ALTER TABLE "staff_event" ADD COLUMN "detail" TEXT NOT NULL DEFAULT '{}';
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
