"""All facts a walk rests on: value, where it came from, and a field where another may be typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.walk_views import FactView
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.words import Words


class FactsDialog(Dialog):
    """Shows facts and saves those that were changed; an emptied field takes an entry back."""

    def __init__(
        self,
        facts: Sequence[FactView],
        save: Callable[[Mapping[str, str]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=640, icon="check")
        self._facts, self._save = facts, save
        self._edits: dict[str, QLineEdit] = {}
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        self._grid = QGridLayout(inner)
        self._grid.setHorizontalSpacing(Size.GAP_M)
        self._grid.setVerticalSpacing(Size.GAP_S)
        self._grid.setColumnStretch(2, 1)
        for at, fact in enumerate(facts):
            self._grid.addWidget(Words(shown.words(fact.label), "body"), at, 0)
            if fact.editable:
                edit = QLineEdit(fact.value)
                edit.setMaxLength(40)
                edit.setAccessibleName(shown.words(fact.label))
                self._edits[fact.name] = edit
                self._grid.addWidget(edit, at, 1)
            else:
                self._grid.addWidget(Words(fact.value, "strong"), at, 1)
            self._grid.addWidget(Words(shown.words(fact.source), "note", wrap=True), at, 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        area.setMinimumHeight(320)
        self.body.addWidget(area, 1)
        self._retranslate()

    def confirm(self) -> None:
        before = {fact.name: fact.value for fact in self._facts}
        changed = {
            name: edit.text().strip()
            for name, edit in self._edits.items()
            if edit.text().strip() != before[name]
        }
        try:
            if changed:
                self._save(changed)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Figures"),
            self.tr("Where each came from; what you type here counts for this visit only"),
            self.tr("Keep"),
        )
