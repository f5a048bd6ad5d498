"""The course of a walk, rebuilt from its steps: what was answered, overruled and computed, in order.

A step keeps how many answers and computations of the course before it stay (`answers_kept`, `kept_from`) and what
it computed itself, so that going back is a step like any other and nothing is ever removed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.db.models import WalkStep
from counter_app.db.posting_sql import insert_row
from counter_app.db.reading_sql import rows_of
from counter_app.domain.walk_result import Course, Kept, Override, WalkResult
from counter_app.services.case_rows import acting
from counter_app.services.desk import Desk

_LAST = "SELECT COALESCE(MAX(seq), 0) FROM walk_step WHERE walk_id = ?"


@dataclass(frozen=True, slots=True)
class Trail:
    """Answers in order, overrides by test, computations in order, and who gave the latest of them."""

    given: tuple[tuple[str, str], ...] = ()
    overrides: tuple[tuple[str, Override], ...] = ()
    kept: tuple[Kept, ...] = ()
    steps: int = 0

    def course(self) -> Course:
        """The trail as the walk takes it."""
        answers: dict[str, tuple[str, ...]] = {}
        for node, answer in self.given:
            answers[node] = (*answers.get(node, ()), answer)
        return Course(answers, dict(self.overrides), self.kept)


def trail_of(walk_id: int) -> Trail:
    """The trail that all steps of a walk leave."""
    given: list[tuple[str, str]] = []
    overrides: dict[str, Override] = {}
    kept: list[Kept] = []
    count = 0
    for row in rows_of(WalkStep, order="seq", walk=walk_id):
        count += 1
        facts = row.facts
        del given[facts["answers_kept"] :]
        del kept[facts["kept_from"] :]
        if row.act in ("answer", "withdraw") and row.answer:
            given.append((row.node, row.answer))
        kept += [Kept.read(told) for told in row.tests]
        overrides = {node: Override(*told) for node, told in facts.get("overrides", {}).items()}
    return Trail(tuple(given), tuple(overrides.items()), tuple(kept), count)


def add_step(
    desk: Desk, walk_id: int, act: str, node: str, answer: str, reason: str, trail: Trail, after: WalkResult
) -> Trail:
    """Write one step: what of the trail stays, and what it computed. In the caller's transaction.

    `trail` is what was walked to `after`: cut where the step cuts it, the new answer included. Returns the trail
    that all steps leave now.
    """
    kept_from = _common(trail.kept, after.kept)
    last = desk.db.execute_sql(_LAST, (walk_id,)).fetchone()[0]
    answered_now = act in ("answer", "withdraw") and bool(answer)
    insert_row(
        desk.db,
        WalkStep,
        walk_id=walk_id,
        seq=last + 1,
        act=act,
        node=node,
        answer=answer,
        reason=reason,
        tests=[one.as_json() for one in after.kept[kept_from:]],
        facts={
            "answers_kept": len(trail.given) - (1 if answered_now else 0),
            "kept_from": kept_from,
            "overrides": {name: [o.answer, o.by, o.reason] for name, o in trail.overrides},
        },
        by_id=acting(desk),
        at=desk.instant(),
    )
    return replace(trail, kept=after.kept, steps=last + 1)


def _common(before: tuple[Kept, ...], after: tuple[Kept, ...]) -> int:
    """How many computations both begin with."""
    count = 0
    for left, right in zip(before, after, strict=False):
        if left.as_json() != right.as_json():
            break
        count += 1
    return count
