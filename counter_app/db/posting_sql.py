"""Rows written on the busy path: the statement of a table and its columns is built once and kept.

Building the query anew for every row is what makes an object mapper slow (×4 on a posting); the values
still pass through the fields of the model, so a day, a flag or a JSON value is written as the model would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from peewee import Field, ForeignKeyField, IntegerField, SqliteDatabase, TextField

from counter_app.db.models import Row

Convert = Callable[[Any], Any]


@cache
def _insert(model: type[Row], names: tuple[str, ...]) -> tuple[str, tuple[Convert, ...], tuple[Any, ...]]:
    """The statement, what each value passes through, and the values of columns that were left out. A default that
    is made anew for every row comes as it is made."""
    meta: Any = model._meta
    fields = [meta.combined[name] for name in names]
    given = {field.name for field in fields}  # comparing fields would make a condition of them
    lacking = [(field, make) for field, make in meta.defaults.items() if field.name not in given]
    columns = ", ".join(f'"{field.column_name}"' for field in (*fields, *(field for field, _ in lacking)))
    marks = ", ".join("?" * (len(fields) + len(lacking)))
    defaults = tuple(
        (lambda field=field, make=make: field.db_value(make())) if callable(make) else field.db_value(make)
        for field, make in lacking
    )
    sql = f'INSERT INTO "{meta.table_name}" ({columns}) VALUES ({marks})'
    return sql, tuple(plain_convert(field) for field in fields), defaults


@cache
def _change(
    model: type[Row], names: tuple[str, ...], where: tuple[str, ...]
) -> tuple[str, tuple[Convert, ...]]:
    meta: Any = model._meta
    fields = [meta.combined[name] for name in (*names, *where)]
    told = [f'"{field.column_name}" = ?' for field in fields]
    sql = f'UPDATE "{meta.table_name}" SET {", ".join(told[: len(names)])} WHERE {" AND ".join(told[len(names) :])}'
    return sql, tuple(plain_convert(field) for field in fields)


def plain_convert(field: Any) -> Convert:
    """What a value passes through; whole numbers, texts and ids of plain fields need no way round."""
    usual: Convert = field.db_value
    own = field.rel_field if isinstance(field, ForeignKeyField) else field
    if type(own).db_value is not Field.db_value or not isinstance(own, (IntegerField, TextField)):
        return usual
    plain = int if isinstance(own, IntegerField) else str
    return lambda value: value if value is None or type(value) is plain else usual(value)


def insert_row(db: SqliteDatabase, model: type[Row], /, **values: Any) -> int:
    """Write one row and return its id. Foreign keys by id, under `case` or `case_id` alike.

    Columns left out take the model's default. Raises what the guards raise.
    """
    sql, converts, defaults = _insert(model, tuple(values))
    row = [convert(value) for convert, value in zip(converts, values.values(), strict=True)]
    row += [make() if callable(make) else make for make in defaults]
    return int(db.execute_sql(sql, row).lastrowid)


def change_rows(db: SqliteDatabase, model: type[Row], values: Mapping[str, Any], /, **where: Any) -> int:
    """Change the rows in which all these columns hold these values (never NULL). Returns how many they were."""
    sql, converts = _change(model, tuple(values), tuple(where))
    given = (*values.values(), *where.values())
    told = [convert(value) for convert, value in zip(converts, given, strict=True)]
    return int(db.execute_sql(sql, told).rowcount)
