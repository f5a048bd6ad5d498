"""What the deals of a visit carry out beside their settlement, and what is still missing for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from counter_app.db.models import Approval, CaseWords, Document, Staff, WalkStep
from counter_app.domain import roles
from counter_app.domain.chart import Kind
from counter_app.domain.dates import deadline
from counter_app.domain.effects import COMPENSATIONS, EXCHANGES
from counter_app.domain.money import format_yuan
from counter_app.domain.proposal_views import Wanted
from counter_app.domain.settlement_terms import ApprovalReason
from counter_app.domain.spoken import Reason
from counter_app.services import deposits, staff
from counter_app.services.case_words import words
from counter_app.services.deals import Deal, Reckoning
from counter_app.services.desk import Desk
from counter_app.services.extras import Extras, Given, WalkExtras

_COMPLAINT_TASK = "complaint_"
_ELSEWHERE = ("on_site", "take_away")
"""Ways of repair for which goods are not left at the counter."""


def extras_of(desk: Desk, case: Any, finals: Sequence[Deal], reckoning: Reckoning) -> Extras:
    """What the deals carry out beside the settlement."""
    found = tuple(_walk_extras(desk, case, deal, reckoning) for deal in finals)
    return Extras(found, tuple(_approvals(found)), {item.walk_id: item for item in found})


def _walk_extras(desk: Desk, case: Any, deal: Deal, reckoning: Reckoning) -> WalkExtras:
    missing: list[Reason] = []
    wanted: list[Wanted] = []
    choices, walk_id = deal.standing.choices, deal.walk_id
    end = deal.standing.chart.nodes[deal.standing.result.path[deal.index]].kind is Kind.END
    service = None
    charge = 0
    if "service_order" in deal.words:
        service = _service(case, deal)
    if "payment" in deal.words:
        quote = choices.get("quote")
        wanted.append(Wanted("quote", words("wanted.quote"), walk_id))
        if quote is None:
            missing.append(Reason("proposal.quote"))
        else:
            charge = int(quote["amount_fen"])
    deposit_fen, tender, due = _deposit_in(desk, deal, reckoning, wanted)
    given = _given(deal, missing, wanted, end)
    if any(one.kind == "legal" for one in given) and not staff.may(desk, roles.LEGAL):
        missing.append(Reason("proposal.legal"))
    refusal = _refusal(deal, missing, wanted) if "refusal_notice" in deal.words else None
    complaint = _complaint(deal) if end else ""
    # A complaint is its own ticket.
    ticket = _ticket(case, deal, missing, wanted) if "ticket" in deal.words and not complaint else None
    held, unpaid = deposits.of_walk(walk_id)
    back, kept = _deposit_moves(deal, held)
    if unpaid and "deposit_kept" in deal.words:
        missing.append(Reason("proposal.deposit_unpaid"))
    if kept:
        yuan_kept = format_yuan(sum(amount for _, amount, _ in kept))
        wanted.append(
            Wanted("kept_deposit_fen", words("wanted.kept_deposit_fen"), walk_id, default=yuan_kept)
        )
    loan = choices.get("loan") if end else None
    return WalkExtras(
        walk_id,
        goods_in=_goods_in(deal),
        hand_back=_hand_back(deal),
        service=service,
        charge_fen=charge,
        deposit_in_fen=deposit_fen,
        deposit_tender=tender,
        deposit_due=due,
        deposits_back=back,
        deposits_kept=kept,
        deposits_unpaid=unpaid if "deposit_back" in deal.words else (),
        given=given,
        complaint=complaint,
        refusal=refusal,
        ticket=ticket,
        loan=dict(loan) if loan else None,
        missing=tuple(missing),
        wanted=tuple(wanted),
    )


def _goods_in(deal: Deal) -> tuple[tuple[Any, int, str], ...]:
    """Accepted goods become the shop's where the chart takes goods in, or where they were exchanged or refunded."""
    takes = "goods_in" in deal.words or (
        bool({"refund", "goods_out"} & set(deal.words)) and deal.remedy in ("R1", "R2", *EXCHANGES)
    )
    if not takes:
        return ()
    return tuple(
        (row, row.accepted_milli, row.disposition or "V0")
        for row in deal.standing.lines
        if row.state == "reserved" and row.accepted_milli > 0
    )


def _hand_back(deal: Deal) -> tuple[tuple[Any, int], ...]:
    """Goods that were received and go back to the customer."""
    found = []
    for row in deal.standing.lines:
        if row.state != "reserved" or not row.received_milli:
            continue
        quantity = row.received_milli if "hand_back" in deal.words else row.rejected_milli
        if quantity:
            found.append((row, quantity))
    return tuple(found)


def _service(case: Any, deal: Deal) -> dict[str, Any]:
    repair = deal.standing.choices.get("repair", {})
    told = CaseWords.get_or_none(CaseWords.case == case.id)
    fault = repair.get("fault") or case.summary or (told.words if told else "")
    return {**repair, "fault": fault, "remedy": deal.remedy, "held": _left_here(case, deal)}


def _left_here(case: Any, deal: Deal) -> bool:
    """Whether the goods to be repaired stay with the shop: counted in, or brought to the counter and neither mended
    where the customer is nor fetched from there later."""
    if any(row.received_milli for row in deal.standing.lines):
        return True
    answers = {one.answer for one in deal.standing.result.given}
    return case.contact_channel == "store" and answers.isdisjoint(_ELSEWHERE)


def _deposit_in(
    desk: Desk, deal: Deal, reckoning: Reckoning, wanted: list[Wanted]
) -> tuple[int, str, date | None]:
    """What is asked for goods that go out first: a deposit, or the number of the parcel under way (S4-37)."""
    if "deposit_in" not in deal.words:
        return 0, "cash", None
    shop = deal.standing.rules.shop
    due = deadline(desk.today(), shop.goods_back_days)
    wanted.append(Wanted("waybill", words("wanted.waybill"), deal.walk_id))
    wanted.append(Wanted("deposit", words("wanted.deposit"), deal.walk_id))
    if deal.standing.choices.get("waybill"):
        return 0, "cash", due
    chosen = deal.standing.choices.get("deposit", {})
    if "amount_fen" in chosen:
        amount = int(chosen["amount_fen"])
    else:
        keys = {line.key for line in deal.lines}
        lines = reckoning.settlement.lines if reckoning.settlement else ()
        worth = sum(out.value_fen for done in lines if done.key in keys for out in done.goods_out)
        amount = worth * shop.deposit_share_bp // 10_000
    return amount, chosen.get("tender", "cash"), due


def _deposit_moves(
    deal: Deal, held: tuple[deposits.Held, ...]
) -> tuple[tuple[deposits.Held, ...], tuple[deposits.Held, ...]]:
    """What goes back to the customer, and what the shop keeps."""
    if "deposit_back" in deal.words:
        return held, ()
    if "deposit_kept" in deal.words:
        return deposits.shared(held, deal.standing.choices.get("kept_deposit_fen"))
    return (), ()


def _given(deal: Deal, missing: list[Reason], wanted: list[Wanted], end: bool) -> tuple[Given, ...]:
    """Coupons, gifts, concessions, compensation: what the remedy calls for, and what was added freely."""
    choices = deal.standing.choices
    needed = COMPENSATIONS.get(deal.remedy, "") if end else ""
    kind = {"goodwill": "compensation"}.get(needed, needed)
    if kind:
        wanted.append(
            Wanted(
                "compensation" if kind == "compensation" else kind,
                words(f"wanted.{_wanted_word(kind)}"),
                deal.walk_id,
            )
        )
        if not choices.get(kind):
            what = words(f"wanted.{_wanted_word(kind)}")
            missing.append(Reason("proposal.given", {"what": what.zh, "what_en": what.en}))
    if not end:
        return ()
    found = []
    for key, table_kind in (
        ("coupon", "coupon"),
        ("gift", "gift"),
        ("concession", "concession"),
        ("compensation", "goodwill"),
    ):
        chosen = choices.get(key)
        if chosen:
            if key in ("coupon", "compensation") and not chosen.get("amount_fen"):
                what = words(f"wanted.{_wanted_word(key)}")
                missing.append(Reason("proposal.given_amount", {"what": what.zh, "what_en": what.en}))
            found.append(
                Given(
                    "legal" if chosen.get("legal") else table_kind,
                    chosen["what"],
                    int(chosen.get("amount_fen", 0)),
                    chosen.get("number", ""),
                    chosen.get("basis", ""),
                    chosen.get("tender", ""),
                    chosen.get("expires_on", ""),
                    3 if key == "compensation" else 1,
                )
            )
    return tuple(found)


def _wanted_word(kind: str) -> str:
    return kind if kind in ("coupon", "gift", "compensation") else "compensation"


def _complaint(deal: Deal) -> str:
    """The grade of the complaint that the walk raised and that has no document yet, '' when none."""
    raised = [name for name in deal.standing.result.opens if name.startswith(_COMPLAINT_TASK)]
    if not raised:
        return ""
    known = Document.select().where(Document.walk == deal.walk_id, Document.prefix == "TS").exists()
    grades = ("complaint_minor", "complaint_important", "complaint_major")
    return "" if known else max(raised, key=lambda name: grades.index(name) if name in grades else -1)


def _refusal(deal: Deal, missing: list[Reason], wanted: list[Wanted]) -> dict[str, str]:
    """Why the shop refuses, on what basis, who decided (消法 56: an unreasoned refusal is punishable)."""
    chosen = deal.standing.choices.get("refusal", {})
    wanted.append(Wanted("refusal", words("wanted.refusal"), deal.walk_id))
    step = (
        WalkStep.select()
        .where(WalkStep.walk == deal.walk_id, WalkStep.act == "answer", WalkStep.answer != "")
        .order_by(WalkStep.seq.desc())
        .first()
    )
    reason = chosen.get("reason") or (step.reason if step is not None else "")
    if not reason:
        missing.append(Reason("proposal.refusal"))
    decided = (
        Approval.select()
        .where(Approval.walk == deal.walk_id, Approval.decision << ("approve", "reject"))
        .order_by(Approval.id.desc())
        .first()
    )
    approver = ""
    if decided is not None:
        approver = Staff.get(Staff.id == decided.decided_by_id).name
    else:
        missing.append(Reason("proposal.refusal_approver"))
    return {"reason": reason, "basis": chosen.get("basis", ""), "approver": approver}


def _ticket(case: Any, deal: Deal, missing: list[Reason], wanted: list[Wanted]) -> dict[str, str]:
    chosen = deal.standing.choices.get("ticket", {})
    told = CaseWords.get_or_none(CaseWords.case == case.id)
    what = chosen.get("what") or case.summary or (told.words if told else "")
    wanted.append(Wanted("ticket", words("wanted.ticket"), deal.walk_id))
    if not what:
        missing.append(Reason("proposal.ticket"))
    node = deal.standing.chart.nodes[deal.standing.result.path[deal.index]]
    return {
        "what": what[:200],
        "kind": "ticket" if node.callback else "suggestion",
        "priority": chosen.get("priority", "P3"),
        "role": chosen.get("role", "supervisor"),
        "class": chosen.get("kind", ""),
    }


def _approvals(found: Sequence[WalkExtras]) -> list[ApprovalReason]:
    """Money as compensation is always decided by somebody else (reference-data §6)."""
    money = sum(one.amount_fen for item in found for one in item.given if one.kind in ("goodwill", "legal"))
    return [ApprovalReason("remedy", money, 0)] if money else []
