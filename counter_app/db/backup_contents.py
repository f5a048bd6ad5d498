"""The files beside a backup: photos, recordings, signed forms, keys. Which of them are gone or damaged.

Each is hashed once; while its size and time of change stay, it is believed for a month, so that looking at a list of
backups costs no reading of every photo. What was hashed, and when, stands in `attachments-checked.json` beside them.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from counter_app.db.backup_files import hash_of

CHECKED = "attachments-checked.json"
BELIEVED_S = 30 * 24 * 3600
"""A disk may also change a file without touching its time, so it is read again after a month (seconds)."""

_NAMED = (
    ("attachment", "SELECT id, sha256 FROM attachment WHERE erased_at IS NULL"),
    ("goods_photo", "SELECT id, sha256 FROM goods_photo"),
)


@dataclass(frozen=True, slots=True)
class Lacking:
    """One file that a backup names and does not hold as it was: whose it is, and `missing` or `damaged`."""

    name: str
    path: Path
    state: str


def lacking(path: Path, now_s: float, keys: tuple[tuple[str, str], ...] = ()) -> tuple[Lacking, ...]:
    """Every file that the rows of a backup name and that lies beside it no more, or not as it was.

    `now_s`: seconds since 1970. `keys`: names and hashes of its note; one of an earlier release names none. Raises OSError, sqlite3.DatabaseError.
    """
    place = path.parent
    checked = _Checked(place / CHECKED, now_s)
    found = []
    for name, digest in _named(path):
        file = place / "attachments" / digest[:2] / digest
        state = checked.state(file, digest)
        if state:
            found.append(Lacking(name, file, state))
    for name, digest in keys:
        file = place / "keys" / name
        if not file.is_file():
            found.append(Lacking(f"key {name}", file, "missing"))
        elif hash_of(file) != digest:
            found.append(Lacking(f"key {name}", file, "damaged"))
    checked.keep()
    return tuple(found)


def key_hashes(folder: Path) -> tuple[tuple[str, str], ...]:
    """Names of the keys in a folder and their hashes. Raises OSError."""
    return tuple((file.name, hash_of(file)) for file in sorted(folder.glob("[!.]*.p12")))


def _named(path: Path) -> list[tuple[str, str]]:
    """What the rows of a backup name: table and row, and the hash that is the file's name. Each file once."""
    named: dict[str, str] = {}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        there = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table, sql in _NAMED:
            for row, digest in db.execute(sql).fetchall() if table in there else ():
                named.setdefault(digest, f"{table} {row}")
    return [(name, digest) for digest, name in named.items()]


class _Checked:
    """What was hashed and found whole: size, time of change, and when."""

    def __init__(self, file: Path, now_s: float) -> None:
        self._file, self._now = file, now_s
        self._told: dict[str, list[float]] = {}
        with suppress(OSError, ValueError):
            told = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(told, dict):
                self._told = told
        self._before = dict(self._told)

    def state(self, file: Path, digest: str) -> str:
        """`missing`, `damaged`, or nothing when the file is whole. Raises OSError."""
        if not file.is_file():
            self._told.pop(digest, None)
            return "missing"
        stat = file.stat()
        looks = [stat.st_size, stat.st_mtime_ns]
        kept = self._told.get(digest)
        if kept and kept[:2] == looks and 0 <= self._now - kept[2] < BELIEVED_S:
            return ""
        if hash_of(file) != digest:
            self._told.pop(digest, None)
            return "damaged"
        self._told[digest] = [*looks, self._now]
        return ""

    def keep(self) -> None:
        """Write it down. A folder that takes no writing only costs reading again."""
        if self._told != self._before:
            with suppress(OSError):
                part = self._file.with_suffix(".part")
                part.write_text(json.dumps(self._told), encoding="utf-8")
                part.replace(self._file)
