"""Pieces of roll paper as the bytes that a printer makes them of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from counter_app.domain.roll_paper import Barcode, Dots, Gap, Item, Line, Picture, Piece, Qr, Rule, Run
from counter_app.printers import commands, driver
from counter_app.printers.device import Device
from counter_app.printers.signs import Writer

_STEP = 30
"""From line to line: 24 dots of sign and a quarter of that between."""
_BESIDE_BARS = 12
_RULES = {"heavy": "=", "dashed": "-", "plain": "_"}


def receipt_bytes(device: Device, pieces: Sequence[Piece]) -> bytes:
    """The bytes of whole pieces, each one fed past the knife and cut if the device cuts.

    Pieces of pictures alone need no font of the printer; lines of signs do (`device.text`).
    """
    setting = _Setting(device)
    out = [_begin(device)]
    for piece in pieces:
        out += [setting.item(item) for item in piece.items]
        out.append(end_of_piece(device))
    return b"".join(out)


def _begin(device: Device) -> bytes:
    chinese = (
        b"" if device.text == "bitmap" else commands.NO_KANJI if device.text == "latin" else commands.KANJI
    )
    return commands.START + chinese + commands.density(device.density)


def end_of_piece(device: Device) -> bytes:
    """Blank paper, then the knife."""
    return commands.feed_lines(device.feed) + (commands.cut() if device.cut else b"")


def _apart(code: bytes, quiet: int) -> bytes:
    """A code in the middle with blank paper above and below, without which scanners do not see it."""
    blank = commands.feed_dots(quiet)
    return blank + commands.CENTRE + code + commands.LEFT + blank


@lru_cache(maxsize=512)
def _inline(dots: Dots) -> bytes:
    return commands.inline(dots)


@lru_cache(maxsize=64)
def _qr(text: str, module: int) -> bytes:
    return driver.qr(text, module)


class _Setting:
    """Sets item after item; the printer is in its plain state between them, but for the line height."""

    def __init__(self, device: Device) -> None:
        self._columns = device.columns
        self._writer = Writer(device)
        self._height = 0

    def item(self, item: Item) -> bytes:
        match item:
            case Line():
                return self._line(item)
            case Rule():
                return self._stepped(1) + _RULES[item.look].encode() * self._columns + commands.LINE_END
            case Gap():
                return commands.feed_dots(item.dots)
            case Picture():
                return commands.raster(item.dots)
            case Barcode():
                code = commands.code128(item.values, item.module, item.height)
                return _apart(code, _BESIDE_BARS)
            case Qr():
                return _apart(_qr(item.text, item.module), 4 * item.module)

    def _stepped(self, scale: int) -> bytes:
        height = _STEP + 24 * (scale - 1)
        if height == self._height:
            return b""
        self._height = height
        return commands.line_height(height)

    def _line(self, line: Line) -> bytes:
        out = [self._stepped(max((run.scale for run in line.runs), default=1))]
        column = 0
        for run in line.runs:
            out += [_blank(column, run.column, line.rule), self._run(run)]
            column = run.column + run.columns
        if line.rule is not None:
            out.append(_blank(column, max(column, line.rule[1]), line.rule))
        return b"".join(out) + commands.LINE_END

    def _run(self, run: Run) -> bytes:
        if run.dots is not None:
            return _inline(run.dots)
        text = self._writer.text(run.text)
        if run.bold:
            text = commands.bold(True) + text + commands.bold(False)
        if run.reverse:
            text = commands.reverse(True) + text + commands.reverse(False)
        if run.scale > 1:
            begin = commands.size(run.scale) + commands.kanji_size(run.scale)
            text = begin + text + commands.size(1) + commands.kanji_size(1)
        return text


def _blank(begin: int, end: int, rule: tuple[int, int] | None) -> bytes:
    """Columns without signs, underlined where the line is to be written on."""
    if rule is None:
        return b" " * (end - begin)
    return bytes(0x5F if rule[0] <= column < rule[1] else 0x20 for column in range(begin, end))
