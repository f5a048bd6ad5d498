"""Numbers without gap or re-use (invariant 8), reversals (9), proofs of payment (11)."""

from __future__ import annotations

from counter_app.db.guards.trigger import Guard

_PROVED = "(SELECT SUM(amount_fen) FROM proof WHERE settlement_id = NEW.settlement_id)"
_OWED = "(SELECT amount_fen FROM settlement WHERE id = NEW.settlement_id)"

_CORRECTED = "SELECT 1 FROM proof c WHERE c.corrects_id = p.id"

GUARDS: tuple[Guard, ...] = (
    Guard(
        "guard_number_next",
        "BEFORE INSERT",
        "number",
        """NEW.seq IS NOT 1 + MAX(
          COALESCE((SELECT MAX(seq) FROM number
            WHERE prefix = NEW.prefix AND business_date = NEW.business_date), 0),
          COALESCE((SELECT MAX(last_seq) FROM history_number
            WHERE prefix = NEW.prefix AND business_date = NEW.business_date), 0))""",
        "guard.number_gap",
    ),
    Guard(
        "guard_document_numbered",
        "BEFORE INSERT",
        "document",
        "NOT EXISTS (SELECT 1 FROM number WHERE number = NEW.number AND prefix = NEW.prefix)",
        "guard.number_unknown",
    ),
    Guard(
        "guard_document_reversed_once",
        "BEFORE INSERT",
        "document",
        "EXISTS (SELECT 1 FROM document WHERE reverses_id = NEW.reverses_id)",
        "guard.reversed_twice",
        mendable=True,
    ),
    Guard(
        "guard_document_reversal_of_reversal",
        "BEFORE INSERT",
        "document",
        "EXISTS (SELECT 1 FROM document WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL)",
        "guard.reversal_reversed",
        mendable=True,
    ),
    Guard(
        "guard_document_line_reversal",
        "BEFORE INSERT",
        "document_line",
        """NEW.reverses_line_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM document_line old JOIN document d ON d.id = NEW.document_id
            WHERE old.id = NEW.reverses_line_id AND old.document_id = d.reverses_id
            AND old.amount_fen = -NEW.amount_fen AND old.quantity_milli = -NEW.quantity_milli
            AND old.sale_line_id IS NEW.sale_line_id AND old.case_line_id IS NEW.case_line_id
            AND old.direction = NEW.direction)""",
        "guard.reversal_differs",
    ),
    Guard(
        "guard_document_line_signed",
        "BEFORE INSERT",
        "document_line",
        "NEW.reverses_line_id IS NULL AND (NEW.quantity_milli < 0 OR NEW.amount_fen < 0)",
        "guard.negative_refund",
    ),
    Guard(
        "guard_settlement_signed",
        "BEFORE INSERT",
        "settlement",
        """NEW.amount_fen < 0
        AND (SELECT reverses_id FROM document WHERE id = NEW.document_id) IS NULL""",
        "guard.negative_refund",
    ),
    Guard(
        "guard_proof_owed",
        "AFTER INSERT",
        "proof",
        f"({_OWED} > 0 AND ({_PROVED} > {_OWED} OR {_PROVED} < 0))"
        f" OR ({_OWED} < 0 AND ({_PROVED} < {_OWED} OR {_PROVED} > 0))",
        "guard.overpaid",
        mendable=True,
    ),
    Guard(
        "guard_proof_correction",
        "BEFORE INSERT",
        "proof",
        """NEW.corrects_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM proof old WHERE old.id = NEW.corrects_id AND old.corrects_id IS NULL
            AND old.settlement_id = NEW.settlement_id AND old.amount_fen = -NEW.amount_fen
            AND old.tender = NEW.tender AND NEW.reason <> '')""",
        "guard.correction_differs",
    ),
    Guard(
        "guard_proof_takes_back",
        "BEFORE INSERT",
        "proof",
        f"NEW.corrects_id IS NULL AND NEW.amount_fen * {_OWED} < 0",
        "guard.correction_differs",
    ),
    # The plus: SQLite takes a search for proofs that correct nothing for a short one, and would read every proof.
    Guard(
        "guard_proof_number_once",
        "BEFORE INSERT",
        "proof",
        f"""NEW.reference <> '' AND NEW.corrects_id IS NULL AND EXISTS (
            SELECT 1 FROM proof p JOIN settlement s ON s.id = p.settlement_id JOIN document d ON d.id = s.document_id
            WHERE p.reference = NEW.reference AND p.tender = NEW.tender AND +p.corrects_id IS NULL
            AND NOT EXISTS ({_CORRECTED})
            AND (s.id = NEW.settlement_id OR d.posting_id <> (
                SELECT e.posting_id FROM settlement t JOIN document e ON e.id = t.document_id
                WHERE t.id = NEW.settlement_id)))""",
        "guard.proof_used",
        mendable=True,
    ),
    Guard(
        "guard_proof_cash_shift",
        "BEFORE INSERT",
        "proof",
        """NEW.tender = 'cash'
        AND NOT EXISTS (SELECT 1 FROM shift WHERE id = NEW.shift_id AND closed_at IS NULL)""",
        "guard.no_open_shift",
        mendable=True,
    ),
    Guard(
        "guard_deposit_move_held",
        "AFTER INSERT",
        "deposit_move",
        """(SELECT SUM(amount_fen) FROM deposit_move WHERE deposit_id = NEW.deposit_id)
        > (SELECT amount_fen FROM deposit WHERE id = NEW.deposit_id)""",
        "guard.deposit_exceeded",
        mendable=True,
    ),
)
