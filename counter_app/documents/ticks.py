"""Tick boxes in running lines: boxes are shapes, so no font needs to have them."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.documents import fonts, wrapping
from counter_app.documents.pen import Pen
from counter_app.domain.slips import Check

_BOX_ROOM = 1.15
_GAP = 1.3


class Placed(NamedTuple):
    """One box: how far from the line's left edge (points), its label, its state."""

    shift: float
    label: str
    state: bool | None


def placed_ticks(checks: tuple[Check, ...], limit: float, size: float, mark: str) -> list[list[Placed]]:
    """Lines of boxes no wider than `limit` points; a label wider than a line ends with `mark`."""
    table = fonts.advances(False)
    lines: list[list[Placed]] = []
    used = limit
    for check in checks:
        label = wrapping.fitted(check.label, limit / size - _BOX_ROOM, table, mark)
        room = fonts.width(label, size) + size * _BOX_ROOM
        if not lines or used + room > limit:
            lines.append([])
            used = 0.0
        lines[-1].append(Placed(used, label, check.state))
        used += room + size * _GAP
    return lines


def draw_ticks(pen: Pen, x: float, base: float, line: list[Placed], size: float) -> None:
    """One line of boxes with its baseline at `base`."""
    for shift, label, state in line:
        pen.tick(x + shift, base, size, state)
        pen.text(x + shift + size * _BOX_ROOM, base, label, size)
