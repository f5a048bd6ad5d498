"""What is promised or to be done by a day, and who is told.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.spoken import Words


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something to do by a day. `answer_by` (ms): the customer waits for an answer until then; None when no such clock
    runs any more. `answer_late`: that moment is over."""

    id: int
    case_id: int | None
    case_number: str
    kind: str
    role: str
    what: str
    title: Words
    due_on: date | None
    overdue: bool
    done_at: int | None
    result: str
    customer_masked: str = ""
    answer_by: int | None = None
    answer_late: bool = False


@dataclass(frozen=True, slots=True)
class DueView:
    """Something promised by a day."""

    what: Words
    due_on: date
    node: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice to a department."""

    to: str
    what: Words
    node: str = ""
