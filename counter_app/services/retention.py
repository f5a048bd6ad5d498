"""Personal data are kept as long as the shop's rule says (个人信息保护法 19, 47), then blanked: by themselves in a
quiet moment, or when somebody asks for it.

A visit is due `personal_data_months` after it ended; a customer is due when everything of theirs is. What is
open stays: a visit that is not finished, a complaint, a task, a claim, a deposit or money that is owed, and every
other visit of the same purchase or customer.
"""

from __future__ import annotations

import calendar
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.db.models import Erasure, Setting
from counter_app.domain import roles
from counter_app.domain.case import FINAL
from counter_app.services import deposits, erasing, rules, settings, settling, staff
from counter_app.services.desk import Desk, Outcome

AT_ONCE = 20
"""Visits and customers in one transaction: a posting that begins meanwhile waits some hundredths of a second."""
NOTICE_DAYS = 7
"""So many different days the program must have been open since something became due before it blanks by itself:
the owner sees it coming, and a clock that was wrong for a day erases nothing."""
SEEN = "retention.seen"
CHANGED = frozenset({"case", "sale", "privacy"})

_ENDED = ", ".join(f"'{state.value}'" for state in sorted(FINAL))
_LIVE = f"""
    ({{0}}.state NOT IN ({_ENDED}) OR COALESCE({{0}}.closed_at, {{0}}.updated_at) >= :cutoff
     OR EXISTS (SELECT 1 FROM task t WHERE t.case_id = {{0}}.id AND t.done_at IS NULL)
     OR EXISTS (SELECT 1 FROM claim m WHERE m.case_id = {{0}}.id AND m.closed_at IS NULL))
"""
_RELATED = (
    "o.sale_id = c.sale_id",
    "o.person_id = c.person_id",
    "o.phone_hash = c.phone_hash AND c.phone_hash <> ''",
    "o.reopened_from_id = c.id",
    "o.id = c.reopened_from_id",
)
_CASES = f"""
    SELECT c.id FROM case_file c LEFT JOIN case_words w ON w.case_id = c.id
    WHERE (w.erased_at IS NULL OR w.erased_at < COALESCE(c.closed_at, c.updated_at))
    AND c.state IN ({_ENDED}) AND COALESCE(c.closed_at, c.updated_at) < :cutoff AND NOT {_LIVE.format("c")}
    {"".join(f" AND NOT EXISTS (SELECT 1 FROM case_file o WHERE {same} AND {_LIVE.format('o')})" for same in _RELATED)}
    AND c.id NOT IN (SELECT value FROM json_each(:kept)) LIMIT :most
"""
_PERSONS = f"""
    SELECT p.id FROM person p WHERE p.erased_at IS NULL AND p.created_at < :cutoff
    AND NOT EXISTS (SELECT 1 FROM sale s WHERE s.person_id = p.id AND s.recorded_at >= :cutoff)
    AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.person_id = p.id AND {_LIVE.format("c")})
    AND NOT EXISTS (SELECT 1 FROM sale s JOIN case_file c ON c.sale_id = s.id
                    WHERE s.person_id = p.id AND {_LIVE.format("c")})
    AND (p.phone_hash = '' OR NOT EXISTS (SELECT 1 FROM case_file c
                                          WHERE c.phone_hash = p.phone_hash AND {_LIVE.format("c")}))
    AND p.id NOT IN (SELECT value FROM json_each(:kept)) ORDER BY p.id LIMIT :most
"""
_FORMS = f"""
    SELECT a.id FROM attachment a JOIN case_file c ON c.id = a.case_id
    WHERE a.kind = 'signed_form' AND a.erased_at IS NULL AND NOT {_LIVE.format("c")} ORDER BY a.id LIMIT :most
"""
"""Signed forms are vouchers: they go with the money documents' years, not with the months."""
_STILL_OPEN = f"""
    SELECT COUNT(*) FROM case_file c WHERE c.opened_at < :cutoff AND {_LIVE.format("c")}
    AND COALESCE(c.closed_at, c.updated_at) < :cutoff
"""

_OF_PERSON = f"""
    SELECT c.id, c.number, {_LIVE.format("c")} FROM case_file c LEFT JOIN sale s ON s.id = c.sale_id
    WHERE c.person_id = :person OR s.person_id = :person ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class Due:
    """What the rule says now: everything that ended up to `through` (a day). `kept_open`: visits as old that stay
    because something of them is open. `by_itself_in`: working days until it happens by itself, 0 = now."""

    months: int
    through: date
    persons: int
    cases: int
    forms: int
    kept_open: int
    by_itself_in: int

    @property
    def total(self) -> int:
        """How much there is to do."""
        return self.persons + self.cases + self.forms


@dataclass(frozen=True, slots=True)
class ErasureView:
    """One line of what was blanked. `counts` by kind; `by` is empty when the rule did it by itself."""

    at: int
    way: str
    through: date | None
    why: str
    counts: Mapping[str, int]
    by: str


def due(desk: Desk) -> Due:
    """What would be blanked now, without blanking anything."""
    months, through, cutoff = _term(desk)
    cases, persons, forms = _all_due(desk, cutoff)
    kept = desk.db.connection().execute(_STILL_OPEN, {"cutoff": cutoff}).fetchone()[0]
    left = max(0, NOTICE_DAYS - len(settings.setting(desk, SEEN)))
    return Due(months, through, len(persons), len(cases), len(forms), int(kept), left)


def erase_due(desk: Desk, limit: int = AT_ONCE) -> Outcome[int]:
    """Blank up to `limit` visits and customers that are due; returns how many were done, 0 when nothing is left.

    Raises UserError `staff.right.missing`; SurroundingsError `privacy.file_stays`.
    """
    staff.require(desk, roles.KEEP)
    outcome = _erase(desk, limit)
    if not outcome.value:
        _settle(desk)
    return outcome


def tend(desk: Desk, limit: int = AT_ONCE) -> Outcome[int]:
    """One quiet moment: blank a little of what is due, in nobody's name, once it was due on enough days.

    Returns how many were done; 0 when there is nothing (more) to do now.
    """
    _months, _through, cutoff = _term(desk)
    if not any(_all_due(desk, cutoff, 1)):
        if settings.setting(desk, SEEN):
            _settle(desk)
        return Outcome(0, frozenset())
    if not _noticed(desk):
        return Outcome(0, frozenset())
    return _erase(_nobody(desk), limit)


def history(desk: Desk, limit: int = 200) -> tuple[ErasureView, ...]:
    """What was blanked, newest first."""
    rows = Erasure.select().order_by(Erasure.id.desc()).limit(limit)
    names = {one.id: one.name for one in staff.list_staff(desk, active_only=False)}
    return tuple(
        ErasureView(row.at, row.way, row.through, row.why, row.counts, names.get(row.by_id, ""))
        for row in rows
    )


def record(
    desk: Desk,
    way: str,
    counts: Mapping[str, int],
    *,
    person: int | None = None,
    through: date | None = None,
    why: str = "",
) -> None:
    """Write down that something was blanked. Inside the transaction that blanks it."""
    Erasure.create(
        way=way,
        person=person,
        through=through,
        why=why,
        counts={kind: number for kind, number in counts.items() if number},
        by=None if desk.staff is None else desk.staff.id,
        at=desk.instant(),
        business_date=desk.today(),
    )


def _erase(desk: Desk, limit: int) -> Outcome[int]:
    since = desk.instant()
    _months, through, cutoff = _term(desk)
    with erasing.thoroughly(desk), desk.db.atomic("IMMEDIATE"):
        cases, persons, forms = _all_due(desk, cutoff, limit)
        counts: Counter[str] = Counter()
        if cases:
            counts.update(erasing.erase_cases(desk, cases, "retention"))
        if persons:
            counts.update(erasing.erase_persons(desk, persons))
        if forms:
            counts.update(erasing.erase_forms(desk, forms))
        if cases or persons or forms:
            record(desk, "retention", counts, through=through)
    erasing.remove_files(desk, since)
    done = len(cases) + len(persons) + len(forms)
    return Outcome(done, CHANGED if done else frozenset())


def _settle(desk: Desk) -> None:
    """The last of it: nothing is due any more."""
    _note_seen(desk, [])
    erasing.remove_files(desk)
    erasing.settle(desk)


def _term(desk: Desk) -> tuple[int, date, int]:
    """Months kept, the last day whose ends are due, and the first instant that is kept."""
    months = rules.current_rules(desk).shop.personal_data_months
    through = _months_before(desk.today(), months)
    return months, through, _begin(desk, through)


def _begin(desk: Desk, day: date) -> int:
    begins = datetime.combine(day, time(), ZoneInfo(desk.shop.time_zone)).astimezone(UTC)
    return int(begins.timestamp() * 1000)


ALL = -1


def _all_due(desk: Desk, cutoff: int, most: int = ALL) -> tuple[list[int], list[int], list[int]]:
    """Ids of the visits, customers and signed forms that are due, together at most so many."""
    owing = {one.case_id for one in settling.owed(desk)} | {one.case_id for one in deposits.held(desk)}
    owing.discard(None)
    years = rules.current_rules(desk).shop.money_documents_years
    vouchers = _begin(desk, _months_before(desk.today(), 12 * years))
    cases = _ids(desk, _CASES, cutoff, most, owing)
    persons = _ids(desk, _PERSONS, cutoff, most if most < 0 else most - len(cases), persons_of(desk, owing))
    left = most if most < 0 else most - len(cases) - len(persons)
    return cases, persons, _ids(desk, _FORMS, vouchers, left, set())


def _ids(desk: Desk, sql: str, cutoff: int, most: int, kept: set[int]) -> list[int]:
    asked = {"cutoff": cutoff, "most": most, "kept": json.dumps(sorted(kept))}
    return [int(row[0]) for row in desk.db.connection().execute(sql, asked)]


def _months_before(day: date, months: int) -> date:
    """The same day so many months before; a day that month has not is its last day (民法典 202)."""
    years, index = divmod(day.year * 12 + day.month - 1 - months, 12)
    year, month = max(years, date.min.year), index + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def unfinished_of(desk: Desk, person_id: int) -> tuple[str, ...]:
    """Numbers of visits of a customer, or of what they bought, that are open or hold money, tasks or claims."""
    asked = {"person": person_id, "cutoff": desk.instant() + 1}
    rows = desk.db.connection().execute(_OF_PERSON, asked).fetchall()
    held = {one.case_id for one in deposits.held(desk)} if rows else set()
    return tuple(
        number for case_id, number, live in rows if live or case_id in held or settling.owed(desk, case_id)
    )


def persons_of(desk: Desk, case_ids: set[Any]) -> set[int]:
    """The customers of these cases: who came, and who bought."""
    marks = ", ".join("?" * len(case_ids))
    rows = desk.db.execute_sql(
        f"SELECT c.person_id, s.person_id FROM case_file c LEFT JOIN sale s ON s.id = c.sale_id WHERE c.id IN ({marks})",
        tuple(case_ids),
    ).fetchall()
    return {int(one) for row in rows for one in row if one is not None}


def _noticed(desk: Desk) -> bool:
    """Count today among the days on which the program saw that something is due; whether they are enough."""
    today = desk.today().isoformat()
    seen = [day for day in settings.setting(desk, SEEN) if day < today]
    enough = len(seen) >= NOTICE_DAYS
    _note_seen(desk, [*seen[-NOTICE_DAYS:], today])
    return enough


def _note_seen(desk: Desk, days: list[str]) -> None:
    if settings.setting(desk, SEEN) != days:
        Setting.insert(key=SEEN, value=days, at=desk.instant()).on_conflict(
            conflict_target=[Setting.key], preserve=[Setting.value, Setting.at, Setting.by]
        ).execute()


def _nobody(desk: Desk) -> Desk:
    return Desk(desk.db, desk.folder, None, desk.clock, desk.shop)
