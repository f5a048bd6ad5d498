"""The summary of an archive: figures that a formula over the tables and a query of the database agree on."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from counter_app import __version__
from counter_app.archive.sheets import Figure, FreeSheet, Kind, Pareto, Row, Styled
from counter_app.services.month_book import UNTIL, WITHIN, Book
from counter_app.services.month_tables import IN_SPAN

_WIDE = 9
_WIDTHS = (32, 15, 15, 13, 13, 13, 13, 13, 13)
_MOST_BARS = 12
_MADE_ROW = 2
"""The row that says when it was made."""
_CHART_ROWS = 21
_MOVES = ("received", "disposed", "issued", "handed_back", "reversed")


def summary(book: Book) -> FreeSheet:
    """Key figures of the span, refunds by tender, goods by disposition, and its reasons as a Pareto table."""
    rows: list[Row] = [
        (Styled(f"{book.desk.shop.name} · {book.words.word(book.title)} {book.name}", style="title"),),
        (Styled(_made(book), style="note"),),
        (),
        book.section("summary.figures", _WIDE),
    ]
    anchor = f"D{len(rows) + 1}"
    for key, figure in (*_counts(book), *_money(book)):
        rows.append((Styled(book.words.word(f"summary.{key}"), style="label"), figure))
    reasons = _reasons(book)
    if reasons:
        rows += [()] * max(0, 4 + _CHART_ROWS - len(rows))
    rows += [(), book.section("summary.tenders", _WIDE)]
    rows.append(
        book.head(
            "summary.tender", "summary.owed", "summary.of_it_same", "summary.of_it_other", "summary.paid",
            "summary.unpaid",
        )
    )  # fmt: skip
    rows += _tenders(book, len(rows) + 1)
    rows += [(), book.section("summary.goods", _WIDE)]
    rows.append(book.head("summary.place", *(f"move.{move}" for move in _MOVES)))
    rows += _places(book, len(rows) + 1)
    rows += [(), book.section("summary.reasons", _WIDE)]
    rows.append(book.head("pareto.reason", "pareto.count", "pareto.part", "pareto.share"))
    top = len(rows) + 1
    rows += _pareto(book, reasons, top)
    return FreeSheet(
        "summary", _WIDTHS, tuple(rows), _drawn(reasons, anchor, top), tall=True, moving=(_MADE_ROW,)
    )


def _made(book: Book) -> str:
    zone = ZoneInfo(book.desk.shop.time_zone)
    if book.lock is not None:
        closed = datetime.fromtimestamp(book.lock.at / 1000, UTC).astimezone(zone)
        return (
            f"{book.words.word('summary.span')} {book.bounds['first']} – {book.bounds['last']} · "
            f"{book.words.word('summary.closed')} {closed:%Y-%m-%d %H:%M}"
        )
    now = datetime.fromtimestamp(book.desk.instant() / 1000, UTC).astimezone(zone)
    return (
        f"{book.words.word('summary.span')} {book.bounds['first']} – {book.bounds['last']} · "
        f"{book.words.word('summary.made')} {now:%Y-%m-%d %H:%M} · Counter {__version__}"
    )


def _counts(book: Book) -> list[tuple[str, Figure]]:
    def counted(key: str, table: str, column: str, sql: str) -> tuple[str, Figure]:
        return key, Figure(Kind.WHOLE, f"COUNTA({book.area(table, column)})", book.number(sql))

    documents = f"SELECT count(*) FROM document WHERE business_date {WITHIN} AND "
    decided = "decided_at >= :begin AND decided_at < :end"
    return [
        counted("cases", "cases", "case", f"SELECT count(*) FROM case_file WHERE id IN {IN_SPAN}"),
        counted(
            "refused",
            "refused",
            "case",
            f"""SELECT (SELECT count(*) FROM document d WHERE d.prefix = 'GZ' AND d.business_date {WITHIN}
                   AND +d.reverses_id IS NULL AND d.id NOT IN (SELECT reverses_id FROM document
                     WHERE reverses_id IS NOT NULL AND business_date {UNTIL}))
                 + (SELECT count(*) FROM case_event e WHERE e.kind = 'state' AND e.business_date {WITHIN}
                   AND json_extract(e.detail, '$.to') = 'refused'
                   AND e.case_id NOT IN (SELECT case_id FROM document WHERE prefix = 'GZ'))""",
        ),
        counted("exchanges", "exchanges", "number", documents + "prefix = 'HH'"),
        counted(
            "approvals",
            "approvals",
            "case",
            f"SELECT count(*) FROM approval WHERE business_date {WITHIN} OR {decided}",
        ),
        counted("reversals", "reversals", "number", documents + "reverses_id IS NOT NULL"),
        (
            "exceptions",
            Figure(Kind.WHOLE, f"COUNTA({book.area('exceptions', 'exception')})", book.counts["exceptions"]),
        ),
    ]


def _money(book: Book) -> list[tuple[str, Figure]]:
    def summed(key: str, table: str, column: str, sql: str) -> tuple[str, Figure]:
        return key, Figure(Kind.MONEY, f"SUM({book.area(table, column)})", book.number(sql))

    def due(key: str, table: str, column: str, direction: str) -> tuple[str, Figure]:
        formula = f"SUMIFS({book.area(table, column)},{book.within(table, 'day')})"
        sql = (
            f"SELECT sum(amount_fen) FROM settlement WHERE direction = :direction AND business_date {WITHIN}"
        )
        return key, Figure(Kind.MONEY, formula, book.number(sql, direction=direction))

    # Told by the ledger, where it left the shop or came in; the tables are told by settlements and proofs.
    left = """SELECT {} * (SELECT coalesce(sum(amount_fen), 0) FROM money_entry WHERE kind = '{}' AND business_date <= :last)
              - {} * (SELECT coalesce(sum(amount_fen), 0) FROM money_entry WHERE kind = '{}' AND business_date <= :last)"""
    moved = "SELECT {} * sum(amount_fen) FROM money_entry WHERE kind = '{}' AND business_date BETWEEN :first AND :last"
    return [
        due("owed", "refunds", "owed", "out"),
        summed("paid", "refunds", "paid_now", moved.format(-1, "paid")),
        summed("unpaid", "refunds", "unpaid", left.format(-1, "owed", -1, "paid")),
        due("due_in", "receipts", "due_in", "in"),
        summed("received", "receipts", "received_now", moved.format(1, "received")),
        summed("outstanding", "receipts", "outstanding", left.format(1, "receivable", 1, "received")),
        summed(
            "compensations",
            "compensations",
            "amount",
            f"""SELECT sum(m.amount_fen) FROM compensation m JOIN document d ON d.id = m.document_id
                WHERE d.business_date {WITHIN}""",
        ),
    ]


def _tenders(book: Book, top: int) -> list[Row]:
    found = book.query(
        f"""SELECT t.tender,
              sum(CASE WHEN t.business_date {WITHIN} THEN t.amount_fen ELSE 0 END),
              sum(CASE WHEN t.business_date {WITHIN}
                    AND substr(s.purchased_on, 1, 7) = substr(t.business_date, 1, 7) THEN t.amount_fen ELSE 0 END),
              sum(CASE WHEN t.business_date {WITHIN}
                    AND substr(s.purchased_on, 1, 7) <> substr(t.business_date, 1, 7) THEN t.amount_fen ELSE 0 END),
              sum((SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
                    WHERE p.settlement_id = t.id AND p.business_date {WITHIN})),
              sum(t.amount_fen - (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
                    WHERE p.settlement_id = t.id AND p.business_date {UNTIL}))
            FROM settlement t LEFT JOIN sale s ON s.id = t.sale_id
            WHERE t.direction = 'out' AND t.business_date {UNTIL} GROUP BY t.tender ORDER BY t.tender"""
    )
    sums: dict[str, list[int]] = {}
    for tender, *figures in found:
        if any(figures):
            name = book.words.code("tender", tender)
            sums[name] = [a + b for a, b in zip(sums.get(name, [0] * 5), figures, strict=True)]
    area = {key: book.area("refunds", key) for key in ("tender", "sale_month", "owed", "paid_now", "unpaid")}
    span = book.within("refunds", "day")
    rows: list[Row] = []
    for at, (name, figures) in enumerate(sums.items(), top):
        mine = f"{area['tender']},$A{at}"
        formulas = [f"SUMIFS({area['owed']},{mine},{span})"]
        formulas += [
            f'SUMIFS({area["owed"]},{mine},{span},{area["sale_month"]},"{book.words.code("month", which)}")'
            for which in ("same", "other")
        ]
        formulas += [f"SUMIFS({area['paid_now']},{mine})", f"SUMIFS({area['unpaid']},{mine})"]
        rows.append(
            (Styled(name), *(Figure(Kind.MONEY, *pair) for pair in zip(formulas, figures, strict=True)))
        )
    if rows:
        rows.append(_totals(book, top, [list(figures) for figures in sums.values()], Kind.MONEY))
    return rows


def _totals(book: Book, top: int, figures: list[list[int]], kind: Kind) -> Row:
    end = top + len(figures) - 1
    cells: list[Styled | Figure] = [Styled(book.words.word("total"), style="total")]
    for at, column in enumerate(zip(*figures, strict=True)):
        letter = "BCDEFGH"[at]
        cells.append(Figure(kind, f"SUM({letter}{top}:{letter}{end})", sum(column), "total"))
    return tuple(cells)


def _places(book: Book, top: int) -> list[Row]:
    """Goods movements: where goods went, by what moved them."""
    sums = ", ".join(f"sum(CASE WHEN kind = '{move}' THEN quantity_milli ELSE 0 END)" for move in _MOVES)
    found = book.query(
        f"""SELECT place, {sums} FROM (
              SELECT e.kind, e.quantity_milli, CASE WHEN e.kind = 'disposed' AND e.to_place = 'OUT'
                       AND e.from_place = 'V0'
                       AND k.disposition <> '' THEN k.disposition ELSE e.to_place END AS place
              FROM stock_entry e LEFT JOIN case_line k ON k.id = e.case_line_id
              WHERE e.business_date {WITHIN} AND e.kind IN ({", ".join(f"'{move}'" for move in _MOVES)}))
            GROUP BY place ORDER BY place = 'OUT', length(place), place"""
    )
    to_place, moved, quantity = (book.area("goods", key) for key in ("to_place", "move", "quantity"))
    rows: list[Row] = []
    for at, (place, *figures) in enumerate(found, top):
        formulas = [
            f'SUMIFS({quantity},{to_place},$A{at},{moved},"{book.words.code("move", move)}")'
            for move in _MOVES
        ]
        rows.append(
            (
                Styled(book.words.code("disposition", place)),
                *(Figure(Kind.QUANTITY, *pair) for pair in zip(formulas, figures, strict=True)),
            )
        )
    if rows:
        rows.append(_totals(book, top, [list(figures) for _, *figures in found], Kind.QUANTITY))
    return rows


def _reasons(book: Book) -> list[tuple[str, int]]:
    kept = book.kept("lines", "reason")
    if kept is not None:
        times = Counter(reason for (reason,) in kept if reason)
        told = sorted(times.items(), key=lambda one: (-one[1], one[0]))
        return [(book.words.code("reason", code), count) for code, count in told]
    found: list[tuple[Any, ...]] = book.query(
        f"""SELECT k.reason, count(*) AS times FROM case_line k
            WHERE k.reason <> '' AND k.case_id IN {IN_SPAN} GROUP BY k.reason ORDER BY times DESC, k.reason"""
    )
    return [(book.words.code("reason", code), times) for code, times in found]


def _pareto(book: Book, reasons: list[tuple[str, int]], top: int) -> list[Row]:
    total, running, rows = sum(times for _, times in reasons), 0, []
    end = top + len(reasons) - 1
    lines = book.area("lines", "reason")
    for at, (name, times) in enumerate(reasons, top):
        running += times
        rows.append(
            (
                Styled(name),
                Figure(Kind.WHOLE, f"COUNTIF({lines},A{at})", times),
                Figure(Kind.SHARE, f"B{at}/SUM(B${top}:B${end})", _share(times, total)),
                Figure(Kind.SHARE, f"SUM(B${top}:B{at})/SUM(B${top}:B${end})", _share(running, total)),
            )
        )
    return list(rows)


def _share(part: int, whole: int) -> int:
    """Basis points, rounded half up."""
    return (part * 20_000 + whole) // (2 * whole)


def _drawn(reasons: list[tuple[str, int]], anchor: str, top: int) -> Pareto | None:
    """The reasons that come first; the table under the chart has them all."""
    if not reasons:
        return None
    shown, total, running, shares = reasons[:_MOST_BARS], sum(times for _, times in reasons), 0, []
    for _, times in shown:
        running += times
        shares.append(_share(running, total))
    return Pareto(
        anchor,
        top,
        top + len(shown) - 1,
        tuple(name for name, _ in shown),
        tuple(times for _, times in shown),
        tuple(shares),
    )
