"""Searching an archive file without reading it into the shop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from counter_app import wording
from counter_app.domain.errors import CounterError
from counter_app.services.archive_search import Found, OpenArchive
from counter_app.ui import format as shown
from counter_app.ui.jobs import Pool, Waiting
from counter_app.ui.screens.history.row_view import RowView
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.scroll_area import scroll
from counter_app.ui.widgets.search_box import SearchBox
from counter_app.ui.widgets.table import Column, Table


class ArchiveSearchDialog(Dialog):
    """Choose a file, type: every row of every sheet that has the words. The shop's data are not touched."""

    def __init__(self, parent: QWidget | None = None, *, pool: Pool | None = None) -> None:
        super().__init__(parent, width=980, icon="check")
        self.setMinimumHeight(620)
        self._pool = pool
        self._file = ""
        self.archive: OpenArchive | None = None
        self.looking: Waiting | None = None
        self._choose = ActionButton("", "folder-open", kind="primary")
        self.search = SearchBox(key="")
        self.table = Table(
            [
                Column(lambda: self.tr("Sheet"), lambda row: shown.words(row.sheet), width=110),
                Column(lambda: self.tr("Row"), lambda row: str(row.row_no), right=True, width=60),
                Column(
                    lambda: self.tr("What it says"), lambda row: shown.one_line(shown.words(row.text), 200)
                ),
            ]
        )
        self.row = RowView()
        line = QHBoxLayout()
        line.setSpacing(Size.GAP_S)
        line.addWidget(self._choose)
        line.addWidget(self.search, 1)
        both = QHBoxLayout()
        both.setSpacing(Size.GAP_M)
        both.addWidget(self.table, 5)
        card = Card()
        card.body.addWidget(scroll(self.row), 1)
        both.addWidget(card, 4)
        self.body.addLayout(line)
        self.body.addLayout(both, 1)
        self._choose.clicked.connect(self._pick)
        self.search.asked.connect(self.show_found)
        self.search.down.connect(self.table.setFocus)
        self.table.current_row.connect(self._show_row)
        self.search.setEnabled(False)
        self.cancel.hide()
        self._retranslate()

    def open_file(self, path: Path) -> None:
        """Read the file in a thread; then it can be searched."""
        self._forget()
        self._file = path.name
        self._choose.setEnabled(False)
        self.banner.say(self.tr("{file} is being read…").format(file=path.name))
        looking = Waiting(lambda: OpenArchive(path), self)
        looking.done.connect(self._opened)
        looking.failed.connect(self._failed)
        self.looking = looking
        looking.start(self._pool)

    def show_found(self, words: str) -> None:
        """Show the rows in which all these words occur."""
        found = self.archive.find(words) if self.archive is not None else ()
        self.table.rows.show_rows(list(found))
        self.row.show_row(None)
        if found:
            self.table.choose(0)
        elif self.archive is not None and words.strip():
            self.banner.say(self.tr("Nothing in {file} has these words.").format(file=self._file))
            return
        self.banner.dismiss()

    def done(self, result: int) -> None:
        self._forget()
        super().done(result)

    def _opened(self, archive: object) -> None:
        assert isinstance(archive, OpenArchive)
        self.archive = archive
        self._choose.setEnabled(True)
        self.search.setEnabled(True)
        self.banner.say(
            self.tr("{file}: shop {shop}, {period}, {rows} rows").format(
                file=archive.file, shop=archive.shop_code, period=archive.period, rows=archive.rows
            ),
            tone="ok",
        )
        self.search.input.setFocus()
        if self.search.text():
            self.show_found(self.search.text())

    def _failed(self, error: object) -> None:
        self._choose.setEnabled(True)
        if isinstance(error, CounterError):
            self.banner.show_error(error)
        elif isinstance(error, OSError):
            why = wording.said_by_system(error, shown.language())
            self.banner.say(self.tr("The file cannot be read."), why, "late")

    def _forget(self) -> None:
        if self.archive is not None:
            self.archive.close()
            self.archive = None
        self.table.rows.show_rows([])
        self.row.show_row(None)
        self.search.setEnabled(False)

    def _show_row(self, found: object) -> None:
        if self.archive is not None and isinstance(found, Found):
            self.row.show_row(self.archive.row(found.id))

    def _pick(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Choose an archive"), "", self.tr("Archives") + " (*.xlsx *.zip)"
        )
        if name:
            self.open_file(Path(name))

    def _retranslate(self) -> None:
        self.say(
            self.tr("Search an archive"),
            self.tr(
                "A month's or year's workbook, or its CSV twin. It is only read; nothing comes into the shop."
            ),
            self.tr("Close"),
        )
        self._choose.setText(self.tr("Choose a file…"))
        self.search.set_hint(self.tr("Number, last 4 of the phone, goods, name: any words of a row"))
        self.table.setAccessibleName(self.tr("Rows that were found"))
