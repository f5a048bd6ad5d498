"""The rows that keep versions of rules, settings and what was done to the data: written once, never changed."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from counter_app.db.models import PolicyVersion


def newest(kind: str) -> Any:
    """The row of the newest version of a kind; None when there is none."""
    rows = PolicyVersion.select().where(PolicyVersion.kind == kind)
    return rows.order_by(PolicyVersion.version.desc()).first()


def add(kind: str, content: str, *, at: int, day: date, note: str, by: int | None) -> Any:
    """Write the next version of a kind inside the caller's transaction. Returns the row.

    `at` in milliseconds, `day` from which it holds, `by` the id of staff.
    """
    last = newest(kind)
    return PolicyVersion.create(
        kind=kind,
        version=1 if last is None else last.version + 1,
        content=content,
        hash=hash_of(content),
        by=by,
        at=at,
        valid_from=day,
        note=note,
    )


def hash_of(content: str) -> str:
    """The sha256 under which a content is known."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
