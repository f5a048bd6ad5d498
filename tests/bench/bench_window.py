"""The window ready to be used, from the start of the process to its first picture, beside a bare PySide6 window.

Both are child processes started by turns, without a screen, and tell when their window and everything in it has been
painted. Ours is the whole program: it opens the shop's database, loads its fonts and shows the lock screen, at which
somebody may sign in; the bare one shows an empty main window.
Run alone: `python tests/bench/bench_window.py [CASES …]` (default 1000 100000; `--full` adds 1000000).
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

import bulk  # noqa: E402
import visits  # noqa: E402

from counter_app.db import connection  # noqa: E402

STARTS = 9
BARE = """
import os
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

def ready():
    print("ready", flush=True)
    os._exit(0)

class Watch(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, ready)
        return False

app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""
OURS = """
import os, sys
import main

def ready():
    print("ready", flush=True)
    os._exit(0)

sys.argv[1:1] = ["--data"]
if main.window_wanted():
    main.open_window(ready)
"""


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def rows(sizes: Sequence[int] = (1000, 100_000)) -> list[BenchRow]:
    """Medians over some starts, for each number of cases."""
    found: list[BenchRow] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
        folder = Path(there)
        visits.build_shop(folder / "template")
        with visits.opened(folder / "template", folder / "shop") as counter:
            for name, price in bulk.shelves():
                counter.product(name, price, stock=50)
            connection.checkpoint(counter.desk.db, force=True)
        for size in sizes:
            shop = folder / f"shop-{size}"
            shutil.copytree(folder / "shop", shop)
            bulk.add_cases(shop, size)
            bare, ours = [], []
            for turn in range(STARTS + 1):
                plain, mine = _started(BARE, folder), _started(OURS, folder, str(shop))
                if turn:  # the first start reads the libraries into memory
                    bare.append(plain)
                    ours.append(mine)
            before, after = statistics.median(bare), statistics.median(ours)
            found.append(BenchRow(f"window ready, {size} cases", before, after, after / before, 2.0))
            shutil.rmtree(shop)
    return found


def _started(code: str, folder: Path, *arguments: str) -> float:
    """Milliseconds from the start of a child process to its window's first picture. Modules are compiled once, as
    in an installed program."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT
    )
    assert child.stdout is not None
    told = child.stdout.readline()
    taken = (time.perf_counter() - begin) * 1000
    child.wait()
    if told.strip() != "ready":
        raise RuntimeError(f"the window did not come: {told!r}")
    return taken


def main() -> int:
    """Print the table; 1 when a target is missed."""
    given = [name for name in sys.argv[1:] if name != "--full"]
    sizes = [int(size) for size in given] or [1000, 100_000]
    if "--full" in sys.argv:
        sizes.append(1_000_000)
    missed = False
    print(f"{'work':<32}{'bare ms':>11}{'ours ms':>10}{'ratio':>8}{'target':>9}")
    for row in rows(sizes):
        target = "" if row.target is None else f"<= x{row.target}"
        missed = missed or (row.target is not None and row.ratio > row.target)
        ratio = f"x{row.ratio:.2f}"
        print(f"{row.name:<32}{row.baseline_ms:>11.1f}{row.ours_ms:>10.1f}{ratio:>8}{target:>9}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
