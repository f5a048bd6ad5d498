"""What a bookkeeper would miss in a month: each refund needs the goods' acceptance, an approval where one was asked,
the payee's receipt or a proof of payment, and the invoice corrected (会计基础工作规范 48, 发票管理办法)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from counter_app.db.models import Shift
from counter_app.domain.case import FINAL
from counter_app.domain.month_views import GapKind, MonthGap
from counter_app.services.desk import Desk
from counter_app.services.month_money import SIGNED

MOST: Final = 500
"""Gaps of one kind that are listed."""
_FINAL = ", ".join(f"'{state}'" for state in sorted(str(state) for state in FINAL))
STANDING: Final = "d.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM document o WHERE o.reverses_id = d.id)"
"""A document that is no reversal and was not reversed."""
_REFUND = f"""FROM document d JOIN case_file c ON c.id = d.case_id
    WHERE d.prefix IN ('TK', 'ZJ') AND d.business_date BETWEEN :first AND :last AND {STANDING}"""
NEEDS_RED: Final = """d.prefix IN ('TK', 'ZJ', 'HH') AND EXISTS (SELECT 1 FROM settlement t JOIN sale s ON s.id = t.sale_id
    WHERE t.document_id = d.id AND t.direction = 'out' AND t.purpose IN ('refund', 'difference') AND s.invoice_no <> '')"""
"""A document that gave money of an invoiced sale back: its invoice has to be corrected by a red one."""

_QUERIES: tuple[tuple[GapKind, str], ...] = (
    (
        "owed",
        f"""SELECT d.number, c.id, sum(t.amount_fen - (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
              WHERE p.settlement_id = t.id)) AS open, d.business_date
            FROM settlement t JOIN document d ON d.id = t.document_id JOIN case_file c ON c.id = t.case_id
            WHERE t.direction = 'out' AND t.business_date BETWEEN :first AND :last AND {STANDING}
            GROUP BY d.id HAVING open <> 0 ORDER BY d.id""",
    ),
    (
        "unposted",
        f"""SELECT c.number, c.id, 0, c.business_date FROM case_file c
            WHERE c.business_date BETWEEN :first AND :last AND c.state NOT IN ({_FINAL}, 'settled')
              AND NOT EXISTS (SELECT 1 FROM document d WHERE d.case_id = c.id) ORDER BY c.id""",
    ),
    (
        "acceptance",
        f"""SELECT d.number, c.id, d.amount_fen, d.business_date {_REFUND} AND d.prefix = 'TK'
            AND EXISTS (SELECT 1 FROM document_line l JOIN case_line k ON k.id = l.case_line_id
              WHERE l.document_id = d.id AND l.quantity_milli > 0 AND k.state = 'returned'
                AND k.received_milli > 0 AND k.accepted_milli = 0)
            ORDER BY d.id""",
    ),
    (
        "approval",
        f"""SELECT d.number, c.id, d.amount_fen, d.business_date {_REFUND} AND d.approval_id IS NULL
            AND EXISTS (SELECT 1 FROM approval a WHERE a.case_id = c.id AND a.decision = '') ORDER BY d.id""",
    ),
    (
        "receipt",
        f"""SELECT d.number, c.id, d.amount_fen, d.business_date {_REFUND}
            AND NOT {SIGNED}
            AND NOT EXISTS (SELECT 1 FROM print_record r WHERE r.slip = 'refund_acknowledgement'
              AND (r.document_id = d.id OR r.case_id = c.id))
            AND EXISTS (SELECT 1 FROM settlement t WHERE t.document_id = d.id AND t.direction = 'out'
              AND NOT EXISTS (SELECT 1 FROM proof p WHERE p.settlement_id = t.id AND p.reference <> ''))
            ORDER BY d.id""",
    ),
    (
        "red_invoice",
        f"""SELECT d.number, c.id, d.amount_fen, d.business_date FROM document d JOIN case_file c ON c.id = d.case_id
            WHERE {NEEDS_RED} AND d.business_date BETWEEN :first AND :last AND {STANDING}
            AND coalesce((SELECT r.state FROM red_invoice r WHERE r.document_id = d.id ORDER BY r.seq DESC LIMIT 1), '')
              NOT IN ('issued', 'paper_back', 'not_needed') ORDER BY d.id""",
    ),
)


def found(desk: Desk, first: date, last: date) -> tuple[MonthGap, ...]:
    """Everything that is lacking for the documents of a span, open shifts first."""
    gaps = [
        MonthGap("shift_open", str(row.id), on=row.business_date)
        for row in Shift.select().where(Shift.closed_at.is_null(), Shift.business_date <= last)
    ]
    for kind, sql in _QUERIES:
        rows: list[tuple[Any, ...]] = desk.db.execute_sql(
            f"{sql} LIMIT {MOST}", {"first": first.isoformat(), "last": last.isoformat()}
        ).fetchall()
        gaps += [
            MonthGap(kind, number, case_id, int(amount or 0), date.fromisoformat(on))
            for number, case_id, amount, on in rows
        ]
    return tuple(gaps)
