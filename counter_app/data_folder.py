"""The folder that holds one shop's data, and the log file in it. Standard library only."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.privacy import mask_in_text
from counter_app.domain.system_reasons import system_reason

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


def make(folder: Path, *within: str) -> None:
    """Make the data folder and folders in it; new ones are open to nobody but the user who runs the program.

    Folders that are there keep their rights, and Windows gives a folder those of the one it lies in: what is under
    the user's own `AppData` is private there. Raises OSError.
    """
    mode = 0o700 if os.name == "posix" else 0o777
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for name in within:
        (folder / name).mkdir(mode=mode, exist_ok=True)


def open_to_others(folder: Path) -> bool:
    """Whether other users of this computer may look into the folder. Only told where the system says (not Windows)."""
    return os.name == "posix" and bool(folder.stat().st_mode & 0o077)


class MaskedFormatter(logging.Formatter):
    """Numbers of persons do not stand in a log, whatever was logged: not in a message, not in a trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as the log keeps it."""
        return mask_in_text(super().format(record))


def start_log(folder: Path) -> Path:
    """Send everything that is logged to `folder/logs/counter.log`, rotated. Raises SurroundingsError."""
    # The window writes its log once it stands: sockets and mail, which this brings along, are not for its way there.
    from logging.handlers import RotatingFileHandler

    file = folder / "logs" / "counter.log"
    try:
        make(folder, file.parent.name)
        handler = RotatingFileHandler(
            file, maxBytes=LOG_BYTES, backupCount=LOG_FILES_KEPT, encoding="utf-8", delay=False
        )
    except OSError as cause:
        raise SurroundingsError(
            "folder.unwritable", folder=str(folder), cause=system_reason(cause)
        ) from cause
    handler.setFormatter(MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file
