"""The folder that holds one shop's data, and the log file in it. Standard library only."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from counter_app.domain.errors import SurroundingsError

LOG_BYTES = 1_000_000
LOG_FILES_KEPT = 5


def locate(asked: str | None) -> Path:
    """The data folder: as asked, else `COUNTER_DATA_DIR`, else the usual place of this system. Not created."""
    given = asked or os.environ.get("COUNTER_DATA_DIR")
    if given:
        return Path(given).expanduser().absolute()
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))) / "Counter"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Counter"
    return Path(os.environ.get("XDG_DATA_HOME", str(home / ".local" / "share"))) / "counter"


def start_log(folder: Path) -> Path:
    """Send everything that is logged to `folder/logs/counter.log`, rotated. Raises SurroundingsError."""
    # The window writes its log once it stands: sockets and mail, which this brings along, are not for its way there.
    from logging.handlers import RotatingFileHandler

    file = folder / "logs" / "counter.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            file, maxBytes=LOG_BYTES, backupCount=LOG_FILES_KEPT, encoding="utf-8", delay=False
        )
    except OSError as cause:
        raise SurroundingsError("folder.unwritable", folder=str(folder), cause=str(cause)) from cause
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file
