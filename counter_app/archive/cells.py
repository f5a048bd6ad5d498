"""One row of a sheet as XML. Everything that Excel could misread is decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from counter_app.archive.sheets import Cell, Kind

_EPOCH = date(1899, 12, 30).toordinal()
_UNIX_DAY = 25569
_DAY_MS = 86_400_000
_MOST_TEXT = 32_767
# XML 1.0 has no way to write these; half a surrogate pair cannot be encoded either.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as "A": a literal one must have its underscore escaped.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def text(value: str) -> str:
    """Text as the content of a `<t>`: nothing unwritable, nothing read as markup or as an escape."""
    if len(value) > _MOST_TEXT:
        value = value[: _MOST_TEXT - 1] + "…"
    if not value.isascii() or not value.isprintable() or "_x" in value:
        value = _ESCAPED.sub("_x005F_", _UNWRITABLE.sub("\ufffd", value))
    # A carriage return is normalised away by every XML reader; say it as Excel does.
    return escape(value).replace("\r", "_x000D_")


def money(fen: int) -> str:
    """分 as the exact decimal number of yuan."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def quantity(milli: int) -> str:
    """Thousandths as a decimal number without idle zeros."""
    sign, milli = ("-", -milli) if milli < 0 else ("", milli)
    whole, part = divmod(milli, 1000)
    return f"{sign}{whole}.{part:03d}".rstrip("0").rstrip(".") if part else f"{sign}{whole}"


def day_serial(day: date) -> str:
    """The day as Excel counts it."""
    return str(day.toordinal() - _EPOCH)


def instant_serial(local_ms: int) -> str:
    """Local milliseconds since 1970 as Excel's day with fraction, to the second."""
    return f"{_UNIX_DAY + local_ms // 1000 * 1000 / _DAY_MS:.6f}"


_NUMBERS: dict[Kind, Callable[[int], str]] = {
    Kind.WHOLE: str,
    Kind.MONEY: money,
    Kind.QUANTITY: quantity,
    Kind.SHARE: lambda points: f"{points / 10_000:.4f}",
    Kind.INSTANT: instant_serial,
}


def number(kind: Kind, value: Cell) -> str:
    """The `<v>` of a numeric cell."""
    if kind is Kind.DAY:
        if not isinstance(value, date):
            raise TypeError(f"a day cell holds {value!r}")
        return day_serial(value)
    if not isinstance(value, int):
        raise TypeError(f"a {kind.value} cell holds {value!r}")
    return _NUMBERS[kind](value)


def cell(reference: str, kind: Kind, style: int, value: Cell) -> str:
    """One `<c>`; an empty value gives an empty but styled cell."""
    head = f'<c r="{reference}" s="{style}"'
    if value is None or value == "":
        return head + "/>"
    if kind in (Kind.TEXT, Kind.NOTE):
        # Always inline strings: a text that begins with = + - @ can then never be a formula.
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{text(str(value))}</t></is></c>'
    return f"{head}><v>{number(kind, value)}</v></c>"


def formula(reference: str, kind: Kind, style: int, expression: str, value: int) -> str:
    """One formula cell with the value it had when it was written."""
    return f'<c r="{reference}" s="{style}"><f>{escape(expression)}</f><v>{number(kind, value)}</v></c>'


def row_writer(kinds: Sequence[Kind], styles: Sequence[int]) -> Callable[[int, tuple[Cell, ...]], str]:
    """A function `(row number, values) -> <row>`, for a table's data rows: empty cells are left out."""
    plan: list[tuple[Callable[[Cell], str], str]] = []
    for at, (kind, style) in enumerate(zip(kinds, styles, strict=True), 1):
        head = f'<c r="{get_column_letter(at)}'
        if kind in (Kind.TEXT, Kind.NOTE):
            middle = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
            plan.append((lambda value, middle=middle: middle + text(str(value)) + "</t></is></c>", head))  # type: ignore[misc]
        else:
            middle = f'" s="{style}"><v>'
            plan.append(
                (lambda value, middle=middle, kind=kind: middle + number(kind, value) + "</v></c>", head)  # type: ignore[misc]
            )

    def write(at: int, values: tuple[Cell, ...]) -> str:
        here = str(at)
        cells = [
            head + here + body(value)
            for (body, head), value in zip(plan, values, strict=True)
            if value is not None and value != ""
        ]
        return f'<row r="{here}">{"".join(cells)}</row>'

    return write
