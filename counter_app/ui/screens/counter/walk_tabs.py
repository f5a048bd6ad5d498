"""Groups of lines with answers of their own, when a visit has several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.domain.walk_views import WalkView
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton


class WalkTabs(QWidget):
    """Hidden while there is one group of one line.

    Signals:
        chosen(int): id of the walk to show.
        split(): give the last line of this group answers of its own.
    """

    chosen = Signal(int)
    split = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Size.GAP_XS)
        self._tabs: list[ActionButton] = []
        self._told: list[tuple[int, int, tuple[int, ...]]] = []
        self._split = ActionButton("", "split", kind="quiet")
        self._split.clicked.connect(self.split)
        self._row.addStretch(1)
        self._row.addWidget(self._split)
        self._retranslate()
        self.hide()

    def show_walks(
        self, walks: Sequence[WalkView], current: int | None, names: Mapping[int, str] | None = None
    ) -> None:
        """Show the groups of a visit; `names`: case line → name of its goods."""
        here = next((walk for walk in walks if walk.id == current), None)
        splittable = here is not None and len(here.line_ids) > 1 and not here.settled
        self._split.setVisible(splittable)
        self.setVisible(len(walks) > 1 or splittable)
        told = [(walk.id, walk.seq, walk.line_ids) for walk in walks] if len(walks) > 1 else []
        if told == self._told:
            for tab, walk in zip(self._tabs, walks, strict=False):
                tab.setChecked(walk.id == current)
            return
        self._told = told
        for tab in self._tabs:
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = []
        called = names or {}
        for at, walk in enumerate(walks if told else ()):
            goods = "、".join(called.get(line, "") for line in walk.line_ids)
            tab = ActionButton(f"{walk.seq}  {shown.one_line(goods, 18)}", key=f"Alt+{at + 1}", bind=True)
            tab.setCheckable(True)
            tab.setChecked(walk.id == current)
            tab.clicked.connect(lambda _on=False, walk_id=walk.id: self.chosen.emit(walk_id))
            self._row.insertWidget(at, tab)
            tab.show()
            self._tabs.append(tab)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._split.setText(self.tr("Other answers for one of these"))
