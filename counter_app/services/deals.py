"""What the walks of a visit would carry out: each with its remedy, its lines as the settlement takes them.

Preview and posting both start here, so that they cannot differ (invariant 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.db.models import Product, SaleLine
from counter_app.domain.chart import Kind
from counter_app.domain.effects import (
    AMOUNT_FACT,
    BY_SETTLEMENT,
    EXCHANGES,
    RESENDS,
    main_remedy,
)
from counter_app.domain.errors import UserError
from counter_app.domain.lookahead import likely_remedy
from counter_app.domain.money import allocate
from counter_app.domain.settlement import settle
from counter_app.domain.settlement_terms import Deduction, Gift, Issue, Line, Settlement, Visit
from counter_app.services import goods, goodwill, rules, sale_money, shift
from counter_app.services import roles as role_service
from counter_app.services.desk import Desk
from counter_app.services.sale_state import line_states
from counter_app.services.standing import Standing

SEALED = ("V6", "V9", "V10")


@dataclass(frozen=True, slots=True)
class Deal:
    """What one walk would carry out. `index` is the settling place on its path, -1 for a preview of what is
    likely; `words` are what the chart says is settled there."""

    standing: Standing
    remedy: str
    words: tuple[str, ...]
    index: int
    lines: tuple[Line, ...]

    @property
    def final(self) -> bool:
        """Whether this can be posted now, as far as the chart goes."""
        return self.index >= 0

    @property
    def walk_id(self) -> int:
        """The walk."""
        return int(self.standing.row.id)

    @property
    def sends_first(self) -> bool:
        """Goods go out here before the customer's are back."""
        return "deposit_in" in self.words

    @property
    def outcome(self) -> str:
        """The outcome of the end that is carried out, '' at a settling step on the way."""
        if not self.final:
            return ""
        return self.standing.chart.nodes[self.standing.result.path[self.index]].outcome


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The sum of some deals: the settlement, or why there is none."""

    deals: tuple[Deal, ...]
    visit: Visit | None
    settlement: Settlement | None
    trouble: UserError | None


def deal_of(desk: Desk, standing: Standing) -> Deal | None:
    """What a walk would carry out where it stands, or would most likely come to; None when nothing is in sight."""
    pending = standing.pending
    if pending:
        index = pending[0]
        node = standing.chart.nodes[standing.result.path[index]]
        words = node.settles
        remedy = main_remedy(standing.remedies)
        return Deal(standing, remedy, words, index, _lines(desk, standing, remedy, words, final=True))
    if standing.result.state == "ended":
        return None
    remedy = likely_remedy(standing.chart, standing.result.at, standing.remedies)
    if remedy not in BY_SETTLEMENT or any(not item.undone for item in standing.settled):
        return None
    return Deal(standing, remedy, (), -1, _lines(desk, standing, remedy, (), final=False))


def reckon(desk: Desk, case: Any, deals: Sequence[Deal]) -> Reckoning:
    """The settlement of some deals together: one visit, one sum."""
    lines = tuple(line for deal in deals for line in deal.lines)
    if not lines:
        return Reckoning(tuple(deals), None, None, None)
    visit = _visit(desk, case, deals, lines)
    bound = deals[0].standing.rules
    try:
        return Reckoning(tuple(deals), visit, settle(visit, rules.remedies(desk), bound.shop), None)
    except UserError as wrong:
        return Reckoning(tuple(deals), visit, None, wrong)


def _lines(
    desk: Desk, standing: Standing, remedy: str, words: tuple[str, ...], *, final: bool
) -> tuple[Line, ...]:
    if remedy not in BY_SETTLEMENT or (final and not _has_money_or_goods(words)):
        return ()
    rows = [row for row in standing.lines if row.state == "reserved"]
    if not rows:
        return ()
    amounts = _amounts(desk, standing, remedy, rows)
    remote_fault = _seller_pays(desk, standing, rows)
    found = []
    for number, row in enumerate(rows):
        quantity, accepted = _taken(row, remedy)
        base = sale_money.base_line(desk, row, remedy, quantity)
        found.append(
            _filled(
                desk,
                standing,
                base,
                row,
                number,
                len(rows),
                amount=amounts[number],
                accepted=accepted,
                seller_pays=remote_fault[number],
                send="shipment" in words,
            )
        )
    return tuple(found)


def _has_money_or_goods(words: tuple[str, ...]) -> bool:
    return bool({"refund", "goods_out", "payment"} & set(words))


def _taken(row: Any, remedy: str) -> tuple[int, int | None]:
    """How much of a line is settled, and how much of it was accepted; None = nobody looked yet."""
    if remedy not in ("R1", "R2", "R3", "R4", "R7") or not row.received_milli:
        return row.quantity_milli, None
    if not row.accepted_milli and not row.rejected_milli:
        return row.quantity_milli, None
    if row.accepted_milli and row.rejected_milli:
        return row.accepted_milli, row.accepted_milli
    return row.quantity_milli, row.accepted_milli


def _filled(
    desk: Desk,
    standing: Standing,
    base: Line,
    row: Any,
    number: int,
    count: int,
    *,
    amount: int | None,
    accepted: int | None,
    seller_pays: bool,
    send: bool,
) -> Line:
    remedy = base.remedy
    issues = _issues(desk, standing, base, row, number, count) if remedy in EXCHANGES | RESENDS else ()
    sealed = any(place in SEALED for place in standing.result.dispositions)
    return replace(
        base,
        amount_fen=amount,
        accepted_milli=accepted,
        rejected_milli=row.rejected_milli if accepted is not None else 0,
        disposition=row.disposition or "V0",
        unsafe=row.condition == "K14" or sealed,
        seller_pays_freight=seller_pays,
        is_right=any(one.right for one in standing.result.offers),
        fault=seller_pays,
        goodwill=goodwill.without_right(standing),
        deductions=_deductions(standing, row),
        issues=issues,
        handed_over=not send,
    )


def _amounts(desk: Desk, standing: Standing, remedy: str, rows: Sequence[Any]) -> list[int | None]:
    """The amount of a part refund, shared over the lines by what was paid for them."""
    whole: int | None = None
    if remedy in AMOUNT_FACT:
        whole = getattr(standing.sheet.facts, AMOUNT_FACT[remedy])
    elif remedy == "R13":
        whole = standing.choices.get("missing", {}).get("amount_fen")
    if whole is None:
        return [None] * len(rows)
    if len(rows) == 1:
        return [whole]
    weights = [row.sale_line.paid_fen * row.quantity_milli // row.sale_line.quantity_milli for row in rows]
    return list(allocate(whole, weights))


def _seller_pays(desk: Desk, standing: Standing, rows: Sequence[Any]) -> list[bool]:
    """Whether the freight out goes back too: by the chart's word, by the reason, or as a person decided."""
    decided = (standing.case.plan or {}).get("seller_pays_freight")
    table = rules.code_tables(desk)["reasons"]
    found = []
    for row in rows:
        by_reason = str(table.get(row.reason, {}).get("freight", "")).startswith("seller")
        by_chart = standing.result.freight.startswith("seller")
        found.append(bool(decided) if decided is not None else by_reason or by_chart)
    return found


def _deductions(standing: Standing, row: Any) -> tuple[Deduction, ...]:
    found = [
        Deduction(item["kind"], item["amount_fen"], item["reason"])
        for item in standing.choices.get("deductions", ())
        if item["case_line_id"] == row.id and item["amount_fen"]  # agreed that nothing is taken off
    ]
    if row.deduction_fen:
        found.append(Deduction("other", row.deduction_fen, row.deduction_reason))
    chosen = (standing.case.plan or {}).get("gifts", {})
    for gift in SaleLine.select().where(SaleLine.gift_of == row.sale_line_id):
        if chosen.get(str(gift.id)) == "kept" and gift.gift_price_fen:
            found.append(Deduction("gift", gift.gift_price_fen, gift.name))
    return tuple(found)


def _issues(
    desk: Desk, standing: Standing, base: Line, row: Any, number: int, count: int
) -> tuple[Issue, ...]:
    """The goods that go out for a line: those chosen, else the same article again."""
    chosen = standing.choices.get("replacement") or []
    if chosen:
        mine = chosen if count == 1 else chosen[number : number + 1]
        return tuple(_chosen_issue(desk, item) for item in mine)
    if base.remedy == "R4":
        return ()
    sold = row.sale_line
    quantity = standing.choices.get("missing", {}).get("quantity_milli", base.quantity_milli)
    stock = goods.sellable(desk, sold.product_id) if sold.product_id else None
    return (
        Issue(
            product=str(sold.product_id or sold.sku or sold.name),
            name=sold.name,
            quantity_milli=quantity if base.remedy in RESENDS else base.quantity_milli,
            price_fen=sold.unit_price_fen * base.quantity_milli // 1000,
            stock_milli=stock,
        ),
    )


def _chosen_issue(desk: Desk, item: Mapping[str, Any]) -> Issue:
    product_id = item.get("product_id")
    price = item.get("price_fen")
    stock = None
    if product_id is not None:
        product = Product.get_or_none(Product.id == product_id)
        if product is None:
            raise UserError("product.unknown")
        stock = goods.sellable(desk, product_id)
        if price is None:
            price = product.price_fen * item["quantity_milli"] // 1000
    return Issue(
        product=str(product_id or item.get("sku") or item["name"]),
        name=item["name"],
        quantity_milli=item["quantity_milli"],
        price_fen=price or 0,
        stock_milli=stock,
    )


def _visit(desk: Desk, case: Any, deals: Sequence[Deal], lines: tuple[Line, ...]) -> Visit:
    plan = case.plan or {}
    sale = case.sale
    tenders = sale_money.tenders_of(desk, sale)
    lines = sale_money.with_points(desk, sale, lines, tenders)
    route = plan.get("refund_way", "")
    if route and {item.tender for item in tenders if item.left_fen > 0} == {route}:
        route = ""
    drawer = shift.current_shift(desk)
    person = desk.staff
    return Visit(
        today=desk.today(),
        lines=lines,
        tenders=tenders,
        gifts=_gifts(case, deals, plan),
        proof=sale.proof if sale is not None else "none",
        remote=sale is not None and sale.channel == "remote",
        route=route,
        route_consent=case.stands == "buyer" or bool(case.buyer_consent),
        route_reason=plan.get("refund_way_reason", ""),
        collect_tender=plan.get("collect_tender", "cash"),
        other_open_milli=_other_open(desk, case, lines, deals),
        freight_fen=sale.freight_fen if sale is not None else 0,
        drawer_fen=None if drawer is None else drawer.expected_fen,
        limit_fen=person.limit_fen if person is not None else 0,
        goodwill_fen=role_service.role(desk, person.role).goodwill_fen if person is not None else 0,
        goods_received_on=desk.today() if any(line.accepted_milli for line in lines) else None,
        signature_waived=bool(plan.get("signature_waived")),
        gift_deductible=deals[0].standing.rules.province(desk.shop.province).gift_back_on_quality,
    )


def _gifts(case: Any, deals: Sequence[Deal], plan: Mapping[str, Any]) -> tuple[Gift, ...]:
    """Gifts that came with the lines of this visit and are not lines of it themselves."""
    mine = {row.sale_line_id for deal in deals for row in deal.standing.lines}
    chosen = plan.get("gifts", {})
    rows = SaleLine.select().where(SaleLine.gift_of << mine)
    return tuple(
        Gift(
            "gift",
            row.name,
            row.gift_price_fen or 0,
            row.id in mine or chosen.get(str(row.id)) in ("back", "waived"),
        )
        for row in rows
    )


def _other_open(desk: Desk, case: Any, lines: tuple[Line, ...], deals: Sequence[Deal]) -> int:
    """Units of the sale's other lines that stay with the customer, and of everything exchanged for or into it."""
    if case.sale_id is None:
        return 0
    mine = {row.sale_line_id for deal in deals for row in deal.standing.lines}
    sold = list(SaleLine.select().where(SaleLine.sale == case.sale_id))
    exchanged = case.sale.source == "exchange" or (
        SaleLine.select().where(SaleLine.origin_line << [row.id for row in sold]).exists()
    )
    if exchanged:
        sold = list(SaleLine.select().where(SaleLine.sale << sale_money.chain_of(desk, case.sale_id)))
    others = [row for row in sold if row.id not in mine]
    states = line_states(desk, [row.id for row in others]) if others else {}
    return sum(
        max(row.quantity_milli - states[row.id].returned_milli, 0)
        for row in others
        if not states[row.id].split and row.gift_of_id is None
    )


def is_end(deal: Deal) -> bool:
    """Whether the deal closes its walk."""
    path = deal.standing.result.path
    return deal.final and deal.standing.chart.nodes[path[deal.index]].kind is Kind.END
