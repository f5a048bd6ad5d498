"""What is to come out of a printer.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE "print_job" ("id" INTEGER NOT NULL PRIMARY KEY, "request_id" TEXT NOT NULL, "batch" TEXT NOT NULL,
    "what" TEXT NOT NULL CHECK (what IN ('slip', 'test', 'drawer')), "number" TEXT NOT NULL, "slip" TEXT NOT NULL,
    "day" TEXT, "copies" TEXT NOT NULL, "paper" TEXT NOT NULL, "language" TEXT NOT NULL, "also" TEXT NOT NULL,
    "printer" TEXT NOT NULL, "tray" TEXT NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('waiting', 'claimed',
    'sending', 'sent', 'printed', 'unclear', 'failed', 'cancelled')), "attempts" INTEGER NOT NULL, "next_at" INTEGER
    NOT NULL, "error" TEXT NOT NULL, "detail" TEXT NOT NULL, "ref" TEXT NOT NULL, "claim" TEXT NOT NULL,
    "lease_until" INTEGER, "record_id" INTEGER, "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT
    NOT NULL, "done_at" INTEGER, FOREIGN KEY ("record_id") REFERENCES "print_record" ("id"), FOREIGN KEY ("by_id")
    REFERENCES "staff" ("id")) STRICT""",
    'CREATE UNIQUE INDEX "print_job_request_id" ON "print_job" ("request_id")',
    'CREATE INDEX "print_job_batch" ON "print_job" ("batch")',
    'CREATE INDEX "print_job_number" ON "print_job" ("number")',
    'CREATE INDEX "print_job_state" ON "print_job" ("state")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
