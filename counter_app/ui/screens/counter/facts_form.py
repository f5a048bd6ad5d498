"""Facts that a step needs and only the clerk can know: an amount, a day, a count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.walk_views import FactWanted
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_YES, _NO = "true", "false"
_FEW = 4
"""So many choices are answers to click; more go into a box."""


class FactsForm(QWidget):
    """Asks for facts; yes/no facts and those of few choices as answers, all others as inputs.

    Signals:
        given(dict): fact name → text as typed ("199.00", "2026-11-12", "3", "true").
    """

    given = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: Sequence[FactWanted] = ()
        self._fields: dict[str, Field] = {}
        self._edits: dict[str, QLineEdit] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._asked: FactWanted | None = None
        self._without_sale = False
        self._lead = Words("", "secondary", wrap=True)
        self._or_record = Words("", "accent", wrap=True)
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
        column.addWidget(self._or_record)
        column.addLayout(self._grid)
        column.addWidget(self._flags)
        column.addWidget(self._go)
        self._retranslate()

    def show_facts(self, wanted: Sequence[FactWanted], *, without_sale: bool = False) -> None:
        """Ask for these facts; what was typed for a fact that is still wanted stays. `without_sale`: a purchase would
        answer them."""
        self._without_sale = without_sale
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
        self._fields, self._edits, self._boxes = {}, {}, {}
        inputs = [fact for fact in wanted if not _by_answer(fact)]
        for at, fact in enumerate(inputs):
            field = self._box(fact) if fact.choices else self._edit(fact, typed.get(fact.name, fact.default))
            self._fields[fact.name] = field
            self._grid.addWidget(field, at // 2, at % 2)
        self._asked = next((fact for fact in wanted if _by_answer(fact)), None) if not inputs else None
        self._flags.setVisible(self._asked is not None)
        self._go.setVisible(bool(inputs))
        self._label()

    def blocks(self) -> bool:
        """Whether the question waits for these facts."""
        return bool(self._wanted)

    def focus_first(self) -> None:
        """Put focus on the first input."""
        if self._fields:
            first = next(iter(self._fields.values())).input
            first.setFocus()
            if isinstance(first, QLineEdit):
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

    def _edit(self, fact: FactWanted, text: str) -> Field:
        edit = QLineEdit(text)
        edit.setMaxLength(40)
        edit.returnPressed.connect(self._give)
        self._edits[fact.name] = edit
        return Field(edit)

    def _box(self, fact: FactWanted) -> Field:
        box = QComboBox()
        for code, _title in fact.choices:
            box.addItem(code, code)
        box.setCurrentIndex(max(0, box.findData(fact.default)))
        self._boxes[fact.name] = box
        return Field(box)

    def _give(self) -> None:
        given = {name: edit.text().strip() for name, edit in self._edits.items()}
        given |= {name: str(box.currentData()) for name, box in self._boxes.items()}
        needed = {fact.name for fact in self._wanted if fact.needed} or set(given)
        empty = next((name for name, text in given.items() if not text and name in needed), "")
        if empty:
            self._fields[empty].show_error(self.tr("Please fill this in"))
            self._fields[empty].input.setFocus()
            return
        self.given.emit({name: text for name, text in given.items() if text})

    def _give_flag(self, answer: str) -> None:
        if self._asked is not None:
            self.given.emit({self._asked.name: answer})

    def _label(self) -> None:
        for fact in self._wanted:
            field = self._fields.get(fact.name)
            if field is not None:
                field.set_label(shown.words(fact.label), self._hint(fact.kind))
            box = self._boxes.get(fact.name)
            for at, (_code, title) in enumerate(fact.choices if box is not None else ()):
                if box is not None:
                    box.setItemText(at, shown.words(title))
        if self._asked is None:
            self._lead.setText(self.tr("To go on, the shop needs:"))
        else:
            self._lead.setText(shown.words(self._asked.label))
            choices = [Answer(code, shown.words(title)) for code, title in self._asked.choices]
            yes_no = [Answer(_YES, self.tr("Yes")), Answer(_NO, self.tr("No"))]
            self._flags.show_answers(choices or yes_no, digits=False)
        self._or_record.setText(self.tr("or press F8 to record the purchase: it answers these by itself"))
        self._or_record.setVisible(self._without_sale and bool(self._wanted))

    def _hint(self, kind: str) -> str:
        return {
            "money": self.tr("yuan, e.g. 30.00"),
            "day": self.tr("e.g. 2026-11-12"),
            "count": self.tr("a whole number"),
        }.get(kind, "")

    def _retranslate(self) -> None:
        self._go.setText(self.tr("Go on"))
        self._label()


def _by_answer(fact: FactWanted) -> bool:
    return fact.kind == "flag" or 0 < len(fact.choices) <= _FEW
