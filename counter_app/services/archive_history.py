"""What archives that were read back tell: found by words and numbers, shown whole, never changed.

Several archives may tell the same thing; the one that reaches furthest is believed, a contradiction is shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from counter_app.archive.sheets import Kind
from counter_app.db import search
from counter_app.db.models import HistoryCase
from counter_app.domain.errors import UserError
from counter_app.domain.history_views import (
    HistoryCaseView,
    HistoryCell,
    HistoryMoneyView,
    HistoryRowView,
    HistorySheetRow,
)
from counter_app.domain.money import format_yuan
from counter_app.domain.quantity import format_quantity
from counter_app.domain.spoken import Words
from counter_app.services import archive_words
from counter_app.services.case_words import plain
from counter_app.services.desk import Desk
from counter_app.services.month_words import catalogue

MOST = 50
_LATER = 4
"""So many more are looked at than are shown: several archives may tell the same case."""
_MONEY = """
    SELECT m.direction, m.number, m.case_number, m.business_date, m.purpose, m.tender, m.owed_fen, m.paid_fen,
           m.proof_ref, m.signed, s.period,
           EXISTS (SELECT 1 FROM history_conflict k WHERE k.row_id = m.row_id OR k.other_id = m.row_id)
    FROM history_money m JOIN history_row r ON r.id = m.row_id JOIN history_source s ON s.id = r.source_id
    WHERE {which}
      AND m.id = (SELECT o.id FROM history_money o JOIN history_row q ON q.id = o.row_id
                  WHERE q.identity = r.identity ORDER BY o.last_day DESC, o.id DESC LIMIT 1)
    ORDER BY m.business_date, m.number, m.id
"""


def find(desk: Desk, words: str, limit: int = MOST) -> tuple[HistoryRowView, ...]:
    """Cases of lost times in which every word occurs, newest first, each once."""
    ids = search.search_history(desk.db, words, limit * _LATER)
    rows = {row.id: row for row in HistoryCase.select().where(HistoryCase.id.in_(ids))}
    numbers = list(dict.fromkeys(rows[one].number for one in ids if one in rows))
    found = [_row(desk, number) for number in numbers[:limit]]
    return tuple(sorted(found, key=lambda row: (row.business_date, row.number), reverse=True))


def find_number(desk: Desk, number: str) -> tuple[HistoryRowView, ...]:
    """Cases of lost times under exactly this number: of a case, of a document, of a purchase, a serial number."""
    found = desk.db.execute_sql(
        """SELECT DISTINCT number FROM (
             SELECT number FROM history_case WHERE number = ?1 OR order_no = ?2
             UNION SELECT case_number FROM history_row WHERE number = ?1
             UNION SELECT case_number FROM history_money WHERE order_no = ?2
             UNION SELECT case_number FROM history_line WHERE serial = ?2)
           WHERE number <> '' ORDER BY number DESC LIMIT ?3""",
        (number.upper(), number, MOST),
    )
    return tuple(_row(desk, one) for (one,) in found.fetchall())


def case(desk: Desk, number: str) -> HistoryCaseView:
    """Everything archives tell of a case. Raises UserError `archive.back.unknown`."""
    rows = _sheet_rows(desk, number)
    if not rows:
        raise UserError("archive.back.unknown", number=number[:40])
    newest = _newest(number)
    return HistoryCaseView(
        row=_row(desk, number),
        reasons=archive_words.said("reason*", "" if newest is None else newest.reasons),
        remedies=archive_words.said("remedy*", "" if newest is None else newest.remedies),
        clerk="" if newest is None else newest.clerk,
        summary="" if newest is None else newest.summary,
        purchased_on=None if newest is None else newest.purchased_on,
        money=_money(desk, "m.case_number = ?1", (number,)),
        rows=rows,
    )


def _money(desk: Desk, which: str, values: Sequence[object]) -> tuple[HistoryMoneyView, ...]:
    rows = desk.db.execute_sql(_MONEY.format(which=which), values).fetchall()
    return tuple(
        HistoryMoneyView(
            direction=direction,
            number=number,
            case_number=case_number,
            on=date.fromisoformat(day),
            purpose=archive_words.said("purpose", purpose),
            tender=archive_words.said("tender", tender),
            owed_fen=owed,
            paid_fen=paid,
            proof_ref=proof,
            signed=signed,
            period=period,
            contradicted=bool(contradicted),
        )
        for direction, number, case_number, day, purpose, tender, owed, paid, proof, signed, period, contradicted in rows
    )


def _newest(number: str) -> Any | None:
    """The case as the archive tells it that reaches furthest; None where archives tell only its papers."""
    return (
        HistoryCase.select()
        .where(HistoryCase.number == number)
        .order_by(HistoryCase.last_day.desc(), HistoryCase.id.desc())
        .first()
    )


def _row(desk: Desk, number: str) -> HistoryRowView:
    newest = _newest(number)
    goods = desk.db.execute_sql(
        "SELECT DISTINCT product FROM history_line WHERE case_number = ? ORDER BY product", (number,)
    ).fetchall()
    money = _money(desk, "m.direction = 'out' AND m.case_number = ?1", (number,))
    owed = sum(one.owed_fen for one in money)
    if newest is None:
        day, period = _first_told(desk, number)
        return HistoryRowView(0, number, day, plain(""), "", "", _joined(goods), "", owed, period)
    return HistoryRowView(
        id=newest.id,
        number=number,
        business_date=newest.business_date,
        state=archive_words.said("state", newest.state),
        customer_masked=newest.customer_masked,
        phone_masked=newest.phone_masked,
        goods=_joined(goods),
        order_no=newest.order_no,
        refund_fen=owed if money else newest.refund_fen,
        period=newest.source.period,
    )


def _joined(goods: Sequence[tuple[str]]) -> str:
    return " · ".join(name for (name,) in goods)


def _first_told(desk: Desk, number: str) -> tuple[date, str]:
    """Of a case that only its papers tell: the day in its number, else the archive's first; and the archive's span."""
    period, first = desk.db.execute_sql(
        """SELECT s.period, s.first_day FROM history_row r JOIN history_source s ON s.id = r.source_id
           WHERE r.case_number = ? ORDER BY s.last_day DESC, s.id DESC LIMIT 1""",
        (number,),
    ).fetchone()
    _prefix, _dash, rest = number.partition("-")
    try:
        return datetime.strptime(rest[:8], "%Y%m%d").date(), period
    except ValueError:
        return date.fromisoformat(first), period


def _sheet_rows(desk: Desk, number: str) -> tuple[HistorySheetRow, ...]:
    found = desk.db.execute_sql(
        """SELECT r.id, r.sheet, r.row_no, r.content, s.file_name, s.period, s.proven
           FROM history_row r JOIN history_source s ON s.id = r.source_id WHERE r.case_number = ?
           ORDER BY s.last_day DESC, s.id DESC, r.id""",
        (number,),
    ).fetchall()
    order = {key: at for at, key in enumerate(archive_words.tables())}
    rows = [
        HistorySheetRow(
            sheet=sheet_words(sheet),
            sheet_key=sheet,
            row_no=row_no,
            file=file,
            period=period,
            proven=bool(proven),
            cells=cells(sheet, content_of(content)),
            contradicts=_contradicts(desk, row_id, sheet),
        )
        for row_id, sheet, row_no, content, file, period, proven in found
    ]
    return tuple(sorted(rows, key=lambda row: order.get(row.sheet_key, len(order))))


def _contradicts(desk: Desk, row_id: int, sheet: str) -> tuple[tuple[Words, str, str], ...]:
    found = desk.db.execute_sql(
        "SELECT field, told, other_told FROM history_conflict WHERE row_id = ? ORDER BY field", (row_id,)
    )
    kinds = _kinds(sheet)
    return tuple(
        (heading(field), _stored(kinds.get(field), told), _stored(kinds.get(field), other))
        for field, told, other in found.fetchall()
    )


def _stored(kind: Kind | None, told: str) -> str:
    number = told.lstrip("-").isdigit()
    return (
        text_of(kind, int(told))
        if kind is not None and kind not in (Kind.TEXT, Kind.NOTE) and number
        else told
    )


def sheet_words(key: str) -> Words:
    """What a sheet is called; one nobody knows by its own name."""
    entry = catalogue().get(f"sheet.{key}")
    return plain(key) if entry is None else Words(str(entry["zh"]), str(entry["en"]))


def heading(key: str) -> Words:
    """What a column is called; one nobody knows by its own heading."""
    entry = catalogue().get(f"column.{key}")
    return plain(key) if entry is None else Words(str(entry["zh"]), str(entry["en"]))


def cells(sheet: str, content: dict[str, Any]) -> tuple[HistoryCell, ...]:
    """The cells of a kept row in the order of its sheet, as they are shown."""
    table = archive_words.tables().get(sheet)
    if table is None:
        return tuple(
            HistoryCell(plain(""), plain(str(one)))
            for one in content.get("cells", ())
            if one not in (None, "")
        )
    fields = {field.column.key: field for field in table.fields}
    keys = [key for key in fields if key in content] + [key for key in content if key not in fields]
    found = []
    for key in keys:
        field, value = fields.get(key), content[key]
        if field is None:
            told = plain(str(value))
        elif field.words and isinstance(value, str):
            told = archive_words.said(field.words, value)
        else:
            told = plain(text_of(field.column.kind, value))
        found.append(HistoryCell(heading(key), told))
    return tuple(found)


def content_of(kept: str) -> dict[str, Any]:
    """The values of a row as they are kept."""
    found: dict[str, Any] = json.loads(kept)
    return found


def text_of(kind: Kind | None, value: object) -> str:
    """A kept value as a person reads it."""
    if not isinstance(value, int):
        return str(value)
    if kind is Kind.MONEY:
        return f"-¥{format_yuan(-value)}" if value < 0 else f"¥{format_yuan(value)}"
    if kind is Kind.QUANTITY:
        return f"-{format_quantity(-value)}" if value < 0 else format_quantity(value)
    if kind is Kind.INSTANT:
        return f"{datetime.fromtimestamp(value // 1000, UTC):%Y-%m-%d %H:%M}"
    if kind is Kind.SHARE:
        return f"{value / 100:g}%"
    return str(value)


def _kinds(sheet: str) -> dict[str, Kind]:
    table = archive_words.tables().get(sheet)
    return {} if table is None else {field.column.key: field.column.kind for field in table.fields}
