"""What the window reads before it stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TELL = """
import importlib, sys
import main
assert main.window_wanted()
for name in main.WITHOUT_QT:
    importlib.import_module(name)
assert "PySide6" not in sys.modules
import counter_app.app
names = list(sys.modules)
print(" ".join(names[: names.index("PySide6")]))
print(" ".join(names[names.index("PySide6") :]))
"""
LATER = ("counter_app.db.seals", "counter_app.db.heads", "counter_app.db.search", "playhouse", "reportlab", "openpyxl",
         "python_calamine", "PIL", "segno", "counter_app.documents", "counter_app.archive",
         "counter_app.ui.widgets.table")  # fmt: skip


def test_what_needs_no_qt_is_read_before_it_and_the_heavy_rooms_not_at_all() -> None:
    """PySide6 reads the source of every module that is imported after it."""
    told = subprocess.run(
        [sys.executable, "-c", TELL], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    before, after = (line.split(" ") for line in told.stdout.splitlines())
    rooms = [name for name in after if name.startswith("counter_app.")]
    assert [name for name in rooms if not name.startswith("counter_app.ui")] == ["counter_app.app"]
    assert not [name for name in (*before, *after) if name.startswith(LATER)]
