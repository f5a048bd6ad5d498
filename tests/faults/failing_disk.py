"""A disk that is full, fails or may not be written: each act is refused with its sentence, nothing is half done,
and the same wish succeeds once there is room again."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import shutil
import subprocess
import sys
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import working_day
from books_hold import files, halves
from visits import Counter, Visit, build_shop, opened
from working_day import ORDERS, picture

from counter_app import wording
from counter_app.db import backup, connection
from counter_app.db.models import SaleIdentity
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import (
    cases,
    imports,
    month,
    photos,
    posting,
    reversal,
    sales,
    settling,
    shift,
    slips,
    walks,
)

FAULTS_IN_ONE_SHOP = 60
ROOM = 1073741823
"""SQLite's own limit of pages, which is none."""
DATABASE = {"db.disk_full", "db.disk_error", "db.read_only", "db.cannot_open"}
FILES = {
    "attachment.cannot_store",
    "archive.file.full",
    "archive.file.unwritable",
    "archive.file.no_right",
    "backup.cannot_write",
}
TMPFS_BYTES = 160 * 1024 * 1024

Fault = Callable[["Shop", Random], AbstractContextManager[None]]


@dataclass
class Results:
    """What a run came to."""

    refused: Tally[str] = field(default_factory=Tally)
    """Kind of fault and what the clerk was told."""
    unharmed: Tally[str] = field(default_factory=Tally)
    """Kind of fault that was there, and the act needed nothing of what was missing."""
    acts: Tally[str] = field(default_factory=Tally)
    absent: list[str] = field(default_factory=list)
    """Kinds of fault that cannot be made on this system, or not by this user."""
    broken: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For the note."""
        told = ", ".join(f"{name} {number}" for name, number in sorted(self.refused.items()))
        return [
            f"faults met: {self.refused.total()} ({told}); there and not met: {self.unharmed.total()}",
            f"acts refused: {', '.join(f'{name} {number}' for name, number in sorted(self.acts.items()))}",
            f"kinds of fault that cannot be made here: {', '.join(self.absent) or 'none'}",
            f"half written, worded wrongly, or not to be repeated: {len(self.broken)}",
            *self.broken[:20],
        ]


@dataclass
class Shop:
    """A counter in whose folder the disk fails, and how often something was wished there."""

    counter: Counter
    wishes: int = 0

    @property
    def folder(self) -> Path:
        return self.counter.desk.folder

    def ready(self, **sale: Any) -> tuple[Visit, str]:
        visit = self.counter.visit(self.counter.simple_sale(**sale))
        visit.go("return", "agree", "in_person", "fit").waive()
        return visit, visit.sign()

    def rows(self, *, but_pins: bool) -> str:
        """A hash over every row of every table. A PIN that was tried is written down, and sealed, by itself."""
        without = ("staff", "staff_event", "seal") if but_pins else ()
        db, digest = self.counter.desk.db.connection(), hashlib.sha256()
        tables = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
        for (name,) in tables:
            if name in without:
                continue
            for row in db.execute(f'SELECT * FROM "{name}"'):
                digest.update(repr((name, row)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def papers(self) -> set[tuple[str, int]]:
        """Exports and backups there are, with their sizes."""
        return {
            (one.name, one.stat().st_size)
            for room in ("exports", "backups")
            for one in (self.folder / room).iterdir()
        }


# --- acts: each is prepared while all is well, and may be wished twice ---------------------------------


def sale(shop: Shop) -> Callable[[], Any]:
    counter = shop.counter
    line = NewLine("货" * 40, 3000, 3333)
    new = NewSale(
        counter.desk.today(), (line,), tenders=(NewTender("cash", 9999),), order_no=f"FULL-{shop.wishes}"
    )
    request = counter.request()
    return lambda: sales.record_sale(counter.owner, new, request)


def visit(shop: Shop) -> Callable[[], Any]:
    bought, request = shop.counter.simple_sale(), shop.counter.request()
    new = cases.NewCase(sale_id=bought.id, lines=((bought.lines[0].id, 1000),), words="坏了" * 200)
    return lambda: cases.open_case(shop.counter.clerk, new, request)


def answer(shop: Shop) -> Callable[[], Any]:
    there = shop.counter.visit(shop.counter.simple_sale())
    node = there.at
    return lambda: walks.answer(shop.counter.clerk, there.walk_id, node, "return")


def refund(shop: Shop) -> Callable[[], Any]:
    there, figures = shop.ready(tender="cash")
    request = shop.counter.request()
    return lambda: posting.post(shop.counter.clerk, there.case_id, request, figures)


def exchange(shop: Shop) -> Callable[[], Any]:
    there = shop.counter.visit(shop.counter.simple_sale())
    there.go("exchange", "fit", "same", "handed_over")
    figures, request = there.waive().sign(), shop.counter.request()
    return lambda: posting.post(shop.counter.clerk, there.case_id, request, figures)


def payment(shop: Shop) -> Callable[[], Any]:
    there, figures = shop.ready(tender="wechat")
    posting.post(shop.counter.clerk, there.case_id, shop.counter.request(), figures)
    (owed,), request = there.case.settlements, shop.counter.request()
    return lambda: settling.pay(
        shop.counter.clerk, owed.id, owed.open_fen, "wechat", f"{owed.id:040d}", request
    )


def undoing(shop: Shop) -> Callable[[], Any]:
    there, figures = shop.ready(tender="cash")
    posted = posting.post(shop.counter.clerk, there.case_id, shop.counter.request(), figures).value
    number, request = posted.documents[0].number, shop.counter.request()
    return lambda: reversal.reverse(shop.counter.owner, number, "录错", request, by=shop.counter.boss)


def hand_over(shop: Shop) -> Callable[[], Any]:
    there = shift.current_shift(shop.counter.owner)
    if there is None:
        return lambda: shop.counter.open_drawer(1_000_000)
    return lambda: shift.close_shift(shop.counter.owner, there.expected_fen)


def printed(shop: Shop) -> Callable[[], Any]:
    number = refund(shop)().value.documents[0].number
    kind = slips.slips_for(shop.counter.clerk, number)[0].kind
    return lambda: slips.print_record(shop.counter.clerk, number, kind, paper="A4")


def till_file(shop: Shop) -> Callable[[], Any]:
    known = SaleIdentity.select().where(SaleIdentity.order_no.startswith("IMP-")).count()
    begin = max(0, known - ORDERS // 2)
    file = working_day.till_file(shop.folder.parent / f"till-{shop.wishes}.csv", begin)
    return lambda: imports.run_import(shop.counter.owner, file)


def photo(shop: Shop) -> Callable[[], Any]:
    there, content = shop.counter.visit(shop.counter.simple_sale()), picture(shop.wishes)
    return lambda: photos.take_photo(shop.counter.clerk, there.case_id, content, name="外观.png")


def archive(shop: Shop) -> Callable[[], Any]:
    desk, span = shop.counter.owner, month.period("2026-11")
    return lambda: month.export(desk, span, month.default_path(desk, span), "zh")


def copy(shop: Shop) -> Callable[[], Any]:
    return lambda: backup.back_up(shop.folder, at=shop.counter.clock.now(), label="by-hand")


ACTS = (
    sale,
    visit,
    answer,
    refund,
    exchange,
    payment,
    undoing,
    hand_over,
    printed,
    till_file,
    photo,
    archive,
    copy,
)
OF_FILES = (photo, archive, copy)
IN_PARTS = (till_file,)
"""Acts that are committed in parts; each part is whole."""


# --- faults ------------------------------------------------------------------------------------------


@contextmanager
def no_page_left(shop: Shop, chance: Random) -> Iterator[None]:
    """The database may not grow: SQLite's own SQLITE_FULL, on any system."""
    db = shop.counter.desk.db
    pages = int(db.execute_sql("PRAGMA page_count").fetchone()[0])
    db.execute_sql(f"PRAGMA max_page_count = {pages + chance.choice((0, 0, 0, 1))}").fetchone()
    try:
        yield
    finally:
        db.execute_sql(f"PRAGMA max_page_count = {ROOM}").fetchone()


@contextmanager
def short_files(shop: Shop, chance: Random) -> Iterator[None]:
    """No file may grow past a size: real errors of writing, in the middle of a row or a picture."""
    import resource

    most = chance.choice((0, 1000, chance.randrange(60_000)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full_disk(shop: Shop, chance: Random) -> Iterator[None]:
    """A disk of its own with no room left: real ENOSPC."""
    filler = shop.folder.parent / "filler"
    with filler.open("wb") as stream:
        left = shutil.disk_usage(shop.folder).free - chance.choice((0, 4096, 8192, 32_768))
        stream.write(b"\0" * max(0, left))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def failing_sync(shop: Shop, chance: Random) -> Iterator[None]:
    """The disk takes a file and then says that it could not keep it; or its name cannot be written."""
    fsync, replace = os.fsync, Path.replace
    number = chance.choice((errno.EIO, errno.ENOSPC))

    def failed(*_: Any) -> Any:
        raise OSError(number, os.strerror(number))

    if chance.randrange(2):
        os.fsync = failed
    else:
        Path.replace = failed  # type: ignore[method-assign]
    try:
        yield
    finally:
        os.fsync, Path.replace = fsync, replace  # type: ignore[method-assign]


@contextmanager
def query_only(shop: Shop, chance: Random) -> Iterator[None]:
    """The connection may not write: SQLITE_READONLY, as on a disk that was turned read-only under the window."""
    db = shop.counter.desk.db
    db.execute_sql("PRAGMA query_only = 1")
    try:
        yield
    finally:
        db.execute_sql("PRAGMA query_only = 0")


FAULTS: tuple[Fault, ...] = (no_page_left, short_files, full_disk, failing_sync, query_only)


def run_faults(many: int, seed: int, place: Path, tell: Callable[[str], None] = lambda line: None) -> Results:
    """So many acts while the disk fails; each is repeated when it does not any more."""
    results, chance = Results(), Random(seed)
    with own_disk(place) as disk:
        kinds = [one for one in FAULTS if one is not full_disk or disk is not None]
        if find_spec("resource") is None:
            kinds.remove(short_files)
        results.absent = [one.__name__ for one in FAULTS if one not in kinds]
        like = place / "like"
        build_shop(like)
        done = 0
        while done < many and not results.broken:
            where = disk if disk is not None else place
            with opened(like, where / f"店 {done}" / "数据") as counter:
                shop = Shop(counter)
                for _ in range(min(FAULTS_IN_ONE_SHOP, many - done)):
                    fault = kinds[done % len(kinds)]
                    act = chance.choice(OF_FILES if fault is failing_sync else ACTS)
                    _meet(results, shop, fault, act, chance)
                    done += 1
            shutil.rmtree(where / f"店 {done}", ignore_errors=True)
            tell(f"{done} of {many} faults")
    return results


def _meet(
    results: Results, shop: Shop, fault: Fault, act: Callable[[Shop], Callable[[], Any]], chance: Random
) -> None:
    shop.wishes += 1
    wished = act(shop)
    # With an empty log every change has to ask the disk for room. Bringing it home now and then notes the heads, too.
    connection.checkpoint(shop.counter.desk.db, force=True)
    shop.counter.desk.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    before, papers = shop.rows(but_pins=act is undoing), shop.papers()
    name = f"{act.__name__} under {fault.__name__}"
    told: CounterError | None = None
    with fault(shop, chance):
        try:
            wished()
        except CounterError as error:
            told = error
    if told is None:
        results.unharmed[fault.__name__] += 1
    else:
        results.refused[f"{fault.__name__} {told.code}"] += 1
        results.acts[act.__name__] += 1
        results.broken += [f"{name}: {one}" for one in _badly_told(told)]
        if act not in IN_PARTS and shop.rows(but_pins=act is undoing) != before:
            results.broken.append(f"{name}: {told.code}, and rows were written")
        if shop.papers() != papers:
            results.broken.append(
                f"{name}: {told.code}, and files were left: {sorted(shop.papers() - papers)}"
            )
    results.broken += [f"{name}: {one}" for one in (*halves(shop.counter.desk.db), *files(shop.folder))]
    if told is not None:
        try:
            wished()
        except CounterError as error:
            results.broken.append(f"{name}: {told.code}, and with room again {error.code} {error.params}")
    try:
        shop.counter.sound()
    except AssertionError as error:
        results.broken.append(f"{name}: {error}")


def _badly_told(told: CounterError) -> Iterator[str]:
    """What the clerk reads must be a sentence about the disk, in both languages."""
    if not isinstance(told, SurroundingsError) or told.code not in DATABASE | FILES:
        yield f"the clerk is told {told.code} {told.params}"
    for language in ("zh", "en"):
        if wording.sentence(told, language) in ("", told.code):
            yield f"{told.code} has no sentence"


@contextmanager
def own_disk(place: Path) -> Iterator[Path | None]:
    """A small disk for these shops alone; None where this user or system cannot make one."""
    disk = place / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={TMPFS_BYTES}", "tmpfs", str(disk)]
    may = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None
    made = may and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield disk if made else None
    finally:
        if made:
            gc.collect()  # an act that failed half way leaves its cursors to the collector; they hold the disk
            subprocess.run(["umount", str(disk)], check=True)
