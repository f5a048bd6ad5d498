"""Tidying while nobody waits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from fixtures_shop import SmallShop

from counter_app.db import connection, idle, search
from counter_app.db.connection import FILE_NAME


def test_tidying_brings_the_log_home_and_changes_no_answer(shop: SmallShop) -> None:
    person = shop.person()
    for _ in range(30):
        case = shop.case(shop.sale(person=person), person, summary="漏水")
        with shop.writing():
            search.index_case(shop.db, case.id)
    before = search.search(shop.db, "漏水")
    assert idle.tend(shop.db)
    with closing(
        sqlite3.connect(f"{(shop.folder / FILE_NAME).as_uri()}?mode=ro&immutable=1", uri=True)
    ) as home:
        assert home.execute("SELECT COUNT(*) FROM case_file").fetchone() == (30,)
    assert search.search(shop.db, "漏水") == before
    assert len(before) == 30


def test_tidying_gives_way_to_a_window_that_writes(shop: SmallShop) -> None:
    shop.db.close()
    db = connection.open_database(shop.folder, wait_ms=20)
    with closing(sqlite3.connect(shop.folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not idle.tend(db)
        other.execute("ROLLBACK")
    assert idle.tend(db)
    assert Path(f"{shop.folder / FILE_NAME}-wal").exists()
    db.close()
