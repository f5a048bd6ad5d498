"""Cells of a sheet as XML. Everything that Excel could misread is decided here."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from counter_app.archive.sheets import TEXTS, Cell, Kind

_EPOCH = date(1899, 12, 30).toordinal()
_NOISE, _RELATIVE_NOISE = 1e-4, 1e-12
_UNIX_DAY = 25569
_DAY_MS = 86_400_000
MOST_TEXT = 32_767
"""Characters a cell can hold, as Excel counts them: 𠮷 is two."""
_CUT = "…"
# XML 1.0 has no way to write these; half a surrogate pair cannot be encoded either.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as "A": a literal one must have its underscore escaped.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003fffd]"
)
_LINE_PT, _MOST_PT = 13.5, 409.0
_READ = 4000
"""More of a text never changes a row's height: Excel's tallest row is full before."""

ColumnWriter = Callable[[Sequence[str], Sequence[Cell]], list[str]]
"""Row numbers and the values beside them → one cell's XML each."""


def text(value: str) -> str:
    """Text as the content of a `<t>`: nothing unwritable, nothing read as markup or as an escape.

    What is longer than a cell can hold ends with an ellipsis.
    """
    if len(value) > MOST_TEXT // 2:
        value = _fitting(value)
    if not value.isascii() or not value.isprintable() or "_x" in value:
        value = _ESCAPED.sub("_x005F_", _UNWRITABLE.sub("\ufffd", _lines(value)))
    return escape(value)


def readable(value: str) -> str:
    """The text that a reader gets back from what `text` wrote."""
    return _UNWRITABLE.sub("\ufffd", _lines(_fitting(value)))


def _lines(value: str) -> str:
    """A cell breaks its lines with a line feed alone; a carriage return would show as a box."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def _fitting(value: str) -> str:
    units = value.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_TEXT:
        return value
    kept = units[: 2 * (MOST_TEXT - len(_CUT))].decode("utf-16-le", "surrogatepass")
    # Half a pair at the cut is no character.
    return (kept[:-1] if "\ud800" <= kept[-1] <= "\udbff" else kept) + _CUT


def money(fen: int) -> str:
    """分 as the exact decimal number of yuan."""
    if fen < 0:
        return "-" + money(-fen)
    return f"{fen // 100}.{fen % 100:02d}"


def quantity(milli: int) -> str:
    """Thousandths as a decimal number without idle zeros."""
    if milli < 0:
        return "-" + quantity(-milli)
    whole, part = divmod(milli, 1000)
    return f"{whole}.{part:03d}".rstrip("0") if part else str(whole)


def units(told: float, scale: int) -> int | None:
    """A read number in whole units of its smallest kind, None where it is none. What only looks like the amount
    (2.564 shown as 2.56) is another amount; what a program's own arithmetic leaves behind (1331.1600000000003) is not."""
    exact = told * scale
    if not math.isfinite(exact):
        return None
    whole = round(exact)
    return whole if abs(exact - whole) <= max(_NOISE, abs(whole) * _RELATIVE_NOISE) else None


def day_serial(day: date) -> str:
    """The day as Excel counts it."""
    return str(day.toordinal() - _EPOCH)


def instant_serial(local_ms: int) -> str:
    """Local milliseconds since 1970 as Excel's day with fraction, to the second."""
    return f"{_UNIX_DAY + local_ms // 1000 * 1000 / _DAY_MS:.9f}"


def share(points: int) -> str:
    """Basis points as a fraction of one."""
    return f"{points / 10_000:.4f}"


_NUMBERS: dict[Kind, Callable[..., str]] = {
    Kind.WHOLE: str,
    Kind.MONEY: money,
    Kind.QUANTITY: quantity,
    Kind.SHARE: share,
    Kind.INSTANT: instant_serial,
    Kind.DAY: day_serial,
}


def letter(at: int) -> str:
    """What a column is called, 0 = A."""
    return str(get_column_letter(at + 1))


def number(kind: Kind, value: Cell) -> str:
    """The `<v>` of a numeric cell. Raises TypeError for a value that is not what the kind takes."""
    wanted = date if kind is Kind.DAY else int
    if not isinstance(value, wanted):
        raise TypeError(f"a {kind.value} cell holds {value!r}")
    return _NUMBERS[kind](value)


def cell(reference: str, kind: Kind, style: int, value: Cell) -> str:
    """One `<c>`; an empty value gives an empty but styled cell."""
    head = f'<c r="{reference}" s="{style}"'
    if value is None or value == "":
        return head + "/>"
    if kind in TEXTS:
        # Always inline strings: a text that begins with = + - @ can then never be a formula.
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{text(str(value))}</t></is></c>'
    return f"{head}><v>{number(kind, value)}</v></c>"


def formula(reference: str, kind: Kind, style: int, expression: str, value: int | str) -> str:
    """One formula cell with the value it had when it was written."""
    if kind in TEXTS:
        head = f'<c r="{reference}" s="{style}" t="str"><f>{escape(expression)}</f>'
        return f"{head}<v>{text(str(value))}</v></c>"
    return f'<c r="{reference}" s="{style}"><f>{escape(expression)}</f><v>{number(kind, value)}</v></c>'


def rows(
    first: int,
    batch: Sequence[tuple[Cell, ...]],
    writers: Sequence[ColumnWriter],
    notes: Sequence[tuple[int, float]] = (),
) -> str:
    """Consecutive `<row>` elements, the first of them at row `first`.

    Column by column, since one look at a whole column tells whether any of its texts needs care. `notes` are the
    columns (0 = A) whose texts wrap, with their widths: rows are as tall as the longest of them needs.
    """
    here = [str(at) for at in range(first, first + len(batch))]
    columns = list(zip(*batch, strict=True))
    cells = [write(here, values) for write, values in zip(writers, columns, strict=True)]
    joined = map("".join, zip(*cells, strict=True))
    tall = _heights([(columns[at], width) for at, width in notes])
    if not tall:
        return "".join([f'<row r="{at}">{row}</row>' for at, row in zip(here, joined, strict=True)])
    return "".join(
        [
            f'<row r="{here[at]}" ht="{tall[at]}">{row}</row>'
            if at in tall
            else f'<row r="{here[at]}">{row}</row>'
            for at, row in enumerate(joined)
        ]
    )


def _heights(notes: Sequence[tuple[Sequence[Cell], float]]) -> dict[int, float]:
    """Heights in points of the rows that need more than one line. Not every program measures them itself."""
    lines: dict[int, int] = {}
    for values, width in notes:
        room = max(int(width) - 2, 1)
        for at, value in enumerate(values):
            if value and (2 * len(told := str(value)) > room or "\n" in told):
                lines[at] = max(lines.get(at, 1), lines_of(told, room))
    return {at: min(round(count * _LINE_PT + 2, 1), _MOST_PT) for at, count in lines.items() if count > 1}


def lines_of(told: str, room: int) -> int:
    """About how many lines a wrapped text takes in `room` half-width characters."""
    paragraphs = told[:_READ].split("\n")
    return sum(max(1, -(-(len(part) + len(_WIDE.findall(part))) // room)) for part in paragraphs)


def column_writer(at: int, kind: Kind, style: int) -> ColumnWriter:
    """How the cells of one column (1 = A) are written."""
    head = f'<c r="{get_column_letter(at)}'
    empty = f'" s="{style}"/>'
    if kind in TEXTS:
        return _text_writer(head, f'" s="{style}" t="inlineStr"><is><t', empty)
    middle, tail = f'" s="{style}"><v>', "</v></c>"
    written, wanted = _NUMBERS[kind], date if kind is Kind.DAY else int

    def write(here: Sequence[str], values: Sequence[Cell]) -> list[str]:
        for value in values:
            if value is not None and not isinstance(value, wanted):
                raise TypeError(f"a {kind.value} cell holds {value!r}")
        return [
            f"{head}{row}{empty}" if value is None else f"{head}{row}{middle}{written(value)}{tail}"
            for row, value in zip(here, values, strict=True)
        ]

    return write


def _text_writer(head: str, middle: str, empty: str) -> ColumnWriter:
    tail = "</t></is></c>"
    plain, careful = middle + ">", middle + ' xml:space="preserve">'

    def write(here: Sequence[str], values: Sequence[Cell]) -> list[str]:
        texts = ["" if value is None else str(value) for value in values]
        if _is_plain(texts):
            return [
                f"{head}{row}{plain}{value}{tail}" if value else f"{head}{row}{empty}"
                for row, value in zip(here, texts, strict=True)
            ]
        return [
            f"{head}{row}{careful}{text(value)}{tail}" if value else f"{head}{row}{empty}"
            for row, value in zip(here, texts, strict=True)
        ]

    return write


def _is_plain(texts: Sequence[str]) -> bool:
    """Whether texts can be written as they are. May say no too often, never yes."""
    joined = f"|{'|'.join(texts)}|"
    return (
        joined.isprintable()
        and "&" not in joined
        and "<" not in joined
        and ">" not in joined
        and "_x" not in joined
        and " |" not in joined
        and "| " not in joined
        and max(map(len, texts), default=0) <= MOST_TEXT // 2
    )
