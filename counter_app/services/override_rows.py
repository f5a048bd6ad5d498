"""Everything that went another way than the rules alone would have it, as one query over the rows that wrote it.

The overrides page and the month's archive read the same rows, so that they cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from counter_app.domain.approval_rules import SIGNALS
from counter_app.services.visit_sum import SIGNED_PAPERS


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


KINDS: Final = (
    "no_receipt",
    "no_signature",
    "paper_missing",
    "other_route",
    "self_approved",
    "by_code",
    "despite_signal",
    "overruled",
    "evidence_waived",
    "reversal",
    "proof_corrected",
    "pin_reset",
    "rights_changed",
    "deposit_kept",
    "drawer_apart",
    "restored",
    "reprint",
    "void",
)
"""Every kind of override, as the page's filter lists them."""

ROWS: Final = f"""
    SELECT 'no_receipt' AS kind, c.business_date AS day, c.number AS number, f.name AS who, NULL AS amount,
           '' AS why, c.id AS id, c.id AS case_id, '[]' AS reasons
    FROM case_file c JOIN staff f ON f.id = c.opened_by_id JOIN sale s ON s.id = c.sale_id
    WHERE s.proof = 'none' AND c.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT 'no_signature', d.business_date, d.number, f.name, sum(abs(d.amount_fen)),
           coalesce(json_extract(c.plan, '$.signature_waived'), ''), min(d.id), c.id, '[]'
    FROM document d JOIN case_file c ON c.id = d.case_id JOIN staff f ON f.id = d.posted_by_id
    WHERE d.prefix IN ({_listed(SIGNED_PAPERS)}) AND +d.reverses_id IS NULL
      AND d.business_date BETWEEN :first AND :last
      AND NOT EXISTS (SELECT 1 FROM signature g JOIN document o ON o.id = g.document_id
                        WHERE o.posting_id = d.posting_id AND g.void = 0 AND g.signer = 'customer')
    GROUP BY d.posting_id
    UNION ALL
    SELECT 'paper_missing', d.business_date, d.number, f.name, NULL, g.check_code, g.id, d.case_id, '[]'
    FROM signature g JOIN document d ON d.id = g.document_id JOIN staff f ON f.id = g.by_id
    WHERE g.on_paper = 1 AND g.form_id IS NULL AND g.void = 0 AND g.erased_at IS NULL
      AND d.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT 'other_route', d.business_date, d.number, f.name, t.amount_fen, coalesce(a.decision_note, ''), t.id,
           d.case_id, coalesce(a.reasons, '[]')
    FROM document d JOIN settlement t ON t.document_id = d.id JOIN staff f ON f.id = d.posted_by_id
    LEFT JOIN approval a ON a.id = t.override_id
    WHERE t.override_id IS NOT NULL AND +d.reverses_id IS NULL AND d.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT 'self_approved', a.business_date, c.number, r.name, a.amount_fen, a.decision_note, a.id, c.id, a.reasons
    FROM approval a JOIN case_file c ON c.id = a.case_id JOIN staff r ON r.id = a.decided_by_id
    WHERE a.self_approved = 1 AND a.decided_at >= :begin AND a.decided_at < :end
    UNION ALL
    SELECT 'by_code', a.business_date, c.number, r.name, a.amount_fen, a.decision_note, a.id, c.id, a.reasons
    FROM approval a JOIN case_file c ON c.id = a.case_id JOIN staff r ON r.id = a.decided_by_id
    WHERE a.way = 'code' AND a.decided_at >= :begin AND a.decided_at < :end
    UNION ALL
    SELECT 'despite_signal', a.business_date, c.number, r.name, a.amount_fen, a.decision_note, a.id, c.id, a.reasons
    FROM approval a JOIN case_file c ON c.id = a.case_id JOIN staff r ON r.id = a.decided_by_id
    WHERE a.decision = 'approve' AND a.decided_at >= :begin AND a.decided_at < :end
      AND EXISTS (SELECT 1 FROM json_each(a.reasons) j
                    WHERE json_extract(j.value, '$.code') IN ({_listed(SIGNALS)}))
    UNION ALL
    SELECT CASE e.kind WHEN 'overridden' THEN 'overruled' ELSE e.kind END, e.business_date, c.number,
           coalesce(json_extract(e.detail, '$.by'), f.name), json_extract(e.detail, '$.amount_fen'),
           coalesce(json_extract(e.detail, '$.reason'), ''), e.id, c.id, '[]'
    FROM case_event e JOIN case_file c ON c.id = e.case_id LEFT JOIN staff f ON f.id = e.by_id
    WHERE e.kind IN ('overridden', 'evidence_waived', 'proof_corrected') AND e.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT 'reversal', d.business_date, d.number, f.name, d.amount_fen,
           coalesce(json_extract(d.content, '$.reason'), ''), d.id, d.case_id, '[]'
    FROM document d JOIN staff f ON f.id = d.posted_by_id
    WHERE d.reverses_id IS NOT NULL AND d.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT CASE v.kind WHEN 'pin_changed' THEN 'pin_reset' ELSE v.kind END, json_extract(v.detail, '$.day'), t.code,
           f.name, NULL, v.note, v.id, NULL, '[]'
    FROM staff_event v JOIN staff t ON t.id = v.staff_id JOIN staff f ON f.id = v.by_id
    WHERE (v.kind = 'rights_changed' OR (v.kind = 'pin_changed' AND v.by_id <> v.staff_id))
      AND v.at >= :begin AND v.at < :end AND json_type(v.detail, '$.day') IS NOT NULL
    UNION ALL
    SELECT 'deposit_kept', d.business_date, d.number, f.name, m.amount_fen, '', m.id, d.case_id, '[]'
    FROM document d JOIN deposit_move m ON m.document_id = d.id JOIN staff f ON f.id = d.posted_by_id
    WHERE m.kind = 'kept' AND d.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT 'drawer_apart', coalesce(d.business_date, s.business_date), coalesce(d.number, ''), f.name, s.counted_fen - s.expected_fen,
           s.variance_reason, s.id, NULL, '[]'
    FROM shift s JOIN staff f ON f.id = s.closed_by_id LEFT JOIN document d ON d.id = s.document_id
    WHERE s.counted_fen <> s.expected_fen AND coalesce(d.business_date, s.business_date) BETWEEN :first AND :last
    UNION ALL
    SELECT 'restored', p.valid_from, '', f.name, NULL, p.note, p.id, NULL, json_extract(p.content, '$.reasons')
    FROM policy_version p LEFT JOIN staff f ON f.id = p.by_id
    WHERE p.kind = 'restored:data' AND p.valid_from BETWEEN :first AND :last
    UNION ALL
    SELECT 'reprint', p.business_date, coalesce(d.number, c.number), f.name, NULL, p.slip, p.id,
           coalesce(d.case_id, p.case_id), '[]'
    FROM print_record p LEFT JOIN document d ON d.id = p.document_id LEFT JOIN case_file c ON c.id = p.case_id
    LEFT JOIN staff f ON f.id = p.by_id
    WHERE p.reprint = 1 AND p.business_date BETWEEN :first AND :last
    UNION ALL
    SELECT 'void', n.business_date, n.number, NULL, NULL, n.voided_why, n.id, NULL, '[]'
    FROM number n WHERE n.voided_why <> '' AND n.business_date BETWEEN :first AND :last
"""
"""Kind, day, number, who, amount (分), why, id, case, reasons of an approval as JSON. Takes `:first`, `:last` (business
dates, ISO), `:begin`, `:end` (the same span in UTC milliseconds, the end not in it)."""
