"""The files of one backup: the database, the note beside it, and how both come to their names."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from counter_app.db import heads
from counter_app.db.guards.chains import FIRST_PREVIOUS
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason

STAMP = "%Y%m%d-%H%M%S"
NAME = re.compile(r"counter-(\d{8}-\d{6})-([a-z][a-z-]*?)(?:-\d+)?")
"""What `claim` makes of moment, label and turn."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of the database. `money`, `stock` and `seal` are (rows, last hash) of its chains."""

    path: Path
    at: datetime
    label: str
    sha256: str
    money: tuple[int, str]
    stock: tuple[int, str]
    seal: tuple[int, str] = (0, FIRST_PREVIOUS)
    keys: tuple[tuple[str, str], ...] = ()
    """Names and hashes of the keys that were copied along; none in a backup of an earlier release."""

    @property
    def heads(self) -> dict[str, tuple[int, str]]:
        """The heads by the name of the chain."""
        return {"seal": self.seal, "money": self.money, "stock": self.stock}


def claim(folder: Path, at: datetime, label: str) -> tuple[Path, Path]:
    """A name for a backup of that moment that nobody else has, and the empty file it is written into first.

    Making that file is what claims the name, so two windows in one second write into two files. Raises OSError.
    """
    stem, turn = f"counter-{at.astimezone(UTC).strftime(STAMP)}-{label}", 1
    while True:
        target = folder / (f"{stem}.sqlite3" if turn == 1 else f"{stem}-{turn}.sqlite3")
        part = target.with_suffix(".part")
        turn += 1
        try:
            part.touch(exist_ok=False)
        except FileExistsError:
            continue
        # Looked at only now: whoever had the part before gave the target its name before it let go of the part.
        if target.exists():
            part.unlink(missing_ok=True)
            continue
        return target, part


def without_note(path: Path) -> Backup | None:
    """What the note of a backup would say, read from the file: a program killed before it wrote one left it whole.

    None when the name is none that `claim` gives, or the file does not open whole.
    """
    named = NAME.fullmatch(path.stem)
    if named is None:
        return None
    try:
        at = datetime.strptime(named[1], STAMP).replace(tzinfo=UTC)
        money, stock = examine(path)
        return Backup(path, at, named[2], hash_of(path), money, stock, seal(path))
    except (OSError, ValueError, SurroundingsError):
        return None


def examine(path: Path) -> tuple[tuple[int, str], tuple[int, str]]:
    """Open, check every page and index, read the heads of the ledgers. Raises SurroundingsError backup.bad_copy."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok":
                raise SurroundingsError("backup.bad_copy", path=str(path), why=str(said))
            money, stock = (_head(db, table) for table in ("money_entry", "stock_entry"))
            return money, stock
    except sqlite3.DatabaseError as error:
        raise SurroundingsError("backup.bad_copy", path=str(path), why=system_reason(error)) from error


def _head(db: sqlite3.Connection, table: str) -> tuple[int, str]:
    row = db.execute(f"SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)


def seal(path: Path) -> tuple[int, str]:
    """The head of the seals in a copy; (0, zeros) in one of a release that had none."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        return heads.of(db).get("seal", (0, FIRST_PREVIOUS))


def write_note(backup: Backup) -> None:
    """Put the note of a backup beside it. Raises OSError."""
    note = backup.path.with_suffix(".json")
    note.write_text(
        json.dumps(
            {
                "at": backup.at.astimezone(UTC).isoformat(),
                "label": backup.label,
                "sha256": backup.sha256,
                "money": backup.money,
                "stock": backup.stock,
                "seal": backup.seal,
                "keys": dict(backup.keys),
            }
        ),
        encoding="utf-8",
    )
    sync(note)


def read_note(note: Path) -> Backup | None:
    """What a note says, None when it cannot be read."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        return Backup(
            note.with_suffix(".sqlite3"),
            datetime.fromisoformat(told["at"]),
            str(told["label"]),
            str(told["sha256"]),
            (int(told["money"][0]), str(told["money"][1])),
            (int(told["stock"][0]), str(told["stock"][1])),
            (int(told["seal"][0]), str(told["seal"][1])) if "seal" in told else (0, FIRST_PREVIOUS),
            tuple((str(name), str(digest)) for name, digest in told.get("keys", {}).items()),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def hash_of(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file is on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
