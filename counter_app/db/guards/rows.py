"""Invariants 6 and 8: what is posted stays; keys are given once, also by INSERT OR REPLACE.

REPLACE removes the old row without firing DELETE triggers unless the connection asked for recursive
triggers, so a program that opens the file with SQLite's defaults would rewrite rows past them. Therefore an
INSERT under a key that exists is refused before it starts, and keys of rows that may change are frozen.
"""

from __future__ import annotations

from typing import Any

from counter_app.db.guards.trigger import Guard
from counter_app.db.models import (
    MODELS,
    Approval,
    Attachment,
    Case,
    CaseEvent,
    CaseLine,
    CaseWords,
    Claim,
    CountLine,
    CountSession,
    ImportBatch,
    ImportHold,
    Person,
    PhoneCode,
    PrintJob,
    Product,
    Recall,
    Row,
    Sale,
    SaleLine,
    SealSalt,
    Setting,
    Shift,
    Shop,
    Signature,
    Staff,
    Task,
    Walk,
)

OPEN: tuple[type[Row], ...] = (Setting, CaseWords, Product, Person, ImportHold, Task, PrintJob, SealSalt)
"""May be changed and removed: taste, drafts, personal data with their salts, to-dos, what is to be printed."""

CHANGING: tuple[type[Row], ...] = (
    Staff,
    Shop,
    ImportBatch,
    Sale,
    SaleLine,
    Case,
    Walk,
    CaseLine,
    CaseEvent,
    Approval,
    Shift,
    Attachment,
    Signature,
    Claim,
    Recall,
    CountSession,
    CountLine,
    PhoneCode,
)
"""Rows with a life: some columns change, but they are never removed and never replaced."""

POSTED: tuple[type[Row], ...] = tuple(model for model in MODELS if model not in OPEN + CHANGING)
"""Written once. A mistake is corrected by another row."""

REQUESTS = {"request_id"}


def table_of(model: type[Row]) -> str:
    """Table name of a model."""
    return str(model._meta.table_name)


def keys_of(model: type[Row]) -> list[tuple[str, ...]]:
    """Primary and unique keys of a table, as column names."""
    meta: Any = model._meta
    found: list[tuple[str, ...]] = []
    found.append((meta.primary_key.column_name,))
    found += [(field.column_name,) for field in meta.sorted_fields if field.unique and not field.primary_key]
    for names, unique in (
        index for index in meta.indexes if isinstance(index, tuple)
    ):  # others are SQL, never unique
        if unique:
            found.append(tuple(meta.fields[name].column_name for name in names))
    return found


def _once_only(model: type[Row]) -> list[Guard]:
    table = table_of(model)
    guards = []
    for key in keys_of(model):
        same = " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
        request = bool(REQUESTS & set(key))
        guards.append(
            Guard(
                f"guard_{table}_once_{'_'.join(key)}",
                "BEFORE INSERT",
                table,
                f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})',
                "guard.request_repeated" if request else "guard.exists",
                mendable=request,
            )
        )
    return guards


def _never(model: type[Row], act: str) -> Guard:
    table = table_of(model)
    return Guard(f"guard_{table}_no_{act.lower()}", f"BEFORE {act}", table, "1", "guard.immutable")


def _keys_frozen(model: type[Row]) -> Guard:
    table = table_of(model)
    columns = sorted(
        {column for key in keys_of(model) for column in key if model is not Staff or column == "id"}
    )
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
    return Guard(f"guard_{table}_key", "BEFORE UPDATE", table, changed, "guard.frozen")


GUARDS: tuple[Guard, ...] = (
    *(guard for model in POSTED + CHANGING for guard in _once_only(model)),
    *(_never(model, "DELETE") for model in POSTED + CHANGING),
    *(_never(model, "UPDATE") for model in POSTED),
    *(_keys_frozen(model) for model in CHANGING),
)
