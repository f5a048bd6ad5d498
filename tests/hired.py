"""Somebody new at the shop who has already chosen their own PIN, as on their first morning."""

from __future__ import annotations

from dataclasses import replace

from counter_app.db.guards.staff import PIN_END, TOLD
from counter_app.db.models import Staff, StaffEvent
from counter_app.services import staff
from counter_app.services.desk import Desk
from counter_app.services.staff import NewStaff, StaffEntry


def hire(desk: Desk, new: NewStaff) -> StaffEntry:
    """The manager adds them with a first PIN; they change it to the one given."""
    first = replace(new, pin=f"{new.pin}00")
    entry = staff.add_staff(desk, first).value
    staff.choose_pin(desk, entry.id, first.pin, new.pin)
    return next(one for one in staff.list_staff(desk) if one.id == entry.id)


def put_rights(staff_id: int, **columns: object) -> None:
    """Role, standing and the like as no act of the shop sets them, with the line in the story that the database asks."""
    row = Staff.get_by_id(staff_id)
    for name, value in columns.items():
        setattr(row, name, value)
    now = {name: getattr(row, name) for name in TOLD} | {"pin": row.pin_hash[-PIN_END:]}
    StaffEvent.create(staff=staff_id, kind="rights_changed", at=0, detail={"now": now})
    row.save()
