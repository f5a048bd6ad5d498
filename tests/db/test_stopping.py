"""A question that takes long is stopped in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.db import connection
from counter_app.db.stopping import LEAN_CACHE_KIB, lean, stoppable
from counter_app.domain.errors import Cancelled

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_question_without_end_is_stopped_and_the_database_goes_on(tmp_path: Path) -> None:
    db = connection.open_database(tmp_path, create=True)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    try:
        with pytest.raises(Cancelled), stoppable(db, stop), db.atomic("DEFERRED"):
            db.execute_sql(_ENDLESS).fetchone()
        assert db.execute_sql("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 0
        assert not db.connection().in_transaction
    finally:
        db.close()


def test_a_long_reading_keeps_few_pages_and_gives_the_rest_back(tmp_path: Path) -> None:
    db = connection.open_database(tmp_path, create=True)

    def kept() -> int:
        return -int(db.execute_sql("PRAGMA cache_size").fetchone()[0])

    try:
        before = kept()
        with lean(db):
            assert kept() == LEAN_CACHE_KIB < before
        assert kept() == before
    finally:
        db.close()
