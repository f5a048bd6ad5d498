"""What kind of disk a folder lies on: a network drive is no place for the database, one disk no place for both."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

Place = Literal["local", "removable", "network", "unknown"]

NETWORK_SYSTEMS = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "smb2",
            "ncpfs",
            "afs",
            "9p",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
        ),
        *(
            "davfs",
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.gvfsd-fuse",
            "fuse.s3fs",
            "fuse.davfs2",
            "fuse.glusterfs",
        ),
    }
)
"""Types of /proc/mounts behind which another machine stands. WAL needs memory that both would share."""

MOUNTS = Path("/proc/mounts")
DRIVE_KINDS: dict[int, Place] = {2: "removable", 3: "local", 4: "network", 5: "removable", 6: "local"}
"""Answers of Windows' GetDriveType."""


def place_of(folder: Path) -> Place:
    """Where a folder lies, as far as this system tells."""
    if sys.platform == "win32":
        return windows_place(str(folder.absolute()), _drive_type)
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return "unknown"
    return mounted_place(str(folder.resolve()), table)


def mounted_place(folder: str, table: str) -> Place:
    """By the table of mounts (Linux): the longest mount point that holds the folder decides, the last of equals."""
    best, kind = "", ""
    for line in table.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = _unescaped(parts[1])
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    if not kind:
        return "unknown"
    if kind in NETWORK_SYSTEMS:
        return "network"
    return "removable" if best.startswith(("/media/", "/run/media/")) else "local"


def windows_place(folder: str, drive_type: Callable[[str], int]) -> Place:
    """By the path (Windows): `\\\\server\\share` is a network drive, a letter is what the system says it is."""
    path = folder.replace("/", "\\")
    if path.startswith("\\\\?\\UNC\\") or (path.startswith("\\\\") and not path.startswith("\\\\?\\")):
        return "network"
    path = path.removeprefix("\\\\?\\")
    if len(path) < 2 or path[1] != ":":
        return "unknown"
    return DRIVE_KINDS.get(drive_type(path[:2] + "\\"), "unknown")


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders die together. A folder that is not there shares nothing."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def _unescaped(text: str) -> str:
    """Blanks, tabs, line ends and backslashes stand in the table as octal numbers."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text
