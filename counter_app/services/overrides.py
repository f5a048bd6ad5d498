"""The overrides of a span of days: who went another way than the rules alone would have it, when, over which case."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words
from counter_app.services import staff
from counter_app.services.desk import Desk
from counter_app.services.override_rows import KINDS, ROWS

MOST_DAYS = 400
"""The longest span that is listed at once: a year and what lies around it."""


@dataclass(frozen=True, slots=True)
class Override:
    """One override. `number`: the document or case; `case_id`: the case behind it, None where there is none.
    `reasons`: why an approval was asked for, where it was one."""

    kind: str
    day: date
    number: str
    who: str
    amount_fen: int
    why: str
    case_id: int | None
    reasons: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class ByClerk:
    """How often one person appears, by kind, and over how much (分)."""

    who: str
    counts: tuple[tuple[str, int], ...]
    amount_fen: int

    @property
    def times(self) -> int:
        """All kinds together."""
        return sum(count for _kind, count in self.counts)


def listed(
    desk: Desk, first: date, last: date, *, who: str = "", kinds: Collection[str] = KINDS
) -> tuple[Override, ...]:
    """Every override from `first` to `last`, both in it, the newest first; of one person, or of some kinds.

    For who answers for approvals: raises UserError `staff.right.missing`, `overrides.span`.
    """
    staff.require(desk, roles.APPROVE)
    if not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
        raise UserError("overrides.span", days=MOST_DAYS)
    rows = desk.db.execute_sql(
        f"SELECT kind, day, number, who, amount, why, case_id, reasons FROM ({ROWS}) ORDER BY day DESC, id DESC, kind",
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "begin": _instant(desk, first),
            "end": _instant(desk, last + timedelta(days=1)),
        },
    ).fetchall()
    return tuple(
        Override(
            kind,
            date.fromisoformat(day),
            number,
            clerk or "",
            amount or 0,
            why or "",
            case_id,
            tuple(Words(one["zh"], one["en"]) for one in json.loads(reasons)),
        )
        for kind, day, number, clerk, amount, why, case_id, reasons in rows
        if kind in kinds and (not who or clerk == who)
    )


def by_clerk(found: Collection[Override]) -> tuple[ByClerk, ...]:
    """The same, summed up by person, who has most of them first."""
    told: dict[str, dict[str, int]] = {}
    sums: dict[str, int] = {}
    for one in found:
        counts = told.setdefault(one.who, {})
        counts[one.kind] = counts.get(one.kind, 0) + 1
        sums[one.who] = sums.get(one.who, 0) + abs(one.amount_fen)
    people = [
        ByClerk(who, tuple((kind, counts[kind]) for kind in KINDS if kind in counts), sums[who])
        for who, counts in told.items()
    ]
    return tuple(sorted(people, key=lambda one: (-one.times, one.who)))


def _instant(desk: Desk, day: date) -> int:
    midnight = datetime.combine(day, time(), ZoneInfo(desk.shop.time_zone))
    return int(midnight.astimezone(UTC).timestamp() * 1000)
