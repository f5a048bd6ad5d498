"""Invariant 8, column by column: what may still change in rows that have a life."""

from __future__ import annotations

from counter_app.db.guards.rows import table_of
from counter_app.db.guards.trigger import Guard
from counter_app.db.models import (
    Approval,
    Attachment,
    Case,
    CaseEvent,
    CaseLine,
    Claim,
    CountLine,
    CountSession,
    Recall,
    Row,
    Sale,
    SaleLine,
    Shift,
    Shop,
    Signature,
    Walk,
)

MAY_CHANGE: dict[type[Row], tuple[str, ...]] = {
    Shop: ("name", "address", "phone", "province"),
    Sale: (
        "proof",
        "proof_ref",
        "delivered_on",
        "received_on",
        "installed_on",
        "invoice_no",
        "invoice_state",
        "person_id",
        "customer_masked",
        "phone_masked",
        "phone_hash",
        "area",
    ),
    SaleLine: ("product_id", "serial", "batch_no", "guarantee_from"),
    Approval: ("decision", "decided_by_id", "decided_at", "decision_note", "self_approved", "way"),
    CaseEvent: ("detail", "erased_at"),
    Attachment: ("name", "erased_at"),
    Signature: ("strokes", "erased_at", "void", "document_id", "form_id"),
    Claim: ("state", "got_fen", "outcome", "due_on", "updated_at", "closed_at"),
    Recall: ("closed_at", "closed_by_id", "closed_why"),
    CountSession: ("state", "document_id", "closed_at", "reason", "approved_by_id"),
    CountLine: ("counted_milli",),
}
"""Every other column of these tables is frozen the moment the row is written."""

ERASED_WORDS = (
    "'$.text', '$.note', '$.name', '$.answers.why_not', '$.answers.suggestion', '$.answers.follow_up'"
)
"""What may be taken out of one line of a case's story: what somebody wrote freely, and the name of a file."""

FROZEN: dict[type[Row], tuple[str, ...]] = {
    Case: ("number", "opened_at", "business_date", "opened_by_id", "reopened_from_id"),
    Walk: ("case_id", "seq"),
    CaseLine: ("case_id", "sale_line_id"),
    Shift: ("business_date", "opened_at", "opened_by_id", "float_fen"),
}
"""In these tables only the named columns are."""


def _changed(columns: list[str]) -> str:
    return " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)


def _columns(model: type[Row]) -> list[str]:
    if model in FROZEN:
        return list(FROZEN[model])
    kept = MAY_CHANGE[model]
    return [field.column_name for field in model._meta.sorted_fields if field.column_name not in kept]


def _once(model: type[Row], column: str, empty: str) -> Guard:
    """A column that is filled in once and then stays."""
    table = table_of(model)
    return Guard(
        f"guard_{table}_{column}_once",
        "BEFORE UPDATE",
        table,
        f'OLD."{column}" IS NOT {empty} AND NEW."{column}" IS NOT OLD."{column}"',
        "guard.frozen",
    )


GUARDS: tuple[Guard, ...] = (
    *(
        Guard(
            f"guard_{table_of(model)}_frozen",
            "BEFORE UPDATE",
            table_of(model),
            _changed(_columns(model)),
            "guard.frozen",
        )
        for model in (*MAY_CHANGE, *FROZEN)
    ),
    _once(CaseEvent, "erased_at", "NULL"),
    Guard(
        "guard_case_event_erase_only",
        "BEFORE UPDATE",
        "case_event",
        "NEW.detail IS NOT OLD.detail AND (NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL OR "
        f"NEW.detail IS NOT json_remove(OLD.detail, {ERASED_WORDS}))",
        "guard.frozen",
    ),
    Guard(
        "guard_attachment_name_erase_only",
        "BEFORE UPDATE",
        "attachment",
        "NEW.name IS NOT OLD.name AND (NEW.name <> '' OR NEW.erased_at IS NULL)",
        "guard.frozen",
    ),
    _once(Attachment, "erased_at", "NULL"),
    _once(Signature, "erased_at", "NULL"),
    _once(Signature, "document_id", "NULL"),
    Guard(
        "guard_signature_form_id_once",
        "BEFORE UPDATE",
        "signature",
        "OLD.form_id IS NOT NULL AND NEW.form_id IS NOT OLD.form_id AND NOT EXISTS (SELECT 1 FROM scan_correction c "
        "WHERE c.signature_id = OLD.id AND c.was_id = OLD.form_id AND c.now_id = NEW.form_id)",
        "guard.frozen",
    ),
    _once(SaleLine, "product_id", "NULL"),
    Guard(
        "guard_signature_void_once",
        "BEFORE UPDATE",
        "signature",
        "OLD.void = 1 AND NEW.void = 0",
        "guard.frozen",
    ),
    Guard(
        "guard_signature_strokes_erase_only",
        "BEFORE UPDATE",
        "signature",
        "NEW.strokes IS NOT OLD.strokes AND (NEW.strokes IS NOT NULL OR NEW.erased_at IS NULL)",
        "guard.frozen",
    ),
    Guard(
        "guard_approval_decided_once",
        "BEFORE UPDATE",
        "approval",
        "OLD.decision <> ''",
        "guard.decided",
        mendable=True,
    ),
    *(
        Guard(
            f"guard_approval_other_person_{act.lower()}",
            f"BEFORE {act}",
            "approval",
            "NEW.decision = 'approve' AND NEW.self_approved = 0 AND NEW.decided_by_id IS NEW.requested_by_id",
            "guard.own_approval",
            mendable=True,
        )
        for act in ("INSERT", "UPDATE")
    ),
    Guard(
        "guard_shift_closed_once",
        "BEFORE UPDATE",
        "shift",
        "OLD.closed_at IS NOT NULL",
        "guard.shift_closed",
        mendable=True,
    ),
    Guard(
        "guard_shift_one_open",
        "BEFORE INSERT",
        "shift",
        "NEW.closed_at IS NULL AND EXISTS (SELECT 1 FROM shift WHERE closed_at IS NULL)",
        "guard.shift_open",
        mendable=True,
    ),
)
