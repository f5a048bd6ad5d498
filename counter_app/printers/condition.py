"""What a printer says of itself: whether it has paper, whether its cover is open."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.printers import links
from counter_app.printers.device import Device
from counter_app.printers.links import Link
from counter_app.printers.sending import connected

_OFFLINE_CAUSE, _PAPER = 2, 4
_COVER, _STOPPED, _FAULT = 0x04, 0x20, 0x40
_LOW, _OUT = 0x0C, 0x60


@dataclass(frozen=True, slots=True)
class State:
    """`answered` False: the printer, or the way it is connected, cannot be asked. `paper` is "ok", "low", "out",
    or "" when it did not say; `cover_open` and `fault` (knife, head, voltage) None when it did not say."""

    answered: bool = False
    paper: str = ""
    cover_open: bool | None = None
    fault: bool | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing it said stands against printing."""
        return self.paper != "out" and not self.cover_open and not self.fault


def state(device: Device, patience: float, answer: float) -> State:
    """Ask the printer (DLE EOT). See `counter_app.printers.state`."""
    if device.kind in ("file", "queue"):
        return State()
    with connected(device, patience) as link, links.told(device, "printer.unreachable"):
        cause = _asked(link, _OFFLINE_CAUSE, answer)
        # A printer that knows no such question is not asked the next one.
        paper = None if cause is None else _asked(link, _PAPER, answer)
    if cause is None:
        return State()
    out = bool(cause & _STOPPED) or bool((paper or 0) & _OUT)
    low = bool((paper or 0) & _LOW)
    return State(
        answered=True,
        paper="out" if out else "low" if low else "ok" if paper is not None else "",
        cover_open=bool(cause & _COVER),
        fault=bool(cause & _FAULT),
    )


def _asked(link: Link, question: int, seconds: float) -> int | None:
    link.write(bytes([0x10, 0x04, question]))
    for byte in link.read(seconds):
        # Bits 1 and 4 are set and 0 and 7 are not in every true answer; anything else is noise on the line.
        if byte & 0x93 == 0x12:
            return byte
    return None
