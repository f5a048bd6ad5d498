"""Part returns, allowances, exchanges and reversals in any order: at the end nobody is a 分 short or over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources
from counter_app.domain.errors import UserError
from counter_app.domain.money import allocate
from counter_app.domain.policy import load_shop_policy
from counter_app.domain.remedy import load_remedies
from counter_app.domain.settlement import settle
from counter_app.domain.settlement_lines import allowance_used
from counter_app.domain.settlement_terms import Issue, Line, LineSettlement, Tender, Visit

TODAY = date(2026, 11, 21)
REMEDIES = load_remedies(resources.read_toml("policy", "remedies.toml"))
POLICY = load_shop_policy(resources.read_toml("policy", "shop_policy.toml"))


@dataclass
class Done:
    """One line of a visit that was posted and stands until it is reversed."""

    line: Line
    settled: LineSettlement
    by_tender: dict[str, int]

    @property
    def moved(self) -> int:
        return min(self.settled.gross_fen, sum(out.value_fen for out in self.settled.goods_out))


@dataclass
class Bought:
    """One sale line, what it was paid with, and all that stands of what was done with it."""

    sold: int
    paid: int
    freight: int
    subsidy: int
    tenders: dict[str, int]
    done: list[Done]

    def now(self, remedy: str, units: int, amount: int | None = None, **more: object) -> Line:
        """The line as the shop's books say it stands."""
        gone = [one for one in self.done if one.settled.consumes_milli]
        kept = [one for one in self.done if one.settled.allowed_fen]
        issue = Issue(product="1", name="新", quantity_milli=units, price_fen=amount or 0)
        return Line(
            key=len(self.done) + 1,
            remedy=remedy,
            quantity_milli=units,
            sold_milli=self.sold,
            paid_fen=self.paid,
            freight_fen=self.freight,
            subsidy_fen=self.subsidy,
            amount_fen=amount,
            returned_milli=sum(one.settled.consumes_milli for one in gone),
            refunded_fen=sum(one.settled.refund_fen for one in gone),
            allowed_fen=sum(one.settled.allowed_fen for one in kept),
            allowed_milli=sum(one.line.quantity_milli for one in kept),
            moved_fen=sum(one.moved for one in gone),
            given_fen=sum(one.settled.gross_fen for one in gone),
            freight_given_fen=sum(one.settled.freight_share_fen for one in gone),
            subsidy_given_fen=sum(one.settled.subsidy_share_fen for one in gone),
            accepted_milli=units,
            seller_pays_freight=True,
            article=7,
            issues=(issue,) if remedy in ("R3", "R4") else (),
            **more,  # type: ignore[arg-type]
        )

    @property
    def free(self) -> int:
        return self.sold - sum(one.settled.consumes_milli for one in self.done)

    @property
    def back(self) -> dict[str, int]:
        """分 that went back or moved on, by tender."""
        return {name: sum(one.by_tender.get(name, 0) for one in self.done) for name in self.tenders}

    def post(self, line: Line) -> None:
        """Settle one line and keep it; what cannot be settled leaves everything as it was."""
        back = self.back
        tenders = tuple(Tender(name, paid, back[name]) for name, paid in self.tenders.items())
        visit = Visit(today=TODAY, lines=(line,), tenders=tenders, collect_tender="cash")
        try:
            come_to = settle(visit, REMEDIES, POLICY)
        except UserError as refused:
            assert refused.code in ("settlement.refund.over_paid", "settlement.amount.missing"), refused
            return
        (settled,) = come_to.lines
        shares = {one.tender: one.amount_fen for one in come_to.refunds}
        done = Done(line, settled, shares)
        if settled.goods_out:
            left = [paid - back[name] - shares.get(name, 0) for name, paid in self.tenders.items()]
            for name, moved in zip(self.tenders, allocate(done.moved, left), strict=True):
                shares[name] = shares.get(name, 0) + moved
        self.done.append(done)

    def reverse(self, which: int) -> None:
        """Take one of them back, unless a later return counted on it."""
        if not self.done:
            return
        one = self.done[which % len(self.done)]
        if one.settled.allowed_fen and allowance_used(self.now("R1", 1)):
            return
        self.done.remove(one)


@st.composite
def bought(draw: st.DrawFn) -> Bought:
    sold = draw(st.one_of(st.integers(1, 7).map(lambda n: n * 1000), st.sampled_from([350, 1255, 2001])))
    paid = draw(st.integers(0, 30_000))
    freight = draw(st.sampled_from([0, 1, 7, 800]))
    total = paid + freight
    cut = sorted(draw(st.lists(st.integers(0, total), min_size=2, max_size=2)))
    shares = (cut[0], cut[1] - cut[0], total - cut[1])
    tenders = dict(zip(("cash", "wechat", "card"), shares, strict=True))
    return Bought(sold, paid, freight, draw(st.sampled_from([0, 1, 499])), tenders, [])


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["R1", "R1", "R1", "R3", "R4", "R10", "reverse", "reverse"]),
        st.integers(1, 7),
        st.integers(0, 9000),
    ),
    max_size=25,
)


@pytest.mark.req("S4-31")
@given(bought(), ACTS)
def test_whatever_was_returned_allowed_and_reversed_all_that_is_back_was_paid_back_exactly(
    sale: Bought, acts: list[tuple[str, int, int]]
) -> None:
    for act, count, amount in acts:
        units = min(count * 1000 if sale.sold % 1000 == 0 else count * 175, sale.free)
        if act == "reverse":
            sale.reverse(count)
        elif units > 0:
            sale.post(sale.now(act, units, amount if act in ("R4", "R10") else None))
        _never_more(sale)
    if sale.free:
        sale.post(sale.now("R1", sale.free))
    gone = [one for one in sale.done if one.settled.consumes_milli]
    allowed = sum(one.settled.allowed_fen for one in sale.done)
    assert sale.free == 0
    assert sum(one.settled.gross_fen for one in gone) + allowed == sale.paid
    assert sum(one.settled.freight_share_fen for one in gone) == sale.freight
    assert sum(one.settled.subsidy_share_fen for one in gone) == sale.subsidy
    money = sum(one.settled.refund_fen + one.moved for one in sale.done)
    left_on_the_way = sum(one.settled.freight_share_fen for one in gone if one.settled.goods_out)
    assert money == sale.paid + sale.freight - left_on_the_way


def _never_more(sale: Bought) -> None:
    gone = [one for one in sale.done if one.settled.consumes_milli]
    allowed = sum(one.settled.allowed_fen for one in sale.done)
    assert sum(one.settled.gross_fen for one in gone) + allowed <= sale.paid
    assert all(one.settled.refund_fen >= 0 for one in sale.done)
    for name, back in sale.back.items():
        assert 0 <= back <= sale.tenders[name]


@given(bought(), st.integers(1, 6), st.sampled_from(["R1", "R3", "R10"]))
def test_two_answers_for_one_sale_line_in_one_visit_come_to_what_two_visits_would(
    sale: Bought, first: int, remedy: str
) -> None:
    one_unit = 1000 if sale.sold % 1000 == 0 else 175
    units = min(first * one_unit, sale.sold - one_unit)
    if units <= 0 or not sale.paid:
        return
    amount = min(sale.paid * units // sale.sold, 500) or None
    if remedy == "R10" and amount is None:
        return
    earlier = sale.now(remedy, units, amount)
    rest = sale.sold - (units if remedy != "R10" else 0)
    later = replace(sale.now("R1", rest), key=99, reserved_milli=0)
    tenders = tuple(Tender(name, paid) for name, paid in sale.tenders.items())
    together = settle(Visit(today=TODAY, lines=(earlier, later), tenders=tenders), REMEDIES, POLICY)
    sale.post(earlier)
    sale.post(sale.now("R1", rest))
    assert [done.gross_fen for done in together.lines] == [one.settled.gross_fen for one in sale.done]
    if remedy == "R1":
        assert together.refund_fen == sale.paid + sale.freight
        assert together.full_return


def test_five_returns_with_the_middle_and_the_last_reversed_and_repeated_bring_what_was_paid() -> None:
    sale = Bought(5000, 102, 0, 0, {"cash": 102}, [])
    for _ in range(5):
        sale.post(sale.now("R1", 1000))
    assert [one.settled.refund_fen for one in sale.done] == [20, 20, 21, 20, 21]
    sale.reverse(4)
    sale.reverse(2)
    sale.post(sale.now("R1", 1000))
    sale.post(sale.now("R1", 1000))
    assert sum(one.settled.refund_fen for one in sale.done) == 102
