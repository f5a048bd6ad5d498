"""Posting: one transaction from the signed form to documents, money, goods and promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_app.db import search
from counter_app.db.models import Approval, Document, Settlement, Signature, Walk
from counter_app.db.numbers import next_number
from counter_app.db.posting_sql import change_rows
from counter_app.domain import roles, slips
from counter_app.domain.case import Act, Actor, CaseFacts, Refused, State, allowed
from counter_app.domain.dates import deadline
from counter_app.domain.effects import RESENDS
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.money_views import SettlementView
from counter_app.domain.paper_views import PostedDocument
from counter_app.domain.proposal_views import Posted
from counter_app.domain.spoken import Words
from counter_app.services import (
    attachment_files,
    carrying_out,
    goodwill,
    paper_views,
    readiness,
    requests,
    settling,
    signed_paper,
    staff,
    tasks,
    undo,
    visit_form,
    visit_sum,
)
from counter_app.services.case_rows import add_event, case_row
from counter_app.services.case_words import words, yuan
from counter_app.services.deals import Deal, is_end
from counter_app.services.desk import Desk, Moment, Outcome
from counter_app.services.papers import Paper, papers_of
from counter_app.services.paying import Step
from counter_app.services.slip_parts import SUBSIDY_DAYS
from counter_app.services.standing import Settled, Standing, stand
from counter_app.services.sync import sync
from counter_app.services.visit_form import PresentForm
from counter_app.services.visit_sum import SIGNED_PAPERS, Sum

CHANGED = frozenset({"case", "sale", "stock", "money", "shift", "task"})
_SIGNED = """
    SELECT s.id, s.form_hash, a.sha256 FROM signature s LEFT JOIN attachment a ON a.id = s.form_id AND a.erased_at IS NULL
    WHERE s.case_id = ? AND s.void = 0 AND s.document_id IS NULL ORDER BY s.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A sum that may be posted, with the signature and the override it stands on."""

    form: PresentForm
    whole: Sum
    signature_id: int | None
    approval_id: int | None
    override_id: int | None


def post(desk: Desk, case_id: int, request_id: str, figures_hash: str) -> Outcome[Posted]:
    """Post everything of a visit that is answered, approved and signed.

    The sum is made again and must be the one that was shown: `posting.figures_changed` otherwise, nothing written.
    The same request id with the same content gives the first result; with another content `request.changed`.

    Raises UserError `posting.nothing`, `posting.figures_changed`, `posting.unsigned`, `posting.form_gone`,
    `posting.approver_lost_right`, `proposal.…`, `settlement.…`, `case.…`, and what the guards of the database say.
    """
    staff.require(desk, roles.POST)
    desk = replace(desk, clock=Moment(desk.clock.now()))
    wish = [case_id, figures_hash]
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, "post", wish)
        if known is not None:
            return Outcome(_posted(desk, case_id, known), frozenset())
        form = visit_form.present_form(desk, case_id)
        checked = _check(desk, form, figures_hash)
        done = _carry_out(desk, form.here.case, request_id, wish, checked)
    return Outcome(done, CHANGED)


def _check(desk: Desk, form: PresentForm, figures_hash: str) -> _Checked:
    """Everything that may stop a posting, before anything is written."""
    case, whole = form.here.case, form.here.whole()
    finals = whole.reckoning.deals
    if not finals:
        raise UserError("posting.nothing", number=case.number)
    if whole.figures_hash != figures_hash:
        raise UserError(
            "posting.figures_changed",
            number=case.number,
            refund=format_yuan(whole.refund_fen),
            collect=format_yuan(whole.collect_fen),
        )
    trouble = visit_sum.trouble_of(whole)
    if trouble is not None:
        raise trouble
    approval_id = _recheck_approvals(desk, whole)
    signature_id = _signature(desk, form)
    _check_state(desk, case, whole, signed=signature_id is not None)
    route = (case.plan or {}).get("refund_way", "")
    override = next((need.approval_id for need in whole.needs if not need.node), None)
    return _Checked(form, whole, signature_id, approval_id, override if route else None)


def _recheck_approvals(desk: Desk, whole: Sum) -> int | None:
    """Whoever approved must still have the right and the limit (invariant 13). Returns the latest approval."""
    latest = None
    for need in whole.needs:
        row = Approval.get_or_none(Approval.id == need.approval_id)
        if row is None or row.decision != "approve":
            raise UserError("proposal.approval", **readiness.why_of(need))
        right = roles.CHART_ROLES.get(need.role or "approver", roles.DECIDE)
        person = staff.staff_view(desk, row.decided_by_id)
        actor = Actor(person.id, person.rights, person.limit_fen, person.owner)
        over = right == roles.APPROVE and not person.owner and row.amount_fen > person.limit_fen
        if not actor.may(right) or over or not goodwill.may_give(desk, person, need.goodwill_fen):
            raise UserError("posting.approver_lost_right", name=person.name)
        latest = row.id
    return latest


def _signature(desk: Desk, form: PresentForm) -> int | None:
    """The id of the customer's signature on exactly this form; a reason may stand in its place.

    What was signed on the pad must still be on disk: without it nothing shows what the customer agreed to.
    """
    case, whole = form.here.case, form.here.whole()
    row = desk.db.execute_sql(_SIGNED, (case.id,)).fetchone()
    needed = any(prefix in SIGNED_PAPERS for prefix, _, _ in whole.documents)
    waived = bool((case.plan or {}).get("signature_waived"))
    if row is not None and row[1] == form.hash:
        if row[2] and not attachment_files.is_whole(desk, row[2]):
            raise UserError("posting.form_gone", number=case.number)
        return int(row[0])
    if needed and not waived:
        raise UserError("posting.unsigned", number=case.number)
    return None


def _check_state(desk: Desk, case: Any, whole: Sum, *, signed: bool) -> None:
    """The transition table has the last word."""
    if desk.staff is None:
        raise UserError("staff.sign_in_first")
    needed = any(prefix in SIGNED_PAPERS for prefix, _, _ in whole.documents)
    facts = CaseFacts(
        ended=True,
        signed=signed,
        signature_waived=not needed or bool((case.plan or {}).get("signature_waived")),
    )
    actor = Actor(desk.staff.id, desk.staff.rights, desk.staff.limit_fen, desk.staff.owner)
    verdict = allowed(State.SIGNED if signed else State.READY, Act.POST, actor, facts)
    if isinstance(verdict, Refused):
        raise UserError(verdict.reason.code, **verdict.reason.params)


def _carry_out(desk: Desk, case: Any, request_id: str, wish: list[Any], checked: _Checked) -> Posted:
    whole = checked.whole
    drawer = settling.open_drawer(desk)
    papers = _papers(desk, checked, drawer is not None)
    numbers = [paper.number for _, paper in papers]
    result = {"numbers": numbers, "walks": [deal.walk_id for deal in whole.reckoning.deals]}
    posting_id = requests.remember(desk, request_id, "post", wish, result, case.id)
    posted = tuple(slips.PostedNumber(what=paper.prefix, number=paper.number) for _, paper in papers)
    step = Step(
        desk,
        checked.form,
        whole,
        posting_id,
        tuple(papers),
        posted,
        checked.signature_id,
        drawer,
        checked.override_id,
    )
    first = True
    carried_out: dict[int, Standing] = {}
    written: list[tuple[Deal, list[int]]] = []
    for deal in whole.reckoning.deals:
        ids = carrying_out.carry_out(step, deal)
        written.append((deal, ids))
        if ids and first:
            if checked.signature_id is not None:
                change_rows(desk.db, Signature, {"document": ids[0]}, id=checked.signature_id)
                signed_paper.remind(desk, case.id, checked.signature_id)
            first = False
        mine = [paper.number for walk, paper in papers if walk == deal.walk_id]
        carried_out[deal.walk_id] = _mark_settled(desk, deal, mine)
        _promise(desk, case, whole, deal, papers)
    for deal, ids in written:
        carrying_out.give_deposits_back(step, deal, ids)
    undo.withdraw_approvals(desk, case.id, 0)
    add_event(
        desk, case.id, "posted", numbers=numbers, refund_fen=whole.refund_fen, collect_fen=whole.collect_fen
    )
    stands = checked.form.here.stands
    sync(desk, case, [carried_out.get(one.row.id) or stand(desk, case, one.row) for one in stands])
    search.add_documents(desk.db, case.id)
    return _result(case, [paper for _, paper in papers], step.owed)


def _papers(desk: Desk, checked: _Checked, drawer: bool) -> list[tuple[int, Paper]]:
    """Give every document its number."""
    at, today = desk.instant(), desk.today()
    return [
        (
            walk_id,
            replace(
                paper,
                number=next_number(desk.db, paper.prefix, desk.shop.code, today, at),
                approval_id=checked.approval_id,
            ),
        )
        for walk_id, paper in papers_of(checked.form, drawer)
    ]


def _mark_settled(desk: Desk, deal: Deal, numbers: Sequence[str]) -> Standing:
    """The walk knows which place of its path was carried out, by which documents. Returns it so."""
    standing = deal.standing
    node = standing.result.path[deal.index]
    step = {"index": deal.index, "node": node, "documents": list(numbers), "undone": False}
    told = dict(standing.row.result or {})
    told["settled"] = [*told.get("settled", ()), step]
    change_rows(desk.db, Walk, {"result": told}, id=deal.walk_id)
    return replace(standing, settled=(*standing.settled, Settled(deal.index, node, tuple(numbers), False)))


# --- promises ---------------------------------------------------------------------------------------


def _promise(desk: Desk, case: Any, whole: Sum, deal: Deal, papers: Sequence[tuple[int, Paper]]) -> None:
    """What must happen after the posting becomes to-dos: parcels, hand-overs, repairs, repayments, calls."""
    standing, extras = deal.standing, whole.extras.of(deal.walk_id)
    shop, today = standing.rules.shop, desk.today()
    goods = tasks.goods_text(standing)
    tasks.tasks_of_path(desk, standing)

    def add(kind: str, what: str, role: str, days: int, node: str = "") -> None:
        due = deadline(today, days)
        tasks.add_task(
            desk,
            case_id=case.id,
            walk_id=deal.walk_id,
            kind=kind,
            what=Words(what, what),
            role=role,
            due_on=due,
            node=node,
        )

    goes_out = "goods_out" in deal.words
    unpaid = any(
        walk == deal.walk_id and paper.prefix in ("SJ", "YJ") and not paper.collected_now
        for walk, paper in papers
    )
    if goes_out and "shipment" in deal.words:
        add("ship", goods, "order_clerk", shop.resend_days)
    elif goes_out and unpaid:
        add("collect", goods, "cashier", shop.resend_days)
    if "deposit_in" in deal.words:
        add("deposit", goods, "clerk", shop.goods_back_days)
    if {"deposit_back", "deposit_kept"} & set(deal.words):
        _close_kind(desk, deal.walk_id, "deposit")
    if "letter" in deal.words:
        add("notice", goods, "supervisor", 1, "letter")
    if extras.service is not None:
        add("repair", goods, "technician", shop.repair_days_limit)
    if extras.loan is not None:
        add("loan", extras.loan["what"], "clerk", shop.goods_back_days)
    if extras.ticket is not None:
        add(extras.ticket["kind"], extras.ticket["what"], extras.ticket["role"], 1, extras.ticket["priority"])
    if "better_plan" in deal.words:
        add("second_handling", goods, "manager", 1)
    if (case.plan or {}).get("promised_on"):
        tasks.add_task(
            desk,
            case_id=case.id,
            walk_id=None,
            kind="deadline",
            what=words("slip.promise_done"),
            due_on=date.fromisoformat(case.plan["promised_on"]),
            node="promised",
        )
    _money_promises(desk, case, whole, deal, add)
    if is_end(deal) and _call_back(case, deal):
        add("callback", goods, "clerk", shop.call_back_days)


def _money_promises(desk: Desk, case: Any, whole: Sum, deal: Deal, add: Any) -> None:
    """What else shrinks with the sale: subsidy, coupons, points, the invoice (invariant 12)."""
    settlement = whole.reckoning.settlement
    if settlement is None or deal is not whole.reckoning.deals[0]:
        return
    if settlement.subsidy_repay_fen:
        add("subsidy", yuan(settlement.subsidy_repay_fen), "finance", SUBSIDY_DAYS)
    if settlement.points_back:
        add("points", str(settlement.points_back), "clerk", 3, "points")
    for tender in settlement.coupons_back:
        add("points", tender, "clerk", 3, "coupon")
    sale = case.sale
    if sale is not None and sale.invoice_no and settlement.refund_fen and deal.remedy not in RESENDS:
        add("invoice", sale.invoice_no, "finance", 3)


def _call_back(case: Any, deal: Deal) -> bool:
    """Not after a withdrawal or where the chart says so, nor for a customer without contact (S4-76)."""
    node = deal.standing.chart.nodes[deal.standing.result.path[deal.index]]
    return node.callback and bool(case.phone_hash) and deal.outcome != "withdrawn"


def _close_kind(desk: Desk, walk_id: int, kind: str) -> None:
    from counter_app.db.models import Task

    Task.update(done_at=desk.instant(), done_by=desk.staff.id if desk.staff else None).where(
        Task.walk == walk_id, Task.kind == kind, Task.done_at.is_null()
    ).execute()


# --- the result -------------------------------------------------------------------------------------


def _posted(desk: Desk, case_id: int, result: dict[str, Any]) -> Posted:
    """What an earlier posting came to, with what was paid since."""
    case = case_row(case_id)
    rows = list(Document.select().where(Document.number << result["numbers"]).order_by(Document.id))
    owed = paper_views.settlements(Settlement.document << [row.id for row in rows]) if rows else ()
    return _result(case, rows, owed)


def _result(case: Any, papers: Sequence[Any], owed: Sequence[SettlementView]) -> Posted:
    """The documents in the order they were written, and what they owe."""
    return Posted(
        case_id=case.id,
        case_number=case.number,
        state=case.state,
        documents=tuple(
            PostedDocument(row.number, row.prefix, paper_views.document_title(row.prefix), row.amount_fen)
            for row in papers
        ),
        refund_fen=sum(item.amount_fen for item in owed if item.direction == "out"),
        collect_fen=sum(item.amount_fen for item in owed if item.direction == "in"),
        paid_now_fen=sum(item.settled_fen for item in owed),
        owed=tuple(item for item in owed if item.open_fen),
        slips=tuple(row.number for row in papers) or (case.number,),
    )
