"""Page of the sales screen: taking in order lists and lists of articles, looked at before they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain import import_report, roles
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.import_views import ImportPreview
from counter_app.services import import_mappings, sale_list, staff
from counter_app.ui import format as shown
from counter_app.ui.screens.sales.import_foot import ImportFoot
from counter_app.ui.screens.sales.import_head import ImportHead
from counter_app.ui.screens.sales.import_runs import ImportRuns
from counter_app.ui.screens.sales.import_tables import ImportTables
from counter_app.ui.screens.sales.import_words import ImportWords
from counter_app.ui.screens.sales.mapping_form import MappingForm
from counter_app.ui.screens.sales.page import SalesPage
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState

_FORM_HIGH = 236
_WIDGET_MAX = 16_777_215


class ImportPage(SalesPage):
    """Choose → see what would happen, row by row → run → what happened.

    Attributes:
        fault_books: workbooks of what the last import could not take in.

    Signals:
        looked(): a look into the files has ended; `seen` is what it found, None when they were refused.
    """

    looked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._files: list[Path] = []
        self._columns: tuple[str, ...] = ()
        self.seen: ImportPreview | None = None
        self.fault_books: tuple[str, ...] = ()
        self._runs = ImportRuns(session, self)
        self._words = ImportWords()
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_running()
        self._retranslate()

    def load(self) -> None:
        self._show_allowed()

    def arrive(self) -> None:
        self._choose.setFocus()

    def post(self) -> None:
        """F9: take the file in."""
        if self._run.isEnabled() and self._run.isVisible():
            self.run()

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("Ctrl+O", self.tr("Choose the files")),
            KeyLine("Ctrl+M", self.tr("Say which column holds what")),
            KeyLine("F9", self.tr("Take them in")),
        ]

    def choose_files(self) -> None:
        """The file dialog."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self,
            self.tr("Order lists or a list of articles"),
            "",
            self.tr("Tables") + " (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.xlsb *.ods)",
        )
        if chosen:
            self.open_files([Path(name) for name in chosen])

    def open_files(self, files: Sequence[Path]) -> None:
        """Look into these files; they are one import when they belong together."""
        self._files = list(files)
        self._columns = ()
        self._columns_button.setChecked(False)
        self._head.forget()
        self.look()

    def look(self) -> None:
        """Read the files again and show what an import would do; nothing is written. A large file takes a
        while, so a child process reads it; a newer look ends an older one."""
        if not self._files or self._runs.is_running():
            return
        kind = str(self._kind.currentData() or "") or None
        mapping = self.form.mapping() if self._columns and kind in (None, "sheet") else None
        self._runs.look(self._files, kind, mapping, self._head.wanted_sheet())

    def is_looking(self) -> bool:
        """Whether a look into files is under way."""
        return self._runs.is_looking()

    def run(self) -> None:
        """Take the files in, in a child process: the till stays quick and can be used meanwhile."""
        desk = self.session.desk
        if self.seen is None or self._runs.is_busy() or desk.staff is None:
            return
        kind = str(self._kind.currentData() or "") or self.seen.kind
        mapping = dict(self.seen.mapping) if kind == "sheet" else None
        if mapping is not None:
            try:
                import_mappings.remember(desk, self._columns, mapping)
            except CounterError as error:
                self.refuse(error)
                return
        source = kind if len(self._files) == 1 else None
        sheet = self.seen.sheet if len(self.seen.sheets) > 1 else ""
        self._runs.take_in(self._files, source, mapping, sheet, self.seen.contents)

    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self._runs.is_running()

    def stop(self) -> None:
        """Ask what runs to stop: of an import, what was committed stays, and the next one goes on from there."""
        self._runs.stop()

    def open_fault_book(self) -> None:
        """Open what could not be taken in, in the spreadsheet program: corrected, it is imported like any file."""
        for book in self.fault_books:
            QDesktopServices.openUrl(QUrl.fromLocalFile(book))

    def end(self) -> None:
        """The window closes: whatever child still reads or imports is asked to stop, and waited for."""
        self._runs.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._runs.is_running():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_files(files)
            event.acceptProposedAction()

    def _build(self) -> None:
        self._head = head = ImportHead(self._words)
        self._choose, self._kind, self._columns_button = head.choose, head.kind, head.columns
        self._columns_button.toggled.connect(lambda _on: self._show_form())
        self.form = MappingForm(sale_list.sheet_fields())
        self._form_area = QScrollArea()
        self._form_area.setWidgetResizable(True)
        self._form_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form_area.setWidget(self.form)
        self._tables = ImportTables(self._words)
        self.faults, self.orders = self._tables.faults, self._tables.orders
        self._empty = EmptyState("upload")
        blank = Card()
        blank.body.addWidget(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(blank)
        self._pages.addWidget(self._tables)
        self._foot = foot = ImportFoot()
        self._stop, self._to_correct, self._run = foot.stop, foot.to_correct, foot.run
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(head)
        column.addWidget(self.banner)
        column.addWidget(self._form_area, 1)
        column.addWidget(self._pages, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.choose_files)
        self._empty.action.connect(self.choose_files)
        self._head.kind_chosen.connect(self._kind_chosen)
        self._head.sheet_chosen.connect(self._kind_chosen)
        self._to_correct.clicked.connect(self.open_fault_book)
        self.form.changed.connect(self.look)
        self._run.clicked.connect(self.run)
        self._stop.clicked.connect(self.stop)
        self.banner.action.connect(lambda: self.wants.emit("holds", None))
        runs = self._runs
        runs.changed.connect(self._show_running)
        runs.progress.connect(self._progress)
        runs.looked.connect(self._look_told)
        runs.look_failed.connect(self._look_failed)
        runs.look_stopped.connect(self._look_stopped)
        runs.finished.connect(self._finished)
        runs.failed.connect(self.refuse)
        runs.cancelled.connect(self._cancelled)

    def _kind_chosen(self) -> None:
        self._columns = ()
        self.look()

    def _look_told(self, told: dict[str, object]) -> None:
        if "refused" in told:
            params = told.get("params")
            self._refused(
                UserError(str(told["refused"]), **(params if isinstance(params, dict) else {})), told
            )
        else:
            self.seen = import_report.from_values(told)
            self.banner.dismiss()
            self._offer_mapping(self.seen)
        self._show_seen()
        if not self.is_looking():
            self.looked.emit()

    def _look_failed(self, error: CounterError) -> None:
        self.seen, self._columns = None, ()
        self.banner.show_error(error)
        self._show_seen()
        self.looked.emit()

    def _look_stopped(self) -> None:
        self._files, self.seen, self._columns = [], None, ()
        self._show_seen()
        self.looked.emit()

    def _refused(self, error: CounterError, told: Mapping[str, object]) -> None:
        """What cannot be told apart may still be a plain sheet whose columns somebody can name."""
        self.seen = None
        kind = str(self._kind.currentData() or "")
        self.banner.show_error(error)
        columns, suggested = told.get("columns"), told.get("suggested")
        if kind not in ("", "sheet") or not isinstance(columns, list) or not isinstance(suggested, dict):
            self._columns = ()
            return
        if self._columns:
            return
        self._columns = tuple(columns)
        known = import_mappings.known_for(self.session.desk, self._columns)
        like = import_mappings.like(self.session.desk, self._columns)
        self.form.show_columns(self._columns, known or {**suggested, **like})
        self._columns_button.setChecked(True)
        if known:
            self.look()

    def _offer_mapping(self, seen: ImportPreview) -> None:
        if seen.kind != "sheet":
            self._columns = ()
        elif not self._columns:
            self._columns = seen.columns
            known = import_mappings.known_for(self.session.desk, seen.columns)
            self.form.show_columns(seen.columns, known or seen.mapping)
            if known and known != seen.mapping:
                self.look()

    def _progress(self, done: int, total: int) -> None:
        left = self._runs.seconds_left()
        words = "" if left is None else self.tr("about {time} left").format(time=shown.duration(left))
        self._foot.show_progress(done, total, words)

    def _finished(self, result: dict[str, object]) -> None:
        counts = result.get("counts")
        told = counts if isinstance(counts, dict) else {}
        held = int(told.get("held", 0))
        books = result.get("fault_books")
        self.fault_books = tuple(str(book) for book in books) if isinstance(books, list) else ()
        self.banner.say(
            self.tr("Taken in: {what}").format(what=self._words.sum_up(told)),
            self.tr("%n order(s) wait for a decision.", "", held) if held else "",
            "attention" if held else "ok",
            action=self.tr("Decide now") if held else "",
        )
        self._after_writing()

    def _cancelled(self) -> None:
        self.banner.say(
            self.tr("Stopped. What was taken in stays."),
            self.tr("Import the same file again and it goes on from there; nothing comes in twice."),
        )
        self._after_writing()

    def _after_writing(self) -> None:
        """Another process wrote: every screen reads again."""
        self._files, self.seen, self._columns = [], None, ()
        self.session.changed.emit(frozenset({"sale", "stock"}))
        self._show_seen()

    def _show_running(self) -> None:
        """The bar runs for a look and for an import; only an import holds the controls."""
        self._foot.show_busy(self._runs.is_busy())
        for control in (self._choose, self._kind, self.form):
            control.setEnabled(not self._runs.is_running())
        self._show_allowed()

    def _show_allowed(self) -> None:
        allowed = staff.may(self.session.desk, roles.IMPORT)
        why = self.tr("Your role may not import.")
        self._choose.allow(allowed and not self._runs.is_running(), why)
        usable = self.seen is not None and any(
            self.seen.counts.get(name)
            for name in ("new", "matched", "held", "completed", "dated", "products")
        )
        self._run.setVisible(self.seen is not None)
        self._run.allow(
            allowed and usable and not self._runs.is_busy(),
            self.tr("There is nothing new in this file.") if allowed else why,
        )

    def _show_seen(self) -> None:
        seen = self.seen
        self._columns_button.setVisible(bool(self._columns))
        self._show_form()
        self._kind.setEnabled(bool(self._files))
        self._head.file.show_text(", ".join(file.name for file in self._files))
        self._to_correct.setVisible(bool(self.fault_books))
        self._pages.setCurrentIndex(0 if seen is None else 1)
        self._head.show_seen(seen)
        if seen is not None:
            self._tables.show_seen(seen)
        self._show_allowed()

    def _show_form(self) -> None:
        """A sheet whose columns were recognised does not ask; whoever wants to look presses the button."""
        asking = bool(self._columns) and self._columns_button.isChecked()
        self._form_area.setVisible(asking)
        # Until the columns are named there is nothing to preview: the form has the whole page.
        alone = asking and self.seen is None
        self._pages.setVisible(not alone)
        self._form_area.setMaximumHeight(_WIDGET_MAX if alone else _FORM_HIGH)

    def _retranslate(self) -> None:
        self._words.retranslate()
        self._head.name(
            {
                "choose": self.tr("Choose files…"),
                "columns": self.tr("Columns"),
                "kind": self.tr("What kind of file it is"),
                "sheet": self.tr("Which sheet of the workbook"),
            }
        )
        self._empty.say(
            self.tr("Drop order lists here"),
            self.tr(
                "From your register, a platform or a sheet of your own, or a list of articles; CSV, Excel or ODS. Nothing is written before you say so."
            ),
            self.tr("Choose files…"),
        )
        self._foot.name(
            {
                "to_correct": self.tr("Rows to correct…"),
                "stop": self.tr("Stop"),
                "run": self.tr("Take it in"),
                "progress": self.tr("Progress"),
            }
        )
        self._show_seen()
