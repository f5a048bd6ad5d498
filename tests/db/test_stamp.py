"""The stamp of a database: equal as long as not one row differs, whoever would have changed it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from counter_app.db import connection, stamp
from counter_app.db.models import Setting
from counter_app.db.stamp import stamp_of


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Any]:
    opened = connection.open_database(tmp_path, create=True)
    yield opened
    opened.close()


def put(key: str, value: str = "x") -> None:
    Setting.insert(key=f"ui.{key}", value=value, at=1).on_conflict_replace().execute()


def elsewhere(db: Any, sql: str) -> None:
    """Another program writes to the same file."""
    with closing(sqlite3.connect(db.file)) as other, other:
        other.execute(sql)


def test_reading_leaves_the_stamp(db: Any) -> None:
    put("a")
    before = stamp_of(db)
    assert Setting.select().count() == 1
    with db.atomic("IMMEDIATE"):
        assert stamp_of(db) == before
    assert stamp_of(db) == before


def test_own_writing_changes_it(db: Any) -> None:
    before = stamp_of(db)
    put("a")
    assert stamp_of(db) != before


def test_writing_by_another_connection_changes_it(db: Any) -> None:
    put("a")
    before = stamp_of(db)
    elsewhere(db, "UPDATE setting SET at = 2")
    assert stamp_of(db) != before


def test_a_stamp_taken_inside_a_transaction_holds_after_its_commit(db: Any) -> None:
    with db.atomic("IMMEDIATE"):
        put("a")
        inside = stamp_of(db)
        put("b")
        at_the_end = stamp_of(db)
    assert stamp_of(db) == at_the_end != inside


def test_what_was_rolled_back_has_a_stamp_of_its_own(db: Any) -> None:
    put("a")
    before = stamp_of(db)
    seen = []
    with pytest.raises(RuntimeError, match="no"), db.atomic("IMMEDIATE"):
        put("b")
        seen.append(stamp_of(db))
        raise RuntimeError("no")
    after = stamp_of(db)
    assert after != seen[0] and after != before
    assert Setting.select().count() == 1


def test_a_part_that_was_rolled_back_has_a_stamp_of_its_own(db: Any) -> None:
    with db.atomic("IMMEDIATE"):
        put("a")
        with pytest.raises(RuntimeError, match="no"), db.atomic():
            put("b")
            inside = stamp_of(db)
            raise RuntimeError("no")
        assert stamp_of(db) != inside
    assert Setting.select().count() == 1


def test_the_same_file_opened_anew_has_another_stamp(db: Any) -> None:
    before = stamp_of(db)
    db.close()
    db.connect()
    assert stamp_of(db) != before


def test_what_was_made_is_made_again_only_after_a_change(db: Any) -> None:
    def count() -> int:
        return stamp.kept(db, "count", lambda: made.append(1) or Setting.select().count())  # type: ignore[func-returns-value, no-any-return]

    made: list[int] = []
    assert [count(), count()] == [0, 0] and len(made) == 1
    put("a")
    assert [count(), count()] == [1, 1] and len(made) == 2
    elsewhere(db, "DELETE FROM setting")
    assert [count(), count()] == [0, 0] and len(made) == 3
    with pytest.raises(RuntimeError, match="no"), db.atomic("IMMEDIATE"):
        put("a")
        assert count() == 1
        raise RuntimeError("no")
    assert count() == 0


def test_a_change_that_comes_while_something_is_made_is_seen_at_the_next_look(db: Any) -> None:
    def disturbed() -> int:
        found = Setting.select().count()
        elsewhere(db, "INSERT INTO setting (key, value, at) VALUES ('ui.b', '1', 1)")
        return int(found)

    assert stamp.kept(db, "count", disturbed) == 0
    assert stamp.known(db, "count") is None
    assert stamp.kept(db, "count", lambda: Setting.select().count()) == 1


def test_a_few_things_are_kept_and_the_oldest_go(db: Any) -> None:
    for number in range(stamp.MOST + 1):
        stamp.kept(db, number, lambda: "thing")
    assert stamp.known(db, 0) is None
    assert stamp.known(db, stamp.MOST) == "thing"
    stamp.forget(db)
    assert stamp.known(db, stamp.MOST) is None


def test_a_thread_keeps_what_it_read_itself(db: Any) -> None:
    stamp.kept(db, "who", lambda: "window")
    found = []

    def elsewhere_in_the_program() -> None:
        found.append(stamp.known(db, "who"))
        db.close()

    worker = threading.Thread(target=elsewhere_in_the_program)
    worker.start()
    worker.join()
    assert found == [None]
    assert stamp.known(db, "who") == "window"
