"""The table of goods on a sheet: its header repeats on every page, names wrap, findings stand beneath."""

from __future__ import annotations

from counter_app.documents import fonts
from counter_app.documents.blocks import Goods
from counter_app.documents.pages import Row
from counter_app.documents.pen import CENTRE, RIGHT, Pen
from counter_app.documents.ticks import draw_ticks, placed_ticks, ticks_width
from counter_app.documents.typeset import QUIET_INK, Type
from counter_app.documents.words import word, yuan
from counter_app.domain.quantity import format_quantity
from counter_app.domain.slips import GoodsLine
from counter_app.wording import Language

_MOST_NAME_LINES = 3
_MOST_DETAIL_LINES = 3
_MOST_FINDING_LINES = 4
_MOST_TICK_LINES = 4
_LONGEST_LINE = 300
_A_LITTLE_WIDER = 1.06


def details(line: GoodsLine, language: Language) -> list[str]:
    """Model, barcode, serial and batch with their labels, the unknown ones left out."""
    named = (("model", line.model), ("barcode", line.barcode), ("serial", line.serial), ("batch", line.batch))
    return [f"{word(f'label.{name}', language)} {value}" for name, value in named if value]


def findings(line: GoodsLine, language: Language) -> list[tuple[str, str]]:
    """Reason, rule, inspection, remedy and stated flaw of one line, as label and text."""
    named = (
        ("reason", line.reason),
        ("rule", line.rule),
        ("inspection", line.inspection),
        ("remedy", line.remedy),
        ("flaw", line.flaw),
    )
    return [(word(f"label.{name}", language), value) for name, value in named if value]


def counted(line: GoodsLine) -> str:
    """Quantity with its unit."""
    return f"{format_quantity(line.quantity_milli)}{line.unit}"


def goods_rows(block: Goods, at: Type) -> list[Row]:
    """Title, header and one row per line of goods."""
    header = _header(block, at)
    rows = [header]
    for place, line in enumerate(block.lines, 1):
        rows.append(_line(place, line, block, at, header))
    return rows


def _small_lines(text: str, wide: float, most: int, at: Type) -> list[str]:
    """Lines of a running text beneath the goods; one line where narrowing it a little saves a second of one word."""
    line = fonts.cleaned(text) if len(text) < _LONGEST_LINE else ""
    if line and "\n" not in line and wide < fonts.width(line, at.small) <= wide * _A_LITTLE_WIDER:
        return [line]
    return at.wrap(text, wide, most, size=at.small) if text else []


def _lines_saved(known: str, said: str, wide: float, at: Type) -> bool:
    """Whether what is known and what was found need fewer lines as one running text."""
    both = at.wrap(f"{known}   {said}", wide, _MOST_DETAIL_LINES + _MOST_FINDING_LINES, size=at.small)
    apart = [at.wrap(one, wide, _MOST_FINDING_LINES, size=at.small) for one in (known, said)]
    return len(both) < sum(map(len, apart))


def _end(lines: list[str], at: Type) -> float:
    """Where something may stand behind the last of these lines, 0 where there are none."""
    return fonts.width(lines[-1], at.small) + at.small * 1.6 if lines else 0.0


def _money_columns(block: Goods) -> list[str]:
    if not block.prices:
        return []
    return ["price", "paid", "refund"] if block.refund else ["price", "paid"]


def _widths(block: Goods, at: Type) -> tuple[float, float, float, float]:
    """Width of the place, goods, quantity and each money column."""
    place, quantity, money = at.size * 2.2, at.size * 5.2, at.size * 8.2
    return place, at.width - place - quantity - money * len(_money_columns(block)), quantity, money


def _header(block: Goods, at: Type) -> Row:
    height = at.size * (1.5 if at.tight else 1.75)
    place_width, goods_width, quantity_width, money_width = _widths(block, at)

    def draw(pen: Pen, top: float) -> None:
        pen.box(at.x, top, at.width, height, fill=0.92)
        pen.line(at.x, top, at.x + at.width, top, weight=0.8)
        base = top + height / 2 + at.small * 0.36
        pen.text(
            at.x + place_width / 2, base, word("column.place", at.language), at.small, bold=True, align=CENTRE
        )
        x = at.x + place_width
        pen.text(x, base, block.title, at.small, bold=True, room=goods_width)
        x += goods_width + quantity_width
        pen.text(x - 4, base, word("column.quantity", at.language), at.small, bold=True, align=RIGHT)
        for name in _money_columns(block):
            x += money_width
            pen.text(x - 4, base, word(f"column.{name}", at.language), at.small, bold=True, align=RIGHT)

    return Row(height, draw, keep=True)


def _line(place: int, line: GoodsLine, block: Goods, at: Type, header: Row) -> Row:
    place_width, goods_width, quantity_width, money_width = _widths(block, at)
    names = at.wrap(line.name, goods_width - 4, _MOST_NAME_LINES, bold=True)
    known = "   ".join(details(line, at.language))
    wide = at.width - place_width - 4
    found = findings(line, at.language)
    said = "   ".join(
        f"{label}：{text}" if at.language == "zh" else f"{label}: {text}" for label, text in found
    )
    if at.tight and known and said and _lines_saved(known, said, wide, at):
        known, said = "", f"{known}   {said}"
    detail_lines = _small_lines(known, wide, _MOST_DETAIL_LINES, at)
    finding_lines = _small_lines(said, wide, _MOST_DETAIL_LINES + _MOST_FINDING_LINES, at)
    ticks = placed_ticks(line.checks, wide, at.small, at.mark)[:_MOST_TICK_LINES]
    figures = {"price": line.price_fen, "paid": line.paid_fen, "refund": line.refund_fen}
    step = at.small * (1.27 if at.tight else 1.38)
    end = _end(detail_lines, at)
    beside = bool(at.tight and end and len(finding_lines) == 1 and end + _end(finding_lines, at) <= wide)
    end = end + _end(finding_lines, at) if beside else _end(finding_lines or detail_lines, at)
    ticked = bool(at.tight and end and len(ticks) == 1 and end + ticks_width(ticks[0], at.small) <= wide)
    height = (
        at.leading * len(names)
        + step * (len(detail_lines) + (0 if beside else len(finding_lines)))
        + (0.0 if ticked else step * 1.1 * len(ticks))
        + at.size * (0.4 if at.tight else 0.55)
    )

    def draw(pen: Pen, top: float) -> None:
        base = top + at.size * 1.18
        number = pen.text
        number(at.x + place_width / 2, base, str(place), at.size, grey=QUIET_INK, align=CENTRE)
        x = at.x + place_width + goods_width + quantity_width
        number(x - 4, base, counted(line), at.size, align=RIGHT, room=quantity_width - 4)
        for name in _money_columns(block):
            x += money_width
            fen = figures[name]
            if fen is not None:
                number(
                    x - 4, base, yuan(fen), at.size, bold=name == "refund", align=RIGHT, room=money_width - 6
                )
        x = at.x + place_width
        for text in names:
            pen.text(x, base, text, at.size, bold=True, room=goods_width - 4)
            base += at.leading
        base += (step - at.leading) * 0.7
        for text in detail_lines:
            pen.text(x, base, text, at.small, grey=QUIET_INK, room=wide)
            base += step
        for text in finding_lines:
            if beside:
                pen.text(x + _end(detail_lines, at), base - step, text, at.small, grey=0.12)
                continue
            pen.text(x, base, text, at.small, grey=0.12, room=wide)
            base += step
        for boxes in ticks:
            if ticked:
                draw_ticks(pen, x + end, base - step, boxes, at.small)
                continue
            draw_ticks(pen, x, base, boxes, at.small)
            base += step * 1.1
        pen.line(at.x, top + height, at.x + at.width, top + height, weight=0.4, grey=0.72)

    return Row(height, draw, again=header)
