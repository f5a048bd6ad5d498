"""Archives of Counter given to `import`: examined, and read back as history beside the books."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from counter_app import wording
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.history_views import ArchiveSeen, SourceView
from counter_app.services import read_back
from counter_app.services.desk import Desk
from counter_app.services.read_back import Progress
from counter_app.verbs.opened import acting, opened_desk
from counter_app.verbs.progress import progress_lines

_TOLD = 20


def run(given: argparse.Namespace, files: Sequence[Path], found: Sequence[Path]) -> int:
    """Read archives back one after the other, the oldest period first; with --dry-run or --preview only say what
    they are. Raises UserError `archive.back.alone` when other files stand beside them, and what reading raises.
    """
    if len(found) < len(files):
        raise UserError("archive.back.alone", file=found[0].name)
    progress = progress_lines() if given.progress else None
    with opened_desk(given.data) as opened:
        desk = acting(opened, given.staff)
        if given.dry_run or given.preview:
            seen = [(file, read_back.examine(desk, file, progress)) for file in files]
            _tell_seen(given, seen)
            return 0
        done = [_read(desk, given, file, progress) for file in _oldest_first(desk, files)]
    _tell_read(given, done)
    return 0


def _oldest_first(desk: Desk, files: Sequence[Path]) -> Sequence[Path]:
    return files if len(files) == 1 else sorted(files, key=lambda file: read_back.examine(desk, file).last)


def _read(desk: Desk, given: argparse.Namespace, file: Path, progress: Progress | None) -> SourceView:
    return read_back.read(
        desk, file, progress, other_shop=given.other_shop, nevertheless=given.nevertheless or ""
    ).value


def _tell_seen(given: argparse.Namespace, seen: Sequence[tuple[Path, ArchiveSeen]]) -> None:
    if given.preview or given.progress:
        told = [as_values(file, one, given.language) for file, one in seen]
        print(json.dumps({"archives": told}, ensure_ascii=False), flush=True)
        return
    for _file, one in seen:
        print(
            _sentence(
                "archive.back.seen",
                given,
                one.file,
                one,
                rows=one.rows,
                cases=one.cases,
                documents=one.documents,
            )
        )
        for check in [check for check in one.checks if not check.holds][:_TOLD]:
            apart = " ≠ ".join(read_back.amount(check.name, figure) for figure in (check.told, check.found))
            print(f"  {read_back.named(check.name, given.language)}: {apart}")
        if one.known_at is not None:
            print("  " + wording.sentence(CounterError("archive.back.known", file=one.file), given.language))
        elif one.refused:
            print(
                "  " + wording.sentence(CounterError(one.refused, **dict(one.refused_params)), given.language)
            )


def _tell_read(given: argparse.Namespace, done: Sequence[SourceView]) -> None:
    if given.progress:
        told = [
            {"file": one.file, "period": one.period, "new": one.rows_new, "known": one.rows_known,
             "conflicts": one.conflicts, "proven": one.proven}
            for one in done
        ]  # fmt: skip
        print(json.dumps({"read": told}, ensure_ascii=False), flush=True)
        return
    for one in done:
        print(
            _sentence(
                "archive.back.done",
                given,
                one.file,
                one,
                new=one.rows_new,
                known=one.rows_known,
                conflicts=one.conflicts,
            )
        )


def _sentence(
    code: str, given: argparse.Namespace, file: str, one: ArchiveSeen | SourceView, **figures: object
) -> str:
    told = CounterError(code, file=file, shop=one.shop_code, period=one.period, **figures)
    return wording.sentence(told, given.language)


def as_values(file: Path, seen: ArchiveSeen, language: wording.Language) -> dict[str, object]:
    """What was seen, as JSON for a window."""
    refused = CounterError(seen.refused, **dict(seen.refused_params)) if seen.refused else None
    return {
        "path": str(file),
        "file": seen.file,
        "shop_code": seen.shop_code,
        "shop_name": seen.shop_name,
        "period": seen.period,
        "rows": seen.rows,
        "cases": seen.cases,
        "documents": seen.documents,
        "proven": seen.proven,
        "foreign_shop": seen.foreign_shop,
        "known": seen.known_at is not None,
        "refused": seen.refused,
        "why": "" if refused is None else wording.sentence(refused, language),
        "compared": sum(one.holds for one in seen.checks),
        "differing": [
            [
                read_back.named(one.name, language),
                read_back.amount(one.name, one.told),
                read_back.amount(one.name, one.found),
            ]
            for one in seen.checks
            if not one.holds
        ][:_TOLD],
    }
