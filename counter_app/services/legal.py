"""What the law makes payable on top of the price: computed when somebody asks, granted by who may (invariant 4)."""

from __future__ import annotations

from typing import Literal

from counter_app.domain import remedy, roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan, part_refund
from counter_app.domain.proposal_views import CounterView
from counter_app.domain.remedy import LegalSum
from counter_app.services import staff, walks
from counter_app.services.case_words import words
from counter_app.services.desk import Desk, Outcome
from counter_app.services.standing import Standing, stand_of

Claim = Literal["fraud", "food", "harm"]
"""退一赔三 (消法 55), unsafe food (食品安全法 148), a known defect that harmed somebody (消法 55)."""


UP_TO: tuple[Claim, ...] = ("harm",)
"""Claims for which the law names the most, not the sum."""


def legal_sum(desk: Desk, walk_id: int, claim: Claim, loss_fen: int = 0) -> LegalSum:
    """What a claim about the goods of a walk comes to, in 分; nothing is written.

    The price is what was paid for these units, and the state's subsidy on them: the customer's discount lowers it, a
    subsidy does not. Raises UserError `remedy.legal.negative`, `legal.claim`.
    """
    staff.require(desk, roles.REGISTER)
    return _sum(stand_of(desk, walk_id), claim, loss_fen)


def grant(
    desk: Desk,
    walk_id: int,
    claim: Claim,
    tender: str,
    loss_fen: int = 0,
    amount_fen: int | None = None,
    reason: str = "",
) -> Outcome[CounterView]:
    """Grant what the law makes payable: a document of its own with the walk's posting, never part of the refund.

    Only who holds `case.legal` grants it, and only such a person posts it; who granted it stands with the basis.
    For harm the law names the most (up to twice the loss, 消法 55): less may be granted, with the reason.
    Raises as `legal_sum`, `staff.right.missing`, `legal.fixed`, `legal.too_much`, `legal.reason`, `text.…`.
    """
    staff.require(desk, roles.LEGAL)
    decider = desk.staff.name if desk.staff is not None else ""
    found = _sum(stand_of(desk, walk_id), claim, loss_fen)
    amount = found.amount_fen if amount_fen is None else amount_fen
    said = text.clean_line(reason, 100, "reason")
    basis = words("legal.decided", basis=found.basis, name=decider).zh
    if amount != found.amount_fen:
        if claim not in UP_TO:
            raise UserError("legal.fixed", amount=format_yuan(found.amount_fen))
        if not 0 < amount < found.amount_fen:
            raise UserError("legal.too_much", amount=format_yuan(amount), most=format_yuan(found.amount_fen))
        if not said:
            raise UserError("legal.reason")
        basis = words("legal.lower", basis=basis, most=format_yuan(found.amount_fen), why=said).zh
    chosen = {
        "what": words(f"legal.{claim}").zh,
        "amount_fen": amount,
        "basis": basis,
        "tender": tender,
        "legal": claim,
    }
    return walks.choose(desk, walk_id, compensation=chosen)


def _sum(standing: Standing, claim: str, loss_fen: int) -> LegalSum:
    policy = standing.rules.shop
    if claim == "harm":
        return remedy.harm_compensation(loss_fen)
    price = sum(
        part_refund(
            row.sale_line.list_fen - row.sale_line.discount_fen,
            row.sale_line.quantity_milli,
            0,
            row.quantity_milli,
        )
        for row in standing.lines
    )
    if claim == "fraud":
        return remedy.fraud_compensation(price, policy)
    if claim == "food":
        return remedy.food_compensation(price, loss_fen, policy)
    raise UserError("legal.claim", claim=claim[:20])
