"""What waits to be done, of every kind, in one order: late first, then today, then what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.money_views import SettlementView
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import TaskView
from counter_app.services import approvals, case_words, settling, tasks
from counter_app.services.desk import Desk

Kind = Literal["approval", "money", "task", "wait"]
Subject = ApprovalView | SettlementView | TaskView

_KINDS: dict[Kind, int] = {"approval": 0, "money": 1, "wait": 2, "task": 3}
_WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do. `late` means its day, or the moment by which a customer waits for an answer, is over; `amount_fen` is 0 where no money is in question."""

    kind: Kind
    key: int
    title: Words
    case_id: int | None
    case_number: str
    customer: str
    due_on: date | None
    late: bool
    today: bool
    amount_fen: int
    subject: Subject


def entries(desk: Desk) -> list[Entry]:
    """Everything open in this shop, what is due first on top."""
    today = desk.today()
    found = [_approval(one) for one in approvals.pending(desk)]
    found += [_money(one, today) for one in settling.owed(desk)]
    found += [_task(one, today) for one in tasks.to_do(desk)]
    return sorted(found, key=_order)


def due_now(found: list[Entry]) -> int:
    """How many are late or due today: the number on the rail."""
    return sum(1 for entry in found if entry.late or entry.today)


def _order(entry: Entry) -> tuple[int, date, int, int, int]:
    """Late before today before later before undated; an approval waits for nobody's day, somebody stands there."""
    rank = 0 if entry.late else 1 if entry.today else 2 if entry.due_on is not None else 3
    return rank, entry.due_on or date.max, _KINDS[entry.kind], -abs(entry.amount_fen), entry.key


def _approval(one: ApprovalView) -> Entry:
    title = one.node_title or (one.reasons[0] if one.reasons else Words())
    return Entry(
        "approval",
        one.id,
        title,
        one.case_id,
        one.case_number,
        one.customer_masked,
        None,
        False,
        True,
        one.amount_fen,
        one,
    )


def _money(one: SettlementView, today: date) -> Entry:
    purpose = case_words.words_or(f"purpose.{one.purpose}", one.purpose)
    return Entry(
        "money",
        one.id,
        purpose,
        one.case_id,
        one.case_number,
        one.customer_masked,
        one.due_on,
        one.due_on is not None and one.due_on < today,
        one.due_on == today,
        one.open_fen if one.direction == "in" else -one.open_fen,
        one,
    )


def _task(one: TaskView, today: date) -> Entry:
    return Entry(
        "wait" if one.kind == _WAIT else "task",
        one.id,
        one.title,
        one.case_id,
        one.case_number,
        one.customer_masked,
        one.due_on,
        one.overdue or one.answer_late,
        one.due_on == today or one.answer_by is not None,
        0,
        one,
    )
