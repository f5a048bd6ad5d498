"""Files of cases, kept under the hash of their content: on disk before any row names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from counter_app.db import left_overs
from counter_app.db.models import Attachment
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.services.desk import Desk

FOLDER = "attachments"
_BESIDE = ".new-"


def relative_path(sha256: str) -> str:
    """Where a file lies inside the data folder."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def sha256_of(content: bytes) -> str:
    """The name under which a content is kept."""
    return hashlib.sha256(content).hexdigest()


def keep(desk: Desk, content: bytes) -> str:
    """Write a content once and return its hash. It has reached the disk when this returns.

    Raises SurroundingsError `attachment.cannot_store`, `attachment.folder_gone`.
    """
    sha256 = sha256_of(content)
    file = desk.folder / relative_path(sha256)
    _refuse_lost(desk)
    try:
        if file.is_file() and not file.is_symlink() and file.stat().st_size == len(content):
            return sha256
        file.parent.mkdir(parents=True, exist_ok=True)
        left_overs.sweep(file.parent.glob(f"{_BESIDE}*"))
        handle, name = tempfile.mkstemp(prefix=_BESIDE, dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
        _settle(file.parent)
        _settle(file.parent.parent)
    except OSError as cause:
        raise SurroundingsError(
            "attachment.cannot_store", folder=str(desk.folder), cause=system_reason(cause)
        ) from cause
    return sha256


def is_whole(desk: Desk, sha256: str) -> bool:
    """Whether the file under a hash is there, as it was kept."""
    content = read(desk, sha256)
    return content is not None and sha256_of(content) == sha256


def read(desk: Desk, sha256: str) -> bytes | None:
    """What lies under a hash, whole or damaged; None where it is gone or cannot be read."""
    file = desk.folder / relative_path(sha256)
    try:
        return file.read_bytes()
    except OSError:
        return None


def _refuse_lost(desk: Desk) -> None:
    """A folder that was deleted while the program works is not made anew behind anybody's back: who looks for the
    files would find an empty one. Raises SurroundingsError `attachment.folder_gone`."""
    folder = desk.folder / FOLDER
    if folder.exists():
        return
    count = Attachment.select(Attachment.sha256).where(Attachment.erased_at.is_null()).distinct().count()
    if count:
        raise SurroundingsError("attachment.folder_gone", folder=str(folder), count=count)


def _settle(folder: Path) -> None:
    """Put the folder's entry on disk too, where the system lets a folder be opened (Windows does it itself)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
