"""Files that a program left under a name of its own when it was killed: nothing refers to them, they are taken away."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

FORGOTTEN_S = 600
"""Seconds without a write after which nobody is busy with such a file any more."""


def sweep(files: Iterable[Path]) -> None:
    """Remove those of `files` that nobody has written to for a while. Raises OSError as the system does."""
    for file in files:
        try:
            forgotten = time.time() - file.stat().st_mtime > FORGOTTEN_S
        except FileNotFoundError:
            continue  # another window was quicker
        if forgotten:
            file.unlink(missing_ok=True)
