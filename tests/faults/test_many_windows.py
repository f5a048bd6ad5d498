"""Two and eight windows do the same at the same moment: once is once, and every sum is right afterwards.

A short day of `python tests/faults/run.py --races 100`.
"""

from __future__ import annotations

from pathlib import Path

from races import RACES, run_races


def test_sums_after_every_kind_of_race_are_what_one_window_alone_would_have_made(tmp_path: Path) -> None:
    results = run_races(len(RACES), tmp_path)
    assert results.broken == []
    assert len(results.races) == len(RACES)
