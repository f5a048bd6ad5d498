"""An ESC/POS printer on the screen: reads the bytes as a printer would and draws its paper.

It knows the commands that this program sends and refuses every other, and whatever a real one would spoil: text
wider than the paper, a picture cut short, half a Chinese sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFont

from counter_app import resources
from counter_app.documents import codes

DRAWN = "\ufffc"
"""Stands in a line of text for what was drawn into it."""
_PAGES = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
}
_QUIET = 10


class Refused(Exception):
    """The printer would print rubbish from here on."""


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources.path("fonts", "CounterSansSC-Regular.ttf")), 24)


@cache
def _glyph(sign: str, wide: int, across: int, up: int, bold: bool, reverse: bool) -> Image.Image:
    """One sign in its cell, Latin ones squeezed into half a square."""
    cell = Image.new("L", (24, 24), 255)
    room = _font().getlength(sign)
    pen = ImageDraw.Draw(cell)
    pen.text((0, 21), sign, fill=0, font=_font(), anchor="ls", stroke_width=int(bold))
    if room and wide < room:
        cell = cell.crop((0, 0, round(room), 24)).resize((wide, 24))
    cell = cell.crop((0, 0, wide, 24)).resize((wide * across, 24 * up))
    ink = cell.point([0 if level < 150 else 255 for level in range(256)], "1")
    return ImageChops.invert(ink) if reverse else ink


@dataclass
class Paper:
    """One piece: its picture (0 = black), the lines of text on it, the codes as they were sent."""

    picture: Image.Image
    lines: list[str] = field(default_factory=list)
    qr: list[str] = field(default_factory=list)
    barcodes: list[str] = field(default_factory=list)
    cut: bool = False


@dataclass
class Printed:
    """Everything that came out; `kicks` are pulses to the drawer: pin and milliseconds; `density` as set."""

    pieces: list[Paper]
    kicks: list[tuple[int, int]]
    density: int


class PaperRoll:
    """One printer, `dots` wide, whose Chinese font is the one of `codec`."""

    def __init__(self, dots: int, codec: str = "gbk") -> None:
        self._dots, self._codec = dots, codec
        self._pieces: list[Paper] = []
        self._strips: list[Image.Image] = []
        self._paper = Paper(Image.new("1", (dots, 1), 1))
        self._kicks: list[tuple[int, int]] = []
        self._density = 0
        self._reset()

    def _reset(self) -> None:
        self._bold = self._reverse = self._chinese = False
        self._wide = self._high = self._kanji = 1
        self._align = 0
        self._step = 30
        self._page = 0
        self._qr: dict[int, bytes] = {}
        self._bar = {"high": 162, "module": 3, "hri": 0}
        self._line: list[Image.Image] = []
        self._text = ""

    def print(self, data: bytes) -> Printed:
        """Everything the bytes make."""
        self._data, self._at = data, 0
        while self._at < len(data):
            self._one()
        if self._line:
            raise Refused("a line without an end")
        if self._strips:
            self._end_piece(cut=False)
        return Printed(self._pieces, self._kicks, self._density)

    def _take(self, count: int = 1) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) < count:
            raise Refused(f"cut short at {self._at}")
        self._at += count
        return part

    def _byte(self) -> int:
        return self._take()[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _one(self) -> None:
        byte = self._byte()
        if byte == 0x0A:
            self._end_line()
        elif byte == 0x1B:
            self._esc(self._byte())
        elif byte == 0x1D:
            self._gs(self._byte())
        elif byte == 0x1C:
            self._fs(self._byte())
        elif byte >= 0x20:
            self._sign(byte)
        else:
            raise Refused(f"byte {byte:#x} at {self._at - 1}")

    def _esc(self, command: int) -> None:
        match chr(command):
            case "@":
                self._fresh("ESC @")
                self._reset()
            case "E":
                self._bold = bool(self._byte() & 1)
            case "!":
                mode = self._byte()
                self._bold, self._high, self._wide = bool(mode & 8), 1 + (mode >> 4 & 1), 1 + (mode >> 5 & 1)
            case "3":
                self._step = self._byte()
            case "a":
                self._fresh("ESC a")
                self._align = self._byte()
            case "t":
                self._page = self._byte()
            case "J":
                self._fresh("ESC J")
                self._blank(self._byte())
            case "d":
                self._fresh("ESC d")
                self._blank(self._byte() * self._step)
            case "p":
                pin, on, off = self._take(3)
                if off < on:
                    raise Refused("the drawer's coil would burn")
                self._kicks.append((2 if pin in (0, 48) else 5, on * 2))
            case "*":
                self._bit_image()
            case other:
                raise Refused(f"ESC {other!r}")

    def _gs(self, command: int) -> None:
        match chr(command):
            case "!":
                size = self._byte()
                self._wide, self._high = (size >> 4) + 1, (size & 15) + 1
            case "B":
                self._reverse = bool(self._byte() & 1)
            case "h":
                self._bar["high"] = self._byte()
            case "w":
                self._bar["module"] = self._byte()
            case "H":
                self._bar["hri"] = self._byte()
            case "k":
                self._barcode()
            case "v":
                self._raster()
            case "V":
                self._fresh("GS V")
                if self._byte() == 66:
                    self._blank(self._byte())
                self._end_piece(cut=True)
            case "(":
                self._extended()
            case other:
                raise Refused(f"GS {other!r}")

    def _fs(self, command: int) -> None:
        match chr(command):
            case "&":
                self._chinese = True
            case ".":
                self._chinese = False
            case "!":
                mode = self._byte()
                self._kanji = 2 if mode & 0x0C == 0x0C else 1
            case other:
                raise Refused(f"FS {other!r}")

    def _fresh(self, name: str) -> None:
        if self._line:
            raise Refused(f"{name} within a line")

    def _sign(self, byte: int) -> None:
        if byte < 0x80:
            self._draw_sign(chr(byte), 12, self._wide, self._high)
            return
        if self._chinese:
            code = bytes([byte, self._byte()])
            try:
                sign = code.decode(self._codec)
            except UnicodeDecodeError as problem:
                raise Refused(f"no Chinese sign: {code.hex()}") from problem
            scale = max(self._wide, self._kanji)
            self._draw_sign(sign, 24, scale, max(self._high, self._kanji))
            return
        self._draw_sign(bytes([byte]).decode(_PAGES[self._page]), 12, self._wide, self._high)

    def _draw_sign(self, sign: str, wide: int, across: int, up: int) -> None:
        self._put(_glyph(sign, wide, across, up, self._bold, self._reverse), sign)

    def _put(self, ink: Image.Image, text: str) -> None:
        self._line.append(ink)
        self._text += text
        if sum(one.width for one in self._line) > self._dots:
            raise Refused(f"wider than the paper: {self._text}")

    def _bit_image(self) -> None:
        if self._byte() != 33:
            raise Refused("ESC * in another density")
        wide = self._word()
        columns = self._take(wide * 3)
        ink = Image.new("1", (wide, 24), 1)
        for x in range(wide):
            bits = int.from_bytes(columns[x * 3 : x * 3 + 3], "big")
            for y in range(24):
                if bits >> (23 - y) & 1:
                    ink.putpixel((x, y), 0)
        self._put(ink, DRAWN)

    def _end_line(self) -> None:
        high = max((one.height for one in self._line), default=0)
        strip = Image.new("1", (self._dots, max(high, self._step)), 1)
        wide = sum(one.width for one in self._line)
        left = {0: 0, 1: (self._dots - wide) // 2, 2: self._dots - wide}[self._align]
        for ink in self._line:
            strip.paste(ink, (left, high - ink.height))
            left += ink.width
        self._strips.append(strip)
        self._paper.lines.append(self._text)
        self._line, self._text = [], ""

    def _blank(self, high: int) -> None:
        if high:
            self._strips.append(Image.new("1", (self._dots, high), 1))

    def _raster(self) -> None:
        self._fresh("GS v 0")
        if self._take(2) != b"0\x00":
            raise Refused("GS v in another form")
        row, high = self._word(), self._word()
        if row * 8 > self._dots:
            raise Refused("a picture wider than the paper")
        held = self._take(row * high)
        ink = Image.frombytes("1", (row * 8, high), bytes(255 - byte for byte in held))
        strip = Image.new("1", (self._dots, high), 1)
        strip.paste(ink, (0, 0))
        self._strips.append(strip)

    def _middle(self, ink: Image.Image) -> None:
        if ink.width + 2 * _QUIET > self._dots:
            raise Refused("a code wider than the paper")
        strip = Image.new("1", (self._dots, ink.height), 1)
        strip.paste(ink, ((self._dots - ink.width) // 2 if self._align == 1 else 0, 0))
        self._strips.append(strip)

    def _barcode(self) -> None:
        self._fresh("GS k")
        if self._byte() != 73 or self._bar["hri"]:
            raise Refused("a barcode of another kind")
        data = self._take(self._byte())
        text, pairs, place = "", False, 0
        if data[:2] != b"{B":
            raise Refused("a barcode that begins in no set")
        while place < len(data):
            if data[place] == 0x7B:
                pairs = {0x42: False, 0x43: True}[data[place + 1]]
                place += 2
                continue
            text += f"{data[place]:02d}" if pairs else chr(data[place])
            place += 1
        module, high = self._bar["module"], self._bar["high"]
        widths = codes.code128_widths(text)
        ink = Image.new("1", (sum(widths) * module, high), 1)
        x = 0
        for turn, modules in enumerate(widths):
            if turn % 2 == 0:
                ink.paste(0, (x, 0, x + modules * module, high))
            x += modules * module
        self._middle(ink)
        self._paper.barcodes.append(text)

    def _extended(self) -> None:
        kind = chr(self._byte())
        data = self._take(self._word())
        if kind == "K" and data[0] == 49:
            self._density = data[1] if data[1] < 128 else data[1] - 256
            return
        if kind != "k" or data[0] != 49:
            raise Refused(f"GS ( {kind}")
        self._qr[data[1]] = data[2:]
        if data[1] != 81:
            return
        self._fresh("GS ( k")
        if self._qr[65] != b"2\x00" or self._qr[69] != b"1" or self._qr[80][:1] != b"0":
            raise Refused("a QR code of another kind")
        text, module = self._qr[80][1:].decode(), self._qr[67][0]
        matrix = list(segno.make(text, error="m", micro=False).matrix)
        ink = Image.new("1", (len(matrix) * module, len(matrix) * module), 1)
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    ink.paste(0, (x * module, y * module, (x + 1) * module, (y + 1) * module))
        self._middle(ink)
        self._paper.qr.append(text)

    def _end_piece(self, *, cut: bool) -> None:
        whole = Image.new("1", (self._dots, sum(one.height for one in self._strips)), 1)
        y = 0
        for strip in self._strips:
            whole.paste(strip, (0, y))
            y += strip.height
        self._paper.picture, self._paper.cut = whole, cut
        self._pieces.append(self._paper)
        self._strips = []
        self._paper = Paper(Image.new("1", (self._dots, 1), 1))
