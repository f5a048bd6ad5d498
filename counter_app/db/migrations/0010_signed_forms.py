"""The shop's keys, and the check code of what left the printer.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE "shop_key" ("id" INTEGER NOT NULL PRIMARY KEY, "fingerprint" TEXT NOT NULL, "certificate" TEXT
    NOT NULL, "why" TEXT NOT NULL CHECK (why IN ('first', 'lost')), "at" INTEGER NOT NULL, "by_id" INTEGER,
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT""",
    'CREATE UNIQUE INDEX "shop_key_fingerprint" ON "shop_key" ("fingerprint")',
    'ALTER TABLE "print_record" ADD COLUMN "check_code" TEXT',
    'CREATE INDEX "print_record_check_code" ON "print_record" ("check_code")',
    'CREATE INDEX "signature_check_code" ON "signature" ("check_code")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
