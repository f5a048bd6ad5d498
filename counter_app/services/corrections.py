"""The correction of a listing, a task beside the case that no customer waits for (S4-49 to S4-51, S4-114).

The task is answered along the chart that its step names; each department then has a task of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.db.models import Task
from counter_app.domain import roles
from counter_app.domain.chart import Chart, Kind
from counter_app.domain.dates import deadline
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import TaskView
from counter_app.services import rules, staff, tasks
from counter_app.services.case_rows import add_event, case_row
from counter_app.services.desk import Desk, Outcome


@dataclass(frozen=True, slots=True)
class Correction:
    """What a task asks: the question, and for each answer its words and what follows from it."""

    question: Words
    answers: tuple[tuple[str, Words, Words], ...]


def question(desk: Desk, task_id: int) -> Correction | None:
    """The question a task asks, None for a task that is simply done."""
    row = Task.get_or_none(Task.id == task_id)
    chart = _chart(desk, row) if row is not None else None
    if chart is None:
        return None
    node = chart.nodes[chart.start]
    return Correction(
        node.words, tuple((one.id, one.words, chart.nodes[one.to].words) for one in node.answers)
    )


def decide(desk: Desk, task_id: int, answer: str) -> Outcome[TaskView]:
    """Whose mistake it was: the task is done, and everybody who has to mend something gets a task.

    Raises UserError `task.unknown`, `task.done`, `correction.answer`.
    """
    staff.require(desk, roles.REGISTER)
    with desk.db.atomic("IMMEDIATE"):
        row = Task.get_or_none(Task.id == task_id)
        chart = _chart(desk, row) if row is not None else None
        if row is None or chart is None:
            raise UserError("task.unknown")
        start = chart.nodes[chart.start]
        given = start.answer(answer)
        if given is None:
            known = ", ".join(one.id for one in start.answers)
            raise UserError("correction.answer", answer=answer[:40], known=known)
        end = chart.nodes[given.to]
        outcome = tasks.done(desk, task_id, end.words.zh)
        for name in end.opens if end.kind is Kind.END else ():
            kind, role = tasks.OPENS[name]
            tasks.add_task(
                desk,
                case_id=row.case_id,
                walk_id=row.walk_id,
                kind=kind,
                role=role,
                what=rules.task_words(desk, name),
                due_on=deadline(desk.today(), rules.current_rules(desk).shop.goods_back_days),
                node=name,
            )
        add_event(
            desk,
            row.case_id,
            "correction",
            question=[start.words.zh, start.words.en],
            answer=[given.words.zh, given.words.en],
            outcome=[end.words.zh, end.words.en],
        )
    return Outcome(outcome.value, outcome.changed)


def _chart(desk: Desk, row: Any) -> Chart | None:
    """The chart that the step which opened the task names."""
    if row.case_id is None or not row.node:
        return None
    case = case_row(row.case_id)
    counter = rules.chart_of(desk, rules.version_of(desk, case.chart_version_id))
    named = next((node.task_chart for node in counter.nodes.values() if row.node in node.opens), "")
    return rules.chart_of(desk, rules.in_force(desk, f"chart:{named}")) if named else None
