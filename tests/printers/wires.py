"""The other end of the wire: printers on this machine that take bytes, break off, answer, or never read."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import usb.backend

Behaviour = Callable[[socket.socket, bytearray], None]


@dataclass
class Listener:
    """A printer in the network: where it listens, what it got."""

    port: int
    got: bytearray = field(default_factory=bytearray)
    done: threading.Event = field(default_factory=threading.Event)


def takes_all(wire: socket.socket, got: bytearray) -> None:
    """A printer that prints."""
    while part := wire.recv(65536):
        got += part


def breaks_off(wire: socket.socket, got: bytearray) -> None:
    """A printer whose plug is pulled after the first bytes: the line is reset, not closed."""
    got += wire.recv(1000)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answers(*bytes_of_state: int) -> Behaviour:
    """A printer that answers every question with the next byte."""

    def behave(wire: socket.socket, got: bytearray) -> None:
        for byte in bytes_of_state:
            got += wire.recv(3)
            wire.sendall(bytes([byte]))
        takes_all(wire, got)

    return behave


@contextmanager
def listening(behave: Behaviour) -> Iterator[Listener]:
    """A printer that does this with the first connection."""
    server = socket.create_server(("127.0.0.1", 0))
    found = Listener(server.getsockname()[1])

    def serve() -> None:
        wire, _ = server.accept()
        with wire:
            behave(wire, found.got)
        found.done.set()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield found
    finally:
        thread.join()
        server.close()


class Descriptor:
    """A USB descriptor with the fields it is given; every other one is 0."""

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)
        self.extra_descriptors: list[int] = []

    def __getattr__(self, name: str) -> int:
        if name.startswith(("b", "i", "w")):
            return 0
        raise AttributeError(name)


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]
    """A bus with a mouse and a printer, under the real pyusb."""

    ENDS = (0x83, 0x02)

    def __init__(self) -> None:
        self.got = bytearray()
        self.answer = b""
        self.refuses: Exception | None = None

    def enumerate_devices(self) -> list[str]:
        return ["mouse", "printer"]

    def get_device_descriptor(self, dev: str) -> Descriptor:
        product = 0x0E15 if dev == "printer" else 0x0001
        return Descriptor(
            bLength=18, bDescriptorType=1, idVendor=0x04B8, idProduct=product, bNumConfigurations=1,
            address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> Descriptor:
        if config:
            raise IndexError
        return Descriptor(bLength=9, bDescriptorType=2, bNumInterfaces=1, bConfigurationValue=1)

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> Descriptor:
        if intf or alt or config:
            raise IndexError
        kind = 7 if dev == "printer" else 3
        return Descriptor(bLength=9, bDescriptorType=4, bNumEndpoints=2, bInterfaceClass=kind)

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> Descriptor:
        return Descriptor(
            bLength=7, bDescriptorType=5, bEndpointAddress=self.ENDS[ep], bmAttributes=2, wMaxPacketSize=64
        )

    def open_device(self, dev: str) -> str:
        if self.refuses is not None:
            raise self.refuses
        return dev

    def close_device(self, dev_handle: str) -> None:
        self.closed = dev_handle

    def set_configuration(self, dev_handle: str, config_value: int) -> None:
        self.configured = config_value

    def get_configuration(self, dev_handle: str) -> int:
        return 1

    def set_interface_altsetting(self, dev_handle: str, intf: int, altsetting: int) -> None:
        self.setting = altsetting

    def claim_interface(self, dev_handle: str, intf: int) -> None:
        self.claimed = intf

    def release_interface(self, dev_handle: str, intf: int) -> None:
        self.claimed = -1

    def reset_device(self, dev_handle: str) -> None:
        self.got.clear()

    def bulk_write(self, dev_handle: str, ep: int, intf: int, data: object, timeout: int) -> int:
        assert (dev_handle, ep) == ("printer", 0x02)
        assert timeout > 0
        part = bytes(data)  # type: ignore[call-overload]
        self.got += part
        return len(part)

    def bulk_read(self, dev_handle: str, ep: int, intf: int, buff: object, timeout: int) -> int:
        assert ep == 0x83
        if not self.answer:
            raise usb.core.USBTimeoutError("nothing", errno=110)
        buff[0] = self.answer[0]  # type: ignore[index]
        self.answer = self.answer[1:]
        return 1
