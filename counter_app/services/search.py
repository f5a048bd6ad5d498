"""Search as you type over cases and customers, and what of it is marked in what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from counter_app.db import search, search_terms
from counter_app.db.models import Case, Sale
from counter_app.domain.case_views import CaseRow
from counter_app.domain.sale_views import CustomerHit
from counter_app.services import cases, people
from counter_app.services.desk import Desk


def search_cases(desk: Desk, text: str, limit: int = 50, before: int | None = None) -> tuple[CaseRow, ...]:
    """The newest cases in which every word of `text` occurs: number, name, pinyin, phone, product, serial,
    receipt. `before` is the `cursor` of the last row of the page before."""
    return cases.list_cases(desk, cases.CaseFilter(text=text), before, limit)


def search_customers(desk: Desk, text: str, limit: int = 50) -> tuple[CustomerHit, ...]:
    """The customers, masked, in whose cases and sales every word of `text` occurs: name, pinyin, any part of the
    phone, what they bought. Those who came back last first, then
    those who bought last; whoever was erased is not found."""
    order: dict[int, tuple[int, int]] = {}
    for rank, (model, find) in enumerate(((Case, search.search), (Sale, search.search_sales))):
        for person_id, row_id in islice(_people(desk, model, find, text, limit), limit):
            order.setdefault(person_id, (rank, -row_id))
    shown = people.masked(order)
    return tuple(shown[one] for one in sorted(order, key=lambda one: order[one]) if one in shown)[:limit]


def marks(shown: str, typed: str) -> list[tuple[int, int]]:
    """Which parts of a shown text hold what was typed, as (first, behind the last) character, in order."""
    return search_terms.marks(shown, typed)


def _people(
    desk: Desk, model: Any, find: Callable[..., list[int]], text: str, page: int
) -> Iterator[tuple[int, int]]:
    """Each customer once, with the newest row that fits; so many rows are looked for at a time."""
    seen: set[int] = set()
    before: int | None = None
    while ids := find(desk.db, text, page, before):
        whose = dict(model.select(model.id, model.person).where(model.id << ids).tuples())
        for row_id in ids:
            person_id = whose.get(row_id)
            if person_id is not None and person_id not in seen:
                seen.add(person_id)
                yield person_id, row_id
        if len(ids) < page:
            return
        before = ids[-1]
