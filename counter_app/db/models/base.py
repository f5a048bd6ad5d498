"""What all tables share. Models are bound to the open database by `connection.open_database`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from peewee import (
    OP,
    Context,
    CursorWrapper,
    Expression,
    Field,
    FieldAlias,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelSelect,
    Node,
    TextField,
)


class Rows(CursorWrapper):
    """Rows of one table made into objects at once, by the fields that were asked for."""

    def __init__(self, cursor: Any, model: type[Model], fields: tuple[Field, ...]) -> None:
        super().__init__(cursor)
        self._make = _maker(model, tuple(field.name for field in fields))

    def process_row(self, row: tuple[Any, ...]) -> Any:
        return self._make(row)


@cache
def row_maker(model: type[Model]) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a row of all columns, in the order of the table, into an object."""
    meta: Any = model._meta
    return _maker(model, tuple(meta.sorted_field_names))


@cache
def _maker(model: type[Model], names: tuple[str, ...]) -> Callable[[tuple[Any, ...]], Any]:
    """Tables are STRICT: whole numbers and texts come as they are, only days, flags and JSON are converted."""
    meta: Any = model._meta
    converted = tuple(
        (name, meta.fields[name].python_value) for name in names if not _comes_as_it_is(meta.fields[name])
    )

    def make(row: tuple[Any, ...]) -> Any:
        told = model(__no_default__=1)
        data = told.__data__
        data.update(zip(names, row, strict=True))
        for name, convert in converted:
            data[name] = convert(data[name])
        return told

    return make


def _comes_as_it_is(field: Any) -> bool:
    own = field.rel_field if isinstance(field, ForeignKeyField) else field
    return isinstance(own, (IntegerField, TextField)) and type(own).python_value is Field.python_value


class RowSelect(ModelSelect):
    """A query whose list of columns is spelled in one go, and whose rows are made in one go.

    Walking peewee's tree for every column of every query is most of what a step at the counter would cost.
    """

    if TYPE_CHECKING:
        _returning: Any
        _from_list: Any

    def _get_model_cursor_wrapper(self, cursor: Any) -> Any:
        mine = len(self._from_list) == 1 and self._from_list[0] is self.model
        if mine and all(_is_own(item, self.model) for item in self._returning):
            return Rows(cursor, self.model, self._returning)
        usual: Any = super()
        return usual._get_model_cursor_wrapper(cursor)

    def __sql_selection__(self, ctx: Context, is_subquery: bool = False) -> Any:
        if is_subquery or not all(_is_plain(item) for item in self._returning):
            return super().__sql_selection__(ctx, is_subquery)
        plain = [item.column for item in self._returning]
        aliases: dict[int, str] = {}
        spelled = []
        for column in plain:
            table = column.source
            alias = aliases.get(id(table))
            if alias is None:
                if table._alias:
                    ctx.alias_manager[table] = table._alias
                alias = aliases[id(table)] = ctx.alias_manager[table]
            spelled.append(f'"{alias}"."{column.name}"')
        return ctx.literal(", ".join(spelled))


def _is_plain(item: Any) -> bool:
    return isinstance(item, Field) and not isinstance(item, FieldAlias)


def _is_own(item: Any, model: type[Model]) -> bool:
    return _is_plain(item) and item.model is model


def _asks_for_one_column(model: type[Model], query: tuple[Any, ...]) -> bool:
    """Whether a condition is one column of this table against one plain value."""
    if len(query) != 1 or type(query[0]) is not Expression or query[0].op != OP.EQ:
        return False
    left: Any = query[0].lhs
    return _is_own(left, model) and not isinstance(query[0].rhs, (Node, type, list, tuple, set))


def _by_one_column(model: type[Model], query: tuple[Any, ...]) -> Any:
    if not _asks_for_one_column(model, query):
        return None
    meta: Any = model._meta
    field: Any = query[0].lhs
    cursor = meta.database.execute_sql(_one_row(model, field.column_name), (field.db_value(query[0].rhs),))
    row = cursor.fetchone()
    cursor.close()
    return None if row is None else row_maker(model)(row)


@cache
def _one_row(model: type[Model], column: str) -> str:
    meta: Any = model._meta
    columns = ", ".join(f'"{field.column_name}"' for field in meta.sorted_fields)
    return f'SELECT {columns} FROM "{meta.table_name}" WHERE "{column}" = ? LIMIT 1'


class Row(Model):
    """A STRICT table named in the singular, as the shop says it."""

    if TYPE_CHECKING:
        # Made by peewee at run time: the key, and the key behind every foreign key (`case_id` …).
        id: Any

        def __getattr__(self, name: str) -> Any: ...

    class Meta:
        strict_tables = True
        legacy_table_names = False

    @classmethod
    def select(cls, *fields: Any) -> Any:
        """As peewee's; the columns all are the default."""
        return RowSelect(cls, fields or cls._meta.sorted_fields, is_default=not fields)

    @classmethod
    def get(cls, *query: Any, **filters: Any) -> Any:
        """As peewee's; by one column, as every foreign key is followed, without building a query."""
        found = _by_one_column(cls, query) if query and not filters else None
        return super().get(*query, **filters) if found is None else found

    @classmethod
    def get_or_none(cls, *query: Any, **filters: Any) -> Any:
        """The first row that fits, or None, without peewee's detour over an error that spells the query."""
        if not filters and _asks_for_one_column(cls, query):
            return _by_one_column(cls, query)
        found = cls.select().where(*query) if query else cls.select()
        return (found.filter(**filters) if filters else found).limit(1).first()
