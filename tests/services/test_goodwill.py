"""What the shop gives without owing it is weighed in one sum against the limits of the roles (invariants 4, 13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.db.models import Compensation, GiftMove
from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.errors import UserError
from counter_app.services import approvals, gifts, posting, reversal, staff


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        one.open_drawer()
        yield one
        one.sound()


def obliging(counter: Counter, price_fen: int) -> Visit:
    """Goods from the shelf come back for no reason and without a promise; the supervisor is obliging."""
    visit = counter.visit(counter.simple_sale(price_fen=price_fen, channel="store", tender="cash"))
    return visit.go("return", "goodwill", "agree", "in_person", "fit")


def asked(visit: Visit) -> list[tuple[tuple[str, ...], int, str]]:
    """What the whole visit asks somebody for: reasons, amount, state."""
    found: dict[tuple[str, ...], ApprovalNeed] = {}
    for walk in visit.view.proposal.walks:
        found |= {need.codes: need for need in walk.approvals if not need.node}
    return [(codes, need.goodwill_fen, need.state) for codes, need in found.items()]


def test_a_supervisor_who_is_obliging_within_the_own_limit_need_not_ask_again(counter: Counter) -> None:
    visit = obliging(counter, 19_900)
    assert asked(visit) == []
    visit.post()


@pytest.mark.req("S3-29")
def test_goodwill_beyond_the_limit_of_who_was_obliging_is_asked_for_with_its_figures(
    counter: Counter,
) -> None:
    visit = obliging(counter, 69_900).go("approve")
    ((codes, amount, state),) = asked(visit)
    assert ("goodwill" in codes, amount, state) == (True, 69_900, "needed")
    question = approvals.request(counter.clerk, visit.case_id).value
    assert any("699.00" in one.zh for one in question.reasons)
    with pytest.raises(UserError) as refused:
        approvals.approve_now(counter.clerk, question.id, *counter.boss, "老顾客")
    assert code_of(refused.value) == "case.approval.goodwill"
    approvals.approve_now(counter.clerk, question.id, 1, "1234", "老顾客")
    visit.post()


def test_goodwill_on_top_adds_to_the_goodwill_of_the_refund(counter: Counter) -> None:
    visit = obliging(counter, 19_900)
    visit.choose(coupon={"what": "优惠券", "number": "YH-1", "amount_fen": 5_000})
    ((codes, amount, _),) = asked(visit)
    assert (codes, amount) == (("goodwill",), 24_900)
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "老顾客")
    posted = visit.post()
    assert {paper.prefix: paper.amount_fen for paper in posted.documents} == {
        "TH": 0,
        "TK": 19_900,
        "BC": 5_000,
    }
    assert [(row.kind, row.what, row.amount_fen) for row in Compensation.select()] == [
        ("coupon", "优惠券 YH-1", 5_000)
    ]
    assert [(one.kind, one.amount_fen) for one in gifts.open_gifts(counter.clerk)] == [("coupon", 5_000)]


def test_a_coupon_within_the_clerks_own_goodwill_needs_nobody(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit").choose(coupon={"what": "优惠券", "amount_fen": 5_000})
    assert asked(visit) == []
    visit.choose(coupon={"what": "优惠券", "amount_fen": 5_001})
    assert [codes for codes, _, _ in asked(visit)] == [("goodwill",)]


def test_a_coupon_whose_worth_nobody_entered_is_not_posted(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit").choose(coupon={"what": "优惠券"})
    assert "proposal.given_amount" in {one.code for one in visit.view.proposal.missing}


def test_an_approver_who_lost_the_goodwill_limit_stops_the_posting(counter: Counter) -> None:
    visit = obliging(counter, 19_900)
    visit.choose(coupon={"what": "优惠券", "amount_fen": 5_000})
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "老顾客")
    figures = visit.sign()
    staff.set_role(counter.owner, 3, "clerk")
    with pytest.raises(UserError) as refused:
        posting.post(counter.clerk, visit.case_id, counter.request(), figures)
    assert code_of(refused.value) in {
        "posting.approver_lost_right",
        "posting.figures_changed",
        "proposal.approval",
    }


@pytest.mark.parametrize("ended", ["used", ""])
def test_a_coupon_that_was_used_cannot_be_reversed(counter: Counter, ended: str) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit").choose(coupon={"what": "优惠券", "amount_fen": 5_000})
    posted = visit.post()
    paper = next(one.number for one in posted.documents if one.prefix == "BC")
    (given,) = gifts.open_gifts(counter.clerk)
    if ended:
        gifts.end(counter.clerk, given.id, ended, counter.request(), reference="X-1")
        with pytest.raises(UserError) as refused:
            reversal.reverse(counter.owner, paper, "给错", counter.request(), by=counter.boss, whole=False)
        assert code_of(refused.value) == "reversal.gift_used"
        assert GiftMove.select().count() == 1
    else:
        reversal.reverse(counter.owner, paper, "给错", counter.request(), by=counter.boss, whole=False)
        assert gifts.open_gifts(counter.clerk) == ()
