"""The tables of the month's archive: for each its columns and the query that fills them.

Every query takes `:first` and `:last` (business dates, ISO) and gives its columns in order. A column whose
values are codes names the catalogue they are worded from.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.archive.sheets import Column, Kind

TEXT, NOTE, WHOLE = Kind.TEXT, Kind.NOTE, Kind.WHOLE
MONEY, QUANTITY, DAY, INSTANT = Kind.MONEY, Kind.QUANTITY, Kind.DAY, Kind.INSTANT


@dataclass(frozen=True, slots=True)
class Field:
    """A column and, for codes, the catalogue that words them (`tender`, `state` …). A catalogue with a
    trailing `*` takes several codes, separated by blanks."""

    column: Column
    words: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table sheet of the archive."""

    key: str
    fields: tuple[Field, ...]
    sql: str


def _f(key: str, kind: Kind = TEXT, width: float = 12, *, total: bool = False, words: str = "") -> Field:
    return Field(Column(key, kind, width, total), words)


CASES = Table(
    "cases",
    (
        _f("case", width=20),
        _f("opened", INSTANT, 17),
        _f("state", words="state"),
        _f("entrance", words="entrance"),
        _f("channel", words="channel"),
        _f("customer"),
        _f("phone", width=15),
        _f("stands", words="stands"),
        _f("order", width=22),
        _f("purchased", DAY),
        _f("reasons", NOTE, 20, words="reason*"),
        _f("remedies", NOTE, 20, words="remedy*"),
        _f("refund", MONEY, 13, total=True),
        _f("collected", MONEY, 13, total=True),
        _f("clerk"),
        _f("due", DAY),
        _f("closed", INSTANT, 17),
        _f("summary", NOTE, 36),
    ),
    """
    SELECT c.number, c.opened_at, c.state, c.entrance, c.contact_channel, c.customer_masked, c.phone_masked,
           c.stands, s.order_no, s.purchased_on,
           (SELECT group_concat(reason, ' ') FROM (SELECT DISTINCT reason FROM case_line
              WHERE case_id = c.id AND reason <> '' ORDER BY reason)),
           (SELECT group_concat(value, ' ') FROM (SELECT DISTINCT j.value FROM walk w, json_each(w.remedies) j
              WHERE w.case_id = c.id)),
           (SELECT coalesce(sum(amount_fen), 0) FROM settlement
              WHERE case_id = c.id AND direction = 'out' AND purpose IN ('refund', 'difference')
                AND business_date BETWEEN :first AND :last),
           (SELECT coalesce(sum(amount_fen), 0) FROM settlement
              WHERE case_id = c.id AND direction = 'in' AND purpose IN ('difference', 'repair')
                AND business_date BETWEEN :first AND :last),
           f.name, c.next_due_on, c.closed_at, c.summary
    FROM case_file c
    JOIN staff f ON f.id = c.opened_by_id
    LEFT JOIN sale s ON s.id = c.sale_id
    WHERE c.business_date BETWEEN :first AND :last
       OR EXISTS (SELECT 1 FROM document d WHERE d.case_id = c.id AND d.business_date BETWEEN :first AND :last)
    ORDER BY c.id
    """,
)

LINES = Table(
    "lines",
    (
        _f("case", width=20),
        _f("day", DAY),
        _f("product", NOTE, 30),
        _f("sku", width=16),
        _f("serial", width=18),
        _f("batch"),
        _f("category"),
        _f("sold", QUANTITY, 9),
        _f("quantity", QUANTITY, 9, total=True),
        _f("paid", MONEY, 13),
        _f("given_back", MONEY, 13, total=True),
        _f("deduction", MONEY, 13, total=True),
        _f("line_state", words="line_state"),
        _f("reason", NOTE, 20, words="reason"),
        _f("liability", words="liability"),
        _f("condition", NOTE, 16, words="condition"),
        _f("disposition", NOTE, 16, words="disposition"),
        _f("received", QUANTITY, 9),
        _f("accepted", QUANTITY, 9),
        _f("damaged", QUANTITY, 9),
        _f("rejected", QUANTITY, 9),
    ),
    """
    SELECT c.number, c.business_date, l.name, l.sku, CASE k.serial WHEN '' THEN l.serial ELSE k.serial END,
           l.batch_no, l.category, l.quantity_milli, k.quantity_milli, l.paid_fen,
           (SELECT coalesce(sum(d.amount_fen), 0) FROM document_line d JOIN document o ON o.id = d.document_id
              WHERE d.case_line_id = k.id AND o.business_date BETWEEN :first AND :last),
           k.deduction_fen, k.state, k.reason, k.liability, k.condition, k.disposition,
           k.received_milli, k.accepted_milli, k.damaged_milli, k.rejected_milli
    FROM case_line k
    JOIN case_file c ON c.id = k.case_id
    JOIN sale_line l ON l.id = k.sale_line_id
    WHERE c.business_date BETWEEN :first AND :last
       OR EXISTS (SELECT 1 FROM document d WHERE d.case_id = c.id AND d.business_date BETWEEN :first AND :last)
    ORDER BY c.id, k.id
    """,
)

_PAID_IN = """(SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
              WHERE p.settlement_id = t.id AND p.business_date BETWEEN :first AND :last)"""
_PAID_TO_END = """(SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
              WHERE p.settlement_id = t.id AND p.business_date <= :last)"""

REFUNDS = Table(
    "refunds",
    (
        _f("number", width=20),
        _f("case", width=20),
        _f("day", DAY),
        _f("purpose", words="purpose"),
        _f("tender", words="tender"),
        _f("sale_month", words="month"),
        _f("owed", MONEY, 13, total=True),
        _f("paid_now", MONEY, 13, total=True),
        _f("paid_before", MONEY, 13, total=True),
        _f("unpaid", MONEY, 13, total=True),
        _f("paid_day", DAY),
        _f("proof", width=26),
        _f("route", words="route"),
        _f("clerk"),
        _f("approver"),
    ),
    f"""
    SELECT d.number, c.number, t.business_date, t.purpose, t.tender,
           CASE WHEN s.id IS NULL THEN '' WHEN substr(s.purchased_on, 1, 7) = substr(t.business_date, 1, 7)
                THEN 'same' ELSE 'other' END,
           t.amount_fen, {_PAID_IN}, {_PAID_TO_END} - {_PAID_IN}, t.amount_fen - {_PAID_TO_END},
           (SELECT max(p.business_date) FROM proof p WHERE p.settlement_id = t.id AND p.business_date <= :last),
           (SELECT group_concat(p.reference, ' ') FROM proof p
              WHERE p.settlement_id = t.id AND p.reference <> '' AND p.business_date <= :last),
           CASE WHEN t.override_id IS NULL THEN 'original' ELSE 'other' END,
           f.name, a.name
    FROM settlement t
    JOIN document d ON d.id = t.document_id
    JOIN case_file c ON c.id = t.case_id
    JOIN staff f ON f.id = d.posted_by_id
    LEFT JOIN approval g ON g.id = d.approval_id
    LEFT JOIN staff a ON a.id = g.decided_by_id
    LEFT JOIN sale s ON s.id = t.sale_id
    WHERE t.direction = 'out' AND t.business_date <= :last
      AND (t.business_date >= :first
           OR EXISTS (SELECT 1 FROM proof p WHERE p.settlement_id = t.id
                        AND p.business_date BETWEEN :first AND :last)
           OR t.amount_fen <> {_PAID_TO_END})
    ORDER BY t.id
    """,
)

RECEIPTS = Table(
    "receipts",
    (
        _f("number", width=20),
        _f("case", width=20),
        _f("day", DAY),
        _f("purpose", words="purpose"),
        _f("tender", words="tender"),
        _f("due_in", MONEY, 13, total=True),
        _f("received_now", MONEY, 13, total=True),
        _f("received_before", MONEY, 13, total=True),
        _f("outstanding", MONEY, 13, total=True),
        _f("proof", width=26),
        _f("clerk"),
    ),
    f"""
    SELECT d.number, c.number, t.business_date, t.purpose, t.tender, t.amount_fen,
           {_PAID_IN}, {_PAID_TO_END} - {_PAID_IN}, t.amount_fen - {_PAID_TO_END},
           (SELECT group_concat(p.reference, ' ') FROM proof p
              WHERE p.settlement_id = t.id AND p.reference <> '' AND p.business_date <= :last),
           f.name
    FROM settlement t
    JOIN document d ON d.id = t.document_id
    JOIN case_file c ON c.id = t.case_id
    JOIN staff f ON f.id = d.posted_by_id
    WHERE t.direction = 'in' AND t.business_date <= :last
      AND (t.business_date >= :first
           OR EXISTS (SELECT 1 FROM proof p WHERE p.settlement_id = t.id
                        AND p.business_date BETWEEN :first AND :last)
           OR t.amount_fen <> {_PAID_TO_END})
    ORDER BY t.id
    """,
)

EXCHANGES = Table(
    "exchanges",
    (
        _f("number", width=20),
        _f("case", width=20),
        _f("day", DAY),
        _f("goods_in", NOTE, 30),
        _f("quantity_in", QUANTITY, 9, total=True),
        _f("goods_out", NOTE, 30),
        _f("quantity_out", QUANTITY, 9, total=True),
        _f("difference", MONEY, 13, total=True),
        _f("clerk"),
    ),
    """
    SELECT d.number, c.number, d.business_date,
           (SELECT group_concat(l.name, '; ') FROM document i JOIN document_line n ON n.document_id = i.id
              JOIN sale_line l ON l.id = n.sale_line_id WHERE i.posting_id = d.posting_id
              AND i.walk_id IS d.walk_id AND i.prefix = 'TH' AND n.direction = 'in'),
           (SELECT coalesce(sum(n.quantity_milli), 0) FROM document i JOIN document_line n
              ON n.document_id = i.id WHERE i.posting_id = d.posting_id AND i.walk_id IS d.walk_id
              AND i.prefix = 'TH' AND n.direction = 'in'),
           (SELECT group_concat(l.name, '; ') FROM document_line n JOIN sale_line l ON l.id = n.sale_line_id
              WHERE n.document_id = d.id AND n.direction = 'out'),
           (SELECT coalesce(sum(n.quantity_milli), 0) FROM document_line n
              WHERE n.document_id = d.id AND n.direction = 'out'),
           (SELECT coalesce(sum(CASE t.direction WHEN 'in' THEN t.amount_fen ELSE -t.amount_fen END), 0)
              FROM settlement t JOIN document o ON o.id = t.document_id
              WHERE o.posting_id = d.posting_id AND o.walk_id IS d.walk_id AND t.purpose = 'difference'),
           f.name
    FROM document d
    JOIN case_file c ON c.id = d.case_id
    JOIN staff f ON f.id = d.posted_by_id
    WHERE d.prefix = 'HH' AND d.business_date BETWEEN :first AND :last
    ORDER BY d.id
    """,
)

GOODS = Table(
    "goods",
    (
        _f("row", WHOLE, 9),
        _f("at", INSTANT, 17),
        _f("move", words="move"),
        _f("product", NOTE, 30),
        _f("sku", width=16),
        _f("serial", width=18),
        _f("from_place", NOTE, 18, words="disposition"),
        _f("to_place", NOTE, 18, words="disposition"),
        _f("quantity", QUANTITY, 9, total=True),
        _f("number", width=20),
    ),
    """
    SELECT e.seq, e.at, e.kind, coalesce(l.name, p.name), coalesce(p.sku, l.sku), e.serial,
           e.from_place, e.to_place, e.quantity_milli, d.number
    FROM stock_entry e
    LEFT JOIN product p ON p.id = e.product_id
    LEFT JOIN sale_line l ON l.id = e.sale_line_id
    LEFT JOIN document d ON d.id = e.document_id
    WHERE e.business_date BETWEEN :first AND :last
    ORDER BY e.seq
    """,
)

APPROVALS = Table(
    "approvals",
    (
        _f("case", width=20),
        _f("asked", INSTANT, 17),
        _f("asked_by"),
        _f("why", NOTE, 32, words="approval_reason*"),
        _f("amount", MONEY, 13, total=True),
        _f("decision", words="decision"),
        _f("decided_by"),
        _f("decided", INSTANT, 17),
        _f("way", words="approval_way"),
        _f("own", words="yes"),
        _f("note", NOTE, 30),
    ),
    """
    SELECT c.number, a.requested_at, q.name,
           (SELECT group_concat(CASE j.type WHEN 'object' THEN json_extract(j.value, '$.code') ELSE j.value END, ' ')
              FROM json_each(a.reasons) j),
           a.amount_fen, a.decision, r.name, a.decided_at, a.way, a.self_approved,
           a.decision_note
    FROM approval a
    JOIN case_file c ON c.id = a.case_id
    JOIN staff q ON q.id = a.requested_by_id
    LEFT JOIN staff r ON r.id = a.decided_by_id
    WHERE a.business_date BETWEEN :first AND :last
    ORDER BY a.id
    """,
)

REVERSALS = Table(
    "reversals",
    (
        _f("number", width=20),
        _f("reversed", width=20),
        _f("reversed_day", DAY),
        _f("day", DAY),
        _f("case", width=20),
        _f("amount", MONEY, 13, total=True),
        _f("clerk"),
        _f("approver"),
        _f("why", NOTE, 36),
    ),
    """
    SELECT d.number, o.number, o.business_date, d.business_date, c.number, d.amount_fen, f.name, a.name,
           coalesce(json_extract(d.content, '$.reason'), '')
    FROM document d
    JOIN document o ON o.id = d.reverses_id
    LEFT JOIN case_file c ON c.id = d.case_id
    JOIN staff f ON f.id = d.posted_by_id
    LEFT JOIN approval g ON g.id = d.approval_id
    LEFT JOIN staff a ON a.id = g.decided_by_id
    WHERE d.business_date BETWEEN :first AND :last
    ORDER BY d.id
    """,
)

REFUSED = Table(
    "refused",
    (
        _f("case", width=20),
        _f("day", DAY),
        _f("product", NOTE, 30),
        _f("reasons", NOTE, 20, words="reason*"),
        _f("clerk"),
        _f("why", NOTE, 44),
    ),
    """
    SELECT c.number, c.business_date,
           (SELECT group_concat(l.name, '; ') FROM case_line k JOIN sale_line l ON l.id = k.sale_line_id
              WHERE k.case_id = c.id),
           (SELECT group_concat(reason, ' ') FROM (SELECT DISTINCT reason FROM case_line
              WHERE case_id = c.id AND reason <> '' ORDER BY reason)),
           f.name,
           (SELECT s.reason FROM walk_step s JOIN walk w ON w.id = s.walk_id
              WHERE w.case_id = c.id AND s.reason <> '' ORDER BY s.id DESC LIMIT 1)
    FROM case_file c
    JOIN staff f ON f.id = c.opened_by_id
    WHERE c.state = 'refused' AND c.business_date BETWEEN :first AND :last
    ORDER BY c.id
    """,
)

EXCEPTIONS = Table(
    "exceptions",
    (
        _f("exception", NOTE, 20, words="exception"),
        _f("day", DAY),
        _f("number", width=20),
        _f("clerk"),
        _f("amount", MONEY, 13),
        _f("why", NOTE, 44),
    ),
    """
    SELECT * FROM (
      SELECT 'no_receipt' AS kind, c.business_date AS day, c.number AS number, f.name AS who, NULL AS amount,
             '' AS why, c.id AS id
      FROM case_file c JOIN staff f ON f.id = c.opened_by_id LEFT JOIN sale s ON s.id = c.sale_id
      WHERE s.proof = 'none' AND c.business_date BETWEEN :first AND :last
      UNION ALL
      SELECT 'no_signature', d.business_date, d.number, f.name, d.amount_fen, '', d.id
      FROM document d JOIN staff f ON f.id = d.posted_by_id
      WHERE d.prefix IN ('TH', 'HH', 'ZJ', 'TK') AND d.reverses_id IS NULL
        AND d.business_date BETWEEN :first AND :last
        AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.case_id = d.case_id AND g.void = 0
                          AND g.signer = 'customer')
      UNION ALL
      SELECT 'other_route', t.business_date, d.number, f.name, t.amount_fen, coalesce(a.decision_note, ''), t.id
      FROM settlement t JOIN document d ON d.id = t.document_id JOIN staff f ON f.id = d.posted_by_id
      LEFT JOIN approval a ON a.id = t.override_id
      WHERE t.override_id IS NOT NULL AND t.business_date BETWEEN :first AND :last
      UNION ALL
      SELECT 'self_approved', a.business_date, c.number, r.name, a.amount_fen, a.decision_note, a.id
      FROM approval a JOIN case_file c ON c.id = a.case_id JOIN staff r ON r.id = a.decided_by_id
      WHERE a.self_approved = 1 AND a.business_date BETWEEN :first AND :last
      UNION ALL
      SELECT 'overruled', e.business_date, c.number, f.name, NULL,
             coalesce(json_extract(e.detail, '$.reason'), ''), e.id
      FROM case_event e JOIN case_file c ON c.id = e.case_id LEFT JOIN staff f ON f.id = e.by_id
      WHERE e.kind = 'overridden' AND e.business_date BETWEEN :first AND :last
      UNION ALL
      SELECT 'evidence_waived', e.business_date, c.number, f.name, NULL,
             coalesce(json_extract(e.detail, '$.reason'), ''), e.id
      FROM case_event e JOIN case_file c ON c.id = e.case_id LEFT JOIN staff f ON f.id = e.by_id
      WHERE e.kind = 'evidence_waived' AND e.business_date BETWEEN :first AND :last
      UNION ALL
      SELECT 'reprint', p.business_date, coalesce(d.number, c.number), f.name, NULL, p.slip, p.id
      FROM print_record p LEFT JOIN document d ON d.id = p.document_id LEFT JOIN case_file c ON c.id = p.case_id
      LEFT JOIN staff f ON f.id = p.by_id
      WHERE p.reprint = 1 AND p.business_date BETWEEN :first AND :last
      UNION ALL
      SELECT 'void', n.business_date, n.number, NULL, NULL, n.voided_why, n.id
      FROM number n WHERE n.voided_why <> '' AND n.business_date BETWEEN :first AND :last
    ) ORDER BY day, kind, id
    """,
)

TABLES = (
    CASES,
    LINES,
    REFUNDS,
    RECEIPTS,
    EXCHANGES,
    GOODS,
    APPROVALS,
    REVERSALS,
    REFUSED,
    EXCEPTIONS,
)
