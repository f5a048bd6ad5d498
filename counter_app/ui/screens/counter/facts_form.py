"""Facts that a step needs and only the clerk can know: an amount, a day, a count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.walk_views import FactWanted
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_YES, _NO = "true", "false"


class FactsForm(QWidget):
    """Asks for facts; yes/no facts as answers, all others as inputs.

    Signals:
        given(dict): fact name → text as typed ("199.00", "2026-11-12", "3", "true").
    """

    given = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: Sequence[FactWanted] = ()
        self._fields: dict[str, Field] = {}
        self._edits: dict[str, QLineEdit] = {}
        self._flag = ""
        self._lead = Words("", "secondary", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Size.GAP_M)
        self._grid.setVerticalSpacing(Size.GAP_S)
        self._flags = AnswerList()
        self._go = ActionButton("", "check", key="Enter")
        self._go.clicked.connect(self._give)
        self._flags.chosen.connect(self._give_flag)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self._lead)
        column.addLayout(self._grid)
        column.addWidget(self._flags)
        column.addWidget(self._go)
        self._retranslate()

    def show_facts(self, wanted: Sequence[FactWanted]) -> None:
        """Ask for these facts; what was typed for a fact that is still wanted stays."""
        typed = {name: edit.text() for name, edit in self._edits.items()}
        same = [fact.name for fact in wanted] == [fact.name for fact in self._wanted]
        self._wanted = wanted
        if same:
            self._label()
            return
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields, self._edits = {}, {}
        inputs = [fact for fact in wanted if fact.kind != "flag"]
        for at, fact in enumerate(inputs):
            edit = QLineEdit(typed.get(fact.name, fact.default))
            edit.setMaxLength(40)
            edit.returnPressed.connect(self._give)
            field = Field(edit)
            self._fields[fact.name], self._edits[fact.name] = field, edit
            self._grid.addWidget(field, at // 2, at % 2)
        flags = [fact for fact in wanted if fact.kind == "flag"] if not inputs else []
        self._flag = flags[0].name if flags else ""
        self._flags.setVisible(bool(flags))
        self._go.setVisible(bool(inputs))
        self._label()

    def blocks(self) -> bool:
        """Whether the question waits for these facts."""
        return bool(self._wanted)

    def focus_first(self) -> None:
        """Put focus on the first input."""
        if self._fields:
            first = next(iter(self._edits.values()))
            first.setFocus()
            first.selectAll()
        else:
            self._flags.focus_first()

    def show_error(self, fact: str, error: CounterError) -> bool:
        """Say beneath one input what is wrong; false when the fact is not asked for here."""
        field = self._fields.get(fact)
        if field is None:
            return False
        field.show_error(error)
        field.input.setFocus()
        return True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _give(self) -> None:
        given = {name: edit.text().strip() for name, edit in self._edits.items()}
        empty = next((name for name, text in given.items() if not text), "")
        if empty:
            self._fields[empty].show_error(self.tr("Please fill this in"))
            self._fields[empty].input.setFocus()
            return
        self.given.emit(given)

    def _give_flag(self, answer: str) -> None:
        self.given.emit({self._flag: answer})

    def _label(self) -> None:
        for fact in self._wanted:
            field = self._fields.get(fact.name)
            if field is not None:
                field.set_label(shown.words(fact.label), self._hint(fact.kind))
        flag = next((fact for fact in self._wanted if not self._fields and fact.kind == "flag"), None)
        if flag is not None:
            self._lead.setText(shown.words(flag.label))
            self._flags.show_answers([Answer(_YES, self.tr("Yes")), Answer(_NO, self.tr("No"))], digits=False)
        else:
            self._lead.setText(self.tr("To go on, the shop needs:"))

    def _hint(self, kind: str) -> str:
        return {
            "money": self.tr("yuan, e.g. 30.00"),
            "day": self.tr("e.g. 2026-11-12"),
            "count": self.tr("a whole number"),
        }.get(kind, "")

    def _retranslate(self) -> None:
        self._go.setText(self.tr("Go on"))
        self._label()
