"""Calling a customer back: the questionnaire on one page, what is still to be followed up, when to call next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.survey import CHOICES, TEXTS, WAYS
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

#: Gets the answers, the way the customer was reached, and the day of the next call.
Keep = Callable[[Mapping[str, str], str, date | None], None]
_NOTE_HIGH = 56


class CallDialog(Dialog):
    """Asks the questions of the survey (S4-83); only the first must be answered.

    Args:
        about: case, customer and what was done, translated.
        keep: called with the answers; raises CounterError to refuse.
    """

    def __init__(self, about: str, keep: Keep, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=680, icon="phone-call", key="Ctrl+Return")
        self._about, self._keep = about, keep
        self.choices = {name: QComboBox() for name in CHOICES}
        self.texts = {name: QPlainTextEdit() for name in TEXTS}
        self.way, self.next_on = QComboBox(), QLineEdit()
        for name, box in self.choices.items():
            for answer in ("", *CHOICES[name]):
                box.addItem(answer, answer)
        for code in WAYS:
            self.way.addItem(code, code)
        self._fields: dict[str, Field] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        inputs: dict[str, QWidget] = {**self.choices, "way": self.way, "next_on": self.next_on}
        for at, (name, widget) in enumerate(inputs.items()):
            self._fields[name] = Field(widget)
            grid.addWidget(self._fields[name], at // 4, at % 4)
        self.body.addLayout(grid)
        for name, edit in self.texts.items():
            edit.setMaximumHeight(_NOTE_HIGH)
            edit.setTabChangesFocus(True)
            self._fields[name] = Field(edit)
            self.body.addWidget(self._fields[name])
        self._retranslate()
        self.choices["overall"].setFocus()

    def confirm(self) -> None:
        try:
            self._keep(self._answers(), str(self.way.currentData()), self._next_day())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _answers(self) -> dict[str, str]:
        chosen = {name: str(box.currentData()) for name, box in self.choices.items()}
        written = {name: edit.toPlainText().strip() for name, edit in self.texts.items()}
        return {name: answer for name, answer in (chosen | written).items() if answer}

    def _next_day(self) -> date | None:
        typed = self.next_on.text().strip()
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise UserError("ui.day.unreadable", text=typed[:40]) from error

    def _retranslate(self) -> None:
        self.say(self.tr("Call the customer back"), self._about, self.tr("Keep the answers"))
        for name in (*CHOICES, *TEXTS):
            self._fields[name].set_label(shown.words(case_words.words(f"survey.{name}")))
        for box in self.choices.values():
            for at in range(box.count()):
                answer = str(box.itemData(at))
                worded = answer and not answer.isdigit()
                box.setItemText(
                    at, shown.words(case_words.words(f"survey.{answer}")) if worded else answer or "–"
                )
        for at in range(self.way.count()):
            self.way.setItemText(at, shown.words(case_words.words(f"way.{self.way.itemData(at)}")))
        self._fields["way"].set_label(self.tr("Reached"))
        self._fields["next_on"].set_label(self.tr("Next call on"), self.tr("e.g. 2026-11-12"))
