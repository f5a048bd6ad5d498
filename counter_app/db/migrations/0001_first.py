"""The first tables: everything that cannot be added to unchangeable rows later stands here.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "person" (
    "id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "phone" TEXT NOT NULL,
    "phone_hash" TEXT NOT NULL, "contact" TEXT NOT NULL, "kind" TEXT NOT NULL, "preferred_way" TEXT NOT NULL,
    "birthday" TEXT, "marketing_consent_at" INTEGER, "care_note" TEXT NOT NULL, "created_at" INTEGER NOT NULL,
    "erased_at" INTEGER
) STRICT;
CREATE INDEX "person_phone_hash" ON "person" ("phone_hash");
CREATE TABLE "staff" (
    "id" INTEGER NOT NULL PRIMARY KEY, "code" TEXT NOT NULL, "name" TEXT NOT NULL, "role" TEXT NOT NULL,
    "pin_hash" TEXT NOT NULL, "active" INTEGER NOT NULL CHECK (active IN (0, 1)),
    "owner" INTEGER NOT NULL CHECK (owner IN (0, 1)), "limit_fen" INTEGER, "failed_attempts" INTEGER NOT NULL,
    "locked_until" INTEGER, "created_at" INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "staff_code" ON "staff" ("code");
CREATE TABLE "import_batch" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "source" TEXT NOT NULL CHECK (source IN ('hand', 'shopify', 'taobao', 'sheet', 'exchange')),
    "file_name" TEXT NOT NULL, "file_hash" TEXT NOT NULL, "mapping" TEXT, "started_at" INTEGER NOT NULL,
    "finished_at" INTEGER, "by_id" INTEGER, "counts" TEXT NOT NULL,
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE TABLE "sale" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "source" TEXT NOT NULL CHECK (source IN ('hand', 'shopify', 'taobao', 'sheet', 'exchange')),
    "order_no" TEXT NOT NULL, "channel" TEXT NOT NULL CHECK (channel IN ('store', 'remote')),
    "platform" TEXT NOT NULL,
    "proof" TEXT NOT NULL CHECK (proof IN ('receipt', 'invoice', 'order', 'payment', 'none')),
    "proof_ref" TEXT NOT NULL, "purchased_on" TEXT NOT NULL, "delivered_on" TEXT, "received_on" TEXT,
    "installed_on" TEXT, "goods_fen" INTEGER NOT NULL, "discount_fen" INTEGER NOT NULL,
    "freight_fen" INTEGER NOT NULL, "paid_fen" INTEGER NOT NULL CHECK (paid_fen >= 0),
    "subsidy_fen" INTEGER NOT NULL, "extras" TEXT NOT NULL, "invoice_no" TEXT NOT NULL,
    "invoice_state" TEXT NOT NULL, "person_id" INTEGER, "customer_masked" TEXT NOT NULL,
    "phone_masked" TEXT NOT NULL, "phone_hash" TEXT NOT NULL, "area" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL, "request_id" TEXT NOT NULL, "batch_id" INTEGER,
    "recorded_at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, "recorded_by_id" INTEGER,
    FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    FOREIGN KEY ("batch_id") REFERENCES "import_batch" ("id"),
    FOREIGN KEY ("recorded_by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "sale_order_no" ON "sale" ("order_no");
CREATE INDEX "sale_purchased_on" ON "sale" ("purchased_on");
CREATE INDEX "sale_person_id" ON "sale" ("person_id");
CREATE INDEX "sale_phone_hash" ON "sale" ("phone_hash");
CREATE UNIQUE INDEX "sale_request_id" ON "sale" ("request_id");
CREATE INDEX "sale_batch_id" ON "sale" ("batch_id");
CREATE TABLE "policy_version" (
    "id" INTEGER NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL, "version" INTEGER NOT NULL,
    "content" TEXT NOT NULL, "hash" TEXT NOT NULL, "by_id" INTEGER, "at" INTEGER NOT NULL,
    "valid_from" TEXT NOT NULL, "note" TEXT NOT NULL, FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE UNIQUE INDEX "policy_version_kind_version" ON "policy_version" ("kind", "version");
CREATE INDEX "policy_version_kind_hash" ON "policy_version" ("kind", "hash");
CREATE TABLE "case_file" (
    "id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "state" TEXT NOT NULL, "sale_id" INTEGER,
    "person_id" INTEGER, "customer_masked" TEXT NOT NULL, "phone_masked" TEXT NOT NULL,
    "phone_hash" TEXT NOT NULL, "stands" TEXT NOT NULL CHECK (stands IN ('buyer', 'proxy', 'gift_recipient')),
    "buyer_consent" INTEGER NOT NULL CHECK (buyer_consent IN (0, 1)), "contact_channel" TEXT NOT NULL,
    "entrance" TEXT NOT NULL, "opened_at" INTEGER NOT NULL, "business_date" TEXT NOT NULL,
    "opened_by_id" INTEGER NOT NULL, "owner_id" INTEGER NOT NULL, "chart_version_id" INTEGER NOT NULL,
    "policy_version_id" INTEGER NOT NULL, "happened_on" TEXT, "summary" TEXT NOT NULL, "wishes" TEXT NOT NULL,
    "upset" INTEGER NOT NULL CHECK (upset IN (0, 1)), "safety" INTEGER NOT NULL CHECK (safety IN (0, 1)),
    "plan" TEXT, "waiting_for" TEXT NOT NULL, "next_due_on" TEXT, "reopened_from_id" INTEGER,
    "closed_at" INTEGER, "updated_at" INTEGER NOT NULL, FOREIGN KEY ("sale_id") REFERENCES "sale" ("id"),
    FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    FOREIGN KEY ("opened_by_id") REFERENCES "staff" ("id"),
    FOREIGN KEY ("owner_id") REFERENCES "staff" ("id"),
    FOREIGN KEY ("chart_version_id") REFERENCES "policy_version" ("id"),
    FOREIGN KEY ("policy_version_id") REFERENCES "policy_version" ("id"),
    FOREIGN KEY ("reopened_from_id") REFERENCES "case_file" ("id")
) STRICT;
CREATE UNIQUE INDEX "case_file_number" ON "case_file" ("number");
CREATE INDEX "case_file_sale_id" ON "case_file" ("sale_id");
CREATE INDEX "case_file_person_id" ON "case_file" ("person_id");
CREATE INDEX "case_file_phone_hash" ON "case_file" ("phone_hash");
CREATE INDEX "case_file_business_date" ON "case_file" ("business_date");
CREATE INDEX "case_file_reopened_from_id" ON "case_file" ("reopened_from_id");
CREATE INDEX "case_file_state_next_due_on" ON "case_file" ("state", "next_due_on");
CREATE TABLE "walk" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "seq" INTEGER NOT NULL,
    "chart_version_id" INTEGER NOT NULL, "state" TEXT NOT NULL, "at_node" TEXT NOT NULL, "path" TEXT NOT NULL,
    "remedies" TEXT NOT NULL, "facts" TEXT NOT NULL, "tests" TEXT NOT NULL, "result" TEXT,
    "updated_at" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"),
    FOREIGN KEY ("chart_version_id") REFERENCES "policy_version" ("id")
) STRICT;
CREATE INDEX "walk_case_id" ON "walk" ("case_id");
CREATE UNIQUE INDEX "walk_case_id_seq" ON "walk" ("case_id", "seq");
CREATE TABLE "approval" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "walk_id" INTEGER, "node" TEXT NOT NULL,
    "reasons" TEXT NOT NULL, "figures" TEXT NOT NULL, "figures_hash" TEXT NOT NULL,
    "amount_fen" INTEGER NOT NULL, "requested_by_id" INTEGER NOT NULL, "requested_at" INTEGER NOT NULL,
    "business_date" TEXT NOT NULL, "note" TEXT NOT NULL,
    "decision" TEXT NOT NULL CHECK (decision IN ('', 'approve', 'reject', 'withdrawn')),
    "decided_by_id" INTEGER, "decided_at" INTEGER, "decision_note" TEXT NOT NULL,
    "self_approved" INTEGER NOT NULL CHECK (self_approved IN (0, 1)), "way" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("walk_id") REFERENCES "walk" ("id"),
    FOREIGN KEY ("requested_by_id") REFERENCES "staff" ("id"),
    FOREIGN KEY ("decided_by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "approval_case_id" ON "approval" ("case_id");
CREATE INDEX "approval_walk_id" ON "approval" ("walk_id");
CREATE TABLE "product" (
    "id" INTEGER NOT NULL PRIMARY KEY, "sku" TEXT NOT NULL, "barcode" TEXT NOT NULL, "name" TEXT NOT NULL,
    "model" TEXT NOT NULL, "category" TEXT NOT NULL, "price_fen" INTEGER NOT NULL, "cost_fen" INTEGER,
    "tax_rate_bp" INTEGER NOT NULL, "weighed" INTEGER NOT NULL CHECK (weighed IN (0, 1)),
    "repairable" INTEGER NOT NULL CHECK (repairable IN (0, 1)),
    "active" INTEGER NOT NULL CHECK (active IN (0, 1)), "note" TEXT NOT NULL, "updated_at" INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "product_sku" ON "product" ("sku");
CREATE INDEX "product_barcode" ON "product" ("barcode");
CREATE TABLE "sale_line" (
    "id" INTEGER NOT NULL PRIMARY KEY, "sale_id" INTEGER NOT NULL, "line_no" INTEGER NOT NULL,
    "product_id" INTEGER, "sku" TEXT NOT NULL, "barcode" TEXT NOT NULL, "name" TEXT NOT NULL,
    "model" TEXT NOT NULL, "category" TEXT NOT NULL,
    "quantity_milli" INTEGER NOT NULL CHECK (quantity_milli > 0), "unit_price_fen" INTEGER NOT NULL,
    "list_fen" INTEGER NOT NULL, "discount_fen" INTEGER NOT NULL, "freight_fen" INTEGER NOT NULL,
    "paid_fen" INTEGER NOT NULL CHECK (paid_fen >= 0), "tax_rate_bp" INTEGER NOT NULL, "cost_fen" INTEGER,
    "serial" TEXT NOT NULL, "batch_no" TEXT NOT NULL, "flaw" TEXT NOT NULL,
    "no_return_confirmed" INTEGER NOT NULL CHECK (no_return_confirmed IN (0, 1)), "gift_of_id" INTEGER,
    "gift_price_fen" INTEGER, "indivisible" INTEGER NOT NULL CHECK (indivisible IN (0, 1)),
    "split_of_id" INTEGER, "origin_line_id" INTEGER, "guarantee_from" TEXT,
    FOREIGN KEY ("sale_id") REFERENCES "sale" ("id"), FOREIGN KEY ("product_id") REFERENCES "product" ("id"),
    FOREIGN KEY ("gift_of_id") REFERENCES "sale_line" ("id"),
    FOREIGN KEY ("split_of_id") REFERENCES "sale_line" ("id"),
    FOREIGN KEY ("origin_line_id") REFERENCES "sale_line" ("id")
) STRICT;
CREATE INDEX "sale_line_sale_id" ON "sale_line" ("sale_id");
CREATE INDEX "sale_line_product_id" ON "sale_line" ("product_id");
CREATE INDEX "sale_line_barcode" ON "sale_line" ("barcode");
CREATE INDEX "sale_line_serial" ON "sale_line" ("serial");
CREATE INDEX "sale_line_batch_no" ON "sale_line" ("batch_no");
CREATE INDEX "sale_line_gift_of_id" ON "sale_line" ("gift_of_id");
CREATE INDEX "sale_line_split_of_id" ON "sale_line" ("split_of_id");
CREATE INDEX "sale_line_origin_line_id" ON "sale_line" ("origin_line_id");
CREATE UNIQUE INDEX "sale_line_sale_id_line_no" ON "sale_line" ("sale_id", "line_no");
CREATE TABLE "case_line" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "walk_id" INTEGER NOT NULL,
    "sale_line_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL CHECK (state IN ('reserved', 'returned', 'kept', 'released')),
    "quantity_milli" INTEGER NOT NULL CHECK (quantity_milli > 0), "received_milli" INTEGER NOT NULL,
    "accepted_milli" INTEGER NOT NULL, "damaged_milli" INTEGER NOT NULL, "rejected_milli" INTEGER NOT NULL,
    "reason" TEXT NOT NULL, "liability" TEXT NOT NULL, "condition" TEXT NOT NULL, "disposition" TEXT NOT NULL,
    "serial" TEXT NOT NULL, "checks" TEXT NOT NULL, "deduction_fen" INTEGER NOT NULL,
    "deduction_reason" TEXT NOT NULL, "note" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("walk_id") REFERENCES "walk" ("id"),
    FOREIGN KEY ("sale_line_id") REFERENCES "sale_line" ("id"),
    CHECK (received_milli >= 0 AND accepted_milli >= 0 AND damaged_milli >= 0 AND rejected_milli >= 0),
    CHECK (accepted_milli + rejected_milli <= received_milli), CHECK (received_milli <= quantity_milli)
) STRICT;
CREATE INDEX "case_line_case_id" ON "case_line" ("case_id");
CREATE INDEX "case_line_walk_id" ON "case_line" ("walk_id");
CREATE INDEX "case_line_sale_line_id" ON "case_line" ("sale_line_id");
CREATE TABLE "attachment" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "case_line_id" INTEGER,
    "node" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('photo', 'signed_form', 'listing', 'receipt', 'other')),
    "sha256" TEXT NOT NULL, "mime" TEXT NOT NULL, "size" INTEGER NOT NULL, "name" TEXT NOT NULL,
    "by_id" INTEGER, "at" INTEGER NOT NULL, "erased_at" INTEGER,
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"),
    FOREIGN KEY ("case_line_id") REFERENCES "case_line" ("id"),
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "attachment_case_id" ON "attachment" ("case_id");
CREATE INDEX "attachment_case_line_id" ON "attachment" ("case_line_id");
CREATE INDEX "attachment_sha256" ON "attachment" ("sha256");
CREATE TABLE "case_event" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL, "detail" TEXT NOT NULL, "by_id" INTEGER, "at" INTEGER NOT NULL,
    "business_date" TEXT NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"),
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "case_event_case_id" ON "case_event" ("case_id");
CREATE UNIQUE INDEX "case_event_case_id_seq" ON "case_event" ("case_id", "seq");
CREATE INDEX "case_event_business_date_kind" ON "case_event" ("business_date", "kind");
CREATE TABLE "case_words" (
    "case_id" INTEGER NOT NULL PRIMARY KEY, "words" TEXT NOT NULL, "erased_at" INTEGER,
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id")
) STRICT;
CREATE TABLE "posting" (
    "id" INTEGER NOT NULL PRIMARY KEY, "request_id" TEXT NOT NULL, "kind" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL, "case_id" INTEGER, "result" TEXT NOT NULL, "at" INTEGER NOT NULL,
    "by_id" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"),
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE UNIQUE INDEX "posting_request_id" ON "posting" ("request_id");
CREATE INDEX "posting_case_id" ON "posting" ("case_id");
CREATE TABLE "document" (
    "id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL,
    "prefix" TEXT NOT NULL CHECK (prefix IN ('SH', 'TH', 'HH', 'BF', 'ZJ', 'TK', 'SJ', 'WX', 'TS', 'BY', 'BC', 'YJ', 'JB', 'GZ')),
    "posting_id" INTEGER NOT NULL, "case_id" INTEGER, "walk_id" INTEGER, "reverses_id" INTEGER,
    "approval_id" INTEGER, "shift_id" INTEGER, "amount_fen" INTEGER NOT NULL, "content" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL, "format" INTEGER NOT NULL, "business_date" TEXT NOT NULL,
    "posted_at" INTEGER NOT NULL, "posted_by_id" INTEGER NOT NULL,
    FOREIGN KEY ("posting_id") REFERENCES "posting" ("id"),
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("walk_id") REFERENCES "walk" ("id"),
    FOREIGN KEY ("reverses_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("approval_id") REFERENCES "approval" ("id"),
    FOREIGN KEY ("posted_by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE UNIQUE INDEX "document_number" ON "document" ("number");
CREATE INDEX "document_posting_id" ON "document" ("posting_id");
CREATE INDEX "document_case_id" ON "document" ("case_id");
CREATE INDEX "document_walk_id" ON "document" ("walk_id");
CREATE UNIQUE INDEX "document_reverses_id" ON "document" ("reverses_id");
CREATE INDEX "document_approval_id" ON "document" ("approval_id");
CREATE INDEX "document_business_date" ON "document" ("business_date");
CREATE TABLE "compensation" (
    "id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "case_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('goodwill', 'legal', 'coupon', 'gift', 'concession')),
    "tier" INTEGER, "amount_fen" INTEGER NOT NULL, "what" TEXT NOT NULL, "basis" TEXT NOT NULL,
    "expires_on" TEXT, "at" INTEGER NOT NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id")
) STRICT;
CREATE INDEX "compensation_document_id" ON "compensation" ("document_id");
CREATE INDEX "compensation_case_id" ON "compensation" ("case_id");
CREATE TABLE "deposit" (
    "id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "case_id" INTEGER NOT NULL,
    "tender" TEXT NOT NULL, "amount_fen" INTEGER NOT NULL CHECK (amount_fen > 0), "due_on" TEXT,
    "at" INTEGER NOT NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id")
) STRICT;
CREATE INDEX "deposit_document_id" ON "deposit" ("document_id");
CREATE INDEX "deposit_case_id" ON "deposit" ("case_id");
CREATE TABLE "deposit_move" (
    "id" INTEGER NOT NULL PRIMARY KEY, "deposit_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL CHECK (kind IN ('returned', 'kept')),
    "amount_fen" INTEGER NOT NULL CHECK (amount_fen > 0), "document_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL, FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id"),
    FOREIGN KEY ("document_id") REFERENCES "document" ("id")
) STRICT;
CREATE INDEX "deposit_move_deposit_id" ON "deposit_move" ("deposit_id");
CREATE INDEX "deposit_move_document_id" ON "deposit_move" ("document_id");
CREATE TABLE "document_line" (
    "id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "line_no" INTEGER NOT NULL,
    "case_line_id" INTEGER, "sale_line_id" INTEGER,
    "direction" TEXT NOT NULL CHECK (direction IN ('in', 'out', 'none')), "quantity_milli" INTEGER NOT NULL,
    "amount_fen" INTEGER NOT NULL, "reverses_line_id" INTEGER,
    FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("case_line_id") REFERENCES "case_line" ("id"),
    FOREIGN KEY ("sale_line_id") REFERENCES "sale_line" ("id"),
    FOREIGN KEY ("reverses_line_id") REFERENCES "document_line" ("id"),
    CHECK (quantity_milli <> 0 OR amount_fen <> 0)
) STRICT;
CREATE INDEX "document_line_document_id" ON "document_line" ("document_id");
CREATE INDEX "document_line_case_line_id" ON "document_line" ("case_line_id");
CREATE INDEX "document_line_sale_line_id" ON "document_line" ("sale_line_id");
CREATE UNIQUE INDEX "document_line_reverses_line_id" ON "document_line" ("reverses_line_id");
CREATE UNIQUE INDEX "document_line_document_id_line_no" ON "document_line" ("document_id", "line_no");
CREATE TABLE "evidence_waiver" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "node" TEXT NOT NULL,
    "reason" TEXT NOT NULL, "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "evidence_waiver_case_id" ON "evidence_waiver" ("case_id");
CREATE TABLE "import_hold" (
    "id" INTEGER NOT NULL PRIMARY KEY, "batch_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL CHECK (source IN ('hand', 'shopify', 'taobao', 'sheet', 'exchange')),
    "order_no" TEXT NOT NULL, "content" TEXT NOT NULL, "candidates" TEXT NOT NULL, "decision" TEXT NOT NULL,
    "decided_by_id" INTEGER, "decided_at" INTEGER, FOREIGN KEY ("batch_id") REFERENCES "import_batch" ("id"),
    FOREIGN KEY ("decided_by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "import_hold_batch_id" ON "import_hold" ("batch_id");
CREATE UNIQUE INDEX "import_hold_source_order_no" ON "import_hold" ("source", "order_no");
CREATE TABLE "settlement" (
    "id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "case_id" INTEGER NOT NULL,
    "sale_id" INTEGER, "direction" TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    "purpose" TEXT NOT NULL CHECK (purpose IN ('refund', 'difference', 'deposit', 'repair', 'compensation')),
    "tender" TEXT NOT NULL, "amount_fen" INTEGER NOT NULL CHECK (amount_fen <> 0), "override_id" INTEGER,
    "due_on" TEXT, "business_date" TEXT NOT NULL, "at" INTEGER NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("sale_id") REFERENCES "sale" ("id"),
    FOREIGN KEY ("override_id") REFERENCES "approval" ("id")
) STRICT;
CREATE INDEX "settlement_document_id" ON "settlement" ("document_id");
CREATE INDEX "settlement_case_id" ON "settlement" ("case_id");
CREATE INDEX "settlement_sale_id" ON "settlement" ("sale_id");
CREATE INDEX "settlement_override_id" ON "settlement" ("override_id");
CREATE TABLE "shift" (
    "id" INTEGER NOT NULL PRIMARY KEY, "business_date" TEXT NOT NULL, "opened_at" INTEGER NOT NULL,
    "opened_by_id" INTEGER NOT NULL, "float_fen" INTEGER NOT NULL CHECK (float_fen >= 0), "closed_at" INTEGER,
    "closed_by_id" INTEGER, "counted_fen" INTEGER, "expected_fen" INTEGER, "count_detail" TEXT,
    "variance_reason" TEXT NOT NULL, "handed_to_id" INTEGER, "note" TEXT NOT NULL, "money_head" TEXT NOT NULL,
    "stock_head" TEXT NOT NULL, "money_rows" INTEGER NOT NULL, "stock_rows" INTEGER NOT NULL,
    FOREIGN KEY ("opened_by_id") REFERENCES "staff" ("id"),
    FOREIGN KEY ("closed_by_id") REFERENCES "staff" ("id"),
    FOREIGN KEY ("handed_to_id") REFERENCES "staff" ("id")
) STRICT;
CREATE TABLE "proof" (
    "id" INTEGER NOT NULL PRIMARY KEY, "settlement_id" INTEGER NOT NULL,
    "amount_fen" INTEGER NOT NULL CHECK (amount_fen <> 0), "tender" TEXT NOT NULL, "reference" TEXT NOT NULL,
    "shift_id" INTEGER, "request_id" TEXT NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL,
    "by_id" INTEGER NOT NULL, FOREIGN KEY ("settlement_id") REFERENCES "settlement" ("id"),
    FOREIGN KEY ("shift_id") REFERENCES "shift" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "proof_settlement_id" ON "proof" ("settlement_id");
CREATE INDEX "proof_shift_id" ON "proof" ("shift_id");
CREATE UNIQUE INDEX "proof_request_id" ON "proof" ("request_id");
CREATE INDEX "proof_business_date" ON "proof" ("business_date");
CREATE TABLE "money_entry" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL CHECK (kind IN ('owed', 'receivable', 'paid', 'received', 'deposit_kept', 'float', 'variance')),
    "document_id" INTEGER, "settlement_id" INTEGER, "proof_id" INTEGER, "shift_id" INTEGER,
    "tender" TEXT NOT NULL, "amount_fen" INTEGER NOT NULL, "at" INTEGER NOT NULL,
    "business_date" TEXT NOT NULL, "canonical" TEXT NOT NULL, "format" INTEGER NOT NULL,
    "prev_hash" TEXT NOT NULL, "hash" TEXT NOT NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("settlement_id") REFERENCES "settlement" ("id"),
    FOREIGN KEY ("proof_id") REFERENCES "proof" ("id"), FOREIGN KEY ("shift_id") REFERENCES "shift" ("id")
) STRICT;
CREATE INDEX "money_entry_document_id" ON "money_entry" ("document_id");
CREATE INDEX "money_entry_settlement_id" ON "money_entry" ("settlement_id");
CREATE INDEX "money_entry_proof_id" ON "money_entry" ("proof_id");
CREATE INDEX "money_entry_shift_id" ON "money_entry" ("shift_id");
CREATE INDEX "money_entry_business_date" ON "money_entry" ("business_date");
CREATE UNIQUE INDEX "money_entry_hash" ON "money_entry" ("hash");
CREATE TABLE "number" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "prefix" TEXT NOT NULL CHECK (prefix IN ('SH', 'TH', 'HH', 'BF', 'ZJ', 'TK', 'SJ', 'WX', 'TS', 'BY', 'BC', 'YJ', 'JB', 'GZ')),
    "business_date" TEXT NOT NULL, "seq" INTEGER NOT NULL, "number" TEXT NOT NULL, "at" INTEGER NOT NULL,
    "voided_why" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "number_number" ON "number" ("number");
CREATE UNIQUE INDEX "number_prefix_business_date_seq" ON "number" ("prefix", "business_date", "seq");
CREATE TABLE "print_record" (
    "id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER, "case_id" INTEGER, "slip" TEXT NOT NULL,
    "copy" TEXT NOT NULL, "paper" TEXT NOT NULL, "language" TEXT NOT NULL,
    "reprint" INTEGER NOT NULL CHECK (reprint IN (0, 1)), "by_id" INTEGER, "at" INTEGER NOT NULL,
    "business_date" TEXT NOT NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "print_record_document_id" ON "print_record" ("document_id");
CREATE INDEX "print_record_case_id" ON "print_record" ("case_id");
CREATE TABLE "reveal" (
    "id" INTEGER NOT NULL PRIMARY KEY, "person_id" INTEGER NOT NULL, "field" TEXT NOT NULL,
    "why" TEXT NOT NULL, "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL,
    FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "reveal_person_id" ON "reveal" ("person_id");
CREATE TABLE "sale_identity" (
    "id" INTEGER NOT NULL PRIMARY KEY, "sale_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL CHECK (source IN ('hand', 'shopify', 'taobao', 'sheet', 'exchange')),
    "order_no" TEXT NOT NULL, "batch_id" INTEGER, "at" INTEGER NOT NULL,
    FOREIGN KEY ("sale_id") REFERENCES "sale" ("id"),
    FOREIGN KEY ("batch_id") REFERENCES "import_batch" ("id")
) STRICT;
CREATE INDEX "sale_identity_sale_id" ON "sale_identity" ("sale_id");
CREATE INDEX "sale_identity_batch_id" ON "sale_identity" ("batch_id");
CREATE UNIQUE INDEX "sale_identity_source_order_no" ON "sale_identity" ("source", "order_no");
CREATE TABLE "sale_tender" (
    "id" INTEGER NOT NULL PRIMARY KEY, "sale_id" INTEGER NOT NULL, "tender" TEXT NOT NULL,
    "paid_fen" INTEGER NOT NULL CHECK (paid_fen >= 0), "reference" TEXT NOT NULL,
    FOREIGN KEY ("sale_id") REFERENCES "sale" ("id")
) STRICT;
CREATE INDEX "sale_tender_sale_id" ON "sale_tender" ("sale_id");
CREATE UNIQUE INDEX "sale_tender_sale_id_tender" ON "sale_tender" ("sale_id", "tender");
CREATE TABLE "setting" (
    "key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL, "at" INTEGER NOT NULL, "by_id" INTEGER,
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE TABLE "shop" (
    "id" INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), "code" TEXT NOT NULL, "name" TEXT NOT NULL,
    "address" TEXT NOT NULL, "phone" TEXT NOT NULL, "province" TEXT NOT NULL, "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL, "salt" TEXT NOT NULL, "opened_at" INTEGER NOT NULL
) STRICT;
CREATE TABLE "signature" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "form_hash" TEXT NOT NULL,
    "check_code" TEXT NOT NULL, "form_id" INTEGER, "document_id" INTEGER,
    "signer" TEXT NOT NULL CHECK (signer IN ('customer', 'clerk', 'reviewer', 'cashier')),
    "signer_masked" TEXT NOT NULL, "on_paper" INTEGER NOT NULL CHECK (on_paper IN (0, 1)), "strokes" TEXT,
    "strokes_hash" TEXT NOT NULL, "void" INTEGER NOT NULL CHECK (void IN (0, 1)), "by_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL, "erased_at" INTEGER, FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"),
    FOREIGN KEY ("form_id") REFERENCES "attachment" ("id"),
    FOREIGN KEY ("document_id") REFERENCES "document" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "signature_case_id" ON "signature" ("case_id");
CREATE INDEX "signature_form_id" ON "signature" ("form_id");
CREATE INDEX "signature_document_id" ON "signature" ("document_id");
CREATE TABLE "staff_event" (
    "id" INTEGER NOT NULL PRIMARY KEY, "staff_id" INTEGER NOT NULL, "kind" TEXT NOT NULL,
    "at" INTEGER NOT NULL, "by_id" INTEGER, "note" TEXT NOT NULL,
    FOREIGN KEY ("staff_id") REFERENCES "staff" ("id"), FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE TABLE "stock_entry" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL CHECK (kind IN ('opening', 'count', 'received', 'disposed', 'issued', 'handed_back', 'reversed')),
    "product_id" INTEGER, "sale_line_id" INTEGER, "case_line_id" INTEGER, "document_id" INTEGER,
    "document_line_id" INTEGER, "from_place" TEXT NOT NULL, "to_place" TEXT NOT NULL,
    "quantity_milli" INTEGER NOT NULL CHECK (quantity_milli > 0), "serial" TEXT NOT NULL,
    "batch_no" TEXT NOT NULL, "at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, "canonical" TEXT NOT NULL,
    "format" INTEGER NOT NULL, "prev_hash" TEXT NOT NULL, "hash" TEXT NOT NULL,
    FOREIGN KEY ("product_id") REFERENCES "product" ("id"),
    FOREIGN KEY ("sale_line_id") REFERENCES "sale_line" ("id"),
    FOREIGN KEY ("case_line_id") REFERENCES "case_line" ("id"),
    FOREIGN KEY ("document_id") REFERENCES "document" ("id"),
    FOREIGN KEY ("document_line_id") REFERENCES "document_line" ("id"), CHECK (from_place <> to_place)
) STRICT;
CREATE INDEX "stock_entry_product_id" ON "stock_entry" ("product_id");
CREATE INDEX "stock_entry_sale_line_id" ON "stock_entry" ("sale_line_id");
CREATE INDEX "stock_entry_case_line_id" ON "stock_entry" ("case_line_id");
CREATE INDEX "stock_entry_document_id" ON "stock_entry" ("document_id");
CREATE INDEX "stock_entry_document_line_id" ON "stock_entry" ("document_line_id");
CREATE INDEX "stock_entry_business_date" ON "stock_entry" ("business_date");
CREATE UNIQUE INDEX "stock_entry_hash" ON "stock_entry" ("hash");
CREATE INDEX "stock_entry_product_id_to_place_quantity_milli"
    ON "stock_entry" ("product_id", "to_place", "quantity_milli");
CREATE INDEX "stock_entry_product_id_from_place_quantity_milli"
    ON "stock_entry" ("product_id", "from_place", "quantity_milli");
CREATE TABLE "task" (
    "id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER, "walk_id" INTEGER, "kind" TEXT NOT NULL,
    "node" TEXT NOT NULL, "role" TEXT NOT NULL, "what" TEXT NOT NULL, "due_on" TEXT,
    "created_at" INTEGER NOT NULL, "business_date" TEXT NOT NULL, "done_at" INTEGER, "done_by_id" INTEGER,
    "result" TEXT NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_file" ("id"),
    FOREIGN KEY ("walk_id") REFERENCES "walk" ("id"), FOREIGN KEY ("done_by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "task_case_id" ON "task" ("case_id");
CREATE INDEX "task_walk_id" ON "task" ("walk_id");
CREATE INDEX "task_done_at_due_on" ON "task" ("done_at", "due_on");
CREATE TABLE "walk_step" (
    "id" INTEGER NOT NULL PRIMARY KEY, "walk_id" INTEGER NOT NULL, "seq" INTEGER NOT NULL,
    "act" TEXT NOT NULL CHECK (act IN ('answer', 'override', 'back', 'withdraw')), "node" TEXT NOT NULL,
    "answer" TEXT NOT NULL, "reason" TEXT NOT NULL, "tests" TEXT NOT NULL, "facts" TEXT NOT NULL,
    "by_id" INTEGER NOT NULL, "at" INTEGER NOT NULL, FOREIGN KEY ("walk_id") REFERENCES "walk" ("id"),
    FOREIGN KEY ("by_id") REFERENCES "staff" ("id")
) STRICT;
CREATE INDEX "walk_step_walk_id" ON "walk_step" ("walk_id");
CREATE UNIQUE INDEX "walk_step_walk_id_seq" ON "walk_step" ("walk_id", "seq");
CREATE VIRTUAL TABLE case_search USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE "case_search_text" (
    id INTEGER NOT NULL PRIMARY KEY, form INTEGER NOT NULL, text TEXT NOT NULL, pinyin TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE sale_search USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE "sale_search_text" (
    id INTEGER NOT NULL PRIMARY KEY, form INTEGER NOT NULL, text TEXT NOT NULL, pinyin TEXT NOT NULL
) STRICT;
INSERT INTO case_search (case_search, rank) VALUES ('automerge', 0);
INSERT INTO case_search (case_search, rank) VALUES ('crisismerge', 64);
INSERT INTO sale_search (sale_search, rank) VALUES ('automerge', 0);
INSERT INTO sale_search (sale_search, rank) VALUES ('crisismerge', 64);
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
