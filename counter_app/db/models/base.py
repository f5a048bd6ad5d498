"""What all tables share. Models are bound to the open database by `connection.open_database`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peewee import Model


class Row(Model):
    """A STRICT table named in the singular, as the shop says it."""

    if TYPE_CHECKING:
        # Made by peewee at run time: the key, and the key behind every foreign key (`case_id` …).
        id: Any

        def __getattr__(self, name: str) -> Any: ...

    class Meta:
        strict_tables = True
        legacy_table_names = False
