"""Figures for reports: visits, goods and money by month and by what they are asked after.

Three tables, all made from other rows. `figure_value` names what is counted (a reason, a product, a member of staff
…), `figure_case` tells what each case adds to it in a month, `figure` sums that by month and, where there are very
many values, by year (month 0: 202600). Triggers keep them in the transaction that writes the rows, so no report
reads a million cases; `rebuild` makes them anew and `differing` compares. Money in 分, goods in thousandths. A case
counts once in every month in which it opened, moved goods or moved money. For each step of a case from one of its
months to the next `figure` counts it once more, under both months (202611202612): less these, a span of months counts
every case once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from peewee import SqliteDatabase


class Dimension(IntEnum):
    """What a figure is asked after. The numbers stand in the file and never change."""

    MONTH = 1
    CLERK = 2
    REMEDY = 3
    TENDER = 4
    REASON = 5
    PRODUCT = 6
    BATCH = 7


WIDE: Final = (Dimension.PRODUCT, Dimension.BATCH)
"""Dimensions with so many values that years are summed too."""
MEASURES: Final = ("units_milli", "goods_fen", "owed_fen", "paid_fen", "taken_fen")
TABLES: Final = ("figure_value", "figure_case", "figure")
_SUMS = ", ".join(MEASURES)
_MONTH = "CAST(substr({day}, 1, 4) || substr({day}, 6, 2) AS INTEGER)"
_NOT_GOODS = "('BC', 'SJ', 'YJ', 'WX', 'BY', 'JB')"
"""Papers whose amounts are not money given back for goods, as in `guards/refunds.py`."""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one table that add to figures. `{x}` in the SQL is the row.

    `joined`: what it is read with, as `FROM` and `WHERE`; `values`: dimension, value and label; `measures`: SQL of
    what it adds, the rest is 0.
    """

    table: str
    case: str
    day: str
    values: tuple[tuple[Dimension, str, str], ...]
    joined: str = ""
    where: str = "1"
    measures: tuple[tuple[str, str], ...] = ()

    def rows(self, x: str, dimension: Dimension | None = None, also: str = "1") -> str:
        """A SELECT of dimension, value, label, month, case and measures; `x` is NEW or the table's alias."""
        base = f"{self.table} x" if x == "x" else ""
        tables = " CROSS JOIN ".join(part for part in (base, self.joined) if part)
        told = dict(self.measures)
        sums = ", ".join(told.get(name, "0") + f" AS {name}" for name in MEASURES)
        month = _MONTH.format(day=self.day)
        return " UNION ALL ".join(
            f"SELECT {int(one)} AS dimension, {value} AS value, {label} AS label, {month} AS month, "
            f"{self.case} AS case_id, {sums}{f' FROM {tables}' if tables else ''} WHERE {self.where} "
            f"AND {self.case} IS NOT NULL AND {value} <> '' AND {also}"
            for one, value, label in self.values
            if dimension is None or one is dimension
        ).replace("{x}", x)


_LINE_JOINS = "document d CROSS JOIN case_line c CROSS JOIN sale_line s"
_LINE_WHERE = "d.id = {x}.document_id AND c.id = {x}.case_line_id AND s.id = c.sale_line_id"
_ARTICLE = "CASE s.sku WHEN '' THEN s.name ELSE s.sku END"
_PAID = "settlement t CROSS JOIN document d"
"""In this order: the planner keeps it, and the other way it would read every paper for each proof."""
_ALL = (Dimension.MONTH, "'all'", "''")

SOURCES: Final[tuple[Source, ...]] = (
    Source(
        "case_file",
        "{x}.id",
        "{x}.business_date",
        (_ALL, (Dimension.CLERK, "CAST({x}.opened_by_id AS TEXT)", "''")),
    ),
    Source(
        "document",
        "{x}.case_id",
        "{x}.business_date",
        (
            _ALL,
            (Dimension.CLERK, "CAST({x}.posted_by_id AS TEXT)", "''"),
            (Dimension.REMEDY, "{x}.prefix", "''"),
        ),
    ),
    Source(
        "document_line",
        "d.case_id",
        "d.business_date",
        (
            (Dimension.REASON, "c.reason", "''"),
            (Dimension.PRODUCT, _ARTICLE, "s.name"),
            (
                Dimension.BATCH,
                f"CASE s.batch_no WHEN '' THEN '' ELSE {_ARTICLE} || ' · ' || s.batch_no END",
                "s.name || ' · ' || s.batch_no",
            ),
        ),
        _LINE_JOINS,
        _LINE_WHERE,
        (
            (
                "units_milli",
                "CASE WHEN {x}.direction = 'in' AND d.prefix = 'TH' THEN {x}.quantity_milli ELSE 0 END",
            ),
            (
                "goods_fen",
                f"CASE WHEN {{x}}.direction <> 'out' AND d.prefix NOT IN {_NOT_GOODS} THEN {{x}}.amount_fen ELSE 0 END",
            ),
        ),
    ),
    # The month's own goods, once for each line, beside those of its reason and article.
    Source(
        "document_line",
        "d.case_id",
        "d.business_date",
        (
            _ALL,
            (Dimension.CLERK, "CAST(d.posted_by_id AS TEXT)", "''"),
            (Dimension.REMEDY, "d.prefix", "''"),
        ),
        "document d",
        "d.id = {x}.document_id AND {x}.case_line_id IS NOT NULL",
        (
            (
                "units_milli",
                "CASE WHEN {x}.direction = 'in' AND d.prefix = 'TH' THEN {x}.quantity_milli ELSE 0 END",
            ),
            (
                "goods_fen",
                f"CASE WHEN {{x}}.direction <> 'out' AND d.prefix NOT IN {_NOT_GOODS} THEN {{x}}.amount_fen ELSE 0 END",
            ),
        ),
    ),
    Source(
        "settlement",
        "{x}.case_id",
        "{x}.business_date",
        (
            _ALL,
            (Dimension.CLERK, "CAST(d.posted_by_id AS TEXT)", "''"),
            (Dimension.REMEDY, "d.prefix", "''"),
            (Dimension.TENDER, "{x}.tender", "''"),
        ),
        "document d",
        "d.id = {x}.document_id AND {x}.direction = 'out'",
        (("owed_fen", "{x}.amount_fen"),),
    ),
    Source(
        "proof",
        "t.case_id",
        "{x}.business_date",
        (
            _ALL,
            (Dimension.CLERK, "CAST({x}.by_id AS TEXT)", "''"),
            (Dimension.REMEDY, "d.prefix", "''"),
            (Dimension.TENDER, "{x}.tender", "''"),
        ),
        _PAID,
        "t.id = {x}.settlement_id AND d.id = t.document_id",
        (
            ("paid_fen", "CASE t.direction WHEN 'out' THEN {x}.amount_fen ELSE 0 END"),
            ("taken_fen", "CASE t.direction WHEN 'in' THEN {x}.amount_fen ELSE 0 END"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Keeper:
    """A trigger that keeps a figure or a sum as rows come in."""

    name: str
    sql: str


def spelled(name: str, event: str, table: str, when: str, *statements: str) -> Keeper:
    """The trigger of this name: what it does after an event on a table, where `when` holds ("": always)."""
    body = " ".join(f"{' '.join(statement.split())};" for statement in statements)
    condition = f" WHEN {when}" if when else ""
    return Keeper(name, f'CREATE TRIGGER "{name}" {event} ON "{table}"{condition} BEGIN {body} END')


_ADDED = ", ".join(f"{name} = {name} + excluded.{name}" for name in MEASURES)


def _named(rows: str) -> str:
    return (
        "INSERT INTO figure_value (dimension, value, label) SELECT dimension, value, coalesce(label, '') "
        f"FROM ({rows}) WHERE true ON CONFLICT (dimension, value) DO NOTHING"
    )


def _counted(rows: str) -> str:
    return (
        f"INSERT INTO figure_case (value_id, month, case_id, {_SUMS}) SELECT v.id, r.month, r.case_id, "
        f"{', '.join(f'r.{name}' for name in MEASURES)} FROM ({rows}) r CROSS JOIN figure_value v "
        "WHERE v.dimension = r.dimension AND v.value = r.value "
        f"ON CONFLICT (value_id, month, case_id) DO UPDATE SET {_ADDED}"
    )


def _kept() -> Iterator[Keeper]:
    for at, source in enumerate(SOURCES):
        rows = source.rows("NEW")
        yield spelled(
            f"keep_figures_{source.table}_{at}",
            "AFTER INSERT",
            source.table,
            "",
            _named(rows),
            _counted(rows),
        )


def _summed(cases: str, signs: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Statements that add a change of one row of `figure_case` to its month, and to its year where years are kept."""
    row = signs[0][1]
    sums = ", ".join("".join(f"{sign}{x}.{name}" for sign, x in signs) for name in MEASURES)
    kept = ", ".join(str(int(one)) for one in WIDE)
    text = (
        f"INSERT INTO figure (dimension, month, value_id, cases, {_SUMS}) "
        f"SELECT v.dimension, {{month}}, v.id, {cases}, {sums} FROM figure_value v WHERE v.id = {row}.value_id{{only}} "
        f"ON CONFLICT (dimension, month, value_id) DO UPDATE SET cases = cases + excluded.cases, {_ADDED}"
    )
    return (
        text.format(month=f"{row}.month", only=""),
        text.format(month=f"{row}.month / 100 * 100", only=f" AND v.dimension IN ({kept})"),
    )


_SUMMING: Final[tuple[Keeper, ...]] = (
    spelled("keep_figures_sum_added", "AFTER INSERT", "figure_case", "", *_summed("1", (("", "NEW"),))),
    spelled(
        "keep_figures_sum_changed",
        f"AFTER UPDATE OF {_SUMS}",
        "figure_case",
        " OR ".join(f"NEW.{name} <> OLD.{name}" for name in MEASURES),
        *_summed("0", (("", "NEW"), (" - ", "OLD"))),
    ),
    spelled("keep_figures_sum_removed", "AFTER DELETE", "figure_case", "", *_summed("-1", ((" - ", "OLD"),))),
)


def _of_reason(which: str) -> tuple[str, ...]:
    """Make the figures of one case for the reason `which` anew, from the reasons that its lines bear now."""
    # From the case's papers on: the planner must not begin with every line of the shop.
    begins = "FROM document_line x CROSS JOIN document d CROSS JOIN case_line c"
    from_papers = "FROM document d CROSS JOIN document_line x CROSS JOIN case_line c"
    rows = SOURCES[2].rows("x", Dimension.REASON, f"d.case_id = NEW.case_id AND c.reason = {which}")
    rows = rows.replace(begins, from_papers)
    value = f"SELECT id FROM figure_value WHERE dimension = {int(Dimension.REASON)} AND value = {which}"
    months = f"SELECT {_MONTH.format(day='business_date')} FROM document WHERE case_id = NEW.case_id"
    return (
        f"DELETE FROM figure_case WHERE value_id = ({value}) AND month IN ({months}) AND case_id = NEW.case_id",
        _named(rows),
        _counted(rows),
    )


STEP: Final = 1_000_000
"""A step from one month to another is kept as the earlier one times this and the later one."""
_OPENED: Final = f"(SELECT {_MONTH.format(day='business_date')} FROM case_file WHERE id = {{x}}.case_id)"
_NO_SUMS: Final = ", ".join("0" for _ in MEASURES)


def _neighbour(x: str, where: str, order: str) -> str:
    """The next month, that way, in which the case of a row of `figure_case` counts under the same value."""
    return (
        f"(SELECT f.month AS month FROM figure f WHERE f.value_id = {x}.value_id AND {where} AND f.month % 100 <> 0 "
        f"AND EXISTS (SELECT 1 FROM figure_case c WHERE c.value_id = {x}.value_id AND c.month = f.month "
        f"AND c.case_id = {x}.case_id) ORDER BY f.month {order} LIMIT 1)"
    )


def _stepped(name: str, event: str, x: str, cases: int) -> Keeper:
    """Counts the steps to and from a month that a case came to or left, and not the one past it. Most cases have
    one month: it costs them a look at their first day."""
    opened = _OPENED.format(x=x)
    before = _neighbour(x, f"f.month >= {opened} AND f.month < {x}.month", "DESC")
    after = _neighbour(x, f"f.month > {x}.month AND f.month < {STEP}", "ASC")
    steps = (
        (f"b.month * {STEP} + {x}.month", cases, f"{before} b"),
        (f"{x}.month * {STEP} + a.month", cases, f"{after} a"),
        (f"b.month * {STEP} + a.month", -cases, f"{before} b CROSS JOIN {after} a"),
    )
    return spelled(
        name,
        event,
        "figure_case",
        f"{x}.month > {opened} OR ({x}.month = {opened} AND EXISTS (SELECT 1 FROM figure f "
        f"WHERE f.value_id = {x}.value_id AND f.month > {x}.month AND f.month < {STEP}))",
        *(
            f"INSERT INTO figure (dimension, month, value_id, cases, {_SUMS}) "
            f"SELECT v.dimension, {month}, v.id, {count}, {_NO_SUMS} FROM {tables} CROSS JOIN figure_value v "
            f"WHERE v.id = {x}.value_id ON CONFLICT (dimension, month, value_id) "
            "DO UPDATE SET cases = cases + excluded.cases"
            for month, count, tables in steps
        ),
    )


_STEPPING: Final = (
    _stepped("keep_figures_sum_step_added", "AFTER INSERT", "NEW", 1),
    _stepped("keep_figures_sum_step_removed", "AFTER DELETE", "OLD", -1),
)


_REASONED: Final = spelled(
    "keep_figures_reason",
    "AFTER UPDATE OF reason",
    "case_line",
    "NEW.reason <> OLD.reason AND EXISTS (SELECT 1 FROM document_line WHERE case_line_id = NEW.id)",
    *_of_reason("OLD.reason"),
    *_of_reason("NEW.reason"),
)
KEEPERS: Final[tuple[Keeper, ...]] = (*_kept(), *_SUMMING, *_STEPPING, _REASONED)


def _rows(dimension: Dimension) -> str:
    """Everything the other tables add to a dimension, row by row."""
    sources = (one for one in SOURCES if any(value[0] is dimension for value in one.values))
    return " UNION ALL ".join(source.rows("x", dimension) for source in sources)


def _groups(month: str, only: str) -> str:
    sums = ", ".join(f"sum(c.{name})" for name in MEASURES)
    return (
        f"SELECT v.dimension, {month}, v.id, count(*), {sums} FROM figure_value v "
        f"JOIN figure_case c ON c.value_id = v.id WHERE {only} GROUP BY v.id, {month}"
    )


_OF_WIDE = f"v.dimension IN ({', '.join(str(int(one)) for one in WIDE)})"
_ALL_CASES: Final = f"SELECT id FROM figure_value WHERE dimension = {int(Dimension.MONTH)} AND value = 'all'"
_STEPS: Final = (
    f"SELECT v.dimension, s.earlier * {STEP} + s.month, v.id, count(*), {_NO_SUMS} FROM ("
    "SELECT c.value_id, c.month, lag(c.month) OVER (PARTITION BY c.value_id, c.case_id ORDER BY c.month) AS earlier "
    f"FROM figure_case c WHERE c.month >= {_OPENED.format(x='c')} AND c.case_id IN ("
    f"SELECT x.case_id FROM figure_case x WHERE x.value_id = ({_ALL_CASES}) AND x.month > {_OPENED.format(x='x')})"
    ") s CROSS JOIN figure_value v WHERE s.earlier IS NOT NULL AND v.id = s.value_id "
    f"GROUP BY v.id, s.earlier * {STEP} + s.month"
)
"""Of cases that go on after the month in which they opened; the others take no step."""
_GROUPS: Final = (_groups("c.month", "1"), _groups("c.month / 100 * 100", _OF_WIDE), _STEPS)


_LABELS: Final = {
    one: f"SELECT value, coalesce(label, '') FROM ({_rows(one)})"
    if one in WIDE
    else f"SELECT value, '' FROM figure_value WHERE dimension = {int(one)}"
    for one in Dimension
}
"""What values that are shown by a name may be called. Staff are named by their own rows, which may change."""


def within(months: str, begin: int, end: int, only: str) -> str:
    """A SELECT of value and figures: the rows of `figure` with `months` (SQL on its month) in the span of months
    `begin` to `end`, and, taken off, the steps of cases within that span. Summed, each case counts once."""
    return (
        f"SELECT value_id, cases, {_SUMS} FROM figure WHERE {only} AND {months} UNION ALL "
        f"SELECT value_id, -cases, {_NO_SUMS} FROM figure WHERE {only} "
        f"AND month BETWEEN {int(begin) * STEP} AND {int(end) * STEP + int(end)} AND month % {STEP} <= {int(end)}"
    )


def rebuild(db: SqliteDatabase) -> int:
    """Make all figures anew in one transaction; how many rows tell them now."""
    listed = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'keep_figures_sum_%'"
    there = {name for (name,) in db.execute_sql(listed).fetchall()}
    sums = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
    with db.atomic("IMMEDIATE"):
        for name in there:
            db.execute_sql(f'DROP TRIGGER "{name}"')
        for table in TABLES:
            db.execute_sql(f"DELETE FROM {table}")
        for dimension in Dimension:
            rows = _rows(dimension)
            db.execute_sql(
                _named(f"SELECT dimension, value, max(label) AS label FROM ({rows}) GROUP BY value")
            )
            db.execute_sql(
                _counted(
                    f"SELECT dimension, value, month, case_id, {sums} FROM ({rows}) GROUP BY value, month, case_id"
                )
            )
        for groups in _GROUPS:
            db.execute_sql(f"INSERT INTO figure (dimension, month, value_id, cases, {_SUMS}) {groups}")
        for keeper in (*_SUMMING, *_STEPPING):
            if keeper.name in there:
                db.execute_sql(keeper.sql)
        return int(db.execute_sql("SELECT count(*) FROM figure_case").fetchone()[0])


def _unlike(db: SqliteDatabase, dimension: Dimension, most: int) -> list[tuple[str, int, int]]:
    """Value, month and case of the rows of `figure_case` that other tables tell otherwise, or that only one side has.

    What the other tables tell is added up once and looked up; where every row of it is kept as it is told and there
    are as many kept, there is nothing else. Only otherwise both sides are sorted together to name what differs.
    """
    sums = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
    same = " AND ".join(f"c.{name} = t.{name}" for name in MEASURES)
    told = f"SELECT value, month, case_id, {_SUMS} FROM ({_rows(dimension)})"
    grouped = f"SELECT value, month, case_id, {sums} FROM ({told}) GROUP BY value, month, case_id"
    held = (
        f"SELECT count(*), coalesce(sum({same}), 0) FROM ({grouped}) t "
        f"LEFT JOIN figure_value v ON v.dimension = {int(dimension)} AND v.value = t.value "
        "LEFT JOIN figure_case c ON c.value_id = v.id AND c.month = t.month AND c.case_id = t.case_id"
    )
    kept = (
        "SELECT count(*) FROM figure_value v CROSS JOIN figure_case c ON c.value_id = v.id "
        f"WHERE v.dimension = {int(dimension)}"
    )
    rows, alike = db.execute_sql(held).fetchone()
    if rows == alike == db.execute_sql(kept).fetchone()[0]:
        return []
    off = " OR ".join(f"sum({name}) <> 0" for name in MEASURES)
    minus = ", ".join(f"-c.{name}" for name in MEASURES)
    sql = (
        f"SELECT value, month, case_id FROM (SELECT 1 AS side, * FROM ({told}) UNION ALL "
        f"SELECT 0, v.value, c.month, c.case_id, {minus} FROM figure_value v "
        f"JOIN figure_case c ON c.value_id = v.id WHERE v.dimension = {int(dimension)}) "
        f"GROUP BY value, month, case_id HAVING min(side) = max(side) OR {off} LIMIT {most}"
    )
    found: list[tuple[str, int, int]] = db.execute_sql(sql).fetchall()
    return found


def differing(db: SqliteDatabase, most: int = 20) -> Iterator[tuple[str, str]]:
    """Table and row of every figure that is not what the rows it is made from tell, at most so many of each kind.

    What only one side tells, or tells differently, does not cancel.
    """
    for dimension in Dimension:
        for value, month, case in _unlike(db, dimension, most):
            yield "figure_case", f"{dimension.name.lower()} {value} {month} {case}"
    for dimension, labels in _LABELS.items():
        kept = f"SELECT value, label FROM figure_value WHERE dimension = {int(dimension)}"
        sql = f"SELECT value FROM ({kept} EXCEPT {labels}) LIMIT {most}"
        for (value,) in db.execute_sql(sql).fetchall():
            yield "figure_value", f"{dimension.name.lower()} {value}"
    summed = " UNION ALL ".join(f"SELECT * FROM ({groups})" for groups in _GROUPS)
    some = " OR ".join(f"{name} <> 0" for name in ("cases", *MEASURES))
    kept = f"SELECT dimension, month, value_id, cases, {_SUMS} FROM figure WHERE {some}"
    for one, other in ((summed, kept), (kept, summed)):
        sql = f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}) LIMIT {most}"
        for number, month, value, *_ in db.execute_sql(sql).fetchall():
            yield "figure", f"{Dimension(number).name.lower()} {value} {month}"
