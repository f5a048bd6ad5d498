"""What is imported until the window stands: nothing heavy, however much the program can do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import visits

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "reportlab", "openpyxl", "python_calamine", "pypdfium2", "pypdfium2_raw", "escpos", "serial", "usb", "pyhanko",
    "pyhanko_certvalidator", "cryptography", "asn1crypto", "PIL", "segno", "argon2", "pypinyin", "playhouse.migrations",
    "PySide6.QtMultimedia", "PySide6.QtPrintSupport", "PySide6.QtCharts", "counter_app.documents", "counter_app.archive",
    "counter_app.printers", "counter_app.domain.slips", "counter_app.domain.chart_table", "counter_app.db.backup",
    "counter_app.db.verify", "counter_app.db.search", "counter_app.db.pinyin", "counter_app.ui.screens.counter",
    "counter_app.ui.screens.cases", "counter_app.ui.widgets.table", "asyncio", "multiprocessing", "email", "http",
    "ssl", "xml", "unittest", "setuptools",
)  # fmt: skip
START = """
import json, os, sys
import main

def ready():
    print(json.dumps(sorted(sys.modules)), flush=True)
    os._exit(0)

sys.argv[1:1] = ["--data"]
assert main.window_wanted()
main.open_window(ready)
"""


def test_until_the_window_stands_no_heavy_library_is_imported(tmp_path: Path) -> None:
    visits.build_shop(tmp_path / "shop")
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "COUNTER_ENVIRONMENT": "own",
        "PYTHONPATH": str(ROOT),
    }
    told = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "shop")],
        stdout=subprocess.PIPE,
        env=surroundings,
        cwd=ROOT,
        timeout=120,
        check=True,
    ).stdout
    imported = set(json.loads(told.splitlines()[-1]))
    assert "counter_app.ui.main_window" in imported
    assert [
        name for name in HEAVY if name in imported or any(one.startswith(f"{name}.") for one in imported)
    ] == []
