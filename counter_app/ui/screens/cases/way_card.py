"""The way a case walked through the chart, drawn with the path lit."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from counter_app.domain.case_views import CaseView
from counter_app.domain.chart import Chart
from counter_app.domain.spoken import Language
from counter_app.domain.walk_views import WalkSummary
from counter_app.services import policy, rules
from counter_app.services.desk import Desk
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.chart_layout import DrawnNode, lay_out_way
from counter_app.ui.widgets.chart_view import ChartView
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.words import Elided

_LEAST, _MOST = 84, 320
_AIR = 12


@lru_cache(maxsize=8)
def _drawn(chart: Chart, chinese: bool) -> tuple[DrawnNode, ...]:
    language: Language = "zh" if chinese else "en"
    titles = {name: section.words.of(language) for section in chart.sections for name in section.nodes}
    return tuple(
        DrawnNode(
            node.id,
            node.kind.value,
            node.words.of(language),
            titles.get(node.id, node.section),
            tuple((answer.words.of(language), answer.to) for answer in node.answers)
            if node.answers
            else tuple(("", target) for target in node.targets()),
        )
        for node in chart.nodes.values()
    )


def drawn_nodes(desk: Desk, walk: WalkSummary) -> tuple[DrawnNode, ...]:
    """The chart this walk was walked on, in the window's language. A case keeps the version it began on."""
    return drawn_chart(rules.chart_of(desk, policy.version(desk, walk.chart_version_id)))


def drawn_chart(chart: Chart) -> tuple[DrawnNode, ...]:
    """Any chart in the window's language."""
    return _drawn(chart, shown.is_chinese())


class ChartDialog(Dialog):
    """The whole chart, as large as the screen allows."""

    def __init__(
        self, nodes: tuple[DrawnNode, ...], way: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=900)
        self.view = ChartView()
        self.view.show_chart(nodes, way)
        self.body.addWidget(self.view, 1)
        self.resize(1180, 680)
        self.cancel.hide()
        self.accept_button.set_kind("secondary")
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(
            self.tr("The whole chart"),
            self.tr("Ctrl and wheel, or + and −, to zoom; drag to move; 0 to see the way."),
            self.tr("Close"),
        )


class WayCard(CaseCard):
    """One walk at a time; several walks of a visit are chosen by their number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0
        self._remedy = Elided("", "strong")
        self._walks = QHBoxLayout()
        self._walks.setSpacing(Size.GAP_XS)
        self._group = QButtonGroup(self)
        self._whole = ActionButton("", "maximize", kind="quiet", key="Ctrl+G", bind=True)
        self._whole.clicked.connect(self.show_whole)
        self.view = ChartView()
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.head.setStretch(1, 0)
        self.head.addWidget(self._remedy, 1)
        self.head.addLayout(self._walks)
        self.head.addWidget(self._whole)
        self.body.addWidget(self.view)
        self._retranslate()

    def show_case(self, desk: Desk, case: CaseView) -> None:
        """Draw the way of a case's first walk."""
        if self.is_another(case):
            self._at = 0
        self.setVisible(bool(case.walks))
        super().show_case(desk, case)

    def show_whole(self) -> None:
        """The whole chart with this way lit, in a window of its own."""
        walk = self._walk()
        if walk is not None and self._desk is not None:
            ChartDialog(drawn_nodes(self._desk, walk), walk.path, self).exec()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        walk = self._walk()
        if walk is not None:
            self._fit_height(walk)

    def _walk(self) -> WalkSummary | None:
        if self._case is None or not self._case.walks:
            return None
        return self._case.walks[min(self._at, len(self._case.walks) - 1)]

    def _show(self) -> None:
        walk = self._walk()
        if walk is None or self._desk is None or self._case is None:
            return
        while (item := self._walks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if len(self._case.walks) > 1:
            for at, other in enumerate(self._case.walks):
                button = ActionButton(self.tr("Group {number}").format(number=other.seq))
                button.setCheckable(True)
                button.setChecked(other.id == walk.id)
                button.clicked.connect(lambda _on=False, at=at: self._choose(at))
                self._group.addButton(button)
                self._walks.addWidget(button)
        told = [shown.words(title) for title in walk.remedy_titles] or [shown.words(walk.at_title)]
        self._remedy.show_text(" · ".join(told))
        self._fit_height(walk)
        self.view.show_chart(drawn_nodes(self._desk, walk), walk.path, only_way=True)

    def _fit_height(self, walk: WalkSummary) -> None:
        """As high as the way is at the width there is: no empty band above and below it."""
        nodes = drawn_nodes(self._desk, walk) if self._desk is not None else ()
        layout = lay_out_way(nodes, walk.path)
        if not layout.spots:
            return
        scale = min(1.0, max(320, self.view.width()) / (layout.width + 60))
        self.view.setFixedHeight(round(min(_MOST, max(_LEAST, layout.height * scale + _AIR))))

    def _choose(self, at: int) -> None:
        self._at = at
        self._show()

    def _retranslate(self) -> None:
        self.set_title(self.tr("The way through the chart"))
        self._whole.setText(self.tr("Whole chart"))
        self._show()
