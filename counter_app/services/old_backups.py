"""Backups made before personal data were blanked still hold them: which they are, and removing them."""

from __future__ import annotations

from datetime import UTC, datetime

from counter_app.db import backup, backup_folders
from counter_app.db.backup_files import Backup
from counter_app.db.models import Erasure
from counter_app.domain import roles
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import staff
from counter_app.services.desk import Desk, Outcome


def holding_erased(desk: Desk) -> tuple[Backup, ...]:
    """Backups of before the last erasure, oldest first, wherever they lie; none when nothing was ever erased."""
    at = _last_erasure()
    if at is None:
        return ()
    found = (one for one in backup_folders.everywhere(desk.folder) if one.at <= at)
    return tuple(sorted(found, key=lambda one: (one.at, str(one.path))))


def remove(desk: Desk) -> Outcome[int]:
    """Remove every backup of before the last erasure, once there is a good one made after it.

    Returns how many went. Raises UserError `staff.right.missing`, `privacy.backup_first`; SurroundingsError
    `privacy.backup_stays`.
    """
    staff.require(desk, roles.KEEP)
    old = holding_erased(desk)
    if old and not any(backup.is_good(one) for one in _newer(desk)):
        raise UserError("privacy.backup_first")
    for one in old:
        for file in (one.path, one.path.with_suffix(".json")):
            try:
                file.unlink(missing_ok=True)
            except OSError as cause:
                raise SurroundingsError(
                    "privacy.backup_stays", file=str(file), cause=system_reason(cause)
                ) from cause
    return Outcome(len(old), frozenset({"privacy"}) if old else frozenset())


def _newer(desk: Desk) -> list[Backup]:
    at = _last_erasure()
    return [one for one in backup_folders.everywhere(desk.folder) if at is not None and one.at > at]


def _last_erasure() -> datetime | None:
    newest = Erasure.select(Erasure.at).order_by(Erasure.id.desc()).first()
    return None if newest is None else datetime.fromtimestamp(newest.at / 1000, UTC)
