"""The rows of WeChat and Alipay bills, so that each day can be compared with what was entered here.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "bill" ("id" INTEGER NOT NULL PRIMARY KEY, "tender" TEXT NOT NULL, "name" TEXT NOT NULL, "sha256"
    TEXT NOT NULL, "first_day" TEXT NOT NULL, "last_day" TEXT NOT NULL, "payments" INTEGER NOT NULL, "by_id" INTEGER
    NOT NULL, "at" INTEGER NOT NULL, FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE UNIQUE INDEX "bill_sha256" ON "bill" ("sha256");
CREATE TABLE "bill_row" ("id" INTEGER NOT NULL PRIMARY KEY, "bill_id" INTEGER NOT NULL, "line_no" INTEGER NOT
    NULL, "tender" TEXT NOT NULL, "direction" TEXT NOT NULL CHECK (direction IN ('out', 'in')), "amount_fen" INTEGER
    NOT NULL CHECK (amount_fen > 0), "reference" TEXT NOT NULL, "trade_no" TEXT NOT NULL, "order_no" TEXT NOT NULL,
    "own_no" TEXT NOT NULL, "day" TEXT NOT NULL, FOREIGN KEY ("bill_id") REFERENCES "bill" ("id")) STRICT;
CREATE INDEX "bill_row_bill_id" ON "bill_row" ("bill_id");
CREATE UNIQUE INDEX "bill_row_tender_direction_reference" ON "bill_row" ("tender", "direction", "reference");
CREATE INDEX "bill_row_tender_day" ON "bill_row" ("tender", "day");
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
