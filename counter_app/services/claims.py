"""Claims for goods: back to the supplier (退厂) and against the courier (追究快递, S4-23), from asking to the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peewee import fn

from counter_app.db import ledger, search
from counter_app.db.models import Claim, ClaimEvent, GoodsLine, Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, slips, text
from counter_app.domain.claims import CLAIM_KINDS, CLAIM_STEPS, OUTCOMES, ClaimKind
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import ClaimView
from counter_app.domain.money import MOST_FEN
from counter_app.domain.spoken import Words
from counter_app.domain.stock_room import DEFECTIVE, OUTSIDE, PLACES, TO_SUPPLIER
from counter_app.services import claim_views, goods_papers, holdings, requests, staff, stock_moves, tasks
from counter_app.services.case_rows import acting, add_event, case_row, touch
from counter_app.services.case_words import words
from counter_app.services.claim_views import row_of
from counter_app.services.desk import Desk, Outcome
from counter_app.services.goods_papers import Piece

CHANGED = frozenset({"stock", "task", "case"})
TASK = "goods_claim"
ANSWER_DAYS = 14
"""A claim without a day of its own is asked after in two weeks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Goods of a new claim: where they lie and how much of them."""

    place: str
    product_id: int | None
    case_line_id: int | None
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim to be opened. `asked_fen` in 分; a courier's names its parcel; `case` is a number or ""."""

    kind: str
    party: str
    reason: str
    asked_fen: int
    goods: tuple[Wanted, ...] = ()
    parcel: str = ""
    insured: bool = False
    due_on: date | None = None
    case: str = ""
    task_id: int | None = None


def open_claim(desk: Desk, new: NewClaim, request_id: str) -> Outcome[ClaimView]:
    """Open a claim: its paper, its number, its to-do. A supplier's goods go to V4 meanwhile.

    Raises UserError `claim.…`, `goods.…`, `text.…`, `request.…`.
    """
    known = CLAIM_KINDS.get(new.kind)
    staff.require(desk, roles.REGISTER if known is None else known.right)
    told = _checked(desk, new)
    wish = _plain(told)
    with desk.db.atomic("IMMEDIATE"):
        before = requests.earlier(desk, request_id, CLAIM_KINDS[told.kind].prefix, wish)
        if before is not None:
            return Outcome(claim_views.claim(desk, str(before["number"])), frozenset())
        claim_id = _write(desk, told, request_id, wish)
    return Outcome(claim_views.claim(desk, claim_id), CHANGED)


def step(
    desk: Desk,
    claim_id: int,
    state: str,
    request_id: str,
    *,
    amount_fen: int = 0,
    note: str = "",
    place: str = DEFECTIVE,
    due_on: date | None = None,
) -> Outcome[ClaimView]:
    """A claim goes on: sent (the goods leave), answered, credited, replaced, refused (goods come back), closed.

    Raises UserError `claim.step`, `claim.amount`, `claim.place`, `request.…`, `guard.…`.
    """
    if not staff.may(desk, roles.STOCK):
        staff.require(desk, roles.REGISTER)
    row = row_of(claim_id)
    staff.require(desk, CLAIM_KINDS[row.kind].right)
    said = text.clean_note(note, field="note")
    wish = [claim_id, state, amount_fen, said, place, due_on.isoformat() if due_on else ""]
    with desk.db.atomic("IMMEDIATE"):
        if requests.earlier(desk, request_id, "claim_step", wish) is not None:
            return Outcome(claim_views.claim(desk, claim_id), frozenset())
        row = row_of(claim_id)
        if state not in CLAIM_STEPS[row.state]:
            raise UserError("claim.step", number=row.document.number)
        if not 0 <= amount_fen <= MOST_FEN or (state == "credited" and not amount_fen):
            raise UserError("claim.amount")
        if CLAIM_KINDS[row.kind].moves_goods:
            _goods(desk, row, state, place)
        requests.remember(desk, request_id, "claim_step", wish, {"claim": claim_id}, row.case_id)
        _go_on(desk, row, state, amount_fen if state == "credited" else 0, said, due_on)
    return Outcome(claim_views.claim(desk, claim_id), CHANGED)


def follow_task(desk: Desk, task_id: int, told: NewClaim, result: str, paid_fen: int, note: str) -> None:
    """A claim written down behind a to-do of a case stands in the register too. Inside the caller's transaction."""
    row = Claim.get_or_none(Claim.task == task_id)
    if row is None:
        kept = _checked(desk, told)
        claim_id = _write(desk, kept, f"claim-of-task-{task_id}", _plain(kept))
        row = row_of(claim_id)
        _go_on(desk, row, "sent", 0, "", None)
        row = row_of(claim_id)
    if result and row.closed_at is None:
        outcome = "credited" if result == "paid" else "refused"
        if outcome in CLAIM_STEPS[row.state]:
            _go_on(desk, row, outcome, paid_fen, note, None)
            _go_on(desk, row_of(row.id), "closed", 0, "", None)


# --- inside a transaction ---------------------------------------------------------------------------


def _write(desk: Desk, told: NewClaim, request_id: str, wish: Any) -> int:
    kind = CLAIM_KINDS[told.kind]
    pieces = [_piece(desk, told, wanted) for wanted in told.goods]
    case = case_row(told.case) if told.case else None
    due = told.due_on or date.fromordinal(desk.today().toordinal() + ANSWER_DAYS)
    number = goods_papers.new_number(desk, kind.prefix)
    slip = slips.GoodsClaim(
        number=number,
        case_number=case.number if case is not None else number,
        on=desk.today().isoformat(),
        shop=goods_papers.shop_head(desk),
        hands=slips.Hands(clerk=desk.staff.name if desk.staff else ""),
        against=told.kind,
        party=told.party,
        parcel=told.parcel,
        insured=told.insured,
        lines=goods_papers.slip_lines(pieces),
        reason=told.reason,
        amount_fen=told.asked_fen,
        due=due.isoformat(),
    )
    paper = goods_papers.post(
        desk,
        number,
        kind.prefix,
        request_id,
        wish,
        pieces,
        slip,
        amount_fen=told.asked_fen,
        case_id=case.id if case is not None else None,
    )
    claim_id = insert_row(
        desk.db,
        Claim,
        document_id=paper.id,
        kind=told.kind,
        party=told.party,
        reason=told.reason,
        parcel=told.parcel,
        insured=told.insured,
        asked_fen=told.asked_fen,
        due_on=due,
        case_id=case.id if case is not None else None,
        task_id=told.task_id,
        opened_at=desk.instant(),
        business_date=desk.today(),
        updated_at=desk.instant(),
    )
    _event(desk, claim_id, "open", told.asked_fen, told.reason)
    if told.task_id is None:
        what = f"{number} {told.party}"
        tasks.add_task(
            desk,
            case_id=case.id if case is not None else None,
            walk_id=None,
            kind=TASK,
            what=Words(what, what),
            role=kind.role,
            due_on=due,
            node=number,
        )
    if case is not None:
        add_event(desk, case.id, "goods_claim", number=number, text=told.party, amount_fen=told.asked_fen)
        touch(desk, case.id)
        search.index_case(desk.db, case.id)
    return claim_id


def _piece(desk: Desk, told: NewClaim, wanted: Wanted) -> Piece:
    """Goods of a claim; those that go with it are brought to V4 first, or are there already."""
    one = holdings.holding(desk, wanted.place, wanted.product_id, wanted.case_line_id)
    stock_moves.check_quantity(one, wanted.quantity_milli)
    if CLAIM_KINDS[told.kind].moves_goods and wanted.place != TO_SUPPLIER:
        stock_moves.shift_goods(desk, one, wanted.quantity_milli, TO_SUPPLIER, told.reason)
        one = holdings.holding(desk, TO_SUPPLIER, wanted.product_id, wanted.case_line_id)
    return Piece(one, wanted.quantity_milli, told.reason)


def _goods(desk: Desk, row: Any, state: str, place: str) -> None:
    """Goods leave when a claim is sent; what a supplier replaces or sends back comes in as the shop's own."""
    lines = list(GoodsLine.select().where(GoodsLine.document == row.document_id).order_by(GoodsLine.line_no))
    if state == "sent":
        for line in lines:
            there = holdings.holding(desk, TO_SUPPLIER, line.product_id, line.case_line_id)
            if there.quantity_milli < line.quantity_milli:
                raise UserError("goods.not_there")
            _enter(desk, row, line, "disposed", TO_SUPPLIER, OUTSIDE, there.serial)
    elif state in ("replaced", "refused"):
        if place not in PLACES or (place in ("V1", "V2", "V13") and state == "refused"):
            raise UserError("claim.place")
        for line in lines:
            if line.product_id is not None:
                _enter(desk, row, line, "supplied", OUTSIDE, place, "")


def _enter(desk: Desk, row: Any, line: Any, kind: str, from_place: str, to_place: str, serial: str) -> None:
    ledger.append_stock(
        desk.db,
        kind=kind,
        from_place=from_place,
        to_place=to_place,
        quantity_milli=line.quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=line.product_id,
        case_line_id=line.case_line_id if kind == "disposed" else None,
        document_id=row.document_id,
        serial=serial,
        batch_no=line.batch_no if kind == "disposed" else "",
    )


def _go_on(desk: Desk, row: Any, state: str, amount_fen: int, note: str, due_on: date | None) -> None:
    changes: dict[str, Any] = {"state": state, "updated_at": desk.instant()}
    if state in OUTCOMES:
        changes.update(outcome=state, got_fen=amount_fen)
    if due_on is not None:
        changes["due_on"] = due_on
    if state == "closed":
        changes["closed_at"] = desk.instant()
    _event(desk, row.id, state, amount_fen, note)
    Claim.update(**changes).where(Claim.id == row.id).execute()
    number = row.document.number
    if state == "closed":
        Task.update(done_at=desk.instant(), done_by=acting(desk), result=row.outcome or state).where(
            Task.kind == TASK, Task.node == number, Task.done_at.is_null()
        ).execute()
    elif due_on is not None:
        Task.update(due_on=due_on).where(
            Task.kind == TASK, Task.node == number, Task.done_at.is_null()
        ).execute()
    if row.case_id is not None:
        said = words(f"claim_state.{state}")
        add_event(
            desk,
            row.case_id,
            "goods_claim_step",
            number=number,
            what=[said.zh, said.en],
            amount_fen=amount_fen,
        )
        touch(desk, row.case_id)


def _event(desk: Desk, claim_id: int, state: str, amount_fen: int, note: str) -> None:
    last = ClaimEvent.select(fn.MAX(ClaimEvent.seq)).where(ClaimEvent.claim == claim_id).scalar()
    insert_row(
        desk.db,
        ClaimEvent,
        claim_id=claim_id,
        seq=(last or 0) + 1,
        state=state,
        amount_fen=amount_fen,
        detail={"note": note},
        by_id=acting(desk),
        at=desk.instant(),
        business_date=desk.today(),
    )


def _kind(new: NewClaim) -> ClaimKind:
    found = CLAIM_KINDS.get(new.kind)
    if found is None:
        raise UserError("claim.kind")
    return found


def _checked(desk: Desk, new: NewClaim) -> NewClaim:
    kind = _kind(new)
    party = text.clean_line(new.party, field="party")
    reason = text.clean_line(new.reason, field="reason")
    parcel = text.clean_line(new.parcel, field="waybill")
    if not party:
        raise UserError("claim.party")
    if not reason:
        raise UserError("goods.reason")
    if kind.moves_goods and not new.goods:
        raise UserError("claim.goods")
    if not kind.moves_goods and not parcel and new.task_id is None:
        raise UserError("parcel.number")
    if not 0 <= new.asked_fen <= MOST_FEN:
        raise UserError("claim.amount")
    if new.due_on is not None and new.due_on < desk.today():
        raise UserError("claim.due", day=new.due_on.isoformat())
    return replace(new, party=party, reason=reason, parcel=parcel)


def _plain(told: NewClaim) -> list[Any]:
    goods = [[one.place, one.product_id, one.case_line_id, one.quantity_milli] for one in told.goods]
    due = told.due_on.isoformat() if told.due_on else ""
    return [
        told.kind,
        told.party,
        told.reason,
        told.asked_fen,
        goods,
        told.parcel,
        told.insured,
        due,
        told.case,
    ]
