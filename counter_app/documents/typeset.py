"""A column of type on a sheet: where it stands, how large it is, how its lines break."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.documents import fonts, wrapping
from counter_app.documents.words import word
from counter_app.wording import Language

_LEAST = 7.0
"""Smallest text on a sheet, in points: smaller is not read at a counter."""
_TIGHT_LEADING = 1.25
QUIET_INK = 0.38
"""Grey of labels: dark enough for a worn toner."""


@dataclass(frozen=True, slots=True)
class Type:
    """Where and how large: left edge, width, text size in points, spacing factor, language of the words.

    `tight` saves a second page: 1 sets short things side by side, 2 also the terms and all signature lines.
    """

    x: float
    width: float
    size: float
    roomy: float
    language: Language
    tight: int = 0

    @property
    def leading(self) -> float:
        """Distance of two lines of running text."""
        return self.size * (_TIGHT_LEADING if self.tight else 1.32 + 0.08 * self.roomy)

    @property
    def small(self) -> float:
        """Size of labels and details."""
        return max(round(self.size * 0.9, 2), _LEAST)

    @property
    def mark(self) -> str:
        """What ends a text that was cut by rule."""
        return word("mark.cut", self.language)

    @staticmethod
    def scaled(body: float, scale: float) -> float:
        """A text size made smaller, but never below what can be read."""
        return max(round(body * scale, 2), _LEAST)

    def narrowed(self, x: float, width: float) -> Type:
        """The same type in another column."""
        return Type(x, width, self.size, self.roomy, self.language, self.tight)

    def wrap(
        self, text: str, width: float, most: int, *, bold: bool = False, size: float | None = None
    ) -> list[str]:
        """Lines of a text no wider than `width` points."""
        table = fonts.advances(bold)
        return list(wrapping.wrap(text, width / (size or self.size), table, most, self.mark).lines)
