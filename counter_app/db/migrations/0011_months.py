"""Closed months with what their archives say for ever, and the register of red invoices.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "month_lock" ("id" INTEGER NOT NULL PRIMARY KEY, "month" TEXT NOT NULL, "first_day" TEXT NOT NULL,
    "last_day" TEXT NOT NULL, "figures" TEXT NOT NULL, "missing" TEXT NOT NULL, "note" TEXT NOT NULL, "money_rows"
    INTEGER NOT NULL, "money_head" TEXT NOT NULL, "stock_rows" INTEGER NOT NULL, "stock_head" TEXT NOT NULL,
    "seal_rows" INTEGER NOT NULL, "seal_head" TEXT NOT NULL, "request_id" TEXT NOT NULL, "by_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE UNIQUE INDEX "month_lock_month" ON "month_lock" ("month");
CREATE UNIQUE INDEX "month_lock_request_id" ON "month_lock" ("request_id");
CREATE TABLE "month_rows" ("id" INTEGER NOT NULL PRIMARY KEY, "lock_id" INTEGER NOT NULL, "sheet" TEXT NOT NULL,
    "part" INTEGER NOT NULL, "columns" TEXT NOT NULL, "count" INTEGER NOT NULL, "content" TEXT NOT NULL, FOREIGN KEY
    ("lock_id") REFERENCES "month_lock" ("id")) STRICT;
CREATE INDEX "month_rows_lock_id" ON "month_rows" ("lock_id");
CREATE UNIQUE INDEX "month_rows_lock_id_sheet_part" ON "month_rows" ("lock_id", "sheet", "part");
CREATE TABLE "red_invoice" ("id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "seq" INTEGER NOT
    NULL, "state" TEXT NOT NULL CHECK (state IN ('confirming', 'issued', 'paper_back', 'not_needed')), "original_no"
    TEXT NOT NULL, "confirm_no" TEXT NOT NULL, "confirm_until" INTEGER, "red_no" TEXT NOT NULL, "note" TEXT NOT NULL,
    "request_id" TEXT NOT NULL, "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES "document" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE INDEX "red_invoice_document_id" ON "red_invoice" ("document_id");
CREATE UNIQUE INDEX "red_invoice_request_id" ON "red_invoice" ("request_id");
CREATE UNIQUE INDEX "red_invoice_document_id_seq" ON "red_invoice" ("document_id", "seq");
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
