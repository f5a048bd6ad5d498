"""One page of a list sorted by an indexed column: by key and id, never by offset, never sorted anew."""

from __future__ import annotations

from typing import Any

from peewee import Field, ModelSelect


def page(rows: ModelSelect, key: Field, down: bool, after: tuple[Any, int] | None, limit: int) -> list[Any]:
    """The rows behind `after` (key and id of the last one shown; None = from the beginning) by key, equal ones by id,
    both downwards or both upwards.

    The rest of an equal key and what comes behind it are two questions. SQLite narrows `(key, id) < (?, ?)` by the
    key alone when the id is only implied in the index, and would walk all of an equal key again for every page.
    """
    row_id = key.model._meta.primary_key
    ways = [one.desc() if down else one for one in dict.fromkeys((key, row_id))]
    if after is None:
        return list(rows.order_by(*ways).limit(limit))
    value, last = after
    found: list[Any] = []
    if key is not row_id:
        same = rows.where(key == value, row_id < last if down else row_id > last)
        found = list(same.order_by(ways[-1]).limit(limit))
    if len(found) < limit:
        beyond = rows.where(key < value if down else key > value)
        found.extend(beyond.order_by(*ways).limit(limit - len(found)))
    return found
