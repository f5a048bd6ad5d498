"""A signature's pen strokes as Bézier curves, cropped to their ink and fitted into a box."""

from __future__ import annotations

import math

from counter_app.domain.slips import Stroke

_CLOSEST = 2
"""Pad units: points nearer than this to the last one add nothing to a printed line."""
_MOST_POINTS = 4000
_LARGEST = 0.42
"""Points per pad unit: a small signature is not blown up to fill the box."""
_EDGE = 2.0


def rotation(degrees: float, x: float, y: float) -> str:
    """A PDF matrix that turns by `degrees` and moves the origin to x, y."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f}"


def thinned(strokes: tuple[Stroke, ...]) -> list[list[tuple[int, int]]]:
    """The strokes without points that lie on top of each other, at most 4000 points in all."""
    found: list[list[tuple[int, int]]] = []
    left = _MOST_POINTS
    for stroke in strokes:
        kept: list[tuple[int, int]] = []
        for x, y in stroke:
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _CLOSEST:
                kept.append((x, y))
        if stroke and kept[-1] != stroke[-1]:
            kept.append(stroke[-1])
        kept = kept[:left]
        left -= len(kept)
        if kept:
            found.append(kept)
    return found


def curves(strokes: tuple[Stroke, ...], x: float, y: float, width: float, height: float) -> str:
    """PDF path (to be stroked) of the signature, centred in the box with lower left corner x, y; "" if none.

    Points are pad units with y downwards. Each stroke is a Catmull-Rom curve through its points.
    """
    lines = thinned(strokes)
    points = [point for line in lines for point in line]
    if not points:
        return ""
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    room_x, room_y = max(width - 2 * _EDGE, 1.0), max(height - 2 * _EDGE, 1.0)
    scale = min(room_x / max(right - left, 1), room_y / max(bottom - top, 1), _LARGEST)
    shift_x = x + (width - (right - left) * scale) / 2 - left * scale
    shift_y = y + (height + (bottom - top) * scale) / 2 + top * scale
    placed = [[(shift_x + px * scale, shift_y - py * scale) for px, py in line] for line in lines]
    return " ".join(_curve(line) for line in placed)


def _curve(line: list[tuple[float, float]]) -> str:
    (x, y), last = line[0], len(line) - 1
    parts = [f"{x:.2f} {y:.2f} m"]
    if last == 0:
        parts.append(f"{x:.2f} {y:.2f} l")
    for place in range(last):
        before, here = line[max(place - 1, 0)], line[place]
        there, after = line[place + 1], line[min(place + 2, last)]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        numbers = (*first, *second, *there)
        parts.append(" ".join(f"{number:.2f}" for number in numbers) + " c")
    return " ".join(parts)
