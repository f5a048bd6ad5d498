"""The reports screen: what visits are about, over months; every figure opens the visits that make it up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.db.connection import year_of
from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.domain.report_views import DIMENSIONS, SAID_OF, CaseBehind, Figures, Report, ReportRow
from counter_app.services import report_book, reports, staff
from counter_app.ui import format as shown
from counter_app.ui.screens.screen import KeyLine, Screen
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.figure_charts import Bar, MonthChart, ParetoChart
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words

SPANS = (1, 3, 12, 24, 36)
"""Months a report looks back, this one included."""
_DRAWN = 12
"""The most columns of a Pareto chart that can still be read."""
_ICONS = {
    "reason": "message-square-warning", "product": "package", "batch": "tags", "clerk": "users",
    "remedy": "rotate-ccw", "tender": "wallet", "month": "calendar",
}  # fmt: skip


class ReportsScreen(Screen):
    """What is asked after on top; the largest on the left, one of them over time and its visits on the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.report: Report | None = None
        self.bar = ChoiceBar(
            [(name, _ICONS[name], f"Alt+{at}") for at, name in enumerate(DIMENSIONS, start=1)]
        )
        self.span, self.measure = QComboBox(), QComboBox()
        # Of an old year: the whole of it (0) or one of its months.
        self._year = year_of(session.desk.db)
        self._spans = tuple(range(13)) if self._year else SPANS
        for months in self._spans:
            self.span.addItem("", months)
        self.span.setCurrentIndex(0 if self._year else SPANS.index(12))
        self._offer_measures()
        self._whole = Words("", "strong")
        self._export = ActionButton("", "file-spreadsheet", key="Ctrl+E", bind=True)
        self.table = Table(
            [
                Column(self._head, lambda row: shown.words(row.title)),
                Column(lambda: self.tr("Visits"), lambda row: str(row.figures.cases), right=True, width=66),
                Column(lambda: self._of(), self._figure, right=True, width=118),
                Column(lambda: self.tr("Share"), _share, right=True, width=66),
                Column(self._before_head, self._change, right=True, width=84),
            ]
        )
        self.pareto, self.months = ParetoChart(), MonthChart()
        self.visits = Table(
            [
                Column(lambda: self.tr("Case"), lambda row: row.case.number, width=172),
                Column(lambda: self.tr("Month"), lambda row: _month(row.month), width=80),
                Column(lambda: self.tr("Goods"), lambda row: shown.one_line(row.case.goods, 80)),
                Column(lambda: self.tr("State"), lambda row: shown.words(row.case.state_title), width=100),
            ],
            fetch=self._behind,
        )
        self._arrange()
        self.bar.chosen.connect(self._asked)
        self.span.currentIndexChanged.connect(lambda _at: self.load())
        self.measure.currentIndexChanged.connect(lambda _at: self.load())
        self.table.current_row.connect(self._chosen)
        self.table.opened.connect(lambda _row: self.visits.setFocus())
        self.visits.opened.connect(lambda row: self.wants.emit("cases", row.case.id))
        self.pareto.picked.connect(self.table.choose)
        self._export.clicked.connect(self._write)
        self._retranslate()

    def _arrange(self) -> None:
        asked = QHBoxLayout()
        asked.setSpacing(Size.GAP_S)
        for part in (self.span, self.measure):
            part.setMinimumHeight(Size.TARGET)
            asked.addWidget(part)
        asked.addSpacing(Size.GAP_M)
        asked.addWidget(self._whole, 1)
        asked.addWidget(self._export)
        self._largest, self._over_time, self._made_of = Card(), Card(), Card()
        self._largest.body.addWidget(self.pareto, 2)
        self._largest.body.addWidget(self.table, 3)
        self._over_time.body.addWidget(self.months, 1)
        self._made_of.body.addWidget(self.visits, 1)
        grid = QGridLayout()
        grid.setSpacing(Size.GAP_M)
        grid.addWidget(self._largest, 0, 0, 2, 1)
        grid.addWidget(self._over_time, 0, 1)
        grid.addWidget(self._made_of, 1, 1)
        for at, (stretch_column, stretch_row) in enumerate(((6, 2), (5, 3))):
            grid.setColumnStretch(at, stretch_column)
            grid.setRowStretch(at, stretch_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        column.setSpacing(Size.GAP_M)
        column.addWidget(self.bar)
        column.addLayout(asked)
        column.addWidget(self.banner)
        column.addLayout(grid, 1)

    # --- what the window asks of it -----------------------------------------------------------------

    def arrive(self) -> None:
        self.load()
        self.table.setFocus()

    def refresh(self, changed: frozenset[str]) -> None:
        if self.isVisible() and changed & {"case", "money", "policy"}:
            self.load()

    def desk_changed(self) -> None:
        if self.isVisible() and self.session.desk.staff is not None:
            self.load()

    def show_subject(self, subject: object) -> None:
        if str(subject) in DIMENSIONS:
            self.bar.choose(str(subject))

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("Alt+1…7", self.tr("Reason, article, batch, staff, remedy, way of payment, month")),
            KeyLine("Enter", self.tr("Go to the visits behind the figure; there: open the visit")),
            KeyLine("Ctrl+E", self.tr("Write these figures to a workbook")),
        ]

    # --- figures ------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask anew for what is chosen; stays on the value it stood on."""
        desk = self.session.desk
        sees = staff.may(desk, roles.REPORTS)
        self._export.allow(sees, self.tr("Only somebody who may see reports."))
        self._offer_measures()
        held = self.table.chosen()
        try:
            self.report = reports.report(desk, self.dimension(), *self.asked_span(), measure=self.measured())
        except CounterError as error:
            self.report = None
            self.table.rows.show_rows([])
            self._chosen(None)
            self.banner.show_error(error)
            return
        self.banner.dismiss()
        if self._year and reports.lacking(desk):
            self.banner.say(
                self.tr("This copy of {year} has no figures.").format(year=self._year),
                self.tr("It was made by an earlier version: go back to the present and copy the year again."),
                "attention",
            )
        with QSignalBlocker(self.table.selectionModel()):
            self.table.rows.show_rows(self.report.rows)
        self.table.rows.retranslate()
        self._draw_pareto()
        self._say_whole()
        keys = [row.key for row in self.report.rows]
        at = keys.index(held.key) if isinstance(held, ReportRow) and held.key in keys else 0
        self.table.choose(at)
        self._chosen(self.report.rows[at] if keys else None)

    def dimension(self) -> str:
        """What is asked after."""
        return self.bar.current()

    def measured(self) -> str:
        """What is counted."""
        return str(self.measure.currentData())

    def asked_span(self) -> tuple[str, str]:
        """The first and the last month, YYYY-MM."""
        if self._year:
            month = int(self.span.currentData())
            return f"{self._year:04d}-{month or 1:02d}", f"{self._year:04d}-{month or 12:02d}"
        today = self.session.desk.today()
        at = today.year * 12 + today.month - int(self.span.currentData())
        return f"{at // 12:04d}-{at % 12 + 1:02d}", f"{today.year:04d}-{today.month:02d}"

    def _asked(self, _name: str) -> None:
        self.load()
        self.table.setFocus()

    def _offer_measures(self) -> None:
        can = SAID_OF[self.dimension()]
        if [self.measure.itemData(at) for at in range(self.measure.count())] == list(can):
            return
        kept = self.measure.currentData()
        with QSignalBlocker(self.measure):
            self.measure.clear()
            for name in can:
                self.measure.addItem(self._measure_word(name), name)
            self.measure.setCurrentIndex(can.index(kept) if kept in can else 0)

    def _chosen(self, row: ReportRow | None) -> None:
        report = self.report
        if report is None or row is None:
            self.months.show_bars(())
            self.visits.rows.show_rows([])
            self._over_time.set_title("")
            self._made_of.set_title(self.tr("Nothing to show"))
            return
        first, last = self._span_of(row)
        over = self.tr("All visits") if report.dimension == "month" else self._name(row)
        self._over_time.set_title(self.tr("{name}, month by month").format(name=over))
        self._made_of.set_title(self.tr("Visits behind it: {name}").format(name=self._name(row)))
        monthly = reports.months(
            self.session.desk, None if report.dimension == "month" else row.key, report.first, report.last
        )
        bars = [
            Bar(month[2:], one.of(report.measure), f"{month}: {self._told(one)}") for month, one in monthly
        ]
        self.months.show_bars(
            bars, next((at for at, (month, _) in enumerate(monthly) if first == last == month), -1)
        )
        if report.dimension != "month":
            self.pareto.mark(
                next((at for at, one in enumerate(report.rows[:_DRAWN]) if one.key == row.key), -1)
            )
        self.visits.rows.reload()

    def _behind(self, last: CaseBehind | None, count: int) -> Sequence[CaseBehind]:
        row = self.table.chosen()
        if not isinstance(row, ReportRow) or self.report is None:
            return ()
        desk = self.session.desk
        key = reports.key_of_all(desk) if self.report.dimension == "month" else row.key
        return reports.cases_behind(desk, key, *self._span_of(row), last, count)

    def _span_of(self, row: ReportRow) -> tuple[str, str]:
        if self.report is None or self.report.dimension == "month":
            return row.value, row.value
        return self.report.first, self.report.last

    def _draw_pareto(self) -> None:
        report = self.report
        monthly = report is None or report.dimension == "month"
        self.pareto.setVisible(not monthly)
        if report is None or monthly:
            return
        bars = [
            Bar(_short(row), row.figures.of(report.measure), f"{self._name(row)}: {self._told(row.figures)}")
            for row in report.rows[:_DRAWN]
        ]
        self.pareto.show_pareto(bars, report.total.of(report.measure), 0)

    def _say_whole(self) -> None:
        if self.report is None:
            return
        first, last = self.report.first, self.report.last
        span = first if first == last else f"{first} – {last}"
        said = [span, f"{self._measure_word('cases')} {self.report.visits}"]
        if self.report.measure != "cases":
            said.append(f"{self._measure_word(self.report.measure)} {self._told(self.report.total)}")
        self._whole.setText(" · ".join(said))

    def _write(self) -> None:
        desk, span = self.session.desk, self.asked_span()
        proposed = report_book.default_path(desk, *span)
        proposed.parent.mkdir(parents=True, exist_ok=True)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Write these figures to a workbook"), str(proposed), "Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = (
            Path(chosen) if chosen.lower().endswith(report_book.SUFFIX) else Path(chosen + report_book.SUFFIX)
        )
        try:
            report_book.write(desk, path, *span, shown.language())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.banner.say(self.tr("Written: {file}").format(file=path), tone="ok")

    # --- words --------------------------------------------------------------------------------------

    def _name(self, row: ReportRow) -> str:
        return shown.words(row.title)

    def _told(self, figures: Figures) -> str:
        measure = self.measured()
        value = figures.of(measure)
        if measure == "cases":
            return str(value)
        return shown.quantity(value) if measure == "units_milli" else shown.money(value)

    def _figure(self, row: ReportRow) -> str:
        """The measure that was asked for; of visits, which have their own column, the goods."""
        measure = self._second()
        value = row.figures.of(measure)
        return shown.quantity(value) if measure == "units_milli" else shown.money(value)

    def _second(self) -> str:
        if self.measured() != "cases":
            return self.measured()
        return "goods_fen" if "goods_fen" in SAID_OF[self.dimension()] else "owed_fen"

    def _of(self) -> str:
        return self._measure_word(self._second())

    def _change(self, row: ReportRow) -> str:
        measure = self.measured()
        before, now = row.before.of(measure), row.figures.of(measure)
        if before <= 0:
            return self.tr("new") if now > 0 else "–"
        change = round((now - before) * 100 / before)
        return f"{'+' if change > 0 else shown.MINUS if change < 0 else '±'}{abs(change)} %"

    def _span_words(self, months: int) -> str:
        if self._year:
            whole = self.tr("The whole year {year}").format(year=self._year)
            return f"{self._year:04d}-{months:02d}" if months else whole
        return self.tr("This month") if months == 1 else self.tr("%n months", "", months)

    def _measure_word(self, name: str) -> str:
        return {
            "cases": self.tr("Visits"),
            "units_milli": self.tr("Goods taken back"),
            "goods_fen": self.tr("Value given back"),
            "owed_fen": self.tr("Owed to customers"),
            "paid_fen": self.tr("Paid out"),
            "taken_fen": self.tr("Taken in"),
        }[name]

    def _before_head(self) -> str:
        return self.tr("vs last year") if self.dimension() == "month" else self.tr("vs before")

    def _head(self) -> str:
        return self._dimension_words()[self.dimension()]

    def _dimension_words(self) -> dict[str, str]:
        return {
            "reason": self.tr("Reason"),
            "product": self.tr("Article"),
            "batch": self.tr("Batch"),
            "clerk": self.tr("Staff"),
            "remedy": self.tr("Remedy"),
            "tender": self.tr("Way of payment"),
            "month": self.tr("Month"),
        }

    def _retranslate(self) -> None:
        self.bar.say(self._dimension_words())
        with QSignalBlocker(self.span), QSignalBlocker(self.measure):
            for at, months in enumerate(self._spans):
                self.span.setItemText(at, self._span_words(months))
            for at in range(self.measure.count()):
                self.measure.setItemText(at, self._measure_word(str(self.measure.itemData(at))))
        self.span.setAccessibleName(self.tr("Months"))
        self.measure.setAccessibleName(self.tr("What is counted"))
        self._export.setText(self.tr("Excel"))
        self._largest.set_title(self.tr("The largest"))
        self.table.setAccessibleName(self.tr("The largest"))
        self.visits.setAccessibleName(self.tr("Visits behind the figure"))
        self.pareto.setAccessibleName(self.tr("The largest, drawn"))
        self.months.setAccessibleName(self.tr("Month by month, drawn"))
        if self.report is not None:
            self.load()


def _share(row: ReportRow) -> str:
    return "–" if row.share_bp is None else f"{row.share_bp / 100:.1f} %"


def _month(month: int) -> str:
    return f"{month // 100:04d}-{month % 100:02d}"


def _short(row: ReportRow) -> str:
    """The first word of a title: a code stands for itself."""
    return (
        shown.words(row.title).split(" ", 1)[0]
        if row.value in shown.words(row.title)
        else shown.words(row.title)
    )
