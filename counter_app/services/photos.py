"""Evidence of a case: photos from a file, the clipboard, a camera, or the folder a phone fills; pasted text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from counter_app.db.models import Attachment, CaseLine
from counter_app.domain import text
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.paper_views import AttachmentView
from counter_app.domain.roles import INSPECT, REGISTER
from counter_app.domain.system_reasons import system_reason
from counter_app.services import attachment_files, pictures, staff
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, touch
from counter_app.services.desk import Desk, Outcome
from counter_app.services.paper_views import attachment
from counter_app.services.settings import setting

KINDS = ("photo", "listing", "receipt", "other")
INBOX = "inbox"
NAME_LIMIT = 80
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_CALLED = re.compile(r"(1[3-9][0-9])[0-9]{4}([0-9]{4})")
"""Phones name a recording by the number that was called."""
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A picture that waits in the folder a phone fills. `modified` in seconds since 1970."""

    path: Path
    name: str
    size: int
    modified: float


def take_photo(
    desk: Desk,
    case_id: int,
    source: bytes | Path,
    kind: str = "photo",
    node: str = "",
    case_line: int | None = None,
    name: str = "",
) -> Outcome[AttachmentView]:
    """Keep a picture as evidence of a case: upright, without metadata, bounded (`services/pictures.py`).

    `node` is the step of the chart that asked for it. The same picture for the same step is kept once.
    Raises UserError `photo.…`, `case.unknown`; SurroundingsError `photo.unreadable`, `attachment.cannot_store`.
    """
    _may(desk)
    content, file_name = _content(source)
    picture = pictures.fit_to_keep(content)
    ending = ".png" if picture.mime == "image/png" else ".jpg"
    shown = safe_name(name or file_name, ending)
    return _keep(desk, case_id, picture.content, picture.mime, kind, node, case_line, shown)


def take_text(
    desk: Desk, case_id: int, words: str, kind: str = "listing", node: str = "", case_line: int | None = None
) -> Outcome[AttachmentView]:
    """Keep pasted text as evidence, e.g. what a listing said. Raises UserError `photo.text_empty`, `text.…`."""
    cleaned = text.clean_note(words, 20_000, "evidence")
    if not cleaned:
        raise UserError("photo.text_empty")
    return _keep(desk, case_id, cleaned.encode("utf-8"), "text/plain", kind, node, case_line, "text.txt")


def inbox_folder(desk: Desk) -> Path:
    """The watched folder: the one in the settings, else `inbox` in the data folder."""
    chosen = setting(desk, "inbox.folder")
    return Path(chosen) if chosen else desk.folder / INBOX


def inbox_files(desk: Desk) -> tuple[InboxFile, ...]:
    """Pictures that wait there, newest first. A folder that is gone has none."""
    folder = inbox_folder(desk)
    found = []
    try:
        for file in folder.iterdir():
            if file.suffix.lower() in _ENDINGS and not file.name.startswith(".") and file.is_file():
                about = file.stat()
                found.append(InboxFile(file, file.name, about.st_size, about.st_mtime))
    except OSError:
        # A phone's share may vanish at any moment; the watcher simply looks again.
        return tuple(sorted(found, key=lambda one: -one.modified))
    return tuple(sorted(found, key=lambda one: -one.modified))


def take_from_inbox(
    desk: Desk, case_id: int, file: Path, kind: str = "photo", node: str = "", case_line: int | None = None
) -> Outcome[AttachmentView]:
    """Keep a picture of the watched folder and take it out of there.

    Raises UserError `photo.not_in_inbox` for a file from anywhere else, and as `take_photo`.
    """
    _may(desk)
    if file.resolve().parent != inbox_folder(desk).resolve():
        raise UserError("photo.not_in_inbox")
    kept = take_photo(desk, case_id, file, kind, node, case_line)
    try:
        file.unlink(missing_ok=True)
    except OSError as cause:
        raise SurroundingsError("photo.inbox_stuck", file=file.name, cause=system_reason(cause)) from cause
    return kept


def attachment_path(desk: Desk, attachment_id: int) -> Path:
    """Where a piece of evidence lies. Raises UserError `photo.unknown`, `photo.erased`, `photo.missing`."""
    row: Any = Attachment.get_or_none(Attachment.id == attachment_id)
    if row is None:
        raise UserError("photo.unknown")
    if row.erased_at is not None:
        raise UserError("photo.erased")
    file = desk.folder / attachment_files.relative_path(row.sha256)
    if not file.is_file():
        raise SurroundingsError("photo.missing", name=row.name)
    return file


def safe_name(name: str, ending: str) -> str:
    """A name that any system can show and save: no folders, no control or direction marks, bounded."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    stem = _UNSAFE.sub("", last.rpartition(".")[0] or last).strip(" .")
    stem = _CALLED.sub(r"\1xxxx\2", stem)
    try:
        stem = text.clean_line(stem[:NAME_LIMIT], NAME_LIMIT)
    except UserError:
        stem = ""
    if _DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem or 'photo'}{ending}"


def _content(source: bytes | Path) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, ""
    try:
        if source.stat().st_size > pictures.MOST_INPUT_BYTES:
            raise UserError("photo.too_many_bytes", most=pictures.MOST_INPUT_BYTES // 2**20)
        return source.read_bytes(), source.name
    except OSError as cause:
        raise SurroundingsError("photo.unreadable", file=source.name, cause=system_reason(cause)) from cause


def _keep(
    desk: Desk,
    case_id: int,
    content: bytes,
    mime: str,
    kind: str,
    node: str,
    case_line: int | None,
    name: str,
) -> Outcome[AttachmentView]:
    _check(desk, case_id, kind, case_line)
    sha256 = attachment_files.keep(desk, content)
    with desk.db.atomic("IMMEDIATE"):
        known = Attachment.get_or_none(
            Attachment.case == case_id,
            Attachment.sha256 == sha256,
            Attachment.node == node,
            Attachment.erased_at.is_null(),
        )
        if known is not None:
            return Outcome(attachment(known), frozenset())
        row = Attachment.create(
            case=case_id,
            case_line=case_line,
            node=node,
            kind=kind,
            sha256=sha256,
            mime=mime,
            size=len(content),
            name=name,
            by=acting(desk),
            at=desk.instant(),
        )
        # The retention job may have taken the same file away since: under the lock it is there for sure.
        attachment_files.keep(desk, content)
        add_event(desk, case_id, "photo_taken", node=node, name=name, sha256=sha256, what=kind)
        touch(desk, case_id)
    return Outcome(attachment(row), CHANGED)


def _may(desk: Desk) -> None:
    if not staff.may(desk, INSPECT):
        staff.require(desk, REGISTER)


def _check(desk: Desk, case_id: int, kind: str, case_line: int | None) -> None:
    _may(desk)
    if kind not in KINDS:
        raise UserError("photo.kind", kind=kind[:20])
    case_row(case_id)
    if case_line is not None:
        row: Any = CaseLine.get_or_none(CaseLine.id == case_line)
        if row is None or row.case_id != case_id:
            raise UserError("photo.line")
