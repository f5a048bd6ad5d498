"""Finding a case and writing its story. Everything here runs inside the caller's transaction."""

from __future__ import annotations

from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import Case, Staff, Walk
from counter_app.db.posting_sql import change_rows
from counter_app.domain.errors import UserError
from counter_app.services.desk import Desk

CHANGED = frozenset({"case"})
_ADD_EVENT = """
    INSERT INTO case_event (case_id, seq, kind, detail, by_id, at, business_date)
    SELECT ?1, COALESCE(MAX(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM case_event WHERE case_id = ?1
"""


def acting(desk: Desk) -> int:
    """Whoever stands at the desk. Raises UserError `staff.sign_in_first`."""
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    return desk.staff.id


def case_row(key: int | str) -> Any:
    """The case by id or number. Raises UserError `case.unknown`."""
    found = Case.get_or_none(Case.number == key if isinstance(key, str) else Case.id == key)
    if found is None:
        raise UserError("case.unknown", number=str(key)[:40])
    return found


def walk_row(walk_id: int) -> Any:
    """The walk by id. Raises UserError `walk.unknown`."""
    found = Walk.get_or_none(Walk.id == walk_id)
    if found is None:
        raise UserError("walk.unknown", walk=walk_id)
    return found


def add_event(desk: Desk, case_id: int, kind: str, **detail: Any) -> None:
    """One line of the case's story."""
    by_id = None if desk.staff is None else desk.staff.id
    told = (case_id, kind, canonical_json(detail), by_id, desk.instant(), desk.today().isoformat())
    desk.db.execute_sql(_ADD_EVENT, told)


def touch(desk: Desk, case_id: int, **changes: Any) -> None:
    """Change columns of a case and say when."""
    change_rows(desk.db, Case, {"updated_at": desk.instant(), **changes}, id=case_id)


def staff_names() -> dict[int, str]:
    """Everybody's name, those who left included."""
    return {row[0]: row[1] for row in Staff.select(Staff.id, Staff.name).tuples()}
