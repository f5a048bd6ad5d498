"""What one line of a visit comes to: its share of what was paid, with the working, goods in and goods out."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.errors import UserError
from counter_app.domain.money import allocate, format_yuan, part_refund
from counter_app.domain.quantity import ONE_PIECE, format_quantity
from counter_app.domain.remedy import RemedyTerms
from counter_app.domain.settlement_terms import (
    DEDUCTIONS,
    GoodsIn,
    GoodsOut,
    Issue,
    Line,
    LineSettlement,
    Visit,
    WorkingLine,
)

DESTROY_OR_BLOCK = ("V6", "V9", "V10")
"""Where expired or unsafe goods may go: destroyed, or blocked until they are (食品安全法 63)."""
HANDED_BACK = "V11"


def _refuse(code: str, line: Line, **params: object) -> UserError:
    return UserError(code, line=line.name or line.key, **params)


def check_line(line: Line, terms: RemedyTerms) -> None:
    """Invariants 1, 9 and 10 for one line, and what its remedy asks for. Raises UserError `settlement.line.…`."""
    if line.is_refund:
        raise _refuse("settlement.line.is_refund", line)
    if line.quantity_milli <= 0 or line.sold_milli <= 0 or line.paid_fen < 0:
        raise _refuse("settlement.line.quantity", line)
    if terms.money == "none" and terms.goods == "none":
        return
    if line.left_milli <= 0:
        raise _refuse("settlement.line.nothing_left", line)
    if line.quantity_milli > line.left_milli:
        left = format_quantity(line.left_milli)
        raise _refuse(
            "settlement.line.overreturned", line, wanted=format_quantity(line.quantity_milli), left=left
        )
    if line.indivisible and line.quantity_milli != line.sold_milli:
        raise _refuse("settlement.line.indivisible", line)
    accepted = line.accepted_milli
    if accepted is not None and terms.needs_goods and accepted < line.quantity_milli:
        shown = format_quantity(accepted)
        raise _refuse(
            "settlement.line.not_accepted", line, accepted=shown, wanted=format_quantity(line.quantity_milli)
        )
    if line.unsafe and accepted and line.disposition not in DESTROY_OR_BLOCK:
        raise _refuse("settlement.disposition.destroy_only", line, disposition=line.disposition)


def _allowed_of(line: Line, units_milli: int) -> int:
    """分 of the allowances that belong to the first `units_milli` units. An allowance belongs to the units that were
    kept for it: units without one come back first, so no customer loses what another unit was allowed."""
    if not line.allowed_fen:
        return 0
    allowed_units = min(line.allowed_milli or line.sold_milli, line.sold_milli)
    return line.allowed_fen * max(units_milli - line.sold_milli + allowed_units, 0) // allowed_units


def allowance_used(line: Line) -> bool:
    """Whether units that came back brought less because of an allowance: it can no longer be taken back alone."""
    return _allowed_of(line, line.returned_milli) > 0


def _worth(line: Line, units_milli: int) -> int:
    """分 that `units_milli` units together bring back."""
    return part_refund(line.paid_fen, line.sold_milli, 0, units_milli) - _allowed_of(line, units_milli)


def given_of(line: Line) -> int:
    """分 that the units which came back were worth."""
    return _worth(line, line.returned_milli) if line.given_fen is None else line.given_fen


def value_of(line: Line, now_milli: int) -> int:
    """分 still refundable for the next `now_milli` units.

    What all units that are back bring together, less what the earlier ones did bring: whatever was returned,
    allowed and reversed in between, the units that are back have brought exactly what one return of them all gives,
    and the last unit takes the rest (invariant 2).
    """
    given = given_of(line)
    value = _worth(line, line.returned_milli + now_milli) - given
    return max(min(value, line.paid_fen - given - line.allowed_fen), 0)


def _share(whole_fen: int, given_fen: int | None, line: Line) -> int:
    """The units' part of the line's freight or subsidy, by the same rule."""
    present = part_refund(whole_fen, line.sold_milli, 0, line.returned_milli + line.quantity_milli)
    return max(present - _past(whole_fen, given_fen, line), 0)


def _past(whole_fen: int, given_fen: int | None, line: Line) -> int:
    if given_fen is not None:
        return given_fen
    return part_refund(whole_fen, line.sold_milli, 0, line.returned_milli)


def _deducted(line: Line, visit: Visit, gross_fen: int) -> int:
    for deduction in line.deductions:
        if deduction.kind not in DEDUCTIONS or deduction.amount_fen <= 0:
            raise _refuse("settlement.deduction.wrong", line, kind=deduction.kind)
        if not deduction.reason.strip():
            raise _refuse("settlement.deduction.reason", line)
        if deduction.kind == "gift" and line.fault and not visit.gift_deductible:
            raise _refuse("settlement.deduction.gift", line)
        if deduction.kind == "freight" and line.seller_pays_freight:
            raise _refuse("settlement.deduction.freight", line)
    total = sum(deduction.amount_fen for deduction in line.deductions)
    if total > gross_fen:
        raise _refuse(
            "settlement.deduction.too_large", line, deducted=format_yuan(total), value=format_yuan(gross_fen)
        )
    return total


def _working(
    line: Line, gross: int, freight: int, label: str = "settlement.working.goods"
) -> list[WorkingLine]:
    back = line.returned_milli
    allowed = _allowed_of(line, back + line.quantity_milli) - _allowed_of(line, back)
    params: dict[str, object] = {
        "quantity": format_quantity(line.quantity_milli),
        "sold": format_quantity(line.sold_milli),
        "paid": format_yuan(line.paid_fen),
    }
    rows = [WorkingLine(label, params, gross + allowed)]
    if allowed:
        rows.append(WorkingLine("settlement.working.allowed", {}, -allowed))
    if freight:
        rows.append(WorkingLine("settlement.working.freight", {}, freight))
    rows += [
        WorkingLine(
            f"settlement.working.deduction.{deduction.kind}",
            {"reason": deduction.reason},
            -deduction.amount_fen,
        )
        for deduction in line.deductions
    ]
    return rows


def _part_amount(line: Line, most_fen: int) -> int:
    """The amount of an allowance, a difference or a part refund (R10-R13)."""
    if line.amount_fen is None or line.amount_fen <= 0:
        raise _refuse("settlement.amount.missing", line)
    if line.amount_fen > most_fen:
        raise _refuse(
            "settlement.refund.over_paid",
            line,
            refund=format_yuan(line.amount_fen),
            most=format_yuan(most_fen),
        )
    return line.amount_fen


def _goods_in(line: Line, terms: RemedyTerms) -> tuple[GoodsIn, ...]:
    found = []
    if terms.needs_goods or (terms.goods == "in_if_there" and line.accepted_milli):
        taken = (
            line.quantity_milli
            if line.accepted_milli is None
            else min(line.accepted_milli, line.quantity_milli)
        )
        found.append(GoodsIn(line.key, taken, line.disposition))
    if line.rejected_milli:
        found.append(GoodsIn(line.key, line.rejected_milli, HANDED_BACK))
    return tuple(found)


def _goods_out(line: Line, values: list[int]) -> tuple[GoodsOut, ...]:
    return tuple(
        GoodsOut(line.key, issue.product, issue.name, issue.quantity_milli, value, line.handed_over)
        for issue, value in zip(line.issues, values, strict=True)
    )


def _need_issues(line: Line, *, same_quantity: bool) -> tuple[Issue, ...]:
    if not line.issues:
        raise _refuse("settlement.issue.missing", line)
    if any(issue.quantity_milli <= 0 or issue.price_fen < 0 for issue in line.issues):
        raise _refuse("settlement.line.quantity", line)
    total = sum(issue.quantity_milli for issue in line.issues)
    if same_quantity and total != line.quantity_milli:
        raise _refuse("settlement.issue.quantity", line, wanted=format_quantity(line.quantity_milli))
    return line.issues


def _charged(line: Line) -> list[WorkingLine]:
    """What of the loss the customer pays where the goods are exchanged one for one: a charge, no deduction."""
    return [
        WorkingLine(
            f"settlement.working.charged{'_use' if deduction.kind == 'depreciation' else ''}",
            {"reason": deduction.reason},
            -deduction.amount_fen,
        )
        for deduction in line.deductions
    ]


def _points_along(line: Line, gross_fen: int, price_fen: int) -> int:
    """What of the points pays for the new goods: all of them, or in step with the money where those cost less."""
    worth = gross_fen + line.points_fen
    return line.points_fen if price_fen >= worth else line.points_fen * price_fen // worth


def settle_line(line: Line, terms: RemedyTerms, visit: Visit) -> LineSettlement:
    """One line's money and goods (invariants 1, 2, 5, 9, 10). Raises UserError `settlement.…`."""
    check_line(line, terms)
    gross = min(
        value_of(line, min(line.quantity_milli, max(line.sold_milli - line.returned_milli, 0))), line.left_fen
    )
    refund = pay = allowed = freight = subsidy = consumes = freight_share = subsidy_share = points = 0
    outgoing: tuple[GoodsOut, ...] = ()
    rows: list[WorkingLine] = []
    whole_units = terms.money == "return" or (terms.money == "missing" and line.amount_fen is None)
    if whole_units or terms.money in ("exchange_same", "exchange_different"):
        consumes = line.quantity_milli
        freight_share = _share(line.freight_fen, line.freight_given_fen, line)
        subsidy_share = _share(line.subsidy_fen, line.subsidy_given_fen, line)
    elif line.deductions:
        raise _refuse("settlement.deduction.wrong", line, kind=line.deductions[0].kind)
    if whole_units:
        subsidy = subsidy_share
        freight = min(freight_share, line.left_fen - gross) if line.seller_pays_freight else 0
        refund = gross + freight - _deducted(line, visit, gross + freight)
        rows = _working(line, gross, freight)
    elif terms.money in ("part", "missing"):
        refund = allowed = _part_amount(line, gross)
        rows = [WorkingLine(f"settlement.working.{terms.code}", {"most": format_yuan(gross)}, refund)]
    elif terms.money == "exchange_same":
        issues = _need_issues(line, same_quantity=True)
        pay, points = _deducted(line, visit, gross), line.points_fen
        outgoing = _goods_out(line, allocate(gross, [issue.quantity_milli for issue in issues]))
        bare = replace(line, deductions=())
        rows = [
            *_working(bare, gross, 0),
            WorkingLine("settlement.working.same", {}, -gross),
            *_charged(line),
        ]
    elif terms.money == "exchange_different":
        issues = _need_issues(line, same_quantity=False)
        credit = gross - _deducted(line, visit, gross)
        price = sum(issue.price_fen for issue in issues)
        points = _points_along(line, gross, price)
        pay, refund = max(price - points - credit, 0), max(credit - price + points, 0)
        outgoing = _goods_out(line, allocate(price - points, [issue.price_fen for issue in issues]))
        rows = _working(line, gross, 0, "settlement.working.credit")
        rows += [
            WorkingLine("settlement.working.new", {"name": issue.name}, -issue.price_fen) for issue in issues
        ]
        if points:
            rows.append(WorkingLine("settlement.working.points", {}, points))
    elif terms.money == "charge":
        pay = line.amount_fen or 0
        if pay < 0:
            raise _refuse("settlement.amount.missing", line)
        rows = [WorkingLine("settlement.working.charge", {}, -pay)]
    elif terms.needs_stock:
        outgoing = _goods_out(line, [0] * len(_need_issues(line, same_quantity=False)))
    rows.append(WorkingLine("settlement.working.total", {}, refund - pay, total=True))
    return LineSettlement(
        line.key,
        line.remedy,
        gross,
        refund,
        pay,
        allowed,
        freight,
        subsidy,
        freight_share,
        subsidy_share,
        consumes,
        tuple(rows),
        _goods_in(line, terms),
        outgoing,
        points,
    )


def after(line: Line, earlier: Line, done: LineSettlement) -> Line:
    """A line once another line of the same visit took its units of the same sale line."""
    moved = min(done.gross_fen, sum(out.value_fen for out in done.goods_out)) if done.consumes_milli else 0
    return replace(
        line,
        returned_milli=line.returned_milli + done.consumes_milli,
        reserved_milli=max(line.reserved_milli - done.consumes_milli, 0),
        given_fen=given_of(line) + (done.gross_fen if done.consumes_milli else 0),
        freight_given_fen=_past(line.freight_fen, line.freight_given_fen, line) + done.freight_share_fen,
        subsidy_given_fen=_past(line.subsidy_fen, line.subsidy_given_fen, line) + done.subsidy_share_fen,
        refunded_fen=line.refunded_fen + done.refund_fen - done.allowed_fen,
        allowed_fen=line.allowed_fen + done.allowed_fen,
        allowed_milli=line.allowed_milli + (earlier.quantity_milli if done.allowed_fen else 0),
        moved_fen=line.moved_fen + moved,
    )


def unit_value(line: Line) -> int:
    """What the next single unit would give back; shown beside a line on the counter."""
    return value_of(line, min(ONE_PIECE, max(line.left_milli, 0)))
