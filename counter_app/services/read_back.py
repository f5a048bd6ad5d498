"""Reading archives back: a shop that lost everything but its workbooks keeps its history, read-only.

What is read stands beside the books and is never counted in them. Numbers go on after those the archives name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from counter_app.archive import reading_back
from counter_app.archive.reading_back import Opened
from counter_app.archive.sheets import Kind
from counter_app.db import search
from counter_app.db.fields import canonical_json
from counter_app.db.models import (
    HistoryConflict,
    HistoryEnd,
    HistoryNumber,
    HistoryRow,
    HistorySource,
    Number,
)
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.history_views import ArchiveCheck, ArchiveSeen, SourceView
from counter_app.services import archive_told, archive_words, month, month_compare, staff
from counter_app.services.archive_keeping import Keeper
from counter_app.services.archive_rows import Reader
from counter_app.services.archive_told import NEEDED, Learnt
from counter_app.services.case_rows import staff_names
from counter_app.services.desk import Desk, Outcome
from counter_app.services.month_words import catalogue

Progress = Callable[[int, int], None]
"""Called with (done, total) rows; total 0 while nobody knows yet. May raise to cancel."""

CHUNK = 500
"""Rows in one transaction: stopped in between, the rest is read another time."""
_OWN_ROWS = """
    SELECT month FROM (
      SELECT DISTINCT substr(business_date, 1, 7) AS month FROM number
      UNION SELECT DISTINCT substr(business_date, 1, 7) FROM case_file
      UNION SELECT DISTINCT substr(business_date, 1, 7) FROM document
      UNION SELECT DISTINCT substr(business_date, 1, 7) FROM money_entry)
    WHERE month IN (SELECT value FROM json_each(?)) ORDER BY month
"""
CHANGED = frozenset({"case", "sale"})


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """An archive that is open, and what it says it is."""

    path: Path
    book: Opened
    shop_code: str
    shop_name: str
    period: month.Period
    language: str
    format: str


def is_archive(path: Path) -> bool:
    """Whether a file looks like an archive of Counter; damaged and locked ones do not."""
    try:
        _look(path)
    except CounterError:
        return False
    return True


def examine(desk: Desk | None, path: Path, progress: Progress | None = None) -> ArchiveSeen:
    """What an archive is and whether its rows and totals agree; nothing is kept. Without a desk, before the first
    run, nothing is compared with a database.

    Raises SurroundingsError `archive.back.file`, UserError `archive.back.foreign`, `archive.back.password`,
    `archive.back.too_large`.
    """
    file = _look(path)
    return _seen(desk, file, _learnt(file, progress))


def read(
    desk: Desk,
    path: Path,
    progress: Progress | None = None,
    *,
    other_shop: bool = False,
    nevertheless: str = "",
) -> Outcome[SourceView]:
    """Keep what an archive tells, in chunks; the same archive again is found and not doubled (its rows are told as
    known), one that was stopped goes on. A row that an archive before tells alike is not kept twice; one that contradicts it is kept beside it.

    `other_shop` takes one of another shop's code; `nevertheless` says why one whose totals prove nothing is taken.
    Raises as `examine`, and UserError `staff.right.missing`, `archive.back.other_shop`, `archive.back.edited`,
    `archive.back.unproven`, `archive.back.own_rows`.
    """
    if desk.staff is not None:
        staff.require(desk, roles.KEEP)
    why = text.clean_note(nevertheless, field="note")
    file = _look(path)
    learnt = _learnt(file, progress)
    seen = _seen(desk, file, learnt)
    kept = HistorySource.get_or_none(HistorySource.content_sha256 == learnt.content)
    if kept is None:
        with desk.db.atomic("IMMEDIATE"):
            against = _reasons(desk, seen, file.book.broken())
            _refuse(against, other_shop=other_shop, nevertheless=why)
            kept = _begin(desk, file, seen, learnt, why)
    elif _ended(kept.id) is not None:
        return Outcome(_again(_source(kept, staff_names()), path), frozenset())
    _keep_rows(desk, file, kept, seen.rows, progress)
    return Outcome(_source(kept, staff_names()), CHANGED)


def shop_of(path: Path) -> tuple[str, str, str]:
    """Code and name of the shop an archive is of, and its period; the name '' where it does not say. Raises as
    `examine`."""
    file = _look(path)
    return file.shop_code, file.shop_name, file.period.name


def reader_of(path: Path) -> tuple[ArchiveFile, Reader]:
    """An archive that is open, to go over its rows. Raises as `examine`."""
    file = _look(path)
    return file, _reader(file)


def sources(desk: Desk) -> tuple[SourceView, ...]:
    """Every archive that was read back, newest period first."""
    names = staff_names()
    rows = HistorySource.select().order_by(HistorySource.last_day.desc(), HistorySource.id.desc())
    return tuple(_source(row, names) for row in rows)


# --- looking at the file ------------------------------------------------------------------------------


def _look(path: Path) -> ArchiveFile:
    book = reading_back.opened(path)
    about = book.about
    known = [archive_words.sheet_of(name)[0] for name in book.sheets]
    if "counter-archive" not in about and not {"cases", "refunds"} <= set(known):
        raise UserError("archive.back.foreign", file=path.name)
    language = about.get("language", "")
    if language not in archive_words.LANGUAGES:
        language = archive_words.language_of(book.sheets)
    told = archive_told.cover(book)
    code, name = told.shop
    span = _period(about.get("period", ""), told)
    if span is None or not (about.get("shop") or code):
        raise UserError("archive.back.foreign", file=path.name)
    return ArchiveFile(
        path, book, about.get("shop") or code, name, span, language, about.get("counter-archive", "")
    )


def _period(name: str, told: Learnt) -> month.Period | None:
    if not name and told.span is not None:
        first, last = told.span
        name = f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"
    try:
        return month.period(name)
    except UserError:
        return None


def _learnt(file: ArchiveFile, progress: Progress | None) -> Learnt:
    reader = _reader(file)
    for done, _row in enumerate(reader.rows(), 1):
        if progress is not None and done % CHUNK == 0:
            progress(done, 0)
    return reader.learnt


def _reader(file: ArchiveFile) -> Reader:
    return Reader(file.book, file.shop_code, file.period.first, file.period.last)


def _seen(desk: Desk | None, file: ArchiveFile, learnt: Learnt) -> ArchiveSeen:
    checks = tuple(ArchiveCheck(one.name, one.told, one.found) for one in learnt.checks)
    missing = tuple(key for key in NEEDED if key not in learnt.counts or learnt.lacking.get(key) == ("*",))
    told = any("." not in one.name for one in checks) or file.book.intact is True
    agrees = all(one.holds for one in checks) and file.book.intact is not False
    foreign = desk is not None and desk.shop.code != file.shop_code
    kept = None if desk is None else HistorySource.get_or_none(HistorySource.content_sha256 == learnt.content)
    ended = None if kept is None else _ended(kept.id)
    seen = ArchiveSeen(
        file=file.path.name,
        kind=file.book.kind,
        format=file.format,
        shop_code=file.shop_code,
        shop_name=file.shop_name,
        period=file.period.name,
        first=file.period.first,
        last=file.period.last,
        language=file.language,
        sheets=dict(learnt.counts),
        rows=sum(learnt.counts.values()),
        cases=len(learnt.cases),
        documents=len(learnt.documents),
        figures=dict(learnt.figures),
        heads=tuple(learnt.heads),
        checks=checks,
        missing=missing,
        lacking=dict(learnt.lacking),
        months=tuple(sorted(learnt.months)),
        proven=told and agrees and not missing,
        foreign_shop=foreign,
        known_at=None if ended is None else ended.at,
        refused="",
        refused_params={},
    )
    if desk is None or kept is not None:
        return seen
    why = next(_reasons(desk, seen, file.book.broken()), None)
    return seen if why is None else replace(seen, refused=why.code, refused_params=why.params)


def _reasons(desk: Desk, seen: ArchiveSeen, broken: Sequence[str]) -> Iterator[UserError]:
    """Everything that speaks against reading an archive back."""
    own = [row[0] for row in desk.db.execute_sql(_OWN_ROWS, (_json(seen.months),)).fetchall()]
    if own:
        yield UserError("archive.back.own_rows", file=seen.file, months=", ".join(own))
    if seen.foreign_shop:
        yield UserError("archive.back.other_shop", file=seen.file, told=seen.shop_code, found=desk.shop.code)
    wrong = next((one for one in seen.checks if not one.holds), None)
    if wrong is not None:
        yield UserError("archive.back.edited", file=seen.file, what=named(wrong.name, seen.language))
    elif broken:
        yield UserError("archive.back.unsealed", file=seen.file, sheets=", ".join(broken))
    elif seen.missing:
        sheets = ", ".join(_sheet_name(key, seen.language) for key in seen.missing)
        yield UserError("archive.back.missing", file=seen.file, sheets=sheets)
    elif not seen.proven:
        yield UserError("archive.back.unproven", file=seen.file)


def _refuse(reasons: Iterable[UserError], *, other_shop: bool, nevertheless: str) -> None:
    """Raise the first reason that was not chosen to be passed over. Rows of one's own never are."""
    for reason in reasons:
        chosen = {"archive.back.own_rows": False, "archive.back.other_shop": other_shop}
        if not chosen.get(reason.code, bool(nevertheless)):
            raise reason


def named(name: str, language: str) -> str:
    """What a total is called: a control total of the cover, or `sheet.column`."""
    sheet, _dot, column = name.partition(".")
    if column:
        return f"{_sheet_name(sheet, language)} · {_word(f'column.{column}', language)}"
    return _word(f"cover.figure.{name}", language) if name else _sheet_name("cover", language)


def amount(name: str, value: int) -> str:
    """A figure of a total that is called so, as a person reads it: yuan, units or a count."""
    sheet, _dot, column = name.partition(".")
    if not column:
        kind = archive_told.figure_kind(name)
    else:
        fields = archive_words.tables()[sheet].fields
        kind = next((one.column.kind for one in fields if one.column.key == column), Kind.WHOLE)
    return month_compare.shown(kind, value)


def _sheet_name(key: str, language: str) -> str:
    return _word(f"sheet.{key}", language)


def _word(key: str, language: str) -> str:
    return str(catalogue()[key][language])


# --- keeping what it tells ----------------------------------------------------------------------------


def _begin(desk: Desk, file: ArchiveFile, seen: ArchiveSeen, learnt: Learnt, why: str) -> Any:
    """The archive and the numbers it names: from here on no new number meets one of them, however far it is
    read. Inside the caller's transaction."""
    source_id = insert_row(
        desk.db,
        HistorySource,
        kind=seen.kind,
        file_name=seen.file,
        file_sha256=reading_back.digest(file.path),
        content_sha256=learnt.content,
        format=seen.format,
        shop_code=seen.shop_code,
        shop_name=seen.shop_name,
        period=seen.period,
        first_day=seen.first,
        last_day=seen.last,
        language=seen.language,
        rows_told=seen.rows,
        figures=dict(seen.figures),
        heads=[list(one) for one in seen.heads],
        checks=[[one.name, one.told, one.found] for one in seen.checks],
        proven=seen.proven,
        foreign_shop=seen.foreign_shop,
        why=why,
        by_id=None if desk.staff is None else desk.staff.id,
        at=desk.instant(),
        business_date=desk.today(),
    )
    if not seen.foreign_shop:
        for (prefix, day), last in sorted(learnt.numbers.items()):
            if Number.select().where(Number.prefix == prefix, Number.business_date == day).exists():
                continue  # the shop's own numbers of that day stand already; only papers of that month name it
            insert_row(
                desk.db,
                HistoryNumber,
                source_id=source_id,
                prefix=prefix,
                business_date=day,
                last_seq=last,
            )
    return HistorySource.get(HistorySource.id == source_id)


def _keep_rows(desk: Desk, file: ArchiveFile, source: Any, total: int, progress: Progress | None) -> None:
    rows = _reader(file).rows()
    done = 0
    while batch := list(islice(rows, CHUNK)):
        with desk.db.atomic("IMMEDIATE"):
            Keeper(desk, source).keep(batch)
        done += len(batch)
        if progress is not None:
            progress(done, max(total, done))
    with desk.db.atomic("IMMEDIATE"):
        for ids in _chunks(_touched(desk, source.id)):
            search.index_history(desk.db, ids)
        if _ended(source.id) is None:
            new = HistoryRow.select().where(HistoryRow.source == source.id).count()
            conflicts = (
                HistoryConflict.select()
                .join(HistoryRow, on=HistoryConflict.row)
                .where(HistoryRow.source == source.id)
            ).count()
            insert_row(
                desk.db, HistoryEnd, source_id=source.id, rows_new=new, rows_known=done - new, conflicts=conflicts,
                at=desk.instant(),
            )  # fmt: skip


def _touched(desk: Desk, source_id: int) -> list[int]:
    """Cases of which this archive tells something, whichever archive told the case itself."""
    found = desk.db.execute_sql(
        """SELECT c.id FROM history_case c WHERE c.number IN
             (SELECT case_number FROM history_row WHERE source_id = ? AND case_number <> '') ORDER BY c.id""",
        (source_id,),
    )
    return [int(row[0]) for row in found.fetchall()]


def _json(values: Iterable[str]) -> str:
    return canonical_json(list(values))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), CHUNK):
        yield ids[at : at + CHUNK]


def _ended(source_id: int) -> Any | None:
    return HistoryEnd.get_or_none(HistoryEnd.source == source_id)


def _again(kept: SourceView, path: Path) -> SourceView:
    """What came of reading an archive once more: nothing new, whatever its first reading brought."""
    return replace(kept, file=path.name, rows_new=0, rows_known=kept.rows_new + kept.rows_known, conflicts=0)


def _source(row: Any, names: Mapping[int, str]) -> SourceView:
    end = _ended(row.id)
    return SourceView(
        id=row.id,
        file=row.file_name,
        shop_code=row.shop_code,
        shop_name=row.shop_name,
        period=row.period,
        first=row.first_day,
        last=row.last_day,
        rows_new=0 if end is None else end.rows_new,
        rows_known=0 if end is None else end.rows_known,
        conflicts=0 if end is None else end.conflicts,
        proven=row.proven,
        foreign_shop=row.foreign_shop,
        why=row.why,
        at=row.at,
        by=names.get(row.by_id, ""),
        whole=end is not None,
    )
