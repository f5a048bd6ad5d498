"""Totals and stored figures: each told three ways, by formula, by the rows it sums and by a query of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from book import Book, exact, exported, fen
from month_shop import MonthShop
from openpyxl.utils import range_boundaries

_SUM = re.compile(
    r"(?:SUBTOTAL\(109,|SUM\(|COUNTA\()(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)\)"
)
_COUNTIF = re.compile(r"COUNTIF\('([^']+)'!([^,]+),A(\d+)\)")
_SUMIFS = re.compile(r"SUMIFS\((.+)\)")
_COUNTIFS = re.compile(r"COUNTIFS\((.+)\)")
_VERDICTS = ("相符", "不符", "全部相符", "无签收也无凭证的退款（张）；")
_AREA = re.compile(r"'([^']+)'!([$A-Z0-9:]+)")


@pytest.fixture(params=["2026-11", "2026-10", "2026", "2026-06"])
def book(request: pytest.FixtureRequest, books: Callable[[str], Book]) -> Book:
    return books(request.param)


def formulas(book: Book) -> list[tuple[str, str, str, Any]]:
    """(sheet, cell, formula without =, stored value) of every formula."""
    return [
        (sheet.title, cell.coordinate, cell.value[1:], exact(book.values[sheet.title][cell.coordinate].value))
        for sheet in book.formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def column(book: Book, sheet: str, area: str) -> list[Any]:
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    cells = book.values[sheet].iter_rows(
        min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True
    )
    return [exact(value) for row in cells for value in row]


def test_no_formula_is_without_its_value(book: Book) -> None:
    found = formulas(book)
    assert len(found) >= 13
    assert all(isinstance(value, (int, Decimal)) or value in _VERDICTS for _, _, _, value in found)


def test_sums_and_counts_agree_with_the_cells_they_are_over(book: Book) -> None:
    checked = 0
    for sheet, _, formula, stored in formulas(book):
        found = _SUM.fullmatch(formula)
        if found is None:
            continue
        values = column(book, found[1] or sheet, f"{found[2]}{found[3]}:{found[4]}{found[5]}")
        if formula.startswith("COUNTA"):
            assert stored == sum(value is not None for value in values), formula
        else:
            assert stored == sum(value or 0 for value in values), formula
        checked += 1
    assert checked >= 10


def test_counts_and_sums_with_conditions_agree_with_the_cells_they_are_over(book: Book) -> None:
    for sheet, _, formula, stored in formulas(book):
        counted, summed = _COUNTIF.fullmatch(formula), _SUMIFS.fullmatch(formula)
        if counted:
            wanted = book.values[sheet][f"A{counted[3]}"].value
            assert stored == column(book, counted[1], counted[2]).count(wanted)
        elif summed:
            sums = [_sumifs(book, sheet, one) for one in summed[1].split(")+SUMIFS(")]
            assert stored == sum(sums), formula


def _sumifs(book: Book, sheet: str, arguments: str) -> Decimal | int:
    first, *conditions = arguments.split(",'")
    (name, area), *_ = _AREA.findall(first)
    kept = [True] * len(column(book, name, area))
    for condition in conditions:
        (other, cells), *_ = _AREA.findall("'" + condition)
        criterion = condition.split(",", 1)[1]
        for at, value in enumerate(column(book, other, cells)):
            kept[at] = kept[at] and _meets(book, sheet, value, criterion)
    return sum(value or 0 for value, keep in zip(column(book, name, area), kept, strict=True) if keep)


def _meets(book: Book, sheet: str, value: Any, criterion: str) -> bool:
    dated = re.fullmatch(r'"(>=|<=)"&DATE\((\d+),(\d+),(\d+)\)', criterion)
    if dated:
        if value is None:
            return False
        day = (value.year, value.month, value.day)
        bound = (int(dated[2]), int(dated[3]), int(dated[4]))
        return day >= bound if dated[1] == ">=" else day <= bound
    if criterion.startswith("$A"):
        return bool(value == exact(book.values[sheet][criterion.replace("$", "")].value))
    return (value or "") == criterion.strip('"')


def test_the_cover_counts_refunds_that_nobody_proves(book: Book) -> None:
    """COUNTIFS is SUMIFS of ones."""
    found = [one for one in formulas(book) if _COUNTIFS.fullmatch(one[2])]
    assert len(found) == 2
    for sheet, _, formula, stored in found:
        assert stored == sum(
            _countifs(book, sheet, one) for one in formula[len("COUNTIFS(") : -1].split(")+COUNTIFS(")
        )


def _countifs(book: Book, sheet: str, arguments: str) -> int:
    (name, area), *_ = _AREA.findall(arguments)
    kept = [True] * len(column(book, name, area))
    for condition in arguments.split(",'"):
        (other, cells), *_ = _AREA.findall(condition if condition.startswith("'") else "'" + condition)
        criterion = condition.split(",", 1)[1]
        values = column(book, other, cells)
        kept = [
            keep and _meets(book, sheet, value, criterion) for keep, value in zip(kept, values, strict=True)
        ]
    return sum(kept)


def test_every_check_on_the_cover_agrees_but_for_refunds_without_proof(book: Book) -> None:
    rows = list(book.values["封面"].iter_rows(values_only=True))
    top = next(at for at, row in enumerate(rows) if row[0] == "项目") + 1
    checks = {}
    for row in rows[top:]:
        if row[0] is None:
            break
        checks[row[0]] = row[3]
    assert len(checks) >= 10
    assert {name for name, difference in checks.items() if difference} <= {"无签收也无凭证的退款（张）"}


def test_suggested_vouchers_are_balanced_to_the_cent_every_day(book: Book) -> None:
    days: dict[Any, int] = {}
    for row in book.rows("凭证建议"):
        if row["凭证号"]:
            key = (row["日期"].month, row["凭证号"])
            days[key] = days.get(key, 0) + fen(row["借方"]) - fen(row["贷方"])
    assert set(days.values()) <= {0}


def test_rolls_are_sums_of_the_cells_beside_them(book: Book) -> None:
    for sheet, cell, formula, stored in formulas(book):
        if re.fullmatch(r"[A-Z]\d+(?:[+-][A-Z]\d+)+", formula):
            total = Decimal(0)
            for sign, where in re.findall(r"([+-]?)([A-Z]\d+)", formula):
                total += (-1 if sign == "-" else 1) * (exact(book.values[sheet][where].value) or 0)
            assert stored == total, (cell, formula)


def test_the_summary_agrees_with_queries_of_the_database(shop: MonthShop) -> None:
    book = exported(shop.boss)

    def query(sql: str) -> int:
        return int(shop.desk.db.execute_sql(sql).fetchone()[0] or 0)

    month = "BETWEEN '2026-11-01' AND '2026-11-30'"
    assert fen(book.labelled("汇总", "本期应退")[0]) == query(
        f"SELECT sum(amount_fen) FROM settlement WHERE direction = 'out' AND business_date {month}"
    )
    assert fen(book.labelled("汇总", "本期已退")[0]) == -query(
        f"SELECT sum(amount_fen) FROM money_entry WHERE kind = 'paid' AND business_date {month}"
    )
    assert fen(book.labelled("汇总", "期末未退")[0]) == query(
        "SELECT (SELECT sum(amount_fen) FROM settlement WHERE direction = 'out')"
        " - (SELECT sum(p.amount_fen) FROM proof p JOIN settlement s ON s.id = p.settlement_id"
        " WHERE s.direction = 'out')"
    )
    assert [fen(one) for one in book.labelled("汇总", "合计")[:5]] == [81600, 72800, 8800, 54600, 39900]
