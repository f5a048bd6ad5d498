"""Search as you type over the cases."""

from __future__ import annotations

from counter_app.domain.case_views import CaseRow
from counter_app.services import cases
from counter_app.services.desk import Desk


def search_cases(desk: Desk, text: str, limit: int = 50, before: int | None = None) -> tuple[CaseRow, ...]:
    """The newest cases in which every word of `text` occurs: number, name, pinyin, phone, product, serial,
    receipt. `before` is the `cursor` of the last row of the page before."""
    return cases.list_cases(desk, cases.CaseFilter(text=text), before, limit)
