"""The Pareto chart, native to the workbook: bars of counts and the line of the running share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import NumData, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from counter_app.archive.sheets import Pareto
from counter_app.archive.styles import AMBER, DEEP, GREY, LINE

_WIDTH_CM, _HEIGHT_CM = 18.6, 11.6


def add_pareto(page: Worksheet, drawn: Pareto, title: str, counts: str, shares: str) -> None:
    """Put the chart on its sheet; the three words name the chart and its two axes."""
    names = Reference(page, min_col=1, min_row=drawn.first, max_row=drawn.last)
    bars = BarChart()
    bars.type = "col"
    bars.gapWidth = 35
    bars.add_data(
        Reference(page, min_col=2, min_row=drawn.first - 1, max_row=drawn.last), titles_from_data=True
    )
    bars.set_categories(names)
    bars.series[0].graphicalProperties = GraphicalProperties(solidFill=DEEP)
    bars.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    _dress_axis(bars.x_axis)
    _dress_axis(bars.y_axis, counts)
    bars.y_axis.majorGridlines = None
    bars.y_axis.scaling.min = 0
    bars.y_axis.scaling.max = sum(drawn.counts)
    bars.y_axis.number_format = "0"
    line = LineChart()
    line.add_data(
        Reference(page, min_col=4, min_row=drawn.first - 1, max_row=drawn.last), titles_from_data=True
    )
    line.set_categories(names)
    line.y_axis.axId = 200
    _dress_axis(line.y_axis, shares)
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0, 1
    line.y_axis.majorUnit = 0.2
    line.y_axis.number_format = "0%"
    line.y_axis.crosses = "max"
    line.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    run = line.series[0]
    run.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=AMBER, w=25_400))
    run.marker.symbol, run.marker.size = "circle", 6
    run.marker.graphicalProperties = GraphicalProperties(solidFill=AMBER, ln=LineProperties(solidFill=AMBER))
    run.smooth = False
    bars += line
    bars.title = title
    bars.title.overlay = False
    bars.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))
    bars.legend.position = "b"
    bars.width, bars.height = _WIDTH_CM, _HEIGHT_CM
    _keep_values(bars.series[0], drawn.names, [str(value) for value in drawn.counts], "General")
    _keep_values(run, drawn.names, [f"{value / 10_000:.4f}" for value in drawn.shares], "0%")
    page.add_chart(bars, drawn.anchor)


def _dress_axis(axis: Any, title: str = "") -> None:
    axis.delete = False
    axis.title = title or None
    small = CharacterProperties(sz=900, solidFill=GREY)
    axis.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), endParaRPr=small)])
    axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    if title:
        axis.title.tx.rich.p[0].pPr = ParagraphProperties(
            defRPr=CharacterProperties(sz=900, b=False, solidFill=GREY)
        )


def _keep_values(series: Any, names: Sequence[str], values: Sequence[str], form: str) -> None:
    """Viewers that do not calculate (phones, mail previews) draw from these."""
    series.val.numRef.numCache = NumData(
        formatCode=form,
        ptCount=len(values),
        pt=[NumVal(idx=at, v=value) for at, value in enumerate(values)],
    )
    series.cat.numRef, formula = None, series.cat.numRef.f
    series.cat.strRef = _text_reference(formula, names)


def _text_reference(formula: str, names: Sequence[str]) -> Any:
    points = [StrVal(idx=at, v=name) for at, name in enumerate(names)]
    return StrRef(f=formula, strCache=StrData(ptCount=len(names), pt=points))
