"""Where the nodes of the decision chart stand in its picture. Plain geometry, no painting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NODE_WIDTH = 188.0
NODE_HEIGHT = 58.0
_ACROSS = 28.0
_DOWN = 40.0
_ANSWER = 112.0
_PAD = 26.0
_HEADING = 38.0
_BETWEEN = 46.0


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """What the picture needs of one node: `targets` are (answer as shown, id of the next node)."""

    id: str
    kind: str
    text: str
    section: str
    targets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One section's place: left, top, width, height."""

    title: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Top left corner of every node, and the sections' blocks."""

    spots: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    width: float = 0.0
    height: float = 0.0


def layers(nodes: Sequence[DrawnNode]) -> list[list[DrawnNode]]:
    """Nodes of one section in rows: each stands one row below the earliest node that leads to it.

    Loops back are no reason to go further down, so every node is placed once, in reading order.
    """
    inside = {node.id: node for node in nodes}
    led_to = {target for node in nodes for _answer, target in node.targets if target in inside}
    depth: dict[str, int] = {}
    queue = [node.id for node in nodes if node.id not in led_to] or [nodes[0].id]
    depth.update(dict.fromkeys(queue, 0))
    pending = [node.id for node in nodes]
    while queue or pending:
        if not queue:
            stray = pending.pop(0)
            if stray in depth:
                continue
            depth[stray] = 0
            queue = [stray]
        here = queue.pop(0)
        for _answer, target in inside[here].targets:
            if target in inside and target not in depth:
                depth[target] = depth[here] + 1
                queue.append(target)
    rows: list[list[DrawnNode]] = [[] for _ in range(max(depth.values()) + 1)]
    for node in nodes:
        rows[depth[node.id]].append(node)
    return _untangled([row for row in rows if row])


def _untangled(rows: list[list[DrawnNode]]) -> list[list[DrawnNode]]:
    """Each row in the order of the middle of the nodes that lead to it (barycentre), so lines cross less."""
    done = rows[:1]
    for row in rows[1:]:
        above = {node.id: at for at, node in enumerate(done[-1])}

        def middle(node: DrawnNode, above: dict[str, int] = above, last: list[DrawnNode] = done[-1]) -> float:
            parents = [
                above[parent.id]
                for parent in last
                if any(target == node.id for _answer, target in parent.targets)
            ]
            return sum(parents) / len(parents) if parents else len(above) / 2

        done.append(sorted(row, key=middle))
    return done


def lay_out(nodes: Sequence[DrawnNode], aspect: float = 1.78) -> Layout:
    """Sections as blocks in as many columns as make the whole largest on a screen `aspect` wide by 1 high."""
    shapes = _shapes(nodes)
    return max(
        (_packed(shapes, columns) for columns in range(1, len(shapes) + 1)),
        key=lambda layout: min(aspect / max(1.0, layout.width), 1 / max(1.0, layout.height)),
        default=Layout(),
    )


def _shapes(nodes: Sequence[DrawnNode]) -> list[tuple[str, list[list[DrawnNode]], float, float]]:
    """Title, rows, width and height of every section."""
    sections: dict[str, list[DrawnNode]] = {}
    for node in nodes:
        sections.setdefault(node.section, []).append(node)
    shapes = []
    for title, members in sections.items():
        rows = layers(members)
        widest = max(len(row) for row in rows)
        width = widest * NODE_WIDTH + (widest - 1) * _ACROSS + 2 * _PAD
        height = len(rows) * NODE_HEIGHT + (len(rows) - 1) * _DOWN + _HEADING + 2 * _PAD
        shapes.append((title, rows, width, height))
    return shapes


def _packed(shapes: list[tuple[str, list[list[DrawnNode]], float, float]], columns: int) -> Layout:
    """The sections in their order, in columns of about equal height."""
    share = sum(height + _BETWEEN for *_rest, height in shapes) / max(1, columns)
    spots: dict[str, tuple[float, float]] = {}
    blocks: list[Block] = []
    left = top = column_width = tallest = 0.0
    for title, rows, width, height in shapes:
        if top > 0 and top + height / 2 > share:
            left, top, column_width = left + column_width + _BETWEEN, 0.0, 0.0
        blocks.append(Block(title, left, top, width, height))
        for at, row in enumerate(rows):
            row_width = len(row) * NODE_WIDTH + (len(row) - 1) * _ACROSS
            x = left + (width - row_width) / 2
            y = top + _HEADING + _PAD + at * (NODE_HEIGHT + _DOWN)
            for node in row:
                spots[node.id] = (x, y)
                x += NODE_WIDTH + _ACROSS
        column_width = max(column_width, width)
        top += height + _BETWEEN
        tallest = max(tallest, top - _BETWEEN)
    return Layout(spots, tuple(blocks), left + column_width, tallest)


def lay_out_way(nodes: Sequence[DrawnNode], way: Sequence[str]) -> Layout:
    """Only the nodes walked, in one winding line read like text, four to a row, with room for the answers."""
    known = {node.id for node in nodes}
    steps = [step for step in dict.fromkeys(way) if step in known]
    spots: dict[str, tuple[float, float]] = {}
    for at, step in enumerate(steps):
        spots[step] = (
            _PAD + (at % 4) * (NODE_WIDTH + _ANSWER),
            _PAD + (at // 4) * (NODE_HEIGHT + _DOWN * 1.4),
        )
    rows = (len(steps) + 3) // 4
    across = min(4, len(steps))
    return Layout(
        spots,
        (),
        across * (NODE_WIDTH + _ANSWER) + 2 * _PAD,
        rows * (NODE_HEIGHT + _DOWN * 1.4) + 2 * _PAD,
    )
