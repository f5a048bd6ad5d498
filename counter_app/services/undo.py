"""What a changed proposal takes with it: the customer's signature, and questions that were about other figures."""

from __future__ import annotations

from counter_app.db.models import Approval, Signature
from counter_app.services.case_rows import add_event
from counter_app.services.desk import Desk


def void_signatures(desk: Desk, case_id: int) -> None:
    """Void every signature that is not on a posted document yet. Inside the caller's transaction."""
    voided = (
        Signature.update(void=True)
        .where(Signature.case == case_id, Signature.document.is_null(), Signature.void == 0)
        .execute()
    )
    if voided:
        add_event(desk, case_id, "signature_void")


def withdraw_approvals(desk: Desk, case_id: int, walk_id: int, keep_node: str = "") -> None:
    """Take back open questions of a walk at other nodes than the present one, and those about the whole visit."""
    mine = (Approval.walk == walk_id) & (Approval.node != keep_node)
    ids = [
        row.id
        for row in Approval.select(Approval.id).where(
            Approval.case == case_id, Approval.decision == "", mine | Approval.walk.is_null()
        )
    ]
    if ids:
        Approval.update(decision="withdrawn", decided_at=desk.instant()).where(Approval.id << ids).execute()
        add_event(desk, case_id, "approval_withdrawn")
