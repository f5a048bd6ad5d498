"""A printed form inside the program: pages at any zoom, print to a chosen printer, save as PDF."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPageLayout, QPageSize, QPainter, QPen, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.ui import theme
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, IconButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.words import Words

#: Gives the pages of a PDF as images at a resolution in dots per inch.
Rasterise = Callable[[bytes, float], Sequence[QImage]]

_SCREEN_DPI = 96.0
#: Receipt printers resolve 203 dpi; more than 300 only costs memory.
_PRINT_DPI = 300.0
_GAP = 14
_MOST_ZOOM = 4.0


def rasterised(pdf: bytes, dpi: float) -> list[QImage]:
    """Pages through pypdfium2, as the documents room draws them."""
    from counter_app.documents import raster

    pages: list[QImage] = []
    for page in raster.pages(pdf, dpi):
        image = QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
        pages.append(image.copy())
    return pages


class _Sheets(QWidget):
    """The pages under each other on a quiet ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: list[QImage] = []
        self.ratio = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizes(self) -> list[QSizeF]:
        return [QSizeF(page.width() / self.ratio, page.height() / self.ratio) for page in self.pages]

    def sizeHint(self) -> QSize:
        sizes = self.sizes()
        width = max((size.width() for size in sizes), default=200) + 2 * _GAP
        height = sum(size.height() + _GAP for size in sizes) + _GAP
        return QSize(round(width), round(height))

    def tops(self) -> list[float]:
        top, found = float(_GAP), []
        for size in self.sizes():
            found.append(top)
            top += size.height() + _GAP
        return found

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), theme.colour("background"))
        for page, size, top in zip(self.pages, self.sizes(), self.tops(), strict=True):
            box = QRectF((self.width() - size.width()) / 2, top, size.width(), size.height())
            if not box.intersects(QRectF(event.rect())):
                continue
            painter.drawImage(box, page)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        painter.end()


class PdfView(QWidget):
    """Shows one PDF. The bytes shown are the bytes printed and saved.

    Signals:
        printed(str, int): name of the printer and number of copies, after the job was handed over.
        saved(str): path of the file written.
        asked(): right before what is shown is printed or saved: whoever knows better shows it anew.
    """

    asked = Signal()
    printed = Signal(str, int)
    saved = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, rasterise: Rasterise = rasterised) -> None:
        super().__init__(parent)
        self._rasterise = rasterise
        self._pdf = b""
        self._name = ""
        self._zoom = 1.0
        self._fit_width = True
        self._natural = 0.0
        self._printer = ""
        self.banner = Banner(self)
        self._sheets = _Sheets()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._sheets)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Always there: a bar that comes and goes would change the width the pages fit.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.verticalScrollBar().valueChanged.connect(self._show_page_number)
        self._page = Words("", "note")
        self._page.setMinimumWidth(70)
        self._out = IconButton("zoom-out")
        self._in = IconButton("zoom-in")
        self._width = ActionButton("", "maximize", kind="quiet")
        self._save = ActionButton("", "download", key="Ctrl+S", bind=True)
        self._print = ActionButton("", "printer", key="Ctrl+P", bind=True)
        self._out.clicked.connect(lambda: self.zoom(1 / 1.2))
        self._in.clicked.connect(lambda: self.zoom(1.2))
        self._width.clicked.connect(self.fit_width)
        self._save.clicked.connect(self.choose_and_save)
        self._print.clicked.connect(self.choose_and_print)
        tools = QHBoxLayout()
        tools.setSpacing(Size.GAP_XS)
        for part in (self._out, self._in, self._width, self._page):
            tools.addWidget(part)
        tools.addStretch(1)
        tools.addWidget(self._save)
        tools.addSpacing(Size.GAP_XS)
        tools.addWidget(self._print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addLayout(tools)
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        self._retranslate()

    def show_pdf(self, pdf: bytes, name: str, printer: str = "") -> None:
        """Show a PDF; `name` is proposed for the file, `printer` is the one set for this paper."""
        self._pdf, self._name, self._printer = pdf, name, printer
        self._natural = 0.0
        self.banner.dismiss()
        self._render()
        self._scroll.verticalScrollBar().setValue(0)

    def page_count(self) -> int:
        """Number of pages shown."""
        return len(self._sheets.pages)

    def page_text(self) -> str:
        """The page in view, e.g. `1 / 3`."""
        return self._page.text()

    def zoom(self, factor: float) -> None:
        """Nearer (above 1) or farther; the pages are drawn anew, so they stay sharp."""
        self._fit_width = False
        self._zoom = min(_MOST_ZOOM, max(0.25, self._zoom * factor))
        self._render()

    def fit_width(self) -> None:
        """As wide as the room there is."""
        self._fit_width = True
        self._render()

    def hide_tools(self, *, printing: bool = False) -> None:
        """Only show (before signing, nothing is printed yet)."""
        self._print.setVisible(printing)
        self._save.setVisible(printing)

    def choose_and_print(self) -> None:
        """Qt's print dialog, on the printer set for this paper."""
        if not QPrinterInfo.availablePrinterNames():
            self.banner.show_error(SurroundingsError("ui.printer.none"))
            return
        self.asked.emit()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._printer:
            printer.setPrinterName(self._printer)
        self._fit_paper(printer)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            try:
                self._paint_pages(printer)
            except CounterError as error:
                self.banner.show_error(error)
                return
            self.printed.emit(printer.printerName(), printer.copyCount())

    def print_to(self, name: str, copies: int = 1) -> None:
        """Print without asking. Raises SurroundingsError `ui.printer.none`, `ui.printer.gone`."""
        if not name and not QPrinterInfo.availablePrinterNames():
            raise SurroundingsError("ui.printer.none")
        if name and name not in QPrinterInfo.availablePrinterNames():
            raise SurroundingsError("ui.printer.gone", name=name)
        self.asked.emit()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if name:
            printer.setPrinterName(name)
        printer.setCopyCount(copies)
        self._fit_paper(printer)
        self._paint_pages(printer)
        self.printed.emit(printer.printerName(), copies)

    def choose_and_save(self) -> None:
        """The file dialog."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), f"{self._name}.pdf", "PDF (*.pdf)"
        )
        if chosen:
            try:
                self.save_to(Path(chosen))
            except CounterError as error:
                self.banner.show_error(error)

    def save_to(self, file: Path) -> None:
        """Write the PDF beside its place and swap it in. Raises SurroundingsError `ui.file.not_written`."""
        self.asked.emit()
        beside = None
        try:
            number, beside = tempfile.mkstemp(dir=file.parent, suffix=".part")
            with os.fdopen(number, "wb") as out:
                out.write(self._pdf)
            Path(beside).replace(file)
        except OSError as error:
            if beside is not None:
                with suppress(OSError):
                    Path(beside).unlink(missing_ok=True)
            raise SurroundingsError(
                "ui.file.not_written", file=str(file), detail=system_reason(error)
            ) from error
        self.banner.say(self.tr("Saved as {file}.").format(file=str(file)), tone="ok")
        self.saved.emit(str(file))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep())
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.2)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / 1.2)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if self._fit_width and self._pdf:
            # The scroll area gets its new width only after this event.
            QTimer.singleShot(0, self, self._render)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _render(self) -> None:
        if not self._pdf:
            return
        ratio = self.devicePixelRatioF()
        if self._fit_width:
            if not self._natural:
                first = self._rasterise(self._pdf, _SCREEN_DPI / 4)
                self._natural = max((page.width() * 4 for page in first), default=400)
            room = max(160, self._scroll.viewport().width() - 2 * _GAP - 4)
            # A receipt is not blown up to the width of an A4 sheet.
            self._zoom = min(1.6, room / self._natural)
        self._sheets.pages = list(self._rasterise(self._pdf, _SCREEN_DPI * self._zoom * ratio))
        self._sheets.ratio = ratio
        self._sheets.setMinimumSize(self._sheets.sizeHint())
        self._sheets.updateGeometry()
        self._sheets.update()
        self._show_page_number()

    def _show_page_number(self) -> None:
        at = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() / 3
        current = sum(1 for top in self._sheets.tops() if top <= at)
        self._page.setText(f"{max(1, current)} / {len(self._sheets.pages)}" if self._sheets.pages else "")

    def _fit_paper(self, printer: QPrinter) -> None:
        """The form's own paper, edge to edge: its margins are inside the form already."""
        page = self._rasterise(self._pdf, 72.0)[0]
        points = QSizeF(page.width(), page.height())
        printer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        printer.setDocName(self._name)

    def _paint_pages(self, printer: QPrinter) -> None:
        dpi = min(_PRINT_DPI, float(printer.resolution()))
        painter = QPainter()
        if not painter.begin(printer):
            raise SurroundingsError("ui.printer.gone", name=printer.printerName())
        first = max(1, printer.fromPage())
        last = printer.toPage() or len(self._sheets.pages)
        for at, page in enumerate(self._rasterise(self._pdf, dpi), start=1):
            if not first <= at <= last:
                continue
            if at > first:
                printer.newPage()
            whole = QRectF(QPoint(0, 0), painter.viewport().size())
            size = QSizeF(page.size()).scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), page)
        painter.end()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Form as it will print"))
        self._sheets.setAccessibleName(self.tr("Pages"))
        self._out.set_name(self.tr("Smaller"))
        self._in.set_name(self.tr("Larger"))
        self._width.setText(self.tr("Fit width"))
        self._save.setText(self.tr("Save as PDF"))
        self._print.setText(self.tr("Print"))
