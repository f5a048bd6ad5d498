"""What a changed proposal takes with it: the customer's signature, and questions that were about other figures."""

from __future__ import annotations

from counter_app.db.models import Approval
from counter_app.services.case_rows import add_event
from counter_app.services.desk import Desk

_VOID = "UPDATE signature SET void = 1 WHERE case_id = ? AND document_id IS NULL AND void = 0"
_OPEN = """
    SELECT id FROM approval
    WHERE case_id = ?1 AND decision = '' AND (walk_id IS NULL OR (walk_id = ?2 AND node <> ?3))
"""


def void_signatures(desk: Desk, case_id: int) -> None:
    """Void every signature that is not on a posted document yet. Inside the caller's transaction."""
    if desk.db.execute_sql(_VOID, (case_id,)).rowcount:
        add_event(desk, case_id, "signature_void")


def withdraw_approvals(desk: Desk, case_id: int, walk_id: int, keep_node: str = "") -> None:
    """Take back open questions of a walk at other nodes than the present one, and those about the whole visit."""
    ids = [row[0] for row in desk.db.execute_sql(_OPEN, (case_id, walk_id, keep_node)).fetchall()]
    if ids:
        Approval.update(decision="withdrawn", decided_at=desk.instant()).where(Approval.id << ids).execute()
        add_event(desk, case_id, "approval_withdrawn")
