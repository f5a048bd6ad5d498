"""Rows of a case as the frozen views that screens show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import JOIN

from counter_app.db.models import (
    Approval,
    Case,
    CaseEvent,
    CaseLine,
    CaseWords,
    Document,
    SaleLine,
    StockEntry,
    Task,
    Walk,
)
from counter_app.db.reading_sql import rows_beside, rows_of
from counter_app.domain.case_views import CaseLineView, CaseView, EarlierCase, EventView, GoodsMoveView
from counter_app.domain.spoken import Words
from counter_app.domain.walk_views import WalkSummary
from counter_app.services import paper_views, rules, todo_views
from counter_app.services.case_rows import staff_names
from counter_app.services.case_words import code_words, known, plain, words, words_or, yuan
from counter_app.services.desk import Desk


def state_title(state: str) -> Words:
    """What a case state is called."""
    return words_or(f"state.{state}", state)


def case_view(desk: Desk, row: Any, *, whole: bool = True, bare: bool = False) -> CaseView:
    """A case. `whole=False` leaves out the story, the goods moves, the prints and the earlier cases, which
    the counter does not show at every answer; `bare` also walks, papers, money and to-dos: what a sum needs."""
    whole = whole and not bare
    names = staff_names()
    sale = row.sale
    told = CaseWords.get_or_none(CaseWords.case == row.id)
    lines = case_lines(row.id)
    return CaseView(
        id=row.id,
        number=row.number,
        state=row.state,
        state_title=state_title(row.state),
        sale_id=row.sale_id,
        sale_number=sale.order_no if sale else "",
        customer_masked=row.customer_masked,
        phone_masked=row.phone_masked,
        stands=row.stands,
        buyer_consent=bool(row.buyer_consent),
        contact_channel=row.contact_channel,
        entrance=row.entrance,
        opened_at=row.opened_at,
        business_date=row.business_date,
        opened_by=names.get(row.opened_by_id, ""),
        owner=names.get(row.owner_id, ""),
        happened_on=row.happened_on,
        words=told.words if told else "",
        summary=row.summary,
        wishes=tuple(row.wishes or ()),
        upset=bool(row.upset),
        safety=bool(row.safety),
        waiting_for=row.waiting_for,
        waiting_title=waiting_title(row.waiting_for),
        next_due_on=row.next_due_on,
        closed_at=row.closed_at,
        updated_at=row.updated_at,
        plan=row.plan or {},
        chart_version_id=row.chart_version_id,
        policy_version_id=row.policy_version_id,
        lines=lines,
        walks=() if bare else walk_summaries(desk, row.id, lines),
        events=events(desk, row, names) if whole else (),
        documents=() if bare else paper_views.documents(row.id, names),
        settlements=() if bare else paper_views.settlements_of(desk, row.id),
        deposits=() if bare else paper_views.deposits(row.id),
        goods=goods_moves(row.id) if whole else (),
        approvals=todo_views.approvals(desk, Approval.case == row.id, names),
        tasks=() if bare else todo_views.tasks(desk, Task.case == row.id),
        attachments=paper_views.attachments(row.id),
        signatures=() if bare else paper_views.signatures(row.id),
        prints=paper_views.prints(row.id) if whole else (),
        earlier=earlier_cases(row, lines) if whole else (),
    )


def waiting_title(waiting_for: str) -> Words:
    """What a case waits for. A wait of the chart was kept with its title: `node|zh|en`."""
    node, _, rest = waiting_for.partition("|")
    zh, _, en = rest.partition("|")
    return Words(zh, en) if zh else words_or(f"waiting.{node}", node)


def case_lines(case_id: int) -> tuple[CaseLineView, ...]:
    """The lines of a case in order."""
    return tuple(_line(row) for row in rows_beside(CaseLine, "sale_line", case=case_id))


def _line(row: Any) -> CaseLineView:
    sold = row.sale_line
    share = sold.paid_fen * row.quantity_milli // sold.quantity_milli
    return CaseLineView(
        id=row.id,
        walk_id=row.walk_id,
        sale_line_id=sold.id,
        state=row.state,
        name=sold.name,
        model=sold.model,
        barcode=sold.barcode,
        serial=sold.serial,
        category=sold.category,
        quantity_milli=row.quantity_milli,
        sold_milli=sold.quantity_milli,
        unit_price_fen=sold.unit_price_fen,
        paid_fen=share,
        received_milli=row.received_milli,
        accepted_milli=row.accepted_milli,
        damaged_milli=row.damaged_milli,
        rejected_milli=row.rejected_milli,
        reason=row.reason,
        liability=row.liability,
        condition=row.condition,
        disposition=row.disposition,
        checked_serial=row.serial,
        checks=row.checks or {},
        deduction_fen=row.deduction_fen,
        deduction_reason=row.deduction_reason,
        note=row.note,
        product_id=sold.product_id,
        flaw=sold.flaw,
    )


def walk_summaries(desk: Desk, case_id: int, lines: Iterable[CaseLineView]) -> tuple[WalkSummary, ...]:
    """The walks of a case, with the lines each of them decides."""
    found = []
    for row in rows_of(Walk, order="seq", case=case_id):
        version = rules.version_of(desk, row.chart_version_id)
        chart = rules.chart_of(desk, version)
        node = chart.nodes.get(row.at_node)
        result = row.result or {}
        found.append(
            WalkSummary(
                id=row.id,
                seq=row.seq,
                state=row.state,
                at_node=row.at_node,
                at_title=node.words if node else Words(),
                path=tuple(row.path),
                remedies=tuple(row.remedies),
                remedy_titles=tuple(code_words("remedies", code) for code in row.remedies),
                chart_version_id=row.chart_version_id,
                chart_hash=version.hash,
                line_ids=tuple(line.id for line in lines if line.walk_id == row.id),
                settled=bool(result.get("settled")) and row.state == "ended",
            )
        )
    return tuple(found)


def events(desk: Desk, row: Any, names: dict[int, str]) -> tuple[EventView, ...]:
    """The story of a case, oldest first."""
    found = rows_of(CaseEvent, order="seq", case=row.id)
    return tuple(
        EventView(
            item.seq,
            item.kind,
            event_title(item.kind, _told(item)),
            item.detail,
            names.get(item.by_id, ""),
            item.at,
        )
        for item in found
    )


def _told(event: Any) -> dict[str, Any]:
    """What a line of the story says; in the place of words that were erased it says so."""
    told: dict[str, Any] = dict(event.detail)
    if event.erased_at is None:
        return told
    gone = words("erasure.gone")
    return {name: [gone.zh, gone.en] for name in ("text", "note", "name")} | told


def event_title(kind: str, detail: dict[str, Any]) -> Words:
    """One line of the story in words. Titles kept with the event are pairs of Chinese and English."""
    if not known(f"event.{kind}"):
        return plain(kind)
    params: dict[str, object] = {"way": Words(), "what": "", "reason": ""} | {
        name: Words(*value) if isinstance(value, list) and len(value) == 2 else value
        for name, value in detail.items()
    }
    if "amount_fen" in detail:
        params["amount"] = yuan(detail["amount_fen"])
    if kind == "state":
        params["state"] = state_title(str(detail.get("to", "")))
    if isinstance(detail.get("numbers"), list):
        params["numbers"] = " ".join(detail["numbers"])
    try:
        said = words(f"event.{kind}", **params)
    except KeyError:  # an event written without one of the words its sentence has room for
        return plain(kind)
    return Words(said.zh.strip(), said.en.strip())


def goods_moves(case_id: int) -> tuple[GoodsMoveView, ...]:
    """The rows of the stock ledger that concern a case."""
    rows = (
        StockEntry.select(StockEntry, CaseLine, SaleLine, Document)
        .join(CaseLine, JOIN.LEFT_OUTER, on=(StockEntry.case_line == CaseLine.id))
        .switch(StockEntry)
        .join(SaleLine, JOIN.LEFT_OUTER, on=(StockEntry.sale_line == SaleLine.id))
        .switch(StockEntry)
        .join(Document, JOIN.LEFT_OUTER, on=(StockEntry.document == Document.id))
        .where(
            StockEntry.case_line.in_(CaseLine.select(CaseLine.id).where(CaseLine.case == case_id))
            | StockEntry.document.in_(Document.select(Document.id).where(Document.case == case_id))
        )
        .order_by(StockEntry.seq)
    )
    return tuple(
        GoodsMoveView(
            row.kind,
            row.sale_line.name if row.sale_line_id else "",
            row.from_place,
            row.to_place,
            row.quantity_milli,
            row.serial,
            row.document.number if row.document_id else "",
            row.at,
        )
        for row in rows
    )


def earlier_cases(row: Any, lines: Iterable[CaseLineView], most: int = 20) -> tuple[EarlierCase, ...]:
    """Other cases of the same customer, sale line or serial: service history and repeats (S2-25, S2-26)."""
    shown = tuple(lines)
    sale_lines = {line.sale_line_id for line in shown}
    serials = {serial for line in shown for serial in (line.serial, line.checked_serial) if serial}
    return cases_like(row.id, row.phone_hash, sale_lines, serials, most)


def cases_like(
    case_id: int | None, phone_hash: str, sale_lines: set[int], serials: set[str], most: int = 20
) -> tuple[EarlierCase, ...]:
    """Cases of this customer, of these sale lines or serials, and those tied to the case; newest first."""
    found: dict[int, tuple[Any, set[str]]] = {}
    if phone_hash:
        for other in _others(case_id).where(Case.phone_hash == phone_hash).limit(most):
            found[other.id] = (other, {"customer"})
    if sale_lines or serials:
        same = CaseLine.sale_line << sale_lines
        if serials:
            same |= CaseLine.sale_line << SaleLine.select(SaleLine.id).where(SaleLine.serial << serials)
        goods = _others(case_id).where(Case.id << CaseLine.select(CaseLine.case).where(same)).limit(most)
        for other in goods:
            found.setdefault(other.id, (other, set()))[1].add("goods")
    if case_id is not None:
        for other in _others(case_id).where(Case.id << linked_ids(case_id)):
            found.setdefault(other.id, (other, set()))[1].add("linked")
    newest = sorted(found.values(), key=lambda pair: -pair[0].id)[:most]
    remedies: dict[int, list[str]] = {}
    for walk in Walk.select(Walk.case, Walk.remedies).where(Walk.case << [other.id for other, _ in newest]):
        remedies.setdefault(walk.case_id, []).extend(walk.remedies)
    return tuple(
        EarlierCase(
            other.id,
            other.number,
            other.business_date,
            other.state,
            state_title(other.state),
            tuple(sorted(why)),
            tuple(remedies.get(other.id, ())),
        )
        for other, why in newest
    )


def linked_ids(case_id: int) -> list[int]:
    """Cases that somebody tied to this one."""
    rows = CaseEvent.select(CaseEvent.detail).where(CaseEvent.case == case_id, CaseEvent.kind == "linked")
    return [int(row.detail["case"]) for row in rows]


def _others(case_id: int | None) -> Any:
    rows = Case.select().order_by(Case.id.desc())
    return rows if case_id is None else rows.where(Case.id != case_id)
