"""Settings page: the decision chart in force, drawn and checked; tried, changed from a file, put back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout

from counter_app import whole_file
from counter_app.domain.chart import Chart
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.roles import EDIT_POLICY
from counter_app.domain.system_reasons import system_reason
from counter_app.services import charts, staff, versions
from counter_app.ui import format as shown
from counter_app.ui import texts
from counter_app.ui.screens.cases.way_card import ChartDialog, drawn_chart
from counter_app.ui.screens.settings.chart_publishing import PublishDialog
from counter_app.ui.screens.settings.chart_trying import TryDialog
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.versions import VersionsTable
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.chart_view import ChartView
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words


class ChartPage(SettingsPage):
    """What decides at the counter, as a picture; every change is a version with its author and reason."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._chart: Chart | None = None
        self._text = ""
        self._kind = QComboBox()
        self._kind.activated.connect(lambda _at: self.load())
        self._result = Pill()
        self._counts = Words("", "note")
        self.view = ChartView()
        self.view.setMinimumHeight(260)
        self._large = ActionButton("", "maximize")
        self._large.clicked.connect(self._show_large)
        self._try = ActionButton("", "play")
        self._try.clicked.connect(self._try_it)
        self._save = ActionButton("", "download")
        self._save.clicked.connect(self._save_as)
        self._edit = ActionButton("", "upload")
        self._edit.clicked.connect(self._from_file)
        self._back = ActionButton("", "undo-2", kind="quiet")
        self._back.clicked.connect(self._shipped)
        self._versions = VersionsTable(session)
        self._versions.setMinimumHeight(150)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP_S)
        head.addWidget(self._kind)
        head.addWidget(self._result)
        head.addWidget(self._counts, 1)
        acts = QHBoxLayout()
        acts.setSpacing(Size.GAP_S)
        for button in (self._try, self._large, self._save, self._edit, self._back):
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.view, 3)
        self.body.addLayout(acts)
        self.body.addWidget(self._versions, 1)
        self._fill_kinds()
        self._retranslate()

    def load(self) -> None:
        desk, kind = self.session.desk, self.kind()
        self._versions.show_versions(versions.history(desk, kind))
        may = staff.may(desk, EDIT_POLICY)
        why = self.tr("Only a manager may change the rules.")
        self._edit.allow(may, why)
        try:
            version, self._chart = charts.in_force(desk, kind)
            found = charts.check(desk, kind, version.text)
        except CounterError as error:
            # Codes that were changed later can make a chart wrong that was right: then it is said here.
            self._result.show_state(self.tr("does not hold"), "late")
            self._counts.setText(texts.sentence(error))
            self._back.allow(may, why)
            return
        self._text = version.text
        own = not charts.is_shipped(desk, kind)
        self._back.allow(may and own, why if not may else self.tr("The chart in force is the shipped one."))
        self._result.show_state(self.tr("checked, sound"), "ok")
        line = self.tr(
            "Version {number} since {day} · {nodes} nodes: {stops} questions, {tests} tests, {ends} ends"
        )
        self._counts.setText(
            line.format(
                number=version.version,
                day=shown.day(version.valid_from),
                nodes=found.nodes,
                stops=found.stops,
                tests=found.tests,
                ends=found.ends,
            )
        )
        self.view.show_chart(drawn_chart(self._chart))

    def kind(self) -> str:
        """Kind of the chart that is shown."""
        return str(self._kind.currentData())

    def publish(self, text: str, note: str = "") -> None:
        """Show what a text would change, and put it in force when the user says so."""
        try:
            checked = charts.check(self.session.desk, self.kind(), text)
        except CounterError as error:
            self.refuse(error)
            return
        if PublishDialog(self.session, self.kind(), checked, note, self).exec():
            self.load()
            self.banner.say(
                self.tr("The chart is in force for new cases; open ones finish on theirs."), tone="ok"
            )

    def _show_large(self) -> None:
        if self._chart is not None:
            ChartDialog(drawn_chart(self._chart), (), self).exec()

    def _try_it(self) -> None:
        if self._chart is not None:
            TryDialog(self.session, self._chart, self).exec()

    def _save_as(self) -> None:
        start = f"{self.kind().removeprefix('chart:')}.toml"
        name, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the chart to edit it"), start, "*.toml")
        if not name:
            return
        try:
            whole_file.write(Path(name), self._text.encode())
        except OSError as error:
            cause = system_reason(error)
            self.refuse(SurroundingsError("chart.file.unwritable", file=Path(name).name, cause=cause))
            return
        self.banner.say(
            self.tr("Saved as {file}. Its head explains every field.").format(file=Path(name).name), tone="ok"
        )

    def _from_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Choose an edited chart"), "", "*.toml")
        if not name:
            return
        try:
            text = charts.read_file(Path(name))
        except CounterError as error:
            self.refuse(error)
            return
        self.publish(text)

    def _shipped(self) -> None:
        self.publish(charts.shipped_text(self.kind()), self.tr("Back to the shipped chart"))

    def _fill_kinds(self) -> None:
        for kind in charts.kinds():
            self._kind.addItem("", kind)

    def _retranslate(self) -> None:
        self.say(
            self.tr("Decision chart"),
            self.tr("What the counter asks and computes. A changed chart is checked before it counts."),
        )
        names = {"chart:counter": self.tr("Counter"), "chart:listing": self.tr("Corrections of listings")}
        for at in range(self._kind.count()):
            kind = str(self._kind.itemData(at))
            self._kind.setItemText(at, names.get(kind, kind.removeprefix("chart:")))
        self._kind.setAccessibleName(self.tr("Chart"))
        self._large.setText(self.tr("The whole chart"))
        self._try.setText(self.tr("Try it…"))
        self._save.setText(self.tr("Save as file…"))
        self._edit.setText(self.tr("Put a file in force…"))
        self._back.setText(self.tr("Back to the shipped one"))
        self._versions.translate_name()
        if self._chart is not None:
            self.load()
