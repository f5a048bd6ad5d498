"""Reading archives back: what each file is and whether it can be trusted, then its rows, by a child process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui.jobs import ChildJob, verb_command
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words

Seen = Mapping[str, Any]
_NEVER = "archive.back.own_rows"
_OTHER = "archive.back.other_shop"


class ReadBackDialog(Dialog):
    """Choose files; each is examined and told; then those that may be are read. Stopping keeps what came in."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=860, icon="archive-restore")
        self.setMinimumHeight(520)
        self._session = session
        self.job: ChildJob | None = None
        self._seen: list[Seen] = []
        self._finished = False
        self._choose = ActionButton("", "folder-open")
        self.table = Table(
            [
                Column(lambda: self.tr("File"), lambda row: row["file"], width=210),
                Column(
                    lambda: self.tr("Shop"), lambda row: f"{row['shop_code']} {row['shop_name']}", width=120
                ),
                Column(lambda: self.tr("Period"), lambda row: row["period"], width=80),
                Column(lambda: self.tr("Cases"), lambda row: str(row["cases"]), right=True, width=70),
                Column(lambda: self.tr("What of it"), self._state, tone=_tone),
            ]
        )
        self.table.setMinimumHeight(170)
        self._told = Words("", "secondary", wrap=True)
        self.other = QCheckBox()
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        self._why_field = Field(self.why)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = ActionButton("", "x", kind="quiet")
        running = QHBoxLayout()
        running.setSpacing(Size.GAP_S)
        running.addWidget(self._bar, 1)
        running.addWidget(self._stop)
        first = QHBoxLayout()
        first.addWidget(self._choose)
        first.addStretch(1)
        self.body.addLayout(first)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._told)
        self.body.addWidget(self.other)
        self.body.addWidget(self._why_field)
        self.body.addLayout(running)
        self._choose.clicked.connect(self._pick)
        self._stop.clicked.connect(self.stop)
        self.table.current_row.connect(self._tell)
        self.other.toggled.connect(lambda _on: self._show())
        self.why.textChanged.connect(lambda _text: self._show())
        self._retranslate()
        self._show()

    def examine(self, files: Sequence[Path]) -> None:
        """Look at files; nothing is kept yet."""
        self._finished = False
        self._run([*map(str, files), "--source", "archive", "--preview"], self.show_seen)

    def show_seen(self, told: object) -> None:
        """What the files are."""
        if isinstance(told, dict):
            self._seen = list(told.get("archives", ()))
            self.table.rows.show_rows(self._seen)
            self.table.choose(0)
        self._show()

    def confirm(self) -> None:
        """Read what may be read; when that is done, close."""
        if self._finished:
            self.accept()
            return
        wanted = [str(one["path"]) for one in self._readable()]
        if not wanted:
            return
        more = ["--other-shop"] if self.other.isChecked() else []
        if self.why.text().strip():
            more += ["--nevertheless", self.why.text().strip()]
        self._run([*wanted, "--source", "archive", *more], self._read)

    def stop(self) -> None:
        """Stop; what was read stays and the rest is read another time."""
        if self.job is not None:
            self.job.cancel()

    def reject(self) -> None:
        if self.job is not None:
            self.stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.job is not None:
            self.job.cancel()
            self.job.wait()
        super().closeEvent(event)

    def _run(self, arguments: Sequence[str], finished: Any) -> None:
        desk = self._session.desk
        whose = ("--staff", str(desk.staff.id)) if desk.staff is not None else ()
        job = ChildJob(verb_command(desk.folder, "import", *arguments, *whose), self)
        job.progress.connect(self._progress)
        job.finished.connect(finished)
        job.failed.connect(self._failed)
        job.cancelled.connect(
            lambda: self.banner.say(
                self.tr("Stopped. What was read stays; read the file again for the rest.")
            )
        )
        job.ended.connect(self._ended)
        self.job = job
        self.banner.dismiss()
        self._bar.setRange(0, 0)
        self._show()
        job.start()

    def _read(self, told: object) -> None:
        done = told.get("read", []) if isinstance(told, dict) else []
        self._finished = True
        new, known, conflicts = (sum(one[key] for one in done) for key in ("new", "known", "conflicts"))
        self.banner.say(
            self.tr("Read back: {new} rows are history now, {known} were known.").format(
                new=new, known=known
            ),
            self.tr("{count} contradictions between archives are marked on their cases.").format(
                count=conflicts
            )
            if conflicts
            else "",
            "attention" if conflicts else "ok",
        )
        self._session.changed.emit(frozenset({"case"}))

    def _failed(self, error: CounterError) -> None:
        self.banner.show_error(error)

    def _ended(self) -> None:
        if self.job is not None:
            self.job.deleteLater()
            self.job = None
        self._show()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _readable(self) -> list[Seen]:
        """Files that may be read with what was chosen."""
        found = []
        for one in self._seen:
            if one["known"] or one["refused"] == _NEVER:
                continue
            if one["foreign_shop"] and not self.other.isChecked():
                continue
            if not one["proven"] and not self.why.text().strip():
                continue
            found.append(one)
        return found

    def _show(self) -> None:
        running = self.job is not None
        for part in (self._bar, self._stop):
            part.setVisible(running)
        open_ones = [one for one in self._seen if not one["known"] and one["refused"] != _NEVER]
        self.other.setVisible(any(one["foreign_shop"] for one in open_ones) and not self._finished)
        self._why_field.setVisible(any(not one["proven"] for one in open_ones) and not self._finished)
        for control in (self._choose, self.other, self.why):
            control.setEnabled(not running)
        self.accept_button.setEnabled(not running and (self._finished or bool(self._readable())))
        self.accept_button.setText(self.tr("Close") if self._finished else self.tr("Read back"))
        self._tell(self.table.chosen())

    def _tell(self, row: object) -> None:
        """Why the chosen file is not simply read, with the totals that do not agree."""
        if not isinstance(row, dict):
            self._told.setText("")
            return
        lines = [str(row["why"])] if row["why"] else []
        if row["differing"]:
            lines.append("; ".join(f"{name}: {told} ≠ {found}" for name, told, found in row["differing"][:5]))
        if not lines:
            lines.append(
                self.tr("{rows} rows, {documents} documents; {count} totals compared, all agree.").format(
                    rows=row["rows"], documents=row["documents"], count=row["compared"]
                )
            )
        self._told.setText("\n".join(lines))

    def _state(self, row: Seen) -> str:
        if row["known"]:
            return self.tr("read back already")
        if row["refused"] == _NEVER:
            return self.tr("the shop has its own documents of that month")
        if not row["proven"]:
            return self.tr("cannot be trusted: changed or not whole")
        return self.tr("another shop's") if row["refused"] == _OTHER else self.tr("sound, can be read")

    def _pick(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self, self.tr("Choose archives"), "", self.tr("Archives") + " (*.xlsx *.zip)"
        )
        if names:
            self.examine([Path(name) for name in names])

    def _retranslate(self) -> None:
        self.say(
            self.tr("Read back archives"),
            self.tr(
                "Workbooks this program exported become history again: found by search, read-only, counted in no sum."
            ),
        )
        self._choose.setText(self.tr("Choose archives…"))
        self.other.setText(self.tr("Also archives of another shop"))
        self._why_field.set_label(
            self.tr("Read what cannot be trusted all the same, because"),
            self.tr("Kept with the history, which is marked as unproven."),
        )
        self._stop.setText(self.tr("Stop"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self.table.setAccessibleName(self.tr("Files"))


def _tone(row: Seen) -> str:
    if row["known"]:
        return "secondary"
    return "late" if row["refused"] == _NEVER or not row["proven"] else ""
