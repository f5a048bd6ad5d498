"""What keeps the figures of reports costs the same however many papers there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.db import connection, figures


@pytest.mark.parametrize("source", figures.SOURCES, ids=lambda one: one.table)
def test_one_new_row_never_makes_the_figures_read_a_whole_table(
    source: figures.Source, tmp_path: Path
) -> None:
    db = connection.open_database(tmp_path, create=True)
    try:
        plan = db.execute_sql("EXPLAIN QUERY PLAN " + source.rows("x", None, "x.id = 1")).fetchall()
        steps = [str(row[3]) for row in plan]
        assert any(step.startswith("SEARCH") for step in steps)
        assert not [step for step in steps if step.startswith("SCAN")], steps
    finally:
        db.close()
