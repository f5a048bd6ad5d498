"""What the sheets of an archive that are laid out by hand need: queries of the span, and where its tables lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counter_app.archive.cells import letter
from counter_app.archive.sheets import Row, Styled
from counter_app.services import month_contents, month_freezing
from counter_app.services.desk import Desk
from counter_app.services.month_tables import Table
from counter_app.services.month_words import BookWords

BEFORE, WITHIN, UNTIL = "< :first", "BETWEEN :first AND :last", "<= :last"
"""Conditions on a business date: before the span, in it, up to its end."""


@dataclass(frozen=True, slots=True)
class Book:
    """The desk, the span, the words, the tables of this archive and how many rows each has."""

    desk: Desk
    name: str
    bounds: Mapping[str, str | int]
    words: BookWords
    counts: Mapping[str, int]
    tables: tuple[Table, ...]
    lock: month_freezing.Kept | None = None
    """What was kept of the closed span, None while it is open."""
    costs: bool = False
    """Whether cost prices are in this archive."""
    asked: Mapping[str, Sequence[tuple[Any, ...]]] = field(default_factory=dict)
    """Rows of tables that are asked once, with every column."""
    title: str = "summary.title"
    """The word for what this archive is called."""

    def kept(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]] | None:
        """The kept rows of a table of a closed month with these columns, one at a time: a year has a million. None
        when there are none kept."""
        if self.lock is None or month_freezing.count(self.desk, self.lock, table) is None:
            return None
        return month_freezing.rows(self.desk, self.lock, table, columns)

    def total(self, table: str, column: str) -> int:
        """The sum of a column, as the sheet's readers get its rows: of a closed span the kept ones."""
        whole = next(entry for entry in self.tables if entry.key == table)
        rows = self.asked.get(table)
        if rows is not None:
            at = month_contents.whole(table).place(column)
            return sum(row[at] or 0 for row in rows)
        kept = self.kept(table, whole.cost_by or column, column)
        if kept is None:
            where = (
                "" if self.costs or not whole.cost_by else f" WHERE {whole.cost_by} NOT IN ({_listed(whole)})"
            )
            return self.number(f"SELECT sum({column}) FROM ({whole.sql}){where}")
        hidden = frozenset() if self.costs else whole.cost_rows
        return sum(value or 0 for by, value in kept if by not in hidden)

    def query(self, sql: str, **more: object) -> list[tuple[Any, ...]]:
        """Rows of a query that knows the span's bounds."""
        rows: list[tuple[Any, ...]] = self.desk.db.execute_sql(sql, {**self.bounds, **more}).fetchall()
        return rows

    def number(self, sql: str, **more: object) -> int:
        """The one number of a query; nothing is 0."""
        return int(self.query(sql, **more)[0][0] or 0)

    def area(self, table: str, column: str) -> str:
        """The cells of one column of a table sheet, as a formula names them."""
        fields = next(entry.fields for entry in self.tables if entry.key == table)
        place = letter([field.column.key for field in fields].index(column))
        name = self.words.word(f"sheet.{table}").replace("'", "''")
        return f"'{name}'!${place}$2:${place}${max(self.counts[table] + 1, 2)}"

    def within(self, table: str, column: str) -> str:
        """Criteria of SUMIFS and COUNTIFS: this column of dates lies in the span."""
        area = self.area(table, column)
        parts = []
        for sign, bound in ((">=", "first"), ("<=", "last")):
            year, month, day = str(self.bounds[bound]).split("-")
            parts.append(f'{area},"{sign}"&DATE({int(year)},{int(month)},{int(day)})')
        return ",".join(parts)

    def head(self, *keys: str, texts: int = 1) -> Row:
        """Heads of a table; the first `texts` columns hold words, the others numbers."""
        return tuple(
            Styled(self.words.word(key), style="head" if at < texts else "head_right")
            for at, key in enumerate(keys)
        )

    def section(self, key: str, width: int) -> Row:
        """A heading across `width` columns."""
        return (
            Styled(self.words.word(key), style="section"),
            *(Styled(None, style="section"),) * (width - 1),
        )


def _listed(table: Table) -> str:
    return ", ".join(f"'{code}'" for code in sorted(table.cost_rows))
