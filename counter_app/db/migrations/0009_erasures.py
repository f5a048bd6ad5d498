"""What was erased of personal data, when, by which rule or at whose wish; remarks in a case's story can be erased.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "erasure" ("id" INTEGER NOT NULL PRIMARY KEY, "way" TEXT NOT NULL CHECK (way IN ('retention',
    'request')), "person_id" INTEGER, "through" TEXT, "why" TEXT NOT NULL, "counts" TEXT NOT NULL, "by_id" INTEGER,
    "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id"), CHECK (way = 'retention' OR (person_id IS NOT NULL AND why <>
    ''))) STRICT;
CREATE INDEX "erasure_person_id" ON "erasure" ("person_id");
ALTER TABLE "case_event" ADD COLUMN "erased_at" INTEGER;
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
