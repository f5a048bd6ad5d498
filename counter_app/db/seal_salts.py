"""Personal columns in the seals: each under a hash of its own, made with a random salt that can be thrown away.

The salt of a row lies in `seal_salt`, outside the seals. Every time the program writes the row it takes a new one,
and when nothing personal is left in the row it takes the salt away: what the older seals told of names and phones
then tells nothing any more, whatever somebody guesses.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Sequence

SALTS = "seal_salt"

PERSONAL: dict[str, tuple[str, ...]] = {
    "person": ("name", "phone", "phone_hash", "contact", "birthday", "care_note"),
    "sale": ("customer_masked", "phone_masked", "phone_hash", "area"),
    "case_file": ("customer_masked", "phone_masked", "phone_hash"),
    "case_words": ("words",),
    "import_hold": ("content",),
}
"""In the order in which a seal holds their hashes; a column more belongs at the end."""

UNHASHED: dict[str, frozenset[str]] = {"signature": frozenset({"strokes"})}
"""Has a hash of its own in the row, of something nobody guesses, and may be blanked."""

LEFT_OUT_BEFORE: dict[str, frozenset[str]] = {
    "person": frozenset({"name", "phone", "phone_hash", "contact", "birthday", "care_note"}),
    "sale": frozenset({"customer_masked", "phone_masked", "phone_hash", "area"}),
    "case_file": frozenset({"customer_masked", "phone_masked", "phone_hash"}),
    "signature": frozenset({"strokes", "signer_masked"}),
    "import_hold": frozenset({"content"}),
}
"""What seals left out before there were salts. Only an update needs it, to see what was broken before."""
UNSEALED_BEFORE = frozenset({"case_words"})

COLUMN_BYTES = 8
"""Of each column's hash this much is kept: to find another value for it somebody tries 2^64 salts."""
SALT_BYTES = 16
SALTS_DRAWN = 64

Values = Sequence[object]
_NOTHING = frozenset({None, ""})


def there(db: sqlite3.Connection) -> bool:
    """Whether the file has salts: an earlier release has none until it is updated."""
    found = db.execute("SELECT 1 FROM main.sqlite_schema WHERE name = ?", (SALTS,)).fetchone()
    return found is not None


def held(values: Values) -> bool:
    """Whether any of these personal columns holds something."""
    return not _NOTHING.issuperset(values)


def hashes(salt: bytes, columns: Sequence[str], values: Values) -> bytes:
    """What a seal holds of these columns: the kept bytes of each one's salted hash, one after the other."""
    sha256 = hashlib.sha256
    return b"".join(
        [
            sha256(salt + (f"{column}={value}" if value is not None else f"{column}None").encode()).digest()[
                :COLUMN_BYTES
            ]
            for column, value in zip(columns, values, strict=True)
        ]
    )


def renew(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, Values]]) -> dict[object, bytes]:
    """New salts for these rows (key, personal columns): what a seal is to hold of each. In the caller's transaction.

    A row that holds nothing, or is gone, loses its salt and has no bytes.
    """
    columns = PERSONAL[table]
    told: dict[object, bytes] = {}
    kept, dropped = [], []
    drawn, at = b"", 0
    for key, values in rows:
        if held(values):
            if at == len(drawn):  # the system is asked for many salts at once
                drawn, at = secrets.token_bytes(SALT_BYTES * SALTS_DRAWN), 0
            salt = drawn[at : at + SALT_BYTES]
            at += SALT_BYTES
            kept.append((table, key, salt))
            told[key] = hashes(salt, columns, values)
        else:
            dropped.append((table, key))
            told[key] = b""
    if kept:
        db.executemany(f"INSERT OR REPLACE INTO {SALTS} (tab, row, salt) VALUES (?, ?, ?)", kept)
    if dropped:
        db.executemany(f"DELETE FROM {SALTS} WHERE tab = ? AND row = ?", dropped)
    return told


def changed(columns: Sequence[str], sealed: bytes, salt: bytes | None, values: Values) -> list[str]:
    """Which of the personal columns are not as they were sealed; [""] where the salt is gone, so that nobody can tell.

    `sealed` is what the seal holds of them, all zero for nothing.
    """
    if not any(sealed):
        return [column for column, value in zip(columns, values, strict=True) if held((value,))]
    if salt is None:
        return [""]
    now = hashes(salt, columns, values)
    if now == sealed:
        return []
    parts = range(0, len(now), COLUMN_BYTES)
    return [
        column
        for column, at in zip(columns, parts, strict=True)
        if now[at : at + COLUMN_BYTES] != sealed[at : at + COLUMN_BYTES]
    ]
