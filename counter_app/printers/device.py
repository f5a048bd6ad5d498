"""One receipt printer as the shop has set it: where it is, its paper, how it takes text, its knife and drawer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import PurePosixPath, PureWindowsPath
from typing import Self

from counter_app.domain.errors import UserError

KINDS = ("usb", "network", "serial", "file", "queue")
"""How it is connected. `queue`: a printer installed in the system, which is handed the bytes as they are."""
WIDTHS = {"80mm": 576, "58mm": 384}
"""Printable dots of a 203 dpi head, 8 to the mm."""
TEXTS = ("bitmap", "gb18030", "gb2312", "latin")
"""`bitmap` draws everything, as the preview shows it. The others send text: `gb18030` (also cp936, GBK) and the
smaller `gb2312` for printers with a Chinese font, `latin` for one with Western code pages. Signs that a printer
of that kind cannot have are drawn in either."""
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_ALIASES = {"cp936": "gb18030", "gbk": "gb18030", "gb-18030": "gb18030", "gb18030-2000": "gb18030"}
RANGES = {
    "feed": (0, 20),
    "drawer_pulse": (20, 500),
    "density": (-6, 8),
}
"""Lowest and highest: lines, milliseconds, steps of darkness."""
_DEFAULT_PORT = 9100
_PORT = re.compile(r"(?:LPT[1-9]|PRN):?", re.IGNORECASE)
_USB = re.compile(r"(?P<vendor>[0-9a-fA-F]{4}):(?P<product>[0-9a-fA-F]{4})(?::(?P<serial>[^\s:]{1,126}))?")
_HOST = re.compile(
    r"(?:\[(?P<six>[0-9a-fA-F:.]{2,45})\]|(?P<host>[^\s:/\\\[\]]{1,253}))(?::(?P<port>[0-9]{1,5}))?"
)


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """Vendor and product, and the serial number where two of the same stand side by side; None: the only one."""

    vendor: int | None = None
    product: int | None = None
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """A receipt printer.

    `address` — usb: "04b8:0e15", "04b8:0e15:SERIAL" or "auto"; network: "192.168.1.50" or "host:9100"; serial:
    "COM3", "/dev/ttyUSB0" (or a pyserial address such as "socket://host:4000"), at `baud`; file: a file, a device
    file (/dev/usb/lp0) or a Windows share; queue: the printer's name in the system, "" = the default one.
    `feed`: lines of blank paper before the cut, 0–20. `drawer_pin`: 2 or 5, 0 = no drawer; `drawer_pulse`: 20–500 ms.
    `density`: −6 (lighter) to 8 (darker), 0 = as the printer itself is set.
    """

    kind: str
    address: str
    width: str = "80mm"
    text: str = "bitmap"
    cut: bool = True
    feed: int = 4
    drawer_pin: int = 2
    drawer_pulse: int = 120
    density: int = 0
    baud: int = 9600

    def __post_init__(self) -> None:
        _check(self)

    @classmethod
    def of(cls, plain: Mapping[str, object]) -> Self:
        """A device of plain JSON; fields left out have their usual values. A serial port may be written with its
        speed, as "COM3@19200".

        Raises UserError `printer.field.unknown`, `printer.field.kind`, `printer.field.missing` and those of a wrong
        value: `printer.kind`, `printer.address.*`, `printer.width`, `printer.text`, `printer.baud`, `printer.feed`,
        `printer.drawer_pin`, `printer.drawer_pulse`, `printer.density`.
        """
        kinds: dict[str, type] = {
            one.name: {"str": str, "int": int, "bool": bool}[str(one.type)] for one in fields(cls)
        }
        for name in plain:
            if name not in kinds:
                raise UserError("printer.field.unknown", field=name, known=", ".join(kinds))
        for name in ("kind", "address"):
            if name not in plain:
                raise UserError("printer.field.missing", field=name)
        values: dict[str, object] = {}
        for name, value in plain.items():
            # True is an int to Python, but no number of lines.
            if type(value) is not kinds[name]:
                raise UserError("printer.field.kind", field=name, kind=kinds[name].__name__)
            values[name] = value.strip() if isinstance(value, str) else value
        text = str(values.get("text", "bitmap")).lower()
        values["text"] = _ALIASES.get(text, text)
        if values["kind"] == "serial":
            port, _, speed = str(values["address"]).rpartition("@")
            if port and speed.isdecimal():
                values |= {"address": port, "baud": int(speed)}
        return cls(**values)  # type: ignore[arg-type]

    def plain(self) -> dict[str, object]:
        """The device as plain JSON; `Device.of` reads it back."""
        return asdict(self)

    @property
    def dots(self) -> int:
        """Printable dots of a line."""
        return WIDTHS[self.width]

    @property
    def columns(self) -> int:
        """Half-width signs of a line: 48 or 32."""
        return self.dots // 12

    @property
    def host(self) -> tuple[str, int]:
        """Host and port of a network printer. UserError `printer.address.network`, `printer.address.port`."""
        found = _HOST.fullmatch(self.address)
        if found is None:
            raise UserError("printer.address.network", address=self.address)
        port = int(found["port"] or _DEFAULT_PORT)
        if not 1 <= port <= 65535:
            raise UserError("printer.address.port", port=port)
        return found["six"] or found["host"], port

    @property
    def usb(self) -> UsbAddress:
        """What a USB printer is found by. UserError `printer.address.usb`."""
        if self.address == "auto":
            return UsbAddress()
        found = _USB.fullmatch(self.address)
        if found is None:
            raise UserError("printer.address.usb", address=self.address)
        return UsbAddress(int(found["vendor"], 16), int(found["product"], 16), found["serial"] or "")


def is_windows_printer(address: str) -> bool:
    r"""Whether a file's address is a shared printer of Windows (\\host\printer) or a port such as LPT1."""
    place = PureWindowsPath(address)
    shared = place.drive.startswith("\\\\") and len(place.parts) == 1
    return shared or _PORT.fullmatch(address) is not None


def _is_place(address: str) -> bool:
    """Whether a file is meant whichever folder the program was started in."""
    known = PurePosixPath(address).is_absolute() or PureWindowsPath(address).is_absolute()
    return address.isprintable() and (known or is_windows_printer(address))


def _check(device: Device) -> None:
    if device.kind not in KINDS:
        raise UserError("printer.kind", value=device.kind, known=", ".join(KINDS))
    if device.kind == "network":
        _ = device.host
    elif device.kind == "usb":
        _ = device.usb
    elif device.kind == "file" and not _is_place(device.address):
        raise UserError("printer.address.file", address=device.address)
    elif (not device.address and device.kind != "queue") or not device.address.isprintable():
        raise UserError(f"printer.address.{device.kind}", address=device.address)
    if device.width not in WIDTHS:
        raise UserError("printer.width", value=device.width)
    if device.text not in TEXTS:
        raise UserError("printer.text", value=device.text, known=", ".join(TEXTS))
    if device.baud not in BAUDS:
        raise UserError("printer.baud", value=device.baud, known=", ".join(map(str, BAUDS)))
    if device.drawer_pin not in (0, 2, 5):
        raise UserError("printer.drawer_pin", value=device.drawer_pin)
    for name, (low, high) in RANGES.items():
        value = getattr(device, name)
        if not low <= value <= high:
            raise UserError(f"printer.{name}", value=value, low=low, high=high)
