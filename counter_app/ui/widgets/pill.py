"""A short state in a rounded ground, said in words and not by colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import theme
from counter_app.ui.widgets.words import Words

Tone = Literal["plain", "accent", "ok", "attention", "late"]

#: The mark before the word, so that the meaning survives without colour.
_MARKS: dict[str, str] = {"plain": "", "accent": "", "ok": "", "attention": "! ", "late": "! "}


class Pill(Words):
    """`Pill("7 天内", "ok")`."""

    def __init__(self, text: str = "", tone: Tone = "plain", parent: QWidget | None = None) -> None:
        super().__init__("", "pill", parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone = "plain") -> None:
        """Show another state; an empty text hides the pill."""
        theme.set_look(self, "pill" if tone == "plain" else f"pill_{tone}")
        self.setText(_MARKS[tone] + text)
        if not text:
            self.hide()
        elif self.parent() is not None:
            self.show()
