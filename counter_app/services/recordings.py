"""Sound recordings of a conversation: attached only once somebody says that the customer was told before (S0-6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.db.models import Attachment
from counter_app.domain import roles
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.paper_views import AttachmentView
from counter_app.domain.system_reasons import system_reason
from counter_app.services import attachment_files, photos, staff
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, touch
from counter_app.services.desk import Desk, Outcome
from counter_app.services.paper_views import attachment

MOST_BYTES = 30 * 2**20
"""A quarter of an hour of a phone's recorder; longer ones are cut before they are attached."""
ENDINGS = (".wav", ".mp3", ".m4a", ".ogg", ".amr", ".flac")
_ISO_MEDIA_AT = 4


def attach(desk: Desk, case_id: int, file: Path, *, told: bool) -> Outcome[AttachmentView]:
    """Keep a recording with a case; that the customer was told stands in the story beside it.

    Raises UserError `recording.untold`, `recording.kind`, `recording.size`, `case.unknown`;
    SurroundingsError `photo.unreadable`, `attachment.cannot_store`.
    """
    staff.require(desk, roles.REGISTER)
    case_row(case_id)
    if not told:
        raise UserError("recording.untold")
    content = _content(file)
    mime, ending = _kind(content)
    sha256 = attachment_files.keep(desk, content)
    with desk.db.atomic("IMMEDIATE"):
        known: Any = Attachment.get_or_none(
            Attachment.case == case_id, Attachment.sha256 == sha256, Attachment.erased_at.is_null()
        )
        if known is not None:
            return Outcome(attachment(known), frozenset())
        row = Attachment.create(
            case=case_id,
            kind="other",
            sha256=sha256,
            mime=mime,
            size=len(content),
            name=photos.safe_name(file.name, ending),
            by=acting(desk),
            at=desk.instant(),
        )
        attachment_files.keep(desk, content)
        add_event(desk, case_id, "recording", name=row.name, sha256=sha256)
        touch(desk, case_id)
    return Outcome(attachment(row), CHANGED)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UserError("recording.size", most=MOST_BYTES // 2**20)
        return file.read_bytes()
    except OSError as cause:
        raise SurroundingsError("photo.unreadable", file=file.name, cause=system_reason(cause)) from cause


def _kind(content: bytes) -> tuple[str, str]:
    """What the content is, told by its first bytes and not by the file's name."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav", ".wav"
    if content[:3] == b"ID3" or content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg", ".mp3"
    if content[_ISO_MEDIA_AT : _ISO_MEDIA_AT + 4] == b"ftyp":
        return "audio/mp4", ".m4a"
    if content[:4] == b"OggS":
        return "audio/ogg", ".ogg"
    if content[:5] == b"#!AMR":
        return "audio/amr", ".amr"
    if content[:4] == b"fLaC":
        return "audio/flac", ".flac"
    raise UserError("recording.kind")
