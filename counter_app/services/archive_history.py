"""What archives that were read back tell: found by words and numbers, shown whole, never changed.

Several archives may tell the same thing; the one that reaches furthest is believed, a contradiction is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from counter_app.archive.sheets import Kind
from counter_app.db import search
from counter_app.db.fields import canonical_json
from counter_app.db.models import HistoryCase
from counter_app.domain.errors import UserError
from counter_app.domain.history_views import (
    HistoryCaseView,
    HistoryCell,
    HistoryMoneyView,
    HistoryRowView,
    HistorySheetRow,
    Refunded,
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
_OF_PURCHASE = """
    m.direction = 'out' AND m.purpose IN ('refund', 'difference') AND (
      m.order_no IN (SELECT value FROM json_each(?1))
      OR m.case_number IN (SELECT number FROM history_case WHERE order_no IN (SELECT value FROM json_each(?1)))
      OR m.case_number IN (SELECT case_number FROM history_line WHERE serial IN (SELECT value FROM json_each(?2))))
"""


def exists(desk: Desk) -> bool:
    """Whether any archive was read back."""
    return desk.db.execute_sql("SELECT 1 FROM history_source LIMIT 1").fetchone() is not None


def find(desk: Desk, words: str, limit: int = MOST) -> tuple[HistoryRowView, ...]:
    """Cases of lost times in which every word occurs, newest first, each once."""
    ids = search.search_history(desk.db, words, limit * _LATER)
    rows = {row.id: row for row in HistoryCase.select().where(HistoryCase.id.in_(ids))}
    numbers = list(dict.fromkeys(rows[one].number for one in ids if one in rows))
    found = [_row(desk, _newest(number)) for number in numbers[:limit]]
    return tuple(sorted(found, key=lambda row: (row.business_date, row.number), reverse=True))


def find_number(desk: Desk, number: str) -> tuple[HistoryRowView, ...]:
    """Cases of lost times under exactly this number: of a case, of a document, of a purchase, a serial number."""
    found = desk.db.execute_sql(
        """SELECT DISTINCT number FROM (
             SELECT number FROM history_case WHERE number = ?1 OR order_no = ?2
             UNION SELECT case_number FROM history_row WHERE number = ?1
             UNION SELECT case_number FROM history_money WHERE order_no = ?2
             UNION SELECT case_number FROM history_line WHERE serial = ?2)
           WHERE number IN (SELECT number FROM history_case) ORDER BY number DESC LIMIT ?3""",
        (number.upper(), number, MOST),
    )
    return tuple(_row(desk, _newest(one)) for (one,) in found.fetchall())


def case(desk: Desk, number: str) -> HistoryCaseView:
    """Everything archives tell of a case. Raises UserError `archive.back.unknown`."""
    newest = _newest(number)
    if newest is None:
        raise UserError("archive.back.unknown", number=number[:40])
    return HistoryCaseView(
        row=_row(desk, newest),
        reasons=archive_words.said("reason*", newest.reasons),
        remedies=archive_words.said("remedy*", newest.remedies),
        clerk=newest.clerk,
        summary=newest.summary,
        purchased_on=newest.purchased_on,
        money=_money(desk, "m.case_number = ?1", (number,)),
        rows=_sheet_rows(desk, number),
    )


def refunded(desk: Desk, order_nos: Iterable[str], serials: Iterable[str] = ()) -> Refunded | None:
    """What was given back before for a purchase under any of these numbers, or goods with any of these serials.

    Where two archives contradict each other the higher figure counts. None when archives tell of nothing.
    """
    orders, pieces = (sorted({one for one in given if one}) for given in (order_nos, serials))
    if not (orders or pieces) or not exists(desk):
        return None
    found = _money(desk, _OF_PURCHASE, (canonical_json(orders), canonical_json(pieces)))
    owed, paid = sum(one.owed_fen for one in found), sum(max(one.paid_fen, 0) for one in found)
    if not found or (owed <= 0 and paid <= 0):
        return None
    return Refunded(
        periods=tuple(sorted({one.period for one in found})),
        numbers=tuple(dict.fromkeys(one.number for one in found)),
        case_numbers=tuple(dict.fromkeys(one.case_number for one in found)),
        owed_fen=max(owed, 0),
        paid_fen=paid,
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


def _newest(number: str) -> Any:
    """The case as the archive tells it that reaches furthest."""
    return (
        HistoryCase.select()
        .where(HistoryCase.number == number)
        .order_by(HistoryCase.last_day.desc(), HistoryCase.id.desc())
        .first()
    )


def _row(desk: Desk, row: Any) -> HistoryRowView:
    goods = desk.db.execute_sql(
        "SELECT DISTINCT product FROM history_line WHERE case_number = ? ORDER BY product", (row.number,)
    ).fetchall()
    money = _money(desk, "m.direction = 'out' AND m.case_number = ?1", (row.number,))
    return HistoryRowView(
        id=row.id,
        number=row.number,
        business_date=row.business_date,
        state=archive_words.said("state", row.state),
        customer_masked=row.customer_masked,
        phone_masked=row.phone_masked,
        goods=" · ".join(name for (name,) in goods),
        order_no=row.order_no,
        refund_fen=sum(one.owed_fen for one in money) if money else row.refund_fen,
        period=row.source.period,
    )


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
            cells=cells(sheet, json.loads(content)),
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
