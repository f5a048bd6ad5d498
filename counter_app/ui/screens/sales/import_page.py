"""Page of the sales screen: taking in order lists and lists of articles, looked at before they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
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
from counter_app.ui.screens.sales.import_head import ImportHead
from counter_app.ui.screens.sales.import_job import ImportJob
from counter_app.ui.screens.sales.import_tables import ImportTables
from counter_app.ui.screens.sales.import_words import ImportWords
from counter_app.ui.screens.sales.mapping_form import MappingForm
from counter_app.ui.screens.sales.page import SalesPage
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.words import Words

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
        self._job: ImportJob | None = None
        self._look: ImportJob | None = None
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
        if not self._files or self._job is not None:
            return
        self._leave_look()
        kind = str(self._kind.currentData() or "") or None
        mapping = self.form.mapping() if self._columns and kind in (None, "sheet") else None
        sheet = self._head.wanted_sheet()
        look = ImportJob(self.session.desk, self._files, kind, mapping, self, look=True, sheet=sheet)
        look.progress.connect(self._progress)
        look.finished.connect(self._look_told)
        look.failed.connect(self._look_failed)
        look.cancelled.connect(self._look_stopped)
        look.ended.connect(look.deleteLater)
        self._look = look
        self._show_running()
        look.start()

    def is_looking(self) -> bool:
        """Whether a look into files is under way."""
        return self._look is not None

    def run(self) -> None:
        """Take the files in, in a child process: the till stays quick and can be used meanwhile."""
        desk = self.session.desk
        if self.seen is None or self._job is not None or self._look is not None or desk.staff is None:
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
        job = ImportJob(desk, self._files, source, mapping, self, look=False, sheet=sheet)
        job.progress.connect(self._progress)
        job.finished.connect(self._finished)
        job.failed.connect(self.refuse)
        job.cancelled.connect(self._cancelled)
        job.ended.connect(self._ended)
        self._job = job
        self._show_running()
        job.start()

    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self._job is not None

    def stop(self) -> None:
        """Ask what runs to stop: of an import, what was committed stays, and the next one goes on from there."""
        running = self._job or self._look
        if running is not None:
            running.cancel()

    def open_fault_book(self) -> None:
        """Open what could not be taken in, in the spreadsheet program: corrected, it is imported like any file."""
        for book in self.fault_books:
            QDesktopServices.openUrl(QUrl.fromLocalFile(book))

    def end(self) -> None:
        """The window closes: whatever child still reads or imports is asked to stop, and waited for."""
        self._leave_look()
        if self._job is not None:
            for signal in (self._job.progress, self._job.finished, self._job.failed, self._job.cancelled):
                signal.disconnect()
        children = self.findChildren(ImportJob)
        for job in children:
            job.cancel()
        for job in children:
            job.wait()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._job is None:
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
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._left = Words("", "note")
        self._stop = ActionButton("", "x", kind="quiet")
        self._to_correct = ActionButton("", "file-spreadsheet", kind="quiet")
        self._run = PrimaryButton("", "check", key="F9")
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP_M)
        foot.addWidget(self._bar, 2)
        foot.addWidget(self._left)
        foot.addWidget(self._stop)
        foot.addWidget(self._to_correct)
        foot.addStretch(1)
        foot.addWidget(self._run, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_M)
        column.addWidget(head)
        column.addWidget(self.banner)
        column.addWidget(self._form_area, 1)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

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

    def _kind_chosen(self) -> None:
        self._columns = ()
        self.look()

    def _leave_look(self) -> None:
        """What an older look still says is not wanted any more."""
        look, self._look = self._look, None
        if look is not None:
            for signal in (look.progress, look.finished, look.failed, look.cancelled):
                signal.disconnect()
            look.cancel()

    def _look_told(self, told: dict[str, object]) -> None:
        if "refused" in told:
            params = told.get("params")
            self._look_ended()
            self._refused(
                UserError(str(told["refused"]), **(params if isinstance(params, dict) else {})), told
            )
        else:
            self.seen = import_report.from_values(told)
            self._look_ended()
            self.banner.dismiss()
            self._offer_mapping(self.seen)
        self._show_seen()
        if not self.is_looking():
            self.looked.emit()

    def _look_failed(self, error: CounterError) -> None:
        self.seen, self._columns = None, ()
        self._look_ended()
        self.banner.show_error(error)
        self._show_seen()
        self.looked.emit()

    def _look_stopped(self) -> None:
        self._files, self.seen, self._columns = [], None, ()
        self._look_ended()
        self._show_seen()
        self.looked.emit()

    def _look_ended(self) -> None:
        self._look = None
        self._show_running()

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
        self.form.show_columns(self._columns, known or suggested)
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
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        running = self._job or self._look
        left = running.seconds_left() if running else None
        if left is not None:
            self._left.setText(self.tr("about {time} left").format(time=shown.duration(left)))

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

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._show_running()

    def _show_running(self) -> None:
        """The bar runs for a look and for an import; only an import holds the controls."""
        running = self._job is not None
        for part in (self._bar, self._left, self._stop):
            part.setVisible(running or self._look is not None)
        for control in (self._choose, self._kind, self.form):
            control.setEnabled(not running)
        self._bar.setRange(0, 0)
        self._left.clear()
        self._show_allowed()

    def _show_allowed(self) -> None:
        allowed = staff.may(self.session.desk, roles.IMPORT)
        why = self.tr("Your role may not import.")
        self._choose.allow(allowed and self._job is None, why)
        usable = self.seen is not None and any(
            self.seen.counts.get(name)
            for name in ("new", "matched", "held", "completed", "dated", "products")
        )
        self._run.setVisible(self.seen is not None)
        self._run.allow(
            allowed and usable and self._job is None and self._look is None,
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
        self._to_correct.setText(self.tr("Rows to correct…"))
        self._empty.say(
            self.tr("Drop order lists here"),
            self.tr(
                "From your register, a platform or a sheet of your own, or a list of articles; CSV, Excel or ODS. Nothing is written before you say so."
            ),
            self.tr("Choose files…"),
        )
        self._stop.setText(self.tr("Stop"))
        self._run.setText(self.tr("Take it in"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._show_seen()
