"""What archives of lost times told: beside the books, with its own search.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "history_source" ("id" INTEGER NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL CHECK (kind IN ('xlsx',
    'zip')), "file_name" TEXT NOT NULL, "file_sha256" TEXT NOT NULL, "content_sha256" TEXT NOT NULL, "format" TEXT
    NOT NULL, "shop_code" TEXT NOT NULL, "shop_name" TEXT NOT NULL, "period" TEXT NOT NULL, "first_day" TEXT NOT
    NULL, "last_day" TEXT NOT NULL, "language" TEXT NOT NULL, "rows_told" INTEGER NOT NULL, "figures" TEXT NOT NULL,
    "heads" TEXT NOT NULL, "checks" TEXT NOT NULL, "proven" INTEGER NOT NULL CHECK (proven IN (0, 1)),
    "foreign_shop" INTEGER NOT NULL CHECK (foreign_shop IN (0, 1)), "why" TEXT NOT NULL, "by_id" INTEGER, "at"
    INTEGER NOT NULL, "business_date" TEXT NOT NULL, FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE UNIQUE INDEX "history_source_content_sha256" ON "history_source" ("content_sha256");
CREATE TABLE "history_end" ("id" INTEGER NOT NULL PRIMARY KEY, "source_id" INTEGER NOT NULL, "rows_new" INTEGER
    NOT NULL, "rows_known" INTEGER NOT NULL, "conflicts" INTEGER NOT NULL, "at" INTEGER NOT NULL, FOREIGN KEY
    ("source_id") REFERENCES "history_source" ("id")) STRICT;
CREATE UNIQUE INDEX "history_end_source_id" ON "history_end" ("source_id");
CREATE TABLE "history_row" ("id" INTEGER NOT NULL PRIMARY KEY, "source_id" INTEGER NOT NULL, "sheet" TEXT NOT
    NULL, "row_no" INTEGER NOT NULL, "identity" TEXT NOT NULL, "likeness" TEXT NOT NULL, "case_number" TEXT NOT
    NULL, "number" TEXT NOT NULL, "content" TEXT NOT NULL, FOREIGN KEY ("source_id") REFERENCES "history_source"
    ("id")) STRICT;
CREATE INDEX "history_row_identity" ON "history_row" ("identity");
CREATE INDEX "history_row_case_number" ON "history_row" ("case_number");
CREATE INDEX "history_row_number" ON "history_row" ("number");
CREATE UNIQUE INDEX "history_row_source_id_sheet_row_no" ON "history_row" ("source_id", "sheet", "row_no");
CREATE TABLE "history_conflict" ("id" INTEGER NOT NULL PRIMARY KEY, "row_id" INTEGER NOT NULL, "other_id"
    INTEGER NOT NULL, "field" TEXT NOT NULL, "told" TEXT NOT NULL, "other_told" TEXT NOT NULL, FOREIGN KEY
    ("row_id") REFERENCES "history_row" ("id"), FOREIGN KEY ("other_id") REFERENCES "history_row" ("id")) STRICT;
CREATE INDEX "history_conflict_row_id" ON "history_conflict" ("row_id");
CREATE UNIQUE INDEX "history_conflict_row_id_field" ON "history_conflict" ("row_id", "field");
CREATE TABLE "history_case" ("id" INTEGER NOT NULL PRIMARY KEY, "row_id" INTEGER NOT NULL, "source_id" INTEGER
    NOT NULL, "number" TEXT NOT NULL, "business_date" TEXT NOT NULL, "state" TEXT NOT NULL, "customer_masked" TEXT
    NOT NULL, "phone_masked" TEXT NOT NULL, "order_no" TEXT NOT NULL, "purchased_on" TEXT, "reasons" TEXT NOT NULL,
    "remedies" TEXT NOT NULL, "refund_fen" INTEGER NOT NULL, "collected_fen" INTEGER NOT NULL, "clerk" TEXT NOT
    NULL, "summary" TEXT NOT NULL, "last_day" TEXT NOT NULL, FOREIGN KEY ("row_id") REFERENCES "history_row" ("id"),
    FOREIGN KEY ("source_id") REFERENCES "history_source" ("id")) STRICT;
CREATE UNIQUE INDEX "history_case_row_id" ON "history_case" ("row_id");
CREATE INDEX "history_case_number" ON "history_case" ("number");
CREATE INDEX "history_case_order_no" ON "history_case" ("order_no");
CREATE TABLE "history_line" ("id" INTEGER NOT NULL PRIMARY KEY, "row_id" INTEGER NOT NULL, "case_number" TEXT
    NOT NULL, "product" TEXT NOT NULL, "sku" TEXT NOT NULL, "serial" TEXT NOT NULL, "batch_no" TEXT NOT NULL,
    "quantity_milli" INTEGER NOT NULL, "paid_fen" INTEGER NOT NULL, "given_back_fen" INTEGER NOT NULL, "reason" TEXT
    NOT NULL, "condition" TEXT NOT NULL, "disposition" TEXT NOT NULL, "last_day" TEXT NOT NULL, FOREIGN KEY
    ("row_id") REFERENCES "history_row" ("id")) STRICT;
CREATE UNIQUE INDEX "history_line_row_id" ON "history_line" ("row_id");
CREATE INDEX "history_line_case_number" ON "history_line" ("case_number");
CREATE INDEX "history_line_serial" ON "history_line" ("serial");
CREATE TABLE "history_money" ("id" INTEGER NOT NULL PRIMARY KEY, "row_id" INTEGER NOT NULL, "direction" TEXT NOT
    NULL CHECK (direction IN ('out', 'in')), "number" TEXT NOT NULL, "case_number" TEXT NOT NULL, "business_date"
    TEXT NOT NULL, "purpose" TEXT NOT NULL, "tender" TEXT NOT NULL, "owed_fen" INTEGER NOT NULL, "paid_fen" INTEGER
    NOT NULL, "paid_on" TEXT, "proof_ref" TEXT NOT NULL, "order_no" TEXT NOT NULL, "signed" TEXT NOT NULL, "clerk"
    TEXT NOT NULL, "last_day" TEXT NOT NULL, FOREIGN KEY ("row_id") REFERENCES "history_row" ("id")) STRICT;
CREATE UNIQUE INDEX "history_money_row_id" ON "history_money" ("row_id");
CREATE INDEX "history_money_number" ON "history_money" ("number");
CREATE INDEX "history_money_case_number" ON "history_money" ("case_number");
CREATE INDEX "history_money_order_no" ON "history_money" ("order_no");
CREATE TABLE "history_number" ("id" INTEGER NOT NULL PRIMARY KEY, "source_id" INTEGER NOT NULL, "prefix" TEXT
    NOT NULL, "business_date" TEXT NOT NULL, "last_seq" INTEGER NOT NULL, FOREIGN KEY ("source_id") REFERENCES
    "history_source" ("id")) STRICT;
CREATE UNIQUE INDEX "history_number_source_id_prefix_business_date" ON "history_number" ("source_id", "prefix",
    "business_date");
CREATE INDEX "history_number_prefix_business_date" ON "history_number" ("prefix", "business_date");
CREATE VIRTUAL TABLE history_search USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE "history_search_text" ("id" INTEGER NOT NULL PRIMARY KEY, "form" INTEGER NOT NULL, "text" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL) STRICT;
INSERT INTO history_search (history_search, rank) VALUES ('automerge', 0);
INSERT INTO history_search (history_search, rank) VALUES ('crisismerge', 64);
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
