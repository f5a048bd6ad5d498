"""Summary and control sheet of the archive: figures that a formula and a query must agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from counter_app import __version__
from counter_app.archive.sheets import Figure, FreeSheet, Kind, Styled
from counter_app.services.desk import Desk
from counter_app.services.month_tables import TABLES
from counter_app.services.month_words import BookWords

Row = tuple[Styled | Figure | None, ...]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_OWED_TO = """SELECT coalesce(sum(t.amount_fen), 0) FROM settlement t
  WHERE t.direction = :direction AND t.tender = :tender AND t.business_date {span}"""
_SETTLED_TO = """SELECT coalesce(sum(p.amount_fen), 0) FROM proof p JOIN settlement t ON t.id = p.settlement_id
  WHERE t.direction = :direction AND t.tender = :tender AND p.business_date {span}"""
_BEFORE, _WITHIN = "< :first", "BETWEEN :first AND :last"


@dataclass(frozen=True, slots=True)
class _Book:
    """What the rows of both sheets need: the desk, the span, the words, the size of every table."""

    desk: Desk
    first: date
    last: date
    words: BookWords
    counts: Mapping[str, int]

    def query(self, sql: str, **more: object) -> list[tuple[Any, ...]]:
        bounds = {"first": self.first.isoformat(), "last": self.last.isoformat(), **more}
        rows: list[tuple[Any, ...]] = self.desk.db.execute_sql(sql, bounds).fetchall()
        return rows

    def number(self, sql: str, **more: object) -> int:
        return int(self.query(sql, **more)[0][0] or 0)

    def area(self, table: str, column: str) -> str:
        """The cells of one column of a table sheet, as a formula names them."""
        fields = next(entry.fields for entry in TABLES if entry.key == table)
        letter = _LETTERS[[field.column.key for field in fields].index(column)]
        name = self.words.word(f"sheet.{table}").replace("'", "''")
        return f"'{name}'!${letter}$2:${letter}${max(self.counts[table] + 1, 2)}"

    def head(self, *keys: str) -> Row:
        return tuple(Styled(self.words.word(key), style="head") for key in keys)

    def section(self, key: str, width: int) -> Row:
        return (Styled(self.words.word(key), style="section"), *(Styled(None, style="section"),) * (width - 1))


def summary(
    desk: Desk, name: str, first: date, last: date, words: BookWords, counts: Mapping[str, int]
) -> FreeSheet:
    """Key figures of the span, and its reasons as a Pareto table that the chart draws."""
    book = _Book(desk, first, last, words, counts)
    zone = ZoneInfo(desk.shop.time_zone)
    made = datetime.fromtimestamp(desk.instant() / 1000, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    rows: list[Row] = [
        (Styled(f"{desk.shop.name} {words.word('summary.title')} {name}", style="title"),),
        (
            Styled(
                f"{words.word('summary.span')} {first.isoformat()} – {last.isoformat()} · "
                f"{words.word('summary.made')} {made} · Counter {__version__}",
                style="note",
            ),
        ),
        (),
        book.section("summary.figures", 4),
    ]
    rows += [(Styled(words.word(f"summary.{key}"), style="label"), figure) for key, figure in _figures(book)]
    rows += [(), book.section("summary.reasons", 4)]
    rows.append(book.head("pareto.reason", "pareto.count", "pareto.part", "pareto.share"))
    reasons = _reasons(book)
    top = len(rows) + 1
    rows += _pareto(book, reasons, top)
    drawn = (top, top + len(reasons) - 1) if reasons else None
    return FreeSheet("summary", (34, 16, 12, 12, 4, 4), tuple(rows), drawn)


def _figures(book: _Book) -> list[tuple[str, Figure]]:
    def counted(key: str, table: str, column: str, sql: str) -> tuple[str, Figure]:
        return key, Figure(Kind.WHOLE, f"COUNTA({book.area(table, column)})", book.number(sql))

    def summed(key: str, table: str, column: str, sql: str) -> tuple[str, Figure]:
        return key, Figure(Kind.MONEY, f"SUM({book.area(table, column)})", book.number(sql))

    day = book.area("refunds", "day")
    bounds = ",".join(
        f'{day},"{sign}"&DATE({day_.year},{day_.month},{day_.day})'
        for sign, day_ in ((">=", book.first), ("<=", book.last))
    )
    owed = Figure(
        Kind.MONEY,
        f"SUMIFS({book.area('refunds', 'owed')},{bounds})",
        book.number(
            "SELECT sum(amount_fen) FROM settlement WHERE direction = 'out' AND business_date BETWEEN :first AND :last"
        ),
    )
    paid = """SELECT sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id
              WHERE t.direction = '{}' AND p.business_date BETWEEN :first AND :last"""
    left = """SELECT (SELECT coalesce(sum(amount_fen), 0) FROM settlement WHERE direction = '{0}'
                AND business_date <= :last)
              - (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p JOIN settlement t ON t.id = p.settlement_id
                WHERE t.direction = '{0}' AND p.business_date <= :last)"""
    return [
        counted(
            "cases",
            "cases",
            "case",
            """SELECT count(*) FROM case_file c WHERE c.business_date BETWEEN :first AND :last
               OR c.id IN (SELECT case_id FROM document WHERE business_date BETWEEN :first AND :last)""",
        ),
        counted(
            "refused",
            "refused",
            "case",
            "SELECT count(*) FROM case_file WHERE state = 'refused' AND business_date BETWEEN :first AND :last",
        ),
        ("owed", owed),
        summed("paid", "refunds", "paid_now", paid.format("out")),
        summed("unpaid", "refunds", "unpaid", left.format("out")),
        summed("received", "receipts", "received_now", paid.format("in")),
        summed("outstanding", "receipts", "outstanding", left.format("in")),
        counted(
            "exchanges",
            "exchanges",
            "number",
            "SELECT count(*) FROM document WHERE prefix = 'HH' AND business_date BETWEEN :first AND :last",
        ),
        counted(
            "approvals",
            "approvals",
            "case",
            "SELECT count(*) FROM approval WHERE business_date BETWEEN :first AND :last",
        ),
        counted(
            "reversals",
            "reversals",
            "number",
            "SELECT count(*) FROM document WHERE reverses_id IS NOT NULL AND business_date BETWEEN :first AND :last",
        ),
        (
            "exceptions",
            Figure(Kind.WHOLE, f"COUNTA({book.area('exceptions', 'exception')})", book.counts["exceptions"]),
        ),
    ]


def _reasons(book: _Book) -> list[tuple[str, int]]:
    found = book.query(
        """SELECT k.reason, count(*) AS times FROM case_line k JOIN case_file c ON c.id = k.case_id
           WHERE k.reason <> '' AND (c.business_date BETWEEN :first AND :last
             OR c.id IN (SELECT case_id FROM document WHERE business_date BETWEEN :first AND :last))
           GROUP BY k.reason ORDER BY times DESC, k.reason"""
    )
    return [(book.words.code("reason", code), times) for code, times in found]


def _pareto(book: _Book, reasons: list[tuple[str, int]], top: int) -> list[Row]:
    total, running, rows = sum(times for _, times in reasons), 0, []
    end = top + len(reasons) - 1
    lines = book.area("lines", "reason")
    for at, (name, times) in enumerate(reasons, top):
        running += times
        rows.append(
            (
                Styled(name),
                Figure(Kind.WHOLE, f"COUNTIF({lines},A{at})", times),
                Figure(Kind.SHARE, f"B{at}/SUM(B${top}:B${end})", times * 10_000 // total),
                Figure(Kind.SHARE, f"SUM(B${top}:B{at})/SUM(B${top}:B${end})", running * 10_000 // total),
            )
        )
    return list(rows)


def control(
    desk: Desk, first: date, last: date, words: BookWords, counts: Mapping[str, int]
) -> FreeSheet:
    """What a bookkeeper checks first: numbers without gaps, opening + in − out = closing, ledger heads."""
    book = _Book(desk, first, last, words, counts)
    rows: list[Row] = [(Styled(words.word("sheet.control"), style="title"),), ()]
    rows += [book.section("control.numbers", 7)]
    rows.append(
        book.head(
            "control.prefix", "control.first", "control.last", "control.count", "control.void", "control.gap"
        )
    )
    rows += _numbers(book)
    for direction, title in (("out", "control.owed"), ("in", "control.receivable")):
        rows += [(), book.section(title, 7)]
        rows.append(
            book.head(
                "control.tender", "control.opening", "control.plus", "control.minus", "control.closing",
                "control.stored", "control.difference",
            )
        )  # fmt: skip
        rows += _settlements(book, direction, len(rows) + 1)
    rows += [(), book.section("control.deposits", 7)]
    rows.append(
        book.head(
            "control.tender", "control.opening", "control.taken", "control.given_back", "control.closing",
            "control.stored", "control.difference",
        )
    )  # fmt: skip
    rows += _deposits(book, len(rows) + 1)
    rows += [(), book.section("control.places", 7)]
    rows.append(
        book.head(
            "control.place", "control.opening", "control.plus", "control.minus", "control.closing",
            "control.stored", "control.difference",
        )
    )  # fmt: skip
    rows += _places(book, len(rows) + 1)
    rows += [(), book.section("control.shifts", 7)]
    rows.append(
        book.head(
            "control.shift", "control.float", "control.cash_in", "control.cash_out", "control.expected",
            "control.counted", "control.variance",
        )
    )  # fmt: skip
    rows += _shifts(book, len(rows) + 1)
    rows += [(), book.section("control.heads", 7), book.head("control.ledger", "control.rows", "control.head")]
    rows += _heads(book)
    return FreeSheet("control", (26, 22, 22, 16, 16, 16, 14), tuple(rows))


def _numbers(book: _Book) -> list[Row]:
    found = book.query(
        """SELECT prefix, sum(numbers), sum(void), sum(gap) FROM (
             SELECT prefix, count(*) AS numbers, sum(voided_why <> '') AS void, max(seq) - count(*) AS gap
             FROM number WHERE business_date BETWEEN :first AND :last GROUP BY prefix, business_date)
           GROUP BY prefix ORDER BY prefix"""
    )
    rows: list[Row] = []
    for prefix, numbers, void, gap in found:
        ends = book.query(
            """SELECT (SELECT number FROM number WHERE prefix = :prefix AND business_date BETWEEN :first AND :last
                        ORDER BY business_date, seq LIMIT 1),
                      (SELECT number FROM number WHERE prefix = :prefix AND business_date BETWEEN :first AND :last
                        ORDER BY business_date DESC, seq DESC LIMIT 1)""",
            prefix=prefix,
        )[0]
        rows.append(
            (
                Styled(f"{prefix} {book.words.code('prefix', prefix)}"),
                Styled(ends[0]),
                Styled(ends[1]),
                Styled(numbers, Kind.WHOLE),
                Styled(void, Kind.WHOLE),
                Styled(gap, Kind.WHOLE),
            )
        )
    return rows


def _roll(at: int, kind: Kind, opening: int, plus: int, minus: int, stored: int) -> Row:
    return (
        Styled(opening, kind),
        Styled(plus, kind),
        Styled(minus, kind),
        Figure(kind, f"B{at}+C{at}-D{at}", opening + plus - minus),
        Styled(stored, kind),
        Figure(kind, f"E{at}-F{at}", opening + plus - minus - stored),
    )


def _settlements(book: _Book, direction: str, top: int) -> list[Row]:
    tenders = book.query(
        "SELECT DISTINCT tender FROM settlement WHERE direction = :direction AND business_date <= :last ORDER BY tender",
        direction=direction,
    )
    rows: list[Row] = []
    for at, (tender,) in enumerate(tenders, top):
        which = {"direction": direction, "tender": tender}
        opening = book.number(_OWED_TO.format(span=_BEFORE), **which)
        opening -= book.number(_SETTLED_TO.format(span=_BEFORE), **which)
        new = book.number(_OWED_TO.format(span=_WITHIN), **which)
        settled = book.number(_SETTLED_TO.format(span=_WITHIN), **which)
        # Stored apart: what each settlement still lacks at the end, one by one.
        stored = book.number(
            """SELECT sum(t.amount_fen - (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p
                 WHERE p.settlement_id = t.id AND p.business_date <= :last))
               FROM settlement t WHERE t.direction = :direction AND t.tender = :tender
                 AND t.business_date <= :last""",
            **which,
        )
        rows.append(
            (
                Styled(book.words.code("tender", tender)),
                *_roll(at, Kind.MONEY, opening, new, settled, stored),
            )
        )
    return rows


def _deposits(book: _Book, top: int) -> list[Row]:
    taken = """SELECT coalesce(sum(e.amount_fen), 0) FROM deposit e JOIN document d ON d.id = e.document_id
               WHERE e.tender = :tender AND d.business_date {}"""
    moved = """SELECT coalesce(sum(m.amount_fen), 0) FROM deposit_move m JOIN deposit e ON e.id = m.deposit_id
               JOIN document d ON d.id = m.document_id WHERE e.tender = :tender AND d.business_date {}"""
    rows: list[Row] = []
    for at, (tender,) in enumerate(book.query("SELECT DISTINCT tender FROM deposit ORDER BY tender"), top):
        opening = book.number(taken.format(_BEFORE), tender=tender)
        opening -= book.number(moved.format(_BEFORE), tender=tender)
        stored = book.number(
            """SELECT sum(e.amount_fen - (SELECT coalesce(sum(m.amount_fen), 0) FROM deposit_move m
                 JOIN document n ON n.id = m.document_id WHERE m.deposit_id = e.id AND n.business_date <= :last))
               FROM deposit e JOIN document d ON d.id = e.document_id
               WHERE e.tender = :tender AND d.business_date <= :last""",
            tender=tender,
        )
        rows.append(
            (
                Styled(book.words.code("tender", tender)),
                *_roll(
                    at,
                    Kind.MONEY,
                    opening,
                    book.number(taken.format(_WITHIN), tender=tender),
                    book.number(moved.format(_WITHIN), tender=tender),
                    stored,
                ),
            )
        )
    return rows


def _places(book: _Book, top: int) -> list[Row]:
    moved = "SELECT coalesce(sum(quantity_milli), 0) FROM stock_entry WHERE {}_place = :place AND business_date {}"
    places = book.query(
        """SELECT DISTINCT place FROM (SELECT from_place AS place FROM stock_entry
             UNION SELECT to_place FROM stock_entry) WHERE place <> 'OUT' ORDER BY length(place), place"""
    )
    rows: list[Row] = []
    for at, (place,) in enumerate(places, top):
        opening = book.number(moved.format("to", _BEFORE), place=place)
        opening -= book.number(moved.format("from", _BEFORE), place=place)
        stored = book.number(
            """SELECT sum(CASE WHEN to_place = :place THEN quantity_milli ELSE -quantity_milli END)
               FROM stock_entry WHERE (to_place = :place OR from_place = :place) AND business_date <= :last""",
            place=place,
        )
        rows.append(
            (
                Styled(book.words.code("disposition", place)),
                *_roll(
                    at,
                    Kind.QUANTITY,
                    opening,
                    book.number(moved.format("to", _WITHIN), place=place),
                    book.number(moved.format("from", _WITHIN), place=place),
                    stored,
                ),
            )
        )
    return rows


def _shifts(book: _Book, top: int) -> list[Row]:
    found = book.query(
        """SELECT s.business_date, f.name, s.float_fen, s.counted_fen,
             (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p JOIN settlement t ON t.id = p.settlement_id
                WHERE p.shift_id = s.id AND p.tender = 'cash' AND t.direction = 'in'),
             (SELECT coalesce(sum(p.amount_fen), 0) FROM proof p JOIN settlement t ON t.id = p.settlement_id
                WHERE p.shift_id = s.id AND p.tender = 'cash' AND t.direction = 'out')
           FROM shift s JOIN staff f ON f.id = s.opened_by_id
           WHERE s.business_date BETWEEN :first AND :last ORDER BY s.id"""
    )
    rows: list[Row] = []
    for at, (day, who, float_fen, counted, cash_in, cash_out) in enumerate(found, top):
        expected = float_fen + cash_in - cash_out
        rows.append(
            (
                Styled(f"{day} {who}"),
                Styled(float_fen, Kind.MONEY),
                Styled(cash_in, Kind.MONEY),
                Styled(cash_out, Kind.MONEY),
                Figure(Kind.MONEY, f"B{at}+C{at}-D{at}", expected),
                Styled(counted, Kind.MONEY),
                Figure(Kind.MONEY, f'IF(F{at}="",0,F{at}-E{at})', 0 if counted is None else counted - expected),
            )
        )
    return rows


def _heads(book: _Book) -> list[Row]:
    rows: list[Row] = []
    for ledger in ("money_entry", "stock_entry"):
        found = book.query(
            f"SELECT seq, hash FROM {ledger} WHERE business_date <= :last ORDER BY seq DESC LIMIT 1"
        )
        seq, head = found[0] if found else (0, "")
        rows.append(
            (Styled(book.words.word(f"control.{ledger}")), Styled(seq, Kind.WHOLE), Styled(head))
        )
    return rows
