"""Receipt printers that speak ESC/POS: what one is, the bytes for it, and sending them.

    device = Device.of({"kind": "network", "address": "192.168.1.50"})
    send(device, drawer_bytes(device))

`receipt_bytes` takes pieces of paper as `domain.roll_paper` has them; `services.receipt_printer.bytes_for` makes
them of a slip. A shop's settings name devices long before anything is printed, so the rest is imported when it is
used, and what drives the printers (python-escpos, pyserial, pyusb) when a wire needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counter_app.printers.device import KINDS, RANGES, TEXTS, WIDTHS, Device

if TYPE_CHECKING:
    from counter_app.domain.roll_paper import Piece
    from counter_app.printers.condition import State
    from counter_app.wording import Language

__all__ = [
    "KINDS",
    "PATIENCE",
    "RANGES",
    "TEXTS",
    "WIDTHS",
    "Device",
    "drawer_bytes",
    "receipt_bytes",
    "send",
    "state",
    "test_bytes",
]

PATIENCE = 10.0
"""Seconds that a printer may take to answer a connection, and again for every few kilobytes."""


def receipt_bytes(device: Device, pieces: Sequence[Piece]) -> bytes:
    """The bytes of whole pieces of paper, each one fed past the knife and cut if the device cuts."""
    from counter_app.printers import receipt

    return receipt.receipt_bytes(device, pieces)


def drawer_bytes(device: Device) -> bytes:
    """What opens the drawer that hangs on the printer. UserError `printer.drawer.none` when it has none."""
    from counter_app.printers import drawer

    return drawer.drawer_bytes(device)


def test_bytes(device: Device, language: Language) -> bytes:
    """The page that tries the printer."""
    from counter_app.printers import trial

    return trial.test_bytes(device, language)


def send(device: Device, data: bytes, *, patience: float = PATIENCE) -> None:
    """Connect, send everything, close. Never waits longer than `patience` seconds without progress.

    Raises SurroundingsError: `printer.unreachable`, `printer.not_allowed`, `printer.driver.missing` when nothing was
    sent; `printer.interrupted` when something may have been printed already.
    """
    from counter_app.printers import sending

    sending.send(device, data, patience)


def state(device: Device, *, patience: float = 3.0, answer: float = 1.5) -> State:
    """What the printer says of its paper and its cover; waits at most `patience` seconds to be connected, `answer`
    for each of two answers.

    Raises SurroundingsError as `send` does when it cannot be reached. Files and system queues are one-way.
    """
    from counter_app.printers import condition

    return condition.state(device, patience, answer)
