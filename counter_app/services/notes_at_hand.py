"""What clerks should know today: offers that run, how couriers deliver (S4-1). Never printed."""

from __future__ import annotations

from counter_app.domain import roles, text
from counter_app.domain.acquaintance import NotesAtHand
from counter_app.services import staff
from counter_app.services.desk import Desk, Outcome
from counter_app.services.settings import set_setting, setting

PROMOTION, COURIER = "notes.promotion", "notes.courier"


def at_hand(desk: Desk) -> NotesAtHand:
    """The notes as they stand."""
    return NotesAtHand(str(setting(desk, PROMOTION)), str(setting(desk, COURIER)))


def write(desk: Desk, promotion: str, courier: str) -> Outcome[NotesAtHand]:
    """Keep both notes; an empty one is taken down. Raises UserError `staff.right.missing`, `text.…`."""
    staff.require(desk, roles.EDIT_POLICY)
    with desk.db.atomic("IMMEDIATE"):
        set_setting(desk, PROMOTION, text.clean_line(promotion, field="note"))
        set_setting(desk, COURIER, text.clean_line(courier, field="note"))
    return Outcome(at_hand(desk), frozenset({"policy"}))
