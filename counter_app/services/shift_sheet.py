"""交接班记录: what one shift did with the drawer, what it left, what is still open. Frozen at the close.

Cash refunds stand apart from takings (design, Shift); the heads of the chains stand on the sheet, so that a file
whose tail was cut or whose chain was made anew no longer agrees with the paper (invariant 14).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.domain import slips
from counter_app.domain.money import format_yuan
from counter_app.domain.shift_views import CashRow
from counter_app.domain.spoken import Language
from counter_app.services import deposits, paper_views, settling, shop_words
from counter_app.services.case_words import words, words_or
from counter_app.services.desk import Desk
from counter_app.services.settings import setting

_CASH = """
    SELECT d.number, c.number, s.purpose, s.direction, p.amount_fen, p.at
    FROM proof p JOIN settlement s ON s.id = p.settlement_id JOIN document d ON d.id = s.document_id
    LEFT JOIN case_file c ON c.id = s.case_id
    WHERE p.shift_id = ? AND p.tender = 'cash' ORDER BY p.id
"""
_OTHER_WAYS = """
    SELECT p.tender, s.direction, COUNT(*), SUM(p.amount_fen)
    FROM proof p JOIN settlement s ON s.id = p.settlement_id
    WHERE p.tender <> 'cash' AND p.at >= ? AND p.at <= ? GROUP BY p.tender, s.direction ORDER BY p.tender, s.direction
"""
_NUMBERS = """
    SELECT prefix, MIN(id), MAX(id), COUNT(*), SUM(reverses_id IS NOT NULL) FROM document
    WHERE posted_at >= ? AND posted_at <= ? AND prefix <> 'JB' GROUP BY prefix ORDER BY prefix
"""


def cash_rows(desk: Desk, shift_id: int) -> tuple[CashRow, ...]:
    """Every movement of cash under a shift, oldest first."""
    return tuple(
        CashRow(document, case or "", purpose, amount if direction == "in" else -amount, at)
        for document, case, purpose, direction, amount, at in desk.db.execute_sql(
            _CASH, (shift_id,)
        ).fetchall()
    )


def sheet(
    desk: Desk, number: str, row: Any, expected_fen: int, names: Mapping[int | None, str]
) -> slips.ShiftSheet:
    """The sheet of a shift that is being closed: `row` has everything of the close but its sheet."""
    language: Language = "en" if setting(desk, "slips.language") == "en" else "zh"

    def say(key: str, **params: object) -> str:
        return words(key, **params).of(language)

    cash = cash_rows(desk, row.id)
    closed_at = int(row.closed_at)
    return slips.ShiftSheet(
        number=number,
        case_number=number,
        on=row.business_date.isoformat(),
        at=_clock(desk, closed_at),
        shop=shop_words.head(desk),
        hands=slips.Hands(clerk=names[row.closed_by_id]),
        note=row.note,
        opened=f"{_clock(desk, row.opened_at, day=True)}  {names[row.opened_by_id]}",
        closed=f"{_clock(desk, closed_at, day=True)}  {names[row.closed_by_id]}",
        takes_over=names.get(row.handed_to_id, ""),
        drawer=_drawer(row, cash, expected_fen, say),
        pieces=_pieces(row),
        refunds=_listed(desk, [one for one in cash if one.amount_fen < 0], language),
        takings=_listed(desk, [one for one in cash if one.amount_fen > 0], language),
        other_ways=_other_ways(desk, row, language, say),
        documents=_documents(desk, row, language, say),
        open_items=_open_items(desk, say),
        variance_reason=row.variance_reason,
        float_reason=row.float_reason or "",
        heads=_heads(row, say),
        counted_fen=row.counted_fen,
    )


def _drawer(row: Any, cash: Iterable[CashRow], expected_fen: int, say: Any) -> tuple[slips.WorkingRow, ...]:
    rows = tuple(cash)
    taken = sum(one.amount_fen for one in rows if one.amount_fen > 0)
    paid = -sum(one.amount_fen for one in rows if one.amount_fen < 0)
    found = [
        slips.WorkingRow(label=say("shift_sheet.float"), amount_fen=row.float_fen),
        slips.WorkingRow(label=say("shift_sheet.taken"), amount_fen=taken),
        slips.WorkingRow(label=say("shift_sheet.refunded"), amount_fen=-paid),
        slips.WorkingRow(label=say("shift_sheet.expected"), amount_fen=expected_fen, total=True),
        slips.WorkingRow(label=say("shift_sheet.counted"), amount_fen=row.counted_fen),
        slips.WorkingRow(label=say("shift_sheet.difference"), amount_fen=row.counted_fen - expected_fen),
    ]
    out = row.taken_out_fen or 0
    if out:
        found.append(slips.WorkingRow(label=say("shift_sheet.taken_out"), amount_fen=-out))
    found.append(
        slips.WorkingRow(label=say("shift_sheet.left"), amount_fen=row.counted_fen - out, total=True)
    )
    return tuple(found)


def _pieces(row: Any) -> tuple[slips.WorkingRow, ...]:
    counted = {int(value): number for value, number in (row.count_detail or {}).items() if number}
    return tuple(
        slips.WorkingRow(
            label=f"¥{format_yuan(value).removesuffix('.00')} × {number}", amount_fen=value * number
        )
        for value, number in sorted(counted.items(), reverse=True)
    )


def _listed(desk: Desk, rows: Iterable[CashRow], language: Language) -> tuple[slips.WorkingRow, ...]:
    found = []
    for one in rows:
        purpose = words_or(f"purpose.{one.purpose}", one.purpose).of(language)
        note = "  ".join(part for part in (_clock(desk, one.at), purpose, one.case_number) if part)
        found.append(slips.WorkingRow(label=one.document, amount_fen=one.amount_fen, note=note))
    if found:
        total = sum(row.amount_fen or 0 for row in found)
        found.append(
            slips.WorkingRow(
                label=words("shift_sheet.sum", count=len(found)).of(language), amount_fen=total, total=True
            )
        )
    return tuple(found)


def _other_ways(desk: Desk, row: Any, language: Language, say: Any) -> tuple[slips.WorkingRow, ...]:
    return tuple(
        slips.WorkingRow(
            label=words_or(f"tender.{tender}", tender).of(language),
            note=say(f"shift_sheet.way_{direction}", count=count),
            amount_fen=amount if direction == "in" else -amount,
        )
        for tender, direction, count, amount in desk.db.execute_sql(
            _OTHER_WAYS, (row.opened_at, row.closed_at)
        ).fetchall()
    )


def _documents(desk: Desk, row: Any, language: Language, say: Any) -> tuple[slips.WorkingRow, ...]:
    found = []
    numbers = dict(
        desk.db.execute_sql(
            "SELECT id, number FROM document WHERE posted_at >= ? AND posted_at <= ?",
            (row.opened_at, row.closed_at),
        ).fetchall()
    )
    for prefix, first, last, count, reversing in desk.db.execute_sql(
        _NUMBERS, (row.opened_at, row.closed_at)
    ).fetchall():
        span = numbers[first] if first == last else f"{numbers[first]} – {numbers[last]}"
        told = say("shift_sheet.documents", count=count)
        if reversing:
            told += say("shift_sheet.reversing", count=reversing)
        found.append(
            slips.WorkingRow(
                label=f"{prefix} {paper_views.document_title(prefix).of(language)}", note=f"{told}  {span}"
            )
        )
    return tuple(found)


def _open_items(desk: Desk, say: Any) -> tuple[slips.WorkingRow, ...]:
    """What the next one finds: money owed either way, deposits held, to-dos that are late."""
    owed = settling.owed(desk)
    held = deposits.held(desk)
    late = desk.db.execute_sql(
        "SELECT COUNT(*) FROM task WHERE done_at IS NULL AND due_on < ?", (desk.today().isoformat(),)
    ).fetchone()[0]
    out = [one.open_fen for one in owed if one.direction == "out"]
    due = [one.open_fen for one in owed if one.direction == "in"]
    found = [
        slips.WorkingRow(label=say(f"shift_sheet.{name}", count=len(rows)), amount_fen=sum(rows))
        for name, rows in (("owed", out), ("due", due), ("deposits", [one.open_fen for one in held]))
        if rows
    ]
    if late:
        found.append(slips.WorkingRow(label=say("shift_sheet.late", count=late)))
    return tuple(found)


def _heads(row: Any, say: Any) -> tuple[str, ...]:
    heads = (
        ("money", row.money_rows, row.money_head),
        ("stock", row.stock_rows, row.stock_head),
        ("seal", row.seal_rows, row.seal_head),
    )
    return tuple(say(f"shift_sheet.head_{name}", rows=rows, head=head[:16]) for name, rows, head in heads)


def _clock(desk: Desk, at: int, *, day: bool = False) -> str:
    local = datetime.fromtimestamp(at / 1000, ZoneInfo(desk.shop.time_zone))
    return f"{local:%Y-%m-%d %H:%M}" if day else f"{local:%H:%M}"
