"""The window ready to be used, from the start of the process to its first picture, beside a bare PySide6 window.

Both are child processes started by turns, without a screen, and tell when their window and everything in it has been
painted. Ours is the whole program, started without arguments as from the desktop: it opens the shop's database, loads
its fonts and shows the lock screen, at which somebody may sign in; the bare one shows an empty main window.
Run alone: `python tests/bench/bench_window.py [CASES …]` (default 1000 100000).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bulk
from reading import ROOT, BenchRow, beside, table

from counter_app.db import connection
from counter_app.services import setup
from counter_app.services.desk import SystemClock

STARTS = 9
BARE = """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

def ready():
    print("ready", time.process_time() * 1000, flush=True)
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
import os, sys, time
import main

def ready():
    print("ready", time.process_time() * 1000, flush=True)
    os._exit(0)

os.environ["COUNTER_DATA_DIR"] = sys.argv.pop()
if main.window_wanted():
    main.open_window(ready)
"""


def rows(sizes: Sequence[int] = (1000, 100_000)) -> list[BenchRow]:
    """Medians over some starts, for each number of cases."""
    found: list[BenchRow] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            folder = Path(place)
            bulk.filled(folder / "shop", size)
            _closed(folder / "shop")
            bare, ours = [], []
            for turn in range(STARTS + 1):
                plain, mine = _started(BARE, folder), _started(OURS, folder, str(folder / "shop"))
                if turn:  # the first start reads the libraries into memory
                    bare.append(plain)
                    ours.append(mine)
        for at, (name, target) in enumerate(
            ((f"window ready, {size} cases", 2.0), ("  its processor time", None))
        ):
            before, after = (statistics.median(one[at] for one in taken) for taken in (bare, ours))
            found.append(beside(name, before, after, target))
    return found


def _closed(folder: Path) -> None:
    """As the program leaves it when its window is closed: the present tables, no log beside them."""
    db = connection.open_database(folder)
    setup.open_desk(db, folder, SystemClock())
    connection.checkpoint(db, force=True)
    db.close()


def _started(code: str, folder: Path, *arguments: str) -> tuple[float, float]:
    """Milliseconds from the start of a child process to its window's first picture, and those of the processor.
    Modules are compiled once, as in an installed program."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=surroundings,
        cwd=ROOT,
    )
    assert child.stdout is not None
    told = child.stdout.readline()
    taken = (time.perf_counter() - begin) * 1000
    child.wait()
    word, _, processor = told.strip().partition(" ")
    if word != "ready":
        raise RuntimeError(f"the window did not come: {told!r}")
    return taken, float(processor)


if __name__ == "__main__":
    sys.exit(table(rows, (1000, 100_000)))
