"""The columns of plain sheets as somebody once named them: found again by the sheet's own header, looked after by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.archive.imports import fault_book, sheet
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.roles import IMPORT
from counter_app.services import settings, staff
from counter_app.services.desk import Desk, Outcome

KEY = "sheet.mappings"
_CHANGED = frozenset({"policy"})


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """One kind of sheet. `key` is its header and never changes; `mapping` is field of a sale → column."""

    key: str
    name: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]


def remembered(desk: Desk) -> tuple[SheetMapping, ...]:
    """Every kind of sheet this shop has named the columns of, by name."""
    known = settings.setting(desk, KEY)
    found = [_read(key, told) for key, told in known.items()]
    return tuple(sorted(found, key=lambda one: (one.name, one.key)))


def known_for(desk: Desk, columns: Sequence[str]) -> dict[str, str]:
    """The mapping used the last time a sheet had these very columns; empty for a sheet never seen."""
    told = settings.setting(desk, KEY).get(_key(columns))
    return {} if told is None else dict(_read(_key(columns), told).mapping)


def like(desk: Desk, columns: Sequence[str]) -> dict[str, str]:
    """What was said of the sheet most like this one, as far as its columns are still there: a register that renames
    one column leaves the others named. Empty where less than half of what was named is left. Only to be offered."""
    there = set(columns)
    best: dict[str, str] = {}
    for one in remembered(desk):
        left = {field: column for field, column in one.mapping.items() if column in there}
        if 2 * len(left) >= len(one.mapping) and len(left) > len(best):
            best = left
    return best


def remember(desk: Desk, columns: Sequence[str], mapping: Mapping[str, str]) -> Outcome[SheetMapping]:
    """Keep what was used for a sheet with these columns; a name given to it stays.

    Raises UserError `staff.right.missing`, `import.mapping.…`.
    """
    staff.require(desk, IMPORT)
    key = _key(columns)
    told = settings.setting(desk, KEY).get(key)
    name = _read(key, told).name if told is not None else _first_name(columns)
    return _keep(desk, SheetMapping(key, name, tuple(columns), dict(mapping)))


def change(desk: Desk, key: str, name: str, mapping: Mapping[str, str]) -> Outcome[SheetMapping]:
    """Rename a kind of sheet, or say anew which column holds what.

    Raises UserError `staff.right.missing`, `import.mapping.unknown`, `import.mapping.name`, `import.mapping.…`.
    """
    staff.require(desk, IMPORT)
    told = settings.setting(desk, KEY).get(key)
    if told is None:
        raise UserError("import.mapping.unknown")
    cleaned = text.clean_line(name, text.NAME_LIMIT, "name")
    if not cleaned:
        raise UserError("import.mapping.name")
    return _keep(desk, SheetMapping(key, cleaned, _read(key, told).columns, dict(mapping)))


def forget(desk: Desk, key: str) -> Outcome[None]:
    """Remember a kind of sheet no more: the next one is asked about again.

    Raises UserError `staff.right.missing`, `import.mapping.unknown`.
    """
    staff.require(desk, IMPORT)
    known = dict(settings.setting(desk, KEY))
    if known.pop(key, None) is None:
        raise UserError("import.mapping.unknown")
    settings.set_setting(desk, KEY, known)
    return Outcome(None, _CHANGED)


def _keep(desk: Desk, one: SheetMapping) -> Outcome[SheetMapping]:
    sheet.check_mapping(one.mapping, list(one.columns), one.name)
    known = settings.setting(desk, KEY)
    told = {"name": one.name, "columns": list(one.columns), "mapping": dict(one.mapping)}
    if known.get(one.key) == told:
        return Outcome(one, frozenset())
    settings.set_setting(desk, KEY, {**known, one.key: told})
    return Outcome(one, _CHANGED)


def _read(key: str, told: Mapping[str, Any]) -> SheetMapping:
    """One entry. Earlier releases kept the bare mapping under the header."""
    if isinstance(told.get("mapping"), dict):
        return SheetMapping(key, str(told["name"]), tuple(told["columns"]), dict(told["mapping"]))
    columns = tuple(key.split("|"))
    return SheetMapping(key, _first_name(columns), columns, dict(told))


def _key(columns: Sequence[str]) -> str:
    # A workbook of faults has columns of its own beside the file's.
    return "|".join(name for name in columns if name not in fault_book.own_columns())


def _first_name(columns: Sequence[str]) -> str:
    """What a sheet is called until somebody gives it a name: its first columns."""
    return text.clean_line(" · ".join(columns[:3])[: text.NAME_LIMIT], text.NAME_LIMIT, "name")
