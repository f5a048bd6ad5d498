"""Trying a chart: typed facts, one question after the other, the way lit; nothing is written."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.chart import Chart
from counter_app.domain.errors import CounterError
from counter_app.domain.facts import FACTS, FactKind
from counter_app.domain.walk_result import WalkResult
from counter_app.services import charts
from counter_app.services.case_words import words_or
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.way_card import drawn_chart
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.answer_list import Answer, AnswerList
from counter_app.ui.widgets.chart_view import ChartView
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.words import Words


class TryDialog(Dialog):
    """Facts on the left, the question in hand and the drawn way on the right."""

    def __init__(self, session: Session, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=1080, icon="check")
        self._session, self._chart = session, chart
        self._given: list[tuple[str, str]] = []
        self._inputs: dict[str, QLineEdit] = {}
        self._question = Words("", "strong", wrap=True)
        self._told = Words("", "note", wrap=True)
        self._answers = AnswerList()
        self._answers.chosen.connect(self.answer)
        self._view = ChartView()
        self._view.setMinimumHeight(220)
        self._back = ActionButton("", "undo-2", kind="quiet")
        self._back.clicked.connect(self.step_back)
        self.foot.addWidget(self._back)
        right = QVBoxLayout()
        right.setSpacing(Size.GAP_S)
        for part in (self._question, self._told, self._answers):
            right.addWidget(part)
        right.addWidget(self._view, 1)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_L)
        row.addWidget(self._fact_form())
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self.cancel.hide()
        self.accept_button.set_kind("secondary")
        self.accept_button.setAutoDefault(False)
        self.resize(1180, 720)
        self._retranslate()

    def answer(self, answer: str) -> None:
        """Give an answer to the question in hand."""
        self._given.append((self._at, answer))
        self._walk()

    def step_back(self) -> None:
        """Take the last answer back."""
        if self._given:
            self._given.pop()
            self._walk()

    def set_fact(self, name: str, text: str) -> None:
        """Type a fact."""
        self._inputs[name].setText(text)
        self._walk()

    def path(self) -> tuple[str, ...]:
        """The nodes walked so far."""
        return self._path

    def _fact_form(self) -> QWidget:
        form = QWidget()
        form.setProperty("look", "scrolled")
        column = QFormLayout(form)
        column.setVerticalSpacing(Size.GAP_XS)
        self._labels: dict[str, Words] = {}
        for name in FACTS:
            field = QLineEdit()
            field.editingFinished.connect(self._walk)
            label = Words("", "note")
            column.addRow(label, field)
            self._inputs[name], self._labels[name] = field, label
        self._inputs["today"].setText(self._session.desk.today().isoformat())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(form)
        scroll.setFixedWidth(400)
        return scroll

    def _walk(self) -> None:
        answers: dict[str, list[str]] = {}
        for node, given in self._given:
            answers.setdefault(node, []).append(given)
        facts = {name: field.text() for name, field in self._inputs.items()}
        try:
            tried = charts.try_walk(self._session.desk, self._chart, answers, facts)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.banner.hide()
        self._show(tried.result, tried.missing)

    def _show(self, result: WalkResult, missing: tuple[str, ...]) -> None:
        language = shown.language()
        self._at, self._path = result.at, result.path
        node = self._chart.nodes[result.at]
        self._question.setText(f"{node.id} · {node.words.of(language)}")
        lines = [f"{one.node}: {one.because} → {one.answer}" for one in result.tests]
        if missing:
            names = ", ".join(self._fact_name(name) for name in missing)
            lines.append(self.tr("Type these facts on the left: {names}").format(names=names))
        if result.state == "ended":
            lines.append(self.tr("The walk ends here: {outcome}").format(outcome=result.outcome))
        self._told.setText("\n".join(lines[-6:]))
        labels = {answer.id: answer.words.of(language) for answer in node.answers}
        self._answers.show_answers(
            [
                Answer(
                    one.answer,
                    labels.get(one.answer) or one.answer,
                    one.because,
                    self.tr("a right") if one.right else "",
                    one.offered,
                )
                for one in result.options
            ]
            if not missing
            else []
        )
        self._view.show_chart(drawn_chart(self._chart), result.path, only_way=True)
        self._back.setEnabled(bool(self._given))

    def _fact_name(self, name: str) -> str:
        return words_or(f"fact.{name}", name).of(shown.language())

    def _retranslate(self) -> None:
        self.say(
            self.tr("Try the chart"),
            self.tr("Nothing is written: type facts, answer, and see where a visit would go and why."),
            self.tr("Close"),
        )
        hints = {
            FactKind.DAY: "2026-11-22",
            FactKind.MONEY: "199.00",
            FactKind.COUNT: "3",
            FactKind.FLAG: self.tr("yes / no"),
            FactKind.TEXT: "",
        }
        for name, field in self._inputs.items():
            self._labels[name].setText(self._fact_name(name))
            field.setAccessibleName(self._fact_name(name))
            field.setPlaceholderText(hints[FACTS[name]])
        self._inputs["channel"].setPlaceholderText("store / remote")
        self._back.setText(self.tr("One answer back"))
        self._walk()
