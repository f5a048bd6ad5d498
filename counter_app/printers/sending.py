"""Bytes onto the wire, all of them or an error that says how far it went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from counter_app.printers import links
from counter_app.printers.device import Device
from counter_app.printers.links import Link


def send(device: Device, data: bytes, patience: float) -> None:
    """See `counter_app.printers.send`."""
    with connected(device, patience) as link, links.told(device, "printer.interrupted"):
        for begin in range(0, len(data), link.chunk):
            link.write(data[begin : begin + link.chunk])
        link.finish()


@contextmanager
def connected(device: Device, patience: float) -> Iterator[Link]:
    """The open line, closed again whatever happens."""
    link = links.opened(device, patience)
    try:
        yield link
    finally:
        link.close()
