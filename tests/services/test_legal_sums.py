"""Legal compensation: computed on request, with its floors, on a paper of its own, never by a clerk (invariant 4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.db.models import Compensation
from counter_app.domain.errors import UserError
from counter_app.services import approvals, forms, legal, posting, reversal


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one
        one.sound()


def coming_back(counter: Counter, price_fen: int) -> Visit:
    visit = counter.visit(counter.simple_sale(price_fen=price_fen, tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    return visit


@pytest.mark.req("S3-29")
@pytest.mark.parametrize(
    ("claim", "price", "loss", "fen"),
    [
        ("fraud", 19_900, 0, 59_700),
        ("fraud", 100, 0, 50_000),
        ("food", 19_900, 0, 199_000),
        ("food", 250, 0, 100_000),
        ("food", 250, 50_000, 150_000),
        ("harm", 100, 70_000, 140_000),
    ],
)
def test_a_legal_sum_is_computed_with_its_floor_and_nothing_is_written(
    counter: Counter, claim: legal.Claim, price: int, loss: int, fen: int
) -> None:
    visit = coming_back(counter, price)
    before = visit.view.proposal
    assert legal.legal_sum(counter.clerk, visit.walk_id, claim, loss).amount_fen == fen
    assert visit.view.proposal == before


def test_a_clerk_neither_grants_nor_posts_legal_compensation(counter: Counter) -> None:
    visit = coming_back(counter, 19_900)
    with pytest.raises(UserError) as refused:
        legal.grant(counter.clerk, visit.walk_id, "fraud", "wechat")
    assert code_of(refused.value) == "staff.right.missing"
    legal.grant(counter.owner, visit.walk_id, "fraud", "wechat")
    assert "proposal.legal" in {reason.code for reason in visit.view.proposal.missing}


def test_a_clerk_does_not_write_a_legal_sum_in_the_managers_name(counter: Counter) -> None:
    """The figure and who decided stand on the paper as they were chosen: only `legal.grant` may choose them."""
    visit = coming_back(counter, 19_900)
    forged = {"what": "退一赔三", "amount_fen": 900_000, "basis": "消法 55，王店长决定", "legal": "fraud"}
    with pytest.raises(UserError) as refused:
        visit.choose(compensation={**forged, "tender": "bank"})
    assert code_of(refused.value) == "staff.right.missing"
    assert "compensation" not in visit.walk.choices


def test_legal_compensation_stands_beside_the_refund_and_is_reversed_like_any_paper(counter: Counter) -> None:
    visit = coming_back(counter, 19_900)
    boss = counter.owner
    legal.grant(boss, visit.walk_id, "fraud", "wechat")
    visit.waive()
    question = approvals.request(boss, visit.case_id).value
    approvals.approve_now(boss, question.id, 3, "3456", "投诉属实")
    form = forms.form_to_sign(boss, visit.case_id)
    forms.sign(boss, visit.case_id, form.content_hash, [[(10, 20), (60, 80), (120, 40)]])
    posted = posting.post(boss, visit.case_id, counter.request(), form.figures_hash).value
    assert {paper.prefix: paper.amount_fen for paper in posted.documents} == {
        "TH": 0,
        "TK": 19_900,
        "BC": 59_700,
    }
    assert {one.purpose: one.amount_fen for one in visit.case.settlements} == {
        "refund": 19_900,
        "compensation": 59_700,
    }
    assert [(row.kind, row.basis) for row in Compensation.select()] == [
        ("legal", "消费者权益保护法 55，王店长决定")
    ]
    paper = next(one.number for one in posted.documents if one.prefix == "BC")
    reversal.reverse(counter.as_staff(3), paper, "判错", counter.request(), by=(1, "1234"), whole=False)
    assert sum(row.amount_fen for row in Compensation.select()) == 0
    assert {one.purpose for one in visit.case.settlements if one.open_fen} == {"refund"}


@pytest.mark.parametrize(
    ("claim", "amount", "reason", "code"),
    [
        ("harm", 50_000, "", "legal.reason"),
        ("harm", 140_001, "多", "legal.too_much"),
        ("harm", 0, "少", "legal.too_much"),
        ("fraud", 30_000, "少", "legal.fixed"),
    ],
)
def test_only_where_the_law_names_the_most_less_is_granted_and_with_a_reason(
    counter: Counter, claim: legal.Claim, amount: int, reason: str, code: str
) -> None:
    visit = coming_back(counter, 19_900)
    with pytest.raises(UserError) as refused:
        legal.grant(counter.owner, visit.walk_id, claim, "wechat", 70_000, amount, reason)
    assert code_of(refused.value) == code


def test_a_court_grants_less_for_harm_and_the_reason_stands_with_the_basis(counter: Counter) -> None:
    visit = coming_back(counter, 19_900)
    with pytest.raises(UserError) as refused:
        legal.grant(counter.clerk, visit.walk_id, "harm", "wechat", 70_000, 50_000, "调解书")
    assert code_of(refused.value) == "staff.right.missing"
    legal.grant(counter.owner, visit.walk_id, "harm", "wechat", 70_000, 50_000, "调解书写明")
    kept = visit.walk.choices["compensation"]
    assert (kept["legal"], kept["amount_fen"]) == ("harm", 50_000)
    assert "1,400.00" in kept["basis"].replace("1400", "1,400") and "调解书写明" in kept["basis"]
