"""A closed year in a file of its own: found, looked at, proven; the books keep everything."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from month_shop import BOSS_PIN, MonthShop, reopen

from counter_app import cli
from counter_app.db import old_years as files
from counter_app.db import search
from counter_app.db.models import Document
from counter_app.db.verify import verify
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.report_views import DIMENSIONS, SAID_OF
from counter_app.services import cases, month_lock, old_years, report_book, reports

TABLES = ("case_file", "document", "settlement", "proof", "money_entry", "stock_entry", "sale", "walk")


@pytest.fixture(scope="module")
def closed(worked: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop in January, last year closed."""
    folder = tmp_path_factory.mktemp("closed") / "shop"
    shutil.copytree(worked[0], folder)
    shop = reopen(folder)
    shop.on(date(2027, 1, 4))
    for name in ("2026-10", "2026-11", "2026-12"):
        month_lock.close(shop.boss, name, shop.request(), BOSS_PIN, "顾客未到店，下月处理")
    shop.desk.db.close()
    return folder


@pytest.fixture
def january(closed: Path, tmp_path: Path) -> Iterator[MonthShop]:
    shutil.copytree(closed, tmp_path / "数据 夹")
    shop = reopen(tmp_path / "数据 夹")
    shop.on(date(2027, 1, 4))
    yield shop
    if not shop.desk.db.is_closed():
        shop.desk.db.close()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_a_year_is_copied_whole_and_the_books_keep_everything(january: MonthShop) -> None:
    books = january.desk.folder / "counter.sqlite3"
    before = {name: rows(books, f"SELECT count(*) FROM {name}") for name in TABLES}
    made = old_years.make(january.boss, 2026)
    assert made.value.path.name == f"counter-{january.desk.shop.code}-2026.sqlite3"
    for name in TABLES:
        day = "AND business_date BETWEEN '2026-01-01' AND '2026-12-31'" if name != "walk" else ""
        wanted = rows(books, f"SELECT count(*) FROM {name} WHERE 1 {day}")
        assert rows(made.value.path, f"SELECT count(*) FROM {name} WHERE 1 {day}") == wanted, name
        assert rows(books, f"SELECT count(*) FROM {name}") == before[name]
    assert rows(made.value.path, "PRAGMA foreign_key_check") == []
    assert verify(january.desk.db, january.desk.folder) == []
    assert [(one.year, one.copy is not None) for one in old_years.years(january.boss)] == [(2026, True)]


def test_a_copy_with_unreadable_pages_is_told_and_made_anew(january: MonthShop) -> None:
    made = old_years.make(january.boss, 2026).value
    sound = made.path.read_bytes()
    made.path.chmod(0o644)
    for at in (len(sound) // 3, len(sound) * 2 // 3):
        made.path.write_bytes(sound[:at] + b"\x5a" * 20_000 + sound[at + 20_000 :])
        found = old_years.check(january.boss, made.path)
        assert "verify.file" in {code for _table, _row, code, _params in found}
    assert old_years.make(january.boss, 2026).changed
    assert old_years.check(january.boss, made.path) == []


def test_a_year_that_is_not_closed_is_not_copied(shop: MonthShop) -> None:
    with pytest.raises(UserError, match=r"year\.open"):
        old_years.make(shop.boss, 2026)
    assert not list((shop.desk.folder / files.FOLDER).glob("*"))


def test_a_sound_copy_stays_and_a_damaged_one_is_made_anew(january: MonthShop) -> None:
    path = old_years.make(january.boss, 2026).value.path
    written = path.stat().st_mtime_ns
    assert old_years.make(january.boss, 2026).changed == frozenset()
    assert path.stat().st_mtime_ns == written
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE settlement SET amount_fen = amount_fen + 1")
    assert {one[0] for one in old_years.check(january.boss, path)} == {"settlement"}
    assert old_years.make(january.boss, 2026).changed
    assert old_years.check(january.boss, path) == []


def test_customers_are_masked_and_nobodys_pin_is_in_it(january: MonthShop) -> None:
    path = old_years.make(january.boss, 2026).value.path
    names = [str(row[0]) for row in rows(path, "SELECT name FROM person WHERE name <> ''")]
    assert all("*" in name for name in names)
    assert rows(path, "SELECT count(*) FROM person WHERE phone <> '' AND phone NOT LIKE '%****%'") == [(0,)]
    assert rows(path, "SELECT count(*) FROM staff WHERE pin_hash <> ''") == [(0,)]
    assert rows(path, "SELECT count(*) FROM case_words") == [(0,)]


def test_the_year_is_searched_and_looked_at_but_every_act_is_refused(january: MonthShop) -> None:
    path = old_years.make(january.boss, 2026).value.path
    number = Document.select(Document.number).order_by(Document.id).first().number
    boss = january.boss
    january.desk.db.close()
    year = old_years.opened(boss, path, january.desk.clock)
    try:
        (found, *_rest) = search.search(year.db, number)
        assert cases.case(year, found).id == found
        assert number in [one.number for one in cases.case(year, found).documents]
        with pytest.raises(UserError, match=r"year\.read_only") as caught:
            month_lock.close(year, "2026-12", "again", BOSS_PIN)
        assert caught.value.params == {"year": 2026}
    finally:
        year.db.close()


def test_the_copy_of_another_shop_is_not_opened(january: MonthShop) -> None:
    path = old_years.make(january.boss, 2026).value.path
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE setting SET value = replace(value, '\"A1', '\"B7') WHERE key = 'old_year'")
        db.execute("UPDATE setting SET value = replace(value, '\\\"A1', '\\\"B7') WHERE key = 'old_year'")
    with pytest.raises(UserError, match=r"year\.other_shop"):
        old_years.opened(january.boss, path, january.desk.clock)


def test_what_is_no_copy_is_named(january: MonthShop, tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_bytes(b"no database at all, but long enough to look like one" * 40)
    for path in (tmp_path / "a.sqlite3", january.desk.folder / "counter.sqlite3", tmp_path / "none.sqlite3"):
        with pytest.raises(SurroundingsError, match=r"year\.file"):
            files.about(path)


def test_a_disk_that_cannot_be_written_leaves_nothing(
    january: MonthShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SurroundingsError, match=r"db\.disk_full"):
        old_years.make(january.boss, 2026)
    assert not list((january.desk.folder / files.FOLDER).iterdir())


def test_the_copy_can_be_stopped(january: MonthShop) -> None:
    from counter_app.domain.errors import Cancelled

    def stop(done: int, _total: int) -> None:
        if done > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        old_years.make(january.boss, 2026, progress=stop)
    assert not list((january.desk.folder / files.FOLDER).iterdir())


def test_the_verbs_copy_a_year_and_prove_it(january: MonthShop, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(january.desk.folder)
    january.desk.db.close()
    assert cli.main(["backup", "--data", folder, "--language", "zh", "--year", "2026"]) == 0
    assert "2026 年的副本已写好" in capsys.readouterr().out
    assert cli.main(["backup", "--data", folder, "--language", "en", "--year", "2026"]) == 0
    assert "is there already" in capsys.readouterr().out
    (path,) = (january.desk.folder / files.FOLDER).iterdir()
    assert cli.main(["verify", str(path), "--data", folder, "--language", "en"]) == 0
    assert "The copy of 2026 is sound" in capsys.readouterr().out
    assert cli.main(["verify", str(path), "--data", f"{folder}/none", "--language", "en"]) == 0
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "UPDATE document SET amount_fen = amount_fen + 1 WHERE id = (SELECT min(id) FROM document)"
        )
    assert cli.main(["verify", str(path), "--data", folder, "--language", "en"]) == 2
    assert cli.main(["backup", "--data", folder, "--language", "en", "--year", "2025"]) == 2


def test_reports_over_a_copy_say_what_the_books_say_of_that_year(january: MonthShop) -> None:
    desk, clock = january.boss, january.desk.clock
    told = {
        (name, measure): reports.report(desk, name, "2026-01", "2026-12", measure=measure)
        for name in DIMENSIONS
        for measure in SAID_OF[name]
    }
    behind = {
        name: [
            [one.case.number for one in reports.cases_behind(desk, row.key, "2026-01", "2026-12")]
            for row in told[name, "cases"].rows
        ]
        for name in DIMENSIONS
        if name != "month"
    }
    path = old_years.make(desk, 2026).value.path
    january.desk.db.close()
    there = old_years.opened(desk, path, clock)
    try:
        assert not reports.lacking(there)
        for (name, measure), wanted in told.items():
            found = reports.report(there, name, "2026-01", "2026-12", measure=measure)
            assert found == wanted, name
            assert found.visits > 0
        for name, wanted_cases in behind.items():
            rows_there = reports.report(there, name, "2026-01", "2026-12").rows
            assert [
                [one.case.number for one in reports.cases_behind(there, row.key, "2026-01", "2026-12")]
                for row in rows_there
            ] == wanted_cases, name
        book = path.with_name("reports.xlsx")
        assert report_book.write(there, book, "2026-01", "2026-12", "zh") > 0
    finally:
        there.db.close()


def test_a_copy_of_before_figures_came_along_says_so(january: MonthShop) -> None:
    path = old_years.make(january.boss, 2026).value.path
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("figure", "figure_case", "figure_value"):
            db.execute(f"DELETE FROM {table}")
    january.desk.db.close()
    there = old_years.opened(january.boss, path, january.desk.clock)
    assert reports.lacking(there)
    assert reports.report(there, "reason", "2026-01", "2026-12").rows == ()
    there.db.close()
