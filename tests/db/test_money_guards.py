"""Invariants 2, 3, 9 and 11 in the database: never more money back than was paid."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fixtures_shop import AT, DAY, SmallShop, open_small_shop
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.db.models import (
    Approval,
    Deposit,
    DepositMove,
    Document,
    SaleLine,
    SaleTender,
    Settlement,
    Shift,
)
from counter_app.domain.errors import CounterError, UserError


def code_of(caught: pytest.ExceptionInfo[CounterError]) -> str:
    return caught.value.code


def test_a_line_is_never_refunded_beyond_what_was_paid_for_it(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale(paid_fen=10000, freight_fen=500))
    shop.document_line(shop.document("ZJ", taken.case), taken, "none", 1000, 4000)
    with pytest.raises(UserError) as caught, shop.writing():
        shop.document_line(shop.document("TK", taken.case), taken, "none", 1000, 6501)
    assert code_of(caught) == "guard.overrefunded"
    shop.document_line(shop.document("TK", taken.case), taken, "none", 1000, 6500)


@settings(max_examples=40)
@given(paid=st.integers(0, 5000), asked=st.lists(st.integers(1, 4000), max_size=6))
def test_no_row_of_refunds_exceeds_what_was_paid(
    like: Path, tmp_path_factory: pytest.TempPathFactory, paid: int, asked: list[int]
) -> None:
    shop = open_small_shop(tmp_path_factory.mktemp("shop") / "数据", like)
    try:
        taken = shop.case_line(shop.sale(paid_fen=paid))
        back = 0
        for amount in asked:
            if back + amount > paid:
                with pytest.raises(UserError), shop.writing():
                    refund = shop.document("TK", taken.case)
                    shop.document_line(refund, taken, "none", 1000, amount)
            else:
                shop.document_line(shop.document("TK", taken.case), taken, "none", 1000, amount)
                back += amount
    finally:
        shop.db.close()


def test_compensation_is_not_a_refund_of_goods(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale(paid_fen=100))
    shop.document_line(shop.document("TK", taken.case), taken, "none", 1000, 100)
    extra = shop.document_line(shop.document("BC", taken.case), taken, "none", 1000, 50000)
    assert extra.id == 2


def test_a_negative_amount_exists_only_in_a_reversal(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale())
    refund = shop.document("TK", taken.case)
    for quantity, amount in ((1000, -1), (-1000, 1)):
        with pytest.raises(CounterError) as caught:
            shop.document_line(refund, taken, "none", quantity, amount)
        assert code_of(caught) == "guard.negative_refund"
    with pytest.raises(CounterError) as owed:
        shop.settlement(refund, -100)
    assert code_of(owed) == "guard.negative_refund"


def test_a_tender_gives_back_no_more_than_it_took(shop: SmallShop) -> None:
    line = shop.sale(paid_fen=10000, tenders={"cash": 4000, "wechat": 6000})
    taken = shop.case_line(line)
    refund = shop.document("TK", taken.case)
    with shop.writing():
        shop.settlement(refund, 4000, "cash")
    for tender, amount in (("cash", 1), ("alipay", 1), ("wechat", 6001)):
        with pytest.raises(UserError) as caught, shop.writing():
            shop.settlement(refund, amount, tender)
        assert code_of(caught) in {"guard.tender_exceeded", "guard.overrefunded"}
    with shop.writing():
        shop.settlement(refund, 6000, "wechat")
    assert Settlement.select().count() == 2


def test_another_way_back_needs_an_approval_that_was_given(shop: SmallShop) -> None:
    line = shop.sale(paid_fen=10000, tenders={"wechat": 10000})
    taken = shop.case_line(line)
    refund = shop.document("TK", taken.case)
    asked = shop.approval(taken.case)
    with pytest.raises(UserError) as caught, shop.writing():
        shop.settlement(refund, 10000, "cash", override=asked)
    assert code_of(caught) == "guard.override_not_approved"
    Approval.update(decision="approve", decided_by=shop.boss, decided_at=AT).execute()
    with shop.writing():
        shop.settlement(refund, 10000, "cash", override=asked)
    with pytest.raises(UserError) as total, shop.writing():
        shop.settlement(refund, 1, "wechat")
    assert code_of(total) == "guard.overrefunded"


def test_tenders_added_later_cannot_make_room_for_more(shop: SmallShop) -> None:
    line = shop.sale(paid_fen=100)
    with pytest.raises(CounterError) as caught:
        SaleTender.create(sale=line.sale, tender="wechat", paid_fen=1)
    assert code_of(caught) == "guard.tenders_over"


def test_a_line_added_later_cannot_make_room_for_more(shop: SmallShop) -> None:
    line = shop.sale(paid_fen=100, freight_fen=10)
    with pytest.raises(CounterError) as caught:
        SaleLine.create(
            sale=line.sale,
            line_no=2,
            name="杯",
            quantity_milli=1000,
            unit_price_fen=1,
            list_fen=1,
            paid_fen=1,
        )
    assert code_of(caught) == "guard.lines_over"


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_another_program_cannot_refund_twice(
    shop: SmallShop, stranger: sqlite3.Connection, verb: str
) -> None:
    shop.refund(shop.sale())
    with pytest.raises(sqlite3.IntegrityError, match=r"guard\.(overrefunded|tender_exceeded)"):
        stranger.execute(
            f"{verb} INTO settlement (document_id, case_id, sale_id, direction, purpose, tender, amount_fen,"
            " business_date, at) SELECT document_id, case_id, sale_id, direction, purpose, tender, 1,"
            " business_date, at FROM settlement"
        )
    with pytest.raises(sqlite3.IntegrityError, match=r"guard\.(overrefunded|not_accepted)"):
        stranger.execute(
            f"{verb} INTO document_line (document_id, line_no, case_line_id, sale_line_id, direction,"
            " quantity_milli, amount_fen) SELECT document_id, 9, case_line_id, sale_line_id, direction, 0, 1"
            " FROM document_line WHERE amount_fen > 0"
        )


def reverse(shop: SmallShop, document: Document) -> Document:
    undone = shop.document(document.prefix, document.case, reverses=document)
    for line in document.lines:
        shop.document_line(
            undone, line.case_line, line.direction, -line.quantity_milli, -line.amount_fen, reverses_line=line
        )
    return undone


def test_a_reversed_refund_may_be_made_again(shop: SmallShop) -> None:
    line = shop.sale()
    first = shop.refund(line)
    with shop.writing():
        shop.settlement(reverse(shop, first), -12900)
        again = shop.document("TK", first.case)
        shop.document_line(again, first.lines.get().case_line, "none", 1000, 12900)
        shop.settlement(again, 12900)
    assert sum(owed.amount_fen for owed in Settlement.select()) == 12900


def test_a_document_is_reversed_once_and_a_reversal_never(shop: SmallShop) -> None:
    refund = shop.refund(shop.sale())
    undone = reverse(shop, refund)
    for target, code in ((refund, "guard.reversed_twice"), (undone, "guard.reversal_reversed")):
        with pytest.raises(UserError) as caught, shop.writing():
            shop.document("TK", refund.case, reverses=target)
        assert code_of(caught) == code


@pytest.mark.parametrize(("quantity", "amount"), [(-1000, -12899), (-999, -12900), (1000, -12900)])
def test_a_reversing_line_undoes_exactly_its_line(shop: SmallShop, quantity: int, amount: int) -> None:
    refund = shop.refund(shop.sale())
    line = refund.lines.get()
    undone = shop.document("TK", refund.case, reverses=refund)
    with pytest.raises(CounterError) as caught:
        shop.document_line(undone, line.case_line, "none", quantity, amount, reverses_line=line)
    assert code_of(caught) == "guard.reversal_differs"


def test_cash_needs_an_open_shift(shop: SmallShop) -> None:
    owed = shop.refund(shop.sale()).settlements.get()
    with pytest.raises(UserError) as none, shop.writing():
        shop.proof(owed, 100, None)
    assert code_of(none) == "guard.no_open_shift"
    shift = shop.shift()
    with shop.writing():
        shop.proof(owed, 100, shift)
    Shift.update(closed_at=AT, closed_by=shop.boss).execute()
    with pytest.raises(UserError) as closed, shop.writing():
        shop.proof(owed, 100, shift)
    assert code_of(closed) == "guard.no_open_shift"


def test_no_more_is_paid_than_is_owed(shop: SmallShop) -> None:
    owed = shop.refund(shop.sale()).settlements.get()
    shift = shop.shift()
    with shop.writing():
        shop.proof(owed, 12000, shift)
    for amount, code in ((901, "guard.overpaid"), (-12000, "guard.correction_differs")):
        with pytest.raises(CounterError) as caught, shop.writing():
            shop.proof(owed, amount, shift)
        assert caught.value.code == code
    with shop.writing():
        shop.proof(owed, 900, shift)


def test_a_deposit_is_given_back_or_kept_once(shop: SmallShop) -> None:
    taken = shop.case_line(shop.sale())
    paper = shop.document("YJ", taken.case)
    held = Deposit.create(document=paper, case=taken.case, tender="cash", amount_fen=500, at=AT)
    DepositMove.create(deposit=held, kind="kept", amount_fen=200, document=paper, at=AT)
    with pytest.raises(UserError) as caught:
        DepositMove.create(deposit=held, kind="returned", amount_fen=301, document=paper, at=AT)
    assert code_of(caught) == "guard.deposit_exceeded"
    assert paper.business_date == DAY
