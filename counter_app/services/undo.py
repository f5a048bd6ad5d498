"""What a changed proposal takes with it: the customer's signature and approvals that rested on other figures."""

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


def withdraw_approvals(desk: Desk, walk_id: int, nodes: set[str] | None = None) -> None:
    """Take back questions to approvers that nobody has answered: of the whole walk, or of these nodes."""
    open_ones = Approval.select(Approval.id).where(Approval.walk == walk_id, Approval.decision == "")
    if nodes is not None:
        open_ones = open_ones.where(Approval.node << nodes)
    ids = [row.id for row in open_ones]
    if ids:
        Approval.update(decision="withdrawn", decided_at=desk.instant()).where(Approval.id << ids).execute()
