"""Questions to approvers and to-dos as the frozen views that screens show."""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import JOIN, fn

from counter_app.db.models import Approval, Case, Task
from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import TaskView
from counter_app.services import response_clock
from counter_app.services.case_words import known, words, words_or
from counter_app.services.desk import Desk
from counter_app.services.paper_views import attachments


def approvals(desk: Desk, where: Any, names: dict[int, str]) -> tuple[ApprovalView, ...]:
    """Questions to approvers, oldest first."""
    rows = Approval.select(Approval, Case).join(Case).where(where).order_by(Approval.id)
    return tuple(_approval(row, names) for row in rows)


def _approval(row: Any, names: dict[int, str]) -> ApprovalView:
    figures = row.figures or {}
    title = figures.get("node_title") or ["", ""]
    return ApprovalView(
        id=row.id,
        case_id=row.case_id,
        case_number=row.case.number,
        walk_id=row.walk_id,
        node=row.node,
        node_title=Words(*title),
        role=str(figures.get("role", "approver")),
        reasons=tuple(Words(item["zh"], item["en"]) for item in row.reasons),
        figures=figures,
        figures_hash=row.figures_hash,
        amount_fen=row.amount_fen,
        requested_by=names.get(row.requested_by_id, ""),
        requested_at=row.requested_at,
        note=row.note,
        decision=row.decision,
        decided_by=names.get(row.decided_by_id, ""),
        decided_at=row.decided_at,
        decision_note=row.decision_note,
        self_approved=bool(row.self_approved),
        may_reject=bool(figures.get("may_reject", True)),
        customer_masked=row.case.customer_masked,
        attachments=attachments(row.case_id),
        codes=tuple(str(item.get("code", "")) for item in row.reasons),
        way=row.way,
    )


def tasks(desk: Desk, where: Any) -> tuple[TaskView, ...]:
    """Things to do, those due first on top."""
    today = desk.today()
    rows = (
        Task.select(Task, Case)
        .join(Case, JOIN.LEFT_OUTER, on=(Task.case == Case.id))
        .where(where)
        .order_by(fn.COALESCE(Task.due_on, "9999"), Task.id)
    )
    return tuple(_task(desk, row, today) for row in rows)


def _task(desk: Desk, row: Any, today: date) -> TaskView:
    answer_by = response_clock.answer_due(desk, row)
    return TaskView(
        id=row.id,
        case_id=row.case_id,
        case_number=row.case.number if row.case_id else "",
        kind=row.kind,
        role=row.role,
        what=row.what,
        title=task_title(row.kind, row.role, row.what),
        due_on=row.due_on,
        overdue=row.done_at is None and row.due_on is not None and row.due_on < today,
        done_at=row.done_at,
        result=row.result,
        customer_masked=row.case.customer_masked if row.case_id else "",
        answer_by=answer_by,
        answer_late=answer_by is not None and answer_by < desk.instant(),
    )


def task_title(kind: str, role: str, what: str) -> Words:
    """A to-do in words. `what` is `中文|English` where the two differ."""
    zh, _, en = what.partition("|")
    said = Words(zh, en or zh)
    if not known(f"task.{kind}"):
        return said
    to = words_or(f"role.{role}", role)
    return words(f"task.{kind}", what=said, to=to, number=said, amount=said)
