"""What a reversed document held or promised: deposits are held again, promises are called off or put right."""

from __future__ import annotations

from typing import Any

from counter_app.db import ledger
from counter_app.db.models import Deposit, DepositMove, Document, Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import UserError
from counter_app.services import tasks, todo_views
from counter_app.services.case_rows import acting
from counter_app.services.desk import Desk
from counter_app.services.paper_views import is_reversed

SHRUNK_WITH_SALE = ("subsidy", "points", "invoice")
"""To-dos that a refund left behind: subsidy to repay, points or coupons to give back, an invoice to correct."""


def call_off(desk: Desk, row: Any) -> None:
    """To-dos of a reversed document that nobody has to do any more; what was done already must be put right."""
    if row.prefix in ("TK", "ZJ"):
        _promises(desk, row)
    Task.update(done_at=desk.instant(), done_by=acting(desk), result="reversed").where(
        Task.walk == row.walk_id,
        Task.done_at.is_null(),
        Task.kind
        << {"HH": ("ship", "collect", "ship_follow"), "BF": ("ship", "ship_follow"), "WX": ("repair",)}.get(
            row.prefix, ("none",)
        ),
    ).execute()


def _promises(desk: Desk, row: Any) -> None:
    """What the refund promised is off; what was done for it already must be put right (invariant 12).

    The promises of one posting are made together: while another refund of it stands, a person looks at them.
    """
    others = Document.select().where(
        Document.posting == row.posting_id,
        Document.id != row.id,
        Document.prefix << ("TK", "ZJ"),
        Document.reverses_nothing(),
    )
    alone = all(is_reversed(other.number) for other in others)
    promised = Task.select().where(
        Task.case == row.case_id, Task.kind << SHRUNK_WITH_SALE, Task.created_at == row.posted_at
    )
    for task in promised:
        if task.done_at is None and alone:
            Task.update(done_at=desk.instant(), done_by=acting(desk), result="reversed").where(
                Task.id == task.id
            ).execute()
            continue
        if task.result == "reversed":
            continue
        tasks.add_task(
            desk,
            case_id=row.case_id,
            walk_id=row.walk_id,
            kind="after_reversal",
            what=todo_views.task_title(task.kind, task.role, task.what),
            role=task.role,
            due_on=desk.today(),
            node=row.number,
        )


def give_back_deposits(desk: Desk, row: Any, new_id: int) -> None:
    """A deposit that this document gave back or kept is held again; one that it took in goes back.

    Raises UserError `reversal.deposit_moved`.
    """
    for move in DepositMove.select().where(DepositMove.document == row.id):
        taken = Deposit.get(Deposit.id == move.deposit_id)
        insert_row(
            desk.db,
            Deposit,
            document_id=new_id,
            case_id=taken.case_id,
            tender=taken.tender,
            amount_fen=move.amount_fen,
            due_on=taken.due_on,
            at=desk.instant(),
        )
        if move.kind == "kept":
            ledger.append_money(
                desk.db,
                kind="deposit_kept",
                tender=taken.tender,
                amount_fen=-move.amount_fen,
                at=desk.instant(),
                business_date=desk.today(),
                document_id=new_id,
            )
    if row.prefix != "YJ":
        return
    held = Deposit.select().join(Document).where(Document.walk == row.walk_id)
    for deposit in held:
        moved = sum(move.amount_fen for move in DepositMove.select().where(DepositMove.deposit == deposit.id))
        if moved and deposit.document_id == row.id and not _moves_undone(deposit.id):
            raise UserError("reversal.deposit_moved", number=row.number)
        if deposit.amount_fen > moved:
            insert_row(
                desk.db,
                DepositMove,
                deposit_id=deposit.id,
                kind="returned",
                amount_fen=deposit.amount_fen - moved,
                document_id=new_id,
                at=desk.instant(),
            )


def _moves_undone(deposit_id: int) -> bool:
    """Whether every document that moved a deposit was reversed."""
    rows = DepositMove.select(DepositMove, Document).join(Document).where(DepositMove.deposit == deposit_id)
    return all(is_reversed(move.document.number) for move in rows)
