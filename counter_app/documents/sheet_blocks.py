"""Setting blocks on a sheet: facts in a grid, goods in a table, sums with their figures at the right."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from counter_app.documents import fonts
from counter_app.documents.blocks import (
    Amount,
    Beside,
    Blank,
    Block,
    Facts,
    Goods,
    Inside,
    Photos,
    Remark,
    Steps,
    Sums,
    Table,
    Ticks,
    Ways,
    Words,
)
from counter_app.documents.goods_table import goods_rows
from counter_app.documents.pages import Row, space, stacked
from counter_app.documents.pen import Pen
from counter_app.documents.photos import photo_rows
from counter_app.documents.sheet_figures import amount_row, section, sums_rows, unbroken, ways_rows
from counter_app.documents.tables import table_rows
from counter_app.documents.ticks import Placed, draw_ticks, placed_ticks
from counter_app.documents.typeset import QUIET_INK, Type
from counter_app.documents.words import word

_TALLEST_PAIR = 150.0
_PAIR_GAP = 22.0
_SLIGHTLY_NARROWER = 0.8
_NUMBER_NARROWER = 0.72
"""A number is rather set as narrow as the pen sets it than broken in two."""
_WIDE = (0.0, 560.0, 500.0)
"""From this width on (points, by tightness) a tight slip sets one fact more into a line: fan-fold, then A5."""
_RUNNING = (Facts, Words, Ticks)


def set_blocks(blocks: tuple[Block | Beside, ...], at: Type) -> list[Row]:
    """Rows of all blocks, with room between them."""
    rows: list[Row] = []
    if at.tight:
        blocks = _short_together(blocks, at)
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if place and not (isinstance(block, _RUNNING) and isinstance(blocks[place - 1], _RUNNING)):
            # What is written by hand stays with what is filled in after it.
            held = isinstance(blocks[place - 1], Blank)
            rows.append(replace(space(at.size * 0.5 * at.roomy), keep=held))
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Words) and isinstance(after, Words) and _short(block, at) and _short(after, at):
            rows.append(_two_words(block, after, at))
            place += 1
        elif isinstance(block, Beside):
            rows += _set_pair(block, at)
        else:
            rows += set_block(block, at)
        place += 1
    return rows


def _short_together(blocks: tuple[Block | Beside, ...], at: Type) -> tuple[Block | Beside, ...]:
    """In a run of texts the short ones stand first, so that they share lines."""
    found: list[Block | Beside] = []
    for running, blocks_of_run in groupby(blocks, lambda block: isinstance(block, Words)):
        run = list(blocks_of_run)
        found += sorted(run, key=lambda block: not _shares_a_line(block, at)) if running else run
    return tuple(found)


def _shares_a_line(block: Block | Beside, at: Type) -> bool:
    return isinstance(block, Words) and _short(block, at)


def _short(block: Words, at: Type) -> bool:
    """Whether a text is one line of half the width, so that two of them share a line."""
    text = fonts.cleaned(block.text[:200])
    return "\n" not in text and fonts.width(text, at.size) <= _half(at) - label_width(at)


def _half(at: Type) -> float:
    return (at.width - _PAIR_GAP) / 2


def _two_words(one: Words, other: Words, at: Type) -> Row:
    left, right = at.narrowed(at.x, _half(at)), at.narrowed(at.x + _half(at) + _PAIR_GAP, _half(at))
    first = _labelled(one.title, [fonts.cleaned(one.text)], left)
    second = _labelled(other.title, [fonts.cleaned(other.text)], right)

    def draw(pen: Pen, top: float) -> None:
        first.draw(pen, top)
        second.draw(pen, top)

    return Row(first.height, draw)


def _set_pair(pair: Beside, at: Type) -> list[Row]:
    left_at, right_at = at.narrowed(at.x, _half(at)), at.narrowed(at.x + _half(at) + _PAIR_GAP, _half(at))
    left = stacked(set_blocks(pair.left, left_at))
    right = stacked(set_blocks(pair.right, right_at))
    if max(left.height, right.height) > _TALLEST_PAIR * max(at.roomy, 1.0):
        return set_blocks(pair.left + pair.right, at)

    def draw(pen: Pen, top: float) -> None:
        left.draw(pen, top)
        right.draw(pen, top)

    return [Row(max(left.height, right.height), draw)]


def set_block(block: Block, at: Type) -> list[Row]:
    """Rows of one block."""
    match block:
        case Facts():
            return _facts(block, at)
        case Goods():
            return goods_rows(block, at)
        case Table():
            return table_rows(block, at)
        case Ticks():
            return _ticks(block, at)
        case Blank():
            return _blank(block, at)
        case Remark():
            return [section(block.title, at), _labelled("", at.wrap(block.text, at.width - 6, 3), at, 6.0)]
        case Words():
            return [_labelled(block.title, at.wrap(block.text, at.width - label_width(at), block.most), at)]
        case Sums():
            return sums_rows(block, at)
        case Ways():
            return ways_rows(block, at)
        case Steps():
            return _steps(block, at)
        case Amount():
            return [amount_row(block, at)]
        case Inside():
            return _inside(block, at)
        case Photos():
            return _photos(block, at)


def label_width(at: Type) -> float:
    """Room for a label that stands left of running text."""
    return max(
        at.size * (5.4 if at.language == "zh" else 7.4), at.small * (6.1 if at.language == "zh" else 7.4)
    )


def _photos(block: Photos, at: Type) -> list[Row]:
    """Rows of photos, the label left of the first."""
    rows = photo_rows(block.shots, at, label_width(at))
    if not rows:
        return []
    first = rows[0]

    def draw(pen: Pen, top: float) -> None:
        pen.text(at.x, top + at.size * 1.02, block.title, at.small, grey=QUIET_INK, room=label_width(at) - 4)
        first.draw(pen, top)

    return [Row(first.height, draw), *rows[1:]]


def _blank(block: Blank, at: Type) -> list[Row]:
    """The label beside the first of the lines to write on."""
    room, height = label_width(at), at.size * 2.1 * min(at.roomy, 1.0)

    def line(label: str) -> Row:
        def draw(pen: Pen, top: float) -> None:
            base = top + height - at.size * 0.35
            pen.text(at.x, base, label, at.small, grey=QUIET_INK, room=room - 4)
            pen.line(at.x + room, base + 2, at.x + at.width, base + 2, weight=0.5, grey=0.25)

        return Row(height, draw, keep=True)

    return [line("" if place else block.title) for place in range(block.lines)]


def _labelled(label: str, lines: list[str], at: Type, indent: float | None = None) -> Row:
    room = label_width(at) if indent is None else indent

    def draw(pen: Pen, top: float) -> None:
        base = top + at.size * 1.02
        pen.text(at.x, base, label, at.small, grey=QUIET_INK, room=room - 4)
        for line in lines:
            pen.text(at.x + room, base, line, at.size, room=at.width - room)
            base += at.leading

    return Row(at.leading * max(len(lines), 1) + at.size * 0.12, draw)


def _facts(block: Facts, at: Type) -> list[Row]:
    more = at.tight and block.columns > 2 and at.width >= _WIDE[at.tight]
    columns = min(block.columns + (1 if more else 0), max(len(block.cells), 1))
    gap = 12.0
    width = (at.width - gap * (columns - 1)) / columns
    labels = [
        max(
            (fonts.width(fonts.cleaned(label), at.small) for label, _ in block.cells[place::columns]),
            default=0.0,
        )
        for place in range(columns)
    ]
    labels = [
        max(min(room + 6, width * 0.5), label_width(at) * (0.85 if place else 1.0))
        for place, room in enumerate(labels)
    ]
    rows = []
    for begin in range(0, len(block.cells), columns):
        cells = block.cells[begin : begin + columns]
        texts = [_value_lines(value, width - labels[place], at) for place, (_, value) in enumerate(cells)]
        rows.append(_fact_row(cells, texts, labels, width, gap, at))
    return rows


def _value_lines(value: str, limit: float, at: Type) -> list[str]:
    """One line when narrowing it a little saves breaking it (a long number), else up to three."""
    line = fonts.cleaned(value[:120])
    narrowest = _NUMBER_NARROWER if line.isascii() and " " not in line else _SLIGHTLY_NARROWER
    if "\n" not in line and fonts.width(line, at.size) * narrowest <= limit:
        return [line]
    return at.wrap(value, limit, 3)


def _fact_row(
    cells: tuple[tuple[str, str], ...],
    texts: list[list[str]],
    labels: list[float],
    width: float,
    gap: float,
    at: Type,
) -> Row:
    def draw(pen: Pen, top: float) -> None:
        for place, (label, _) in enumerate(cells):
            x = at.x + place * (width + gap)
            base = top + at.size * 1.02
            pen.text(x, base, label, at.small, grey=QUIET_INK, room=labels[place] - 4)
            for line in texts[place]:
                pen.text(x + labels[place], base, line, at.size, room=width - labels[place])
                base += at.leading

    return Row(at.leading * max(len(lines) for lines in texts) + at.size * 0.12, draw)


def _ticks(block: Ticks, at: Type) -> list[Row]:
    lines = placed_ticks(block.checks, at.width - label_width(at), at.size, at.mark)
    return [_tick_row(block.title if not place else "", line, at) for place, line in enumerate(lines)]


def _tick_row(title: str, line: list[Placed], at: Type) -> Row:
    room = label_width(at)

    def draw(pen: Pen, top: float) -> None:
        base = top + at.size * 1.02
        if title:
            pen.text(at.x, base, title, at.small, grey=QUIET_INK, room=room - 4)
        draw_ticks(pen, at.x + room, base, line, at.size)

    return Row(at.leading * 1.06, draw)


def _steps(block: Steps, at: Type) -> list[Row]:
    indent = at.size * 1.5
    rows = [section(block.title, at)]
    for place, item in enumerate(block.items, 1):
        rows.append(_step(f"{place}.", at.wrap(item, at.width - indent, 4), indent, at))
    return unbroken(rows)


def _step(number: str, lines: list[str], indent: float, at: Type) -> Row:
    def draw(pen: Pen, top: float) -> None:
        base = top + at.size * 1.02
        pen.text(at.x, base, number, at.size, grey=QUIET_INK)
        for line in lines:
            pen.text(at.x + indent, base, line, at.size)
            base += at.leading

    return Row(at.leading * len(lines) + at.size * 0.1, draw)


def _inside(block: Inside, at: Type) -> list[Row]:
    part = block.part
    inner = at.narrowed(at.x + 9, at.width - 18)
    named = (
        ("liability", part.liability),
        ("disposition", part.disposition),
        ("flags", "  ".join(part.flags)),
        ("approvals", "\n".join(part.approvals)),
        ("internal_notes", part.notes),
    )
    blocks: list[Block] = [Words(word(f"label.{name}", at.language), text, 5) for name, text in named if text]
    if part.costs:
        blocks.append(Sums(word("section.costs", at.language), part.costs))
    rows = [section(word("section.internal", at.language), inner)]
    for one in blocks:
        rows += set_block(one, inner)
    last = len(rows) - 1
    return [space(at.size * 0.4), *(_barred(row, at, place == last) for place, row in enumerate(rows))]


def _barred(row: Row, at: Type, last: bool) -> Row:
    """A row of the internal part, with a dashed bar at either side so that the part is seen as one."""
    height = row.height + (at.size * 0.4 if last else 0.0)

    def draw(pen: Pen, top: float) -> None:
        pen.box(at.x, top, at.width, height, fill=0.965)
        pen.line(at.x, top, at.x, top + height, weight=1.2, grey=0.3)
        row.draw(pen, top)

    return Row(height, draw, keep=row.keep)
