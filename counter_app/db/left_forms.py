"""Signed forms that were stored, and whose signature a killed program never wrote: taken away.

A form is on disk before the row that names it. When the program is killed between the two, the file stays without a
name, holds a customer's signature, and no retention would ever come to it. It goes once no database names it,
backups included: what a restore may bring back stays.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from counter_app.db.left_overs import FORGOTTEN_S

MARK = b"/ETSI.CAdES.detached"
"""The kind of seal that every stored form bears: nothing else in the folder is touched."""


def sweep(folder: Path, databases: Iterable[Path]) -> int:
    """Remove stored forms of a data folder that none of these databases names and nobody wrote lately.

    Returns how many went. Where a database cannot be read, nothing goes. Raises OSError as the system does.
    """
    alone = [file for file in folder.glob("attachments/??/[!.]*") if _forgotten(file)]
    if not alone:
        return 0
    for database in databases:
        named = _named(database)
        if named is None:
            return 0
        alone = [file for file in alone if file.name not in named]
        if not alone:
            return 0
    gone = 0
    for file in alone:
        content = file.read_bytes()
        if content.startswith(b"%PDF-") and MARK in content:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _forgotten(file: Path) -> bool:
    return time.time() - file.stat().st_mtime > FORGOTTEN_S


def _named(database: Path) -> set[str] | None:
    """The files that a database names, None when it does not say."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return {row[0] for row in db.execute("SELECT sha256 FROM attachment")}
    except sqlite3.Error:
        return None
