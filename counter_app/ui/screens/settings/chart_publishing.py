"""What an edited chart would change, before it is put in force."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import charts
from counter_app.services.charts import Checked
from counter_app.ui.screens.cases.way_card import drawn_chart
from counter_app.ui.session import Session
from counter_app.ui.widgets.chart_view import ChartView
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_SHOWN = 24


class PublishDialog(Dialog):
    """The new chart with what differs lit; why is asked, because the version is kept for ever."""

    def __init__(
        self, session: Session, kind: str, checked: Checked, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=860, icon="check")
        self._session, self._kind, self._checked = session, kind, checked
        self._what = Words("", "body", wrap=True)
        self._view = ChartView()
        differing = dict.fromkeys((*checked.added, *checked.changed), 1.0)
        self._view.show_chart(drawn_chart(checked.chart), heat=differing)
        self._view.setMinimumHeight(320)
        self._note = QLineEdit(note)
        self._field = Field(self._note)
        for part in (self._what, self._view, self._field):
            self.body.addWidget(part)
        self._retranslate()

    def confirm(self) -> None:
        try:
            self._session.act(charts.publish, self._kind, self._checked.text, self._note.text())
        except CounterError as error:
            if error.code == "chart.note":
                self._field.show_error(error)
            else:
                self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Put this chart in force"),
            self.tr(
                "New cases follow it from now on; cases already open finish on the version they began with."
            ),
            self.tr("Put in force"),
        )
        found = self._checked
        lines = [
            self.tr("{count} nodes, checked and sound.").format(count=found.nodes),
            *(
                label.format(names=", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else ""))
                for label, names in (
                    (self.tr("New: {names}"), found.added),
                    (self.tr("Changed: {names}"), found.changed),
                    (self.tr("Gone: {names}"), found.removed),
                )
                if names
            ),
        ]
        if not (found.added or found.changed or found.removed):
            lines.append(self.tr("No node differs from the chart in force."))
        self._what.setText("\n".join(lines))
        self._view.setAccessibleName(self.tr("The new chart, what differs in colour"))
        self._field.set_label(self.tr("Why it is changed"))
