"""Every list reads by key: its cost does not grow with what lies behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import pytest

from counter_app.domain.case_views import CaseRow
from counter_app.domain.claims import CLAIM_KINDS
from counter_app.domain.list_order import Order
from counter_app.domain.sale_views import ProductView, SaleHit
from counter_app.domain.spoken import Words
from counter_app.services import (
    approvals,
    archive_history,
    bill_days,
    case_order,
    cases,
    claim_views,
    deposits,
    gifts,
    goods,
    holdings,
    import_holds,
    overrides,
    person_file,
    print_queue,
    products,
    recalls,
    reports,
    retention,
    sale_list,
    scrapping,
    search,
    settling,
    shift,
    stock_counts,
    tasks,
)  # fmt: skip
from counter_app.services.cases import CaseFilter
from counter_app.services.desk import Desk

FEW = {
    "staff", "setting", "policy_version", "shop", "history_source", "approval", "import_hold", "recall", "json_each",
    "bill", "product",
}  # fmt: skip
"""Tables of a few rows, however long the shop has been open."""
DAY = date(2026, 3, 5)

Row = TypeVar("Row", CaseRow, SaleHit, ProductView)
WORDS = Words("", "")
MIDDLE = CaseRow(500, "", "waiting_goods", WORDS, "", "", "", 0, "", None, False, "", DAY, 0, (), 0, 500)
BOUGHT = SaleHit(500, "5", "", DAY, "", "", 9900, "", "")
ARTICLE = ProductView(30, "M", "", "", "", "", 9900, None, 0, False, True, True, "", 0, {})
"""Rows behind which a sorted list goes on."""


def asked(by: str, after: Row) -> Iterator[tuple[Order, Row | None]]:
    """Upwards and downwards, from the beginning and further on."""
    for down in (False, True):
        yield Order(by, down), None
        yield Order(by, down), after


LISTS: dict[str, Callable[[Desk], object]] = {
    **{f"cases {view}": (lambda desk, view=view: cases.list_cases(desk, CaseFilter(view=view))) for view in (
        "", "open", "mine", "waiting", "overdue", "today")},
    **{f"cases {view} further on": (lambda desk, view=view: cases.list_cases(desk, CaseFilter(view=view), 10**6))
       for view in ("", "open", "mine", "waiting", "overdue", "today")},
    "cases waiting for somebody": lambda desk: cases.list_cases(desk, CaseFilter("waiting", "", "approval"), 10**6),
    "cases searched": lambda desk: cases.list_cases(desk, CaseFilter(text="zhangwei 1234")),
    "open cases searched": lambda desk: cases.list_cases(desk, CaseFilter("open", "张 1234")),
    "sales": sale_list.list_sales,
    "sales further on": lambda desk: sale_list.list_sales(desk, before=10**6),
    "sales searched": lambda desk: sale_list.list_sales(desk, "保温杯"),
    "customers searched": lambda desk: search.search_customers(desk, "zw"),
    "articles": products.list_products,
    "articles searched": lambda desk: products.list_products(desk, "bwb"),
    "to do": tasks.to_do,
    "questions": approvals.pending,
    "shifts": shift.list_shifts,
    "shifts further on": lambda desk: shift.list_shifts(desk, 10**6),
    "what was scrapped": scrapping.list_scrapped,
    "bills": lambda desk: bill_days.days(desk, DAY, DAY),
    "overrides": lambda desk: overrides.listed(desk, DAY, DAY),
    "orders to decide": import_holds.holds,
    "recalls": recalls.recalls,
    "erasures": retention.history,
    "archives searched": lambda desk: archive_history.find(desk, "zw"),
    "places": holdings.places,
    **{f"goods at {place}": (lambda desk, place=place: holdings.holdings(desk, place)) for place in ("V0", "V1", "V6")},
    "goods at V0 further on": lambda desk: holdings.holdings(desk, "V0", after=10**6),
    "one article at its place": lambda desk: goods.sellable(desk, 1),
    "what is owed": settling.owed,
    "deposits": deposits.held,
    "deposits of a time": lambda desk: deposits.flow(desk, DAY, DAY),
    "gifts": lambda desk: gifts.flows(desk, DAY, DAY),
    "gifts in stock": lambda desk: gifts.stock_flows(desk, DAY, DAY),
    "open gifts": gifts.open_gifts,
    "claims": claim_views.claims,
    "open claims": lambda desk: claim_views.claims(desk, open_only=True),
    "counts": stock_counts.counts,
    "the drawer": shift.current_shift,
    "cases of one view searched": lambda desk: [cases.list_cases(desk, CaseFilter(view, "张 1234")) for view in (
        "mine", "waiting", "overdue", "today")],
    "cases searched further on": lambda desk: cases.list_cases(desk, CaseFilter(text="zhangwei 1234"), 10**6),
    "sales searched further on": lambda desk: sale_list.list_sales(desk, "保温杯", 10**6),
    "articles not sold any more": lambda desk: products.list_products(desk, active_only=False),
    "articles not sold any more searched": lambda desk: products.list_products(desk, "bwb", active_only=False),
    "scrapped further on": lambda desk: scrapping.list_scrapped(desk, after=10**6),
    **{f"{kind} claims": (lambda desk, kind=kind: claim_views.claims(desk, kind, open_only=True, after=10**6))
       for kind in CLAIM_KINDS},
    "counts further on": lambda desk: stock_counts.counts(desk, after=10**6),
    "open recalls further on": lambda desk: recalls.recalls(desk, open_only=True, after=10**6),
    "visits behind a month": lambda desk: reports.cases_behind(
        desk, reports.key_of_all(desk), DAY.isoformat()[:7], DAY.isoformat()[:7]),
    "visits behind three years": lambda desk: reports.cases_behind(desk, reports.key_of_all(desk), "2024-01", "2026-12"),
    "who looked at whose data": person_file.looks,
    **{f"all {kind} claims": (lambda desk, kind=kind: claim_views.claims(desk, kind)) for kind in CLAIM_KINDS},
    "what waits to be printed": print_queue.jobs,
    **{f"cases {view} by {by}": (lambda desk, view=view, by=by: [
        case_order.list_sorted(desk, CaseFilter(view), order, after) for order, after in asked(by, MIDDLE)])
       for view in ("", "open", "mine", "waiting", "overdue", "today") for by in case_order.offered(CaseFilter(view))},
    "cases waiting for somebody by number": lambda desk: [
        case_order.list_sorted(desk, CaseFilter("waiting", "", "approval"), order, after)
        for order, after in asked("number", MIDDLE)],
    **{f"sales by {by}": (lambda desk, by=by: [
        sale_list.list_sorted(desk, order, after) for order, after in asked(by, BOUGHT)]) for by in sale_list.SORTED},
    **{f"{'all ' if former else ''}articles by {by}": (lambda desk, former=former, by=by: [
        products.list_products(desk, active_only=not former, order=order, after=after)
        for order, after in asked(by, ARTICLE)]) for former in (False, True) for by in products.SORTED},
}  # fmt: skip
SORTED = {
    "to do": "what is open by day",
    "what waits to be printed": "what is open",
    "overrides": "one span of days from several books",
}
"""Lists that are sorted, because they are as short as what is open or what happened in the days that were asked for."""


@pytest.mark.parametrize("name", LISTS)
def test_a_list_scans_no_table_and_sorts_nothing(desk: Desk, name: str) -> None:
    asked: list[str] = []
    raw = desk.db.connection()
    raw.set_trace_callback(asked.append)
    try:
        LISTS[name](desk)
    finally:
        raw.set_trace_callback(None)
    assert asked
    for sql in asked:
        if (
            sql.startswith(("SELECT", "WITH")) and "(0 = 1)" not in sql
        ):  # peewee's way to ask for no ids at all
            steps = [str(row[3]) for row in raw.execute("EXPLAIN QUERY PLAN " + sql).fetchall()]
            for step in steps:
                scan = re.match(r'SCAN "?(\w+)"?$', step)
                if scan and " LIMIT " not in sql:
                    assert name in SORTED or _table(scan[1], sql) in FEW, (sql, steps)
                assert "TEMP B-TREE FOR ORDER BY" not in step or name in SORTED or _few(sql), (sql, steps)


def _table(alias: str, sql: str) -> str:
    found = re.search(rf'"?(\w+)"? AS "?{alias}"?', sql)
    return found[1] if found else alias


def _few(sql: str) -> bool:
    return all(_table(name, sql) in FEW for name in re.findall(r'FROM "?(\w+)"?', sql))


def test_a_search_among_articles_sorts_none_of_them(desk: Desk) -> None:
    """A shop may have a hundred thousand articles, and every key asks which of them are still sold."""
    asked: list[str] = []
    raw = desk.db.connection()
    raw.set_trace_callback(asked.append)
    try:
        products.list_products(desk, "bwb")
    finally:
        raw.set_trace_callback(None)
    still_sold = [sql for sql in asked if "FROM product WHERE" in sql]
    assert still_sold
    for sql in still_sold:
        steps = [str(row[3]) for row in raw.execute("EXPLAIN QUERY PLAN " + sql).fetchall()]
        assert not any("TEMP B-TREE" in step for step in steps), (sql, steps)
