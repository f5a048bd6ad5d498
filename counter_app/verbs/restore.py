"""`restore [FILE]`: put a backup in the place of the database, after keeping what is there."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from counter_app import wording
from counter_app.db import backup, connection
from counter_app.domain.errors import CounterError, SurroundingsError


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the backup; without it the newest good one")


def run(given: argparse.Namespace) -> int:
    """Restore, open once to see that it works, and say where the old data went."""
    chosen = Path(given.file).expanduser().absolute() if given.file else _newest(given.data)
    kept = backup.restore(given.data, chosen, at=datetime.now(UTC))
    connection.open_database(given.data).close()
    told = CounterError("backup.restored", path=str(chosen), kept=str(kept or "-"))
    print(wording.sentence(told, given.language))
    return 0


def _newest(folder: Path) -> Path:
    good = backup.newest_good(folder)
    if good is None:
        raise SurroundingsError("backup.none_good", path=str(folder / "backups"))
    return good.path
