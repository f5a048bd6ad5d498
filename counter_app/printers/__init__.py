"""Receipt printers that speak ESC/POS: what one is, the bytes for it, and sending them.

    device = Device.of({"kind": "network", "address": "192.168.1.50"})
    send(device, drawer_bytes(device))

`receipt_bytes` takes pieces of paper as `domain.roll_paper` has them; `services.receipt_printer.bytes_for` makes
them of a slip. What drives the printers (python-escpos, pyserial, pyusb) is imported when something is first sent.
"""

from __future__ import annotations

from counter_app.printers.device import KINDS, TEXTS, WIDTHS, Device
from counter_app.printers.drawer import drawer_bytes
from counter_app.printers.receipt import receipt_bytes
from counter_app.printers.sending import PATIENCE, send
from counter_app.printers.state import State, state
from counter_app.printers.trial import test_bytes

__all__ = [
    "KINDS",
    "PATIENCE",
    "TEXTS",
    "WIDTHS",
    "Device",
    "State",
    "drawer_bytes",
    "receipt_bytes",
    "send",
    "state",
    "test_bytes",
]
