"""What the shop knows of a customer and of goods from earlier visits, before the first question is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from counter_app.db.models import Case, CaseLine, Person, Sale, SaleLine
from counter_app.domain import roles
from counter_app.domain.acquaintance import Acquaintance
from counter_app.domain.case_views import CaseView, EarlierCase
from counter_app.domain.errors import UserError
from counter_app.services import case_views, people, staff
from counter_app.services.case_rows import CHANGED, add_event, case_row, touch
from counter_app.services.desk import Desk, Outcome

REPEAT_DAYS = 90
"""The same trouble again within so many days is a repeat (reference-data §9, K08)."""


def earlier(desk: Desk, case_id: int) -> tuple[EarlierCase, ...]:
    """Earlier cases of the same customer, goods or serial number; `why` says which (S2-25, S2-26)."""
    row = case_row(case_id)
    return case_views.earlier_cases(row, case_views.case_lines(case_id))


def of_case(desk: Desk, case_id: int) -> Acquaintance:
    """Who comes with a case that is open."""
    row = case_row(case_id)
    lines = case_views.case_lines(case_id)
    found = case_views.earlier_cases(row, lines)
    reasons = {line.reason for line in lines if line.reason}
    return _known(row.phone_hash, row.person_id, found, reasons, row.business_date)


def of_sale(desk: Desk, sale_id: int) -> Acquaintance:
    """Who comes with a purchase, before a case is opened. Raises UserError `sale.unknown`."""
    row = Sale.get_or_none(Sale.id == sale_id)
    if row is None:
        raise UserError("sale.unknown")
    lines = list(SaleLine.select(SaleLine.id, SaleLine.serial).where(SaleLine.sale == sale_id))
    found = case_views.cases_like(
        None, row.phone_hash, {line.id for line in lines}, {line.serial for line in lines if line.serial}
    )
    return _known(row.phone_hash, row.person_id, found, set(), desk.today())


def known_customer(desk: Desk, phone: str) -> tuple[str, int]:
    """Masked name and number of cases of a phone, '' and 0 when it is new (S3-27, S3-28)."""
    hashed = people.phone_hash(desk, phone)
    if not hashed:
        return "", 0
    rows = list(Case.select(Case.customer_masked).where(Case.phone_hash == hashed).order_by(Case.id.desc()))
    return (rows[0].customer_masked, len(rows)) if rows else ("", 0)


def link(desk: Desk, case_id: int, number: str) -> Outcome[CaseView]:
    """Tie a case to another one it belongs with (S2-26); each then shows the other among its earlier cases.

    Raises UserError `case.unknown`, `case.link.itself`.
    """
    staff.require(desk, roles.REGISTER)
    with desk.db.atomic("IMMEDIATE"):
        row, other = case_row(case_id), case_row(number.strip().upper())
        if row.id == other.id:
            raise UserError("case.link.itself", number=row.number)
        if other.id not in case_views.linked_ids(row.id):
            for one, another in ((row, other), (other, row)):
                add_event(desk, one.id, "linked", number=another.number, case=another.id)
                touch(desk, one.id)
    return Outcome(case_views.case_view(desk, case_row(case_id)), CHANGED)


def _known(
    phone_hash: str,
    person_id: int | None,
    found: tuple[EarlierCase, ...],
    reasons: Iterable[str],
    on: date,
) -> Acquaintance:
    mine = [one for one in found if "customer" in one.why]
    return Acquaintance(
        earlier=found,
        customer_class=_class(phone_hash, person_id, bool(mine)),
        recognised=bool(phone_hash and mine),
        repeat=_repeats(found, frozenset(reasons), on),
    )


def _class(phone_hash: str, person_id: int | None, came_before: bool) -> str:
    """What the shop wrote down; else a customer with an earlier case or another purchase is a regular one."""
    person: Any = Person.get_or_none(Person.id == person_id) if person_id else None
    if person is not None and person.kind:
        return str(person.kind)
    bought = Sale.select().where(Sale.phone_hash == phone_hash).count() if phone_hash else 0
    return "regular" if came_before or bought > 1 else "new"


def _repeats(found: tuple[EarlierCase, ...], reasons: frozenset[str], on: date) -> bool:
    """The same goods, or the same customer for the same reason, within 90 days; a withdrawn visit is none."""
    near = {
        one.id: one
        for one in found
        if one.state != "withdrawn" and on - one.business_date <= timedelta(days=REPEAT_DAYS)
    }
    if any("goods" in one.why for one in near.values()):
        return True
    if not reasons:
        return False
    same = CaseLine.select().where(CaseLine.case << list(near), CaseLine.reason << list(reasons))
    return bool(same.exists())
