"""What still stands between a proposal and its posting: things to enter, evidence, approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.db.models import Approval, EvidenceWaiver
from counter_app.domain.approval_rules import HOLDS_A_RIGHT, SIGNALS, beyond_small, sent_first
from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.case_views import CaseView
from counter_app.domain.effects import BY_SETTLEMENT, COMPENSATIONS
from counter_app.domain.predicates import YES
from counter_app.domain.settlement import at_stake
from counter_app.domain.settlement_terms import ApprovalReason, LineSettlement
from counter_app.domain.spoken import Reason
from counter_app.services import day_limits, evidence, goodwill, rules, signals
from counter_app.services.approval_rows import approval_words
from counter_app.services.deals import Deal, Reckoning
from counter_app.services.deductions import without_amount
from counter_app.services.desk import Desk
from counter_app.services.extras import Extras

RETURN_RIGHT = "no_reason_right"
"""The rule of a chart that asks whether goods may come back without a fault."""


def why_of(need: ApprovalNeed) -> dict[str, str]:
    """Why an approval is needed, for a sentence in either language."""
    return {
        "why": "；".join(one.zh for one in need.reasons),
        "why_en": "; ".join(one.en for one in need.reasons),
    }


def missing_of(
    desk: Desk,
    case: Any,
    finals: Sequence[Deal],
    reckoning: Reckoning,
    beside: Extras,
    shown: CaseView,
    needs: Sequence[ApprovalNeed],
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if reckoning.trouble is not None:
        found.append(Reason(reckoning.trouble.code, dict(reckoning.trouble.params)))
    for deal in finals:
        if deal.remedy in BY_SETTLEMENT and {"refund", "goods_out"} & set(deal.words) and not deal.lines:
            found.append(Reason("proposal.no_lines"))
        if deal.remedy in BY_SETTLEMENT:
            found += [
                Reason("proposal.deduction", {"name": one.name}) for one in without_amount(deal.standing)
            ]
    if reckoning.settlement is not None:
        goods_later = {line.key for deal in finals if not _wants_goods(deal) for line in deal.lines}
        for reason in reckoning.settlement.missing:
            if reason.code == "settlement.inspect_first" and _only_later(reason, finals, goods_later):
                continue
            found.append(reason)
    found += beside.missing
    found += _evidence_missing(desk, finals, shown)
    found += [Reason("proposal.approval", dict(why_of(need))) for need in needs if need.state != "approve"]
    return tuple(found)


def _wants_goods(deal: Deal) -> bool:
    return "goods_in" in deal.words


def _only_later(reason: Reason, finals: Sequence[Deal], goods_later: set[int]) -> bool:
    """Whether every line that was not inspected is one whose goods come later, or never."""
    named = reason.params.get("line")
    lines = [line for deal in finals for line in deal.lines if (line.name or line.key) == named]
    return bool(lines) and all(line.key in goods_later and not _lies_here(finals, line.key) for line in lines)


def _lies_here(finals: Sequence[Deal], key: int) -> bool:
    return any(row.id == key and row.received_milli for deal in finals for row in deal.standing.lines)


def _evidence_missing(desk: Desk, finals: Sequence[Deal], shown: CaseView) -> list[Reason]:

    waivers = list(EvidenceWaiver.select().where(EvidenceWaiver.case == shown.id))
    tables = rules.code_tables(desk)
    found = []
    for deal in finals:
        if deal.outcome == "withdrawn":
            continue
        for item in evidence.evidence_of(deal.standing, shown, waivers, tables):
            if item.compulsory and item.state == "wanted":
                found.append(
                    Reason(
                        "proposal.evidence",
                        {"what": item.title.zh, "what_en": item.title.en, "node": item.node},
                    )
                )
    return found


def needs_of(
    desk: Desk,
    case: Any,
    finals: Sequence[Deal],
    reckoning: Reckoning,
    beside: Extras,
    shown: CaseView,
    digest: str,
) -> tuple[ApprovalNeed, ...]:
    """Approvals the visit stands on: those given at nodes of the chart, and those about the visit as a whole."""
    found = [
        ApprovalNeed(
            one.node,
            one.figures.get("role", ""),
            one.reasons,
            one.amount_fen,
            one.decision,
            one.id,
            one.codes,
            one.may_reject,
        )
        for one in shown.approvals
        if one.walk_id in {deal.walk_id for deal in finals}
        and one.decision in ("approve", "")
        and _still_passed(finals, one.walk_id, one.node)
    ]
    held = _Held(_approved(finals, shown), _stakes(desk, finals, reckoning), _gives(finals))
    total = _total(finals, reckoning)
    reasons = _reasons(desk, case, finals, reckoning, beside, held, total)
    open_reasons = [one for one in reasons if not _covered(desk, one, held, found, total)]
    if open_reasons:
        row = _question(case, digest, open_reasons)
        codes = tuple(one.code for one in open_reasons)
        found.append(
            ApprovalNeed(
                "",
                "approver",
                tuple(approval_words(one) for one in open_reasons),
                max(*(one.amount_fen for one in open_reasons), total if SIGNALS & set(codes) else 0),
                row.decision if row else "needed",
                row.id if row else None,
                codes,
                not (set(codes) <= HOLDS_A_RIGHT and _all_right(finals) and not goodwill.on_top(beside)),
                next((one.amount_fen for one in open_reasons if one.code == goodwill.CODE), 0),
            )
        )
    return tuple(found)


def _reasons(
    desk: Desk,
    case: Any,
    finals: Sequence[Deal],
    reckoning: Reckoning,
    beside: Extras,
    held: _Held,
    total_fen: int,
) -> list[ApprovalReason]:
    """Everything that asks for somebody else's yes: limits, overrides, signals."""
    settled = reckoning.settlement
    given = goodwill.reason(desk, finals, reckoning, beside)
    freely = [] if given is None else [given]
    alone = sum(stake for walk, stake in held.stakes.items() if stake > held.approved.get(walk, 0))
    over_day = day_limits.day_reason(desk, alone + (goodwill.on_top(beside) if given is None else 0))
    if over_day is not None:
        freely.append(over_day)
    if settled is None:
        return [*beside.approvals, *freely]
    keys = {line.key for deal in finals for line in deal.lines}
    rows = [row for deal in finals for row in deal.standing.lines if row.id in keys]
    found = [one for one in settled.approvals if one.code != goodwill.CODE]
    found += [*beside.approvals, *freely]
    found += signals.signals(desk, case, rows, total_fen)
    done = {one.key: one for one in settled.lines}
    found += signals.damaged_in_full(desk, rows, done)
    found += signals.sent_again(desk, rows, done, total_fen)
    found += _sent_first(desk, finals, done, beside)
    return list(beyond_small(tuple(found), total_fen, rules.approval_rules(desk)))


def _sent_first(
    desk: Desk, finals: Sequence[Deal], done: Mapping[int, LineSettlement], beside: Extras
) -> list[ApprovalReason]:
    """Goods that leave before theirs came back: what no deposit covers counts against the limit of who works."""
    found = []
    for deal in finals:
        if deal.sends_first:
            goods = [out for line in deal.lines if line.key in done for out in done[line.key].goods_out]
            uncovered = sum(out.value_fen for out in goods) - beside.of(deal.walk_id).deposit_in_fen
            found.append(sent_first(uncovered, desk.staff.limit_fen if desk.staff is not None else 0))
    return [one for one in found if one is not None]


def _question(case: Any, digest: str, reasons: Sequence[ApprovalReason]) -> Any:
    """The question that was asked over exactly these figures. A yes that did not know of a reason that came up
    since is no yes to it: another clerk's return of the same goods, a day that became too much."""
    rows = (
        Approval.select()
        .where(Approval.case == case.id, Approval.walk.is_null(), Approval.figures_hash == digest)
        .order_by(Approval.id.desc())
    )
    row = next((item for item in rows if item.decision != "withdrawn"), None)
    if row is None or row.decision != "approve":
        return row
    known = {item.get("code") for item in row.reasons}
    return row if "visit" in known or {one.code for one in reasons} <= known else None


def _all_right(finals: Sequence[Deal]) -> bool:
    """Whether all that is settled is the customer's right: nobody can say no to it."""
    settling = [deal for deal in finals if deal.lines]
    return bool(settling) and all(_by_right(deal) for deal in settling)


def _by_right(deal: Deal) -> bool:
    """Offered as a right on the way, or brought back within a legal or promised window."""
    standing = deal.standing
    if all(line.is_right for line in deal.lines):
        return True
    for test in standing.result.tests:
        rule = standing.chart.nodes[test.node].rule
        if rule is not None and rule.rule == RETURN_RIGHT and test.answer == YES:
            return True
    return False


def _total(finals: Sequence[Deal], reckoning: Reckoning) -> int:
    """分 at stake in the whole visit, whatever the remedy."""
    if reckoning.settlement is None:
        return 0
    done = {one.key: one for one in reckoning.settlement.lines}
    return sum(at_stake(line, done[line.key]) for deal in finals for line in deal.lines if line.key in done)


def _still_passed(finals: Sequence[Deal], walk_id: int | None, node: str) -> bool:
    return any(deal.walk_id == walk_id and node in deal.standing.result.path for deal in finals)


@dataclass(frozen=True, slots=True)
class _Held:
    """What approvals on the way through the chart were about (分 by walk), what each walk comes to by now, and
    whether something given on top was itself what was decided."""

    approved: Mapping[int, int]
    stakes: Mapping[int, int]
    gives: bool


def _approved(finals: Sequence[Deal], shown: CaseView) -> dict[int, int]:
    """The largest amount that somebody with the limit approved on each walk."""
    found: dict[int, int] = {}
    for one in shown.approvals:
        stands = one.decision == "approve" and one.figures.get("role") == "approver"
        if stands and one.walk_id is not None and _still_passed(finals, one.walk_id, one.node):
            found[one.walk_id] = max(found.get(one.walk_id, 0), one.amount_fen)
    return found


def _stakes(desk: Desk, finals: Sequence[Deal], reckoning: Reckoning) -> dict[int, int]:
    """What counts against the limit on each walk."""
    if reckoning.settlement is None:
        return {}
    terms = rules.remedies(desk)
    done = {one.key: one for one in reckoning.settlement.lines}
    return {
        deal.walk_id: sum(
            at_stake(line, done[line.key])
            for line in deal.lines
            if line.key in done and terms[line.remedy].approval == "limit"
        )
        for deal in finals
    }


def _gives(finals: Sequence[Deal]) -> bool:
    """Whether something that the shop does not owe was itself what was decided on the way."""
    return any(deal.remedy in COMPENSATIONS or any(line.goodwill for line in deal.lines) for deal in finals)


def _covered(
    desk: Desk, reason: ApprovalReason, held: _Held, given: Sequence[ApprovalNeed], total_fen: int
) -> bool:
    """Whether somebody with the right already decided this on the way through the chart, and for no less."""
    decided = [
        one for one in given if one.state == "approve" and one.node and one.role in ("supervisor", "approver")
    ]
    if reason.code in SIGNALS:
        return any(reason.code in one.codes and one.amount_fen >= total_fen for one in decided)
    if reason.code == "deduction":
        return bool(decided)
    if reason.code == "goodwill":
        return held.gives and any(
            one.amount_fen >= reason.amount_fen and goodwill.decided(desk, one.approval_id, reason.amount_fen)
            for one in decided
        )
    if reason.code == "over_limit":
        over = sum(stake for walk, stake in held.stakes.items() if stake > held.approved.get(walk, 0))
        return bool(held.approved) and over <= reason.limit_fen
    return False
