"""Invariant 14: the ledgers only grow, and every later change of a row shows."""

from __future__ import annotations

import sqlite3

import peewee
import pytest
from fixtures_shop import AT, DAY, SmallShop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.db import guards, ledger
from counter_app.db.models import MoneyEntry, StockEntry


@pytest.fixture
def kept(shop: SmallShop) -> SmallShop:
    """A shop with three refunds in its ledgers."""
    with shop.writing():
        for _ in range(3):
            shop.refund(shop.sale())
    return shop


def test_an_unbroken_chain_holds_and_knows_its_head(kept: SmallShop) -> None:
    assert ledger.first_broken(kept.db, "money") is None
    assert ledger.first_broken(kept.db, "stock") is None
    last = MoneyEntry.select().order_by(MoneyEntry.seq.desc()).get()
    assert ledger.head(kept.db, "money") == ledger.Head(3, last.hash)
    assert last.hash == ledger.link(last.prev_hash, last.canonical)
    assert StockEntry.select().count() == 6


def test_an_empty_ledger_has_a_head_of_its_own(shop: SmallShop) -> None:
    assert ledger.head(shop.db, "stock") == ledger.Head(0, "0" * 64)


@pytest.mark.parametrize(
    ("seq", "previous"), [(5, "last"), (3, "last"), (4, "other"), (0, "last"), (-1, "last"), (4, "first")]
)
def test_a_row_out_of_turn_or_with_another_past_is_refused(
    kept: SmallShop, stranger: sqlite3.Connection, seq: int, previous: str
) -> None:
    rows = {"last": 3, "first": 1}
    past = MoneyEntry.get_by_id(rows[previous]).hash if previous in rows else "f" * 64
    with pytest.raises(sqlite3.IntegrityError, match=r"guard\.(chain|exists)"):
        stranger.execute(
            "INSERT OR REPLACE INTO money_entry (seq, kind, tender, amount_fen, at, business_date, canonical,"
            " format, prev_hash, hash) VALUES (?, 'paid', 'cash', 1, 1, '2026-03-05', '[]', 1, ?, 'new')",
            (seq, past),
        )


def test_a_ledger_row_belongs_into_a_transaction(shop: SmallShop) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        ledger.append_money(shop.db, kind="paid", tender="cash", amount_fen=1, at=AT, business_date=DAY)


def test_a_posting_that_fails_leaves_nothing_in_the_chain(kept: SmallShop) -> None:
    with pytest.raises(KeyError), kept.writing():
        ledger.append_money(kept.db, kind="paid", tender="cash", amount_fen=1, at=AT, business_date=DAY)
        raise KeyError("power")
    assert ledger.head(kept.db, "money").rows == 3


TAMPERING = [
    ("UPDATE money_entry SET amount_fen = -1 WHERE seq = 2", 2, "verify.chain_columns"),
    ("UPDATE money_entry SET tender = 'wechat' WHERE seq = 3", 3, "verify.chain_columns"),
    (
        "UPDATE money_entry SET canonical = replace(canonical, '12900', '12901') WHERE seq = 2",
        2,
        "verify.chain_hash",
    ),
    ("UPDATE money_entry SET hash = 'x' WHERE seq = 1", 1, "verify.chain_hash"),
    ("UPDATE money_entry SET prev_hash = 'x' WHERE seq = 2", 2, "verify.chain_previous"),
    ("UPDATE money_entry SET format = 2 WHERE seq = 2", 2, "verify.chain_format"),
    ("DELETE FROM money_entry WHERE seq = 2", 3, "verify.chain_gap"),
    ("UPDATE document SET content_hash = 'x' WHERE prefix = 'TK' AND id = 2", 1, "verify.chain_document"),
]


@pytest.mark.parametrize(("sql", "row", "code"), TAMPERING)
def test_whatever_the_owner_of_the_file_changes_the_first_broken_row_is_named(
    kept: SmallShop, stranger: sqlite3.Connection, sql: str, row: int, code: str
) -> None:
    for name in guards.present(kept.db):
        stranger.execute(f'DROP TRIGGER "{name}"')
    stranger.execute(sql)
    assert ledger.first_broken(kept.db, "money") == ledger.BrokenRow(row, code)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    serial=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    quantity=st.integers(1, 2**53),
)
def test_any_text_and_quantity_keeps_its_hash(shop: SmallShop, serial: str, quantity: int) -> None:
    with shop.writing():
        ledger.append_stock(
            shop.db,
            kind="count",
            from_place="OUT",
            to_place="V1",
            quantity_milli=quantity,
            at=AT,
            business_date=DAY,
            product_id=shop.kettle.id,
            serial=serial,
        )
    assert ledger.first_broken(shop.db, "stock") is None


def test_a_kind_that_is_not_in_the_list_is_refused(shop: SmallShop) -> None:
    with pytest.raises(peewee.IntegrityError, match="CHECK"), shop.writing():
        ledger.append_money(shop.db, kind="gift", tender="cash", amount_fen=1, at=AT, business_date=DAY)
    assert ledger.head(shop.db, "money").rows == 0
