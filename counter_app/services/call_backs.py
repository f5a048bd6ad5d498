"""Calling a customer back: the questionnaire, what is still to be followed up, archive or second handling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from counter_app.domain import roles, survey
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words
from counter_app.services import case_views, second_handling, staff
from counter_app.services.case_rows import add_event, case_row
from counter_app.services.case_words import words
from counter_app.services.desk import Desk, Outcome


def call_back(
    desk: Desk,
    case_id: int,
    answers: Mapping[str, str],
    *,
    way: str = "phone",
    next_on: date | None = None,
) -> Outcome[CaseView]:
    """The customer was called (S4-76): the answers are kept (S4-83); content customers are archived (S4-85),
    the others taken up by a manager. Where something is still to be followed up (S4-84) the case stays until
    the next call, on `next_on` or after the shop's days for calling back.

    Raises UserError `survey.overall`, `survey.answer`, `survey.past`, `task.unknown` when no call is due,
    `case.close.outstanding` before everything promised is done.
    """
    staff.require(desk, roles.REGISTER)
    told = survey.checked(answers, way)
    if next_on is not None and next_on < desk.today():
        raise UserError("survey.past", day=next_on.isoformat())
    said = told.answers.get("why_not", "") or told.answers.get("suggestion", "")
    overall = told.answers["overall"]
    with desk.db.atomic("IMMEDIATE"):
        outcome = second_handling.call_back(
            desk, case_id, told.satisfied, said, follow_up=told.follow_up, next_on=next_on
        )
        add_event(
            desk,
            case_id,
            "surveyed",
            answers=dict(told.answers),
            way=_pair(words(f"way.{way}")),
            overall=_pair(words(f"survey.{overall}")),
            satisfied=told.satisfied,
        )
    return Outcome(case_views.case_view(desk, case_row(case_id)), outcome.changed)


def question(name: str) -> Words:
    """How a question is asked."""
    return words(f"survey.{name}")


def _pair(said: Words) -> list[str]:
    return [said.zh, said.en]
