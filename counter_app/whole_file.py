"""A file that somebody asked for is there whole or not at all. Standard library only."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write beside the place first, then into it: what stood there stays until the new one is on the disk.

    A device takes the content as it is. Raises OSError: for a folder that is not there, a name that is a folder, a file
    that another program holds, a full disk; nothing is left beside it then.
    """
    if path.exists() and not path.is_file():  # a folder says that it is one
        path.write_bytes(content)
        return
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
