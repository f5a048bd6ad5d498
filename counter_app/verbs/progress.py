"""How a verb tells the window that started it how far it is."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

_PER_SECOND = 20


def progress_lines() -> Callable[[int, int], None]:
    """A `progress(done, total)` that prints one JSON line, at most about 20 a second and always the last."""
    told_at = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        now = time.monotonic()
        if 0 < total <= done or now - told_at >= 1 / _PER_SECOND:
            told_at = now
            print(json.dumps({"done": done, "total": total}), flush=True)

    return tell
