"""The system's printers through Qt, where there is no CUPS (Windows): pages drawn at the printer's own resolution."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_app.domain.errors import SurroundingsError
from counter_app.services.print_routes import Paper, Printer, Seen

#: Receipt printers resolve 203 dpi; more than 600 only costs memory.
_MOST_DPI: Final = 600.0
_STATES: Final = {
    QPrinter.PrinterState.Error: "print.offline",
    QPrinter.PrinterState.Aborted: "print.stopped",
}


class QtPrinters:
    """A `Spooler`. What becomes of a job that the system has taken, Qt does not tell."""

    hands_over: Final = True

    def __init__(self) -> None:
        # Qt wants an application; in the window's own process there is one.
        self._application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])

    def printers(self) -> tuple[Printer, ...]:
        """Every printer there is."""
        default = QPrinterInfo.defaultPrinterName()
        return tuple(Printer(name, default=name == default) for name in QPrinterInfo.availablePrinterNames())

    def trays(self, name: str) -> tuple[str, ...]:
        """The trays its driver tells of, as Qt names them."""
        told = getattr(_printer(name), "supportedPaperSources", None)
        return tuple(source.name for source in told()) if told is not None else ()

    def trouble(self, name: str) -> SurroundingsError | None:
        """What keeps a printer from taking a job now."""
        names = QPrinterInfo.availablePrinterNames()
        if not name and not QPrinterInfo.defaultPrinterName():
            return SurroundingsError("print.none", name="")
        if name and name not in names:
            return SurroundingsError("print.missing", name=name)
        code = _STATES.get(QPrinterInfo.printerInfo(name or QPrinterInfo.defaultPrinterName()).state())
        return SurroundingsError(code, name=name) if code else None

    def send(self, name: str, pdf: bytes, title: str, paper: Paper, tray: str) -> str:
        """Draw every page. Raises SurroundingsError `print.refused`, `print.interrupted` in the middle of it."""
        from counter_app.documents import raster

        printer = _printer(name)
        printer.setDocName(title)
        if tray in QPrinter.PaperSource.__members__:
            printer.setPaperSource(QPrinter.PaperSource[tray])
        size = QSizeF(paper.width_mm, paper.height_mm)
        printer.setPageSize(
            QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        )
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        painter = QPainter()
        if not painter.begin(printer):
            raise SurroundingsError("print.refused", name=name, detail="")
        dpi = min(_MOST_DPI, float(printer.resolution()))
        for at, page in enumerate(raster.pages(pdf, dpi)):
            if at and not printer.newPage():
                painter.end()
                raise SurroundingsError("print.interrupted", name=name)
            image = QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
            whole = QSizeF(painter.viewport().size())
            drawn = QSizeF(image.size()).scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, drawn.width(), drawn.height()), image)
        if not painter.end() or printer.printerState() in _STATES:
            raise SurroundingsError("print.interrupted", name=name)
        return ""

    def look(self, ref: str) -> Seen:
        """Nothing is known of it any more."""
        return Seen("gone")

    def cancel(self, ref: str) -> bool:
        """It cannot be taken back."""
        return False


def _printer(name: str) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    return printer
