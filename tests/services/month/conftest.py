"""Two months of a shop, worked through once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from book import Book, exported
from month_shop import MonthShop, october_and_november, open_shop, reopen

from counter_app.db import connection
from counter_app.services import month


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The data folder at the end of November, and the archive of October as it was made on 31 October."""
    folder = tmp_path_factory.mktemp("worked")
    shop = open_shop(folder)
    early = folder / "exports" / "october.xlsx"

    def at_the_end_of_october() -> None:
        month.export(shop.boss, month.period("2026-10"), early, "zh")

    october_and_november(shop, at_the_end_of_october)
    connection.checkpoint(shop.desk.db, force=True)
    shop.desk.db.close()
    return folder, early


@pytest.fixture
def shop(worked: tuple[Path, Path], tmp_path: Path) -> Iterator[MonthShop]:
    """The shop on the first of December, in a folder with a blank and Chinese in its name."""
    folder = tmp_path / "数据 夹"
    shutil.copytree(worked[0], folder)
    there = reopen(folder)
    yield there
    there.desk.db.close()


@pytest.fixture(scope="session")
def books(
    worked: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Book]]:
    """Archives of the untouched shop, each exported once; only to be read."""
    folder = tmp_path_factory.mktemp("books") / "shop"
    shutil.copytree(worked[0], folder)
    there = reopen(folder)
    made: dict[str, Book] = {}

    def book(span: str) -> Book:
        if span not in made:
            made[span] = exported(there.boss, span, file=f"{span}.xlsx")
        return made[span]

    yield book
    there.desk.db.close()
