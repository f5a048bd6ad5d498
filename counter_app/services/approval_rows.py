"""Questions to approvers as rows: why they were asked, over which figures. Inside the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counter_app.db.models import Approval, Staff
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles
from counter_app.domain.approval_rules import beyond_small
from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.facts import FACTS, FactKind
from counter_app.domain.money import parse_plain_yuan
from counter_app.domain.settlement_terms import ApprovalReason
from counter_app.domain.spoken import Words
from counter_app.services import requests, rules, signals
from counter_app.services import staff as staff_service
from counter_app.services.case_words import code_words, words, yuan
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
    figures = {
        "role": role,
        "node_title": [node.words.zh, node.words.en],
        "may_reject": _may_reject(standing),
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
        _reasons_at(desk, standing, role, amount_fen),
        figures,
        requests.digest(figures),
        amount_fen,
        note,
        requested_by,
        decided,
    )


def amount_at_stake(standing: Standing) -> int:
    """分 that the present question is about: what the limit test before it compared, else what was paid."""
    for test in reversed(standing.result.tests):
        rule = standing.chart.nodes[test.node].rule
        if rule is not None and rule.params.get("than") == "clerk_limit":
            name = rule.params["amount"]
            if name in test.facts and FACTS[name] is FactKind.MONEY:
                return parse_plain_yuan(test.facts[name])
            break
    paid = standing.sheet.facts.paid
    return paid if paid is not None else 0


def need_at(desk: Desk, standing: Standing) -> ApprovalNeed | None:
    """The approval a walk stands before, with every reason, whether somebody was asked yet or not."""
    role = standing.node.role
    if role != "approver" or standing.result.state != "asking":
        return None
    known = Approval.get_or_none(
        (Approval.walk == standing.row.id) & (Approval.node == standing.node.id) & (Approval.decision == "")
    )
    amount = amount_at_stake(standing) if known is None else known.amount_fen
    told = _reasons_at(desk, standing, role, amount) if known is None else known.reasons
    return ApprovalNeed(
        standing.node.id,
        role,
        tuple(Words(one["zh"], one["en"]) for one in told),
        amount,
        "needed" if known is None else "",
        None if known is None else known.id,
        tuple(one["code"] for one in told),
        _may_reject(standing),
    )


def signals_at(desk: Desk, standing: Standing, role: str, amount_fen: int) -> tuple[ApprovalReason, ...]:
    """What else an approver should know where a walk stands; asked there once, it is not asked again at the end."""
    if role != "approver":
        return ()
    case = standing.case
    rows = [row for row in standing.lines if row.state == "reserved"]
    found = signals.signals(desk, case, rows, amount_fen)
    if case.sale is None or case.sale.proof == "none":
        found = (ApprovalReason("no_receipt", amount_fen, 0), *found)
    return beyond_small(found, amount_fen, rules.approval_rules(desk))


def approval_words(reason: ApprovalReason) -> Words:
    """Why somebody else must say yes, in words with its figures."""
    told: dict[str, object] = dict(reason.told)
    if "condition" in told:
        told["condition"] = code_words("conditions", str(told["condition"]))
    return words(
        f"approval.visit_{reason.code}", amount=yuan(reason.amount_fen), limit=yuan(reason.limit_fen), **told
    )


def _reasons_at(desk: Desk, standing: Standing, role: str, amount_fen: int) -> list[dict[str, str]]:
    limit = standing.sheet.facts.clerk_limit or 0
    first = words(
        f"approval.{'over_limit' if role == 'approver' else 'role'}",
        **_params(standing, role, amount_fen, limit),
    )
    signs = signals_at(desk, standing, role, amount_fen)
    return [
        _told("over_limit" if role == "approver" else "role", first),
        *(_told(one.code, approval_words(one)) for one in signs),
    ]


def _may_reject(standing: Standing) -> bool:
    reject = next((one for one in standing.result.options if one.answer == "reject"), None)
    return reject is None or reject.offered


def _told(code: str, said: Words) -> dict[str, str]:
    return {"code": code, "zh": said.zh, "en": said.en}


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
    told = [_told(code, said) for code, said in reasons]
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
