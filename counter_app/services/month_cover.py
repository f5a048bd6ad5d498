"""The cover of an archive: shop, period, control totals, checks that a formula and the ledgers agree on, chain heads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from counter_app.archive.sheets import Figure, FreeSheet, Kind, Row, Styled
from counter_app.db import month_figures
from counter_app.db.models import MonthLock
from counter_app.services.month_book import Book
from counter_app.services.month_papers import bill_rows

_WIDE = 4
_WIDTHS = (44, 22, 22, 16)
_SHOWN = (
    "cases", "documents", "reversals", "owed_fen", "paid_fen", "due_fen", "received_fen", "open_before_fen",
    "open_fen", "open_in_fen", "received_milli", "issued_milli", "money_rows", "stock_rows",
)  # fmt: skip
_FIXED = 3
"""Shop, address and period are told first; state, what was lacking and the note follow."""


def cover(book: Book) -> FreeSheet:
    """The whole sheet. Of a closed month the totals are those that were kept with it."""
    word = book.words.word
    kept = book.lock is not None
    figures: dict[str, int] = dict(book.lock.figures) if kept else month_figures.figures(book.query)
    rows: list[Row] = [
        (Styled(f"{book.desk.shop.name} · {word('summary.title')} {book.name}", style="title"),),
        (Styled(_state(book), style="note"),),
        (),
        *(_said(word(f"cover.{key}"), told) for key, told in _about(book)),
    ]
    rows += [(), book.section("cover.totals", _WIDE)]
    rows += [
        (Styled(word(f"cover.figure.{name}"), style="label"), Styled(figures.get(name, 0), _kind(name)))
        for name in _SHOWN
    ]
    rows += [(), book.section("cover.documents", _WIDE)]
    rows += [
        (
            Styled(
                f"{name.partition('.')[2]} {book.words.code('prefix', name.partition('.')[2])}", style="label"
            ),
            Styled(value, Kind.WHOLE),
        )
        for name, value in figures.items()
        if name.startswith("document.")
    ]
    rows += [(), book.section("cover.checks", _WIDE)]
    rows.append(book.head("cover.name", "cover.sheet_value", "cover.ledger_value", "cover.difference"))
    rows += _checks(book, figures, len(rows) + 1)
    bills_row = len(rows)
    rows += [
        (),
        book.section("control.heads", _WIDE),
        book.head("cover.chain", "control.head", texts=2),
    ]
    rows += _heads(book)
    # What the period's end does not fix: when it was made, whether it was closed since, how far the seals were then.
    moving = (2, *range(3 + _FIXED + 1, 3 + len(_about(book)) + 1), bills_row, len(rows))
    return FreeSheet("cover", _WIDTHS, tuple(rows), tall=True, moving=moving)


def _said(label: str, told: str, kind: Kind = Kind.TEXT) -> Row:
    return (Styled(label, style="label"), Styled(told, kind))


def _state(book: Book) -> str:
    zone = ZoneInfo(book.desk.shop.time_zone)
    at = book.lock.at if book.lock is not None else book.desk.instant()
    key = "cover.closed" if book.lock is not None else "summary.made"
    return f"{book.words.word(key)} {datetime.fromtimestamp(at / 1000, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def _about(book: Book) -> list[tuple[str, str]]:
    shop, lock = book.desk.shop, book.lock
    return [
        ("shop", f"{shop.code} {shop.name}"),
        ("address", " ".join(part for part in (shop.address, shop.phone) if part)),
        ("period", f"{book.bounds['first']} – {book.bounds['last']}"),
        ("state", book.words.word("cover.closed" if lock is not None else "cover.open")),
        ("missing", "" if lock is None else str(len(lock.missing))),
        ("note", "" if lock is None else lock.note),
    ]


def _kind(name: str) -> Kind:
    if name.endswith("_fen"):
        return Kind.MONEY
    return Kind.QUANTITY if name.endswith("_milli") else Kind.WHOLE


def _checks(book: Book, figures: dict[str, int], top: int) -> list[Row]:
    """Sums of the sheets beside the ledgers. A difference is told; it is never made to fit."""
    area, within = book.area, book.within
    owed_area, paid_area, tender = (area("refunds", key) for key in ("owed", "paid_now", "tender"))
    by_tender = [value for name, value in figures.items() if name.startswith("owed_by.")]
    names = [
        book.words.code("tender", name.partition(".")[2]) for name in figures if name.startswith("owed_by.")
    ]
    paid = {name.partition(".")[2]: value for name, value in figures.items() if name.startswith("paid_by.")}
    moved = f'{area("goods", "move")},"{book.words.code("move", "received")}"'
    places = sum(value for name, value in figures.items() if name.startswith("place."))
    unsigned = book.number(
        """SELECT count(*) FROM settlement t JOIN document d ON d.id = t.document_id
           WHERE t.direction = 'out' AND t.business_date BETWEEN :first AND :last AND d.reverses_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM signature g JOIN document o ON o.id = g.document_id
               WHERE o.posting_id = d.posting_id AND g.void = 0 AND g.signer = 'customer')
             AND NOT EXISTS (SELECT 1 FROM proof p WHERE p.settlement_id = t.id AND p.reference <> ''
               AND p.business_date <= :last)"""
    )
    debit = book.number(f"SELECT sum(debit) FROM ({book.sql('vouchers')})")
    sums = (
        "+".join(f'SUMIFS({owed_area},{tender},"{name}",{within("refunds", "day")})' for name in names) or "0"
    )
    ways = "+".join(f'SUMIFS({paid_area},{tender},"{book.words.code("tender", way)}")' for way in paid) or "0"
    told: list[tuple[str, Kind, str, int, int]] = [
        ("owed", Kind.MONEY, f"SUMIFS({owed_area},{within('refunds', 'day')})", figures["owed_fen"],
         -book.number("SELECT sum(amount_fen) FROM money_entry WHERE kind = 'owed' AND business_date BETWEEN :first AND :last")),
        ("tenders", Kind.MONEY, sums, sum(by_tender), figures["owed_fen"]),
        ("paid", Kind.MONEY, f"SUM({paid_area})", figures["paid_fen"], figures["paid_ledger_fen"]),
        ("ways", Kind.MONEY, ways, sum(paid.values()), figures["paid_ledger_fen"]),
        ("open", Kind.MONEY, f"SUM({area('owed', 'open')})", figures["open_fen"],
         figures["open_before_fen"] + figures["owed_fen"] - figures["paid_fen"]),
        ("received", Kind.MONEY, f"SUM({area('receipts', 'received_now')})", figures["received_fen"],
         figures["received_ledger_fen"]),
        ("goods", Kind.QUANTITY, f"SUMIFS({area('goods', 'quantity')},{moved})", figures["received_milli"],
         figures["received_milli"]),
        ("places", Kind.QUANTITY, f"SUM({area('places', 'closing_milli')})", places, places),
        ("vouchers", Kind.MONEY, f"SUM({area('vouchers', 'debit')})", debit,
         book.number(f"SELECT sum(credit) FROM ({book.sql('vouchers')})")),
        ("receipt", Kind.WHOLE,
         f'COUNTIFS({area("refunds", "receipt")},"{book.words.code("receipt", "none")}",{within("refunds", "day")})',
         unsigned, 0),
    ]  # fmt: skip
    # Always there, so that a month closed later moves no row; with the month before open it says nothing new.
    before = _month_before(book)
    opening = figures["open_before_fen"]
    told.append(
        (
            "opening",
            Kind.MONEY,
            f"B{_row_of(book, 'open_before_fen')}",
            opening,
            opening if before is None else before,
        )
    )
    shift_cash = book.number(
        """SELECT -sum(m.amount_fen) FROM money_entry m JOIN shift s ON s.id = m.shift_id
           WHERE m.kind = 'paid' AND m.tender = 'cash' AND m.business_date <= :last
             AND s.business_date BETWEEN :first AND :last"""
    )
    in_drawers = book.number(
        """SELECT sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id JOIN shift s ON s.id = p.shift_id
           WHERE p.tender = 'cash' AND t.direction = 'out' AND p.business_date <= :last
             AND s.business_date BETWEEN :first AND :last"""
    )
    told.append(("cash", Kind.MONEY, f"SUM({area('shifts', 'cash_out')})", in_drawers, shift_cash))
    # Last, since a bill may arrive later: this one row is not compared with the database.
    apart = _bill_difference(book)
    told.append(
        (
            "bills",
            Kind.MONEY,
            f"SUM({area('bills', 'difference_out')})-SUM({area('bills', 'difference_in')})",
            apart,
            0,
        )
    )
    rows: list[Row] = []
    for at, (key, kind, formula, value, ledger) in enumerate(told, top):
        rows.append(
            (
                Styled(book.words.word(f"cover.check_{key}"), Kind.NOTE, "label"),
                Figure(kind, formula, value),
                Styled(ledger, kind),
                Figure(kind, f"B{at}-C{at}", value - ledger),
            )
        )
    return rows


def _bill_difference(book: Book) -> int:
    """Refunds that bills have and nobody entered, less receipts of the same kind, 分."""
    kept = book.kept("bills", "difference_out", "difference_in")
    if kept is None:
        kept = [(row[4], row[7]) for row in bill_rows(book.desk, book.bounds)]
    return sum(out - into for out, into in kept)


def _row_of(book: Book, name: str) -> int:
    """Where a control total stands: under title, state, what the cover says about the shop, and the heading."""
    lines = 3 + len(_about(book)) + 2
    return lines + _SHOWN.index(name) + 1


def _month_before(book: Book) -> int | None:
    """What the month before was closed with, when it was."""
    day = date.fromisoformat(str(book.bounds["first"])) - timedelta(days=1)
    row = MonthLock.get_or_none(MonthLock.month == f"{day:%Y-%m}")
    return None if row is None else int(row.figures.get("open_fen", 0))


def _heads(book: Book) -> list[Row]:
    rows: list[Row] = []
    for ledger in ("money_entry", "stock_entry"):
        found = book.query(
            f"SELECT seq, hash FROM {ledger} WHERE business_date <= :last ORDER BY seq DESC LIMIT 1"
        )
        seq, head = found[0] if found else (0, "")
        rows.append(_head(book, ledger, seq, head))
    if book.lock is not None:
        rows.append(_head(book, "seal", book.lock.seal_rows, book.lock.seal_head))
    else:
        found = book.query("SELECT seq, hash FROM seal ORDER BY seq DESC LIMIT 1")
        rows.append(_head(book, "seal", *(found[0] if found else (0, ""))))
    return rows


def _head(book: Book, ledger: str, seq: int, head: str) -> Row:
    """The hash is longer than its column and runs on into the empty ones beside it."""
    return (
        Styled(f"{book.words.word(f'control.{ledger}')} · {seq}", style="label"),
        Styled(head, style="note"),
    )
