"""Opening the cash drawer that hangs on the printer."""

from __future__ import annotations

from counter_app.domain.errors import UserError
from counter_app.printers.device import Device

_STEP_MS = 2
_REST = 250
"""How long the coil is left in peace after the pulse, in steps of 2 ms."""


def drawer_bytes(device: Device) -> bytes:
    """ESC p for the printer's drawer. UserError `printer.drawer.none` when it has none."""
    if not device.drawer_pin:
        raise UserError("printer.drawer.none")
    return bytes([0x1B, 0x70, 0 if device.drawer_pin == 2 else 1, device.drawer_pulse // _STEP_MS, _REST])
