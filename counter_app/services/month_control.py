"""The control sheet of an archive: what a bookkeeper checks first.

Numbers without gaps; opening + in − out = closing for what is owed, for deposits and for goods; cash by shift;
the heads of both ledgers. Closing is a formula; beside it stands what the ledger says, and the difference.
"""

from __future__ import annotations

from typing import Any

from counter_app.archive.sheets import Figure, FreeSheet, Kind, Mark, Row, Styled
from counter_app.services.month_accounts import AGES
from counter_app.services.month_book import BEFORE, UNTIL, WITHIN, Book
from counter_app.services.month_money import LEFT_TO_END, PAID_TO_END

_WIDE = 7
_WIDTHS = (28, 20, 20, 16, 16, 16, 14)
_OWED = """SELECT sum(amount_fen) FROM settlement
  WHERE direction = :direction AND tender = :tender AND business_date {}"""
_SETTLED = """SELECT sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id
  WHERE t.direction = :direction AND t.tender = :tender AND p.business_date {}"""
_LEDGER = """SELECT sum(CASE WHEN kind IN ('owed', 'received') THEN -amount_fen ELSE amount_fen END)
  FROM money_entry WHERE tender = :tender AND business_date <= :last AND kind IN ({})"""
_LEFT = f"(t.amount_fen - {PAID_TO_END})"
_KINDS = {"out": "'owed', 'paid'", "in": "'receivable', 'received'"}


def control(book: Book) -> FreeSheet:
    """The whole sheet."""
    rows: list[Row] = [
        (Styled(f"{book.words.word('sheet.control')} {book.name}", style="title"),),
        (Styled(book.words.word("control.note"), style="note"),),
        (),
        book.section("control.numbers", _WIDE),
        book.head(*_keys("prefix first last count void gap"), texts=3),
    ]
    found = _numbers(book)
    numbers = len(found)
    rows += found
    for direction, title in (("out", "control.owed"), ("in", "control.receivable")):
        rows += [(), book.section(title, _WIDE)]
        rows.append(book.head(*_keys("tender opening plus minus closing stored difference")))
        rows += _settlements(book, direction, len(rows) + 1)
    rows += [(), book.section("control.ages", _WIDE)]
    rows.append(book.head("control.tender", *(f"column.{name}" for name, _, _ in AGES), "control.all"))
    ages = len(rows)
    rows += _ages(book, len(rows) + 1)
    after = len(rows) + 1
    rows += [(), book.section("control.deposits", _WIDE)]
    rows.append(book.head(*_keys("tender opening taken returned kept closing")))
    rows += _deposits(book, len(rows) + 1)
    rows += [(), book.section("control.places", _WIDE)]
    rows.append(book.head(*_keys("place opening plus minus closing stored difference")))
    rows += _places(book, len(rows) + 1)
    rows += [(), book.section("control.shifts", _WIDE)]
    rows.append(book.head(*_keys("shift float cash_in cash_out expected counted variance")))
    # The one part that is longer than a page.
    head = len(rows)
    rows += _shifts(book, len(rows) + 1)
    rows += [(), book.section("control.heads", _WIDE), book.head(*_keys("ledger rows head"), texts=3)]
    rows += _heads(book)
    # The seventh column tells differences, but for the sums of the ages.
    marks = [Mark(f"G6:G{ages}", "AND(ISNUMBER($G6),$G6<>0)")]
    marks.append(Mark(f"G{after}:G{len(rows)}", f"AND(ISNUMBER($G{after}),$G{after}<>0)"))
    if numbers:
        marks.append(Mark(f"F6:F{5 + numbers}", "$F6<>0"))
    return FreeSheet(
        "control", _WIDTHS, tuple(rows), tall=True, marks=tuple(marks), repeated=(head - 1, head)
    )


def _keys(names: str) -> tuple[str, ...]:
    return tuple(f"control.{name}" for name in names.split())


def _numbers(book: Book) -> list[Row]:
    """Numbers run from 1 every day: a gap is a number below the day's highest that nobody knows."""
    found = book.query(
        f"""SELECT prefix, sum(numbers), sum(void), sum(gap) FROM (
              SELECT prefix, count(*) AS numbers, sum(voided_why <> '') AS void,
                     max(seq) - count(*) - coalesce((SELECT max(h.last_seq) FROM history_number h
                       WHERE h.prefix = number.prefix AND h.business_date = number.business_date), 0) AS gap
              FROM number WHERE business_date {WITHIN} GROUP BY prefix, business_date)
            GROUP BY prefix ORDER BY prefix"""
    )
    end = f"""SELECT number FROM number WHERE prefix = :prefix AND business_date {WITHIN}
              ORDER BY business_date {{0}}, seq {{0}} LIMIT 1"""
    rows: list[Row] = []
    for prefix, numbers, void, gap in found:
        rows.append(
            (
                Styled(f"{prefix} {book.words.code('prefix', prefix)}"),
                Styled(book.query(end.format("ASC"), prefix=prefix)[0][0]),
                Styled(book.query(end.format("DESC"), prefix=prefix)[0][0]),
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


def _settlements(book: Book, direction: str, top: int) -> list[Row]:
    """Owed by tender: from settlements and their proofs; stored: from the money ledger."""
    tenders = book.query(
        f"""SELECT tender FROM settlement WHERE direction = :direction AND business_date {UNTIL}
            UNION SELECT tender FROM money_entry WHERE kind IN ({_KINDS[direction]}) AND business_date {UNTIL}
            ORDER BY tender""",
        direction=direction,
    )
    rows: list[Row] = []
    for at, (tender,) in enumerate(tenders, top):
        which = {"direction": direction, "tender": tender}
        opening = book.number(_OWED.format(BEFORE), **which) - book.number(_SETTLED.format(BEFORE), **which)
        new, settled = (
            book.number(_OWED.format(WITHIN), **which),
            book.number(_SETTLED.format(WITHIN), **which),
        )
        stored = book.number(_LEDGER.format(_KINDS[direction]), tender=tender)
        rows.append(
            (Styled(book.words.code("tender", tender)), *_roll(at, Kind.MONEY, opening, new, settled, stored))
        )
    return rows


def _ages(book: Book, top: int) -> list[Row]:
    """What is still owed, by tender and days: from the sheet by formula, from settlements and proofs as stored."""
    age = "CAST(julianday(:last) - julianday(t.business_date) AS INTEGER)"
    sums = ", ".join(
        f"sum(CASE WHEN {age} BETWEEN {low} AND {high} THEN {_LEFT} ELSE 0 END)" for _, low, high in AGES
    )
    found = book.query(
        f"""SELECT t.tender, {sums} FROM settlement t JOIN document d ON d.id = t.document_id
            WHERE t.direction = 'out' AND t.business_date <= :last AND {_LEFT} <> 0 AND {LEFT_TO_END} <> 0
            GROUP BY t.tender ORDER BY t.tender"""
    )
    by_name: dict[str, list[int]] = {}
    for tender, *figures in found:
        name = book.words.code("tender", tender)
        by_name[name] = [a + b for a, b in zip(by_name.get(name, [0] * len(AGES)), figures, strict=True)]
    tenders = book.area("owed", "tender")
    rows: list[Row] = []
    for at, (name, figures) in enumerate(by_name.items(), top):
        aged = [
            Figure(Kind.MONEY, f"SUMIFS({book.area('owed', key)},{tenders},$A{at})", figure)
            for (key, _, _), figure in zip(AGES, figures, strict=True)
        ]
        rows.append((Styled(name), *aged, Figure(Kind.MONEY, f"SUM(B{at}:F{at})", sum(figures))))
    return rows


def _deposits(book: Book, top: int) -> list[Row]:
    """Deposits of customers that the shop holds."""
    taken = """SELECT sum(e.amount_fen) FROM deposit e JOIN document d ON d.id = e.document_id
               WHERE e.tender = :tender AND d.business_date {}"""
    moved = """SELECT sum(m.amount_fen) FROM deposit_move m JOIN deposit e ON e.id = m.deposit_id
               WHERE e.tender = :tender AND m.kind = :kind AND m.at {}"""
    rows: list[Row] = []
    for at, (tender,) in enumerate(book.query("SELECT DISTINCT tender FROM deposit ORDER BY tender"), top):
        opening = book.number(taken.format(BEFORE), tender=tender)
        now = [book.number(taken.format(WITHIN), tender=tender)]
        for kind in ("returned", "kept"):
            opening -= book.number(moved.format("< :begin"), tender=tender, kind=kind)
            now.append(book.number(moved.format(">= :begin AND m.at < :end"), tender=tender, kind=kind))
        rows.append(
            (
                Styled(book.words.code("tender", tender)),
                Styled(opening, Kind.MONEY),
                *(Styled(amount, Kind.MONEY) for amount in now),
                Figure(Kind.MONEY, f"B{at}+C{at}-D{at}-E{at}", opening + now[0] - now[1] - now[2]),
            )
        )
    return rows


def _places(book: Book, top: int) -> list[Row]:
    """Goods by place: from the rows of the span on top of the opening; stored: from the whole ledger."""
    moved = "SELECT sum(quantity_milli) FROM stock_entry WHERE {}_place = :place AND business_date {}"
    places = book.query(
        f"""SELECT from_place AS place FROM stock_entry WHERE from_place <> 'OUT' AND business_date {UNTIL}
            UNION SELECT to_place FROM stock_entry WHERE to_place <> 'OUT' AND business_date {UNTIL}"""
    )
    rows: list[Row] = []
    for at, place in enumerate(sorted((one for (one,) in places), key=lambda one: (len(one), one)), top):
        opening = book.number(moved.format("to", BEFORE), place=place)
        opening -= book.number(moved.format("from", BEFORE), place=place)
        stored = book.number(
            f"""SELECT sum(CASE WHEN to_place = :place THEN quantity_milli ELSE -quantity_milli END)
                FROM stock_entry WHERE (to_place = :place OR from_place = :place) AND business_date {UNTIL}""",
            place=place,
        )
        plus = book.number(moved.format("to", WITHIN), place=place)
        minus = book.number(moved.format("from", WITHIN), place=place)
        rows.append(
            (
                Styled(book.words.code("disposition", place)),
                *_roll(at, Kind.QUANTITY, opening, plus, minus, stored),
            )
        )
    return rows


def _shifts(book: Book, top: int) -> list[Row]:
    """Cash by shift; cash refunds stand apart from takings (现金管理暂行条例 11)."""
    # Of a closed span as they were kept: whoever opened a shift may be called otherwise since.
    found = book.kept("shifts", "day", "opened_by", "float", "counted", "cash_in", "cash_out")
    if found is None:
        found = iter(_shifts_now(book))
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
                Figure(
                    Kind.MONEY, f'IF(F{at}="",0,F{at}-E{at})', 0 if counted is None else counted - expected
                ),
            )
        )
    return rows


def _shifts_now(book: Book) -> list[tuple[Any, ...]]:
    cash = """(SELECT coalesce(sum(p.amount_fen), 0) FROM proof p JOIN settlement t ON t.id = p.settlement_id
                WHERE p.shift_id = s.id AND p.tender = 'cash' AND t.direction = '{}')"""
    return book.query(
        f"""SELECT s.business_date, f.name, s.float_fen, CASE WHEN s.closed_at < :end THEN s.counted_fen END,
              {cash.format("in")}, {cash.format("out")}
            FROM shift s JOIN staff f ON f.id = s.opened_by_id WHERE s.business_date {WITHIN} ORDER BY s.id"""
    )


def _heads(book: Book) -> list[Row]:
    """How long each ledger was at the end of the span, and the hash of its last row: a cut-off tail shows."""
    rows: list[Row] = []
    for ledger in ("money_entry", "stock_entry"):
        found = book.query(
            f"SELECT seq, hash FROM {ledger} WHERE business_date {UNTIL} ORDER BY seq DESC LIMIT 1"
        )
        seq, head = found[0] if found else (0, "")
        rows.append((Styled(book.words.word(f"control.{ledger}")), Styled(seq, Kind.WHOLE), Styled(head)))
    return rows
