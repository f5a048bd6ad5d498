"""Money back another way than it was paid: what is left of each tender, after overrides and their reversals."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from visits import Counter, Visit, build_shop, opened

from counter_app.db import guards
from counter_app.db.connection import FILE_NAME
from counter_app.db.verify import verify
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.domain.sale_views import SaleView
from counter_app.services import approvals, reversal, settling

WAYS = ("cash", "card", "wechat")


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


def mixed(counter: Counter, tenders: dict[str, int], units: int = 2) -> SaleView:
    price = sum(tenders.values()) // units
    product = counter.product(price_fen=price)
    return counter.sell(NewLine("杯", units * 1000, price, product_id=product), tenders=tenders)


def back(counter: Counter, sale: SaleView, way: str = "", units: int = 1) -> Visit:
    """Units come back; another way than the one they were paid by is approved by the supervisor."""
    visit = counter.visit(sale, units)
    visit.go("return", "agree", "in_person", "fit")
    if way:
        visit.plan(refund_way=way, refund_way_reason="顾客的卡已注销")
        if any(not need.node for walk in visit.view.proposal.walks for need in walk.approvals):
            question = approvals.request(counter.clerk, visit.case_id).value
            approvals.approve_now(counter.clerk, question.id, *counter.boss, "同意换方式")
    visit.post()
    return visit


def paid_back(visit: Visit) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for one in visit.case.settlements:
        found[one.tender] += one.amount_fen
    return dict(found)


@pytest.mark.parametrize(
    ("first", "second", "ways"),
    [
        ("cash", "", {"cash": 5000, "card": 5000}),
        ("cash", "cash", {"cash": 10000}),
        ("cash", "card", {"card": 10000}),
        ("wechat", "", {"cash": 5000, "card": 5000}),
        ("wechat", "wechat", {"wechat": 10000}),
        ("card", "cash", {"cash": 10000}),
    ],
)
def test_after_an_approved_other_way_the_next_unit_still_gives_back_what_is_left(
    counter: Counter, first: str, second: str, ways: dict[str, int]
) -> None:
    sale = mixed(counter, {"cash": 10000, "card": 10000})
    assert sum(paid_back(back(counter, sale, first)).values()) == 10000
    assert paid_back(back(counter, sale, second)) == ways


@pytest.mark.parametrize(
    "tenders", [("cash", "wechat"), ("wechat", "cash"), ("wechat", "alipay"), ("card", "cash")]
)
def test_both_units_go_back_in_one_visit_by_one_of_the_ways_they_were_paid(
    counter: Counter, tenders: tuple[str, str]
) -> None:
    sale = mixed(counter, dict.fromkeys(tenders, 10000))
    assert paid_back(back(counter, sale, tenders[0], 2)) == {tenders[0]: 20000}


def test_a_reversed_override_gives_its_room_back(counter: Counter) -> None:
    sale = mixed(counter, {"cash": 10000, "card": 10000})
    first = back(counter, sale, "cash")
    refund = next(one.number for one in first.case.documents if one.prefix == "TK")
    reversal.reverse(counter.owner, refund, "录错", counter.request(), by=counter.boss)
    assert paid_back(back(counter, sale)) == {"cash": 5000, "card": 5000}
    assert paid_back(back(counter, sale, "card")) == {"card": 10000}


def test_what_an_override_stood_for_is_not_there_a_second_time(counter: Counter) -> None:
    sale = mixed(counter, {"cash": 10000, "card": 10000}, 4)
    back(counter, sale, "wechat", 2)
    visit = back(counter, sale, "", 2)
    assert paid_back(visit) == {"cash": 5000, "card": 5000}
    with pytest.raises(UserError):
        back(counter, sale)


def test_a_refund_beyond_a_tender_is_found_also_where_an_override_stands(
    first_day: Path, tmp_path: Path
) -> None:
    """Another program with the file open: the override of one refund is no licence for the next."""
    with opened(first_day, tmp_path / "shop") as counter:
        counter.open_drawer()
        sale = mixed(counter, {"cash": 10000, "card": 10000})
        back(counter, sale, "cash")
        later = back(counter, sale)
        assert verify(counter.desk.db, counter.desk.folder) == []
        for name in guards.present(counter.desk.db):
            counter.desk.db.execute_sql(f'DROP TRIGGER "{name}"')
        stranger = sqlite3.connect(counter.desk.folder / FILE_NAME)
        with stranger:
            stranger.execute(
                "UPDATE settlement SET tender = 'cash' WHERE case_id = ? AND tender = 'card'",
                (later.case_id,),
            )
        stranger.close()
        guards.install(counter.desk.db)
        found = {(one.table, one.code) for one in verify(counter.desk.db, counter.desk.folder)}
    assert ("settlement", "guard.tender_exceeded") in found


@given(
    shares=st.lists(st.integers(1, 3333), min_size=1, max_size=3),
    units=st.integers(2, 5),
    acts=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(("", "", *WAYS)), st.booleans()), max_size=8),
)
@settings(
    max_examples=int(os.environ.get("TRIPS", "5")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_money_that_is_left_is_never_refused_and_never_more_goes_back_than_was_paid(
    first_day: Path,
    tmp_path_factory: pytest.TempPathFactory,
    shares: list[int],
    units: int,
    acts: list[tuple[int, str, bool]],
) -> None:
    shares[0] += -sum(shares) % units
    with opened(first_day, tmp_path_factory.mktemp("trip") / "shop") as counter:
        counter.open_drawer()
        sale = mixed(counter, dict(zip(WAYS, shares, strict=False)), units)
        posted: list[tuple[Visit, int]] = []
        for count, way, undo in acts:
            if undo and posted:
                visit, gone = posted.pop(count % len(posted))
                refund = next(one.number for one in visit.case.documents if one.prefix == "TK")
                reversal.reverse(counter.owner, refund, "录错", counter.request(), by=counter.boss)
                units += gone
            elif units:
                gone = min(count, units)
                posted.append((back(counter, sale, way, gone), gone))
                units -= gone
        if units:
            posted.append((back(counter, sale, "", units), units))
        assert sum(sum(paid_back(visit).values()) for visit, _ in posted) == sum(shares)
        assert verify(counter.desk.db, counter.desk.folder) == []


def test_a_reversal_asks_back_what_was_paid_by_each_way_once(counter: Counter) -> None:
    """Half of it in cash as it was paid, half of it in cash for the card: two rows of one document, equal in all."""
    sale = mixed(counter, {"cash": 10000, "card": 10000})
    visit = back(counter, sale, "cash", 2)
    refund = next(one.number for one in visit.case.documents if one.prefix == "TK")
    reversal.reverse(counter.owner, refund, "录错", counter.request(), by=counter.boss)
    assert settling.owed(counter.clerk) == ()
    assert sum(one.settled_fen for one in visit.case.settlements) == 0
    assert [one.open_fen for one in visit.case.settlements] == [0, 0, 0, 0]
