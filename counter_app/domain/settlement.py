"""What a visit comes to: one pure calculation for the preview and for posting (invariant 7).

    line = Line(key=7, remedy="R1", quantity_milli=1000, sold_milli=3000, paid_fen=10000, accepted_milli=1000)
    visit = Visit(today=date(2026, 11, 21), lines=(line,), tenders=(Tender("wechat", 10000),),
                  limit_fen=20000, drawer_fen=50000)
    settlement = settle(visit, remedies, policy)
    settlement.refund_fen            # 3333
    settlement.refunds[0]            # TenderRefund("wechat", "wechat", 3333, now=False, left_fen=6667)
    settlement.documents             # TH and TK

`Line.paid_fen` is money really paid: what a coupon, points or a subsidy paid is not in it and stands among the
tenders as `coupon`, `points`, `subsidy`. The sum of the money tenders is the sum of all lines' paid and freight.
Whatever breaks an invariant raises a UserError named after it; whatever a person must still choose is in
`missing`, and posting must refuse while `missing` is not empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from counter_app.domain.dates import deadline
from counter_app.domain.errors import UserError
from counter_app.domain.money import allocate, format_yuan, round_cash_jiao
from counter_app.domain.policy import ShopPolicy
from counter_app.domain.quantity import format_quantity
from counter_app.domain.remedy import RemedyTerms
from counter_app.domain.settlement_lines import after, settle_line
from counter_app.domain.settlement_terms import (
    IN_KIND,
    SUBSIDY,
    ApprovalReason,
    Deduction,
    DocumentNeed,
    DueDay,
    Gift,
    GoodsIn,
    GoodsOut,
    Issue,
    Line,
    LineSettlement,
    Settlement,
    Tender,
    TenderRefund,
    Visit,
    WorkingLine,
)
from counter_app.domain.spoken import Reason

__all__ = [
    "ApprovalReason",
    "Deduction",
    "DocumentNeed",
    "DueDay",
    "Gift",
    "GoodsIn",
    "GoodsOut",
    "Issue",
    "Line",
    "LineSettlement",
    "Settlement",
    "Tender",
    "TenderRefund",
    "Visit",
    "WorkingLine",
    "at_stake",
    "settle",
]

UNKNOWN = "unknown"
CASH = "cash"


def money_tenders(tenders: Sequence[Tender]) -> tuple[Tender, ...]:
    """The tenders that paid money: everything but coupons, points and subsidies."""
    return tuple(tender for tender in tenders if tender.tender not in (*IN_KIND, SUBSIDY))


def _check_same_line_once(lines: Sequence[Line]) -> None:
    keys = [line.key for line in lines]
    if not keys:
        raise UserError("settlement.no_lines")
    if len(set(keys)) != len(keys):
        raise UserError("settlement.line.twice")


def _check_stock(lines: Sequence[Line]) -> None:
    """Sellable stock is checked over the whole visit before anything is promised (invariant 5)."""
    wanted: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        for issue in line.issues:
            wanted[issue.product] += issue.quantity_milli
            if issue.stock_milli is not None and wanted[issue.product] > issue.stock_milli:
                raise UserError(
                    "settlement.stock.short",
                    name=issue.name,
                    wanted=format_quantity(wanted[issue.product]),
                    stock=format_quantity(issue.stock_milli),
                )


def _check_route(visit: Visit, refund_fen: int, subsidised: bool) -> None:
    """Another way than the sale was paid: the buyer consents, a subsidy forbids it (invariants 3, 12)."""
    if not visit.route or not refund_fen:
        return
    if subsidised:
        raise UserError("settlement.route.subsidy")
    if not visit.route_consent:
        raise UserError("settlement.route.consent")
    if not visit.route_reason.strip():
        raise UserError("settlement.route.reason")


def _refunds(visit: Visit, refund_fen: int) -> tuple[TenderRefund, ...]:
    """The refund over the tenders, pro rata by what each still has, largest remainder (invariant 3)."""
    tenders = money_tenders(visit.tenders)
    left = [max(tender.left_fen, 0) for tender in tenders]
    if refund_fen > sum(left):
        raise UserError(
            "settlement.tender.short", refund=format_yuan(refund_fen), left=format_yuan(sum(left))
        )
    cash = visit.drawer_fen
    found = []
    for tender, share, before in zip(tenders, allocate(refund_fen, left), left, strict=True):
        if not share:
            continue
        way = visit.route or tender.tender
        now = way == CASH and cash is not None and cash >= share
        if now and cash is not None:
            cash -= share
        found.append(TenderRefund(tender.tender, way, share, now, before - share))
    return tuple(found)


def _settle_lines(
    visit: Visit, remedies: Mapping[str, RemedyTerms]
) -> tuple[tuple[Line, ...], tuple[LineSettlement, ...]]:
    """One line after the other, each as it stands once the earlier ones took their units of the same sale line."""
    lines: list[Line] = []
    settled: list[LineSettlement] = []
    for line in visit.lines:
        present = line
        for earlier, done in zip(lines, settled, strict=True):
            if line.article and earlier.article == line.article:
                present = after(present, earlier, done)
        lines.append(present)
        settled.append(settle_line(present, remedies[line.remedy], visit))
    return tuple(lines), tuple(settled)


def _is_full_return(visit: Visit, settled: Sequence[LineSettlement]) -> bool:
    """Whether nothing of the sale stays with the customer, nor of what it was exchanged into."""
    if visit.other_open_milli or any(done.goods_out for done in settled):
        return False
    left = {line.article or line.key: line.sold_milli - line.returned_milli for line in reversed(visit.lines)}
    for line, done in zip(visit.lines, settled, strict=True):
        left[line.article or line.key] -= done.consumes_milli
    return not any(left.values())


def _points_back(visit: Visit, lines: Sequence[Line], settled: Sequence[LineSettlement], full: bool) -> int:
    """Points go back as points with the units that they paid for; all that are left with the last unit."""
    left = sum(one.left_fen for one in visit.tenders if one.tender == "points")
    if full:
        return left
    mine = sum(line.points_fen for line, done in zip(lines, settled, strict=True) if done.consumes_milli)
    return max(min(mine, left) - sum(done.points_fen for done in settled), 0)


def at_stake(line: Line, done: LineSettlement) -> int:
    """What a limit is compared with: the value of units that come back, else the money, else the goods sent."""
    if done.consumes_milli:
        return done.gross_fen
    return done.refund_fen or (sum(issue.price_fen for issue in line.issues) if done.goods_out else 0)


def _approvals(
    visit: Visit, settled: Sequence[LineSettlement], remedies: Mapping[str, RemedyTerms], refund_fen: int
) -> tuple[ApprovalReason, ...]:
    found: list[ApprovalReason] = []
    weighed = [at_stake(line, done) for line, done in zip(visit.lines, settled, strict=True)]
    limited_fen = sum(
        stake
        for stake, done in zip(weighed, settled, strict=True)
        if remedies[done.remedy].approval == "limit"
    )
    if limited_fen > visit.limit_fen:
        found.append(ApprovalReason("over_limit", limited_fen, visit.limit_fen))
    goodwill = sum(stake for stake, line in zip(weighed, visit.lines, strict=True) if line.goodwill)
    if goodwill > visit.goodwill_fen:
        found.append(ApprovalReason("goodwill", goodwill, visit.goodwill_fen))
    moved = refund_fen or sum(done.gross_fen for done in settled if done.goods_out)
    if visit.proof == "none" and moved:
        found.append(ApprovalReason("no_receipt", moved, 0))
    if visit.route and refund_fen:
        found.append(ApprovalReason("other_tender", refund_fen, 0))
    deducted = sum(deduction.amount_fen for line in visit.lines for deduction in line.deductions)
    if deducted:
        found.append(ApprovalReason("deduction", deducted, 0))
    for done in settled:
        terms = remedies[done.remedy]
        if terms.approval in ("always", "legal"):
            code = "refund_only" if terms.money == "return" else "remedy"
            found.append(ApprovalReason(code, done.refund_fen or done.gross_fen, 0))
    if visit.signature_waived:
        found.append(ApprovalReason("no_signature", refund_fen, 0))
    return tuple(dict.fromkeys(found))


_SERVICE = ("R5", "R6", "R23", "R25")


def _documents(settled: Sequence[LineSettlement], visit: Visit) -> tuple[DocumentNeed, ...]:
    """The numbered documents this posts, in the order they are printed."""
    found: list[DocumentNeed] = []

    def add(prefix: str, amount: int, chosen: Sequence[LineSettlement]) -> None:
        if chosen:
            found.append(DocumentNeed(prefix, amount, tuple(done.key for done in chosen)))

    kept = [done for done in settled if done.allowed_fen and done.remedy == "R10"]
    refunded = [done for done in settled if done.refund_fen and done not in kept]
    exchanged = [done for done in settled if done.goods_out and done.consumes_milli]
    sent = [done for done in settled if done.goods_out and not done.consumes_milli]
    taken = [done for done in settled if any(goods.disposition != "V11" for goods in done.goods_in)]
    paying = [done for done in settled if done.pay_fen]
    add("TH", 0, taken)
    add("HH", sum(goods.value_fen for done in exchanged for goods in done.goods_out), exchanged)
    add("BF", 0, sent)
    add("ZJ", sum(done.refund_fen for done in kept), kept)
    add("TK", sum(done.refund_fen for done in refunded), refunded)
    add("WX", 0, [done for done in settled if done.remedy in _SERVICE])
    add("SJ", sum(done.pay_fen for done in paying), paying)
    add("BC", 0, [done for done in settled if done.remedy in ("R14", "R15", "R16", "R17", "R21", "R22")])
    add("GZ", 0, [done for done in settled if done.remedy == "R29"])
    if visit.deposit == "take":
        found.append(DocumentNeed("YJ", visit.deposit_fen, tuple(line.key for line in visit.lines)))
    return tuple(found)


def _due(
    visit: Visit, settled: Sequence[LineSettlement], owed_fen: int, policy: ShopPolicy
) -> tuple[DueDay, ...]:
    found: list[DueDay] = []
    if owed_fen:
        due = deadline(visit.today, policy.refund_application_days)
        if visit.remote and visit.goods_received_on is not None:
            law = deadline(visit.goods_received_on, policy.refund_after_goods_days)
            if law < due:
                due = law
        found.append(DueDay("settlement.due.refund", due, "消费者权益保护法 25; S4-72"))
    if any(goods.handed_over is False for done in settled for goods in done.goods_out):
        found.append(DueDay("settlement.due.send", deadline(visit.today, policy.resend_days), "S4-66; S4-69"))
    if visit.deposit == "take":
        due = deadline(visit.today, policy.goods_back_days)
        found.append(DueDay("settlement.due.goods_back", due, "S4-37"))
    return tuple(found)


def _warnings(
    visit: Visit, settled: Sequence[LineSettlement], cash_fen: int, policy: ShopPolicy
) -> list[Reason]:
    found: list[Reason] = []
    for line, done in zip(visit.lines, settled, strict=True):
        if line.subsidy_fen and (done.allowed_fen or done.goods_out):
            found.append(Reason("settlement.subsidy.careful", {"line": line.name or line.key}))
    if cash_fen > policy.cash_soft_limit_fen:
        limit = format_yuan(policy.cash_soft_limit_fen)
        found.append(Reason("settlement.cash.much", {"cash": format_yuan(cash_fen), "limit": limit}))
    shrinks = any(done.consumes_milli and done.refund_fen for done in settled)
    deducted = {deduction.kind for line in visit.lines for deduction in line.deductions}
    fault_keeps = not visit.gift_deductible and all(line.fault for line in visit.lines)
    if shrinks and "gift" not in deducted and not fault_keeps:
        found += [
            Reason("settlement.gift.out", {"gift": gift.name, "price": format_yuan(gift.price_fen)})
            for gift in visit.gifts
            if not gift.back
        ]
    return found


def _missing(
    visit: Visit, settled: Sequence[LineSettlement], refunds: Sequence[TenderRefund]
) -> list[Reason]:
    found: list[Reason] = []
    if any(refund.way == UNKNOWN for refund in refunds):
        found.append(Reason("settlement.route.choose"))
    for line, done in zip(visit.lines, settled, strict=True):
        if done.goods_in and line.accepted_milli is None:
            found.append(Reason("settlement.inspect_first", {"line": line.name or line.key}))
    return found


def _deposit(visit: Visit) -> tuple[int, int, int]:
    """Deposit in, out and kept. Out and kept together are never more than is held."""
    if visit.deposit_fen < 0 or visit.deposit_held_fen < 0:
        raise UserError("settlement.deposit.wrong")
    if visit.deposit == "take":
        if not visit.deposit_fen:
            raise UserError("settlement.deposit.wrong")
        return visit.deposit_fen, 0, 0
    if visit.deposit == "return":
        return 0, visit.deposit_held_fen, 0
    if visit.deposit == "keep":
        kept = min(visit.deposit_fen or visit.deposit_held_fen, visit.deposit_held_fen)
        return 0, visit.deposit_held_fen - kept, kept
    return 0, 0, 0


def settle(visit: Visit, remedies: Mapping[str, RemedyTerms], policy: ShopPolicy) -> Settlement:
    """The whole visit: money by line and by tender, goods, approvals, documents, promises.

    Raises UserError: `settlement.line.overreturned` and `.nothing_left` (invariant 1), `settlement.refund.over_paid`
    (2), `settlement.tender.short`, `settlement.route.…` (3), `settlement.stock.short`, `settlement.issue.…` (5),
    `settlement.line.is_refund` (9), `settlement.line.not_accepted`, `settlement.disposition.destroy_only` (10),
    `settlement.route.subsidy` (12), `settlement.deduction.…`, `settlement.amount.missing`, `settlement.remedy`.
    """
    _check_same_line_once(visit.lines)
    unknown = next((line.remedy for line in visit.lines if line.remedy not in remedies), None)
    if unknown is not None:
        raise UserError("settlement.remedy", remedy=unknown)
    _lines, settled = _settle_lines(visit, remedies)
    _check_stock(visit.lines)
    refund_fen = sum(done.refund_fen for done in settled)
    pay_fen = sum(done.pay_fen for done in settled)
    subsidised = any(line.subsidy_fen for line in visit.lines) or any(
        tender.tender == SUBSIDY and tender.paid_fen for tender in visit.tenders
    )
    _check_route(visit, refund_fen, subsidised)
    refunds = _refunds(visit, refund_fen)
    now_fen = sum(refund.amount_fen for refund in refunds if refund.now)
    full = _is_full_return(visit, settled)
    pay_now = bool(pay_fen) and visit.collect_tender == CASH
    rounds = policy.cash_rounding == "jiao"
    deposit_in, deposit_out, deposit_kept = _deposit(visit)
    return Settlement(
        lines=settled,
        refund_fen=refund_fen,
        pay_fen=pay_fen,
        refunds=refunds,
        now_fen=now_fen,
        owed_fen=refund_fen - now_fen,
        cash_rounding_fen=round_cash_jiao(now_fen, customer_pays=False) - now_fen if rounds else 0,
        pay_rounding_fen=pay_fen - round_cash_jiao(pay_fen, customer_pays=True) if rounds and pay_now else 0,
        collect_tender=visit.collect_tender if pay_fen else "",
        pay_now=pay_now,
        goods_held=not pay_now and any(done.goods_out and done.pay_fen for done in settled),
        coupons_back=tuple(one.tender for one in visit.tenders if one.tender == "coupon" and one.left_fen > 0)
        if full
        else (),
        points_back=_points_back(visit, visit.lines, settled, full),
        subsidy_repay_fen=sum(done.subsidy_fen for done in settled),
        deposit_in_fen=deposit_in,
        deposit_out_fen=deposit_out,
        deposit_kept_fen=deposit_kept,
        full_return=full,
        approvals=_approvals(visit, settled, remedies, refund_fen),
        documents=_documents(settled, visit),
        due=_due(visit, settled, refund_fen - now_fen, policy),
        warnings=tuple(_warnings(visit, settled, now_fen, policy)),
        missing=tuple(_missing(visit, settled, refunds)),
    )
