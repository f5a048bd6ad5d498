"""That a backup was put in the place of the data is told in these data themselves, for ever: what went with it, who asked.

It stands among the overrides: whoever puts an older state in place takes refunds and counts away without a trace
in the rows that are left.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from counter_app.db.backup_folders import Counts
from counter_app.db.models import PolicyVersion, Staff
from counter_app.domain.spoken import Words
from counter_app.services.case_words import words
from counter_app.services.desk import Desk

KIND = "restored:data"
"""Kept as versions of this kind, which the database lets nobody change (as with the settings, `settings.py`)."""


def note(
    desk: Desk, file: str, kept: Path | None, was: Counts | None, now: Counts | None, by: int | None = None
) -> None:
    """Write down that `file` was restored. `kept`: where what was there before it lies, with `was` in it; `by`: the
    id of who pressed for it in the window. Somebody whom the restored data do not know is nobody."""
    said = _lost(kept, was, now)
    content = json.dumps(
        {
            "file": file,
            "kept": kept.name if kept else "",
            "reasons": [{"code": KIND, "zh": said.zh, "en": said.en}],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    with desk.db.atomic("IMMEDIATE"):
        newest = (
            PolicyVersion.select(PolicyVersion.version)
            .where(PolicyVersion.kind == KIND)
            .order_by(PolicyVersion.version.desc())
            .first()
        )
        PolicyVersion.create(
            kind=KIND,
            version=1 if newest is None else newest.version + 1,
            content=content,
            hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
            by=by if by is not None and Staff.get_or_none(Staff.id == by) is not None else None,
            at=desk.instant(),
            valid_from=desk.today(),
            note=file,
        )


def _lost(kept: Path | None, was: Counts | None, now: Counts | None) -> Words:
    if kept is None:
        return words("restored.nothing_before")
    if was is None or now is None:
        return words("restored.damaged_before", kept=kept.name)
    return words(
        "restored.lost",
        cases=str(max(0, was.cases - now.cases)),
        documents=str(max(0, was.documents - now.documents)),
        kept=kept.name,
    )
