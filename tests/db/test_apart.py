"""Work beside other work: results in order, errors told where they are waited for, left at once when asked."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from fixtures_shop import SmallShop
from peewee import SqliteDatabase

from counter_app.db.apart import Apart
from counter_app.db.connection import FILE_NAME
from counter_app.db.verify import CHECKS, SQLITES_OWN, verify

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


class Enough(Exception):
    """Somebody pressed cancel."""


def staff(db: SqliteDatabase) -> int:
    return int(db.execute_sql("SELECT count(*) FROM staff").fetchone()[0])


def test_results_come_in_the_order_that_was_asked_for(shop: SmallShop) -> None:
    work = Apart(shop.folder / FILE_NAME, [staff, lambda db: staff(db) + 1])
    assert work.finish(lambda: None) == [staff(shop.db), staff(shop.db) + 1]
    work.stop()


def test_what_goes_wrong_is_told_to_whoever_waits(shop: SmallShop) -> None:
    work = Apart(shop.folder / FILE_NAME, [lambda db: 1 // 0])
    with pytest.raises(ZeroDivisionError):
        work.finish(lambda: None)
    work.stop()


def test_a_file_that_cannot_be_opened_once_more_leaves_the_work_to_others(tmp_path: Path) -> None:
    work = Apart(tmp_path / "nothing.sqlite3", [staff])
    assert work.finish(lambda: None) is None
    work.stop()


def test_a_query_without_end_is_left_when_somebody_cancels(shop: SmallShop) -> None:
    begun = Event()

    def act(db: SqliteDatabase) -> object:
        begun.set()
        return db.execute_sql(ENDLESS).fetchone()

    def cancel() -> None:
        raise Enough

    work = Apart(shop.folder / FILE_NAME, [act])
    assert begun.wait(30)
    with pytest.raises(Enough):
        work.finish(cancel)
    work.stop()


def test_what_a_transaction_wrote_and_did_not_save_yet_is_verified_with_it(shop: SmallShop) -> None:
    with shop.writing():
        shop.refund(shop.sale())
        shop.db.execute_sql("UPDATE still_open SET rest = rest + 1")
        codes = {one.code for one in verify(shop.db, shop.folder)}
        shop.db.execute_sql("UPDATE still_open SET rest = rest - 1")
    assert "verify.kept_sum" in codes
    assert set(SQLITES_OWN) <= set(CHECKS)
