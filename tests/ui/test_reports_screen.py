"""The reports screen: figures drawn and listed, one over time, the visits behind it, a workbook of them."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from shop_day import returned, sell, stock, visit

from counter_app.domain.report_views import DIMENSIONS
from counter_app.services import reports, shift
from counter_app.ui.screens.reports.screen import ReportsScreen
from counter_app.ui.widgets.figure_charts import Bar, ParetoChart


@pytest.fixture
def screen(qtbot, session, desk) -> ReportsScreen:
    stock(desk)
    shift.open_shift(desk, 50_000)
    for at in range(2):
        returned(desk, visit(desk, sell(desk, at + 1)))
    made = ReportsScreen(session)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    made.arrive()
    return made


def cells(table) -> list[list[str]]:
    model = table.rows
    return [
        [str(model.data(model.index(at, column))) for column in range(model.columnCount())]
        for at in range(model.rowCount())
    ]


def test_the_reasons_of_a_year_stand_with_share_chart_months_and_visits(screen, desk) -> None:
    assert screen.dimension() == "reason" and screen.report is not None
    asked = reports.report(desk, "reason", *screen.asked_span())
    assert [row[1] for row in cells(screen.table)] == [str(row.figures.cases) for row in asked.rows]
    assert [bar.value for bar in screen.pareto.bars()] == [row.figures.cases for row in asked.rows]
    assert screen.pareto.running()[-1] == 10_000
    assert len(screen.months.bars()) == 12
    assert sum(bar.value for bar in screen.months.bars()) == asked.rows[0].figures.cases
    assert screen.visits.rows.rowCount() == asked.rows[0].figures.cases


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_question_has_its_figures_and_they_open_their_visits(screen, desk, dimension) -> None:
    screen.bar.choose(dimension)
    asked = reports.report(desk, dimension, *screen.asked_span())
    assert screen.table.rows.rowCount() == len(asked.rows)
    for at, row in enumerate(asked.rows):
        screen.table.choose(at)
        assert screen.visits.rows.rowCount() == row.figures.cases


def test_enter_goes_from_the_figure_to_its_visits_and_on_into_one(screen, qtbot) -> None:
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    screen.visits.choose(0)
    wanted = screen.visits.rows.row(0).case.id
    with qtbot.waitSignal(screen.wants) as told:
        QTest.keyClick(screen.visits, Qt.Key.Key_Return)
    assert told.args == ["cases", wanted]


def test_span_and_measure_are_chosen_and_kept_where_they_can_be_told(screen) -> None:
    screen.measure.setCurrentIndex(screen.measure.findData("goods_fen"))
    assert screen.report is not None and screen.report.measure == "goods_fen"
    screen.span.setCurrentIndex(screen.span.findData(36))
    assert len(screen.months.bars()) == 36
    screen.bar.choose("product")
    assert screen.measured() == "goods_fen"
    screen.bar.choose("tender")
    assert screen.measured() == "cases" and screen.measure.findData("goods_fen") == -1
    screen.bar.choose("month")
    assert screen.pareto.isHidden() and screen.table.rows.rowCount() == 36


def test_a_column_that_is_clicked_is_the_value_in_the_list(screen, qtbot) -> None:
    screen.bar.choose("remedy")
    assert len(screen.pareto.bars()) > 1
    place = screen.pareto.column(1).center().toPoint()
    QTest.mouseClick(screen.pareto, Qt.MouseButton.LeftButton, pos=place)
    assert screen.table.currentIndex().row() == 1


def test_the_figures_go_into_a_workbook_with_a_sheet_for_each_question(
    screen, desk, monkeypatch, tmp_path
) -> None:
    target = tmp_path / "figures"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    screen._export.click()
    assert str(target) in screen.banner.message()
    book = load_workbook(f"{target}.xlsx", data_only=True)
    assert len(book.sheetnames) == len(DIMENSIONS)
    for name, dimension in zip(book.sheetnames, DIMENSIONS, strict=True):
        asked = reports.report(desk, dimension, *screen.asked_span())
        rows = list(book[name].iter_rows(min_row=2, max_row=1 + len(asked.rows), values_only=True))
        assert [row[1] for row in rows] == [row.figures.cases for row in asked.rows]


def test_a_workbook_that_cannot_be_written_is_told(screen, monkeypatch, tmp_path) -> None:
    (tmp_path / "taken").write_text("no folder", encoding="utf-8")
    target = tmp_path / "taken" / "figures.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    screen._export.click()
    assert "taken" in screen.banner.message() and "Written" not in screen.banner.message()


def test_a_shop_without_visits_says_so(qtbot, session) -> None:
    made = ReportsScreen(session)
    qtbot.addWidget(made)
    made.show()
    made.arrive()
    assert made.table.rows.rowCount() == 0 and made.visits.rows.rowCount() == 0
    assert "Nothing" in made._made_of.accessibleName()


def test_a_pareto_line_adds_up_and_falls_below_zero_without_harm(qtbot) -> None:
    chart = ParetoChart()
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.show_pareto([Bar("a", 6, "a 6"), Bar("b", 3, "b 3"), Bar("c", -1, "c -1")], 10)
    assert chart.running() == [6000, 9000, 8000]
    assert not chart.grab().isNull() and "b 3" in chart.accessibleDescription()
