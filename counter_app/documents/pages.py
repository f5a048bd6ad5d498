"""Rows of a slip and how they fall onto pages: headings stay with what follows, tables repeat their header."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from counter_app.documents.pen import Pen

Draw = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Row:
    """Something that is never cut by a page's end. `draw(pen, top)` draws it, heights in points.

    `keep` holds it on the page of the row after it; `again` is drawn first when the row begins a page.
    """

    height: float
    draw: Draw
    keep: bool = False
    again: Row | None = None

    @property
    def blank(self) -> bool:
        """Whether it is nothing but room."""
        return self.draw is _nothing


@dataclass(slots=True)
class Page:
    """Rows with the y of their top, in points from the page's top."""

    rows: list[tuple[float, Row]] = field(default_factory=list)
    end: float = 0.0


def space(height: float) -> Row:
    """Blank room; at the top of a page it is dropped."""
    return Row(height, _nothing)


def _nothing(pen: Pen, top: float) -> None:
    """Draws nothing."""


def stacked(rows: Iterable[Row]) -> Row:
    """Several rows as one that is not cut."""
    held = tuple(rows)

    def draw(pen: Pen, top: float) -> None:
        for row in held:
            row.draw(pen, top)
            top += row.height

    return Row(sum(row.height for row in held), draw)


def paginate(rows: list[Row], first_top: float, other_top: float, bottom: float) -> list[Page]:
    """Rows onto pages between the tops and the bottom. A row too tall for any page gets one to itself."""
    pages = [Page(end=first_top)]
    place = 0
    while place < len(rows):
        group = [rows[place]]
        while group[-1].keep and place + len(group) < len(rows):
            group.append(rows[place + len(group)])
        page = pages[-1]
        height = sum(row.height for row in group)
        begins = not page.rows
        if page.end + height > bottom and not begins:
            page = Page(end=other_top)
            pages.append(page)
            begins = True
        if begins and len(pages) > 1 and group[0].again is not None:
            _put(page, group[0].again)
        for row in group:
            if row.draw is _nothing and not page.rows:
                continue
            _put(page, row)
        place += len(group)
    return pages


def _put(page: Page, row: Row) -> None:
    page.rows.append((page.end, row))
    page.end += row.height


def draw_rows(pen: Pen, page: Page) -> None:
    """Draw every row of one page."""
    for top, row in page.rows:
        row.draw(pen, top)
