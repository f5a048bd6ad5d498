"""Claims as they are shown: one with its story and goods, the register, what they came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import SQL, fn

from counter_app.db.models import Case, Claim, ClaimEvent, Document, Staff
from counter_app.domain.claims import CLAIM_STEPS
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import ClaimFigures, ClaimStep, ClaimView, GoodsLineView
from counter_app.services import goods_papers
from counter_app.services.desk import Desk

PAGE = 200


def claim(desk: Desk, key: int | str) -> ClaimView:
    """One claim by id or number, with its story and its goods. Raises UserError `claim.unknown`."""
    row = row_of(key)
    return _views(desk, [row], whole=True)[0]


def claims(
    desk: Desk, kind: str = "", *, open_only: bool = False, after: int | None = None, limit: int = PAGE
) -> tuple[ClaimView, ...]:
    """Claims, the newest first; `after` is the id of the last one seen, to page on."""
    rows = Claim.select().order_by(Claim.id.desc()).limit(limit)
    if kind:
        # The plus keeps SQLite from the index by kind: its rows would have to be sorted.
        rows = rows.where(SQL('+"t1"."kind" = ?', [kind]))
    if open_only:
        rows = rows.where(Claim.closed_at.is_null())
    if after is not None:
        rows = rows.where(Claim.id < after)
    return _views(desk, list(rows))


def figures(desk: Desk, kind: str) -> ClaimFigures:
    """What claims of a kind came to so far, 分."""
    row = desk.db.execute_sql(
        """SELECT COALESCE(SUM(closed_at IS NULL), 0), COALESCE(SUM(closed_at IS NULL AND due_on < ?), 0),
                  COALESCE(SUM(asked_fen), 0), COALESCE(SUM(got_fen), 0),
                  COALESCE(SUM(CASE WHEN outcome = 'refused' THEN asked_fen ELSE 0 END), 0)
           FROM claim WHERE kind = ?""",
        (desk.today().isoformat(), kind),
    ).fetchone()
    return ClaimFigures(kind, *(int(value) for value in row))


def parties(kind: str) -> tuple[str, ...]:
    """Suppliers or couriers that were named before, the most used first."""
    rows = (
        Claim.select(Claim.party, fn.COUNT(Claim.id))
        .where(Claim.kind == kind)
        .group_by(Claim.party)
        .order_by(fn.COUNT(Claim.id).desc(), Claim.party)
        .limit(50)
        .tuples()
    )
    return tuple(row[0] for row in rows)


def row_of(key: int | str) -> Any:
    """The row of a claim by id or number. Raises UserError `claim.unknown`."""
    if isinstance(key, str):
        document = Document.get_or_none(Document.number == key)
        found = Claim.get_or_none(Claim.document == document.id) if document is not None else None
    else:
        found = Claim.get_or_none(Claim.id == key)
    if found is None:
        raise UserError("claim.unknown")
    return found


def _views(desk: Desk, rows: Sequence[Any], *, whole: bool = False) -> tuple[ClaimView, ...]:
    numbers = _numbers(Document, [row.document_id for row in rows])
    cases = _numbers(Case, [row.case_id for row in rows if row.case_id is not None])
    today = desk.today()
    found = []
    for row in rows:
        goods = goods_papers.lines(desk, row.document_id)
        found.append(
            ClaimView(
                id=row.id,
                number=numbers[row.document_id],
                kind=row.kind,
                state=row.state,
                party=row.party,
                reason=row.reason,
                parcel=row.parcel,
                insured=bool(row.insured),
                asked_fen=row.asked_fen,
                got_fen=row.got_fen,
                outcome=row.outcome,
                due_on=row.due_on,
                overdue=row.closed_at is None and row.due_on is not None and row.due_on < today,
                opened_on=row.business_date,
                case_id=row.case_id,
                case_number=cases.get(row.case_id, ""),
                goods=named(goods),
                quantity_milli=sum(line.quantity_milli for line in goods),
                next_states=CLAIM_STEPS[row.state],
                steps=_steps(row.id) if whole else (),
                lines=goods if whole else (),
            )
        )
    return tuple(found)


def named(goods: Sequence[GoodsLineView]) -> str:
    """Goods of a paper in one line."""
    return "; ".join(dict.fromkeys(line.name for line in goods))


def _numbers(model: Any, ids: list[int]) -> dict[int, str]:
    return dict(model.select(model.id, model.number).where(model.id << ids).tuples()) if ids else {}


def _steps(claim_id: int) -> tuple[ClaimStep, ...]:
    names = {row[0]: row[1] for row in Staff.select(Staff.id, Staff.name).tuples()}
    rows = ClaimEvent.select().where(ClaimEvent.claim == claim_id).order_by(ClaimEvent.seq)
    return tuple(
        ClaimStep(
            row.state, row.amount_fen, str(row.detail.get("note", "")), names.get(row.by_id, ""), row.at
        )
        for row in rows
    )
