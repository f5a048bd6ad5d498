"""Setting blocks on a roll by the GB width rule: everything is counted in half-width columns.

Black only: a thermal head has no grey. A line that is wider than its columns is drawn narrower to fit them.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.documents import fonts, wrapping
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
from counter_app.documents.goods_table import counted, details, findings
from counter_app.documents.marks import field
from counter_app.documents.pages import Row, space
from counter_app.documents.pen import RIGHT, Pen
from counter_app.documents.roll_strip import (
    COLON,
    LEADING,
    LINED_UP_FROM,
    Strip,
    heading,
    lined_up,
    pair,
    plain_row,
    rule,
    text_row,
)
from counter_app.documents.ticks import IN_COLUMNS, RUNNING, Placed, draw_ticks, placed_ticks
from counter_app.documents.words import word, yuan
from counter_app.domain.money import capitals
from counter_app.domain.slips import Check, GoodsLine


def set_strip(
    blocks: tuple[Block | Beside, ...], at: Strip, head: tuple[tuple[str, str], ...] = ()
) -> list[Row]:
    """Rows of all blocks in one column, a dashed rule between them. `head`: label and value pairs that stand first;
    facts after them are lined up with them, anything else begins under a rule."""
    flat: list[Block] = []
    for block in blocks:
        flat += [*block.left, *block.right] if isinstance(block, Beside) else [block]
    # A roll is too narrow and too coarse for photos.
    flat = [one for one in flat if not isinstance(one, Photos)]
    begun = 1 if head and flat and isinstance(flat[0], Facts) else 0
    facts = head + (flat[0].cells if begun and isinstance(flat[0], Facts) else ())
    rows = _pairs(facts, at, (2,) * len(head))
    for place, one in enumerate(flat[begun:], begun):
        running = isinstance(one, Words) and place > begun and isinstance(flat[place - 1], Words)
        if rows and not running:
            rows.append(space(at.size * 0.4) if isinstance(one, Inside) else rule(at))
        if not running and isinstance(one, Words):
            rows += _texts(flat[place:], at)
        elif not isinstance(one, Words):
            rows += _set(one, at)
    return rows


def _pairs(cells: tuple[tuple[str, str], ...], at: Strip, most: tuple[int, ...] = ()) -> list[Row]:
    """Facts lined up; a value has at most three lines, those named in `most` their own number."""
    lead = lined_up([label for label, _ in cells], at)
    found = [
        pair(label, value, at, most[place] if place < len(most) else 3, lead)
        for place, (label, value) in enumerate(cells)
    ]
    return [row for rows in found for row in rows]


def _texts(blocks: list[Block], at: Strip) -> list[Row]:
    """The running texts that these blocks begin with."""
    found: list[Words] = []
    for block in blocks:
        if not isinstance(block, Words):
            break
        found.append(block)
    lead = lined_up([one.title for one in found], at) if at.columns >= LINED_UP_FROM else 0
    return [row for one in found for row in pair(one.title, one.text, at, one.most, lead)]


def _set(block: Block, at: Strip) -> list[Row]:
    match block:
        case Facts():
            return _pairs(block.cells, at)
        case Goods():
            return _goods(block, at)
        case Table():
            return _table(block, at)
        case Ticks():
            return _ticks(block, at)
        case Words():
            return pair(block.title, block.text, at, block.most)
        case Blank():
            return _blank(block, at)
        case Remark():
            return [heading(block.title, at), *_plain_lines(block.text, at)]
        case Sums():
            figures = [
                figure(
                    row.label,
                    "" if row.amount_fen is None else yuan(row.amount_fen),
                    row.note,
                    at,
                    bold=row.total,
                )
                for row in block.rows
            ]
            return [heading(block.title, at), *figures]
        case Ways():
            return _ways(block, at)
        case Steps():
            return _steps(block, at)
        case Amount():
            return _amount(block, at)
        case Inside():
            return _inside(block, at)
        case Photos():
            return []


def _plain_lines(text: str, at: Strip) -> list[Row]:
    return [plain_row(line, 0, at) for line in at.wrap(text, at.columns, 3)]


def _blank(block: Blank, at: Strip) -> list[Row]:
    """The label, then lines over the whole width to write on: beside a label there is too little room for a pen."""
    label = wrapping.fitted(block.title, at.columns - 2, fonts.COLUMNS) + COLON[at.language].rstrip()
    height = at.step * 1.7

    def draw(pen: Pen, top: float) -> None:
        pen.line(at.x, top + height - 1, at.x + at.width, top + height - 1, weight=0.6)

    return [plain_row(label, 0, at, keep=True), *[Row(height, draw)] * block.lines, space(at.size * 0.3)]


def figure(label: str, amount: str, note: str, at: Strip, *, bold: bool = False) -> Row:
    """Words at the left, a figure at the right, a note beside the words where it fits, else beneath."""
    taken = fonts.columns(amount) + 1 if amount else 0
    lines = at.wrap(label, at.columns - taken, 2)
    behind = fonts.columns(fonts.cleaned(label)) + 2
    beside = ""
    if note and "\n" not in note and behind + fonts.columns(fonts.cleaned(note)) <= at.columns - taken:
        beside, note = note, ""
    notes = at.wrap(note, at.columns - 2, 2) if note else []

    def draw(pen: Pen, top: float) -> None:
        if amount:
            at.line(pen, top, at.columns, amount, bold=bold, align=RIGHT)
        if beside:
            at.line(pen, top, behind, beside)
        for line in lines:
            at.line(pen, top, 0, line, bold=bold)
            top += at.step
        for line in notes:
            at.line(pen, top, 2, line)
            top += at.step

    return Row(at.step * (len(lines) + len(notes)), draw)


def _goods(block: Goods, at: Strip) -> list[Row]:
    rows = [heading(block.title, at)]
    for place, line in enumerate(block.lines, 1):
        rows += _goods_line(place, line, block, at)
    return rows


def _table(block: Table, at: Strip) -> list[Row]:
    """Every row as a group: its first words bold, then each further column with its head, the empty ones left out."""
    rows = [heading(block.title, at)] if block.title else []
    lead = lined_up([column.title for column in block.columns[1:]], at)
    for place, cells in enumerate((*block.rows, *((block.total,) if block.total else ()))):
        if place:
            rows.append(space(at.size * 0.35))
        rows += [plain_row(line, 0, at, bold=True, keep=True) for line in at.wrap(cells[0], at.columns, 3)]
        for column, value in zip(block.columns[1:], cells[1:], strict=True):
            if value:
                rows += pair(column.title, value, at, 4, lead)
    return rows


def _goods_line(place: int, line: GoodsLine, block: Goods, at: Strip) -> list[Row]:
    lead = f"{place}."
    indent = max(fonts.columns(lead), 2)
    names = at.wrap(line.name, at.columns - indent, 3)

    def first(pen: Pen, top: float) -> None:
        at.line(pen, top, 0, lead)
        at.line(pen, top, indent, names[0], bold=True)

    rows = [text_row(at, first, keep=True)]
    rows += [plain_row(name, indent, at, bold=True, keep=True) for name in names[1:]]
    rows.append(_counted(line, block, indent, at))
    if block.refund and line.refund_fen is not None:
        rows.append(_right_pair(word("column.refund", at.language), yuan(line.refund_fen), indent, at))
    for detail in details(line, at.language):
        rows += [plain_row(text, indent, at) for text in at.wrap(detail, at.columns - indent, 2)]
    for label, text in findings(line, at.language):
        said = f"{label}{COLON[at.language]}{text}"
        rows += [plain_row(part, indent, at) for part in at.wrap(said, at.columns - indent, 3)]
    for boxes in _placed(line.checks, at, indent)[:6]:
        rows.append(text_row(at, _boxes(boxes, indent, at)))
    return rows


def _placed(checks: tuple[Check, ...], at: Strip, indent: int) -> list[list[Placed]]:
    limit = at.width - indent * at.column
    return placed_ticks(checks, limit, at.size, at.mark, IN_COLUMNS if at.plain else RUNNING)


def _boxes(boxes: list[Placed], indent: int, at: Strip) -> Callable[[Pen, float], None]:
    left = at.x + indent * at.column
    setting = IN_COLUMNS if at.plain else RUNNING
    return lambda pen, top: draw_ticks(pen, left, top + at.size * 1.02, boxes, at.size, setting)


def _counted(line: GoodsLine, block: Goods, indent: int, at: Strip) -> Row:
    count = counted(line)
    if block.prices and line.price_fen is not None:
        count += f" × {yuan(line.price_fen)}"
    paid = yuan(line.paid_fen) if block.prices and line.paid_fen is not None else ""
    return _right_pair(count, paid, indent, at)


def _right_pair(left: str, right: str, indent: int, at: Strip) -> Row:
    def draw(pen: Pen, top: float) -> None:
        room = at.columns - indent - (fonts.columns(right) + 1 if right else 0)
        at.line(pen, top, indent, wrapping.fitted(left, room, fonts.COLUMNS))
        if right:
            at.line(pen, top, at.columns, right, align=RIGHT)

    return text_row(at, draw)


def _ticks(block: Ticks, at: Strip) -> list[Row]:
    rows = [heading(block.title, at)]
    for boxes in _placed(block.checks, at, 0):
        rows.append(Row(at.step * 1.04, _boxes(boxes, 0, at)))
    return rows


def _ways(block: Ways, at: Strip) -> list[Row]:
    rows = [heading(block.title, at)]
    for row in block.rows:
        amount, state = yuan(row.amount_fen), word(f"money.{row.state.value}", at.language)
        label, notes = f"{row.way} {state}", []
        if fonts.columns(fonts.cleaned(label)) > at.columns - fonts.columns(amount) - 1:
            label, notes = row.way, [state]
        if row.proof:
            notes.append(f"{word('label.proof_number', at.language)} {row.proof}")
        rows.append(figure(label, amount, "  ".join(notes), at))
    return rows


def _steps(block: Steps, at: Strip) -> list[Row]:
    rows = [heading(block.title, at)]
    for place, item in enumerate(block.items, 1):
        lead = f"{place}."
        lines = at.wrap(item, at.columns - 3, 4)

        def first(pen: Pen, top: float, lead: str = lead, line: str = lines[0]) -> None:
            at.line(pen, top, 0, lead)
            at.line(pen, top, 3, line)

        rows.append(text_row(at, first))
        rows += [plain_row(line, 3, at) for line in lines[1:]]
    return rows


def _amount(block: Amount, at: Strip) -> list[Row]:
    shown, label_size = yuan(block.fen), at.size * at.sized(1.12)
    large = at.size * at.sized(1.75 if at.columns >= 40 else 1.5)
    taken = at.measured(block.label, label_size) + at.size
    # A long label gets a line of its own rather than a smaller figure.
    apart = label_size * LEADING if taken + at.measured(shown, large) > at.width else 0.0

    def draw(pen: Pen, top: float) -> None:
        base = top + apart + large * 1.02
        label_base = top + label_size * 1.02 if apart else base
        pen.text(at.x, label_base, block.label, label_size, bold=True, room=at.width)
        pen.text(at.x + at.width, base, shown, large, bold=True, align=RIGHT, room=at.width)

    lead = word("label.capitals", at.language)
    return [Row(large * 1.36 + apart, draw), *pair(lead, capitals(block.fen), at, 3)]


def _inside(block: Inside, at: Strip) -> list[Row]:
    part = block.part
    title = word("section.internal", at.language)
    rows = [Row(at.size * 1.6, lambda pen, top: field(pen, at.x, top, title, at.size), keep=True)]
    named = (
        ("liability", part.liability),
        ("disposition", part.disposition),
        ("flags", "  ".join(part.flags)),
        ("approvals", "\n".join(part.approvals)),
        ("internal_notes", part.notes),
    )
    for name, text in named:
        if text:
            rows += pair(word(f"label.{name}", at.language), text, at, 5)
    for row in part.costs:
        rows.append(figure(row.label, "" if row.amount_fen is None else yuan(row.amount_fen), row.note, at))
    return rows
