"""Tick boxes in running lines: boxes are shapes, so no font needs to have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from counter_app.documents import fonts, wrapping
from counter_app.documents.pen import Pen
from counter_app.domain.slips import Check


class Setting(NamedTuple):
    """How boxes stand in a line: room of a box and gap after a label in ems, and the widths of the signs."""

    box: float
    gap: float
    table: Callable[[], Mapping[str, float]]


class _Halves(dict[str, float]):
    """Width of every sign in ems where each fills its columns."""

    def __missing__(self, sign: str) -> float:
        self[sign] = width = fonts.COLUMNS[sign] / 2
        return width


_HALVES = _Halves()
RUNNING = Setting(1.15, 1.3, lambda: fonts.advances(False))
IN_COLUMNS = Setting(1.5, 1.0, lambda: _HALVES)
"""For a strip whose signs stand in columns: a box takes three."""


class Placed(NamedTuple):
    """One box: how far from the line's left edge (points), its label, its state."""

    shift: float
    label: str
    state: bool | None


def placed_ticks(
    checks: tuple[Check, ...], limit: float, size: float, mark: str, setting: Setting = RUNNING
) -> list[list[Placed]]:
    """Lines of boxes no wider than `limit` points; a label wider than a line ends with `mark`."""
    table = setting.table()
    lines: list[list[Placed]] = []
    used = limit
    for check in checks:
        label = wrapping.fitted(check.label, limit / size - setting.box, table, mark)
        room = sum(map(table.__getitem__, label)) * size + size * setting.box
        if not lines or used + room > limit:
            lines.append([])
            used = 0.0
        lines[-1].append(Placed(used, label, check.state))
        used += room + size * setting.gap
    return lines


def ticks_width(line: list[Placed], size: float) -> float:
    """Width of one line of boxes, points."""
    last = line[-1]
    return last.shift + size * RUNNING.box + fonts.width(last.label, size)


def draw_ticks(
    pen: Pen, x: float, base: float, line: list[Placed], size: float, setting: Setting = RUNNING
) -> None:
    """One line of boxes with its baseline at `base`."""
    for shift, label, state in line:
        pen.tick(x + shift, base, size, state)
        pen.text(x + shift + size * setting.box, base, label, size)
