"""Column types that STRICT tables accept: INTEGER and TEXT only, with their meaning in the name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from peewee import Check, IntegerField, TextField


class DayField(TextField):
    """A calendar day in the shop's zone, kept as ISO text."""

    def db_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class InstantField(IntegerField):
    """An instant: milliseconds of UTC since 1970."""


class FenField(IntegerField):
    """Money in 分, the minor unit."""


class MilliField(IntegerField):
    """A quantity in thousandths of a unit; one piece is 1000."""


class FlagField(IntegerField):
    """Yes or no, as 1 or 0."""

    def __init__(self, name: str, **options: Any) -> None:
        given = options.pop("constraints", ())
        super().__init__(constraints=[*given, Check(f"{name} IN (0, 1)")], **options)

    def db_value(self, value: bool | int | None) -> int | None:
        return None if value is None else int(value)

    def python_value(self, value: int | None) -> bool | None:
        return None if value is None else bool(value)


class ChoiceField(TextField):
    """One word out of a closed list, held by a CHECK."""

    def __init__(self, name: str, words: tuple[str, ...], **options: Any) -> None:
        listed = ", ".join(f"'{word}'" for word in words)
        super().__init__(constraints=[Check(f"{name} IN ({listed})")], **options)


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical_json(value: object) -> str:
    """JSON with one spelling only: sorted keys, no blanks. What is hashed is this text."""
    return _canonical(value)


class HalfSpelled:
    """A JSON object in its canonical spelling that still lacks the values of some keys.

    What is known early is spelled early: a click that waits only fills in the rest.
    """

    __slots__ = ("_parts",)

    def __init__(self, known: Mapping[str, object], lacking: Iterable[str]) -> None:
        later = set(lacking)
        self._parts = [
            (name, "" if name in later else f"{canonical_json(name)}:{canonical_json(known[name])}")
            for name in sorted(later.union(known))
        ]

    def spelled(self, given: Mapping[str, str]) -> str:
        """The whole object; `given` are the values that were lacking, each in its own canonical spelling."""
        told = [text or f"{canonical_json(name)}:{given[name]}" for name, text in self._parts]
        return f"{{{','.join(told)}}}"


class JsonField(TextField):
    """A JSON value, kept in its canonical spelling."""

    def db_value(self, value: object) -> str | None:
        return None if value is None else canonical_json(value)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)
