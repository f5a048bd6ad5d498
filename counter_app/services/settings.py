"""Settings: matters of taste, not of law. Every one is declared here once, with its default."""

from __future__ import annotations

from typing import Any

from counter_app.db.models import Setting
from counter_app.domain.errors import UserError
from counter_app.services.desk import Desk, Outcome

FREE_PREFIX = "ui."
"""Window sizes, column widths and the like: any JSON value, kept by whoever wrote it."""

DEFAULTS: dict[str, Any] = {
    "language": "zh",
    "theme": "system",
    "printer.receipt": "",
    "printer.form": "",
    "paper.receipt": "80mm",
    "paper.form": "A4",
    "copies.names": ["存根联", "客户联", "财务联"],
    "slips.language": "zh",
    "lock.minutes": 10,
    "pin.memory_kib": 19456,
    "pin.rounds": 2,
    "backup.folder": "",
    "clock.accepted": {},
    "inbox.folder": "",
    "sheet.mappings": {},
    "notes.promotion": "",
    "notes.courier": "",
}


def setting(desk: Desk, key: str, default: Any = None) -> Any:
    """The value of one setting, or its declared default. Raises UserError `settings.unknown`."""
    _known(key)
    row = Setting.get_or_none(Setting.key == key)
    return row.value if row is not None else DEFAULTS.get(key, default)


def set_setting(desk: Desk, key: str, value: Any) -> Outcome[Any]:
    """Keep one setting. Raises UserError `settings.unknown`, `settings.kind` when the value is of another
    kind than the default."""
    _known(key)
    wanted = DEFAULTS.get(key)
    if wanted is not None and type(value) is not type(wanted):
        raise UserError("settings.kind", key=key, wanted=type(wanted).__name__)
    by = None if desk.staff is None else desk.staff.id
    with desk.db.atomic("IMMEDIATE"):
        Setting.insert(key=key, value=value, at=desk.instant(), by=by).on_conflict(
            conflict_target=[Setting.key], preserve=[Setting.value, Setting.at, Setting.by]
        ).execute()
    return Outcome(value, frozenset({"policy"}))


def _known(key: str) -> None:
    if key not in DEFAULTS and not key.startswith(FREE_PREFIX):
        raise UserError("settings.unknown", key=key)
