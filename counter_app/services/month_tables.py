"""The tables of the month's archive: for each its columns and the query that fills them.

Every query takes `:first` and `:last` (business dates, ISO), `:begin` and `:end` (the same span in UTC
milliseconds, the end not in it) and gives its columns in order. What can be known as it stood at the end of the
span is told so, and not as it stands today: the archive of a past month stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.archive.sheets import Column, Kind, Mark
from counter_app.services.desk import Desk

TEXT, NOTE, WHOLE = Kind.TEXT, Kind.NOTE, Kind.WHOLE
MONEY, QUANTITY, DAY, INSTANT, SHARE = Kind.MONEY, Kind.QUANTITY, Kind.DAY, Kind.INSTANT, Kind.SHARE


@dataclass(frozen=True, slots=True)
class Field:
    """A column and how its values become words.

    `words` is the catalogue of a code (`tender`, `state` …); with a trailing `*` a JSON list of codes.
    `written`: people wrote it freely, so numbers of persons in it are masked. `told`: a JSON list of
    {"zh", "en"}. `living`: shown as it is when exported; it may change afterwards. `cost`: only for those who may
    see costs. `gone`: written into archives before; kept on, so that those can still be compared. `told_by` gives the
    value out of a closed month's other columns, when it was closed before there was this one. `worded`: the format
    since which a code is told in words; archives of before show the code.
    """

    column: Column
    words: str = ""
    written: bool = False
    told: bool = False
    living: bool = False
    cost: bool = False
    gone: bool = False
    told_by: Callable[[Mapping[str, Any]], Any] | None = None
    worded: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table sheet of the archive. The first column is never empty: rows are counted by it.

    `made` gives the rows where no query alone can (then `sql` is empty): called with the bounds of the span.
    `counted` counts the rows of a long table without making them: SQLite makes every column of an ordered query, also
    when they are only counted. `once`: its query is dear and its rows are few, so that it is asked once and its rows are kept while the archive is
    written. `since` is the format of the first archives that had it. `marks` colour cells; `{last}` in them is the last day of the span. `cost_rows` are codes of the column `cost_by`
    whose rows only those see who may see costs.
    """

    key: str
    fields: tuple[Field, ...]
    sql: str
    made: Callable[[Desk, Mapping[str, str | int]], Sequence[tuple[Any, ...]]] | None = None
    marks: tuple[Mark, ...] = ()
    cost_by: str = ""
    cost_rows: frozenset[str] = frozenset()
    since: int = 1
    once: bool = False
    counted: str = ""

    @property
    def counting(self) -> str:
        """The query for how many rows there are. Their number must be that of the rows, which come later."""
        return self.counted or f"SELECT count(*) FROM ({self.sql})"

    def place(self, key: str) -> int:
        """Which of the fields is called so, 0 = the first."""
        return next(at for at, one in enumerate(self.fields) if one.column.key == key)


def col(
    key: str,
    kind: Kind = TEXT,
    width: float = 12,
    *,
    total: bool = False,
    words: str = "",
    written: bool = False,
    told: bool = False,
    living: bool = False,
    cost: bool = False,
    gone: bool = False,
    told_by: Callable[[Mapping[str, Any]], Any] | None = None,
    worded: int = 1,
) -> Field:
    """A field in one line."""
    return Field(Column(key, kind, width, total), words, written, told, living, cost, gone, told_by, worded)


IN_SPAN = """(SELECT id FROM case_file WHERE business_date BETWEEN :first AND :last
              UNION SELECT case_id FROM document WHERE business_date BETWEEN :first AND :last)"""
"""Cases of a span: registered in it, or with a document posted in it."""
