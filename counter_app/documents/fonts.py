"""The embedded fonts, and how any text becomes runs of signs that can be drawn.

A sign is drawn with the shop face; if it lacks the sign (𠮷 㛃 䶮), with the face of rare characters; and if
neither has it, or if it is no visible sign at all (control, direction mark, lone combining mark), as a framed
box with its code point. So nothing vanishes from a slip and nothing turns a line around.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from counter_app import resources
from counter_app.domain.errors import SurroundingsError

_FILES = {
    False: ("CounterSansSC-Regular.ttf", "CounterRare-Regular.ttf"),
    True: ("CounterSansSC-Bold.ttf", "CounterRare-Regular.ttf"),
}
_BOX_SCALE = 0.58
"""Size of the code point inside a box against the text around it."""
_BOX_PADDING = 0.14
"""Space between frame and code point, and around the frame, in ems of the text."""
_COMBINED = re.compile(r"[^\W\d_](?:[\u0300-\u036f\u3099\u309a]+)")
_MARKED = re.compile("[\u0300-\u036f\u3099\u309a]")
# Letters by category, yet invisible: Hangul fillers, Braille blank, the object replacement sign.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufffc\u17b4\u17b5\u034f")


@dataclass(frozen=True, slots=True)
class Run:
    """Signs drawn with one font. `font` None = a box that shows `text`, a code point like "U+20BB7".

    `width` in ems; `rare` marks the face that has no bold of its own.
    """

    font: TTFont | None
    text: str
    width: float
    rare: bool = False


class _QuickDeflate:
    """Deflate at its fastest: glyph outlines hardly get smaller by trying harder, and it halves the save."""

    pdfname = "FlateDecode"

    def encode(self, text: bytes | str) -> bytes:
        """The compressed bytes."""
        return zlib.compress(text.encode("utf-8") if isinstance(text, str) else text, 1)


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose embedded parts are compressed quickly, and whose rare signs can be copied out.

    ReportLab writes the code point of a sign beyond U+FFFF into its reading table where UTF-16 belongs, so
    that a search for 𠮷 in the stored PDF would find nothing.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Add the font's objects to a document that is being saved."""
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if isinstance(thing, PDFStream) and thing.filters:
                thing.filters = [_QuickDeflate()]
                if name.startswith("toUnicodeCMap:"):
                    thing.content = _BEYOND_BMP.sub(_utf16, thing.content)


_BEYOND_BMP = re.compile(r"(?<=> <)[0-9A-F]{5,6}(?=>)")


def _utf16(code: re.Match[str]) -> str:
    return chr(int(code.group(), 16)).encode("utf-16-be").hex().upper()


@cache
def face(file: str) -> TTFont:
    """One bundled font, registered once per process under the name of its file.

    Raises SurroundingsError `slip.font` when the file is gone or is no font.
    """
    try:
        font = EmbeddedFont(
            file.removesuffix(".ttf"), str(resources.path("fonts", file)), asciiReadable=0, shapable=False
        )
    except (OSError, TTFError, struct.error) as problem:
        raise SurroundingsError("slip.font", file=file) from problem
    # Every subset would copy the outlines, megabytes of them, out of the file again.
    font.face.get_table = cache(font.face.get_table)
    pdfmetrics.registerFont(font)
    return font


def box_label(sign: str) -> str:
    """The text inside the box of a sign that cannot be drawn."""
    return f"U+{ord(sign):04X}"


class Advances(dict[str, float]):
    """Width in ems of every sign, learned as signs appear; `rare` and `boxed` tell which are not plain."""

    def __init__(self, bold: bool) -> None:
        super().__init__()
        main, rare = _FILES[bold]
        self.main = face(main)
        self._rare_file = rare
        self.boxed: set[str] = set()
        self.rare: set[str] = set()
        self._digits = {sign: self.main.face.charWidths[ord(sign)] / 1000 for sign in "U+0123456789ABCDEF"}

    @property
    def rare_face(self) -> TTFont:
        """The face of rare characters, read only when a rare character appears."""
        return face(self._rare_file)

    def __missing__(self, sign: str) -> float:
        code = ord(sign)
        if not _visible(sign):
            width = self._boxed(sign)
        elif code in self.main.face.charToGlyph:
            width = self.main.face.charWidths[code] / 1000
        elif code in self.rare_face.face.charToGlyph:
            self.rare.add(sign)
            width = self.rare_face.face.charWidths[code] / 1000
        else:
            width = self._boxed(sign)
        self[sign] = float(width)
        return self[sign]

    def _boxed(self, sign: str) -> float:
        self.boxed.add(sign)
        label = sum(self._digits[digit] for digit in box_label(sign))
        return float(label * _BOX_SCALE + 4 * _BOX_PADDING)


def _visible(sign: str) -> bool:
    """Whether the sign stands by itself and leaves ink or is an ordinary space."""
    return (
        unicodedata.category(sign)[0] not in "CM"
        and unicodedata.category(sign) not in ("Zl", "Zp")
        and (sign not in _BLANK)
    )


@cache
def advances(bold: bool = False) -> Advances:
    """The table of widths of the regular or the bold face."""
    return Advances(bold)


def cleaned(text: str) -> str:
    """Text as it will be drawn: accents composed onto their letters, tabs and odd spaces made plain.

    Line ends stay. Everything else stays too, to be drawn or boxed.
    """
    if text.isprintable() and not _MARKED.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)
    return "".join(
        sign if sign in "\n\u3000" else " " if sign == "\t" or unicodedata.category(sign) == "Zs" else sign
        for sign in text
    )


@lru_cache(maxsize=4096)
def runs(text: str, bold: bool = False) -> tuple[Run, ...]:
    """The runs of one line of cleaned text."""
    table = advances(bold)
    width = sum(map(table.__getitem__, text))
    signs = set(text)
    if signs.isdisjoint(table.boxed) and signs.isdisjoint(table.rare):
        return (Run(table.main, text, width),) if text else ()
    found: list[Run] = []
    for sign in text:
        if sign in table.boxed:
            found.append(Run(None, box_label(sign), table[sign]))
            continue
        rare = sign in table.rare
        font = table.rare_face if rare else table.main
        if found and found[-1].font is font:
            found[-1] = Run(font, found[-1].text + sign, found[-1].width + table[sign], rare)
        else:
            found.append(Run(font, sign, table[sign], rare))
    return tuple(found)


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of one line of cleaned text."""
    return sum(map(advances(bold).__getitem__, text)) * size


@cache
def _columns_of(sign: str) -> float:
    if sign in "¥":
        return 1
    table = advances(False)
    em = table[sign]
    if sign in table.boxed:
        return -(-em * 2 // 1)
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


class Columns(dict[str, float]):
    """Width of every sign in half-width columns: 2 for Chinese and full-width, 1 for ASCII (GB rule)."""

    def __missing__(self, sign: str) -> float:
        self[sign] = found = _columns_of(sign)
        return found


COLUMNS = Columns()


@lru_cache(maxsize=4096)
def columns(text: str) -> int:
    """Half-width columns a line of cleaned text takes on a roll."""
    return int(sum(map(COLUMNS.__getitem__, text)))


BOX_SCALE, BOX_PADDING = _BOX_SCALE, _BOX_PADDING
