"""`migrate`: bring the database of an earlier release up to date (opening the window does the same)."""

from __future__ import annotations

import argparse

from counter_app import wording
from counter_app.db import connection, holding
from counter_app.domain.errors import CounterError


def declare(parser: argparse.ArgumentParser) -> None:
    """The verb has no arguments of its own."""


def run(given: argparse.Namespace) -> int:
    """Open the database once: an earlier one is copied to `backups/` and brought up to date."""
    if given.data.is_dir():
        holding.refuse_others(given.data)
    connection.open_database(given.data).close()
    told = CounterError("migrate.done", path=str(given.data / connection.FILE_NAME))
    print(wording.sentence(told, given.language))
    return 0
