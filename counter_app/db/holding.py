"""Who has the shop's data open: one small file for each window, told anew while it works.

SQLite's write-ahead log is shared memory of one machine. Two windows of one machine may work on one database;
two machines that open one file over a network share would each see half of it and destroy it. So a data folder
belongs to one machine at a time. The file's time is the file server's, and is compared with a file written this
moment to the same folder: clocks of two machines need not agree.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from counter_app import data_folder
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason

STEM = "counter.in-use"
BEAT_S = 20
"""A window tells this often that it still works."""
STALE_S = 90
"""After this long without a word its machine is off, asleep or away, and the folder is free."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has the data open. `silent_s` is how long ago they said so, by the folder's own clock."""

    machine: str
    host: str
    pid: int
    file: Path
    silent_s: float


class Hold:
    """This process has the data folder open until `release`."""

    def __init__(self, folder: Path, machine: str | None = None) -> None:
        self._folder, self._machine = folder, machine or this_machine()
        self._file = folder / f"{STEM}-{_safe(host_name())}-{os.getpid()}.json"
        self._told_s = 0.0

    @classmethod
    def take(cls, folder: Path, machine: str | None = None) -> Hold:
        """Say that this process opens the data, unless another machine has them open.

        Both of two machines that begin in the same moment are refused and try again, never both let in.
        Raises SurroundingsError `db.other_machine`, `db.read_only`, `db.disk_full`, `db.folder`.
        """
        hold = cls(folder, machine)
        try:
            data_folder.make(folder)
        except OSError as error:
            raise _surroundings(error, folder) from error
        hold._tell()
        try:
            refuse_others(folder, hold._machine)
        except SurroundingsError:
            hold.release()
            raise
        for silent in _holders(folder, _now(hold._file)):
            if silent.silent_s > STALE_S:
                silent.file.unlink(missing_ok=True)
        return hold

    def beat(self, monotonic_s: float) -> None:
        """Called every few seconds: tells again when it is time, and notices that somebody else took over while
        this machine slept. Raises SurroundingsError `db.taken_over`, and what the disk says."""
        if not self._file.exists():
            raise SurroundingsError("db.taken_over", folder=str(self._folder))
        if monotonic_s - self._told_s >= BEAT_S:
            self._told_s = monotonic_s
            self._tell()

    def others_here(self) -> list[Holder]:
        """Other windows and programs of this machine that have the same data open now."""
        return [
            one
            for one in _holders(self._folder, _now(self._file))
            if one.file != self._file
            and one.machine == self._machine
            and one.silent_s <= STALE_S
            and _runs(one.pid)
        ]

    def release(self) -> None:
        """The data are closed. A folder that is gone needs no telling."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            # A share that went away, a disk turned read-only: the word grows stale by itself.
            return

    def _tell(self) -> None:
        told = {"machine": self._machine, "host": host_name(), "pid": os.getpid()}
        try:
            self._file.write_text(json.dumps(told), encoding="utf-8")
        except OSError as error:
            raise _surroundings(error, self._folder) from error


def refuse_others(folder: Path, machine: str | None = None) -> None:
    """Raise SurroundingsError `db.other_machine` when another machine has the data of this folder open."""
    mine = machine or this_machine()
    if all(_told(file).get("machine") == mine for file in folder.glob(f"{STEM}-*.json")):
        return
    probe = folder / f"{STEM}.probe-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        now = _now(probe)
    except OSError as error:
        raise _surroundings(error, folder) from error
    finally:
        probe.unlink(missing_ok=True)
    for one in _holders(folder, now):
        if one.machine != mine and one.silent_s <= STALE_S:
            raise SurroundingsError(
                "db.other_machine", folder=str(folder), host=one.host, pid=one.pid, seconds=STALE_S
            )


def open_elsewhere(folder: Path) -> bool:
    """Whether another process of this machine has the data of this folder open, and said so lately."""
    mine = this_machine()
    return any(
        one.machine == mine and one.pid != os.getpid() and one.silent_s <= STALE_S and _runs(one.pid)
        for one in _holders(folder, time.time())
    )


def this_machine() -> str:
    """A name that two machines do not share, even when they were copied from one disk under two names."""
    return f"{host_name()}/{_identity()}"


def host_name() -> str:
    """What this machine calls itself."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _identity() -> str:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    else:
        try:
            return Path("/etc/machine-id").read_text(encoding="ascii").strip()
        except OSError:
            return ""


def _runs(pid: int) -> bool:
    """Whether a process of this machine is there: a window that was killed could not take its word back."""
    if sys.platform == "win32":
        import ctypes

        query_only, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(query_only, False, pid)
        if not process:
            return False
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return not known or code.value == still_active
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's process: it is there
    return True


def _holders(folder: Path, now_s: float) -> list[Holder]:
    found = []
    for file in folder.glob(f"{STEM}-*.json"):
        told = _told(file)
        try:
            silent = now_s - file.stat().st_mtime
        except FileNotFoundError:
            continue  # closed this moment
        pid = told.get("pid")
        found.append(
            Holder(
                str(told.get("machine", "")),
                str(told.get("host", "")) or file.stem,
                pid if isinstance(pid, int) else 0,
                file,
                silent,
            )
        )
    return found


def _told(file: Path) -> dict[str, object]:
    """What a holder's file says; nothing when it is being written just now or is no such file."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _now(file: Path) -> float:
    """The folder's own clock: when the file was written."""
    return file.stat().st_mtime


def _safe(name: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in name)[:40] or "host"


def _surroundings(error: OSError, folder: Path) -> SurroundingsError:
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return SurroundingsError("db.read_only", path=str(folder))
    if error.errno == errno.ENOSPC:
        return SurroundingsError("db.disk_full", path=str(folder))
    return SurroundingsError("db.folder", path=str(folder), why=system_reason(error))
