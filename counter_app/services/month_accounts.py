"""Tables of the archive an accountant asks for: what is still owed, deposits, red invoices, subsidies, vouchers."""

from __future__ import annotations

from typing import Final

from counter_app.services.month_gaps import NEEDS_RED
from counter_app.services.month_money import LEFT_TO_END, PAID_TO_END, tax_of
from counter_app.services.month_tables import DAY, INSTANT, MONEY, NOTE, WHOLE, Table, col

_AGE = "CAST(julianday(:last) - julianday(day) AS INTEGER)"
_BUCKETS: Final = (
    ("to_7", 0, 7),
    ("to_15", 8, 15),
    ("to_30", 16, 30),
    ("to_90", 31, 90),
    ("over_90", 91, 10_000_000),
)

OWED = Table(
    "owed",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("purpose", width=11, words="purpose"),
        col("tender", width=13, words="tender"),
        col("owed", MONEY, 13, total=True),
        col("paid_to_end", MONEY, 13, total=True),
        col("open", MONEY, 13, total=True),
        col("age", WHOLE, 9),
        *(col(name, MONEY, 13, total=True) for name, _, _ in _BUCKETS),
        col("due", DAY),
        col("clerk", width=10),
    ),
    f"""
    SELECT number, case_no, day, purpose, tender, owed, paid, owed - paid, {_AGE},
           {", ".join(f"CASE WHEN {_AGE} BETWEEN {low} AND {high} THEN owed - paid END" for _, low, high in _BUCKETS)},
           due, who
    FROM (SELECT t.id AS id, d.number AS number, c.number AS case_no, t.business_date AS day, t.purpose AS purpose,
                 t.tender AS tender, t.amount_fen AS owed, {PAID_TO_END} AS paid, t.due_on AS due, f.name AS who
          FROM settlement t
          JOIN document d ON d.id = t.document_id
          JOIN case_file c ON c.id = t.case_id
          JOIN staff f ON f.id = d.posted_by_id
          WHERE t.direction = 'out' AND t.business_date <= :last
            AND t.amount_fen <> {PAID_TO_END} AND {LEFT_TO_END} <> 0)
    ORDER BY day, id
    """,
)

_MOVED = """(SELECT coalesce(sum(m.amount_fen), 0) FROM deposit_move m WHERE m.deposit_id = e.id AND m.at {when}{kind})"""


def _moved(when: str, kind: str = "") -> str:
    return _MOVED.format(when=when, kind=f" AND m.kind = '{kind}'" if kind else "")


DEPOSITS = Table(
    "deposits",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("tender", width=13, words="tender"),
        col("opening", MONEY, 13, total=True),
        col("taken", MONEY, 13, total=True),
        col("returned", MONEY, 13, total=True),
        col("kept", MONEY, 13, total=True),
        col("closing", MONEY, 13, total=True),
        col("due", DAY),
        col("clerk", width=10),
    ),
    f"""
    SELECT number, case_no, day, tender, opening, taken, returned, kept, opening + taken - returned - kept, due, who
    FROM (SELECT e.id AS id, d.number AS number, c.number AS case_no, d.business_date AS day, e.tender AS tender,
                 CASE WHEN d.business_date < :first THEN e.amount_fen - {_moved("< :begin")} ELSE 0 END AS opening,
                 CASE WHEN d.business_date >= :first THEN e.amount_fen ELSE 0 END AS taken,
                 {_moved(">= :begin AND m.at < :end", "returned")} AS returned,
                 {_moved(">= :begin AND m.at < :end", "kept")} AS kept, e.due_on AS due, f.name AS who
          FROM deposit e
          JOIN document d ON d.id = e.document_id
          JOIN case_file c ON c.id = e.case_id
          JOIN staff f ON f.id = d.posted_by_id
          WHERE d.business_date <= :last)
    WHERE opening <> 0 OR taken <> 0
    ORDER BY id
    """,
)

_STEP = "(SELECT r.{} FROM red_invoice r WHERE r.document_id = d.id AND r.business_date {} ORDER BY r.seq DESC LIMIT 1)"
_DONE = "('issued', 'paper_back', 'not_needed')"

RED_INVOICES = Table(
    "red_invoices",
    (
        col("number", width=20),
        col("case", width=20),
        col("day", DAY),
        col("paper", width=13, words="prefix"),
        col("original_invoice", width=24, living=True),
        col("amount", MONEY, 13, total=True),
        col("tax", MONEY, 12, total=True),
        col("red_state", width=18, words="red_state"),
        col("confirm_no", width=24),
        col("confirm_until", INSTANT, 17),
        col("red_no", width=24),
        col("done", DAY),
        col("note", NOTE, 30, written=True),
        col("clerk", width=10),
    ),
    f"""
    SELECT number, case_no, day, prefix, invoice, amount, tax,
           CASE WHEN step IS NULL THEN 'to_do' WHEN step = 'confirming' AND until < :end THEN 'lapsed' ELSE step END,
           confirm_no, until, red_no, CASE WHEN step IN {_DONE} THEN done END, note, who
    FROM (SELECT d.id AS id, d.number AS number, c.number AS case_no, d.business_date AS day, d.prefix AS prefix,
                 (SELECT s.invoice_no FROM settlement t JOIN sale s ON s.id = t.sale_id
                    WHERE t.document_id = d.id AND s.invoice_no <> '' LIMIT 1) AS invoice,
                 (SELECT sum(t.amount_fen) FROM settlement t WHERE t.document_id = d.id AND t.direction = 'out'
                    AND t.purpose IN ('refund', 'difference')) AS amount,
                 (SELECT sum({tax_of("t")}) FROM settlement t WHERE t.document_id = d.id AND t.direction = 'out'
                    AND t.purpose IN ('refund', 'difference')) AS tax,
                 {_STEP.format("state", "<= :last")} AS step, {_STEP.format("state", "< :first")} AS before,
                 nullif({_STEP.format("confirm_no", "<= :last")}, '') AS confirm_no,
                 {_STEP.format("confirm_until", "<= :last")} AS until,
                 nullif({_STEP.format("red_no", "<= :last")}, '') AS red_no,
                 {_STEP.format("business_date", "<= :last")} AS done,
                 {_STEP.format("note", "<= :last")} AS note,
                 (SELECT f.name FROM staff f WHERE f.id = coalesce({_STEP.format("by_id", "<= :last")},
                    d.posted_by_id)) AS who
          FROM document d JOIN case_file c ON c.id = d.case_id
          WHERE {NEEDS_RED} AND d.business_date <= :last AND d.reverses_id IS NULL)
    WHERE (day >= :first OR before IS NULL OR before NOT IN {_DONE})
      AND (step IS NOT NULL OR NOT EXISTS (SELECT 1 FROM document o WHERE o.reverses_id = id
             AND o.business_date <= :last))
    ORDER BY day, id
    """,
)

SUBSIDIES = Table(
    "subsidies",
    (
        col("case", width=20),
        col("number", width=20),
        col("order", width=22),
        col("day", DAY),
        col("subsidy_of_sale", MONEY, 14),
        col("subsidy_back", MONEY, 14, total=True, living=True),
        col("told", width=16, living=True),
        col("task_state", width=12, words="task_state", living=True),
        col("done", DAY, living=True),
        col("result", NOTE, 34, written=True, living=True),
        col("clerk", width=10),
    ),
    """
    SELECT c.number,
           (SELECT d.number FROM document d WHERE d.case_id = c.id AND d.walk_id IS t.walk_id AND d.prefix IN ('TK', 'TH')
              ORDER BY d.prefix DESC, d.id LIMIT 1),
           s.order_no, t.business_date, s.subsidy_fen,
           (SELECT sum(k.subsidy_share_fen) FROM case_line k WHERE k.walk_id = t.walk_id),
           t.what, CASE WHEN t.done_at < :end THEN 'done' ELSE 'open' END,
           CASE WHEN t.done_at < :end THEN date(t.done_at / 1000, 'unixepoch', '+8 hours') END,
           CASE WHEN t.done_at < :end THEN nullif(t.result, '') END, f.name
    FROM task t
    JOIN case_file c ON c.id = t.case_id
    LEFT JOIN sale s ON s.id = c.sale_id
    LEFT JOIN staff f ON f.id = coalesce(t.done_by_id, c.owner_id)
    WHERE t.kind = 'subsidy' AND t.business_date <= :last
      AND (t.business_date >= :first OR t.done_at IS NULL OR t.done_at >= :begin)
    ORDER BY t.id
    """,
)

_MONEY_ACCOUNT = (
    "CASE {} WHEN 'cash' THEN '1001' WHEN 'wechat' THEN '1012' WHEN 'alipay' THEN '1012' ELSE '1002' END"
)
_SETTLED = f"""
    SELECT t.business_date AS day, t.direction AS way, t.purpose AS purpose, t.tender AS tender,
           t.amount_fen AS amount, CASE WHEN t.purpose IN ('refund', 'difference', 'repair') THEN {tax_of("t")}
           ELSE 0 END AS tax
    FROM settlement t WHERE t.business_date BETWEEN :first AND :last
"""
_PROVED = """
    SELECT p.business_date AS day, t.direction AS way, p.tender AS tender, p.amount_fen AS amount
    FROM proof p JOIN settlement t ON t.id = p.settlement_id WHERE p.business_date BETWEEN :first AND :last
"""
_GROUP = "GROUP BY day, entry, tender, account HAVING debit <> 0 OR credit <> 0"
_ENTRIES = (
    # What is owed to customers: income and tax fall, or the cost of compensation rises, or a deposit goes back.
    f"""SELECT day, 'owed_' || purpose AS entry, tender, 1 AS line,
        CASE purpose WHEN 'compensation' THEN '5601' WHEN 'deposit' THEN '2241.2' ELSE '5001' END AS account,
        sum(amount - tax) AS debit, 0 AS credit FROM ({_SETTLED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'owed_' || purpose AS entry, tender, 2 AS line, '2221' AS account, sum(tax) AS debit, 0 AS credit
        FROM ({_SETTLED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'owed_' || purpose AS entry, tender, 3 AS line, '2241.1' AS account, 0 AS debit,
        sum(amount) AS credit FROM ({_SETTLED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'paid' AS entry, tender, 1 AS line, '2241.1' AS account, sum(amount) AS debit, 0 AS credit
        FROM ({_PROVED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'paid' AS entry, tender, 2 AS line, {_MONEY_ACCOUNT.format("tender")} AS account, 0 AS debit,
        sum(amount) AS credit FROM ({_PROVED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'due_' || purpose AS entry, tender, 1 AS line, '1122' AS account, sum(amount) AS debit,
        0 AS credit FROM ({_SETTLED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'due_' || purpose AS entry, tender, 2 AS line,
        CASE purpose WHEN 'deposit' THEN '2241.2' WHEN 'repair' THEN '5051' ELSE '5001' END AS account,
        0 AS debit, sum(amount - tax) AS credit FROM ({_SETTLED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'due_' || purpose AS entry, tender, 3 AS line, '2221' AS account, 0 AS debit, sum(tax) AS credit
        FROM ({_SETTLED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'received' AS entry, tender, 1 AS line, {_MONEY_ACCOUNT.format("tender")} AS account,
        sum(amount) AS debit, 0 AS credit FROM ({_PROVED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'received' AS entry, tender, 2 AS line, '1122' AS account, 0 AS debit, sum(amount) AS credit
        FROM ({_PROVED}) WHERE way = 'in' {_GROUP}""",
    *(
        f"""SELECT d.business_date AS day, 'kept' AS entry, e.tender AS tender, {line} AS line, '{account}' AS account,
            {debit} AS debit, {credit} AS credit
            FROM deposit_move m JOIN deposit e ON e.id = m.deposit_id JOIN document d ON d.id = m.document_id
            WHERE m.kind = 'kept' AND d.business_date BETWEEN :first AND :last {_GROUP}"""
        for line, account, debit, credit in (
            (1, "2241.2", "sum(m.amount_fen)", "0"),
            (2, "5301", "0", "sum(m.amount_fen)"),
        )
    ),
    *(
        f"""SELECT business_date AS day, 'variance' AS entry, tender, {line} AS line, '{account}' AS account,
            {debit} AS debit, {credit} AS credit FROM money_entry
            WHERE kind = 'variance' AND business_date BETWEEN :first AND :last {_GROUP}"""
        for line, account, debit, credit in (
            (1, "1001", "max(sum(amount_fen), 0)", "max(-sum(amount_fen), 0)"),
            (2, "1901", "max(-sum(amount_fen), 0)", "max(sum(amount_fen), 0)"),
        )
    ),
)

VOUCHERS = Table(
    "vouchers",
    (
        col("entry", width=22, words="entry"),
        col("day", DAY),
        col("tender", width=13, words="tender"),
        col("account", width=34, words="account"),
        col("debit", MONEY, 14, total=True),
        col("credit", MONEY, 14, total=True),
    ),
    f"""
    SELECT entry, day, tender, account, nullif(debit, 0) AS debit, nullif(credit, 0) AS credit
    FROM ({" UNION ALL ".join(_ENTRIES)})
    ORDER BY day, entry, tender, line
    """,
)
"""Suggested vouchers (小企业会计准则), by day, kind and tender; balanced line by line. Taxes by the sale lines' rates."""
