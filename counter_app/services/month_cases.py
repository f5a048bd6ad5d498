"""Tables of the archive about cases: cases, their lines, approvals, refusals, exceptions."""

from __future__ import annotations

from counter_app.domain.case import FINAL
from counter_app.domain.effects import MAIN
from counter_app.services.month_tables import DAY, IN_SPAN, INSTANT, MONEY, NOTE, QUANTITY, Table, col
from counter_app.services.override_rows import ROWS


def _listed(values: object) -> str:
    return ", ".join(f"'{value}'" for value in sorted(str(value) for value in values))  # type: ignore[attr-defined]


_REASONS = """(SELECT json_group_array(reason) FROM (SELECT DISTINCT reason FROM case_line
              WHERE case_id = c.id AND reason <> '' ORDER BY reason))"""
_GOODS = """(SELECT group_concat(l.name, '; ') FROM case_line k JOIN sale_line l ON l.id = k.sale_line_id
              WHERE k.case_id = c.id)"""
# The name a clerk wrote into a note is the customer's own: it is masked there as everywhere else.
_MASKED = (
    "CASE WHEN length(p.name) > 1 AND NOT :personal THEN replace({0}, p.name, c.customer_masked) ELSE {0} END"
)
_OPENLY = "CASE WHEN :personal AND p.{} <> '' THEN p.{} ELSE c.{} END"

CASES = Table(
    "cases",
    (
        col("case", width=20),
        col("opened", INSTANT, 17),
        col("state", width=13, words="state"),
        col("entrance", NOTE, 22, words="entrance"),
        col("channel", words="channel"),
        col("customer", width=10, living=True),
        col("phone", width=14, living=True),
        col("stands", width=10, words="stands"),
        col("order", width=22),
        col("purchased", DAY),
        col("reasons", NOTE, 30, words="reason*", living=True),
        col("remedies", NOTE, 26, words="remedy*", living=True),
        col("refund", MONEY, 13, total=True),
        col("collected", MONEY, 13, total=True),
        col("clerk", width=10),
        col("due", DAY),
        col("closed", INSTANT, 17),
        col("summary", NOTE, 36, written=True, living=True),
    ),
    f"""
    SELECT c.number, c.opened_at,
           coalesce(json_extract(v.detail, '$.to'),
             (SELECT json_extract(e.detail, '$.from') FROM case_event e WHERE e.case_id = c.id
                AND e.kind = 'state' AND e.business_date > :last ORDER BY e.seq LIMIT 1), c.state),
           coalesce((SELECT s.answer FROM walk w JOIN walk_step s ON s.walk_id = w.id WHERE w.case_id = c.id
                       AND w.seq = 1 AND s.act = 'answer' AND s.node = json_extract(w.path, '$[0]')
                       AND s.at < :end ORDER BY s.seq DESC LIMIT 1), c.entrance),
           c.contact_channel, {_OPENLY.format("name", "name", "customer_masked")},
           {_OPENLY.format("phone", "phone", "phone_masked")}, c.stands, s.order_no, s.purchased_on, {_REASONS},
           (SELECT json_group_array(remedy) FROM (SELECT DISTINCT (
               SELECT j.value FROM json_each(w.remedies) j WHERE j.value IN ({_listed(MAIN)})
               ORDER BY j.key DESC LIMIT 1) AS remedy FROM walk w WHERE w.case_id = c.id)
              WHERE remedy IS NOT NULL),
           (SELECT coalesce(sum(amount_fen), 0) FROM settlement
              WHERE case_id = c.id AND direction = 'out' AND purpose IN ('refund', 'difference')
                AND business_date BETWEEN :first AND :last),
           (SELECT coalesce(sum(amount_fen), 0) FROM settlement
              WHERE case_id = c.id AND direction = 'in' AND purpose IN ('difference', 'repair')
                AND business_date BETWEEN :first AND :last),
           f.name,
           (SELECT min(t.due_on) FROM task t WHERE t.case_id = c.id AND t.business_date <= :last
              AND (t.done_at IS NULL OR t.done_at >= :end)),
           CASE WHEN v.id IS NULL THEN CASE WHEN c.closed_at < :end THEN c.closed_at END
                WHEN json_extract(v.detail, '$.to') IN ({_listed(FINAL)}) THEN v.at END,
           {_MASKED.format("c.summary")}
    FROM case_file c
    JOIN staff f ON f.id = c.opened_by_id
    LEFT JOIN sale s ON s.id = c.sale_id
    LEFT JOIN person p ON p.id = c.person_id
    LEFT JOIN case_event v ON v.id = (SELECT e.id FROM case_event e WHERE e.case_id = c.id AND e.kind = 'state'
                                        AND e.business_date <= :last ORDER BY e.seq DESC LIMIT 1)
    WHERE c.id IN {IN_SPAN}
    ORDER BY c.id
    """,
    counted=f"SELECT count(*) FROM case_file WHERE id IN {IN_SPAN}",
)

LINES = Table(
    "lines",
    (
        col("case", width=20),
        col("day", DAY),
        col("product", NOTE, 30),
        col("sku", width=16),
        col("serial", width=18, living=True),
        col("batch"),
        col("category", width=14, words="category", worded=4),
        col("sold", QUANTITY, 9),
        col("quantity", QUANTITY, 9, total=True, living=True),
        col("paid", MONEY, 13),
        col("given_back", MONEY, 13, total=True),
        col("deduction", MONEY, 12, total=True, living=True),
        col("cost", MONEY, 12, total=True, cost=True, living=True),
        col("line_state", words="line_state", living=True),
        col("reason", NOTE, 30, words="reason", living=True),
        col("liability", width=16, words="liability", living=True),
        col("condition", NOTE, 20, words="condition", living=True),
        col("disposition", NOTE, 25, words="disposition", living=True),
        col("received", QUANTITY, 9, living=True),
        col("accepted", QUANTITY, 9, living=True),
        col("damaged", QUANTITY, 9, living=True),
        col("rejected", QUANTITY, 9, living=True),
    ),
    f"""
    SELECT c.number, c.business_date, l.name, l.sku, CASE k.serial WHEN '' THEN l.serial ELSE k.serial END,
           l.batch_no, l.category, l.quantity_milli, k.quantity_milli, l.paid_fen,
           (SELECT coalesce(sum(d.amount_fen), 0) FROM document_line d JOIN document o ON o.id = d.document_id
              WHERE d.case_line_id = k.id AND o.business_date BETWEEN :first AND :last),
           k.deduction_fen,
           CAST(round(coalesce(l.cost_fen, p.cost_fen) * k.quantity_milli / 1000.0) AS INTEGER),
           k.state, k.reason, k.liability, k.condition, k.disposition,
           k.received_milli, k.accepted_milli, k.damaged_milli, k.rejected_milli
    FROM case_line k
    JOIN case_file c ON c.id = k.case_id
    JOIN sale_line l ON l.id = k.sale_line_id
    LEFT JOIN product p ON p.id = l.product_id
    WHERE c.id IN {IN_SPAN}
    ORDER BY c.id, k.id
    """,
    counted=f"SELECT count(*) FROM case_line WHERE case_id IN {IN_SPAN}",
)

APPROVALS = Table(
    "approvals",
    (
        col("case", width=20),
        col("asked", INSTANT, 17),
        col("asked_by", width=10),
        col("why", NOTE, 40, told=True),
        col("amount", MONEY, 13, total=True),
        col("decision", words="decision"),
        col("decided_by", width=10),
        col("decided", INSTANT, 17),
        col("way", words="approval_way"),
        col("own", width=9, words="yes"),
        col("note", NOTE, 36, written=True),
    ),
    # A question belongs to the month it was asked in and to the one it was answered in.
    """
    SELECT c.number, a.requested_at, q.name, a.reasons, a.amount_fen,
           CASE WHEN a.decided_at < :end THEN a.decision END,
           CASE WHEN a.decided_at < :end THEN r.name END,
           CASE WHEN a.decided_at < :end THEN a.decided_at END,
           CASE WHEN a.decided_at < :end THEN a.way END,
           CASE WHEN a.decided_at < :end THEN a.self_approved END,
           CASE WHEN a.decided_at < :end THEN a.decision_note END
    FROM approval a
    JOIN case_file c ON c.id = a.case_id
    JOIN staff q ON q.id = a.requested_by_id
    LEFT JOIN staff r ON r.id = a.decided_by_id
    WHERE a.business_date BETWEEN :first AND :last OR a.decided_at >= :begin AND a.decided_at < :end
    ORDER BY a.id
    """,
)

REFUSED = Table(
    "refused",
    (
        col("case", width=20),
        col("number", width=20),
        col("day", DAY),
        col("product", NOTE, 30),
        col("reasons", NOTE, 30, words="reason*", living=True),
        col("why", NOTE, 40, written=True),
        col("basis", NOTE, 30, written=True),
        col("approver", width=10),
        col("clerk", width=10),
    ),
    # One row per notice of refusal that stands; cases refused without one are told from the walk's last reason.
    f"""
    SELECT * FROM (
      SELECT c.number AS number, d.number, d.business_date AS day, {_GOODS}, {_REASONS},
             json_extract(d.content, '$.beside.refusal.reason'),
             json_extract(d.content, '$.beside.refusal.basis'),
             coalesce(nullif(json_extract(d.content, '$.beside.refusal.approver'), ''), a.name), f.name
      FROM document d
      JOIN case_file c ON c.id = d.case_id
      JOIN staff f ON f.id = d.posted_by_id
      LEFT JOIN approval g ON g.id = d.approval_id
      LEFT JOIN staff a ON a.id = g.decided_by_id
      WHERE d.prefix = 'GZ' AND +d.reverses_id IS NULL AND d.business_date BETWEEN :first AND :last
        AND NOT EXISTS (SELECT 1 FROM document o WHERE o.reverses_id = d.id AND o.business_date <= :last)
      UNION ALL
      SELECT c.number, NULL, e.business_date, {_GOODS}, {_REASONS},
             (SELECT s.reason FROM walk_step s JOIN walk w ON w.id = s.walk_id
                WHERE w.case_id = c.id AND s.reason <> '' ORDER BY s.id DESC LIMIT 1),
             NULL,
             (SELECT a.name FROM approval g JOIN staff a ON a.id = g.decided_by_id
                WHERE g.case_id = c.id AND g.decided_at < :end ORDER BY g.id DESC LIMIT 1),
             f.name
      FROM case_event e
      JOIN case_file c ON c.id = e.case_id
      JOIN staff f ON f.id = coalesce(e.by_id, c.opened_by_id)
      WHERE e.kind = 'state' AND json_extract(e.detail, '$.to') = 'refused'
        AND e.business_date BETWEEN :first AND :last
        AND NOT EXISTS (SELECT 1 FROM document d WHERE d.case_id = c.id AND d.prefix = 'GZ')
    ) ORDER BY day, number
    """,
)

# Deposits kept and drawers over or short have sheets of their own.
EXCEPTIONS = Table(
    "exceptions",
    (
        col("exception", width=18, words="exception"),
        col("day", DAY),
        col("number", width=20),
        col("clerk", width=10),
        col("amount", MONEY, 13),
        col("why", NOTE, 60, words="slip", written=True),
    ),
    f"""
    SELECT kind, day, number, who, amount, why FROM ({ROWS}
    ) WHERE kind NOT IN ('deposit_kept', 'drawer_apart') ORDER BY day, kind, id
    """,
)
