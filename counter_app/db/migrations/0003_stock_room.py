"""The stock room: goods papers, claims, recalls, counts, gifts; five kinds of number and two moves more.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

WIDER = {
    "number": ("'GZ')", "'GZ', 'TC', 'ZC', 'XH', 'ZH', 'PD')"),
    "document": ("'GZ')", "'GZ', 'TC', 'ZC', 'XH', 'ZH', 'PD')"),
    "stock_entry": ("'reversed')", "'reversed', 'supplied', 'given')"),
}
"""SQLite changes a CHECK only by writing the table anew: what it says now, and what it says then."""

TABLES = """
CREATE TABLE "goods_line" ("id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "line_no"
    INTEGER NOT NULL, "product_id" INTEGER, "case_line_id" INTEGER, "name" TEXT NOT NULL, "place" TEXT NOT
    NULL, "quantity_milli" INTEGER NOT NULL CHECK (quantity_milli <> 0), "cost_fen" INTEGER, "serial" TEXT
    NOT NULL, "batch_no" TEXT NOT NULL, "reason" TEXT NOT NULL, FOREIGN KEY ("document_id") REFERENCES
    "document" ("id"), FOREIGN KEY ("product_id") REFERENCES "product" ("id"), FOREIGN KEY ("case_line_id")
    REFERENCES "case_line" ("id")) STRICT;
CREATE INDEX "goods_line_document_id" ON "goods_line" ("document_id");
CREATE INDEX "goods_line_product_id" ON "goods_line" ("product_id");
CREATE INDEX "goods_line_case_line_id" ON "goods_line" ("case_line_id");
CREATE UNIQUE INDEX "goods_line_document_id_line_no" ON "goods_line" ("document_id", "line_no");
CREATE TABLE "goods_move" ("id" INTEGER NOT NULL PRIMARY KEY, "stock_id" INTEGER NOT NULL, "reason" TEXT NOT
    NULL, "condition" TEXT NOT NULL, "by_id" INTEGER NOT
    NULL, "at" INTEGER NOT NULL, FOREIGN KEY ("stock_id") REFERENCES "stock_entry" ("seq"), FOREIGN KEY
    ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE UNIQUE INDEX "goods_move_stock_id" ON "goods_move" ("stock_id");
CREATE TABLE "goods_photo" ("id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "sha256" TEXT
    NOT NULL, "mime" TEXT NOT NULL, "size" INTEGER NOT NULL, "name" TEXT NOT NULL, "by_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"), FOREIGN KEY ("by_id")
    REFERENCES "staff" ("id")) STRICT;
CREATE INDEX "goods_photo_document_id" ON "goods_photo" ("document_id");
CREATE INDEX "goods_photo_sha256" ON "goods_photo" ("sha256");
CREATE UNIQUE INDEX "goods_photo_document_id_sha256" ON "goods_photo" ("document_id", "sha256");
CREATE TABLE "scrap" ("id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "reason" TEXT NOT
    NULL, "way" TEXT NOT NULL, "witness_id" INTEGER NOT NULL, "by_id" INTEGER NOT NULL, "at" INTEGER NOT
    NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"), FOREIGN KEY ("witness_id") REFERENCES
    "staff" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id"), CHECK (witness_id <> by_id), CHECK
    (reason <> '')) STRICT;
CREATE UNIQUE INDEX "scrap_document_id" ON "scrap" ("document_id");
CREATE TABLE "claim" ("id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "kind" TEXT NOT
    NULL CHECK (kind IN ('supplier', 'courier')), "state" TEXT NOT NULL CHECK (state IN ('open', 'sent',
    'answered', 'credited', 'replaced', 'refused', 'closed')), "party" TEXT NOT NULL, "reason" TEXT NOT
    NULL, "parcel" TEXT NOT NULL, "insured" INTEGER NOT NULL CHECK (insured IN (0, 1)), "asked_fen" INTEGER
    NOT NULL CHECK (asked_fen >= 0), "got_fen" INTEGER NOT NULL CHECK (got_fen >= 0), "outcome" TEXT NOT
    NULL CHECK (outcome IN ('', 'credited', 'replaced', 'refused')), "due_on" TEXT, "case_id" INTEGER,
    "task_id" INTEGER, "opened_at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, "updated_at" INTEGER NOT
    NULL, "closed_at" INTEGER, FOREIGN KEY ("document_id") REFERENCES "document" ("id"), FOREIGN KEY
    ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("task_id") REFERENCES "task" ("id")) STRICT;
CREATE UNIQUE INDEX "claim_document_id" ON "claim" ("document_id");
CREATE INDEX "claim_case_id" ON "claim" ("case_id");
CREATE UNIQUE INDEX "claim_task_id" ON "claim" ("task_id");
CREATE INDEX "claim_kind_state_due_on" ON "claim" ("kind", "state", "due_on");
CREATE TABLE "claim_event" ("id" INTEGER NOT NULL PRIMARY KEY, "claim_id" INTEGER NOT NULL, "seq" INTEGER
    NOT NULL, "state" TEXT NOT NULL CHECK (state IN ('open', 'sent', 'answered', 'credited', 'replaced',
    'refused', 'closed')), "amount_fen" INTEGER NOT NULL, "detail" TEXT NOT NULL, "by_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, FOREIGN KEY ("claim_id") REFERENCES "claim"
    ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE INDEX "claim_event_claim_id" ON "claim_event" ("claim_id");
CREATE UNIQUE INDEX "claim_event_claim_id_seq" ON "claim_event" ("claim_id", "seq");
CREATE TABLE "recall" ("id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "product_id" INTEGER,
    "batch_from" TEXT NOT NULL, "batch_to" TEXT NOT NULL, "serial_from" TEXT NOT NULL, "serial_to" TEXT NOT
    NULL, "sold_from" TEXT, "sold_to" TEXT, "reason" TEXT NOT NULL, "what_to_do" TEXT NOT NULL, "valid_from"
    TEXT NOT NULL, "valid_to" TEXT, "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT
    NOT NULL, "closed_at" INTEGER, "closed_by_id" INTEGER, "closed_why" TEXT NOT NULL, FOREIGN KEY
    ("product_id") REFERENCES "product" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id"), FOREIGN KEY
    ("closed_by_id") REFERENCES "staff" ("id"), CHECK (product_id IS NOT NULL OR batch_from <> '' OR
    serial_from <> ''), CHECK (reason <> '' AND what_to_do <> '')) STRICT;
CREATE UNIQUE INDEX "recall_number" ON "recall" ("number");
CREATE INDEX "recall_product_id" ON "recall" ("product_id");
CREATE INDEX "recall_closed_at" ON "recall" ("closed_at");
CREATE TABLE "recall_call" ("id" INTEGER NOT NULL PRIMARY KEY, "recall_id" INTEGER NOT NULL, "sale_line_id"
    INTEGER NOT NULL, "reached" TEXT NOT NULL CHECK (reached IN ('reached', 'not_reached', 'no_contact')),
    "said" TEXT NOT NULL, "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL,
    FOREIGN KEY ("recall_id") REFERENCES "recall" ("id"), FOREIGN KEY ("sale_line_id") REFERENCES
    "sale_line" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE INDEX "recall_call_recall_id" ON "recall_call" ("recall_id");
CREATE INDEX "recall_call_sale_line_id" ON "recall_call" ("sale_line_id");
CREATE TABLE "count_session" ("id" INTEGER NOT NULL PRIMARY KEY, "place" TEXT NOT NULL, "state" TEXT NOT
    NULL CHECK (state IN ('open', 'posted', 'dropped')), "document_id" INTEGER, "opened_at" INTEGER NOT
    NULL, "opened_by_id" INTEGER NOT NULL, "business_date" TEXT NOT NULL, "closed_at" INTEGER, "reason" TEXT
    NOT NULL, "approved_by_id" INTEGER, FOREIGN KEY ("document_id") REFERENCES "document" ("id"), FOREIGN
    KEY ("opened_by_id") REFERENCES "staff" ("id"), FOREIGN KEY ("approved_by_id") REFERENCES "staff"
    ("id")) STRICT;
CREATE INDEX "count_session_document_id" ON "count_session" ("document_id");
CREATE TABLE "count_line" ("id" INTEGER NOT NULL PRIMARY KEY, "session_id" INTEGER NOT NULL, "line_no"
    INTEGER NOT NULL, "product_id" INTEGER, "case_line_id" INTEGER, "name" TEXT NOT NULL, "serial" TEXT NOT
    NULL, "batch_no" TEXT NOT NULL, "expected_milli" INTEGER NOT NULL, "counted_milli" INTEGER CHECK
    (counted_milli >= 0), FOREIGN KEY ("session_id") REFERENCES "count_session" ("id"), FOREIGN KEY
    ("product_id") REFERENCES "product" ("id"), FOREIGN KEY ("case_line_id") REFERENCES "case_line" ("id"))
    STRICT;
CREATE INDEX "count_line_session_id" ON "count_line" ("session_id");
CREATE UNIQUE INDEX "count_line_session_id_line_no" ON "count_line" ("session_id", "line_no");
CREATE TABLE "gift_move" ("id" INTEGER NOT NULL PRIMARY KEY, "compensation_id" INTEGER NOT NULL, "kind" TEXT
    NOT NULL CHECK (kind IN ('used', 'returned', 'expired')), "amount_fen" INTEGER NOT NULL CHECK
    (amount_fen >= 0), "stock_id" INTEGER, "reference" TEXT NOT NULL, "request_id" TEXT NOT NULL, "by_id"
    INTEGER NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, FOREIGN KEY ("compensation_id")
    REFERENCES "compensation" ("id"), FOREIGN KEY ("stock_id") REFERENCES "stock_entry" ("seq"), FOREIGN KEY
    ("by_id") REFERENCES "staff" ("id")) STRICT;
CREATE UNIQUE INDEX "gift_move_compensation_id" ON "gift_move" ("compensation_id");
CREATE UNIQUE INDEX "gift_move_stock_id" ON "gift_move" ("stock_id");
CREATE UNIQUE INDEX "gift_move_request_id" ON "gift_move" ("request_id");
"""


def up(migrator: Any, db: Any) -> None:
    for table, (now, then) in WIDER.items():
        _rewrite(db, table, now, then)
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)


def _rewrite(db: Any, table: str, now: str, then: str) -> None:
    """The same table with a wider CHECK: its rows copied as they are, its indexes made again."""
    told = dict(
        db.execute_sql(
            "SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL", (table,)
        ).fetchall()
    )
    old = told.pop(table)
    if now not in old:
        raise RuntimeError(f"{table} does not look as this step expects")
    fresh = f"{table}_0003"
    widened = old.replace(now, then, 1).replace(f'"{table}"', f'"{fresh}"', 1)
    db.execute_sql(widened)
    db.execute_sql(f'INSERT INTO "{fresh}" SELECT * FROM "{table}"')
    db.execute_sql(f'DROP TABLE "{table}"')
    db.execute_sql(f'ALTER TABLE "{fresh}" RENAME TO "{table}"')
    for index in told.values():
        db.execute_sql(index)
