"""One-time codes that an absent approver reads out over the phone.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "phone_code" ("id" INTEGER NOT NULL PRIMARY KEY, "staff_id" INTEGER NOT NULL, "sheet" INTEGER NOT NULL,
    "no" INTEGER NOT NULL, "code_hash" TEXT NOT NULL, "made_at" INTEGER NOT NULL, "used_at" INTEGER, "used_by_id"
    INTEGER, "used_for" TEXT NOT NULL, "withdrawn_at" INTEGER, FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"),
    FOREIGN KEY ("used_by_id") REFERENCES "staff" ("id")) STRICT;
CREATE UNIQUE INDEX "phone_code_staff_id_sheet_no" ON "phone_code" ("staff_id", "sheet", "no");
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
