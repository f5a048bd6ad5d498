"""How far the chains were, noted beside the database: a cut-off end or an old copy put in its place shows.

One JSON line per note, only ever added to. Each holds number of rows and hash of the last row of each chain. After
a backup was restored, a line says so: what was noted before it beyond the restored rows is gone with good reason.

The database keeps how long this file was and its hash (`WITNESS`, a setting): a file that was deleted, cut or edited
shows too. A restore into a folder without the file says so in its line.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from counter_app.db.guards.chains import FIRST_PREVIOUS

FILE_NAME = "heads.jsonl"
CHAINS: dict[str, str] = {"seal": "seal", "money": "money_entry", "stock": "stock_entry"}
"""Name of each chain, and its table."""
TAIL = 1024
WITNESS = "heads.noted"
"""The setting that holds size and hash of the file as it was after the last note."""
WITNESSED = 1
"""So many transactions the program makes of a note itself: that of the witness."""

Head = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Noted:
    """One line: which, the heads by chain, and whether a backup was put in the place of the database then."""

    line: int
    heads: dict[str, Head]
    restored: bool


def of(db: sqlite3.Connection) -> dict[str, Head]:
    """The heads of a database; a chain that an earlier release does not have is left out."""
    there = {name for (name,) in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    found = {}
    for chain, table in CHAINS.items():
        if table in there:
            row = db.execute(f"SELECT seq, hash FROM main.{table} ORDER BY seq DESC LIMIT 1").fetchone()
            found[chain] = (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS)
    return found


def note(db: sqlite3.Connection, folder: Path, *, every: int = 1) -> str:
    """Note the heads when the seals are at least `every` further than the last note. Never in a transaction.

    A folder that cannot be written to just now does no harm: the note is a witness, the next one comes soon.
    Returns what the database is to keep as `WITNESS`; nothing when nothing was noted, or when the file is not the one
    that the database knows: that must go on being seen.
    """
    if db.in_transaction:
        return ""
    with suppress(OSError, sqlite3.DatabaseError):
        last = _last(folder / FILE_NAME)
        told = of(db)
        rows = told.get("seal", (0, ""))[0]
        if last is None or rows >= last.get("seal", (0, ""))[0] + every + WITNESSED:
            known = not missing(db, folder)
            _add(folder / FILE_NAME, {**told})
            return _witness(folder / FILE_NAME) if known else ""
    return ""


def missing(db: sqlite3.Connection, folder: Path) -> str:
    """`gone` when the file is not there that the database knows, `changed` when its beginning is not what it was."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", (WITNESS,)).fetchone()
    if row is None:
        return ""
    kept, file = json.loads(row[0]), folder / FILE_NAME
    if not file.is_file():
        return "gone"
    with file.open("rb") as opened:
        begin = opened.read(kept["size"])
        rest = opened.read()
    if hashlib.sha256(begin).hexdigest() == kept["sha256"]:
        return ""
    lost = f'"lost": "{kept["sha256"]}"'.encode()
    return "" if lost in begin or lost in rest else "changed"


def _witness(file: Path) -> str:
    held = file.read_bytes()
    return json.dumps({"sha256": hashlib.sha256(held).hexdigest(), "size": len(held)}, separators=(",", ":"))


def note_restored(db: sqlite3.Connection, folder: Path) -> int:
    """A backup (`db`) is about to stand in the place of the database. Returns how long the file was before, for
    `take_back`. Raises OSError.

    When the file that this backup knows is not here, on another computer say, the line tells which one is lost.
    """
    file = folder / FILE_NAME
    before = file.stat().st_size if file.is_file() else 0
    told: dict[str, object] = {**of(db), "restored": True}
    if missing(db, folder):
        (kept,) = db.execute("SELECT value FROM setting WHERE key = ?", (WITNESS,)).fetchone()
        told["lost"] = json.loads(kept)["sha256"]
    _add(file, told)
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
    return before


def take_back(folder: Path, before: int) -> None:
    """The backup did not come into its place after all: the line goes. Raises OSError."""
    os.truncate(folder / FILE_NAME, before)


def noted(folder: Path) -> Iterator[Noted]:
    """The lines, oldest first. A line that the power cut in two is passed over."""
    file = folder / FILE_NAME
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as opened:
        for number, line in enumerate(opened, 1):
            told = _read(line)
            if told is not None:
                yield Noted(number, told, '"restored"' in line)


def _add(file: Path, told: dict[str, object]) -> None:
    with file.open("ab+") as opened:
        if opened.tell():
            opened.seek(-1, os.SEEK_END)
            if opened.read(1) != b"\n":
                opened.write(b"\n")  # the power cut the last line short; what follows must stay whole
        opened.write(json.dumps(told).encode() + b"\n")


def _last(file: Path) -> dict[str, Head] | None:
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - TAIL))
        lines = opened.read().decode("utf-8", errors="replace").splitlines()
    return _read(lines[-1]) if lines else None


def _read(line: str) -> dict[str, Head] | None:
    try:
        told = json.loads(line)
        return {chain: (int(told[chain][0]), str(told[chain][1])) for chain in CHAINS if chain in told}
    except (ValueError, KeyError, TypeError, IndexError):
        return None
