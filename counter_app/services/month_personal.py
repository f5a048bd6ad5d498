"""An archive that tells customers in full: who may, and that it is written down whose data were told, and why."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.db.models import Reveal
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.services import staff
from counter_app.services.desk import Desk

FIELD: Final = "archive"
"""What was looked at, as the list of looks tells it."""


def write_down(desk: Desk, first: date, last: date, why: str) -> int:
    """Note a look at every customer of a span's visits; how many they are.

    Raises UserError `staff.right.missing`, `privacy.why`.
    """
    staff.require(desk, roles.PERSONAL)
    by = staff.require_somebody(desk)
    reason = text.clean_note(why, field="why")
    if not reason:
        raise UserError("privacy.why")
    with desk.db.atomic("IMMEDIATE"):
        found = desk.db.execute_sql(
            """SELECT DISTINCT person_id FROM case_file WHERE person_id IS NOT NULL AND id IN (
                 SELECT id FROM case_file WHERE business_date BETWEEN :first AND :last
                 UNION SELECT case_id FROM document WHERE business_date BETWEEN :first AND :last)""",
            {"first": first.isoformat(), "last": last.isoformat()},
        ).fetchall()
        for (person,) in found:
            Reveal.create(person=person, field=FIELD, why=reason, by=by.id, at=desk.instant())
    return len(found)
