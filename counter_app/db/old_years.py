"""A closed year in a file of its own: to be opened read-only, searched and handed on.

Nothing leaves the books: ledgers, seals and papers stay whole there, and the copy is made of them as often as
somebody wants. In it are the year's cases with everything that belongs to them, its papers, its part of both ledgers
and what these rows refer to. Customers are masked, as in every archive, and photos and customers' own words stay in
the books alone, so that an erasure there never has to be done again in a copy.

The file names the rows of each table and their hash; the books keep the hash of that list as a sealed setting.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from counter_app.db import connection, figures, kept_sums, ledger, search
from counter_app.db.fields import canonical_json
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.privacy import mask_in_text, mask_name, mask_phone
from counter_app.domain.system_reasons import system_reason

FOLDER: Final = "old-years"
MARK: Final = "old_year"
"""The setting inside a copy that tells what it is; in the books `old_year.2023` is its hash."""
ROOTS: Final = ("case_file", "sale", "shift", "person", "staff", "product", "policy_version")
"""Tables whose rows do not come along because a row they refer to does."""
OWNERS: Final = (
    "case_file", "walk", "case_line", "document", "document_line", "settlement", "sale", "deposit", "compensation",
    "claim", "count_session", "bill", "recall", "month_lock",
)  # fmt: skip
"""Tables whose rows bring along what refers to them."""
LEFT_OUT: Final = frozenset(
    {
        "seal", "seal_salt", "figure", "figure_case", "figure_value", "stock_held", "still_open", "history_source",
        "history_row", "history_end",
        "history_conflict", "history_case", "history_line", "history_money", "history_number", "import_batch",
        "import_hold", "import_mapping", "print_job", "phone_code", "reveal", "erasure", "staff_event", "attachment",
        "case_words", "scan_correction", "goods_photo", "shop_key", "print_record",
    }
)  # fmt: skip
"""What stays in the books alone, or is told anew (figures, sums): their chain, archives read back, orders on hold, photos, customers' words."""
WHOLE: Final = frozenset({"shop", "staff", "setting", "schema_migration", "policy_version"})
"""Small tables that come along as they are."""
_LEDGERS: Final = {"money_entry": "money", "stock_entry": "stock"}
_MASKED: Final = {
    ("person", "name"): "mask_name(x.name)",
    ("person", "phone"): "CASE x.phone WHEN '' THEN '' ELSE mask_phone(x.phone) END",
    ("person", "phone_hash"): "''",
    ("person", "contact"): "''",
    ("person", "birthday"): "NULL",
    ("person", "care_note"): "''",
    ("sale", "phone_hash"): "''",
    ("sale", "area"): "''",
    ("case_file", "phone_hash"): "''",
    ("case_file", "summary"): "mask_in_text(x.summary)",
    ("signature", "strokes"): "NULL",
    ("signature", "form_id"): "NULL",
    ("sale", "batch_id"): "NULL",
    ("sale_identity", "batch_id"): "NULL",
    ("staff", "pin_hash"): "''",
}
_SEARCH = tuple(name for index in search.INDICES for name in (index.table, index.texts))

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OldYear:
    """A copy that is there: its file, the year, the shop's code, when it was made (ms), the hash of its list, how many
    tables that has and rows in all."""

    path: Path
    year: int
    shop: str
    made_at: int
    digest: str
    tables: int
    rows: int


def path_of(folder: Path, shop: str, year: int) -> Path:
    """Where the copy of a year lies in a data folder."""
    return folder / FOLDER / f"counter-{shop}-{year}.sqlite3"


def listed(folder: Path) -> tuple[OldYear, ...]:
    """The copies in a data folder, newest year first; files that are none are passed over."""
    found = []
    for path in sorted((folder / FOLDER).glob("counter-*.sqlite3")):
        with suppress(SurroundingsError):
            found.append(about(path))
    return tuple(sorted(found, key=lambda one: one.year, reverse=True))


def about(path: Path) -> OldYear:
    """What a file says it is. Raises SurroundingsError `year.file` for what is no copy of a year."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT value FROM setting WHERE key = ?", (MARK,)).fetchone()
        told = json.loads(json.loads(row[0])) if row else {}
        digest = hashlib.sha256(canonical_json(told).encode()).hexdigest()
        rows = [int(count) for count, _hash in told["tables"].values()]
        made_at = int(told["made_at"])
        return OldYear(path, int(told["year"]), str(told["shop"]), made_at, digest, len(rows), sum(rows))
    except (sqlite3.Error, ValueError, KeyError, TypeError, OSError) as error:
        raise SurroundingsError("year.file", file=str(path)) from error


def make(
    folder: Path,
    year: int,
    made_at: int,
    to: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> OldYear:
    """Copy a closed year into a file of its own, beside its place first; the books are only read.

    Raises UserError `year.open` unless its twelve months are closed, SurroundingsError `year.file`, `db.missing`,
    `db.disk_full`, `year.unwritable`; nothing is left behind then, and a copy that was there stays.
    """
    source = folder / connection.FILE_NAME
    if not source.exists():
        raise SurroundingsError("db.missing", path=str(source))
    place = to or folder / FOLDER
    part: Path | None = None
    try:
        place.mkdir(parents=True, exist_ok=True)
        with closing(_reading(source)) as books:
            shop = str(books.execute("SELECT code FROM shop").fetchone()[0])
            if books.execute("SELECT 1 FROM month_lock WHERE month = ?", (f"{year}-12",)).fetchone() is None:
                raise UserError("year.open", year=year)
        path = place / path_of(folder, shop, year).name
        part = path.with_name(path.name + ".part")
        part.unlink(missing_ok=True)
        _fill(source, part, shop, year, made_at, progress)
        part.replace(path)
    except sqlite3.Error as error:
        raise connection.translate(error, str(part or place)) or error from error
    except OSError as error:
        code = "db.disk_full" if error.errno == errno.ENOSPC else "year.unwritable"
        raise SurroundingsError(code, path=str(part or place), why=system_reason(error)) from error
    finally:
        for left in (part, part and Path(f"{part}-journal")):
            if left is not None:
                with suppress(OSError):
                    left.unlink(missing_ok=True)
    return about(path)


def _reading(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)


def _fill(source: Path, part: Path, shop: str, year: int, made_at: int, progress: Progress) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        for name, act in (
            ("mask_name", mask_name),
            ("mask_phone", mask_phone),
            ("mask_in_text", mask_in_text),
        ):
            db.create_function(name, 1, act, deterministic=True)
        db.execute(f"PRAGMA application_id = {connection.APPLICATION_ID}")
        db.execute("ATTACH ? AS books", (f"{source.resolve().as_uri()}?mode=ro",))
        # The page store of kept keys may grow with the year: it goes to disk, not into memory.
        db.execute("PRAGMA temp_store = FILE")
        db.execute("BEGIN")
        tables = _tables(db)
        _choose(db, tables, date(year, 1, 1), date(year, 12, 31), progress, len(tables) * 2)
        _copy(db, tables, progress)
        _figures(db, year)
        db.execute("COMMIT")
        db.execute("DETACH books")
    _index(part)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        rows = {name: list(told) for name, told in _digests(db)}
        told = {"year": year, "shop": shop, "made_at": made_at, "tables": rows}
        db.execute("BEGIN")
        db.execute("DELETE FROM setting WHERE key = ? OR key LIKE 'old_year.%'", (MARK,))
        db.execute(
            "INSERT INTO setting (key, value, at) VALUES (?, ?, ?)",
            (MARK, json.dumps(canonical_json(told)), made_at),
        )
        db.execute("COMMIT")
    with part.open("r+b") as file:
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    key: str
    columns: tuple[str, ...]
    parents: tuple[tuple[str, str], ...]
    """Column and table of each reference."""


def _tables(db: sqlite3.Connection) -> list[_Table]:
    found = []
    names = db.execute(
        "SELECT name, sql FROM books.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    for name, sql in names:
        if name.startswith(_SEARCH):
            continue
        db.execute(sql.replace("CREATE TABLE ", "CREATE TABLE main.", 1))
        info = db.execute(f'PRAGMA books.table_info("{name}")').fetchall()
        key = next((column[1] for column in info if column[5]), "rowid")
        parents = tuple(
            (row[3], row[2])
            for row in db.execute(f'PRAGMA books.foreign_key_list("{name}")').fetchall()
            if row[2] not in LEFT_OUT
        )
        found.append(_Table(name, key, tuple(column[1] for column in info), parents))
    for (sql,) in db.execute(
        "SELECT sql FROM books.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    ).fetchall():
        db.execute(_into_main(sql))
    return found


def _into_main(sql: str) -> str:
    head, _index, rest = sql.partition("INDEX ")
    return f"{head}INDEX main.{rest.removeprefix('IF NOT EXISTS ')}"


def _choose(
    db: sqlite3.Connection, tables: list[_Table], first: date, last: date, progress: Progress, total: int
) -> None:
    """Note the keys of the rows that come along: those of the year, what belongs to them, what they refer to."""
    chosen = [one for one in tables if one.name not in LEFT_OUT | WHOLE]
    named = {one.name for one in chosen}
    days = (first.isoformat(), last.isoformat())
    for done, one in enumerate(chosen):
        progress(done, total)
        db.execute(f'CREATE TEMP TABLE "keep_{one.name}" (id PRIMARY KEY) WITHOUT ROWID')
        if one.name in _LEDGERS:
            # A piece of the chain without gaps: each row proves the one before it.
            where = f"x.seq BETWEEN (SELECT min(seq) FROM books.{one.name} WHERE business_date BETWEEN ? AND ?) AND "
            where += f"(SELECT max(seq) FROM books.{one.name} WHERE business_date BETWEEN ? AND ?)"
            _keep(db, one, where, days * 2)
        elif one.name == "month_lock":
            _keep(db, one, "x.first_day BETWEEN ? AND ?", days)
        elif "business_date" in one.columns:
            _keep(db, one, "x.business_date BETWEEN ? AND ?", days)
        elif not any(parent in named for _, parent in one.parents):
            _keep(db, one, "1", ())
    grown = True
    while grown:
        grown = False
        for one in chosen:
            for column, parent in one.parents:
                if parent not in named:
                    continue
                if parent in OWNERS and one.name not in ROOTS and one.name not in _LEDGERS:
                    grown |= _keep(db, one, f'x."{column}" IN (SELECT id FROM "keep_{parent}")', ())
                grown |= (
                    db.execute(
                        f'INSERT OR IGNORE INTO "keep_{parent}" SELECT DISTINCT x."{column}" FROM books."{one.name}" x '
                        f'JOIN "keep_{one.name}" k ON k.id = x."{one.key}" WHERE x."{column}" IS NOT NULL'
                    ).rowcount
                    > 0
                )


def _keep(db: sqlite3.Connection, one: _Table, where: str, values: tuple[str, ...]) -> bool:
    sql = f'INSERT OR IGNORE INTO "keep_{one.name}" SELECT x."{one.key}" FROM books."{one.name}" x WHERE {where}'
    return db.execute(sql, values).rowcount > 0


def _copy(db: sqlite3.Connection, tables: list[_Table], progress: Progress) -> None:
    for done, one in enumerate(tables, len(tables)):
        progress(done, 2 * len(tables))
        if one.name in LEFT_OUT:
            continue
        told = ", ".join(_MASKED.get((one.name, column), f'x."{column}"') for column in one.columns)
        columns = ", ".join(f'"{column}"' for column in one.columns)
        joined = "" if one.name in WHOLE else f'JOIN "keep_{one.name}" k ON k.id = x."{one.key}" '
        db.execute(
            f'INSERT INTO main."{one.name}" ({columns}) SELECT {told} FROM books."{one.name}" x {joined}'
            f'ORDER BY x."{one.key}"'
        )


def _figures(db: sqlite3.Connection, year: int) -> None:
    """The figures of reports as the books keep them: those of the year with the visits behind them, and the sums of the
    year before to compare with. In no figure stands anything about a person."""
    both = f"BETWEEN {year - 1}00 AND {year}12"
    # Steps of a case from one of these months to another come along: by them a span counts it once.
    told = f"x.month {both} OR (x.month / {figures.STEP} {both} AND x.month % {figures.STEP} {both})"
    for table, where in (
        ("figure_value", f"x.id IN (SELECT value_id FROM books.figure WHERE month {both})"),
        ("figure_case", f"x.month BETWEEN {year}00 AND {year}12"),
        ("figure", told),
    ):
        columns = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA books.table_info({table})"))
        db.execute(
            f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM books.{table} x WHERE {where}"
        )


def _index(part: Path) -> None:
    """Make the year findable, as the books are, by what the copy tells: masked customers by surname and last digits."""
    db = connection.ShopDatabase(str(part))
    try:
        db.connect()
        with db.atomic("IMMEDIATE"):
            search.create(db)
        search.reindex(db, lambda done, total: None)
        kept_sums.rebuild(db)
        search.forget(db)
    finally:
        db.close()


def _digests(db: sqlite3.Connection) -> Iterator[tuple[str, tuple[int, str]]]:
    """Rows of each table and a hash over all of them, in order of their keys."""
    names = db.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        if name.startswith(_SEARCH):
            continue
        info = db.execute(f'PRAGMA table_info("{name}")').fetchall()
        keys = sorted((column[5], column[1]) for column in info if column[5])
        order = ", ".join(f'"{name}"' for _place, name in keys) or "rowid"
        where = f"WHERE key <> '{MARK}' AND key NOT LIKE 'old_year.%' " if name == "setting" else ""
        digest, rows = hashlib.sha256(), 0
        for row in db.execute(f'SELECT * FROM "{name}" {where}ORDER BY {order}'):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
            rows += 1
        yield name, (rows, digest.hexdigest())


Broken = tuple[str, str, str, dict[str, object]]
"""Table, row, code of the sentence and what fills it."""


def differing(path: Path, noted: str | None) -> Iterator[Broken]:
    """What of a copy is not as it was made; `noted` is its hash as the books keep it, None where they do not. Of one
    that cannot be read to its end, what was found until then."""
    try:
        yield from _differing(path, noted)
    except sqlite3.DatabaseError as error:
        yield "file", "", "verify.file", {"found": str(error)}


def _differing(path: Path, noted: str | None) -> Iterator[Broken]:
    one = about(path)
    if noted is not None and noted != one.digest:
        yield path.name, "", "year.not_noted", {"year": one.year}
    with closing(_reading(path)) as db:
        for (said,) in db.execute("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield "file", "", "verify.file", {"found": said}
        row = db.execute("SELECT value FROM setting WHERE key = ?", (MARK,)).fetchone()
        told = {name: tuple(rows) for name, rows in json.loads(json.loads(row[0]))["tables"].items()}
        found = dict(_digests(db))
        for name in sorted(told.keys() | found.keys()):
            if told.get(name) != found.get(name):
                rows = (told.get(name, (0, ""))[0], found.get(name, (0, ""))[0])
                yield name, "", "year.rows", {"told": rows[0], "found": rows[1]}
        for table in _LEDGERS:
            previous = ""
            for seq, canonical, before, digest in db.execute(
                f"SELECT seq, canonical, prev_hash, hash FROM {table} ORDER BY seq"
            ):
                if (previous and previous != before) or ledger.link(before, canonical) != digest:
                    yield table, str(seq), "verify.chain_hash", {}
                    break
                previous = digest
        for number, content, digest in db.execute("SELECT number, content, content_hash FROM document"):
            if hashlib.sha256(content.encode()).hexdigest() != digest:
                yield "document", number, "verify.content", {}
