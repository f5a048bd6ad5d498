"""The page that tries a receipt printer: its width, drawn signs and its own, shades, a code, the knife."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from counter_app import resources
from counter_app.domain.roll_paper import Dots, Gap, Item, Line, Picture, Piece, Qr, Run
from counter_app.printers.device import Device
from counter_app.printers.receipt import receipt_bytes
from counter_app.printers.signs import columns
from counter_app.wording import Language

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

_SIZE = 24
_MM = 8
_CODE = "counter:test"
_SHADES = (64, 128, 192)


def test_bytes(device: Device, language: Language) -> bytes:
    """The test page. It needs no font of the printer but for the one line that shows whether it has any."""
    return receipt_bytes(_with_font(device), [Piece(_items(device, language))])


def _with_font(device: Device) -> Device:
    """The device as one that has a Chinese font, which is to be seen."""
    return replace(device, text="gb18030") if device.text == "bitmap" else device


def _items(device: Device, language: Language) -> tuple[Item, ...]:
    def drawn(text: str, size: int = _SIZE) -> Picture:
        return Picture(_drawn(text, device.dots, size), text)

    said = _words(language)
    place = f"{said['kind'][device.kind]} {device.address}".strip()
    own = said["own"]["latin" if device.text == "latin" else "gb18030"]
    return (
        drawn(said["title"], 40),
        drawn(place),
        drawn(said["paper"].format(width=device.width, dots=device.dots)),
        Picture(_ruler(device.dots)),
        *(drawn(line) for line in _broken(said["ruler"], device)),
        *(drawn(line) for line in _broken(said["drawn"], device)),
        *(drawn(line) for line in _broken(said["own_text"], device)),
        _own(own, device),
        *(drawn(line) for line in _broken(said["hint"], device)),
        Gap(12),
        *(drawn(line) for line in _broken(said["density"], device)),
        Picture(_shades(device.dots)),
        Gap(24),
        Picture(_drawn_code(device.dots)) if device.text == "bitmap" else Qr(_CODE, 6),
        Gap(24),
        drawn(said["end"]),
    )


def _words(language: Language) -> dict[str, Any]:
    """The catalogue in one language: words, or words by kind."""
    found: dict[str, Any] = {}
    for name, entry in resources.read_toml("i18n", "printers.toml").items():
        one = entry.get(language)
        found[name] = one if one is not None else {key: part[language] for key, part in entry.items()}
    return found


def _own(text: str, device: Device) -> Line:
    """A line in the printer's own font, but for signs that it is known to lack."""
    runs: list[Run] = []
    column = 0
    told = _with_font(device)
    for sign in text:
        wide = columns(told, sign)
        if wide and column + wide <= device.columns:
            runs.append(Run(sign, column, wide))
            column += wide
    return Line(tuple(runs))


def _broken(text: str, device: Device) -> list[str]:
    """Lines that fit, broken at any sign: the page speaks two languages and no long words."""
    font, lines = _fonts(_SIZE)[0], [""]
    for word in text.split(" ") if text.isascii() else text:
        joined = f"{lines[-1]} {word}".strip() if text.isascii() else lines[-1] + word
        if font.getlength(joined) <= device.dots:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


@cache
def _fonts(size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    from PIL import ImageFont

    files = ("CounterSansSC-Regular.ttf", "CounterRare-Regular.ttf")
    return tuple(ImageFont.truetype(str(resources.path("fonts", file)), size) for file in files)


def _blank(dots: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (dots, height), 255)
    return picture, ImageDraw.Draw(picture)


def _packed(picture: Image.Image, *, scattered: bool = False) -> Dots:
    """A grey picture as dots, cut off at one grey unless its greys are to be scattered."""
    if not scattered:
        picture = picture.point([0 if level < 150 else 255 for level in range(256)])
    rows = picture.convert("1").tobytes()
    return Dots(picture.width, picture.height, bytes(255 - byte for byte in rows))


def _drawn(text: str, dots: int, size: int) -> Dots:
    picture, pen = _blank(dots, size * 4 // 3)
    x = 0.0
    main, rare = _fonts(size)
    empty = main.getmask("\uffff").getbbox()
    for sign in text:
        font = rare if sign != " " and main.getmask(sign).getbbox() in (None, empty) else main
        pen.text((x, size), sign, fill=0, font=font, anchor="ls")
        x += font.getlength(sign)
    return _packed(picture)


def _ruler(dots: int) -> Dots:
    picture, pen = _blank(dots, 64)
    for mm in range(dots // _MM + 1):
        x = min(mm * _MM, dots - 1)
        pen.line((x, 0, x, 28 if mm % 10 == 0 else 20 if mm % 5 == 0 else 12), fill=0)
        if mm % 10 == 0:
            anchor = "la" if mm == 0 else "ra" if x > dots - 24 else "ma"
            pen.text((x, 34), str(mm), fill=0, font=_fonts(_SIZE)[0], anchor=anchor)
    pen.rectangle((0, 0, 2, 63), fill=0)
    pen.rectangle((dots - 3, 0, dots - 1, 63), fill=0)
    return _packed(picture)


def _shades(dots: int) -> Dots:
    picture, pen = _blank(dots, 48)
    wide = dots // (len(_SHADES) + 1)
    for place, shade in enumerate((0, *_SHADES)):
        pen.rectangle((place * wide, 0, (place + 1) * wide - 9, 47), fill=shade)
    return _packed(picture, scattered=True)


def _drawn_code(dots: int) -> Dots:
    import segno

    matrix = list(segno.make(_CODE, error="m", micro=False).matrix)
    module, side = 6, len(matrix) * 6
    picture, pen = _blank(dots, side)
    left = (dots - side) // 2
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                at = left + x * module, y * module
                pen.rectangle((*at, at[0] + module - 1, at[1] + module - 1), fill=0)
    return _packed(picture)
