"""Printing through CUPS by its own library, libcups: the PDF as it is, the number of the job, what became of it.

The library is there wherever Qt can print on Linux (Qt's print plug-in needs it), so nothing is added. It is asked
instead of `lp`, whose answers are worded in the system's language and do not tell a stopped queue from an empty
tray. Called in a child process only: a hanging server or a fault in the library stops no window.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from counter_app.domain.errors import SurroundingsError
from counter_app.services.print_routes import Paper, Printer, Seen

_STOPPED: Final = "5"
#: What CUPS says of a printer (RFC 8011 §5.4.12) → our code; the first one found is told.
_REASONS: Final = {
    "media-empty": "print.no_paper",
    "media-needed": "print.no_paper",
    "media-jam": "print.jam",
    "cover-open": "print.cover_open",
    "door-open": "print.cover_open",
    "offline": "print.offline",
    "shutdown": "print.offline",
    "timed-out": "print.offline",
    "connecting-to-device": "print.offline",
}
#: What keeps a printer from taking a job at all, as against what it waits for with one in hand.
_JOB_STATES: Final = {
    3: "waiting",
    4: "held",
    5: "working",
    6: "stopped",
    7: "cancelled",
    8: "aborted",
    9: "done",
}
_ALL_JOBS: Final = -1


class _Option(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


class _Dest(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("num_options", ctypes.c_int),
        ("options", ctypes.POINTER(_Option)),
    )


class _Job(ctypes.Structure):
    """`cups_job_t`, unchanged since CUPS 1.1."""

    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long),
        ("creation_time", ctypes.c_long),
        ("processing_time", ctypes.c_long),
    )


class Cups:
    """The queues of the CUPS that this machine uses (`CUPS_SERVER` and client.conf are heeded by the library)."""

    hands_over: Final = False
    """It tells what became of a job, so being handed over is not the last that is known of it."""

    def __init__(self) -> None:
        self._cups = _library()

    def printers(self) -> tuple[Printer, ...]:
        """Every queue there is; none when no CUPS answers."""
        with self._dests() as found:
            return tuple(
                Printer(_text(dest.name), default=bool(dest.is_default))
                for dest in found
                if not dest.instance
            )

    def trays(self, name: str) -> tuple[str, ...]:
        """The trays the driver tells of, as CUPS spells them."""
        dest = self._named(name)
        info = self._cups.cupsCopyDestInfo(None, dest)
        if not info:
            return ()
        try:
            told = self._cups.cupsFindDestSupported(None, dest, info, b"media-source")
            count = self._cups.ippGetCount(told) if told else 0
            return tuple(_text(self._cups.ippGetString(told, at, None) or b"") for at in range(count))
        finally:
            self._cups.cupsFreeDestInfo(info)

    def trouble(self, name: str) -> SurroundingsError | None:
        """What keeps this queue from printing now, None when nothing does."""
        with self._dests() as found:
            dest = _chosen(found, name)
            if dest is None:
                code = "print.missing" if name else "print.none"
                return SurroundingsError(code, name=name)
            told = {
                _text(dest.options[at].name): _text(dest.options[at].value) for at in range(dest.num_options)
            }
            queue = _text(dest.name)
        return _trouble(queue, told)

    def send(self, name: str, pdf: bytes, title: str, paper: Paper, tray: str) -> str:
        """Hand a PDF over; the number CUPS gives it. Raises SurroundingsError `print.refused`."""
        queue = name or self._default()
        options = {
            "media": _media(paper),
            "print-scaling": "none",
            "document-format": "application/pdf",
            "job-sheets": "none",
        }
        if tray:
            options["media-source"] = tray
        listed: Any = ctypes.POINTER(_Option)()
        count = 0
        for key, value in options.items():
            count = self._cups.cupsAddOption(key.encode(), value.encode(), count, ctypes.byref(listed))
        number, beside = tempfile.mkstemp(suffix=".pdf")
        try:
            with os.fdopen(number, "wb") as out:
                out.write(pdf)
            job = self._cups.cupsPrintFile2(
                None, queue.encode(), os.fsencode(beside), title.encode(), count, listed
            )
        finally:
            self._cups.cupsFreeOptions(count, listed)
            Path(beside).unlink(missing_ok=True)
        if job <= 0:
            raise SurroundingsError("print.refused", name=queue, detail=self._last())
        return f"{queue}/{job}"

    def look(self, ref: str) -> Seen:
        """What became of a job, with what its printer waits for."""
        queue, _, number = ref.rpartition("/")
        state = self._state(queue, int(number))
        trouble = self.trouble(queue) if state in ("waiting", "held", "working", "stopped") else None
        match state:
            case "done" | "cancelled" | "aborted":
                return Seen(state)
            case "":
                return Seen("gone")
            case _:
                return Seen("there", trouble)

    def cancel(self, ref: str) -> bool:
        """Take a job back; whether CUPS still had it to take."""
        queue, _, number = ref.rpartition("/")
        if self._state(queue, int(number)) in ("", "done", "cancelled", "aborted"):
            return False
        return bool(self._cups.cupsCancelJob2(None, queue.encode(), int(number), 0) == 0)

    def _state(self, queue: str, number: int) -> str:
        jobs: Any = ctypes.POINTER(_Job)()
        count = self._cups.cupsGetJobs2(None, ctypes.byref(jobs), queue.encode(), 0, _ALL_JOBS)
        try:
            return next(
                (_JOB_STATES.get(jobs[at].state, "") for at in range(count) if jobs[at].id == number), ""
            )
        finally:
            self._cups.cupsFreeJobs(max(count, 0), jobs)

    def _default(self) -> str:
        with self._dests() as found:
            dest = _chosen(found, "")
            if dest is None:
                raise SurroundingsError("print.none", name="")
            return _text(dest.name)

    def _named(self, name: str) -> Any:
        dest = self._cups.cupsGetNamedDest(None, name.encode() or None, None)
        if not dest:
            raise SurroundingsError("print.missing" if name else "print.none", name=name)
        return dest

    @contextmanager
    def _dests(self) -> Iterator[list[Any]]:
        dests: Any = ctypes.POINTER(_Dest)()
        count = self._cups.cupsGetDests2(None, ctypes.byref(dests))
        try:
            yield [dests[at] for at in range(count)]
        finally:
            self._cups.cupsFreeDests(count, dests)

    def _last(self) -> str:
        return _text(self._cups.cupsLastErrorString() or b"")


def use_server(address: str) -> str:
    """Ask the CUPS at this address (a socket's path or host:port) from now on; which one was asked before."""
    library = _library()
    before = _text(library.cupsServer())
    library.cupsSetServer(address.encode())
    return before


@cache
def is_here() -> bool:
    """Whether this machine has the library."""
    return sys.platform != "win32" and _name() is not None


def _name() -> str | None:
    for name in ("libcups.so.2", "libcups.2.dylib"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return name
    return None


@cache
def _library() -> Any:
    library: Any = ctypes.CDLL(_name())
    pointer, text, whole = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    options = ctypes.POINTER(_Option)
    for name, result, *takes in (
        ("cupsGetDests2", whole, pointer, ctypes.POINTER(ctypes.POINTER(_Dest))),
        ("cupsFreeDests", None, whole, ctypes.POINTER(_Dest)),
        ("cupsGetNamedDest", ctypes.POINTER(_Dest), pointer, text, text),
        ("cupsCopyDestInfo", pointer, pointer, ctypes.POINTER(_Dest)),
        ("cupsFreeDestInfo", None, pointer),
        ("cupsFindDestSupported", pointer, pointer, ctypes.POINTER(_Dest), pointer, text),
        ("ippGetCount", whole, pointer),
        ("ippGetString", text, pointer, whole, pointer),
        ("cupsAddOption", whole, text, text, whole, ctypes.POINTER(options)),
        ("cupsFreeOptions", None, whole, options),
        ("cupsPrintFile2", whole, pointer, text, text, text, whole, options),
        ("cupsGetJobs2", whole, pointer, ctypes.POINTER(ctypes.POINTER(_Job)), text, whole, whole),
        ("cupsFreeJobs", None, whole, ctypes.POINTER(_Job)),
        ("cupsCancelJob2", whole, pointer, text, whole, whole),
        ("cupsLastErrorString", text),
        ("cupsServer", text),
        ("cupsSetServer", None, text),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, takes
    return library


def _chosen(found: list[Any], name: str) -> Any:
    """The queue of this name; the default one for '', or the only one there is."""
    if name:
        return next((dest for dest in found if _text(dest.name) == name), None)
    default = next((dest for dest in found if dest.is_default), None)
    return default or (found[0] if len(found) == 1 else None)


def _trouble(name: str, told: Mapping[str, str]) -> SurroundingsError | None:
    if told.get("printer-is-accepting-jobs") == "false":
        return SurroundingsError("print.rejecting", name=name)
    reasons = told.get("printer-state-reasons", "none")
    for word, code in _REASONS.items():
        # A warning ("media-low-warning") keeps nothing from printing; reports and errors do.
        if any(one.startswith(word) and not one.endswith("-warning") for one in reasons.split(",")):
            return SurroundingsError(code, name=name)
    if told.get("printer-state") == _STOPPED:
        return SurroundingsError("print.stopped", name=name)
    return None


def _media(paper: Paper) -> str:
    """The paper's size as CUPS names it; rolls and fan-fold by their measures in mm."""
    if paper.name in ("A4", "A5"):
        return paper.name
    return f"Custom.{paper.width_mm:g}x{paper.height_mm:g}mm"


def _text(told: bytes | None) -> str:
    return (told or b"").decode("utf-8", "replace")
