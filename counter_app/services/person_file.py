"""One customer's wishes about their own data: to see them (个人信息保护法 45), to have them erased (47)."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from counter_app import resources
from counter_app.db.models import (
    Attachment,
    Case,
    CaseEvent,
    CaseWords,
    Document,
    Person,
    Reveal,
    Sale,
    SaleLine,
    Signature,
)
from counter_app.domain import roles, text
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.privacy import mask_name, mask_phone
from counter_app.domain.quantity import format_quantity
from counter_app.domain.system_reasons import system_reason
from counter_app.services import (
    attachment_files,
    case_views,
    erasing,
    people,
    retention,
    rules,
    search,
    staff,
)
from counter_app.services.desk import Desk, Outcome
from counter_app.wording import Language

ALL, COPY = "all", "copy"
"""What a look was: at name and phone on the screen, at everything as a file."""


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A customer somebody may mean, masked. `open_cases` are numbers of visits that are not finished."""

    id: int
    name_masked: str
    phone_masked: str
    cases: int
    sales: int
    open_cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RevealView:
    """One look at unmasked data. `what` is `all` or `copy`."""

    at: int
    by: str
    customer: str
    what: str
    why: str


def find(desk: Desk, typed: str) -> tuple[PersonHit, ...]:
    """Customers by a whole phone number, a case number or an order number; where none is meant exactly, by their
    name, its pinyin, a part of the phone or what they bought.

    Raises UserError `staff.right.missing`, `privacy.nobody`.
    """
    staff.require(desk, roles.PERSONAL)
    said = typed.strip()[: text.LINE_LIMIT]
    found = Case.select(Case.person).where(Case.number == said.upper())
    bought = Sale.select(Sale.person).where((Sale.order_no == said) & (Sale.order_no != ""))
    wanted = (Person.id << found) | (Person.id << bought)
    hashed = _hash(desk, said)
    if hashed:
        wanted |= Person.phone_hash == hashed
    rows = list(Person.select().where(wanted, Person.erased_at.is_null()).order_by(Person.id).limit(20))
    if not rows:
        like = [one.person_id for one in search.search_customers(desk, said, 20)]
        known = {row.id: row for row in Person.select().where(Person.id << like)}
        rows = [known[one] for one in like]
    hits = tuple(_hit(desk, row) for row in rows)
    if not hits:
        raise UserError("privacy.nobody", text=said[:40])
    return hits


def erase(desk: Desk, person_id: int, why: str) -> Outcome[int]:
    """Blank everything personal of one customer now, at their wish; money documents stay masked as they are.

    Returns how many visits it touched. Raises UserError `staff.right.missing`, `privacy.why`, `privacy.open` while
    something of theirs is not finished, `person.unknown`, `person.erased`.
    """
    staff.require(desk, roles.KEEP)
    reason = _reason(why)
    with erasing.thoroughly(desk), desk.db.atomic("IMMEDIATE"):
        _person(person_id)
        unfinished = retention.unfinished_of(desk, person_id)
        if unfinished:
            raise UserError("privacy.open", cases=", ".join(unfinished[:5]))
        cases = [row[0] for row in Case.select(Case.id).where(Case.person == person_id).tuples()]
        counts = erasing.erase_cases(desk, cases, "request")
        counts |= erasing.erase_persons(desk, [person_id])
        retention.record(desk, "request", counts, person=person_id, why=reason)
    erasing.remove_files(desk)
    erasing.settle(desk)
    return Outcome(len(cases), retention.CHANGED)


def hand_out(desk: Desk, person_id: int, why: str, path: Path, language: Language) -> Outcome[Path]:
    """Write what is held about one customer to a ZIP file: a text to read or print, and their photos and files.

    That it was handed out, by whom and why, is written down first. Raises UserError `staff.right.missing`,
    `privacy.why`, `person.unknown`, `person.erased`; SurroundingsError `privacy.cannot_write`.
    """
    staff.require(desk, roles.PERSONAL)
    reason = _reason(why)
    by = staff.require_somebody(desk)
    with desk.db.atomic("IMMEDIATE"):
        row = _person(person_id)
        Reveal.create(person=person_id, field=COPY, why=reason, by=by.id, at=desk.instant())
        told = _Told(desk, row, language).text()
        files = _files(desk, person_id)
    part = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("about.txt", "\ufeff" + told)
            for name, file in files:
                if file.is_file():
                    packed.write(file, name)
        part.replace(path)
    except OSError as cause:
        with suppress(OSError):
            part.unlink()
        raise SurroundingsError("privacy.cannot_write", file=str(path), cause=system_reason(cause)) from cause
    return Outcome(path, frozenset({"privacy"}))


def looks(desk: Desk, limit: int = 200) -> tuple[RevealView, ...]:
    """Who looked at whose data and why, newest first. Raises UserError `staff.right.missing`."""
    staff.require(desk, roles.MANAGE_STAFF)
    names = {one.id: one.name for one in staff.list_staff(desk, active_only=False)}
    rows = Reveal.select(Reveal, Person).join(Person).order_by(Reveal.id.desc()).limit(limit)
    return tuple(
        RevealView(row.at, names.get(row.by_id, ""), _masked(row.person), row.field, row.why) for row in rows
    )


def _hash(desk: Desk, said: str) -> str:
    try:
        return people.phone_hash(desk, said)
    except UserError:  # no phone number: a case or an order
        return ""


def _hit(desk: Desk, row: Any) -> PersonHit:
    return PersonHit(
        row.id,
        mask_name(row.name),
        mask_phone(row.phone) if row.phone else "",
        Case.select().where(Case.person == row.id).count(),
        Sale.select().where(Sale.person == row.id).count(),
        retention.unfinished_of(desk, row.id),
    )


def _masked(row: Any) -> str:
    shown = (mask_name(row.name), mask_phone(row.phone) if row.phone else "")
    return " ".join(part for part in shown if part) or f"#{row.id}"


def _person(person_id: int) -> Any:
    row = Person.get_or_none(Person.id == person_id)
    if row is None:
        raise UserError("person.unknown")
    if row.erased_at is not None:
        raise UserError("person.erased")
    return row


def _reason(why: str) -> str:
    reason = text.clean_line(why, field="why")
    if not reason:
        raise UserError("privacy.why")
    return reason


def _files(desk: Desk, person_id: int) -> list[tuple[str, Path]]:
    rows = (
        Attachment.select(Attachment, Case)
        .join(Case)
        .where(Case.person == person_id, Attachment.erased_at.is_null())
        .order_by(Attachment.id)
    )
    return [
        (f"{row.case.number}/{row.id}-{row.name}", desk.folder / attachment_files.relative_path(row.sha256))
        for row in rows
    ]


class _Told:
    """The readable text, section by section."""

    def __init__(self, desk: Desk, person: Any, language: Language) -> None:
        self._desk, self._person, self._language = desk, person, language
        self._words = resources.read_toml("i18n", "privacy.toml")
        self._zone = ZoneInfo(desk.shop.time_zone)

    def text(self) -> str:
        """All of it."""
        by = staff.require_somebody(self._desk).name
        policy = rules.current_rules(self._desk).shop
        lines = [
            self._say("title", shop=self._desk.shop.name),
            self._say("made", at=self._moment(self._desk.instant()), by=by),
            self._say("purpose", months=policy.personal_data_months, years=policy.money_documents_years),
            *self._section("person", self._about()),
            *self._section("sales", self._sales()),
            *self._section("cases", self._cases()),
            *self._section("looks", self._looks()),
        ]
        return "\n".join(lines) + "\n"

    def _about(self) -> list[str]:
        row = self._person
        told = [
            f"{self._say(key)}: {value}"
            for key in ("name", "phone", "contact", "kind", "birthday", "care_note")
            if (value := getattr(row, key))
        ]
        return [*told, f"{self._say('since')}: {self._moment(row.created_at)}"]

    def _sales(self) -> list[str]:
        found = []
        for row in Sale.select().where(Sale.person == self._person.id).order_by(Sale.id):
            paid = f"¥{format_yuan(row.paid_fen)}"
            found.append(self._say("sale", on=row.purchased_on, number=row.order_no or "–", paid=paid))
            for line in SaleLine.select().where(SaleLine.sale == row.id).order_by(SaleLine.line_no):
                quantity = format_quantity(line.quantity_milli)
                said = self._say("line", name=line.name, quantity=quantity, serial=line.serial)
                found.append(f"    {said.rstrip()}")
        return found

    def _cases(self) -> list[str]:
        found = []
        for row in Case.select().where(Case.person == self._person.id).order_by(Case.id):
            found.append(self._say("case", number=row.number, on=row.business_date))
            found += [f"    {line}" for line in self._of_case(row)]
        return found

    def _of_case(self, row: Any) -> list[str]:
        told = CaseWords.get_or_none(CaseWords.case == row.id)
        lines = []
        if told is not None and told.words:
            lines.append(self._say("words", text=told.words))
        if row.summary:
            lines.append(self._say("summary", text=row.summary))
        events = CaseEvent.select().where(CaseEvent.case == row.id, CaseEvent.kind << erasing.REMARKS)
        for event in events.order_by(CaseEvent.seq):
            title = case_views.event_title(event.kind, event.detail)
            said = title.zh if self._language == "zh" else title.en or title.zh
            lines.append(self._say("remark", at=self._moment(event.at), text=said))
        for paper in Document.select().where(Document.case == row.id).order_by(Document.id):
            amount = (
                f"¥{format_yuan(paper.amount_fen)}"
                if paper.amount_fen >= 0
                else f"-¥{format_yuan(-paper.amount_fen)}"
            )
            lines.append(self._say("document", number=paper.number, on=paper.business_date, amount=amount))
        drawn = Signature.select().where(Signature.case == row.id, Signature.strokes.is_null(False)).count()
        if drawn:
            lines.append(self._say("strokes", count=drawn))
        held = Attachment.select().where(Attachment.case == row.id, Attachment.erased_at.is_null())
        lines += [
            self._say("file", name=f"{row.number}/{one.id}-{one.name}")
            for one in held.order_by(Attachment.id)
        ]
        return lines

    def _looks(self) -> list[str]:
        names = {one.id: one.name for one in staff.list_staff(self._desk, active_only=False)}
        rows = Reveal.select().where(Reveal.person == self._person.id).order_by(Reveal.id)
        return [
            self._say("look", at=self._moment(row.at), by=names.get(row.by_id, ""), why=row.why)
            for row in rows
        ]

    def _section(self, title: str, lines: list[str]) -> list[str]:
        return ["", f"== {self._say(title)} ==", *(lines or [self._say("nothing")])]

    def _say(self, key: str, **params: object) -> str:
        said: str = self._words[key][self._language]
        return said.format_map(params)

    def _moment(self, at: int) -> str:
        return f"{datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone):%Y-%m-%d %H:%M}"
