"""A slip on A4, A5 or fan-fold: blocks, declaration, signature lines and seal on as few pages as can be read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from reportlab.pdfgen.canvas import Canvas

from counter_app.documents.blocks import Amount, Beside, Block, Facts, Goods, Photos, Table, Ticks, Words
from counter_app.documents.face import Face
from counter_app.documents.pages import Page, Row, draw_rows, paginate, space
from counter_app.documents.paper import MM, SHEETS, Copy, Paper, SheetSize
from counter_app.documents.pen import Pen
from counter_app.documents.sheet_blocks import set_blocks
from counter_app.documents.sheet_closing import closing_row
from counter_app.documents.sheet_frame import (
    LEFT_EDGE,
    RIGHT_EDGE,
    SHORT_MM,
    THIRD_MM,
    Frame,
    draw_copy_name,
    draw_foot,
    draw_head,
    draw_head_again,
    frame_of,
)
from counter_app.documents.typeset import Type

_SETTINGS = ((1.0, 0), (0.94, 0), (0.88, 0), (1.0, 1), (0.94, 1), (0.88, 1), (0.94, 2), (0.88, 2))
"""Scale and tightness (`Type.tight`) that are tried in turn to save a page."""
_MORE_TO_SIGN = 3.5
_SMALLEST = 0.62
"""To what of its height a slip can be brought at the most; one that needs more room is not shrunk in vain."""
_MOST_PAGES, _MOST_THIRDS = 3, 6
"""A slip of more pages is read as a list: it keeps its size."""
_CARRIED = 2
"""Rows of a list that go along to the page of the signatures, so that nobody signs a page that says nothing."""
_LEFT_BEHIND = 3
"""Rows that a table keeps on the page before, at the least."""
_MOST_CARRIED = 0.3
"""Of a page's room at the most."""

Blocks = tuple[Block | Beside, ...]
Close = Callable[..., Row]


@dataclass(frozen=True, slots=True)
class Laid:
    """A slip set onto the pages of one paper, ready to be drawn once per copy."""

    face: Face
    pages: list[Page]
    width: float
    height: float
    frame: Frame


@dataclass(frozen=True, slots=True)
class _Setting:
    """One way to set a slip: the rows of its body, and how its closing row is made."""

    body: list[Row]
    close: Close
    size: float

    def rows(self, least: float = 0.0) -> list[Row]:
        return [*self.body, self.close(least)]


def lay_sheet(paper: Paper, face: Face) -> Laid:
    """Set a slip onto sheets."""
    size, frame = SHEETS[paper], frame_of(paper)
    width, height = size.width_mm * MM, size.height_mm * MM
    return Laid(face, _pages(face, size, frame, width, height - frame.bottom), width, height, frame)


def draw_sheet(canvas: Canvas, laid: Laid, copy: Copy) -> None:
    """All pages of one copy."""
    for place, page in enumerate(laid.pages, 1):
        canvas.setPageSize((laid.width, laid.height))
        pen = Pen(canvas, laid.height)
        _page(pen, page, place, laid, copy)
        pen.finish()
        canvas.showPage()


def _pages(face: Face, size: SheetSize, frame: Frame, width: float, bottom: float) -> list[Page]:
    """The slip on its pages, a little smaller or closer when that saves one; otherwise at full size."""
    tops = frame.top + frame.head, frame.top + frame.again, bottom
    best: list[Page] = []
    chosen: _Setting | None = None
    for setting in _settings(face, size, width):
        rows = setting.rows() if face.composition.seal else _carried(setting.rows(), bottom - tops[1])
        if rows[-1].height > bottom - tops[1]:
            continue  # nothing may reach over the end of a sheet
        pages = paginate(rows, *tops)
        if chosen is None or len(pages) < len(best):
            best, chosen = pages, setting
        if len(best) == 1:
            break
        fewer = bottom - tops[0] + (len(best) - 2) * (bottom - tops[1])
        most = _MOST_PAGES if size.height_mm > THIRD_MM else _MOST_THIRDS
        if len(best) > most or sum(row.height for row in rows) * _SMALLEST > fewer:
            break
    if chosen is None:  # a declaration longer than a page: it is set once more and runs over
        setting = next(_settings(face, size, width))
        return paginate(setting.rows(), *tops)
    if not face.composition.seal:
        return best
    # What room is left on the last page goes to whoever signs.
    spare = min(max(bottom - best[-1].end - 1, 0), chosen.size * _MORE_TO_SIGN)
    last = best[-1].rows[-1][1].height + spare
    return paginate(chosen.rows(last), *tops)


def _settings(face: Face, size: SheetSize, width: float) -> Iterator[_Setting]:
    """The ways to set a slip, the most comfortable first; tight ones only where a sheet is short."""
    blocks = face.composition.blocks
    amount = blocks[-1] if blocks and isinstance(blocks[-1], Amount) else None
    short = size.height_mm < SHORT_MM
    sealed = bool(face.composition.seal) and short
    beside = amount if sealed else None
    told = blocks[:-1] if beside is not None else blocks
    for scale, tight in _SETTINGS:
        if tight and not short:
            return
        at = Type(
            LEFT_EDGE,
            width - LEFT_EDGE - RIGHT_EDGE,
            Type.scaled(size.body, scale),
            size.roomy * scale**3,
            face.language,
            tight,
        )
        gap = dataclasses.replace(space(at.size * 0.7 * at.roomy), keep=amount is not None and not sealed)
        for whole in _splits(told, tight if sealed else 0, size):
            close = partial(closing_row, face.composition, at, beside, told[whole:])
            yield _Setting([*set_blocks(told[:whole], at), gap], close, at.size)


def _splits(told: Blocks, tight: int, size: SheetSize) -> tuple[int, ...]:
    """How many blocks stand before what is set beside the seal space: all, those before the sums, or on a third of
    fan-fold the goods alone."""
    if not tight:
        return (len(told),)
    found = [len(told), _before_the_sums(told)]
    if size.height_mm < THIRD_MM:
        found.append(_after_the_goods(told))
    return tuple(dict.fromkeys(found))


def _after_the_goods(blocks: Blocks) -> int:
    return max(
        (place for place, block in enumerate(blocks, 1) if isinstance(block, Goods | Table | Photos)),
        default=min(1, len(blocks)),
    )


def _before_the_sums(blocks: Blocks) -> int:
    """How many blocks stand before the reckoning: from there on a tight slip sets all beside the seal space."""
    last = max(
        (place for place, block in enumerate(blocks, 1) if isinstance(block, Goods | Table)), default=0
    )
    sums = (
        place
        for place, block in enumerate(blocks)
        if place >= last and not isinstance(block, Facts | Words | Ticks | Photos)
    )
    return next(sums, len(blocks))


def _carried(rows: list[Row], room: float) -> list[Row]:
    """The same rows, the last ones of the body held on the page of the closing row where they are small."""
    found, left, carried = list(rows), room * _MOST_CARRIED, 0
    listed = sum(row.again is not None for row in rows)
    for place in range(len(rows) - 2, -1, -1):
        left -= rows[place].height
        listed -= rows[place].again is not None
        if left < 0 or carried >= _CARRIED or (rows[place].again is not None and listed < _LEFT_BEHIND):
            break
        found[place] = dataclasses.replace(rows[place], keep=True)
        carried += not rows[place].blank
    whole, place = found[-1].height, len(found) - 2
    while place >= 0 and found[place].keep:
        whole += found[place].height
        place -= 1
    head = found[place + 1].again
    return found if whole + (head.height if head else 0.0) <= room else rows


def _page(pen: Pen, page: Page, place: int, laid: Laid, copy: Copy) -> None:
    face, width, height, frame = laid.face, laid.width, laid.height, laid.frame
    face.stamps.on_sheet(pen, width, height, face.language)
    if place == 1:
        draw_head(pen, width, face, frame)
    else:
        draw_head_again(pen, width, face, frame)
    draw_copy_name(pen, width, height, face, copy, frame)
    draw_rows(pen, page)
    draw_foot(pen, place, len(laid.pages), width, height, face, frame)
