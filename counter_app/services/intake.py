"""What is registered about a visit: words, summary, wishes, time, channel, flags; put right at any time."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.db import search
from counter_app.db.models import Case, CaseWords
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.views import CaseView, EarlierCase
from counter_app.services import case_views, people, rules, staff, undo
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch
from counter_app.services.cases import CHANNELS, ENTRANCES, STANDS
from counter_app.services.desk import Desk, Outcome

_LINES = ("summary",)
_CHOICES = {"stands": STANDS, "contact_channel": CHANNELS, "entrance": ENTRANCES}
_FLAGS = ("buyer_consent", "upset", "safety")
_UNSIGNED = ("upset", "safety", "entrance", "contact_channel", "wishes", "happened_on")
"""Changes of these leave the form as it was signed."""


def set_intake(desk: Desk, case_id: int, **changes: Any) -> Outcome[CaseView]:
    """Change what was registered: `words` (the customer's own, S2-15), `summary` (the clerk's), `wishes` (remedy
    codes, S0-13), `happened_on`, `contact_channel`, `entrance`, `stands`, `buyer_consent`, `upset`, `safety`,
    `name` and `phone` of the customer.

    Raises UserError `case.choice`, `intake.unknown`, `intake.wish`, `intake.future`, `text.…`.
    """
    staff.require(desk, roles.REGISTER)
    values = _checked(desk, changes)
    with desk.db.atomic("IMMEDIATE"):
        row = case_row(case_id)
        if "name" in changes or "phone" in changes:
            values.update(_customer(desk, row, changes))
        if "words" in changes:
            told = text.clean_note(changes["words"], field="words")
            CaseWords.update(words=told).where(CaseWords.case == case_id).execute()
        touch(desk, case_id, **values)
        if not set(changes) <= set(_UNSIGNED):
            undo.void_signatures(desk, case_id)
        add_event(desk, case_id, "intake", fields=sorted(changes))
        search.index_case(desk.db, case_id)
    return Outcome(case_views.case_view(desk, case_row(case_id)), CHANGED)


def history(desk: Desk, case_id: int) -> tuple[EarlierCase, ...]:
    """Earlier cases of the same customer, goods or serial number; a repeat is flagged by `why` (S2-25, S2-26)."""
    row = case_row(case_id)
    return case_views.earlier_cases(row, case_views.case_lines(case_id))


def known_customer(desk: Desk, phone: str) -> tuple[str, int]:
    """Masked name and number of earlier cases of a phone, '' and 0 when it is new (S3-27, S3-28)."""
    hashed = people.phone_hash(desk, phone)
    if not hashed:
        return "", 0
    rows = Case.select().where(Case.phone_hash == hashed).order_by(Case.id.desc())
    latest = rows.first()
    return (latest.customer_masked, rows.count()) if latest is not None else ("", 0)


def _checked(desk: Desk, changes: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name in ("words", "name", "phone"):
            continue
        if name in _CHOICES:
            if value not in _CHOICES[name]:
                raise UserError("case.choice", field=name, value=str(value)[:40])
            values[name] = value
        elif name in _FLAGS:
            values[name] = bool(value)
        elif name in _LINES:
            values[name] = text.clean_note(value, field=name)
        elif name == "wishes":
            values[name] = _wishes(desk, value)
        elif name == "happened_on":
            values[name] = _happened(desk, value)
        else:
            raise UserError("intake.unknown", name=str(name)[:40])
    return values


def _wishes(desk: Desk, codes: Any) -> list[str]:
    known = rules.code_tables(desk)["remedies"]
    wanted = list(dict.fromkeys(str(code) for code in codes))
    for code in wanted:
        if code not in known:
            raise UserError("intake.wish", wish=code[:20])
    return wanted


def _happened(desk: Desk, day: date | None) -> date | None:
    if day is not None and day > desk.today():
        raise UserError("intake.future", day=day.isoformat())
    return day


def _customer(desk: Desk, row: Any, changes: dict[str, Any]) -> dict[str, Any]:
    marks = people.find_or_add(desk, changes.get("name", ""), changes.get("phone", ""))
    return {
        "person": marks.person_id if marks.person_id is not None else row.person_id,
        "customer_masked": marks.customer_masked or row.customer_masked,
        "phone_masked": marks.phone_masked or row.phone_masked,
        "phone_hash": marks.phone_hash or row.phone_hash,
    }
