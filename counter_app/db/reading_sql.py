"""Rows read on the busy path: the statement of a table and its conditions is spelled once and kept.

As `posting_sql.py` writes them: a step at the counter reads the same dozen tables by the same column each time.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from counter_app.db.models import Row
from counter_app.db.models.base import row_maker
from counter_app.db.posting_sql import Convert, plain_convert


@cache
def _spelled(
    model: type[Row], where: tuple[str, ...], order: str, beside: str
) -> tuple[str, tuple[Convert, ...], int]:
    """The statement, what each value passes through, and how many columns are the model's own."""
    meta: Any = model._meta
    mine = [f'a."{field.column_name}"' for field in meta.sorted_fields]
    others, joined = [], ""
    if beside:
        field = meta.fields[beside]
        far: Any = field.rel_model._meta
        others = [f'b."{other.column_name}"' for other in far.sorted_fields]
        joined = f' JOIN "{far.table_name}" b ON b."{field.rel_field.column_name}" = a."{field.column_name}"'
    fields = [meta.combined[name] for name in where]
    told = " AND ".join(f'a."{field.column_name}" = ?' for field in fields)
    sql = (
        f'SELECT {", ".join((*mine, *others))} FROM "{meta.table_name}" a{joined} '
        f'WHERE {told} ORDER BY a."{meta.combined[order].column_name}"'
    )
    return sql, tuple(plain_convert(field) for field in fields), len(mine)


def rows_of(model: type[Row], /, order: str = "id", **where: Any) -> list[Any]:
    """The rows in which all these columns hold these values (never NULL), in order of one column."""
    sql, converts, _ = _spelled(model, tuple(where), order, "")
    meta: Any = model._meta
    make = row_maker(model)
    given = [convert(value) for convert, value in zip(converts, where.values(), strict=True)]
    return [make(row) for row in meta.database.execute_sql(sql, given).fetchall()]


def rows_beside(model: type[Row], beside: str, /, **where: Any) -> list[Any]:
    """As `rows_of`, each with the row that its reference `beside` names, in order of their ids."""
    sql, converts, own = _spelled(model, tuple(where), "id", beside)
    meta: Any = model._meta
    make, make_other = row_maker(model), row_maker(meta.fields[beside].rel_model)
    given = [convert(value) for convert, value in zip(converts, where.values(), strict=True)]
    found = []
    for row in meta.database.execute_sql(sql, given).fetchall():
        told = make(row[:own])
        told.__rel__[beside] = make_other(row[own:])
        found.append(told)
    return found
