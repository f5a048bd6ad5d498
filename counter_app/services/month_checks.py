"""The checks on an archive's cover: sums of its sheets beside what the ledgers say, asked of the database apart.

Refund documents = tenders = ledger = bills and cash; goods in = accepted units; each refund has acceptance and the
payee's receipt or a proof; closing = next opening. A difference is told; it is never made to fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from counter_app.archive.sheets import Kind
from counter_app.db.models import MonthLock
from counter_app.services.month_book import Book
from counter_app.services.month_money import SIGNED
from counter_app.services.month_papers import bill_rows
from counter_app.services.month_tables import IN_SPAN

PREFIX = "ct_"
"""Control totals are named so: `ct_owed_fen`."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: the formula over the sheets with its value, and the ledger's. `total`: the control total that
    the ledger's value is. `late`: what arrives after the span may change it."""

    key: str
    kind: Kind
    formula: str
    value: int
    ledger: int
    total: str = ""
    late: bool = False


def checks(book: Book, figures: Mapping[str, int]) -> tuple[Check, ...]:
    """Every check of the span, in the order of the cover."""
    return (*_money(book, figures), *_goods(book, figures), *_papers(book), *_balances(book, figures))


def _money(book: Book, figures: Mapping[str, int]) -> list[Check]:
    area, span = book.area, book.within("refunds", "day")
    owed, paid, tender, kind = (area("refunds", key) for key in ("owed", "paid_now", "tender", "refund_kind"))
    by_tender, by_way = _grouped(figures, "owed_by."), _grouped(figures, "paid_by.")

    def over(sums: str, names: Mapping[str, int], more: str = "") -> str:
        told = dict.fromkeys(book.words.code("tender", name) for name in names)
        return "+".join(f'SUMIFS({sums},{tender},"{name}"{more})' for name in told) or "0"

    papers = [book.words.code("refund_kind", one) for one in ("return", "allowance")]
    settled = """SELECT sum(t.amount_fen) FROM settlement t JOIN document d ON d.id = t.document_id
        WHERE t.direction = 'out' AND d.prefix IN ('TK', 'ZJ') AND t.business_date BETWEEN :first AND :last"""
    ledger = "SELECT -sum(amount_fen) FROM money_entry WHERE kind = 'owed' AND business_date BETWEEN :first AND :last"
    return [
        Check(
            "papers", Kind.MONEY, "+".join(f'SUMIFS({owed},{kind},"{one}",{span})' for one in papers), book.number(settled),
            book.number("SELECT sum(amount_fen) FROM document WHERE prefix IN ('TK', 'ZJ') AND business_date BETWEEN :first AND :last"),
        ),
        Check("owed", Kind.MONEY, f"SUMIFS({owed},{span})", figures["owed_fen"], book.number(ledger)),
        Check("tenders", Kind.MONEY, over(owed, by_tender, f",{span}"), sum(by_tender.values()), figures["owed_fen"], "owed_fen"),
        Check("paid", Kind.MONEY, f"SUM({paid})", figures["paid_fen"], figures["paid_ledger_fen"], "paid_ledger_fen"),
        Check("ways", Kind.MONEY, over(paid, by_way), sum(by_way.values()), figures["paid_ledger_fen"], "paid_ledger_fen"),
        Check("open", Kind.MONEY, f"SUM({area('owed', 'open')})", figures["open_fen"],
              figures["open_before_fen"] + figures["owed_fen"] - figures["paid_fen"]),
        Check("received", Kind.MONEY, f"SUM({area('receipts', 'received_now')})", figures["received_fen"],
              figures["received_ledger_fen"], "received_ledger_fen"),
    ]  # fmt: skip


def _goods(book: Book, figures: Mapping[str, int]) -> list[Check]:
    quantity, moved = book.area("goods", "quantity"), book.area("goods", "move")
    received = f'SUMIFS({quantity},{moved},"{book.words.code("move", "received")}")'
    total = figures["received_milli"]
    places = sum(_grouped(figures, "place.").values())
    # Of a closed span the lines are as they were then.
    until = "" if book.lock is None else f"AND e.at <= {book.lock.at}"
    ledger = book.number(
        f"""SELECT sum(e.quantity_milli)
            FROM stock_entry e JOIN case_line k ON k.id = e.case_line_id
            WHERE e.kind = 'received'
              AND k.case_id IN {IN_SPAN} {until}"""
    )
    lines = book.kept("lines", "received")
    taken = (
        book.number(f"SELECT sum(received_milli) FROM case_line WHERE case_id IN {IN_SPAN}")
        if lines is None
        else sum(value or 0 for (value,) in lines)
    )
    return [
        Check("goods", Kind.QUANTITY, received, total, total, "received_milli"),
        Check("accepted", Kind.QUANTITY, f"SUM({book.area('lines', 'received')})", taken, ledger, late=True),
        Check("places", Kind.QUANTITY, f"SUM({book.area('places', 'closing_milli')})", places, places),
    ]


def _papers(book: Book) -> list[Check]:
    area, span = book.area, book.within("refunds", "day")
    lacking = "+".join(
        f'COUNTIFS({area("refunds", "receipt")},"{book.words.code("receipt", one)}",{span})'
        for one in ("none", "unscanned")
    )
    unsigned = book.number(
        f"""SELECT count(*) FROM settlement t JOIN document d ON d.id = t.document_id
            WHERE t.direction = 'out' AND t.business_date BETWEEN :first AND :last
              AND (d.reverses_id IS NULL OR {_ON_PAPER}) AND NOT {SIGNED}
              AND NOT EXISTS (SELECT 1 FROM proof p WHERE p.settlement_id = t.id AND p.reference <> ''
                AND p.business_date <= :last)"""
    )
    kept = book.kept("refunds", "day", "receipt")
    if kept is not None:
        first, last = str(book.bounds["first"]), str(book.bounds["last"])
        unsigned = sum(first <= day <= last and receipt in ("none", "unscanned") for day, receipt in kept)
    without = """SELECT count(*) FROM settlement t JOIN document d ON d.id = t.document_id
        WHERE t.direction = 'out' AND d.prefix = 'TK' AND t.business_date BETWEEN :first AND :last AND NOT EXISTS ("""
    paper = """SELECT 1 FROM document i WHERE i.case_id = d.case_id AND i.walk_id IS d.walk_id AND i.prefix = 'TH'
        AND (i.reverses_id IS NULL) = (d.reverses_id IS NULL) AND i.business_date <= :last)"""
    goods = """SELECT max(e.seq) FROM stock_entry e JOIN case_line k ON k.id = e.case_line_id
        WHERE k.case_id = d.case_id AND k.walk_id IS d.walk_id AND e.business_date <= :last
          AND e.kind IN ('received', 'handed_back')
        HAVING sum(CASE e.kind WHEN 'received' THEN e.quantity_milli ELSE -e.quantity_milli END) > 0)"""
    formula = (
        f'COUNTIFS({area("refunds", "refund_kind")},"{book.words.code("refund_kind", "return")}",'
        f'{area("refunds", "acceptance")},"",{span})'
    )
    return [
        Check("acceptance", Kind.WHOLE, formula, book.number(without + paper), book.number(without + goods)),
        Check("receipt", Kind.WHOLE, lacking, unsigned, 0, late=True),
    ]


_ON_PAPER = """EXISTS (SELECT 1 FROM signature g JOIN document o ON o.id = g.document_id
    WHERE o.posting_id = d.posting_id AND g.void = 0 AND g.signer = 'customer')"""


def _balances(book: Book, figures: Mapping[str, int]) -> list[Check]:
    area = book.area
    opening, before = figures["open_before_fen"], _month_before(book)
    of_shifts = "s.business_date BETWEEN :first AND :last"
    shift_cash = book.number(
        f"""SELECT -sum(m.amount_fen) FROM money_entry m JOIN shift s ON s.id = m.shift_id
            WHERE m.kind = 'paid' AND m.tender = 'cash' AND m.business_date <= :last AND {of_shifts}"""
    )
    in_drawers = book.number(
        f"""SELECT sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id JOIN shift s ON s.id = p.shift_id
            WHERE p.tender = 'cash' AND t.direction = 'out' AND p.business_date <= :last AND {of_shifts}"""
    )
    bills = f"SUM({area('bills', 'difference_out')})-SUM({area('bills', 'difference_in')})"
    return [
        Check(
            "vouchers", Kind.MONEY, f"SUM({area('vouchers', 'debit')})", book.total("vouchers", "debit"),
            book.total("vouchers", "credit"),
        ),
        # With the month before open it says nothing new, but no row moves when that is closed later.
        Check("opening", Kind.MONEY, f"{PREFIX}open_before_fen", opening, opening if before is None else before),
        Check("cash", Kind.MONEY, f"SUM({area('shifts', 'cash_out')})", in_drawers, shift_cash),
        # A bill may arrive later.
        Check("bills", Kind.MONEY, bills, _bill_difference(book), 0, late=True),
    ]  # fmt: skip


def _grouped(figures: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): value for name, value in figures.items() if name.startswith(prefix)}


def _bill_difference(book: Book) -> int:
    """Refunds that bills have and nobody entered, less receipts of the same kind, 分."""
    kept = book.kept("bills", "difference_out", "difference_in")
    if kept is None:
        kept = ((row[4], row[7]) for row in bill_rows(book.desk, book.bounds))
    return sum(out - into for out, into in kept)


def _month_before(book: Book) -> int | None:
    """What the month before was closed with, when it was."""
    day = date.fromisoformat(str(book.bounds["first"])) - timedelta(days=1)
    row = MonthLock.get_or_none(MonthLock.month == f"{day:%Y-%m}")
    return None if row is None else int(row.figures.get("open_fen", 0))
