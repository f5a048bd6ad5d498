"""Tables of the archive an accountant asks for: what is still owed, deposits, red invoices, subsidies, vouchers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from counter_app.archive.sheets import Look, Mark
from counter_app.services.month_gaps import NEEDS_RED
from counter_app.services.month_money import LEFT_TO_END, PAID_TO_END, tax_of
from counter_app.services.month_tables import DAY, INSTANT, MONEY, NOTE, WHOLE, Table, col

_AGE = "CAST(julianday(:last) - julianday(day) AS INTEGER)"
_EVER = 10_000_000
AGES: Final = (
    ("to_3", 0, 3),
    ("to_7_days", 4, 7),
    ("to_15", 8, 15),
    ("to_30", 16, 30),
    ("over_30", 31, _EVER),
)
"""How long a refund has been owed, in days: name, from, to."""
_AGES_BEFORE: Final = (("to_7", 0, 7), ("to_90", 31, 90), ("over_90", 91, _EVER))


def _aged(low: int, high: int) -> Callable[[Mapping[str, Any]], Any]:
    """What is open in an age bracket, told by age and amount."""
    return lambda row: row["open"] if low <= row["age"] <= high else None


def _brackets(ages: tuple[tuple[str, int, int], ...]) -> str:
    return ", ".join(
        f"CASE WHEN {_AGE} BETWEEN {low} AND {high} THEN owed - paid END" for _, low, high in ages
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
        *(col(name, MONEY, 13, total=True, told_by=_aged(low, high)) for name, low, high in AGES),
        col("due", DAY),
        col("clerk", width=10),
        *(col(name, MONEY, 13, total=True, gone=True) for name, _, _ in _AGES_BEFORE),
    ),
    f"""
    SELECT number, case_no, day, purpose, tender, owed, paid, owed - paid, {_AGE},
           {_brackets(AGES)}, due, who, {_brackets(_AGES_BEFORE)}
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
    marks=(
        Mark("due open", 'AND({due}<>"",{due}<{last})'),
        Mark("age open", "AND({age}>30,{open}>0)"),
        Mark("age", "AND({age}>7,{open}>0)", Look.SOON),
    ),
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
    marks=(Mark("due closing", 'AND({due}<>"",{due}<{last},{closing}>0)'),),
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
    # A confirmation form lapses after 72 hours; what is not done by the end of the span is shown in any case.
    marks=(
        Mark("red_state confirm_until", 'AND({done}="",{confirm_until}<>"",{confirm_until}<{last}+1)'),
        Mark("red_state", '{done}=""', Look.SOON),
    ),
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
    marks=(Mark("task_state subsidy_back", '{done}=""', Look.SOON),),
)
