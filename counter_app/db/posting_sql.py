"""Inserting rows on the busy path: the statement of a table is built once and kept.

Building the query anew for every row is what makes an object mapper slow (×4 on a posting); the values
still pass through the fields of the model, so a day, a flag or a JSON value is written as the model would.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from peewee import SqliteDatabase

from counter_app.db.models import Row


@cache
def _statement(model: type[Row], names: tuple[str, ...]) -> str:
    meta: Any = model._meta
    columns = ", ".join(f'"{meta.combined[name].column_name}"' for name in names)
    return f'INSERT INTO "{meta.table_name}" ({columns}) VALUES ({", ".join("?" * len(names))})'


def insert_row(db: SqliteDatabase, model: type[Row], /, **values: Any) -> int:
    """Write one row and return its id. Foreign keys by id, under `case` or `case_id` alike.

    Columns left out take the model's default. Raises what the guards raise.
    """
    meta: Any = model._meta
    given = {meta.combined[name].name: value for name, value in values.items()}
    for field, make in meta.defaults.items():
        if field.name not in given:
            given[field.name] = make() if callable(make) else make
    names = tuple(given)
    row = [meta.fields[name].db_value(value) for name, value in given.items()]
    cursor = db.execute_sql(_statement(model, names), row)
    return int(cursor.lastrowid)
