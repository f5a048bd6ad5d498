"""The twin of a workbook for other programs: one CSV per table sheet in a zip, with a manifest.

UTF-8 with a mark that Excel understands; amounts in yuan with a point, dates as ISO. Text that Excel would take for a
formula gets an apostrophe before it, as a cell of the workbook is text in any case.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from counter_app.archive import cells
from counter_app.archive.sheets import TEXTS, UNITS, Cell, FreeSheet, Kind, Sheet
from counter_app.archive.splitting import MOST_ROWS, split
from counter_app.archive.workbook import Progress, Words, placed

_AT_ONCE = 512
_BEGINS = ("=", "+", "-", "@", "\t", "\r")
MANIFEST = "manifest.json"


def write(
    path: Path,
    sheets: tuple[Sheet | FreeSheet, ...],
    words: Words,
    progress: Progress | None = None,
    about: Mapping[str, str] | None = None,
    heading: str = "",
    more: Mapping[str, bytes] | None = None,
    most: int = MOST_ROWS,
) -> None:
    """Write every table sheet as CSV into one zip, beside `path` first; `more` are further files by name. A table of
    more than `most` rows goes on in further files, so that each can be opened as a sheet.

    Raises as `workbook.write`.
    """
    tables = [sheet for sheet in split(sheets, words, most) if isinstance(sheet, Sheet)]
    total = sum(sheet.count for sheet in tables)
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total)

    with placed(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        # A table in parts counts once: whatever its length, the files after it keep their names.
        places = {key: at for at, key in enumerate(dict.fromkeys(sheet.key for sheet in tables), 1)}
        told = [_table(target, places[sheet.key], sheet, words, step) for sheet in tables]
        beside = []
        for name, content in (more or {}).items():
            target.writestr(_entry(name), content)
            beside.append({"file": name, "sha256": hashlib.sha256(content).hexdigest()})
        manifest = {"about": dict(about or {}), "title": heading, "files": told, "more": beside}
        target.writestr(_entry(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))


def _table(
    target: zipfile.ZipFile, at: int, sheet: Sheet, words: Words, step: Callable[[int], None]
) -> dict[str, object]:
    name = f"{at:02d}-{sheet.name}.csv"
    digest = hashlib.sha256()
    written = 0
    with target.open(_entry(name), "w", force_zip64=True) as file:

        def put(lines: Iterable[Iterable[str]], begin: str = "") -> None:
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\r\n").writerows(lines)
            content = (begin + text.getvalue()).encode("utf-8")
            digest.update(content)
            file.write(content)

        put([[words(f"column.{column.key}") for column in sheet.columns]], "\ufeff")
        rows = iter(sheet.rows)
        while batch := list(islice(rows, _AT_ONCE)):
            put(
                [_plain(column.kind, value) for column, value in zip(sheet.columns, row, strict=True)]
                for row in batch
            )
            written += len(batch)
            step(len(batch))
    return {
        "file": name,
        "sheet": sheet.title(words),
        "rows": written,
        "sha256": digest.hexdigest(),
        "columns": [{"key": column.key, "unit": UNITS[column.kind]} for column in sheet.columns],
    }


def _plain(kind: Kind, value: Cell) -> str:
    if value is None or value == "":
        return ""
    if kind is Kind.DAY:
        return str(value)
    if kind is Kind.INSTANT and isinstance(value, int):
        return f"{datetime.fromtimestamp(value // 1000, UTC):%Y-%m-%d %H:%M:%S}"
    if kind not in TEXTS:
        return cells.number(kind, value)
    told = cells.readable(str(value))
    return f"'{told}" if told.startswith(_BEGINS) else told


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
