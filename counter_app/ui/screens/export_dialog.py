"""A month or a year as an Excel workbook, written by a child process so that the window stays quick."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.services import month, staff
from counter_app.ui import format as shown
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_MONTHS = 25


def spans(today: date) -> list[str]:
    """The present month and the two years before it, newest first, then the whole years: `2026-11` … `2024`."""
    months = []
    year, number = today.year, today.month
    for _ in range(_MONTHS):
        months.append(f"{year:04d}-{number:02d}")
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return months + [str(today.year - back) for back in range(3)]


class ExportDialog(Dialog):
    """Asks for the span and the file, shows how far it is, and can be stopped.

    The workbook is written beside its place and swapped in when it is whole: stopping leaves nothing behind.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=640, icon="file-spreadsheet")
        self._session = session
        self._job: ChildJob | None = None
        self._own_path = False
        self._done: Path | None = None
        self._span = QComboBox()
        for name in spans(session.desk.today()):
            self._span.addItem("", name)
        self._file = QLineEdit()
        self._span_field, self._file_field = Field(self._span), Field(self._file)
        self._in_full, self._why = QCheckBox(), QLineEdit()
        self._why_field = Field(self._why)
        self._choose = ActionButton("", "folder-open")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._left = Words("", "note")
        self._stop = ActionButton("", "x", kind="quiet")
        self._open = ActionButton("", "external-link")
        self._month_end = ActionButton("", "lock")
        self.foot.addWidget(self._month_end)
        where = QHBoxLayout()
        where.setSpacing(Size.GAP_S)
        where.addWidget(self._file_field, 1)
        where.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignBottom)
        running = QHBoxLayout()
        running.setSpacing(Size.GAP_S)
        running.addWidget(self._bar, 1)
        running.addWidget(self._left)
        running.addWidget(self._stop)
        self.body.addWidget(self._span_field)
        self.body.addLayout(where)
        self.body.addWidget(self._in_full)
        self.body.addWidget(self._why_field)
        self.body.addLayout(running)
        self.body.addWidget(self._open)
        self._open.hide()
        # Nobody else is asked for a reason that would not be taken.
        self._in_full.setVisible(session.desk.staff is not None and staff.may(session.desk, roles.PERSONAL))
        self._why_field.hide()
        self._in_full.toggled.connect(self._why_field.setVisible)
        self._span.currentIndexChanged.connect(lambda _at: self._propose())
        self._file.textEdited.connect(lambda _text: self._own())
        self._choose.clicked.connect(self._choose_file)
        self._stop.clicked.connect(self.stop)
        self._open.clicked.connect(self._show_folder)
        self._month_end.clicked.connect(self.month_end)
        self._propose()
        self._show_running(False)
        self._retranslate()
        self._span.setFocus()

    def choose(self, span: str, file: Path | None = None) -> None:
        """Choose a month (`2026-11`) or year (`2026`), and perhaps where it goes."""
        self._span.setCurrentIndex(max(0, self._span.findData(span)))
        if file is not None:
            self._file.setText(str(file))
            self._own()

    def tell_in_full(self, why: str) -> None:
        """Have customers told in full, and say why."""
        self._in_full.setChecked(True)
        self._why.setText(why)

    def confirm(self) -> None:
        """Start writing; once it is done the button closes the dialog."""
        if self._done is not None:
            self.accept()
            return
        span, path = str(self._span.currentData()), Path(self._file.text().strip())
        if path.suffix.lower() not in month.SUFFIXES:
            path = path.with_name(path.name + ".xlsx")
            self._file.setText(str(path))
        if not path.parent.is_dir():
            self._file_field.show_error(self.tr("This folder does not exist. Choose another place."))
            return
        why = self._why.text().strip()
        if self._in_full.isChecked() and not why:
            self._why_field.show_error(self.tr("Say why customers have to be told in full."))
            self._why.setFocus()
            return
        kind = "--year" if len(span) == 4 else "--month"
        desk = self._session.desk
        whose = ("--staff", str(desk.staff.id)) if desk.staff is not None else ()
        # One word with its value: a reason may begin with a dash.
        openly = (f"--unmasked={why}",) if self._in_full.isChecked() else ()
        command = verb_command(desk.folder, "export", kind, span, "--out", str(path), *whose, *openly)
        job = ChildJob(command, self)
        job.progress.connect(self._progress)
        job.finished.connect(lambda _result: self._finished(path))
        job.failed.connect(self._failed)
        job.cancelled.connect(lambda: self.banner.say(self.tr("Stopped. No file was written.")))
        job.ended.connect(self._ended)
        self._job = job
        self.banner.dismiss()
        self._bar.setRange(0, 0)
        self._show_running(True)
        job.start()

    def month_end(self) -> None:
        """Check and close a month, red invoices, exporting by itself."""
        from counter_app.ui.screens.months.month_dialog import MonthDialog

        MonthDialog(self._session, self).exec()

    def stop(self) -> None:
        """Ask the running export to stop."""
        if self._job is not None:
            self._job.cancel()

    def is_running(self) -> bool:
        """Whether a workbook is being written."""
        return self._job is not None

    def reject(self) -> None:
        if self._job is not None:
            self.stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        super().closeEvent(event)

    def _propose(self) -> None:
        if not self._own_path:
            span = month.period(str(self._span.currentData()))
            self._file.setText(str(month.default_path(self._session.desk, span)))

    def _own(self) -> None:
        self._own_path = True

    def _choose_file(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Where the workbook goes"), self._file.text(), "Excel (*.xlsx);;CSV (*.zip)"
        )
        if chosen:
            self._file.setText(chosen)
            self._own()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        left = self._job.seconds_left() if self._job else None
        if left is not None:
            self._left.setText(self.tr("about {time} left").format(time=shown.duration(left)))

    def _finished(self, path: Path) -> None:
        self._done = path
        self.banner.say(self.tr("Written: {file}").format(file=str(path)), tone="ok")

    def _failed(self, error: CounterError) -> None:
        self.banner.show_error(error)

    def _ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._show_running(False)
        self._retranslate()

    def _show_running(self, running: bool) -> None:
        for part in (self._bar, self._left, self._stop):
            part.setVisible(running)
        asked = (self._span, self._file, self._choose, self._in_full, self._why)
        for control in (*asked, self.accept_button):
            control.setEnabled(not running)
        self._open.setVisible(self._done is not None and not running)
        if running:
            self._stop.setFocus()
        else:
            self._left.clear()

    def _show_folder(self) -> None:
        if self._done is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.parent)))

    def _retranslate(self) -> None:
        self.say(
            self.tr("Export to Excel"),
            self.tr(
                "Summary, control sheet and every list of the span. The shop can go on working meanwhile."
            ),
            self.tr("Close") if self._done is not None else self.tr("Write the workbook"),
        )
        for at in range(self._span.count()):
            name = str(self._span.itemData(at))
            text = self.tr("the year {year}").format(year=name) if len(name) == 4 else name
            self._span.setItemText(at, text)
        self._span_field.set_label(self.tr("Month or year"))
        self._file_field.set_label(self.tr("File"))
        self._in_full.setText(self.tr("Customers in full, with names and telephones"))
        self._why_field.set_label(
            self.tr("Why in full"),
            self.tr("Each customer told so is listed under Settings › Privacy. A closed month stays masked."),
        )
        self._choose.setText(self.tr("Choose…"))
        self._stop.setText(self.tr("Stop"))
        self._open.setText(self.tr("Show the folder"))
        self._month_end.setText(self.tr("Month end…"))
        self._bar.setAccessibleName(self.tr("Progress"))
