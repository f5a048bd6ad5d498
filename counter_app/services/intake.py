"""What the customer told: own words apart from the clerk's summary, wishes, when it happened, who they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.db import search as search_index
from counter_app.db.models import CaseWords, Person
from counter_app.domain import roles, text
from counter_app.domain.acquaintance import CUSTOMER_CLASSES, FLAG_COLOURS
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.services import cases, people, staff, undo
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch
from counter_app.services.case_words import words as words_of
from counter_app.services.desk import Desk, Outcome

WISHES = ("repair", "exchange", "refund", "explanation", "resend", "allowance", "compensation")
"""What a customer may want (S0-13, S2-16); several at once."""


def set_intake(
    desk: Desk,
    case_id: int,
    *,
    words: str | None = None,
    summary: str | None = None,
    wishes: tuple[str, ...] | None = None,
    happened_on: date | None = None,
    contact_channel: str | None = None,
    upset: bool | None = None,
    safety: bool | None = None,
    name: str = "",
    phone: str = "",
    about: str | None = None,
    customer_class: str | None = None,
    flags: Mapping[str, str] | None = None,
) -> Outcome[CaseView]:
    """Write down what the customer told; None (for name and phone: nothing) leaves a thing as it is.

    `about` names the product or service where no purchase does (S2-14); `flags` are colours with a note of the
    shop's own, '' takes one down (S4-6, S4-7).
    Raises UserError `case.choice`, `case.happened.future`, `case.customer.unnamed`, `text.…`.
    """
    staff.require(desk, roles.REGISTER)
    changes: dict[str, Any] = {}
    if summary is not None:
        changes["summary"] = text.clean_note(summary, field="summary")
    if wishes is not None:
        changes["wishes"] = _known_wishes(wishes)
    if happened_on is not None:
        if happened_on > desk.today():
            raise UserError("case.happened.future", day=happened_on.isoformat())
        changes["happened_on"] = happened_on
    if contact_channel is not None:
        if contact_channel not in cases.CHANNELS:
            raise UserError("case.choice", field="contact_channel", value=contact_channel[:40])
        changes["contact_channel"] = contact_channel
    changes |= {key: value for key, value in (("upset", upset), ("safety", safety)) if value is not None}
    told = None if words is None else text.clean_note(words, field="words")
    if customer_class is not None and customer_class not in CUSTOMER_CLASSES:
        raise UserError("case.choice", field="customer_class", value=customer_class[:40])
    raised = None if flags is None else _known_flags(flags)
    with desk.db.atomic("IMMEDIATE"):
        row = case_row(case_id)
        if about is not None or raised is not None:
            changes["plan"] = _noted(row.plan or {}, about, raised)
        if name or phone:
            marks = people.find_or_add(desk, name, phone)
            changes |= {
                "person": marks.person_id,
                "customer_masked": marks.customer_masked,
                "phone_masked": marks.phone_masked,
                "phone_hash": marks.phone_hash,
            }
            # The customer's name stands on the form: what was signed before is another form.
            undo.void_signatures(desk, case_id)
        if customer_class is not None:
            _classify(changes.get("person", row.person_id), customer_class)
        if told is not None:
            CaseWords.update(words=told).where(CaseWords.case == case_id).execute()
        touch(desk, case_id, **changes)
        for colour, note in (raised or {}).items():
            if note != (row.plan or {}).get("flags", {}).get(colour, ""):
                add_event(desk, case_id, "flagged", colour=_pair(f"flag.{colour}"), text=note)
        add_event(
            desk, case_id, "intake", fields=sorted([*changes, *(["words"] if told is not None else [])])
        )
        search_index.index_case(desk.db, case_id)
    return Outcome(cases.case(desk, case_id), CHANGED)


def _known_wishes(wishes: tuple[str, ...]) -> list[str]:
    for wish in wishes:
        if wish not in WISHES:
            raise UserError("case.choice", field="wishes", value=wish[:40])
    return [wish for wish in WISHES if wish in wishes]


def _known_flags(flags: Mapping[str, str]) -> dict[str, str]:
    for colour in flags:
        if colour not in FLAG_COLOURS:
            raise UserError("case.choice", field="flags", value=colour[:40])
    return {colour: text.clean_line(note, field="flag") for colour, note in flags.items()}


def _noted(plan: dict[str, Any], about: str | None, flags: dict[str, str] | None) -> dict[str, Any]:
    """The plan with what the visit is about and its flags; neither is on the form that was signed."""
    changed = dict(plan)
    if about is not None:
        changed["about"] = text.clean_line(about, field="about")
    if flags is not None:
        changed["flags"] = {
            colour: note for colour, note in {**plan.get("flags", {}), **flags}.items() if note
        }
    return changed


def _classify(person_id: int | None, customer_class: str) -> None:
    """New, regular or key customer (S2-12): a thing of the person, not of the visit."""
    if person_id is None:
        if customer_class != "new":
            raise UserError("case.customer.unnamed")
        return
    Person.update(kind=customer_class).where(Person.id == person_id).execute()


def _pair(key: str) -> list[str]:
    said = words_of(key)
    return [said.zh, said.en]
