"""Finding a case and writing its story. Everything here runs inside the caller's transaction."""

from __future__ import annotations

from typing import Any

from counter_app.db.models import Case, CaseEvent, Staff, Walk
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import UserError
from counter_app.services.desk import Desk

CHANGED = frozenset({"case"})
_NEXT_EVENT = "SELECT COALESCE(MAX(seq), 0) + 1 FROM case_event WHERE case_id = ?"


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
    insert_row(
        desk.db,
        CaseEvent,
        case_id=case_id,
        seq=int(desk.db.execute_sql(_NEXT_EVENT, (case_id,)).fetchone()[0]),
        kind=kind,
        detail=detail,
        by_id=None if desk.staff is None else desk.staff.id,
        at=desk.instant(),
        business_date=desk.today(),
    )


def touch(desk: Desk, case_id: int, **changes: Any) -> None:
    """Change columns of a case and say when."""
    Case.update(updated_at=desk.instant(), **changes).where(Case.id == case_id).execute()


def staff_names() -> dict[int, str]:
    """Everybody's name, those who left included."""
    return {row[0]: row[1] for row in Staff.select(Staff.id, Staff.name).tuples()}
