"""Rights and PINs change with their line in the staff's story: the last event must tell exactly what the row becomes.

The program writes the event first. Another program with the file open, or an act of ours that forgot to tell, is
refused; whoever writes a fitting event too has written a row that no seal covers, and `verify` names both.
"""

from __future__ import annotations

from counter_app.db.guards.trigger import Guard

PIN_END = 12
"""So many last signs of the PIN's hash stand in the event."""
TOLD = ("role", "limit_fen", "owner", "active", "must_change")

_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in (*TOLD, "pin_hash"))
_SAME = " AND ".join(f"json_extract(e.detail, '$.now.{column}') IS NEW.{column}" for column in TOLD)

GUARDS: tuple[Guard, ...] = (
    Guard(
        "guard_staff_rights_told",
        "BEFORE UPDATE",
        "staff",
        f"({_CHANGED}) AND NOT EXISTS (SELECT 1 FROM staff_event e WHERE e.id = (SELECT MAX(id) FROM staff_event) "
        f"AND e.staff_id = OLD.id AND {_SAME} AND json_extract(e.detail, '$.now.pin') IS substr(NEW.pin_hash, -{PIN_END}))",
        "guard.staff_rights",
    ),
)
