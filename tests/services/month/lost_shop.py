"""A shop that lost everything but its workbooks: archives of the month shop in every form, and an empty new shop."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hired import hire
from month_shop import BOSS_PIN, MonthShop, StandingClock
from openpyxl import load_workbook

from counter_app.db import connection
from counter_app.services import month, setup
from counter_app.services.month_words import catalogue
from counter_app.services.staff import NewStaff

FORMS = tuple((language, suffix) for language in ("zh", "en") for suffix in ("xlsx", "zip"))


def archive(shop: MonthShop, folder: Path, span: str, language: str = "zh", suffix: str = "xlsx") -> Path:
    """Export a span the way the window does."""
    path = folder / f"{span}-{language}.{suffix}"
    month.export(shop.boss, month.period(span), path, "zh" if language == "zh" else "en")
    return path


def new_shop(folder: Path, on: date = date(2026, 12, 1), code: str = "A1", hour: int = 2) -> MonthShop:
    """A shop on its first day after the loss."""
    clock = StandingClock(datetime(on.year, on.month, on.day, hour, 0, tzinfo=UTC))
    desk = setup.set_up_shop(
        connection.open_database(folder, create=True),
        folder,
        clock,
        setup.ShopSetup(
            name="样例小店",
            code=code,
            manager_name="王经理",
            manager_pin=BOSS_PIN,
            province="上海",
            settings={"pin.memory_kib": 8, "pin.rounds": 1},
        ),
    )
    hire(desk, NewStaff("02", "李小店员", "clerk", "1357"))
    hire(desk, NewStaff("03", "赵主管", "supervisor", "8642"))
    return MonthShop(desk, clock)


def heading(key: str) -> str:
    """What a column is called in a Chinese archive."""
    return str(catalogue()[f"column.{key}"]["zh"])


def sheet(key: str) -> str:
    """What a sheet is called in a Chinese archive."""
    return str(catalogue()[f"sheet.{key}"]["zh"])


def edited(path: Path, key: str, column: str, value: Any, row: int = 2) -> Path:
    """The archive with one cell typed over, saved by another program: formulas lose their stored values."""
    book = load_workbook(path)
    page = book[sheet(key)]
    at = next(cell.column for cell in page[1] if cell.value == heading(column))
    page.cell(row=row, column=at, value=value)
    changed = path.with_name(f"edited-{path.name}")
    book.save(changed)
    return changed


def owed_by_tender(rows: list[tuple[Any, ...]]) -> Counter[tuple[str, str, str]]:
    """分 by document, purpose and tender."""
    found: Counter[tuple[str, str, str]] = Counter()
    for number, purpose, tender, fen in rows:
        found[number, purpose, tender] += fen
    return found
