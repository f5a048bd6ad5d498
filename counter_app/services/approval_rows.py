"""Questions to approvers as rows: why they were asked, over which figures. Inside the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counter_app.db.models import Approval, Staff
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles
from counter_app.domain.spoken import Words
from counter_app.services import requests
from counter_app.services import staff as staff_service
from counter_app.services.case_words import words, yuan
from counter_app.services.desk import Desk

if TYPE_CHECKING:
    from counter_app.services.standing import Standing


def new_question(
    desk: Desk,
    standing: Standing,
    role: str,
    amount_fen: int,
    note: str,
    *,
    requested_by: int,
    decided: dict[str, Any] | None = None,
    answer: str = "",
) -> int:
    """A question at the node where a walk stands. Returns the approval's id."""
    node = standing.node
    limit = standing.sheet.facts.clerk_limit or 0
    reason = words(
        f"approval.{'over_limit' if role == 'approver' else 'role'}",
        **_params(standing, role, amount_fen, limit),
    )
    reject = next((one for one in standing.result.options if one.answer == "reject"), None)
    figures = {
        "role": role,
        "node_title": [node.words.zh, node.words.en],
        "may_reject": reject is None or reject.offered,
        "answers": [one.answer for one in standing.result.options if one.offered and not one.withdraws],
        "answer": answer,
        "remedies": list(standing.remedies),
        "tests": [[test.node, test.answer, test.because] for test in standing.result.tests],
        "path": list(standing.result.path),
        "limit_fen": limit,
    }
    return _insert(
        desk,
        standing.case.id,
        standing.row.id,
        node.id,
        [{"code": "over_limit" if role == "approver" else "role", "zh": reason.zh, "en": reason.en}],
        figures,
        requests.digest(figures),
        amount_fen,
        note,
        requested_by,
        decided,
    )


def new_visit_question(
    desk: Desk,
    case_id: int,
    reasons: list[tuple[str, Words]],
    figures: dict[str, Any],
    figures_hash: str,
    amount_fen: int,
    note: str,
    requested_by: int,
    decided: dict[str, Any] | None = None,
) -> int:
    """A question about the whole visit: it holds for exactly these figures (invariant 7)."""
    told = [{"code": code, "zh": said.zh, "en": said.en} for code, said in reasons]
    return _insert(
        desk, case_id, None, "", told, figures, figures_hash, amount_fen, note, requested_by, decided
    )


def _insert(
    desk: Desk,
    case_id: int,
    walk_id: int | None,
    node: str,
    reasons: list[dict[str, str]],
    figures: dict[str, Any],
    figures_hash: str,
    amount_fen: int,
    note: str,
    requested_by: int,
    decided: dict[str, Any] | None,
) -> int:
    given = dict(decided or {})
    if "decided_by" in given:
        given["decided_by_id"] = given.pop("decided_by")
    return insert_row(
        desk.db,
        Approval,
        case_id=case_id,
        walk_id=walk_id,
        node=node,
        reasons=reasons,
        figures=figures,
        figures_hash=figures_hash,
        amount_fen=amount_fen,
        requested_by_id=requested_by,
        requested_at=desk.instant(),
        business_date=desk.today(),
        note=note,
        **given,
    )


def stands_alone(desk: Desk, staff_id: int) -> bool:
    """Whether nobody else in the shop has the right to approve: an owner who works alone (invariant 13)."""
    for row in Staff.select(Staff.id).where(Staff.active == 1, Staff.id != staff_id):
        view = staff_service.staff_view(desk, row.id)
        if view.owner or roles.APPROVE in view.rights:
            return False
    return True


def _params(standing: Standing, role: str, amount_fen: int, limit_fen: int) -> dict[str, object]:
    title = standing.node.words
    if role == "approver":
        return {"what": title, "amount": yuan(amount_fen), "limit": yuan(limit_fen)}
    return {"role": words(f"role.{role}"), "node": title}
