"""Two windows, as two processes on one shop, do the same thing through the services: it happens once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from racing import together
from visits import Counter, Visit, build_shop, opened
from window_racing import start

from counter_app.db.models import Document, Posting, Proof, StockEntry
from counter_app.domain.new_sale import NewLine
from counter_app.services import approvals, posting, products, shift


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there
        there.sound()


def race(counter: Counter, act: str, *calls: tuple[Any, ...]) -> list[str]:
    """Let one window per call do `act` at the same moment, as the clerk; what each of them was told, sorted."""
    return sorted(together(*(start(counter.desk.folder, 2, act, *call) for call in calls)))


def ready_return(counter: Counter, **sale: Any) -> tuple[Visit, str]:
    visit = counter.visit(counter.simple_sale(**sale))
    visit.go("return", "agree", "in_person", "fit")
    return visit, visit.sign()


# --- 6 and 7: one wish, one deed; what is posted is what was shown -------------------------------------


def test_a_double_press_in_two_windows_refunds_once(counter: Counter) -> None:
    visit, figures = ready_return(counter)
    said = race(counter, "posting.post", *[(visit.case_id, "one wish", figures)] * 2)
    assert said == ["done", "done before"]
    assert Document.select().where(Document.prefix == "TK").count() == 1


def test_two_windows_with_wishes_of_their_own_refund_once(counter: Counter) -> None:
    visit, figures = ready_return(counter)
    said = race(counter, "posting.post", (visit.case_id, "mine", figures), (visit.case_id, "yours", figures))
    assert said.count("done") == 1 and "done before" not in said, said
    assert Document.select().where(Document.prefix == "TK").count() == 1
    assert Posting.select().where(Posting.kind == "post").count() == 1


# --- 5 and 10: goods ----------------------------------------------------------------------------------


def test_two_exchanges_cannot_both_hand_out_the_last_piece(counter: Counter) -> None:
    first = counter.simple_sale(stock=1)
    product = first.lines[0].product_id
    assert product is not None
    second = counter.sell(NewLine("保温杯", 1000, 19900, product_id=product), tenders={"cash": 19900})
    wishes = []
    for sale in (first, second):
        visit = counter.visit(sale)
        visit.go("exchange", "fit", "same", "handed_over")
        wishes.append((visit.case_id, f"exchange-{visit.case_id}", visit.sign()))
    said = race(counter, "posting.post", *wishes)
    assert said.count("done") == 1, said
    assert StockEntry.select().where(StockEntry.kind == "issued").count() == 1
    assert products.stock_on_hand(counter.owner, product) >= 0


# --- 9: reversals -------------------------------------------------------------------------------------


def test_a_document_is_reversed_once(counter: Counter) -> None:
    counter.open_drawer()
    visit, _ = ready_return(counter, tender="wechat")
    number = visit.post().documents[1].number
    calls = [
        start(counter.desk.folder, 1, "reversal.reverse", number, "金额录错", wish, by=counter.boss)
        for wish in ("mine", "yours")
    ]
    said = sorted(together(*calls))
    assert said.count("done") == 1, said
    assert Document.select().where(Document.reverses.is_null(False), Document.prefix == "TK").count() == 1


# --- 11 and 13: money and approvals -------------------------------------------------------------------


def test_one_drawer_does_not_pay_out_twice_what_it_holds(counter: Counter) -> None:
    shift.open_shift(counter.owner, 20_000)
    shift.close_shift(counter.owner, 20_000)
    wishes = []
    for number in range(2):
        visit, figures = ready_return(counter)
        owed = posted_without_drawer(visit, figures, number)
        wishes.append((owed, 19_900, "cash", "", f"pay-{number}"))
    shift.open_shift(counter.owner, 20_000)
    said = race(counter, "settling.pay", *wishes)
    assert said == ["done", "settling.drawer"]
    assert shift.cash_in_drawer(counter.owner) == 100


def posted_without_drawer(visit: Visit, figures: str, number: int) -> int:
    """Post while no drawer is open: what is owed stays owed. Returns the settlement."""
    return posting.post(visit.counter.clerk, visit.case_id, f"post-{number}", figures).value.owed[0].id


def test_one_refund_is_not_paid_by_two_windows(counter: Counter) -> None:
    visit, figures = ready_return(counter, tender="wechat")
    owed = posted_without_drawer(visit, figures, 1)
    said = race(
        counter,
        "settling.pay",
        (owed, 19_900, "wechat", "4200001", "mine"),
        (owed, 19_900, "wechat", "4200002", "yours"),
    )
    assert said == ["done", "settling.amount"]
    assert Proof.select().count() == 1


def test_an_approval_is_answered_once(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=30_000))
    visit.go("return", "agree", "in_person", "fit")
    asked = approvals.request(counter.clerk, visit.case_id, walk_id=visit.walk_id).value
    said = race(counter, "approvals.approve_now", *[(asked.id, 3, "3456", "同意")] * 2)
    assert said == ["approval.answered", "done"]
