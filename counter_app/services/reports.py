"""Figures over many months: by reason, article, batch, member of staff, remedy, tender and month.

Read from sums that are kept as papers are posted (`db/figures.py`), never from the papers: 36 months cost the same
whether a hundred or a million visits lie behind them. Every figure opens the visits that make it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from counter_app.db import figures as kept_figures
from counter_app.db.figures import WIDE, Dimension
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.report_views import (
    DIMENSIONS,
    MEASURES,
    SAID_OF,
    CaseBehind,
    Figures,
    Report,
    ReportRow,
)
from counter_app.domain.spoken import Words
from counter_app.services import cases, paper_views, rules, staff
from counter_app.services.case_rows import staff_names
from counter_app.services.case_words import plain, words_or
from counter_app.services.desk import Desk

MOST_MONTHS: Final = 120
"""The longest span of a report: ten years."""
ALL: Final = 1_000_000
"""As many rows as there are: a sheet of a workbook holds no more."""

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_SUMS = ", ".join(f"sum(f.{name})" for name in MEASURES)


def report(
    desk: Desk, dimension: str, first: str, last: str, *, measure: str = "cases", most: int = 50
) -> Report:
    """The largest values of a dimension in the months `first` to `last` (YYYY-MM, both in it).

    Raises UserError `staff.right.missing`, `report.month`, `report.span`, `report.unknown`.
    """
    staff.require(desk, roles.REPORTS)
    if dimension not in DIMENSIONS or measure not in SAID_OF[dimension]:
        raise UserError("report.unknown", dimension=dimension, measure=measure)
    begin, end = _span(first, last)
    if dimension == "month":
        return _by_month(desk, measure, begin, end)
    number = Dimension[dimension.upper()]
    columns = ", ".join(f"t.{name}" for name in MEASURES)
    wholes = ", ".join(f"sum(t.{name}) OVER ()" for name in MEASURES)
    months = f"month IN ({_listed(_periods(number, begin, end))})"
    found = desk.db.execute_sql(
        f"""WITH t AS (SELECT f.value_id, {", ".join(f"sum(f.{name}) AS {name}" for name in MEASURES)}
              FROM ({kept_figures.within(months, begin, end, f"dimension = {int(number)}")}) f GROUP BY f.value_id)
            SELECT t.value_id, v.value, v.label, {columns}, count(*) OVER (), {wholes}
            FROM t JOIN figure_value v ON v.id = t.value_id
            WHERE {" OR ".join(f"t.{name} <> 0" for name in MEASURES)}
            ORDER BY t.{measure} DESC, t.value_id LIMIT ?""",
        (most,),
    ).fetchall()
    wide = len(MEASURES)
    total = Figures(*found[0][4 + wide :]) if found else Figures()
    whole = total.of(measure)
    visits = _summed(desk, [_all(desk)], begin, end).get(_all(desk), Figures()).cases
    before = _before(desk, [row[0] for row in found], begin, end)
    title = _Titles(desk)
    rows = tuple(
        ReportRow(
            row[0],
            row[1],
            title.of(number, row[1], row[2]),
            figures := Figures(*row[3 : 3 + wide]),
            before.get(row[0], Figures()),
            figures.of(measure) * 10_000 // whole if whole > 0 else None,
        )
        for row in found
    )
    return Report(dimension, measure, first, last, rows, found[0][3 + wide] if found else 0, total, visits)


def months(desk: Desk, key: int | None, first: str, last: str) -> tuple[tuple[str, Figures], ...]:
    """Month by month, empty ones included, for one value; None = for all visits.

    Raises UserError `staff.right.missing`, `report.month`, `report.span`.
    """
    staff.require(desk, roles.REPORTS)
    begin, end = _span(first, last)
    value = key if key is not None else _all(desk)
    kept = dict(_monthly(desk, value, begin, end))
    return tuple((_spelled(month), kept.get(month, Figures())) for month in _range(begin, end))


def cases_behind(
    desk: Desk, key: int, first: str, last: str, after: CaseBehind | None = None, limit: int = 50
) -> tuple[CaseBehind, ...]:
    """The visits that make a figure up, the newest month first, each once; hand the last one back as `after`.

    Raises UserError `staff.right.missing`, `report.month`, `report.span`.
    """
    staff.require(desk, roles.REPORTS)
    begin, end = _span(first, last)
    found: list[tuple[int, int]] = []
    for month in reversed(_range(begin, end)):
        if after is not None and month > after.month:
            continue
        later = _listed(one for one in _range(begin, end) if one > month)
        rows = desk.db.execute_sql(
            f"""SELECT c.case_id FROM figure_case c WHERE c.value_id = ? AND c.month = ? AND c.case_id < ?
                AND NOT EXISTS (SELECT 1 FROM figure_case l
                    WHERE l.value_id = c.value_id AND l.month IN ({later or -1}) AND l.case_id = c.case_id)
                ORDER BY c.case_id DESC LIMIT ?""",
            (
                key,
                month,
                after.case.id if after is not None and after.month == month else 1 << 62,
                limit - len(found),
            ),
        ).fetchall()
        found += [(month, case) for (case,) in rows]
        if len(found) >= limit:
            break
    told = {row.id: row for row in cases.rows_of(desk, [case for _month, case in found])}
    return tuple(CaseBehind(month, told[case]) for month, case in found)


def _by_month(desk: Desk, measure: str, begin: int, end: int) -> Report:
    key = _all(desk)
    kept = dict(_monthly(desk, key, _earlier(begin, 12), end))
    total = Figures(
        *(sum(kept.get(month, Figures()).of(name) for month in _range(begin, end)) for name in MEASURES)
    )
    whole = total.of(measure)
    rows = tuple(
        ReportRow(
            month,
            _spelled(month),
            plain(_spelled(month)),
            figures := kept.get(month, Figures()),
            kept.get(_earlier(month, 12), Figures()),
            figures.of(measure) * 10_000 // whole if whole > 0 else None,
        )
        for month in reversed(_range(begin, end))
    )
    visits = _summed(desk, [key], begin, end).get(key, Figures()).cases
    return Report("month", measure, _spelled(begin), _spelled(end), rows, len(rows), total, visits)


def lacking(desk: Desk) -> bool:
    """Whether visits are there but no figures of them: a copy of a year that was made before figures came along."""
    sql = "SELECT EXISTS (SELECT 1 FROM case_file) AND NOT EXISTS (SELECT 1 FROM figure)"
    return bool(desk.db.execute_sql(sql).fetchone()[0])


def key_of_all(desk: Desk) -> int:
    """The key under which every visit counts: what a month's figure opens."""
    return _all(desk)


def _all(desk: Desk) -> int:
    row = desk.db.execute_sql(
        "SELECT id FROM figure_value WHERE dimension = ? AND value = 'all'", (int(Dimension.MONTH),)
    ).fetchone()
    return int(row[0]) if row else -1


def _monthly(desk: Desk, key: int, begin: int, end: int) -> Iterable[tuple[int, Figures]]:
    found = desk.db.execute_sql(
        f"SELECT f.month, {', '.join(f'f.{name}' for name in MEASURES)} FROM figure f "
        "WHERE f.value_id = ? AND f.month BETWEEN ? AND ? AND f.month % 100 <> 0",
        (key, begin, end),
    ).fetchall()
    return [(month, Figures(*sums)) for month, *sums in found]


def _before(desk: Desk, keys: Sequence[int], begin: int, end: int) -> dict[int, Figures]:
    """The same values in as many months before."""
    length = len(_range(begin, end))
    return _summed(desk, keys, _earlier(begin, length), _earlier(begin, 1))


def _summed(desk: Desk, keys: Sequence[int], begin: int, end: int) -> dict[int, Figures]:
    """These values over a span of months, each visit once."""
    if not keys:
        return {}
    single = f"month BETWEEN {begin} AND {end} AND month % 100 <> 0"
    rows = kept_figures.within(single, begin, end, f"value_id IN ({_listed(keys)})")
    found = desk.db.execute_sql(f"SELECT f.value_id, {_SUMS} FROM ({rows}) f GROUP BY f.value_id").fetchall()
    return {key: Figures(*sums) for key, *sums in found}


class _Titles:
    """What the values of a dimension are called."""

    def __init__(self, desk: Desk) -> None:
        self._reasons: Any = rules.code_tables(desk).get("reasons", {})
        self._staff = {str(one): name for one, name in staff_names().items()}

    def of(self, dimension: Dimension, value: str, label: str) -> Words:
        if dimension is Dimension.REASON and value in self._reasons:
            told = self._reasons[value]
            return Words(f"{value} {told['zh']}", f"{value} {told['en']}")
        if dimension is Dimension.REMEDY:
            return paper_views.document_title(value)
        if dimension is Dimension.TENDER:
            return words_or(f"tender.{value}", value)
        if dimension is Dimension.CLERK:
            return plain(self._staff.get(value, value))
        if dimension is Dimension.PRODUCT and label and label != value:
            return plain(f"{label} · {value}")
        return plain(label or value)


def _span(first: str, last: str) -> tuple[int, int]:
    found = []
    for told in (first, last):
        match = _MONTH.fullmatch(told)
        if match is None:
            raise UserError("report.month", month=told[:20])
        found.append(int(match[1]) * 100 + int(match[2]))
    begin, end = found
    if begin > end or len(_range(begin, end)) > MOST_MONTHS:
        raise UserError("report.span", months=MOST_MONTHS)
    return begin, end


def _range(begin: int, end: int) -> list[int]:
    first, last = begin // 100 * 12 + begin % 100 - 1, end // 100 * 12 + end % 100 - 1
    return [at // 12 * 100 + at % 12 + 1 for at in range(first, last + 1)]


def _earlier(month: int, by: int) -> int:
    at = month // 100 * 12 + month % 100 - 1 - by
    return at // 12 * 100 + at % 12 + 1


def _periods(dimension: Dimension, begin: int, end: int) -> list[int]:
    """The months of a span, whole years as one where years are kept."""
    single = _range(begin, end)
    if dimension not in WIDE:
        return single
    whole = {
        year
        for year in range(begin // 100, end // 100 + 1)
        if begin <= year * 100 + 1 and year * 100 + 12 <= end
    }
    return [year * 100 for year in sorted(whole)] + [month for month in single if month // 100 not in whole]


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


def _spelled(month: int) -> str:
    return f"{month // 100:04d}-{month % 100:02d}"
