"""Closing a month: what is lacking is shown, then nothing more can be dated into it, for ever.

Kept are the control totals, the heads of the three chains and what its archive says. What arrives later (proofs, red
invoices, reversals) belongs to the month it arrives in.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from counter_app.db import heads, month_figures
from counter_app.db.models import MonthLock
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.month_views import ClosedMonth, MonthCheck, MonthGap
from counter_app.services import month, month_freezing, month_gaps, requests, staff
from counter_app.services.case_rows import acting, staff_names
from counter_app.services.desk import Desk, Outcome

KIND = "close_month"
CHANGED = frozenset({"month", "money", "case", "stock"})


def months(desk: Desk) -> tuple[str, ...]:
    """The months something happened in, up to the present one, newest first: `2026-11` …"""
    begun = _begun(desk)
    if begun is None:
        return ()
    found, day = [], date(begun.year, begun.month, 1)
    while day <= desk.today():
        found.append(f"{day:%Y-%m}")
        day = _next(day)
    return tuple(reversed(found))


def first_open(desk: Desk) -> str | None:
    """The month to be closed next: the one after the last closed one, or the first there is."""
    newest = MonthLock.select(MonthLock.last_day).order_by(MonthLock.month.desc()).first()
    if newest is not None:
        return f"{newest.last_day + timedelta(days=1):%Y-%m}"
    begun = _begun(desk)
    return None if begun is None else f"{begun:%Y-%m}"


def closed_months(desk: Desk) -> tuple[ClosedMonth, ...]:
    """Every closed month, newest first."""
    names = staff_names()
    return tuple(_closed(row, names) for row in MonthLock.select().order_by(MonthLock.month.desc()))


def check(desk: Desk, name: str) -> MonthCheck:
    """How a month stands. Of a closed one: what was accepted then. Raises UserError `archive.period`, `month.year`."""
    span = _month(name)
    row = MonthLock.get_or_none(MonthLock.month == span.name)
    if row is not None:
        kept = tuple(_gap(one) for one in row.missing)
        return MonthCheck(span.name, kept, row.figures, _closed(row, staff_names()))
    with desk.db.atomic("DEFERRED"):
        return MonthCheck(span.name, _gaps(desk, span), _figures(desk, span))


def close(desk: Desk, name: str, request_id: str, pin: str, note: str = "") -> Outcome[ClosedMonth]:
    """Close a month in the name of whoever is signed in, who shows their PIN. There is no way back.

    Raises UserError `staff.…`, `archive.period`, `month.year`, `month.closed`, `month.blocked`, `month.note_wanted`
    when something is lacking and nobody says why it may stay so.
    """
    staff.require(desk, roles.MONTH)
    span, said = _month(name), text.clean_note(note, field="note")
    content = {"month": span.name, "note": said}
    staff.verify_pin(desk, acting(desk), pin)
    with desk.db.atomic("IMMEDIATE"):
        if requests.earlier(desk, request_id, KIND, content) is None:
            _close(desk, span, said, request_id)
            requests.remember(desk, request_id, KIND, content, {"month": span.name})
        row = MonthLock.get(MonthLock.month == span.name)
    return Outcome(_closed(row, staff_names()), CHANGED)


def _close(desk: Desk, span: month.Period, note: str, request_id: str) -> None:
    if MonthLock.select().where(MonthLock.month == span.name).exists():
        raise UserError("month.closed", month=span.name)
    gaps = _gaps(desk, span)
    blocking = [one for one in gaps if one.blocks]
    if blocking:
        raise UserError("month.blocked", month=span.name, kind=blocking[0].kind, number=blocking[0].number)
    if gaps and not note:
        raise UserError("month.note_wanted", month=span.name, count=len(gaps))
    now = heads.of(desk.db.connection())
    values: dict[str, Any] = {}
    for chain, (rows, digest) in now.items():
        values[f"{chain}_rows"], values[f"{chain}_head"] = rows, digest
    lock_id = insert_row(
        desk.db,
        MonthLock,
        month=span.name,
        first_day=span.first,
        last_day=span.last,
        figures=_figures(desk, span),
        missing=[_told(one) for one in gaps],
        note=note,
        request_id=request_id,
        by_id=acting(desk),
        at=desk.instant(),
        business_date=desk.today(),
        **values,
    )
    month.keep(desk, span, lock_id)
    if span.last.month == 12:
        # A month is closed after all before it: with December the whole year is, and says the same from now on.
        year = month.period(span.name[:4])
        month.keep(desk, year, lock_id, month_freezing.YEAR)
        month_freezing.keep_figures(desk, lock_id, _figures(desk, year))


def _gaps(desk: Desk, span: month.Period) -> tuple[MonthGap, ...]:
    found: list[MonthGap] = []
    if span.last >= desk.today():
        found.append(MonthGap("not_over", span.name, on=span.last))
    first = first_open(desk)
    if first is not None and first < span.name:
        found.append(MonthGap("earlier_open", first))
    return (*found, *month_gaps.found(desk, span.first, span.last))


def _figures(desk: Desk, span: month.Period) -> dict[str, int]:
    bounds = {"first": span.first.isoformat(), "last": span.last.isoformat()}
    return month_figures.figures(lambda sql: desk.db.execute_sql(sql, bounds).fetchall())


def _month(name: str) -> month.Period:
    span = month.period(name)
    if len(span.name) == 4:
        raise UserError("month.year", text=name)
    return span


def _begun(desk: Desk) -> date | None:
    ((first,),) = desk.db.execute_sql(
        """SELECT min(day) FROM (SELECT min(business_date) AS day FROM case_file
             UNION ALL SELECT min(business_date) FROM document
             UNION ALL SELECT min(business_date) FROM money_entry)"""
    ).fetchall()
    return None if first is None else date.fromisoformat(first)


def _next(day: date) -> date:
    return day + timedelta(days=calendar.monthrange(day.year, day.month)[1])


def _told(gap: MonthGap) -> dict[str, Any]:
    return {
        "kind": gap.kind,
        "number": gap.number,
        "case_id": gap.case_id,
        "amount_fen": gap.amount_fen,
        "on": None if gap.on is None else gap.on.isoformat(),
    }


def _gap(told: Mapping[str, Any]) -> MonthGap:
    on = told["on"]
    return MonthGap(
        told["kind"],
        told["number"],
        told["case_id"],
        told["amount_fen"],
        None if on is None else date.fromisoformat(on),
    )


def _closed(row: Any, names: Mapping[int, str]) -> ClosedMonth:
    return ClosedMonth(row.month, row.at, names.get(row.by_id, ""), row.note, len(row.missing), row.figures)
