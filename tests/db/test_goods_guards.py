"""Invariants 1 and 10 in the database: never more back than sold, goods move once, spoilt goods never sell."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fixtures_shop import AT, DAY, SmallShop, open_small_shop
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.db import ledger
from counter_app.db.models import CaseLine, DocumentLine, SaleLine, StockEntry
from counter_app.domain.errors import CounterError, UserError


def code_of(caught: pytest.ExceptionInfo[CounterError]) -> str:
    return caught.value.code


def test_a_line_cannot_be_in_two_cases_for_more_than_was_sold(shop: SmallShop) -> None:
    line = shop.sale(quantity_milli=3000)
    shop.case_line(line, 2000)
    with pytest.raises(UserError) as caught, shop.writing():
        shop.case_line(line, 2000)
    assert code_of(caught) == "guard.overreturned"
    shop.case_line(line, 1000)
    assert CaseLine.select().count() == 2


def test_a_released_quantity_can_be_taken_up_again_but_not_beyond_what_was_sold(shop: SmallShop) -> None:
    line = shop.sale(quantity_milli=1000)
    first = shop.case_line(line)
    CaseLine.update(state="released").where(CaseLine.id == first.id).execute()
    shop.case_line(line)
    with pytest.raises(UserError) as caught:
        CaseLine.update(state="reserved").where(CaseLine.id == first.id).execute()
    assert code_of(caught) == "guard.overreturned"


def test_a_case_line_cannot_be_moved_to_another_sale_line(shop: SmallShop) -> None:
    taken, other = shop.case_line(shop.sale()), shop.sale()
    with pytest.raises(CounterError) as caught:
        CaseLine.update(sale_line=other).where(CaseLine.id == taken.id).execute()
    assert code_of(caught) == "guard.frozen"


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO case_line SELECT id + 100, case_id, walk_id, sale_line_id, state, quantity_milli,"
        " received_milli, accepted_milli, damaged_milli, rejected_milli, reason, liability, condition,"
        " disposition, serial, checks, deduction_fen, deduction_reason, note, NULL, NULL, NULL"
        " FROM case_line",
        "UPDATE case_line SET quantity_milli = 2000",
        "UPDATE OR REPLACE case_line SET quantity_milli = 1001",
    ],
)
def test_another_program_cannot_take_back_more_than_was_sold(
    shop: SmallShop, stranger: sqlite3.Connection, sql: str
) -> None:
    shop.case_line(shop.sale())
    with pytest.raises(sqlite3.IntegrityError, match=r"guard\.overreturned"):
        stranger.execute(sql)


@settings(max_examples=40)
@given(
    sold=st.integers(1, 5),
    asked=st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(["reserved", "returned", "kept", "released"]))
    ),
)
def test_whatever_is_asked_never_more_comes_back_than_was_sold(
    like: Path, tmp_path_factory: pytest.TempPathFactory, sold: int, asked: list[tuple[int, str]]
) -> None:
    shop = open_small_shop(tmp_path_factory.mktemp("shop") / "数据", like)
    try:
        line = shop.sale(quantity_milli=sold * 1000)
        held = 0
        for quantity, state in asked:
            holds = quantity * 1000 if state in {"reserved", "returned"} else 0
            if held + holds > sold * 1000:
                with pytest.raises(UserError), shop.writing():
                    shop.case_line(line, quantity * 1000, state=state)
            else:
                shop.case_line(line, quantity * 1000, state=state)
                held += holds
    finally:
        shop.db.close()


def test_documents_cannot_bring_in_more_than_was_sold_and_a_reversal_gives_it_free(shop: SmallShop) -> None:
    line = shop.sale(quantity_milli=1000)
    taken = shop.case_line(line, received_milli=1000, accepted_milli=1000)
    receipt = shop.document("TH", taken.case)
    brought = shop.document_line(receipt, taken, "in", 1000)
    with pytest.raises(UserError) as caught:
        shop.document_line(shop.document("TH", taken.case), taken, "in", 1000)
    assert code_of(caught) == "guard.overreturned"
    undone = shop.document("TH", taken.case, reverses=receipt)
    shop.document_line(undone, taken, "in", -1000, reverses_line=brought)
    shop.document_line(shop.document("TH", taken.case), taken, "in", 1000)


def test_a_repair_may_take_the_same_article_in_twice(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale())
    for _ in range(2):
        order = shop.document("WX", taken.case)
        shop.document_line(order, taken, "in", 1000)
    assert DocumentLine.select().count() == 2


def test_only_the_parts_of_a_split_line_come_back(shop: SmallShop) -> None:
    whole = shop.sale(paid_fen=300, indivisible=True)
    part = {"sale": whole.sale, "name": "杯", "quantity_milli": 1000, "unit_price_fen": 100, "list_fen": 100}
    SaleLine.create(**part, line_no=2, paid_fen=200, split_of=whole)
    with pytest.raises(UserError) as over:
        SaleLine.create(**part, line_no=3, paid_fen=101, split_of=whole)
    assert code_of(over) == "guard.split_paid"
    with pytest.raises(UserError) as caught:
        shop.case_line(whole)
    assert code_of(caught) == "guard.split_line"


def test_a_line_in_use_can_no_longer_be_split(shop: SmallShop) -> None:
    whole = shop.sale(paid_fen=300)
    shop.case_line(whole)
    with pytest.raises(UserError) as caught:
        SaleLine.create(
            sale=whole.sale,
            line_no=2,
            name="杯",
            quantity_milli=1000,
            unit_price_fen=1,
            list_fen=1,
            paid_fen=1,
            split_of=whole,
        )
    assert code_of(caught) == "guard.split_used"


@pytest.mark.parametrize(("received", "accepted"), [(1000, 0), (2000, 1000)])
def test_goods_that_came_back_are_refunded_only_when_accepted(
    shop: SmallShop, received: int, accepted: int
) -> None:
    taken = shop.case_line(
        shop.sale(quantity_milli=2000), 2000, received_milli=received, accepted_milli=accepted
    )
    refund = shop.document("TK", taken.case)
    with pytest.raises(UserError) as caught, shop.writing():
        shop.document_line(refund, taken, "none", 2000, 12900)
    assert code_of(caught) == "guard.not_accepted"


def test_an_inspection_cannot_be_lowered_below_what_was_refunded(shop: SmallShop) -> None:
    shop.refund(shop.sale())
    with pytest.raises(UserError) as caught:
        CaseLine.update(accepted_milli=0).execute()
    assert code_of(caught) == "guard.not_accepted"


def test_a_refund_without_return_needs_no_inspection(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale())
    refund = shop.document("TK", taken.case)
    shop.document_line(refund, taken, "none", 1000, 12900)
    assert CaseLine.get().accepted_milli == 0


def test_goods_are_received_and_disposed_of_once(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale(quantity_milli=2000), 2000)
    with shop.writing():
        shop.stock(taken, "received", "OUT", "V0", 2000)
        shop.stock(taken, "disposed", "V0", "V1", 1000)
        shop.stock(taken, "disposed", "V0", "V5", 1000)
    for move in (("received", "OUT", "V0"), ("disposed", "V0", "V1"), ("handed_back", "V0", "OUT")):
        with pytest.raises(CounterError) as caught, shop.writing():
            shop.stock(taken, *move, 1000)
        assert code_of(caught) == "guard.moved_twice"
    assert StockEntry.select().count() == 3


def test_a_reversal_takes_goods_out_again_once_and_then_they_may_come_in_anew(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale())
    with shop.writing():
        shop.stock(taken, "received", "OUT", "V0", 1000)
        shop.stock(taken, "disposed", "V0", "V1", 1000)
        shop.stock(taken, "reversed", "V1", "V0", 1000)
        shop.stock(taken, "reversed", "V0", "OUT", 1000)
    with pytest.raises(CounterError) as caught, shop.writing():
        shop.stock(taken, "reversed", "V0", "OUT", 1000)
    assert code_of(caught) == "guard.moved_twice"
    with shop.writing():
        shop.stock(taken, "received", "OUT", "V0", 1000)


def test_one_document_line_moves_its_goods_once(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale())
    line = shop.document_line(shop.document("HH", taken.case), taken, "out", 1000)
    issue = {
        "kind": "issued",
        "from_place": "V1",
        "to_place": "OUT",
        "quantity_milli": 1000,
        "at": AT,
        "business_date": DAY,
        "case_line_id": taken.id,
        "document_line_id": line.id,
        "document_id": line.document_id,
    }
    with shop.writing():
        ledger.append_stock(shop.db, **issue)
    with pytest.raises(CounterError) as caught, shop.writing():
        ledger.append_stock(shop.db, **issue)
    assert code_of(caught) == "guard.moved_twice"


@pytest.mark.parametrize("place", ["V1", "V2", "V4", "V7", "V13"])
def test_expired_goods_are_destroyed_or_sealed_and_nothing_else(shop: SmallShop, place: str) -> None:
    taken = shop.case_line(shop.sale(), received_milli=1000, condition="K14")
    with pytest.raises(UserError) as caught:
        CaseLine.update(disposition=place).execute()
    assert code_of(caught) == "guard.spoilt"
    with shop.writing():
        shop.stock(taken, "received", "OUT", "V0", 1000)
    with pytest.raises(UserError) as moved, shop.writing():
        shop.stock(taken, "disposed", "V0", place, 1000)
    assert code_of(moved) == "guard.spoilt"
    CaseLine.update(disposition="V6").execute()
    with shop.writing():
        shop.stock(taken, "disposed", "V0", "V6", 1000)
