"""Every test of the database works on a real SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fixtures_shop import SmallShop, open_small_shop

from counter_app.db import connection


@pytest.fixture(scope="session")
def like(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small shop that every test starts from a copy of."""
    folder = tmp_path_factory.mktemp("like")
    shop = open_small_shop(folder)
    connection.checkpoint(shop.db, force=True)
    shop.db.close()
    return folder


@pytest.fixture
def shop(tmp_path: Path, like: Path) -> Iterator[SmallShop]:
    opened = open_small_shop(tmp_path / "数据 夹", like)
    yield opened
    opened.db.close()


@pytest.fixture
def stranger(shop: SmallShop) -> Iterator[sqlite3.Connection]:
    """Another program with the file open, with SQLite's own defaults: no recursive triggers."""
    with closing(sqlite3.connect(shop.folder / "counter.sqlite3", isolation_level=None)) as db:
        assert db.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        yield db
