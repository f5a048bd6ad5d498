"""The disk is full, fails or may not be written: the clerk reads why, nothing is half done, and work goes on.

A short day of `python tests/faults/run.py --io-errors 300`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from failing_disk import run_faults

FAULTS = 12


# openpyxl leaves a workbook open when its own temporary file cannot be written; Python says so later.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_whatever_the_disk_does_an_act_is_done_whole_or_not_at_all_and_can_be_done_again(
    tmp_path: Path,
) -> None:
    results = run_faults(FAULTS, 1, tmp_path)
    assert results.broken == []
    assert results.refused.total() + results.unharmed.total() == FAULTS
    assert results.refused.total() > FAULTS // 2, "the disk hardly failed"
