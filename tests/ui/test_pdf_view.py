"""A form as it prints, inside the window."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest

from counter_app.documents import raster
from counter_app.domain.errors import SurroundingsError
from counter_app.ui.widgets.pdf_view import PdfView


@pytest.fixture(scope="module")
def pdf() -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(300, 200))
    for text in ("first", "second", "third"):
        sheet.drawString(40, 100, text)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


@pytest.fixture
def view(qtbot, pdf) -> PdfView:
    made = PdfView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.show_pdf(pdf, "TH01-20261112-0001")
    return made


def test_every_page_is_shown_with_its_number(view) -> None:
    assert view.page_count() == 3
    assert view.page_text() == "1 / 3"
    bar = view._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.page_text() == "3 / 3"


def test_zooming_draws_the_pages_anew_and_sharp(view) -> None:
    before = view._sheets.pages[0].width()
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view._sheets.pages[0].width() < before
    view.fit_width()
    assert view._sheets.pages[0].width() == pytest.approx(before, abs=2)


def test_the_file_saved_is_the_file_shown(view, pdf, tmp_path: Path, qtbot) -> None:
    target = tmp_path / "退换货单 一.pdf"
    with qtbot.waitSignal(view.saved):
        view.save_to(target)
    assert target.read_bytes() == pdf
    assert [file.name for file in tmp_path.iterdir()] == [target.name]


def test_a_folder_that_is_not_there_is_named(view, tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError) as refused:
        view.save_to(tmp_path / "nowhere" / "x.pdf")
    assert refused.value.code == "ui.file.not_written"


def test_a_place_that_cannot_be_written_is_left_clean(view, tmp_path: Path) -> None:
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(SurroundingsError):
        view.save_to(tmp_path / "taken.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["taken.pdf"]


def test_without_a_printer_it_says_what_to_do(view, monkeypatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    view.choose_and_print()
    assert "No printer was found." in view.banner.message()
    with pytest.raises(SurroundingsError) as refused:
        view.print_to("")
    assert refused.value.code == "ui.printer.none"


def test_a_printer_that_is_away_is_named(view, monkeypatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    with pytest.raises(SurroundingsError) as refused:
        view.print_to("XP-80C")
    assert (refused.value.code, refused.value.params["name"]) == ("ui.printer.gone", "XP-80C")


def test_paper_and_pages_reach_the_printer_as_they_are(view, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target = tmp_path / "printed.pdf"
    printer.setOutputFileName(str(target))
    view._fit_paper(printer)
    view._paint_pages(printer)
    pages = list(raster.pages(target.read_bytes(), 72))
    assert len(pages) == 3
    assert (pages[0].width, pages[0].height) == (pytest.approx(300, abs=2), pytest.approx(200, abs=2))
    assert min(pages[0].rgb) < 100, "something is printed on the page"
