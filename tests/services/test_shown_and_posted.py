"""What was shown is what is posted (invariant 7): the sum is kept from the proposal to the posting for as long as
nothing changed, and not a moment longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kept_again import checked
from racing import together
from visits import STROKES, Counter, Visit, build_shop, opened
from window_racing import start

from counter_app.db import stamp
from counter_app.db.models import Document
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.services import forms, posting, requests, visit_sum, walks


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there


@pytest.fixture
def sums(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Case by case, how often what it comes to was worked out."""
    made: list[int] = []
    usual = visit_sum.sum_of

    def counted(desk: Any, case: Any, *rest: Any) -> Any:
        made.append(case.id)
        return usual(desk, case, *rest)

    monkeypatch.setattr(visit_sum, "sum_of", counted)
    return made


def shown(counter: Counter, **sale: Any) -> tuple[Visit, forms.FormToSign]:
    """A return whose form lies before the customer."""
    visit = counter.visit(counter.simple_sale(**sale))
    visit.go("return", "agree", "in_person", "fit").waive()
    return visit, forms.form_to_sign(counter.clerk, visit.case_id)


def signed(counter: Counter, **sale: Any) -> tuple[Visit, str]:
    visit, form = shown(counter, **sale)
    forms.sign(counter.clerk, visit.case_id, form.content_hash, STROKES)
    return visit, form.figures_hash


def post(counter: Counter, visit: Visit, figures: str) -> Any:
    return posting.post(counter.clerk, visit.case_id, counter.request(), figures).value


def refused(counter: Counter, visit: Visit, figures: str) -> UserError:
    """Posting stops, and nothing was written."""
    with pytest.raises(UserError) as caught:
        post(counter, visit, figures)
    assert Document.select().where(Document.case == visit.case_id).count() == 0
    return caught.value


def behind_our_back(counter: Counter, sql: str, *params: Any) -> None:
    """Another program changes a row of the same file."""
    with closing(sqlite3.connect(counter.desk.db.file)) as other, other:
        other.execute(sql, params)


def test_from_the_proposal_to_the_posting_the_sum_is_made_once(counter: Counter, sums: list[int]) -> None:
    visit, _ = shown(counter)
    sums.clear()
    stamp.forget(counter.desk.db)
    offered = walks.view(counter.clerk, visit.case_id).proposal
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    forms.sign(counter.clerk, visit.case_id, form.content_hash, STROKES)
    posted = post(counter, visit, form.figures_hash)
    assert sums == [visit.case_id]
    assert posted.refund_fen == offered.refund_fen == 19900
    counter.sound()


def test_what_is_kept_is_what_would_be_made_anew(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    used = checked(monkeypatch)
    counter.open_drawer()
    for tender in ("cash", "wechat"):
        visit, figures = signed(counter, tender=tender)
        post(counter, visit, figures)
    same = counter.visit(counter.simple_sale())
    same.go("exchange", "fit", "same", "handed_over")
    same.post()
    assert len(used) >= 6
    counter.sound()


def test_the_result_of_a_posting_is_what_its_rows_say(counter: Counter) -> None:
    """The result is told from what was written; told from the rows, it is the same."""
    counter.open_drawer()
    for tender in ("cash", "wechat"):
        visit, figures = signed(counter, tender=tender)
        first = posting.post(counter.clerk, visit.case_id, f"once {tender}", figures)
        again = posting.post(counter.clerk, visit.case_id, f"once {tender}", figures)
        assert again.value == first.value and first.value.documents
        assert first.value.paid_now_fen == (19900 if tender == "cash" else 0)
    exchange = counter.visit(counter.simple_sale())
    exchange.go("exchange", "fit", "same", "handed_over").waive()
    figures = exchange.sign()
    told = posting.post(counter.clerk, exchange.case_id, "exchange", figures).value
    assert told == posting.post(counter.clerk, exchange.case_id, "exchange", figures).value


def test_another_window_that_takes_the_last_article_stops_the_posting(counter: Counter) -> None:
    sale = counter.simple_sale(stock=1)
    product = sale.lines[0].product_id
    visit = counter.visit(sale)
    visit.go("exchange", "fit", "same", "handed_over").waive()
    figures = visit.sign()
    assert together(start(counter.desk.folder, 1, "products.count_stock", product, 0)) == ["done"]
    assert refused(counter, visit, figures).code == "posting.figures_changed"


def test_another_program_that_changes_what_was_paid_stops_the_posting(counter: Counter) -> None:
    visit, figures = signed(counter)
    line = visit.case.lines[0].sale_line_id
    allowance = "UPDATE case_line SET deduction_fen = 500, deduction_reason = '划痕' WHERE sale_line_id = ?"
    behind_our_back(counter, allowance, line)
    error = refused(counter, visit, figures)
    assert error.code == "posting.figures_changed" and error.params["refund"] == "194.00"


def test_this_window_that_changes_the_figures_itself_stops_the_posting(counter: Counter) -> None:
    visit, figures = signed(counter)
    line = visit.case.lines[0].id
    visit.choose(deductions=[{"case_line_id": line, "kind": "damage", "amount_fen": 500, "reason": "划痕"}])
    assert refused(counter, visit, figures).code == "posting.figures_changed"


def test_an_approval_that_another_window_takes_away_stops_the_posting(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=29900))
    visit.go("return", "agree", "in_person", "fit", "approve")
    figures = visit.sign()
    assert together(start(counter.desk.folder, 1, "staff.set_role", 3, "clerk")) == ["done"]
    assert refused(counter, visit, figures).code == "posting.approver_lost_right"


def test_a_drawer_that_another_window_emptied_is_seen(counter: Counter) -> None:
    counter.open_drawer()
    visit, figures = signed(counter, tender="cash")
    said = together(
        start(counter.desk.folder, 1, "shift.close_shift", 100_000, variance_reason="", handed_to=None)
    )
    assert said == ["done"]
    assert (
        refused(counter, visit, figures).code == "posting.unsigned"
    )  # the form said "paid", it would say "owed"


def test_a_form_that_lay_there_over_midnight_is_made_anew(counter: Counter, sums: list[int]) -> None:
    visit, form = shown(counter)
    sums.clear()
    counter.clock.forward(days=1)
    tomorrow = forms.form_to_sign(counter.clerk, visit.case_id)
    assert sums == [visit.case_id]
    assert tomorrow.content_hash != form.content_hash


def test_a_signature_of_yesterday_is_not_posted_today(counter: Counter) -> None:
    visit, figures = signed(counter)
    counter.clock.forward(days=1)
    assert refused(counter, visit, figures).code == "posting.unsigned"


def test_somebody_else_at_the_same_window_gets_a_sum_of_their_own(counter: Counter, sums: list[int]) -> None:
    visit, _ = shown(counter)
    sums.clear()
    forms.form_to_sign(counter.clerk, visit.case_id)
    assert sums == []
    forms.form_to_sign(counter.owner, visit.case_id)
    assert sums == [visit.case_id]


def test_a_posting_that_was_taken_back_leaves_nothing_behind(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, figures = signed(counter)
    usual = requests.remember

    def broken(*wish: Any, **more: Any) -> int:
        usual(*wish, **more)
        raise UserError("request.empty")

    with monkeypatch.context() as patch:
        patch.setattr(requests, "remember", broken)
        assert refused(counter, visit, figures).code == "request.empty"
    assert visit.case.state == "signed"
    assert post(counter, visit, figures).refund_fen == 19900
    counter.sound()


def test_two_visits_by_turns_keep_apart(counter: Counter) -> None:
    first, one = shown(counter, price_fen=19900)
    sale = counter.sell(NewLine("茶壶", 1000, 8800), tenders={"cash": 8800})
    second = counter.visit(sale)
    second.go("return", "agree", "in_person", "fit").waive()
    other = forms.form_to_sign(counter.clerk, second.case_id)
    forms.sign(counter.clerk, first.case_id, one.content_hash, STROKES)
    forms.sign(counter.clerk, second.case_id, other.content_hash, STROKES)
    assert post(counter, second, other.figures_hash).refund_fen == 8800
    assert post(counter, first, one.figures_hash).refund_fen == 19900
    counter.sound()


def test_a_posting_happens_at_one_instant_even_while_the_clock_runs_over_midnight(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, figures = signed(counter)
    counter.clock.forward(hours=11, minutes=59)
    usual = requests.remember

    def slow(*wish: Any, **more: Any) -> int:
        counter.clock.forward(minutes=2)
        return usual(*wish, **more)

    monkeypatch.setattr(requests, "remember", slow)
    numbers = [one.number for one in post(counter, visit, figures).documents]
    rows = list(Document.select().where(Document.case == visit.case_id))
    assert {str(row.business_date) for row in rows} == {"2026-11-19"}
    assert len({row.posted_at for row in rows}) == 1
    assert all("-20261119-" in number for number in numbers)
    counter.sound()
