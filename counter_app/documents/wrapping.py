"""Breaking text into lines by Chinese rules, bounded: a note of 100 kB costs no more than its lines.

No line begins with ，。」 or the like and none ends with （「; a word or number is not cut unless it is wider
than a line. What does not fit the lines it may have ends in a visible mark, never silently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.documents.fonts import cleaned

# A box to tick stays with what it stands for, as a bracket with what it opens.
_OPENING = "（《〈「『【〔〖“‘｛［([{□"
_CLOSING = "，。、；：？！）》〉」』】〕〗”’｝］…·—～％‰℃,.;:?!)]}%"
# A figure and its unit ("3 mm") stay together, and so does a day ("2025年3月5日", "5 March 2025").
_UNIT = re.compile(
    rf"(?P<space> +)|[{re.escape(_OPENING)}]{{0,3}}"
    r"(?:[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日前?|[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}(?![A-Za-z0-9])"
    r"|[0-9]+(?:\.[0-9]+)? [A-Za-z]{1,3}(?![A-Za-z0-9])|[\x21-\x7e\u00a1-\u024f]+|[^\n])"
    rf"[{re.escape(_CLOSING)}]{{0,4}}"
)
_LONGEST_LINE_SIGNS = 400
_NO_START = frozenset(_CLOSING)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines of one text, and whether some of it had to be left out."""

    lines: tuple[str, ...]
    cut: bool = False


def wrap(text: str, limit: float, advance: Mapping[str, float], most: int, mark: str = "…") -> Wrapped:
    """Lines of `text` no wider than `limit`, in the unit of `advance` (ems, columns), at most `most` lines.

    When something is left out the last line ends with `mark`.
    """
    bound = (most + 1) * _LONGEST_LINE_SIGNS
    cut = len(text) > bound
    shown = cleaned(text[:bound])
    lines: list[str] = []
    for paragraph in shown.split("\n"):
        _wrap_paragraph(paragraph.rstrip(), limit, advance, most + 1, lines)
        if len(lines) > most:
            break
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    if not cut and len(lines) <= most:
        return Wrapped(tuple(lines))
    lines = lines[:most]
    lines[-1] = shortened(lines[-1], limit, advance, mark)
    return Wrapped(tuple(lines), cut=True)


def shortened(line: str, limit: float, advance: Mapping[str, float], mark: str = "…") -> str:
    """The line with `mark` at its end, giving up as many signs as the mark needs."""
    room = limit - sum(map(advance.__getitem__, mark))
    kept, total = 0, 0.0
    for sign in line:
        total += advance[sign]
        if total > room:
            break
        kept += 1
    return line[:kept].rstrip() + mark


def fitted(text: str, limit: float, advance: Mapping[str, float], mark: str = "…") -> str:
    """One line that fits: the text itself, or its beginning and the mark."""
    line = cleaned(text[:_LONGEST_LINE_SIGNS]).replace("\n", " ")
    if len(text) <= _LONGEST_LINE_SIGNS and sum(map(advance.__getitem__, line)) <= limit:
        return line
    return shortened(line, limit, advance, mark)


def _wrap_paragraph(
    text: str, limit: float, advance: Mapping[str, float], most: int, lines: list[str]
) -> None:
    if sum(map(advance.__getitem__, text)) <= limit:
        lines.append(text)
        return
    line, used = "", 0.0
    for unit in _UNIT.finditer(text):
        if len(lines) >= most:
            return
        piece = unit.group()
        room = sum(map(advance.__getitem__, piece))
        if used + room <= limit:
            line, used = line + piece, used + room
        elif unit["space"]:
            lines.append(line)
            line, used = "", 0.0
        elif room <= limit:
            lines.append(line.rstrip())
            line, used = piece, room
        else:
            line, used = _force(piece, limit, advance, most, lines, line, used)
    if line.strip():
        lines.append(line.rstrip())


def _force(
    piece: str,
    limit: float,
    advance: Mapping[str, float],
    most: int,
    lines: list[str],
    line: str,
    used: float,
) -> tuple[str, float]:
    """A unit wider than a line is cut sign by sign, beginning on the line at hand."""
    for sign in piece:
        room = advance[sign]
        if used + room > limit and line:
            if len(lines) >= most:
                break
            lines.append(line)
            line, used = "", 0.0
        line, used = line + sign, used + room
    return line, used
