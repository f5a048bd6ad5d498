"""Customers: their names and phones in one erasable place, masks and salted hashes everywhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from counter_app.db.models import Case, Person, Reveal, Sale
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import MOBILE
from counter_app.domain.privacy import mask_name, mask_phone, personal_hash
from counter_app.domain.roles import PERSONAL
from counter_app.domain.sale_views import CustomerHit
from counter_app.services import staff
from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class PersonMarks:
    """What other tables may hold of a customer. `person_id` None: nothing was given."""

    person_id: int | None
    customer_masked: str
    phone_masked: str
    phone_hash: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """A customer unmasked."""

    name: str
    phone: str
    contact: str


def phone_hash(desk: Desk, phone: str) -> str:
    """The salted hash by which a phone is found again; empty for no phone. Raises UserError `text.phone`."""
    return personal_hash(bytes.fromhex(desk.shop.salt), text.normalise_phone(phone)) if phone else ""


def marks(desk: Desk, name: str, phone: str) -> PersonMarks:
    """Masks and hash without writing anything."""
    if not phone:
        return PersonMarks(None, mask_name(name), "", "")
    number = phone if MOBILE.fullmatch(phone) else text.normalise_phone(phone)
    salt = bytes.fromhex(desk.shop.salt)
    return PersonMarks(None, mask_name(name), mask_phone(number), personal_hash(salt, number))


def find_or_add(desk: Desk, name: str, phone: str, contact: str = "") -> PersonMarks:
    """The customer with this phone and name, or a new row. Call inside a transaction.

    Known by phone: a missing name is filled in; another name is another person (a family shares a phone).
    """
    name = text.clean_line(name, text.NAME_LIMIT, "customer_name")
    contact = text.clean_line(contact, text.LINE_LIMIT, "contact")
    found = marks(desk, name, phone)
    if not (name or phone or contact):
        return found
    number = text.normalise_phone(phone) if phone else ""
    row = _known(found.phone_hash, name)
    if row is None:
        row = Person.create(
            name=name, phone=number, phone_hash=found.phone_hash, contact=contact, created_at=desk.instant()
        )
    elif name and not row.name:
        row.name = name
        row.save()
    shown = mask_name(name or row.name)
    return PersonMarks(row.id, shown, found.phone_masked, found.phone_hash)


def masked(person_ids: Iterable[int]) -> dict[int, CustomerHit]:
    """These customers as lists show them, by id; whoever was erased is left out."""
    rows = Person.select(Person.id, Person.name, Person.phone).where(
        Person.id << list(person_ids), Person.erased_at.is_null()
    )
    return {
        row.id: CustomerHit(row.id, mask_name(row.name), mask_phone(row.phone) if row.phone else "")
        for row in rows
    }


def reveal(desk: Desk, person_id: int, why: str) -> Revealed:
    """Show who a customer is, unmasked; that it was shown, to whom and why, is written down first.

    Raises UserError `staff.right.missing`, `person.unknown`, `person.erased`, `person.why`.
    """
    staff.require(desk, PERSONAL)
    reason = text.clean_line(why, field="why")
    if not reason:
        raise UserError("person.why")
    with desk.db.atomic("IMMEDIATE"):
        row: Any = Person.get_or_none(Person.id == person_id)
        if row is None:
            raise UserError("person.unknown")
        if row.erased_at is not None:
            raise UserError("person.erased")
        by = desk.staff.id if desk.staff is not None else None
        Reveal.create(person=person_id, field="all", why=reason, by=by, at=desk.instant())
    return Revealed(row.name, row.phone, row.contact)


def reveal_customer(desk: Desk, case_id: int, why: str) -> Revealed:
    """Show whose case it is, or who bought where the case names nobody of its own. Raises as `reveal`."""
    found = (
        Case.select(Case.person, Sale.person)
        .join(Sale, JOIN.LEFT_OUTER, on=(Case.sale == Sale.id))
        .where(Case.id == case_id)
        .tuples()
        .first()
    )
    person_id = next((one for one in found or () if one is not None), None)
    if person_id is None:
        raise UserError("person.unknown")
    return reveal(desk, person_id, why)


class PeopleWriter:
    """Customers of many sales at once: known ones found by phone in one query, new ones written together.

    Lives inside one `db.atomic("IMMEDIATE")`.
    """

    def __init__(self, desk: Desk, hashes: Iterable[str]) -> None:
        self._desk = desk
        rows = Person.select(Person.id, Person.name, Person.phone_hash).where(
            Person.phone_hash.in_([one for one in hashes if one]), Person.erased_at.is_null()
        )
        self._known = {(row.phone_hash, row.name): row.id for row in rows.order_by(Person.id.desc())}
        self._next = int(desk.db.execute_sql("SELECT COALESCE(MAX(id), 0) FROM person").fetchone()[0]) + 1
        self._rows: list[tuple[Any, ...]] = []
        self._at = desk.instant()

    def add(self, found: PersonMarks, name: str, phone: str, contact: str) -> tuple[PersonMarks, bool]:
        """The marks with the customer's id: a known one with this phone and name, or a new one; and whether
        all that is known of the customer was given here."""
        if not (name or phone or contact):
            return found, True
        key = (found.phone_hash, name)
        person_id = self._known.get(key) if found.phone_hash else None
        is_new = person_id is None
        if person_id is None:
            person_id, self._next = self._next, self._next + 1
            self._known[key] = person_id
            self._rows.append((person_id, name, phone, found.phone_hash, contact, self._at))
        return PersonMarks(person_id, found.customer_masked, found.phone_masked, found.phone_hash), is_new

    def flush(self) -> None:
        """Write the new ones."""
        self._desk.db.connection().executemany(
            "INSERT INTO person (id, name, phone, phone_hash, contact, kind, preferred_way, care_note, created_at) "
            "VALUES (?, ?, ?, ?, ?, '', '', '', ?)",
            self._rows,
        )
        self._rows.clear()


def _known(hashed: str, name: str) -> Any:
    if not hashed:
        return None
    rows = Person.select().where(Person.phone_hash == hashed, Person.erased_at.is_null())
    for row in rows.order_by(Person.id):
        if not name or not row.name or row.name == name:
            return row
    return None
