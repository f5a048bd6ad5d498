"""Settings: matters of taste, not of law. Every one is declared here once, with its default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from counter_app.db.models import Setting
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.services import version_rows
from counter_app.services.desk import Desk, Outcome

FREE_PREFIX = "ui."
"""Window sizes, column widths and the like: any JSON value, kept by whoever wrote it."""
KIND = "settings:shop"
"""Every change of a setting is a version of this kind, with who and when, as with the rules (`policy.py`)."""
OF_THE_SHOP = "shop"
"""The note of a version that keeps what slips print about the shop."""
OF_THE_WINDOW = frozenset({"language", "theme"})
"""What one click changes and nobody asks after."""

DEFAULTS: dict[str, Any] = {
    "language": "zh",
    "theme": "system",
    "printer.receipt": "",
    "printer.form": "",
    "paper.receipt": "80mm",
    "paper.form": "A4",
    "print.rules": {},
    "printer.devices": {},
    "printer.drawer": False,
    "copies.names": ["存根联", "客户联", "财务联"],
    "slips.language": "zh",
    "slips.footer": "",
    "slips.terms": [],
    "slips.seal": "",
    "slips.logo": "",
    "slips.both_languages": False,
    "lock.minutes": 10,
    "pin.memory_kib": 19456,
    "pin.rounds": 2,
    "backup.folder": "",
    "clock.accepted": {},
    "inbox.folder": "",
    "sheet.mappings": {},
    "watched.folder": "",
    "watched.source": "",
    "watched.move": False,
    "notes.promotion": "",
    "notes.courier": "",
    "retention.seen": [],
    "archive.folder": "",
}
RIGHTS: dict[str, str] = {
    "pin.memory_kib": roles.MANAGE_STAFF,
    "pin.rounds": roles.MANAGE_STAFF,
    "lock.minutes": roles.EDIT_POLICY,
    "print.rules": roles.EDIT_POLICY,
    "printer.devices": roles.EDIT_POLICY,
    "printer.drawer": roles.EDIT_POLICY,
    "copies.names": roles.EDIT_POLICY,
    "slips.footer": roles.EDIT_POLICY,
    "slips.terms": roles.EDIT_POLICY,
    "slips.seal": roles.EDIT_POLICY,
    "slips.logo": roles.EDIT_POLICY,
    "slips.both_languages": roles.EDIT_POLICY,
    "inbox.folder": roles.EDIT_POLICY,
    "notes.promotion": roles.EDIT_POLICY,
    "notes.courier": roles.EDIT_POLICY,
    "backup.folder": roles.KEEP,
    "clock.accepted": roles.KEEP,
    "retention.seen": roles.KEEP,
    "sheet.mappings": roles.IMPORT,
    "watched.folder": roles.IMPORT,
    "watched.source": roles.IMPORT,
    "watched.move": roles.IMPORT,
    "archive.folder": roles.MONTH,
}
"""What may be changed by whom; the two usual printers and their papers by anybody who is signed in, and what is the
window's own (`OF_THE_WINDOW`, `FREE_PREFIX`) by whoever stands before it, also while it is locked."""


def setting(desk: Desk, key: str, default: Any = None) -> Any:
    """The value of one setting, or its declared default. Raises UserError `settings.unknown`."""
    _known(key)
    row = Setting.get_or_none(Setting.key == key)
    return row.value if row is not None else DEFAULTS.get(key, default)


def set_setting(desk: Desk, key: str, value: Any) -> Outcome[Any]:
    """Keep one setting. Raises UserError `settings.unknown`, `staff.right.missing`, `settings.kind` when the value
    is of another kind than the default. A change is kept for ever as a version of all settings
    (`versions.history`)."""
    _known(key)
    _may(desk, key)
    wanted = DEFAULTS.get(key)
    if wanted is not None and type(value) is not type(wanted):
        raise UserError("settings.kind", key=key, wanted=type(wanted).__name__)
    by = None if desk.staff is None else desk.staff.id
    with desk.db.atomic("IMMEDIATE"):
        before = Setting.get_or_none(Setting.key == key)
        Setting.insert(key=key, value=value, at=desk.instant(), by=by).on_conflict(
            conflict_target=[Setting.key], preserve=[Setting.value, Setting.at, Setting.by]
        ).execute()
        if before is None or before.value != value:
            _keep_version(desk, key, by)
    return Outcome(value, frozenset({"policy"}))


def keep_shop(desk: Desk, **printed: str) -> None:
    """What slips print about the shop was changed: kept for ever as a version, with who and when."""
    _keep_version(desk, OF_THE_SHOP, None if desk.staff is None else desk.staff.id, {OF_THE_SHOP: printed})


def _keep_version(desk: Desk, key: str, by: int | None, beside: Mapping[str, Any] | None = None) -> None:
    if key.startswith(FREE_PREFIX) or key in OF_THE_WINDOW:
        return
    rows = Setting.select().order_by(Setting.key)
    kept = {
        row.key: row.value
        for row in rows
        if not row.key.startswith(FREE_PREFIX) and row.key not in OF_THE_WINDOW
    }
    kept |= beside or {}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    version_rows.add(KIND, text, at=desk.instant(), day=desk.today(), note=key, by=by)


def _may(desk: Desk, key: str) -> None:
    from counter_app.services import staff

    if key in OF_THE_WINDOW or key.startswith(FREE_PREFIX):
        return
    if key in RIGHTS:
        staff.require(desk, RIGHTS[key])
    else:
        staff.require_somebody(desk)


def _known(key: str) -> None:
    if key not in DEFAULTS and not key.startswith(FREE_PREFIX):
        raise UserError("settings.unknown", key=key)
