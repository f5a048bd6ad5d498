"""Marks on a slip: 补打 on a reprint, 作废 on a void one, 预览 before posting; tints of the copies."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.documents import fonts
from counter_app.documents.pen import CENTRE, Pen
from counter_app.documents.words import word
from counter_app.wording import Language

TINTS: dict[str, tuple[float, float, float]] = {
    "red": (1.0, 0.9, 0.9),
    "yellow": (1.0, 0.96, 0.8),
    "blue": (0.89, 0.94, 1.0),
    "green": (0.89, 0.97, 0.9),
    "white": (1.0, 1.0, 1.0),
}
_VOID_INK = (0.95, 0.55, 0.52)
_DRAFT_INK = (0.84, 0.86, 0.89)


@dataclass(frozen=True, slots=True)
class Stamps:
    """Which marks a print carries."""

    reprint: bool = False
    void: bool = False
    draft: bool = False

    def named(self, language: Language) -> tuple[str, ...]:
        """The marks' words, the gravest first."""
        chosen = (("void", self.void), ("reprint", self.reprint), ("draft", self.draft))
        return tuple(word(f"mark.{name}", language) for name, on in chosen if on)

    def on_sheet(self, pen: Pen, width: float, height: float, language: Language) -> None:
        """Slanted stamps under the text of the page."""
        if self.void:
            pen.stamp(width * 0.42, height * 0.5, word("mark.void", language), 72, angle=18, colour=_VOID_INK)
        if self.draft:
            pen.stamp(
                width * 0.45, height * 0.5, word("mark.draft", language), 46, angle=18, colour=_DRAFT_INK
            )

    def beside_title(self, pen: Pen, x: float, base: float, language: Language) -> None:
        """补打 as a small black field under the number."""
        if self.reprint:
            field(pen, x, base - 11.5, word("mark.reprint", language), 8.2)

    def on_roll(self, pen: Pen, middle: float, top: float, size: float, language: Language) -> None:
        """White words on black fields, one under the other, 1.75 times `size` apart."""
        for place, name in enumerate(self.named(language)):
            field(pen, middle, top + place * size * 1.75, name, size, centred=True)


def field(pen: Pen, x: float, top: float, text: str, size: float, *, centred: bool = False) -> None:
    """White text on a black field."""
    width = fonts.width(fonts.cleaned(text), size, bold=True)
    left = x - width / 2 - size * 0.5 if centred else x
    pen.box(left, top, width + size, size * 1.4, fill=0.0)
    pen.text(left + width / 2 + size * 0.5, top + size * 1.05, text, size, bold=True, grey=1.0, align=CENTRE)
