"""Two windows at once, as two processes on one file: what may happen once happens once."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path
from typing import Any

from fixtures_shop import AT, DAY, SmallShop

from counter_app.db import connection, ledger
from counter_app.db.models import (
    CaseLine,
    Document,
    MoneyEntry,
    Number,
    Posting,
    Proof,
    Sale,
    SaleLine,
    Settlement,
)
from counter_app.db.numbers import next_number
from counter_app.domain.errors import CounterError

TURNS = 20


def _child(act: str, folder: str, barrier: Any, answers: Any) -> None:
    db = connection.open_database(Path(folder), wait_ms=30_000)
    shop = SmallShop(db, Path(folder))
    barrier.wait(30)
    try:
        answers.put(ACTS[act](shop))
    finally:
        db.close()


def together(shop: SmallShop, act: str) -> Counter[str]:
    """Let two processes do the same thing at the same moment; count what became of it."""
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    children = [
        context.Process(target=_child, args=(act, str(shop.folder), barrier, answers)) for _ in range(2)
    ]
    for child in children:
        child.start()
    said: Counter[str] = Counter()
    for _ in children:
        said.update(answers.get(timeout=120))
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    return said


def _tried(shop: SmallShop, act: Any) -> str:
    try:
        with shop.writing():
            act()
    except CounterError as error:
        return error.code
    return "done"


def _take_back(shop: SmallShop) -> list[str]:
    line = SaleLine.get()
    return [_tried(shop, lambda: shop.case_line(line, 1000)) for _ in range(TURNS)]


def _refund(shop: SmallShop) -> list[str]:
    taken = CaseLine.get()

    def once() -> None:
        refund = shop.document("TK", taken.case)
        shop.document_line(refund, taken, "none", 1000, 1000)
        shop.settlement(refund, 1000)

    return [_tried(shop, once) for _ in range(TURNS)]


def _post_one_request(shop: SmallShop) -> list[str]:
    def once() -> None:
        Posting.create(request_id="one click", kind="post", content_hash="x", result="", at=AT, by=shop.clerk)

    return [_tried(shop, once) for _ in range(TURNS)]


def _number(shop: SmallShop) -> list[str]:
    return [_tried(shop, lambda: next_number(shop.db, "TK", "01", DAY, AT)) for _ in range(TURNS)]


def _pay(shop: SmallShop) -> list[str]:
    owed, shift = Settlement.get(), None
    return [_tried(shop, lambda: shop.proof(owed, 1000, shift, "wechat")) for _ in range(TURNS)]


def _reverse(shop: SmallShop) -> list[str]:
    refund = Document.get(Document.prefix == "TK")
    return [_tried(shop, lambda: shop.document("TK", refund.case, reverses=refund)) for _ in range(TURNS)]


def _ledger(shop: SmallShop) -> list[str]:
    def once() -> None:
        ledger.append_money(shop.db, kind="float", tender="cash", amount_fen=1, at=AT, business_date=DAY)

    return [_tried(shop, once) for _ in range(TURNS)]


ACTS = {
    "take back": _take_back,
    "refund": _refund,
    "request": _post_one_request,
    "number": _number,
    "pay": _pay,
    "reverse": _reverse,
    "ledger": _ledger,
}


def test_two_windows_cannot_take_back_more_than_was_sold(shop: SmallShop) -> None:
    line = shop.sale(quantity_milli=15_000)
    assert together(shop, "take back") == {"done": 15, "guard.overreturned": 2 * TURNS - 15}
    assert sum(held.quantity_milli for held in CaseLine.select()) == line.quantity_milli


def test_two_windows_cannot_refund_more_than_was_paid(shop: SmallShop) -> None:
    shop.case_line(shop.sale(quantity_milli=1000, paid_fen=7500), 1000)
    said = together(shop, "refund")
    assert said["done"] == 7
    assert said["guard.overrefunded"] + said["guard.tender_exceeded"] == 2 * TURNS - 7
    assert sum(owed.amount_fen for owed in Settlement.select()) == 7000
    assert Sale.get().paid_fen == 7500


def test_one_request_from_two_windows_is_one_posting(shop: SmallShop) -> None:
    assert together(shop, "request") == {"done": 1, "guard.request_repeated": 2 * TURNS - 1}
    assert Posting.select().count() == 1


def test_two_windows_share_one_row_of_numbers_without_gap(shop: SmallShop) -> None:
    assert together(shop, "number") == {"done": 2 * TURNS}
    given = [row.seq for row in Number.select().where(Number.prefix == "TK").order_by(Number.seq)]
    assert given == list(range(1, 2 * TURNS + 1))


def test_two_windows_cannot_pay_more_than_is_owed(shop: SmallShop) -> None:
    shop.refund(shop.sale(paid_fen=5500), amount_fen=5500)
    assert together(shop, "pay") == {"done": 5, "guard.overpaid": 2 * TURNS - 5}
    assert sum(paid.amount_fen for paid in Proof.select()) == 5000


def test_two_windows_reverse_a_document_once(shop: SmallShop) -> None:
    shop.refund(shop.sale())
    assert together(shop, "reverse") == {"done": 1, "guard.reversed_twice": 2 * TURNS - 1}


def test_two_windows_write_one_unbroken_chain(shop: SmallShop) -> None:
    assert together(shop, "ledger") == {"done": 2 * TURNS}
    assert MoneyEntry.select().count() == 2 * TURNS
    assert ledger.first_broken(shop.db, "money") is None
