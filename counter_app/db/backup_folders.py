"""Where backups lie: always beside the data, and on the disk the owner chose.

The choice stands beside the data too, since a damaged database cannot be asked; and the chosen folder carries a
mark, since the empty place where an unplugged disk was mounted looks like a folder.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.db import backup
from counter_app.db.backup_files import Backup
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason

NOTE = "chosen-folder.json"
MARK = "counter-backups.json"
COUNTED = ("case_file", "document", "sale", "attachment", "money_entry")
"""Tables whose rows say how far a backup has come."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a database holds, and when something was written last (milliseconds of UTC, 0 never)."""

    cases: int
    documents: int
    sales: int
    attachments: int
    money_rows: int
    newest_at: int


@dataclass(frozen=True, slots=True)
class RestoreTold:
    """What a database tells of an earlier restore: the version's content, note and instant (ms), its day (ISO), and who
    asked for it (id and name; None and "" nobody)."""

    content: str
    note: str
    at: int
    day: str
    by: int | None
    name: str


def choose(folder: Path, chosen: Path | None, shop: str) -> None:
    """Remember the folder for backups beside the data, and mark it; None: only beside the data.

    Raises SurroundingsError `backup.cannot_write` when nothing can be written there.
    """
    if chosen is not None:
        with _writing(chosen):
            chosen.mkdir(parents=True, exist_ok=True)
            (chosen / MARK).write_text(
                json.dumps({"shop": shop, "data": str(folder)}, ensure_ascii=False), encoding="utf-8"
            )
    remember(folder, chosen)


def remember(folder: Path, chosen: Path | None) -> None:
    """Note the choice beside the data; the chosen folder itself is left as it is.

    Raises SurroundingsError `backup.cannot_write`.
    """
    note = folder / "backups" / NOTE
    with _writing(note.parent):
        if chosen is None:
            note.unlink(missing_ok=True)
            return
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"folder": str(chosen)}, ensure_ascii=False), encoding="utf-8")


def chosen_folder(folder: Path) -> Path | None:
    """The folder the owner chose, there or not; None when backups lie only beside the data."""
    try:
        told = json.loads((folder / "backups" / NOTE).read_text(encoding="utf-8"))
        return Path(told["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def refuse_gone(chosen: Path) -> None:
    """Raise SurroundingsError `backup.folder_gone` when the chosen folder's disk is not there."""
    if not (chosen / MARK).is_file():
        raise SurroundingsError("backup.folder_gone", path=str(chosen))


def everywhere(folder: Path) -> list[Backup]:
    """Backups beside the data and in the chosen folder, newest first; one that lies in both stands twice."""
    chosen = chosen_folder(folder)
    found = backup.backups(folder)
    if chosen is not None and chosen.absolute() != (folder / "backups").absolute():
        found += backup.backups(folder, chosen)
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def refuse_lost(folder: Path) -> None:
    """Raise SurroundingsError `db.missing` when there are backups, or a damaged database that a restore moved aside,
    but no database or an empty one: it was lost, and an empty shop must not take its place silently."""
    file = folder / backup.FILE_NAME
    if file.exists() and file.stat().st_size:
        return
    if everywhere(folder) or any((folder / "backups").glob("damaged-*/*")):
        raise SurroundingsError("db.missing", path=str(file))


def newest_good(folder: Path) -> Backup | None:
    """The newest backup in either folder that can be trusted."""
    return next((one for one in everywhere(folder) if backup.is_good(one)), None)


def newest_at(folder: Path, at_folder: Path | None = None) -> datetime | None:
    """When the newest backup in a folder was made, by its note alone."""
    return next((one.at for one in backup.backups(folder, at_folder)), None)


def counts_of(path: Path) -> Counts | None:
    """What a database file holds; None when it cannot be read. The file may be in use."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
            rows = {table: _rows(db, table) for table in COUNTED}
            newest = max(_newest(db, table, column) for table, column in _INSTANTS)
    except sqlite3.DatabaseError:
        return None
    return Counts(
        rows["case_file"], rows["document"], rows["sale"], rows["attachment"], rows["money_entry"], newest
    )


def restores_told(path: Path, kind: str) -> tuple[RestoreTold, ...]:
    """The restores that a database file (or the folder a damaged one was moved to) tells of itself, oldest first, as
    far as it can be read. `kind`: of the versions that tell them."""
    file = path / backup.FILE_NAME if path.is_dir() else path
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
            rows = db.execute(_TOLD, (kind,)).fetchall()
    except sqlite3.DatabaseError:
        return ()
    return tuple(RestoreTold(*row) for row in rows)


_TOLD = """
    SELECT p.content, p.note, p.at, p.valid_from, p.by_id, COALESCE(s.name, '')
    FROM policy_version p LEFT JOIN staff s ON s.id = p.by_id WHERE p.kind = ? ORDER BY p.version
"""

_INSTANTS = (
    ("number", "at"),
    ("posting", "at"),
    ("case_event", "at"),
    ("money_entry", "at"),
    ("staff_event", "at"),
)
"""Tables that only grow: their last row is their newest."""


def _rows(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def _newest(db: sqlite3.Connection, table: str, column: str) -> int:
    row = db.execute(f"SELECT {column} FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SurroundingsError("backup.cannot_write", path=str(folder), why=system_reason(error)) from error
