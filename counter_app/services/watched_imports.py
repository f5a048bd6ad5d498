"""The folder into which the register writes its nightly file: each file is taken in once, when it is whole.

A file is known by its content: renamed or copied it is not taken in again, and a changed one is. Nothing of the
owner's is moved or removed unless he chose it. What is wrong with one file becomes a to-do and stops no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counter_app import wording
from counter_app.archive.imports import formats
from counter_app.db.models import Task
from counter_app.domain import roles
from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import imports, settings, staff
from counter_app.services.desk import Desk, Outcome

FOLDER, SOURCE, MOVE = "watched.folder", "watched.source", "watched.move"
SEEN = "ui.watched.seen"
"""What was taken in or refused: by content, and by name, size and time, so that nothing is read twice for it."""
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"})
QUIET_MS = 10_000
"""A file that was written to more recently may not be whole yet."""
MOST_REMEMBERED = 2000
IN_HAND_MS = 15 * 60_000
ROLE = "supervisor"
_DONE_FOLDER = "imported"
_BLOCK = 1 << 20
Mark = tuple[int, int]
"""Size in bytes, time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: counts as an import tells them, or the code it was refused with."""

    file: str
    kind: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    fault_books: tuple[str, ...] = ()
    refused: str = ""


def choose(desk: Desk, folder: str, source: str = "", *, move: bool = False) -> Outcome[str]:
    """Look into this folder from now on; '' looks nowhere. `source` is a kind of file, '' tells it from each file;
    with `move` a file that was taken in goes to a folder `imported` beside it.

    Raises UserError `staff.right.missing`, `import.watched.folder`, `import.source`.
    """
    staff.require(desk, roles.IMPORT)
    told = folder.strip()
    if told and not Path(told).is_dir():
        raise UserError("import.watched.folder", folder=told)
    if source and source not in formats.kinds():
        raise UserError("import.source", source=source[:40], known=", ".join(formats.kinds()))
    for key, value in ((FOLDER, told), (SOURCE, source), (MOVE, move)):
        if settings.setting(desk, key) != value:
            settings.set_setting(desk, key, value)
    return Outcome(told, frozenset({"policy"}))


def folder_of(desk: Desk) -> Path | None:
    """The folder that is looked into, None for none."""
    told = str(settings.setting(desk, FOLDER))
    return Path(told) if told else None


def listing(folder: Path) -> dict[str, Mark]:
    """The files there that may be order lists, with their marks. Touches no database: a dead network drive may
    hold it up, so a window asks in another thread. Raises SurroundingsError `import.watched.gone`."""
    found: dict[str, Mark] = {}
    try:
        for file in folder.iterdir():
            if file.name.startswith((".", "~$")) or file.suffix.lower() not in SUFFIXES or file.is_symlink():
                continue
            state = file.stat()
            if file.is_file():
                found[file.name] = (state.st_size, state.st_mtime_ns)
    except OSError as cause:
        reason = system_reason(cause)
        raise SurroundingsError("import.watched.gone", folder=str(folder), cause=reason) from cause
    return found


def unseen(desk: Desk, there: Mapping[str, Mark]) -> dict[str, Mark]:
    """Those of a listing that nothing became of yet."""
    seen = _seen(desk)["files"]
    return {name: mark for name, mark in there.items() if seen.get(name) != list(mark)}


def take_in(desk: Desk, progress: imports.Progress | None = None) -> tuple[Taken, ...]:
    """Take in every whole file that was not seen yet, one after the other. `progress` counts rows of the file in
    hand and may raise `Cancelled`: that file is then gone on with the next time.

    Raises SurroundingsError `import.watched.gone`, and what no file is to blame for (a full disk).
    """
    folder = folder_of(desk)
    if folder is None:
        return ()
    waiting = unseen(desk, listing(folder))
    ripe = [folder / name for name, mark in waiting.items() if _is_quiet(desk, mark)]
    done = []
    for file in _in_order(ripe):
        mark, sha256 = _whole(file)
        if mark is None or mark != waiting[file.name]:
            continue  # somebody writes to it, or holds it: looked at again the next time
        if sha256 in _seen(desk)["contents"]:
            _remember(desk, file.name, mark, sha256)
            continue
        if not _claim(desk, sha256):
            continue  # another window has it in hand
        try:
            told = _one(desk, file, sha256, progress)
            _remember(desk, file.name, mark, sha256)
        except (UserError, SurroundingsError) as error:
            if error.code not in ("import.file.unreadable", "import.file.changed"):
                raise
            continue
        finally:
            _let_go(desk, sha256)
        if not told.refused and settings.setting(desk, MOVE):
            _put_away(file)
        done.append(told)
    return tuple(done)


def _claim(desk: Desk, sha256: str) -> bool:
    """Take a file in hand, unless another window has it: of those that look at the same time one goes on. What a
    window left in hand when it was killed is free again after `IN_HAND_MS`."""
    with desk.db.atomic("IMMEDIATE"):
        seen, now = _seen(desk), desk.instant()
        in_hand = {one: at for one, at in seen.get("in_hand", {}).items() if 0 <= now - at < IN_HAND_MS}
        if sha256 in in_hand or sha256 in seen["contents"]:
            return False
        settings.set_setting(desk, SEEN, {**seen, "in_hand": {**in_hand, sha256: now}})
    return True


def _let_go(desk: Desk, sha256: str) -> None:
    with desk.db.atomic("IMMEDIATE"):
        seen = _seen(desk)
        if sha256 in seen.get("in_hand", {}):
            in_hand = {one: at for one, at in seen["in_hand"].items() if one != sha256}
            settings.set_setting(desk, SEEN, {**seen, "in_hand": in_hand})


def _one(desk: Desk, file: Path, sha256: str, progress: imports.Progress | None) -> Taken:
    source = str(settings.setting(desk, SOURCE)) or None
    try:
        result = imports.run_import(desk, file, source, None, progress, contents=(sha256,)).value
    except UserError as error:
        if error.code == "import.file.changed":
            raise
        _to_do(
            desk, "import_file", *(f"{file.name}: {wording.sentence(error, said)}" for said in ("zh", "en"))
        )
        return Taken(file.name, refused=error.code)
    for book in result.fault_books:
        _to_do(desk, "import_faults", Path(book).name)
    return Taken(file.name, result.kind, dict(result.counts), result.fault_books)


def _to_do(desk: Desk, kind: str, chinese: str, english: str = "") -> None:
    what = f"{chinese}|{english}" if english and english != chinese else chinese
    with desk.db.atomic("IMMEDIATE"):
        if Task.select().where(Task.kind == kind, Task.what == what, Task.done_at.is_null()).exists():
            return
        Task.create(
            kind=kind,
            role=ROLE,
            what=what,
            due_on=desk.today(),
            created_at=desk.instant(),
            business_date=desk.today(),
        )


def _is_quiet(desk: Desk, mark: Mark) -> bool:
    """Not touched for a while. A drive whose clock goes ahead says nothing by its time."""
    age = desk.instant() - mark[1] // 1_000_000
    return age >= QUIET_MS or age < 0


def _whole(file: Path) -> tuple[Mark | None, str]:
    """The mark and hash of a file that did not change while it was read; no mark for one that cannot be read now."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            before = file.stat()
            while block := stream.read(_BLOCK):
                digest.update(block)
        after = file.stat()
    except OSError:
        return None, ""
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None, ""
    return (after.st_size, after.st_mtime_ns), digest.hexdigest()


def _in_order(files: Sequence[Path]) -> list[Path]:
    """The oldest first, and lists of items after the orders they belong to."""
    ordered = sorted(files, key=lambda file: file.name)
    if len(ordered) < 2:
        return ordered
    return sorted(ordered, key=_is_items)


def _is_items(file: Path) -> bool:
    try:
        return formats.open_file(file).kind == formats.ITEMS
    except CounterError:
        return False  # told when its turn comes


def _put_away(file: Path) -> None:
    """Move a file that was taken in, as the owner chose; one that cannot be moved stays where it is."""
    target = file.parent / _DONE_FOLDER
    name, number = file.name, 1
    try:
        target.mkdir(exist_ok=True)
        while (target / name).exists():
            number += 1
            name = f"{file.stem}-{number}{file.suffix}"
        file.rename(target / name)
    except OSError:
        return


def _seen(desk: Desk) -> dict[str, Any]:
    told = settings.setting(desk, SEEN)
    return told if isinstance(told, dict) else {"files": {}, "contents": []}


def _remember(desk: Desk, name: str, mark: Mark, sha256: str) -> None:
    with desk.db.atomic("IMMEDIATE"):  # another window may remember a file of its own just now
        seen = _seen(desk)
        files = {**seen["files"], name: list(mark)}
        contents = [one for one in seen["contents"] if one != sha256] + [sha256]
        kept = dict(list(files.items())[-MOST_REMEMBERED:])
        in_hand = {one: at for one, at in seen.get("in_hand", {}).items() if one != sha256}
        told = {"files": kept, "contents": contents[-MOST_REMEMBERED:], "in_hand": in_hand}
        settings.set_setting(desk, SEEN, told)
