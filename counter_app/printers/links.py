"""The wire to a printer: opened, written to, read from, closed; nothing here waits for ever.

python-escpos has a class for every kind. Where its own opening or writing knows no time limit (a serial port whose
printer holds the line, a device file, a host that never answers) or leaves the socket of a failed try behind, the
class here does that part itself.
"""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.printers import driver
from counter_app.printers.device import Device, is_windows_printer

_LINGER = 1.0
"""Seconds a network printer has after the last byte to close the line, or to break it."""
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EBUSY)
_PRINTER_CLASS = 7
_Result = TypeVar("_Result")


class Link(Protocol):
    """An open line to a printer. Everything may raise OSError."""

    chunk: int
    """Bytes to write at a time: what the slowest line of the kind takes well within a person's patience."""

    def write(self, data: bytes) -> None:
        """Send some bytes."""

    def read(self, patience: float) -> bytes:
        """What the printer says within so many seconds; b"" when it says nothing or the line is one-way."""

    def finish(self) -> None:
        """Wait until what was written is on its way."""

    def close(self) -> None:
        """Give the line free."""


def opened(device: Device, patience: float) -> Link:
    """The open line. Raises SurroundingsError `printer.unreachable`, `printer.not_allowed`,
    `printer.driver.missing`."""
    with told(device, "printer.unreachable"):
        match device.kind:
            case "network":
                return within(patience, lambda: NetworkLink(device, patience), NetworkLink.close)
            case "serial":
                return SerialLink(device, patience)
            case "usb":
                return UsbLink(device, patience)
            case "queue":
                return WindowsQueueLink(device) if sys.platform == "win32" else QueueLink(device, patience)
            case _:
                return FileLink(device, patience)


@contextmanager
def told(device: Device, code: str) -> Iterator[None]:
    """Failures of the system as the program's own errors."""
    try:
        yield
    except OSError as problem:
        # pyserial has no number for a refusal on Windows, only the refusal's name in its words.
        refused = problem.errno in _NOT_ALLOWED or "PermissionError" in str(problem)
        if isinstance(problem, PermissionError) or refused:
            code = "printer.not_allowed" if code == "printer.unreachable" else code
        reason = system_reason(problem)
        raise SurroundingsError(code, address=device.address, reason=reason) from problem


def within(
    seconds: float, work: Callable[[], _Result], unwanted: Callable[[_Result], None] | None = None
) -> _Result:
    """What `work` gives, or TimeoutError; work that comes back late hands its result to `unwanted`.

    For calls of the system that cannot be told a limit: opening a device file, looking up a host.
    """
    found: list[_Result] = []
    failed: list[BaseException] = []
    left = threading.Lock()
    late = False

    def run() -> None:
        try:
            result = work()
        except BaseException as problem:  # noqa: BLE001 - it is raised again where it is waited for
            failed.append(problem)
            return
        with left:
            found.append(result)
            if late and unwanted is not None:
                unwanted(result)

    thread = threading.Thread(target=run, name="printer", daemon=True)
    thread.start()
    thread.join(seconds)
    with left:
        if found:
            return found[0]
        if failed:
            raise failed[0]
        late = True
    raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))


class NetworkLink:
    """TCP, usually to port 9100."""

    chunk = 4096

    def __init__(self, device: Device, patience: float) -> None:
        self._socket = socket.create_connection(device.host, timeout=patience)
        self._patience = patience

    def write(self, data: bytes) -> None:
        self._socket.settimeout(self._patience)
        self._socket.sendall(data)

    def read(self, patience: float) -> bytes:
        self._socket.settimeout(patience)
        try:
            return self._socket.recv(16)
        except TimeoutError:
            return b""

    def finish(self) -> None:
        # A line that the printer broke is only noticed by listening once more.
        self._socket.shutdown(socket.SHUT_WR)
        end = time.monotonic() + min(_LINGER, self._patience)
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                if not self._socket.recv(256):
                    return
            except TimeoutError:
                return

    def close(self) -> None:
        self._socket.close()


class SerialLink:
    """A serial port, or whatever pyserial has an address for."""

    chunk = 512

    def __init__(self, device: Device, patience: float) -> None:
        try:
            import serial
        except ImportError as problem:
            raise SurroundingsError("printer.driver.missing", library="pyserial") from problem
        self._patience, self._sent = patience, False
        try:
            # Without DSR and RTS: cables with three wires are common, and the time limit catches what stalls.
            self._port: Any = serial.serial_for_url(
                device.address, baudrate=device.baud, timeout=patience, write_timeout=patience
            )
        except ValueError as problem:
            raise OSError(errno.EINVAL, str(problem)) from problem

    def write(self, data: bytes) -> None:
        self._port.write(data)

    def read(self, patience: float) -> bytes:
        self._port.timeout = patience
        return bytes(self._port.read(1))

    def finish(self) -> None:
        within(self._patience, self._port.flush)
        self._sent = True

    def close(self) -> None:
        if not self._sent:
            # What the printer holds up is dropped, or the system waits for it half a minute.
            with suppress(OSError):
                self._port.reset_output_buffer()
        self._port.close()


class UsbLink:
    """USB through libusb; the endpoints are those of the device's printer interface."""

    chunk = 4096

    def __init__(self, device: Device, patience: float) -> None:
        try:
            import usb.core
            import usb.util
        except ImportError as problem:
            raise SurroundingsError("printer.driver.missing", library="pyusb") from problem
        wanted, self._patience = device.usb, patience
        arguments: dict[str, object] = {}
        if wanted.vendor is not None:
            arguments |= {"idVendor": wanted.vendor, "idProduct": wanted.product}
        if wanted.vendor is None:
            arguments["custom_match"] = lambda found: _printing(found) is not None
        elif wanted.serial:
            arguments["custom_match"] = lambda found: found.serial_number == wanted.serial
        escpos = driver.library()
        try:
            with driver.quiet():
                # Milliseconds; the library's own default is no limit at all.
                self._printer = escpos.Usb(usb_args=arguments, timeout=int(patience * 1000))
                self._printer.open()
        except usb.core.NoBackendError as problem:
            raise SurroundingsError("printer.driver.missing", library="libusb") from problem
        except escpos.usb.DeviceNotFoundError as problem:
            cause = problem.__context__
            code = cause.errno if isinstance(cause, OSError) and cause.errno else errno.ENODEV
            raise OSError(code, os.strerror(code)) from problem
        interface = _printing(self._printer.device)
        try:
            # The library only logs that it may not configure the device; claiming it says so.
            usb.util.claim_interface(self._printer.device, 0 if interface is None else interface)
        except usb.core.USBError:
            self.close()
            raise
        for end in interface or ():
            inward = usb.util.endpoint_direction(end.bEndpointAddress) == usb.util.ENDPOINT_IN
            if inward:
                self._printer.in_ep = end.bEndpointAddress
            else:
                self._printer.out_ep = end.bEndpointAddress

    def write(self, data: bytes) -> None:
        self._printer._raw(data)

    def read(self, patience: float) -> bytes:
        import usb.core

        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 16, int(patience * 1000)))
        except usb.core.USBTimeoutError:
            return b""

    def finish(self) -> None:
        """A bulk transfer has arrived when its write returns."""

    def close(self) -> None:
        with driver.quiet():
            self._printer.close()


def _printing(found: Any) -> Any:
    """The printer interface of a USB device, None if it has none."""
    for configuration in found:
        for interface in configuration:
            if interface.bInterfaceClass == _PRINTER_CLASS:
                return interface
    return None


class FileLink:
    """A device file, a Windows share, or a plain file, which is written on at its end."""

    chunk = 4096

    def __init__(self, device: Device, patience: float) -> None:
        self._patience = patience
        self._handle = within(patience, lambda: _for_writing(device.address), os.close)

    def write(self, data: bytes) -> None:
        left = data
        while left:
            part = left
            left = left[within(self._patience, lambda part=part: os.write(self._handle, part)) :]  # type: ignore[misc]

    def read(self, patience: float) -> bytes:
        return b""

    def finish(self) -> None:
        """What is written is with the system."""

    def close(self) -> None:
        os.close(self._handle)


def _for_writing(address: str) -> int:
    path, flags = Path(address), os.O_WRONLY | getattr(os, "O_BINARY", 0)
    if is_windows_printer(address):
        if os.name != "nt":
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        # Printers have no state to ask for; they are opened as `copy /b` does.
        return os.open(address, flags | os.O_CREAT | os.O_TRUNC)
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        if path.parts[:2] == (os.sep, "dev"):
            # A printer that is off has no device file; making a plain one would swallow its slips for ever.
            raise
        return os.open(path, flags | os.O_CREAT | os.O_APPEND, 0o600)
    return os.open(path, flags | (os.O_APPEND if stat.S_ISREG(kind) else 0))


class QueueLink:
    """A printer of the system's CUPS, which passes the bytes on as they are."""

    chunk = 1 << 20

    def __init__(self, device: Device, patience: float) -> None:
        self._name, self._patience, self._data = device.address, patience, bytearray()
        self._order = ["lp", "-s", "-o", "raw", *(("-d", device.address) if device.address else ())]

    def write(self, data: bytes) -> None:
        self._data += data

    def read(self, patience: float) -> bytes:
        return b""

    def finish(self) -> None:
        try:
            done = subprocess.run(
                self._order, input=bytes(self._data), capture_output=True, timeout=self._patience, check=False
            )
        except FileNotFoundError as problem:
            raise SurroundingsError("printer.driver.missing", library="CUPS (lp)") from problem
        except subprocess.TimeoutExpired as problem:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from problem
        if done.returncode:
            # CUPS refused the job: nothing of it is on paper.
            reason = done.stderr.decode(errors="replace").strip()
            raise SurroundingsError("printer.unreachable", address=self._name, reason=reason)

    def close(self) -> None:
        """The job belongs to CUPS now."""


class WindowsQueueLink:
    """A printer installed in Windows, which is handed the bytes as they are."""

    chunk = 1 << 16

    def __init__(self, device: Device) -> None:
        escpos = driver.library()
        if not escpos.Win32Raw.is_usable():
            raise SurroundingsError("printer.driver.missing", library="pywin32")
        self._printer = escpos.Win32Raw(device.address)
        try:
            with driver.quiet():
                self._printer.open("Counter")
        except escpos.win32raw.DeviceNotFoundError as problem:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV)) from problem

    def write(self, data: bytes) -> None:
        self._printer._raw(data)

    def read(self, patience: float) -> bytes:
        return b""

    def finish(self) -> None:
        """The job is handed over by closing it."""

    def close(self) -> None:
        with driver.quiet():
            self._printer.close()
