"""The invented slips of tests/documents and the shop of tests/services are printed here too."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / room) for room in ("documents", "services")]
