"""The way to a printer where there is no CUPS: Qt draws the pages."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_app.documents import Paper, raster, trial_page
from counter_app.domain.errors import SurroundingsError
from counter_app.services import print_pages
from counter_app.ui import qt_printers
from counter_app.ui.qt_printers import QtPrinters

ALIKE = 70
"""Grey (of 255) by which no cell of the page may differ: edges drawn otherwise make 25, other words 130."""
CELL_MM = 1.5


def page_of(pdf: bytes) -> raster.PagePicture:
    (page,) = raster.pages(pdf, 200)
    return page


def unlike(one: raster.PagePicture, other: raster.PagePicture) -> int:
    """The greatest difference of ink between two pages, cell by cell."""
    cells = (round(one.width_mm / CELL_MM), round(one.height_mm / CELL_MM))
    grey = (
        Image.frombytes("RGB", (page.width, page.height), page.rgb)
        .convert("L")
        .resize(cells, Image.Resampling.BOX)
        for page in (one, other)
    )
    return int(ImageChops.difference(*grey).getextrema()[1])


@pytest.fixture
def spooler(qapp) -> QtPrinters:
    return QtPrinters()


def test_without_printers_it_says_so(spooler, monkeypatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "")
    assert spooler.printers() == ()
    for name, code in (("", "print.none"), ("Laser", "print.missing")):
        trouble = spooler.trouble(name)
        assert trouble is not None and trouble.code == code


@pytest.mark.parametrize("paper", [Paper.A4, Paper.ROLL_80])
def test_the_pages_it_draws_are_the_slip(spooler, monkeypatch, tmp_path, paper: Paper) -> None:
    target = tmp_path / "out.pdf"

    def to_a_file(_name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(qt_printers, "_printer", to_a_file)
    pdf = trial_page.render(paper, "zh", "星河电器", "Laser", "2026-11-22 10:00")
    assert spooler.send("Laser", pdf, "TK01", print_pages.size_of(pdf, paper.value), "") == ""
    wanted, drawn = page_of(pdf), page_of(target.read_bytes())
    assert (drawn.width_mm, drawn.height_mm) == (
        pytest.approx(wanted.width_mm, abs=1),
        pytest.approx(wanted.height_mm, abs=1),
    )
    assert unlike(wanted, drawn) < ALIKE
    other = page_of(trial_page.render(paper, "zh", "另一家店铺的名字", "前台小票打印机", "2025-01-01 08:30"))
    assert unlike(wanted, other) > ALIKE, "another page is told apart"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_be_opened_has_printed_nothing(spooler, monkeypatch, tmp_path) -> None:
    def nowhere(_name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
        return printer

    monkeypatch.setattr(qt_printers, "_printer", nowhere)
    pdf = trial_page.render(Paper.A5, "en", "Shop", "Laser", "2026-11-22 10:00")
    with pytest.raises(SurroundingsError) as refused:
        spooler.send("Laser", pdf, "TK01", print_pages.size_of(pdf, "A5"), "")
    assert refused.value.code == "print.refused"


def test_what_was_handed_over_is_all_that_is_known(spooler) -> None:
    assert spooler.hands_over
    assert spooler.look("").state == "gone"
    assert not spooler.cancel("")
