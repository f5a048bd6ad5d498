"""Closing a month: what is lacking is shown, nothing is dated into it any more, its archive stays as it is."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import pytest
from book import exported
from month_shop import BOSS_PIN, MonthShop

from counter_app.db.models import MonthLock, Settlement, Staff
from counter_app.db.verify import verify
from counter_app.domain.errors import UserError
from counter_app.services import month_check, month_lock, reversal


def close(shop: MonthShop, name: str, note: str = "顾客未到店，下月处理") -> Any:
    return month_lock.close(shop.boss, name, shop.request(), BOSS_PIN, note).value


def kinds(shop: MonthShop, name: str) -> set[str]:
    return {one.kind for one in month_lock.check(shop.boss, name).gaps}


def values(shop: MonthShop, name: str, language: str = "zh") -> dict[str, list[tuple[Any, ...]]]:
    book = exported(shop.boss, name, language).values
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.req("S4-85")
def test_months_are_closed_one_after_the_other(shop: MonthShop) -> None:
    assert month_lock.months(shop.boss) == ("2026-12", "2026-11", "2026-10", "2026-09", "2026-08", "2026-07",
                                            "2026-06", "2026-05", "2026-04", "2026-03")[: len(month_lock.months(shop.boss))]  # fmt: skip
    assert month_lock.first_open(shop.boss) == "2026-10"
    with pytest.raises(UserError, match=r"month\.blocked"):
        close(shop, "2026-11")
    assert close(shop, "2026-10").month == "2026-10"
    assert month_lock.first_open(shop.boss) == "2026-11"
    assert close(shop, "2026-11").missing > 0
    with pytest.raises(UserError, match=r"month\.closed"):
        close(shop, "2026-11")


def test_a_month_that_is_not_over_cannot_be_closed(shop: MonthShop) -> None:
    close(shop, "2026-10")
    close(shop, "2026-11")
    assert "not_over" in kinds(shop, "2026-12")
    with pytest.raises(UserError, match=r"month\.blocked"):
        close(shop, "2026-12")


def test_what_is_lacking_in_november_is_shown_with_its_documents(shop: MonthShop) -> None:
    gaps = month_lock.check(shop.boss, "2026-11").gaps
    owed = [one for one in gaps if one.kind == "owed"]
    assert {one.number[:2] for one in owed} <= {"TK", "HH"} and owed
    unposted = [one for one in gaps if one.kind == "unposted"]
    assert [one.number[:2] for one in unposted] == ["SH"]
    assert [one.kind for one in gaps if one.kind == "receipt"]


def test_what_is_lacking_wants_a_reason(shop: MonthShop) -> None:
    close(shop, "2026-10")
    with pytest.raises(UserError, match=r"month\.note_wanted"):
        close(shop, "2026-11", note="")


def test_closing_wants_the_right_and_the_pin(shop: MonthShop) -> None:
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        month_lock.close(shop.clerk, "2026-10", shop.request(), "1357", "")
    with pytest.raises(UserError, match=r"staff\.pin\.wrong"):
        month_lock.close(shop.boss, "2026-10", shop.request(), "0000", "")
    assert MonthLock.select().count() == 0


def test_the_same_wish_closes_once(shop: MonthShop) -> None:
    request = shop.request()
    first = month_lock.close(shop.boss, "2026-10", request, BOSS_PIN, "好").value
    assert month_lock.close(shop.boss, "2026-10", request, BOSS_PIN, "好").value == first
    assert MonthLock.select().count() == 1


def test_nothing_can_be_dated_into_a_closed_month(shop: MonthShop) -> None:
    close(shop, "2026-10")
    shop.on(date(2026, 10, 31))
    with pytest.raises(UserError, match=r"guard\.month_closed"):
        shop.returned(0, date(2026, 10, 30))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_archive_of_a_closed_month_says_the_same_for_ever(shop: MonthShop, language: str) -> None:
    close(shop, "2026-10")
    shop.on(date(2026, 12, 1))
    close(shop, "2026-11")
    before = values(shop, "2026-11", language)
    shop.on(date(2026, 12, 2))
    paper = next(
        one.number
        for one in month_lock.check(shop.boss, "2026-11").gaps
        if one.kind == "owed" and one.number[:2] == "TK"
    )
    reversal.reverse(shop.supervisor, paper, "记错商品", shop.request(), by=(1, BOSS_PIN))
    with shop.desk.db.atomic("IMMEDIATE"):
        shop.desk.db.execute_sql("UPDATE case_file SET summary = '顾客回复了'")
        shop.desk.db.execute_sql("UPDATE case_line SET note = '复检', liability = 'D1'")
        Staff.update(name="李改名").where(Staff.id == 2).execute()
    assert values(shop, "2026-11", language) == before
    path = exported(shop.boss, "2026-11", language).path
    assert month_check.check(shop.desk, path).findings == ()


def test_a_correction_of_a_closed_month_is_a_document_of_the_present_one(shop: MonthShop) -> None:
    close(shop, "2026-10")
    close(shop, "2026-11")
    shop.on(date(2026, 12, 2))
    owed = Settlement.select().where(Settlement.direction == "out").order_by(Settlement.id.desc()).first()
    reversal.reverse(shop.supervisor, owed.document.number, "记错商品", shop.request(), by=(1, BOSS_PIN))
    december = exported(shop.boss, "2026-12").rows("冲销")
    assert owed.document.number in [
        row["原单号"] if "原单号" in row else list(row.values())[1] for row in december
    ]


def test_the_kept_totals_are_told_again_by_the_ledgers(shop: MonthShop) -> None:
    kept = close(shop, "2026-10").figures
    assert kept["owed_fen"] == 12900 and kept["open_fen"] == 12900 and kept["paid_fen"] == 0
    shop.on(date(2026, 12, 3))
    assert month_lock.check(shop.boss, "2026-10").figures == kept


def test_verify_tells_a_total_that_is_no_longer_what_was_kept(shop: MonthShop) -> None:
    close(shop, "2026-10")
    assert verify(shop.desk.db, shop.desk.folder) == []
    with sqlite3.connect(shop.desk.folder / "counter.sqlite3") as stranger:
        triggers = stranger.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'month_lock'"
        ).fetchall()
        for name, _ in triggers:
            stranger.execute(f'DROP TRIGGER "{name}"')
        stranger.execute(
            "UPDATE month_lock SET figures = json_set(figures, '$.owed_fen', 1), money_head = 'x'"
        )
        for _, statement in triggers:
            stranger.execute(statement)
    found = {(one.table, one.code) for one in verify(shop.desk.db, shop.desk.folder)}
    assert {("month_lock", "verify.month"), ("month_lock", "verify.head")} <= found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_archive_made_before_the_month_was_closed_still_agrees_afterwards(
    shop: MonthShop, language: str
) -> None:
    paths = [exported(shop.boss, name, language, f"{name}.xlsx").path for name in ("2026-10", "2026-11")]
    for name in ("2026-10", "2026-11"):
        close(shop, name)
    assert [month_check.check(shop.boss, path).findings for path in paths] == [(), ()]
