"""Rows of a shop that somebody edits, forges or removes, and where `verify` has to name it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from worked_shop import Shop, keys, unseen

Named = tuple[str, str, str]
"""Table, row, and the column where `verify` tells it."""


@dataclass(frozen=True)
class Tampering:
    """One change of rows: what it is, the table, which rows (a condition on them), the statement, and the column that
    must be named."""

    what: str
    table: str
    rows: str
    sql: str
    column: str = ""

    @property
    def name(self) -> str:
        return f"{self.table}: {self.what}"

    def __call__(self, shop: Shop) -> set[Named]:
        """Do it unseen. Returns what `verify` must name."""
        touched: set[tuple[str, str]] = set()

        def act(db: sqlite3.Connection) -> None:
            touched.update(keys(db, self.table, self.rows))
            db.executescript(self.sql)
            touched.update(keys(db, self.table, self.rows) if not touched else ())

        unseen(shop, act)
        return {(table, row, self.column) for table, row in touched}


def edit(what: str, table: str, change: str, rows: str) -> Tampering:
    return Tampering(what, table, rows, f"UPDATE {table} SET {change} WHERE {rows}")


def personal(what: str, table: str, column: str, value: str, rows: str) -> Tampering:
    """A personal column, which retention may blank: it must be named too."""
    return Tampering(what, table, rows, f"UPDATE {table} SET {column} = {value} WHERE {rows}", column)


def removal(what: str, table: str, rows: str) -> Tampering:
    return Tampering(what, table, rows, f"DELETE FROM {table} WHERE {rows}")


FIRST = "= (SELECT MIN(id) FROM {0})"
REFUND = "id = (SELECT MIN(id) FROM document WHERE prefix = 'TK')"
TAMPERINGS = (
    edit("the amount of a refund", "document", "amount_fen = amount_fen + 1", REFUND),
    edit(
        "the amount of a refund, in its content and its hash too",
        "document",
        "amount_fen = 1, content = json_set(content, '$.amount_fen', 1), content_hash = 'ab'",
        REFUND,
    ),
    edit("the number of a slip", "document", "number = number || '9'", REFUND),
    edit("the day of a document", "document", "business_date = '2026-10-01'", REFUND),
    edit("who posted a document", "document", "posted_by_id = 1", REFUND),
    edit("which approval a document stands on", "document", "approval_id = NULL", "approval_id IS NOT NULL"),
    edit("what a reversal reverses", "document", "reverses_id = NULL", "reverses_id IS NOT NULL"),
    removal("a document", "document", REFUND),
    edit("the quantity of a document line", "document_line", "quantity_milli = 2000", "id = 1"),
    edit("the amount of a document line", "document_line", "amount_fen = amount_fen + 100", "amount_fen > 0"),
    removal("a document line", "document_line", "id = 1"),
    edit("the amount that is owed", "settlement", "amount_fen = amount_fen - 100", "id = 1"),
    edit("the tender that is owed", "settlement", "tender = 'cash'", "tender = 'wechat'"),
    edit("which override a refund stands on", "settlement", "override_id = 1", "id = 1"),
    edit("when it is due", "settlement", "due_on = '2099-01-01'", "id = 1"),
    removal("what is owed", "settlement", "id = 1"),
    edit("the number of a transfer", "proof", "reference = 'PROOF-X'", "tender = 'wechat'"),
    edit("who paid", "proof", "by_id = 3", "id = 1"),
    edit("the amount of a payment", "proof", "amount_fen = 1", "id = 1"),
    edit("the request of a payment", "proof", "request_id = 'other'", "id = 1"),
    removal("a payment", "proof", "id = 1"),
    edit("the decision of an approval", "approval", "decision = 'reject'", "id = 1"),
    edit("the amount of an approval", "approval", "amount_fen = 1", "id = 1"),
    edit("who decided", "approval", "decided_by_id = 1", "id = 1"),
    edit("the reasons of an approval", "approval", "reasons = '[]'", "id = 1"),
    edit("an approval in its own name", "approval", "self_approved = 1", "id = 1"),
    removal("an approval", "approval", "id = 1"),
    edit("what an event tells", "case_event", "detail = '{}'", "detail <> '{}'"),
    edit("when an event was", "case_event", "at = at - 86400000", "id = 2"),
    removal("an event", "case_event", "id = 2"),
    removal("the last event", "case_event", "id = (SELECT MAX(id) FROM case_event)"),
    edit("an answer", "walk_step", "answer = 'withdraw'", "id = 1"),
    edit("why an answer was overridden", "walk_step", "reason = 'x'", "id = 2"),
    edit("the figures of a test", "walk_step", "tests = '[]'", "tests <> '[]'"),
    removal("the last answer", "walk_step", "id = (SELECT MAX(id) FROM walk_step)"),
    edit("the path of a walk", "walk", "path = '[]'", "id = 1"),
    edit("the result of a posting", "posting", "result = '{}'", "id = 1"),
    edit("the request of a posting", "posting", "request_id = 'other'", "id = 1"),
    removal("a posting", "posting", "id = (SELECT MAX(id) FROM posting)"),
    edit("a signature no longer void, or void", "signature", "void = 1 - void", "id = 1"),
    edit("which stored form a signature names", "signature", "form_id = NULL", "form_id IS NOT NULL"),
    edit("the certificate of the shop's key", "shop_key", "certificate = '30', fingerprint = 'ab'", "id = 1"),
    removal("the shop's key", "shop_key", "id = 1"),
    edit("the form that was signed", "signature", "form_hash = 'ff', check_code = 'ff'", "id = 1"),
    Tampering(
        "the signatures of two customers, swapped",
        "signature",
        "id IN (1, 2)",
        "UPDATE signature SET case_id = (SELECT s.case_id FROM signature s WHERE s.id = 3 - signature.id), "
        "strokes_hash = 'x' WHERE id IN (1, 2)",
    ),
    removal("a signature", "signature", "id = 1"),
    edit("returned goods set free", "case_line", "state = 'released'", "state = 'returned'"),
    edit("how many pieces were accepted", "case_line", "accepted_milli = 0", "accepted_milli > 0"),
    edit("why the goods came back", "case_line", "reason = 'other'", "id = 1"),
    edit("the deduction", "case_line", "deduction_fen = 5000", "id = 1"),
    removal("a line of a case", "case_line", "id = 1"),
    edit("the state of a case", "case_file", "state = 'withdrawn'", "id = 1"),
    edit("which purchase a case is about", "case_file", "sale_id = 2", "id = 1"),
    removal("a case", "case_file", "id = (SELECT MAX(id) FROM case_file)"),
    edit("what was paid for a purchase", "sale", "paid_fen = paid_fen + 100000", "id = 1"),
    edit("the day of a purchase", "sale", "purchased_on = '2026-11-18'", "id = 1"),
    edit("the invoice of a purchase", "sale", "invoice_state = 'red'", "id = 1"),
    edit("what was paid for an article", "sale_line", "paid_fen = paid_fen + 1", "id = 1"),
    edit("how many were sold", "sale_line", "quantity_milli = 5000", "id = 1"),
    edit("when the guarantee begins", "sale_line", "guarantee_from = '2027-01-01'", "id = 1"),
    edit("what a tender paid", "sale_tender", "paid_fen = paid_fen + 1", "id = 1"),
    edit("by which number the outside knows a purchase", "sale_identity", "order_no = 'X'", "id = 1"),
    edit("the PIN of somebody", "staff", "pin_hash = 'x'", "id = 2"),
    edit("the role of somebody", "staff", "role = 'manager'", "id = 2"),
    edit("the limit of somebody", "staff", "limit_fen = 99999999", "id = 3"),
    edit("an owner more", "staff", "owner = 1", "id = 2"),
    removal("somebody", "staff", "id = 4"),
    removal("that a PIN was changed", "staff_event", "id = (SELECT MAX(id) FROM staff_event)"),
    edit("what a purchase says of an exchange, made unreadable", "sale", "extras = '{'", "id = 1"),
    edit("an event of the staff, made unreadable", "staff_event", "detail = '{'", "id = 1"),
    edit("the day of a number, made unreadable", "number", "business_date = 'x'", "id = 1"),
    edit("a setting", "setting", "value = '\"别的\"'", "key = 'notes.promotion'"),
    removal("a setting that was made", "setting", "key = 'notes.promotion'"),
    edit("a rule", "policy_version", "content = content || ' '", "id = 1"),
    edit("since when a rule is in force", "policy_version", "valid_from = '2020-01-01'", "id = 2"),
    edit("the float of a shift", "shift", "float_fen = 1", "id = 1"),
    edit("what was counted", "shift", "counted_fen = counted_fen - 5000", "id = 1"),
    edit("a number given", "number", "number = number || 'X'", "id = 1"),
    removal("the last number given", "number", "id = (SELECT MAX(id) FROM number)"),
    edit("a deposit", "deposit", "amount_fen = amount_fen - 100", "id = 1"),
    edit("what a coupon is worth", "compensation", "amount_fen = 9900", "id = 1"),
    edit("the price of an article", "product", "price_fen = 1", "id = 1"),
    edit("a to-do done by nobody", "task", "done_at = 1", "done_at IS NULL"),
    removal("that somebody looked at personal data", "reveal", "id = 1"),
    removal("that a slip was printed", "print_record", "id = 1"),
    edit("which photo it is", "attachment", "sha256 = 'ff', size = 1", "id = 1"),
    edit("that a photo was erased", "attachment", "erased_at = 1", "id = 1"),
    removal("a photo", "attachment", "id = 1"),
    removal("why evidence was not taken", "evidence_waiver", "id = 1"),
    personal("what the customer said", "case_words", "words", "'别的话'", "words <> ''"),
    personal("what the customer said, blanked", "case_words", "words", "''", "words <> ''"),
    Tampering(
        "what the customer said, blanked as if retention had done it",
        "case_words",
        "words <> ''",
        "UPDATE case_words SET words = '', erased_at = 1 WHERE words <> ''",
    ),
    removal("what a customer said", "case_words", "words <> ''"),
    personal("the name of a customer", "person", "name", "'别人'", "name <> ''"),
    personal("the phone of a customer", "person", "phone", "'13900000000'", "phone <> ''"),
    personal("the name of a customer, blanked", "person", "name", "''", "name <> ''"),
    personal("the customer of a purchase", "sale", "customer_masked", "'别*'", "person_id IS NOT NULL"),
    personal("the phone on a purchase", "sale", "phone_masked", "'139****0000'", "person_id IS NOT NULL"),
    personal("the customer of a visit", "case_file", "customer_masked", "'别*'", "customer_masked <> ''"),
    edit("who signed", "signature", "signer_masked = '别*'", "id = 1"),
    personal("strokes blanked", "signature", "strokes", "NULL", "strokes IS NOT NULL"),
    Tampering(
        "the salts of personal data", "person", "name <> ''", "DELETE FROM seal_salt WHERE tab = 'person'"
    ),
    edit("the amount of a row of the money ledger", "money_entry", "amount_fen = -1", "seq = 2"),
    edit("the tender of a row of the money ledger", "money_entry", "tender = 'bank'", "seq = 2"),
    removal("a row of the money ledger", "money_entry", "seq = 2"),
    removal("the end of the money ledger", "money_entry", "seq = (SELECT MAX(seq) FROM money_entry)"),
    Tampering(
        "two rows of the money ledger, swapped",
        "money_entry",
        "seq IN (2, 3)",
        "UPDATE money_entry SET seq = -seq WHERE seq IN (2, 3);"
        "UPDATE money_entry SET seq = CASE seq WHEN -2 THEN 3 ELSE 2 END WHERE seq < 0",
    ),
    edit("how many pieces moved", "stock_entry", "quantity_milli = 9000", "seq = 2"),
    edit("where the goods went", "stock_entry", "to_place = 'V6'", "kind = 'received'"),
    removal("the end of the stock ledger", "stock_entry", "seq = (SELECT MAX(seq) FROM stock_entry)"),
    Tampering(
        "a payment that never was",
        "proof",
        "id = 900",
        "INSERT INTO proof SELECT * FROM (SELECT * FROM proof WHERE id = 1) WHERE 0;"
        "CREATE TEMP TABLE copy AS SELECT * FROM proof WHERE id = 1;"
        "UPDATE copy SET id = 900, request_id = 'forged'; INSERT INTO proof SELECT * FROM copy",
    ),
    Tampering(
        "somebody more on the staff",
        "staff",
        "id = 900",
        "CREATE TEMP TABLE copy AS SELECT * FROM staff WHERE id = 1;"
        "UPDATE copy SET id = 900, code = '99'; INSERT INTO staff SELECT * FROM copy",
    ),
    Tampering(
        "a setting by INSERT OR REPLACE",
        "setting",
        "key = 'notes.promotion'",
        "INSERT OR REPLACE INTO setting (key, value, at) VALUES ('notes.promotion', '\"买一送一\"', 1)",
    ),
)
