"""To-dos: what a path promised, told or opened, what is due now, and doing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.db.models import CaseLine, Task, Walk
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.dates import deadline
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import TaskView
from counter_app.services import goods_waiting, staff, todo_views
from counter_app.services.case_rows import acting, add_event, case_row
from counter_app.services.desk import Desk, Outcome
from counter_app.services.standing import Standing
from counter_app.services.sync import sync

OPENS = {
    "courier_claim": ("courier_claim", "logistics"),
    "correction": ("notice", "operations"),
    "listing_text": ("notice", "purchasing"),
    "listing_update": ("notice", "operations"),
    "follow_shipment": ("ship_follow", "order_clerk"),
    "follow_return": ("return_goods", "order_clerk"),
    "complaint_minor": ("complaint", "clerk"),
    "complaint_important": ("complaint", "supervisor"),
    "complaint_major": ("complaint", "manager"),
}
"""Tasks that the chart opens → kind of to-do and whose it is."""
CHANGED = frozenset({"task", "case"})
_SAME = """
    SELECT id, done_at FROM task
    WHERE case_id IS ? AND walk_id IS ? AND kind = ? AND node = ? AND what = ? AND role = ? LIMIT 1
"""


def to_do(desk: Desk, *, role: str = "", until: date | None = None) -> tuple[TaskView, ...]:
    """Everything open, due first on top; of one role, or due until a day."""
    where: Any = Task.done_at.is_null()
    if role:
        where &= Task.role == role
    if until is not None:
        where &= Task.due_on <= until
    return todo_views.tasks(desk, where)


def done(desk: Desk, task_id: int, result: str = "") -> Outcome[TaskView]:
    """A to-do is done: a parcel sent (its goods leave the stock), a repair finished, a customer called …

    Raises UserError `task.unknown`, `task.done`, `task.result` where a result is wanted, `task.unpaid`,
    `task.scan` for a signed sheet: it is done by attaching the sheet (`signed_paper.py`).
    """
    staff.require(desk, roles.REGISTER)
    said = text.clean_line(result, field="result")
    with desk.db.atomic("IMMEDIATE"):
        row = Task.get_or_none(Task.id == task_id)
        if row is None:
            raise UserError("task.unknown")
        if row.done_at is not None:
            raise UserError("task.done", what=row.what)
        if row.kind == "scan":
            raise UserError("task.scan", code=row.what)
        if row.kind in ("ship", "courier_claim") and not said:
            raise UserError("task.result")
        if row.kind == "ship" and row.walk_id is not None and goods_waiting.waits_for_money(row.walk_id):
            raise UserError("task.unpaid", what=row.what.partition("|")[0])
        Task.update(done_at=desk.instant(), done_by=acting(desk), result=said).where(
            Task.id == task_id
        ).execute()
        _follow(desk, row, said)
        if row.case_id is not None:
            title = todo_views.task_title(row.kind, row.role, row.what)
            add_event(
                desk,
                row.case_id,
                "task_done",
                task=row.id,
                task_kind=row.kind,
                what=[title.zh, title.en],
                result=said,
            )
            sync(desk, case_row(row.case_id))
    return Outcome(todo_views.tasks(desk, Task.id == task_id)[0], CHANGED | {"stock"})


def add_task(
    desk: Desk,
    *,
    case_id: int | None,
    walk_id: int | None,
    kind: str,
    what: Words,
    role: str = "clerk",
    due_on: date | None = None,
    node: str = "",
) -> int:
    """Write one to-do inside the caller's transaction, once: the same of the same walk is not written again."""
    told = what.zh if what.zh == what.en else f"{what.zh}|{what.en}"
    known = desk.db.execute_sql(_SAME, (case_id, walk_id, kind, node, told, role)).fetchone()
    if known is not None and (
        known[1] is None or kind in ("notice", "deadline", "courier_claim", "complaint")
    ):
        return int(known[0])
    return insert_row(
        desk.db,
        Task,
        case_id=case_id,
        walk_id=walk_id,
        kind=kind,
        node=node,
        role=role,
        what=told,
        due_on=due_on,
        created_at=desk.instant(),
        business_date=desk.today(),
    )


def tasks_of_path(desk: Desk, standing: Standing) -> None:
    """What the path told departments, promised and opened becomes to-dos, each once."""
    case_id, walk_id, result = standing.case.id, standing.row.id, standing.result
    for notice in result.notices:
        add_task(
            desk,
            case_id=case_id,
            walk_id=walk_id,
            kind="notice",
            role=notice.to,
            what=notice.words,
            due_on=desk.today(),
            node=notice.node,
        )
    for promise in result.deadlines:
        add_task(
            desk,
            case_id=case_id,
            walk_id=walk_id,
            kind="deadline",
            what=promise.words,
            due_on=promise.due,
            node=promise.node,
        )
    goods = Words(goods_text(standing), goods_text(standing))
    shop = standing.rules.shop
    for name in result.opens:
        kind, role = OPENS.get(name, ("notice", "supervisor"))
        days = shop.call_back_days if kind == "complaint" else shop.goods_back_days
        add_task(
            desk,
            case_id=case_id,
            walk_id=walk_id,
            kind=kind,
            role=role,
            what=goods,
            due_on=deadline(desk.today(), days),
            node=name,
        )


def goods_text(standing: Standing) -> str:
    """The goods of a walk in one line."""
    names = [line.sale_line.name for line in standing.lines]
    return "; ".join(names) or str(standing.case.number)


def _follow(desk: Desk, row: Any, result: str) -> None:
    """What a finished to-do sets going."""
    if row.kind == "ship" and row.walk_id is not None:
        goods_waiting.issue_waiting(desk, row.walk_id)
        follow = Task.select().where(
            Task.walk == row.walk_id, Task.kind == "ship_follow", Task.done_at.is_null()
        )
        if not follow.exists():
            zh, _, en = row.what.partition("|")
            add_task(
                desk,
                case_id=row.case_id,
                walk_id=row.walk_id,
                kind="ship_follow",
                role="order_clerk",
                what=Words(zh, en or zh),
                due_on=deadline(desk.today(), 3),
                node="sent",
            )
    elif row.kind == "repair" and row.walk_id is not None:
        CaseLine.update(state="kept").where(
            CaseLine.walk == row.walk_id, CaseLine.state == "reserved"
        ).execute()
    elif row.kind == "callback" and row.case_id is not None:
        Walk.update(updated_at=desk.instant()).where(Walk.case == row.case_id).execute()
