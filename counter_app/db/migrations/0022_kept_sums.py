"""Sums of the goods ledger and of what is still open are kept; what is rare has an index of its own.

Columns that are empty in nearly every row have an index of the filled ones alone: SQLite takes a search for empty ones
for a short one and would read the whole table by it.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "stock_held" ("place" TEXT NOT NULL, "product_id" INTEGER NOT NULL, "case_line_id" INTEGER NOT NULL,
    "quantity_milli" INTEGER NOT NULL, "since" INTEGER,
    PRIMARY KEY ("place", "product_id", "case_line_id")) STRICT, WITHOUT ROWID;
CREATE INDEX "stock_held_since" ON "stock_held" ("place", "since") WHERE "quantity_milli" <> 0;
CREATE INDEX "stock_held_product" ON "stock_held" ("product_id", "place") WHERE "quantity_milli" <> 0;
CREATE TABLE "still_open" ("kind" INTEGER NOT NULL, "row_id" INTEGER NOT NULL, "rest" INTEGER NOT NULL,
    PRIMARY KEY ("kind", "row_id")) STRICT, WITHOUT ROWID;
"""
INDICES = """
DROP INDEX "sale_line_gift_of_id";
DROP INDEX "sale_line_split_of_id";
DROP INDEX "sale_line_origin_line_id";
CREATE INDEX "sale_line_gift_of_id" ON "sale_line" ("gift_of_id") WHERE "gift_of_id" IS NOT NULL;
CREATE INDEX "sale_line_split_of_id" ON "sale_line" ("split_of_id") WHERE "split_of_id" IS NOT NULL;
CREATE INDEX "sale_line_origin_line_id" ON "sale_line" ("origin_line_id") WHERE "origin_line_id" IS NOT NULL;
CREATE INDEX "approval_waiting" ON "approval" ("id") WHERE "decision" = '';
CREATE INDEX "claim_running" ON "claim" ("id") WHERE "closed_at" IS NULL;
CREATE INDEX "import_hold_waiting" ON "import_hold" ("id") WHERE "decision" = '';
CREATE INDEX "number_voided" ON "number" ("business_date") WHERE "voided_why" <> '';
CREATE INDEX "shift_open" ON "shift" ("id") WHERE "closed_at" IS NULL;
CREATE INDEX "stock_entry_gifts" ON "stock_entry" ("product_id", "business_date")
    WHERE "to_place" = 'V13' OR "from_place" = 'V13';
"""


def up(migrator: Any, db: Any) -> None:
    for statement in (TABLES + INDICES).split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
