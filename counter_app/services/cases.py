"""Cases: registering a visit, finding it again, what everybody may write on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from peewee import SQL

from counter_app.db import search as search_index
from counter_app.db.models import (
    Case,
    CaseLine,
    CaseWords,
    DepositMove,
    Document,
    DocumentLine,
    Sale,
    SaleLine,
    Walk,
)
from counter_app.db.models.cases import UNFINISHED
from counter_app.db.numbers import next_number
from counter_app.domain import roles, text
from counter_app.domain.case import State
from counter_app.domain.case_views import CaseRow, CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.quantity import checked_quantity, format_quantity
from counter_app.domain.survey import WAYS
from counter_app.services import case_views, goods_waiting, people, requests, rules, staff
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row, staff_names, touch
from counter_app.services.case_words import words
from counter_app.services.desk import Desk, Outcome
from counter_app.services.sale_state import line_states, returnable_milli

STANDS = ("buyer", "proxy", "gift_recipient")
CHANNELS = ("store", "phone", "online", "email", "app", "social", "wechat", "message")
ENTRANCES = ("", "IN-R", "IN-C", "IN-T", "IN-X", "IN-W", "IN-K", "IN-S")

LISTED = (
    Case.id,
    Case.number,
    Case.state,
    Case.customer_masked,
    Case.phone_masked,
    Case.waiting_for,
    Case.next_due_on,
    Case.closed_at,
    Case.owner,
    Case.business_date,
    Case.updated_at,
)
"""What a list shows of a case itself; its wishes and plan would be read for nothing."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A visit as it is registered. `lines` are pairs of sale line and quantity (thousandths); all of one sale.

    Without a sale a case takes questions, suggestions and complaints. `name` and `phone` are the customer's
    when the sale does not know them; `words` are the customer's own.
    """

    sale_id: int | None = None
    lines: tuple[tuple[int, int], ...] = ()
    stands: str = "buyer"
    buyer_consent: bool = False
    name: str = ""
    phone: str = ""
    contact_channel: str = "store"
    entrance: str = ""
    words: str = ""
    summary: str = ""
    wishes: tuple[str, ...] = ()
    happened_on: date | None = None
    upset: bool = False
    safety: bool = False
    plan: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list shows. `view`: '', mine, open, waiting, overdue, today; `text` is searched."""

    view: str = ""
    text: str = ""
    waiting_for: str = ""


def open_case(desk: Desk, new: NewCase, request_id: str) -> Outcome[CaseView]:
    """Register a visit: its number is given, its lines are reserved, its first walk stands at the chart's start.

    Raises UserError `case.line.overreturned`, `case.line.other_sale`, `case.line.split`,
    `case.line.indivisible`, `case.line.twice`, `case.line.unpaid`, `case.line.not_sent`, `case.line.first_out`,
    `sale.unknown`, `text.…`, `quantity.…`, `request.changed`.
    """
    staff.require(desk, roles.REGISTER)
    _check_words(new)
    wish = _wish(new)
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, "open_case", wish)
        if known is not None:
            return Outcome(case(desk, str(known["number"])), frozenset())
        row = _register(desk, new)
        requests.remember(desk, request_id, "open_case", wish, {"number": row.number}, row.id)
        search_index.index_case(desk.db, row.id)
    return Outcome(case(desk, row.id), frozenset({"case", "sale"}))


def case(desk: Desk, key: int | str) -> CaseView:
    """One case by id or number, whole. Raises UserError `case.unknown`."""
    return case_views.case_view(desk, case_row(key))


def list_cases(
    desk: Desk, wanted: CaseFilter | None = None, before: int | None = None, limit: int = 50
) -> tuple[CaseRow, ...]:
    """Cases newest first; hand the last row's `cursor` back as `before` to page on."""
    wanted = wanted or CaseFilter()
    rows = Case.select(*LISTED).order_by(Case.id.desc()).limit(limit)
    fitting = conditions(desk, wanted)
    if wanted.text.strip():
        within = Case.select(Case.id).where(*fitting).sql() if fitting else None
        rows = rows.where(Case.id << search_index.search(desk.db, wanted.text, limit, before, within))
    else:
        if before is not None:
            fitting.append(Case.id < before)
        if fitting:
            rows = rows.where(*fitting)
    return tuple(_rows(desk, list(rows)))


def rows_of(desk: Desk, ids: Sequence[int]) -> tuple[CaseRow, ...]:
    """These cases as a list shows them, in this order; those that are not there are left out."""
    told = {row.id: row for row in _rows(desk, list(Case.select(*LISTED).where(Case.id << list(ids))))}
    return tuple(told[one] for one in ids if one in told)


def add_note(desk: Desk, case_id: int, note: str) -> Outcome[CaseView]:
    """A remark, signed with name and time by itself (S4-8). Raises UserError `case.note.empty`."""
    return _written(desk, case_id, "note", note)


def customer_told(desk: Desk, case_id: int, what: str, way: str = "") -> Outcome[CaseView]:
    """The customer was told something: when, by whom, what, by which way (S4-11); '' = nobody says which.

    Raises UserError `case.note.empty`, `case.choice`.
    """
    if way and way not in WAYS:
        raise UserError("case.choice", field="way", value=way[:40])
    said = words(f"way.{way}") if way else None
    return _written(
        desk, case_id, "told", what, **({"way": [f"（{said.zh}）", f" {said.en}"]} if said else {})
    )


def set_plan(desk: Desk, case_id: int, **choices: Any) -> Outcome[CaseView]:
    """Choices for the whole visit: `refund_way` (a tender, '' = as it was paid), `collect_tender`, `pay_now`,
    `gifts` (sale line id → back, kept, waived), `freight_back` (分 of freight refunded).

    None takes a choice back. Raises UserError `plan.unknown`, `plan.value`.
    """
    from counter_app.services import plan, undo

    staff.require(desk, roles.REGISTER)
    with desk.db.atomic("IMMEDIATE"):
        row = case_row(case_id)
        changed = plan.changed(row.plan or {}, choices)
        touch(desk, case_id, plan=changed)
        undo.void_signatures(desk, case_id)
        add_event(
            desk, case_id, "chosen", **{key: value for key, value in choices.items() if value is not None}
        )
    return Outcome(case(desk, case_id), CHANGED)


def _written(desk: Desk, case_id: int, kind: str, note: str, **more: Any) -> Outcome[CaseView]:
    staff.require(desk, roles.REGISTER)
    cleaned = text.clean_note(note, field="note")
    if not cleaned:
        raise UserError("case.note.empty")
    with desk.db.atomic("IMMEDIATE"):
        row = case_row(case_id)
        add_event(desk, row.id, kind, text=cleaned, **more)
        touch(desk, row.id)
    return Outcome(case(desk, case_id), CHANGED)


def _check_words(new: NewCase) -> None:
    for value, known, name in (
        (new.stands, STANDS, "stands"),
        (new.contact_channel, CHANNELS, "contact_channel"),
        (new.entrance, ENTRANCES, "entrance"),
    ):
        if value not in known:
            raise UserError("case.choice", field=name, value=str(value)[:40])
    if len({line for line, _ in new.lines}) != len(new.lines):
        raise UserError("case.line.twice")


def _wish(new: NewCase) -> list[object]:
    """What makes two requests the same wish; what the customer said may be put right later."""
    return [new.sale_id, sorted(new.lines), new.stands, new.entrance]


def _register(desk: Desk, new: NewCase) -> Any:
    sale = _sale(new)
    version, chart = rules.current_chart(desk)
    bound = rules.current_rules(desk)
    marks = people.find_or_add(desk, new.name, new.phone) if new.name or new.phone else None
    by, at, today = acting(desk), desk.instant(), desk.today()
    row = Case.create(
        number=next_number(desk.db, "SH", desk.shop.code, today, at),
        state=State.OPEN.value,
        sale=sale.id if sale else None,
        person=marks.person_id if marks else (sale.person_id if sale else None),
        customer_masked=marks.customer_masked if marks else (sale.customer_masked if sale else ""),
        phone_masked=marks.phone_masked if marks else (sale.phone_masked if sale else ""),
        phone_hash=marks.phone_hash if marks else (sale.phone_hash if sale else ""),
        stands=new.stands,
        buyer_consent=new.buyer_consent,
        contact_channel=new.contact_channel,
        entrance=new.entrance,
        opened_at=at,
        business_date=today,
        opened_by=by,
        owner=by,
        chart_version=version.version_id,
        policy_version=bound.versions[rules.SHOP],
        happened_on=new.happened_on,
        summary=text.clean_note(new.summary, field="summary"),
        wishes=list(new.wishes),
        upset=new.upset,
        safety=new.safety,
        plan={**new.plan, "versions": dict(bound.versions)},
        updated_at=at,
    )
    CaseWords.create(case=row.id, words=text.clean_note(new.words, field="words"))
    walk = Walk.create(
        case=row.id,
        seq=1,
        chart_version=version.version_id,
        at_node=chart.start,
        path=[chart.start],
        updated_at=at,
    )
    for line_id, quantity_milli in new.lines:
        reserve(desk, row.id, walk.id, sale, line_id, quantity_milli)
    add_event(desk, row.id, "opened", number=row.number)
    return row


def _sale(new: NewCase) -> Any:
    if new.sale_id is None:
        if new.lines:
            raise UserError("case.line.other_sale")
        return None
    sale = Sale.get_or_none(Sale.id == new.sale_id)
    if sale is None:
        raise UserError("sale.unknown")
    return sale


def reserve(desk: Desk, case_id: int, walk_id: int, sale: Any, line_id: int, quantity_milli: int) -> None:
    """Hold a quantity of a sale line for this case (invariant 1)."""
    line = SaleLine.get_or_none(SaleLine.id == line_id)
    if line is None or sale is None or line.sale_id != sale.id:
        raise UserError("case.line.other_sale")
    _check_handed_over(sale, line.name)
    checked_quantity(quantity_milli, weighed=bool(line.quantity_milli % 1000))
    state = line_states(desk, [line_id])[line_id]
    if state.split:
        raise UserError("case.line.split", name=line.name)
    if line.indivisible and quantity_milli != line.quantity_milli:
        raise UserError(
            "case.line.indivisible", name=line.name, quantity=format_quantity(line.quantity_milli)
        )
    left = returnable_milli(line.quantity_milli, state)
    if quantity_milli > left:
        raise UserError(
            "case.line.overreturned",
            name=line.name,
            wanted=format_quantity(quantity_milli),
            left=format_quantity(left),
            cases=", ".join(state.open_cases) or "–",
        )
    CaseLine.create(case=case_id, walk=walk_id, sale_line=line_id, quantity_milli=quantity_milli)


def _check_handed_over(sale: Any, name: str) -> None:
    """What went out in exchange comes back only once it is paid for and has left the shop, and what it was given
    for is back (invariant 5)."""
    if sale.source != "exchange":
        return
    issue = Document.get(Document.number == sale.extras["document"])
    if goods_waiting.waits_for_money(issue.walk_id):
        raise UserError("case.line.unpaid", name=name, number=issue.number)
    if goods_waiting.to_be_sent(issue.walk_id):
        raise UserError("case.line.not_sent", name=name, number=issue.number)
    if _first_still_out(issue):
        raise UserError("case.line.first_out", name=name, number=issue.number)


def _first_still_out(issue: Any) -> bool:
    """Whether goods were sent first, and neither what they replace came back nor a deposit was kept for it."""
    out = (
        CaseLine.select()
        .join(DocumentLine)
        .where(DocumentLine.document == issue.id, CaseLine.state << ("reserved", "kept"))
    )
    kept = (
        DepositMove.select().join(Document).where(Document.walk == issue.walk_id, DepositMove.kind == "kept")
    )
    return bool(out.exists()) and not kept.exists()


def conditions(desk: Desk, wanted: CaseFilter) -> list[Any]:
    """What a case of this list must be, but for the words searched. Raises UserError `case.choice`."""
    unfinished = SQL(f'"t1".{UNFINISHED}')
    found: list[Any] = []
    if wanted.view == "mine":
        found += [unfinished, Case.owner == acting(desk)]
    elif wanted.view == "open":
        found.append(unfinished)
    elif wanted.view == "waiting":
        found += [unfinished, Case.state.startswith("waiting")]
    elif wanted.view == "overdue":
        found += [unfinished, Case.next_due_on < desk.today()]
    elif wanted.view == "today":
        found.append(Case.business_date == desk.today())
    elif wanted.view:
        raise UserError("case.choice", field="view", value=wanted.view[:40])
    if wanted.waiting_for:
        # The plus keeps SQLite from the index by state: its rows would have to be sorted.
        found += [unfinished, SQL('+"t1"."state" = ?', [f"waiting_{wanted.waiting_for}"])]
    return found


_OF_THESE = "IN (SELECT value FROM json_each(?))"
_GOODS = (
    "SELECT l.case_id, s.name FROM case_line l JOIN sale_line s ON s.id = l.sale_line_id "
    f"WHERE l.case_id {_OF_THESE} ORDER BY l.case_id, l.id"
)
_REMEDIES = f"SELECT case_id, remedies FROM walk WHERE case_id {_OF_THESE} ORDER BY case_id, seq"
_REFUNDED = f"SELECT case_id, SUM(amount_fen) FROM settlement WHERE case_id {_OF_THESE} AND direction = 'out' GROUP BY case_id"


def _rows(desk: Desk, rows: list[Any]) -> list[CaseRow]:
    # Spelled out, not built: a list asks this for every page that is scrolled past.
    asked = (json.dumps([row.id for row in rows]),)
    names, today = staff_names(), desk.today()
    goods: dict[int, list[str]] = {}
    for case_id, name in desk.db.execute_sql(_GOODS, asked).fetchall():
        goods.setdefault(case_id, []).append(name)
    remedies: dict[int, tuple[str, ...]] = {}
    for case_id, told in desk.db.execute_sql(_REMEDIES, asked).fetchall():
        remedies[case_id] = remedies.get(case_id, ()) + _codes(told)
    amounts = dict(desk.db.execute_sql(_REFUNDED, asked).fetchall())
    titles = {state: case_views.state_title(state) for state in {row.state for row in rows}}
    return [
        CaseRow(
            id=row.id,
            number=row.number,
            state=row.state,
            state_title=titles[row.state],
            customer_masked=row.customer_masked,
            phone_masked=row.phone_masked,
            goods="; ".join(goods.get(row.id, ())),
            line_count=len(goods.get(row.id, ())),
            waiting_for=row.waiting_for.partition("|")[0],
            next_due_on=row.next_due_on,
            overdue=row.next_due_on is not None and row.next_due_on < today and row.closed_at is None,
            owner=names.get(row.owner_id, ""),
            business_date=row.business_date,
            amount_fen=amounts.get(row.id, 0),
            remedies=tuple(dict.fromkeys(remedies.get(row.id, ()))),
            updated_at=row.updated_at,
            cursor=row.id,
        )
        for row in rows
    ]


@lru_cache(maxsize=500)
def _codes(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))
