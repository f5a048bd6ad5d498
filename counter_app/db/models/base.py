"""What all tables share. Models are bound to the open database by `connection.open_database`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peewee import Context, Field, Model, ModelSelect


class RowSelect(ModelSelect):
    """A query whose list of columns is spelled in one go.

    Walking peewee's tree for every column of every query is most of what a step at the counter would cost.
    """

    if TYPE_CHECKING:
        _returning: Any

    def __sql_selection__(self, ctx: Context, is_subquery: bool = False) -> Any:
        plain = [item.column for item in self._returning if isinstance(item, Field)]
        if is_subquery or len(plain) != len(self._returning):
            return super().__sql_selection__(ctx, is_subquery)
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
