"""What all tables share. Models are bound to the open database by `connection.open_database`."""

from __future__ import annotations

from peewee import Model


class Row(Model):
    """A STRICT table named in the singular, as the shop says it."""

    class Meta:
        strict_tables = True
        legacy_table_names = False
