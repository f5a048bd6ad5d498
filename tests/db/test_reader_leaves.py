"""`main.py verify | head -1`: whoever reads may leave; the verb says nothing about it and ends as its work ended."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fixtures_shop import SmallShop

from counter_app.db.connection import checkpoint
from counter_app.verbs.streams import LEFT

ROOT = Path(__file__).resolve().parents[2]


def left_alone(folder: Path, *verb: str, told: str = "") -> tuple[int, str]:
    """Exit code and standard error of a verb whose standard output nobody reads."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *verb, "--data", str(folder), "--language", "en"],
        env={**os.environ, "COUNTER_ENVIRONMENT": "own"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin and running.stdout and running.stderr
        running.stdout.close()
        running.stdin.write(told)
        running.stdin.close()
        said = running.stderr.read()
    return running.returncode, said


def test_a_sound_database_stays_sound_when_nobody_listens(shop: SmallShop) -> None:
    checkpoint(shop.db, force=True)
    assert left_alone(shop.folder, "verify") == (0, "")
    assert left_alone(shop.folder, "verify", "--progress") == (0, "")


def test_a_broken_database_is_still_an_exit_of_two(shop: SmallShop) -> None:
    shop.db.execute_sql("CREATE VIEW strange AS SELECT 1")
    checkpoint(shop.db, force=True)
    code, said = left_alone(shop.folder, "verify")
    assert code == 2
    assert len(said.splitlines()) == 1, "how much is broken, as ever"
    assert "BrokenPipe" not in said and "Errno" not in said


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        (("walk", "-"), '{"answers": {"K-0": "question", "H-1": "yes"}}\n' * 2000),
        (("backup",), ""),
        (("restore", "--list"), ""),
        (("migrate",), ""),
        (("verify", "--help"), ""),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_no_verb_reports_a_bug_when_its_reader_leaves(
    shop: SmallShop, verb: tuple[str, ...], told: str
) -> None:
    checkpoint(shop.db, force=True)
    assert left_alone(shop.folder, *verb, told=told) == (0, "")
    assert not (shop.folder / "logs" / "counter.log").exists()


def test_windows_says_invalid_argument_of_a_pipe_that_is_gone() -> None:
    assert errno.EPIPE in LEFT
    assert (errno.EINVAL in LEFT) == (sys.platform == "win32")
