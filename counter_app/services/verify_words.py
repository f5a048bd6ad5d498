"""What `verify` found as a line a person in the shop reads: what it is, its case or paper, and what does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from peewee import SqliteDatabase

from counter_app import resources, wording
from counter_app.db import verify_names
from counter_app.domain.errors import CounterError
from counter_app.wording import Language


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return resources.read_toml("i18n", "tables.toml")


def line(
    db: SqliteDatabase | None, table: str, row: str, code: str, params: Mapping[str, Any], language: Language
) -> str:
    """One thing that does not hold. The table and the key of the row stand last in the brackets, for whoever looks
    into the database; `db` None tells these alone."""
    told = wording.sentence(CounterError(code, **params), language)
    return f"{where(db, table, row, language)}{'：' if language == 'zh' else ': '}{told}"


def where(db: SqliteDatabase | None, table: str, row: str, language: Language) -> str:
    """What a row is and what it belongs to: `签名（售后单 FW…，单据 TK…；signature 12）`."""
    entry = _words().get(table)
    key = f"{table} {row}".strip()
    if entry is None:
        return key
    named = () if db is None or not row else verify_names.names(db, table, row)
    names = [_words()[f"name.{kind}"][language].format(name=name) for kind, name in named]
    if language == "zh":
        return f"{entry['zh']}（{'，'.join(names)}{'；' if names else ''}{key}）"
    return f"{entry['en']} ({', '.join(names)}{'; ' if names else ''}{key})"
