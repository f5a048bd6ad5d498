"""That a backup was put in the place of the data is told in these data themselves, for ever: what went with it, who asked.

It stands among the overrides: whoever puts an older state in place takes refunds and counts away without a trace
in the rows that are left. What the data before told of earlier restores is carried over: a second restore hides no
first one.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from counter_app.db import heads
from counter_app.db.backup_folders import Counts, restores_told
from counter_app.db.models import PolicyVersion, Staff
from counter_app.domain.spoken import Words
from counter_app.services import version_rows
from counter_app.services.case_words import words
from counter_app.services.desk import Desk

KIND = "restored:data"
"""Kept as versions of this kind, which the database lets nobody change (as with the settings, `settings.py`)."""


def note(
    desk: Desk, file: str, kept: Path | None, was: Counts | None, now: Counts | None, by: int | None = None
) -> None:
    """Write down that `file` was restored. `kept`: where what was there before it lies, with `was` in it; `by`: the
    id of who pressed for it in the window. Somebody whom the restored data do not know is nobody."""
    with desk.db.atomic("IMMEDIATE"):
        if kept is not None:
            _carry_over(kept)
        reasons = [_lost(kept, was, now)]
        # The witness beside the database has a line for each restore, this one included.
        noted = sum(1 for line in heads.noted(desk.folder) if line.restored)
        unknown = noted - 1 - PolicyVersion.select().where(PolicyVersion.kind == KIND).count()
        if unknown > 0:
            reasons.append(words("restored.unknown", count=str(unknown)))
        content = json.dumps(
            {
                "file": file,
                "kept": kept.name if kept else "",
                "reasons": [{"code": KIND, "zh": said.zh, "en": said.en} for said in reasons],
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        known = by is not None and Staff.get_or_none(Staff.id == by) is not None
        who = by if known else None
        version_rows.add(KIND, content, at=desk.instant(), day=desk.today(), note=file, by=who)


def _carry_over(kept: Path) -> None:
    """What the data before told of restores, where these data do not tell it themselves."""
    here = set(
        PolicyVersion.select(PolicyVersion.at, PolicyVersion.content)
        .where(PolicyVersion.kind == KIND)
        .tuples()
    )
    for told in restores_told(kept, KIND):
        if (told.at, told.content) not in here:
            same = Staff.get_or_none(Staff.id == told.by, Staff.name == told.name)
            by = None if same is None else told.by
            day = date.fromisoformat(told.day)
            version_rows.add(KIND, told.content, at=told.at, day=day, note=told.note, by=by)


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
