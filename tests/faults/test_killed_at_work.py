"""The program is killed while it works: what was acknowledged is there, nothing is there by half.

A short day of `python tests/faults/run.py --kills 500 --updates 100`.
"""

from __future__ import annotations

from pathlib import Path

from killing import kill_updates, kill_windows

KILLS, UPDATES = 10, 2


def test_killing_the_window_at_any_moment_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    figures = kill_windows(KILLS, 1, tmp_path)
    assert figures.broken == []
    assert figures.kills.total() == KILLS
    # Which steps come to be acknowledged before a kill depends on how fast the machine is; that some do is certain.
    assert {"sold", "visited"} <= set(figures.acknowledged)


def test_a_program_killed_while_it_brings_a_shop_up_to_date_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    figures = kill_updates(UPDATES, 4, tmp_path)
    assert figures.broken == []
    assert figures.kills.total() == UPDATES
