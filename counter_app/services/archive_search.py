"""Searching an archive file without reading it into the shop: any row of any sheet by words and numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from counter_app.db import search_terms
from counter_app.db.fields import canonical_json
from counter_app.domain.history_views import HistorySheetRow
from counter_app.domain.spoken import Words
from counter_app.services import archive_history, read_back
from counter_app.services.archive_rows import Reader
from counter_app.services.archive_words import FREE

MOST = 200
_BATCH = 1000
_TABLE = """CREATE TABLE line (id INTEGER PRIMARY KEY, sheet TEXT, row_no INTEGER, text TEXT, content TEXT, free INTEGER)"""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found: what names it, and all of it in one line."""

    id: int
    sheet: Words
    row_no: int
    case_number: str
    text: Words


class OpenArchive:
    """An archive whose rows can be searched while it is open. They lie in a private file of SQLite's that is gone
    with it; the shop's database is not touched. To be used in the thread that opened it, or with its lock held."""

    def __init__(self, path: Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Read the file once. Raises as `read_back.examine`, and whatever `progress` raises to cancel."""
        self.file = path.name
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute(_TABLE)
        try:
            book, reader = read_back.reader_of(path)
            self.period, self.shop_code = book.period.name, book.shop_code
            self._fill(reader, progress)
        except BaseException:
            self._db.close()
            raise
        self.rows = int(self._db.execute("SELECT COUNT(*) FROM line").fetchone()[0])

    def _fill(self, reader: Reader, progress: Callable[[int, int], None] | None) -> None:
        batch: list[tuple[str, int, str, str, bool]] = []
        done = 0
        for row in reader.rows():
            shown = archive_history.cells(row.sheet, dict(row.values))
            told = "\n".join(dict.fromkeys(part for one in shown for part in (one.text.zh, one.text.en)))
            batch.append(
                (
                    row.sheet,
                    row.row_no,
                    search_terms.plain(told),
                    canonical_json(row.values),
                    row.sheet in FREE,
                )
            )
            if len(batch) == _BATCH:
                done += self._put(batch)
                if progress is not None:
                    progress(done, 0)
        self._put(batch)

    def _put(self, batch: list[tuple[str, int, str, str, bool]]) -> int:
        self._db.executemany(
            "INSERT INTO line (sheet, row_no, text, content, free) VALUES (?, ?, ?, ?, ?)", batch
        )
        count = len(batch)
        batch.clear()
        return count

    def find(self, words: str, limit: int = MOST) -> tuple[Found, ...]:
        """Rows in which every word occurs, in the order of the file; sheets that are laid out by hand come last."""
        wanted = [term.text for term in search_terms.terms(words)]
        if not wanted:
            return ()
        holds = " AND ".join(["instr(text, ?)"] * len(wanted))
        rows = self._db.execute(
            f"SELECT id, sheet, row_no, content FROM line WHERE {holds} ORDER BY free, id LIMIT ?",
            (*wanted, limit),
        )
        return tuple(_found(*row) for row in rows.fetchall())

    def row(self, row_id: int) -> HistorySheetRow:
        """One row whole."""
        sheet, row_no, content = self._db.execute(
            "SELECT sheet, row_no, content FROM line WHERE id = ?", (row_id,)
        ).fetchone()
        return HistorySheetRow(
            sheet=archive_history.sheet_words(sheet),
            sheet_key=sheet,
            row_no=row_no,
            file=self.file,
            period=self.period,
            proven=False,
            cells=archive_history.cells(sheet, archive_history.content_of(content)),
        )

    def close(self) -> None:
        """Forget the rows."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _found(row_id: int, sheet: str, row_no: int, content: str) -> Found:
    values = archive_history.content_of(content)
    shown = archive_history.cells(sheet, values)
    zh = " · ".join(one.text.zh for one in shown if one.text.zh)
    en = " · ".join(one.text.en for one in shown if one.text.en)
    case_number = str(values.get("case", ""))
    return Found(row_id, archive_history.sheet_words(sheet), row_no, case_number, Words(zh, en))
