"""How a verb tells the window that started it how far it is."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from types import FrameType

from counter_app.domain.errors import Cancelled

STOPPED = 3
"""Exit code of a verb that was stopped on request."""
_PER_SECOND = 20
Progress = Callable[[int, int], None]


def progress_lines() -> Progress:
    """A `progress(done, total)` that prints one JSON line, at most about 20 a second and always the last."""
    told_at = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        now = time.monotonic()
        if 0 < total <= done or now - told_at >= 1 / _PER_SECOND:
            told_at = now
            print(json.dumps({"done": done, "total": total}), flush=True)

    return tell


class Stopping:
    """Tells progress, and stops at the next step once it was asked to: never in the middle of a write."""

    def __init__(self, tell: Progress | None) -> None:
        self._tell = tell
        self._asked = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """A signal handler."""
        self._asked = True

    def step(self, done: int, total: int) -> None:
        """One step forward. Raises Cancelled."""
        if self._asked:
            raise Cancelled
        if self._tell is not None:
            self._tell(done, total)
