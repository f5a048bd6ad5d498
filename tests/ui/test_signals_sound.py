"""PySide6 6.12.0 on Python 3.11 loses a reference with every signal and aborts after a few hundred: never again."""

from __future__ import annotations

import subprocess
import sys

MANY_SIGNALS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Till(QObject):
    rung = Signal(bool)
    counted = Signal(int, str)

app = QCoreApplication([])
till = Till()
heard = []
till.rung.connect(heard.append)
till.counted.connect(lambda number, word: heard.append(number))
for number in range(5000):
    till.rung.emit(True)
    till.counted.emit(number, "件")
print(len(heard))
"""


def test_five_thousand_signals_leave_the_program_alive() -> None:
    # In a child process: the fault is an abort, which no test could catch in its own.
    done = subprocess.run(
        [sys.executable, "-c", MANY_SIGNALS], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "10000"
