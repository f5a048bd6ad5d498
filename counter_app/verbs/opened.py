"""The desk that a headless verb works at: the shop's database, opened and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from counter_app.db import connection, holding
from counter_app.domain.errors import UserError
from counter_app.services import setup, staff
from counter_app.services.desk import Desk, SystemClock


@contextmanager
def opened_desk(folder: Path, *, read_only: bool = False) -> Iterator[Desk]:
    """The desk of the shop in `folder`, with nobody signed in.

    Raises SurroundingsError `db.…`, `db.other_machine`, UserError `setup.first` when no shop was set up there.
    """
    hold = None if read_only or not folder.is_dir() else holding.Hold.take(folder)
    try:
        db = connection.open_database(folder, read_only=read_only)
        try:
            if setup.is_new(db):
                raise UserError("setup.first")
            yield setup.open_desk(db, folder, SystemClock(), read_only=read_only)
        finally:
            db.close()
    finally:
        if hold is not None:
            hold.release()


def acting(desk: Desk, staff_id: int | None) -> Desk:
    """The desk in the name of a member of staff; as it is when none is named. Raises UserError `staff.unknown`."""
    return desk if staff_id is None else replace(desk, staff=staff.staff_view(desk, staff_id))
