"""The files of the shop's keys go into every backup, and come back with it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def copy_keys(source: Path, target: Path) -> None:
    """Copy the keys that are not there yet. They are named by their certificates and never change, are encrypted,
    and stay for their owner alone where the system knows such a thing. Raises OSError."""
    for file in source.glob("[!.]*.p12"):
        copy = target / file.name
        if copy.exists():
            continue
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = copy.with_name(f"{copy.name}.part")
        shutil.copyfile(file, part)
        part.chmod(0o600)
        with part.open("rb+") as opened:
            os.fsync(opened.fileno())
        part.replace(copy)
