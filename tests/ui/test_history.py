"""Archives of lost times in the window: first run, reading back, searching, the case list, the counter."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from shop_day import returned, sell, stock, visit

from counter_app.db import connection
from counter_app.domain.history_views import HistoryRowView
from counter_app.services import archive_history, month, read_back, setup, shift
from counter_app.services.desk import Desk
from counter_app.ui.jobs import SynchronousPool
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.counter.counter_screen import CounterScreen
from counter_app.ui.screens.first_run import FirstAnswers, FirstRun
from counter_app.ui.screens.history.history_dialog import HistoryDialog
from counter_app.ui.screens.history.read_back_dialog import ReadBackDialog
from counter_app.ui.screens.history.search_dialog import ArchiveSearchDialog
from counter_app.verbs import archive_entry


class _Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """October of a shop whose database is gone: one return, refunded."""
    folder = tmp_path_factory.mktemp("lost")
    clock = _Clock(datetime(2026, 10, 20, 2, 0, tzinfo=UTC))
    answers = setup.ShopSetup(
        name="星河电器",
        code="01",
        manager_name="王店长",
        manager_pin="1234",
        settings={"pin.memory_kib": 1024, "pin.rounds": 1},
    )
    there = setup.set_up_shop(
        connection.open_database(folder / "shop", create=True), folder / "shop", clock, answers
    )
    stock(there)
    shift.open_shift(there, 50_000)
    clock.at = datetime(2026, 10, 20, 3, 0, tzinfo=UTC)
    returned(there, visit(there, _october(there)))
    path = folder / "october.xlsx"
    month.export(there, month.period("2026-10"), path, "zh")
    there.db.close()
    shutil.rmtree(folder / "shop")
    return path


def _october(desk: Desk) -> Any:
    from datetime import date

    from counter_app.domain.new_sale import NewLine, NewSale, NewTender
    from counter_app.services import sales

    line = NewLine("真空保温杯 500ml 墨绿", 1000, 12900, sku="BW-500", category="SMALL")
    new = NewSale(
        purchased_on=date(2026, 10, 18),
        lines=(line,),
        tenders=(NewTender("wechat", 12900),),
        order_no="TB20261018001",
        customer_name="张伟",
        phone="13800001234",
    )
    return sales.record_sale(desk, new, "october").value


@pytest.fixture
def history(archive: Path, desk: Desk) -> HistoryRowView:
    """The archive was read back; its only case."""
    read_back.read(desk, archive)
    (row,) = archive_history.find(desk, "TB20261018001")
    return row


@pytest.fixture
def read_dialog(qtbot, session) -> Iterator[ReadBackDialog]:
    made = ReadBackDialog(session)
    qtbot.addWidget(made)
    made.show()
    yield made


def seen(desk: Desk, file: Path) -> dict[str, object]:
    return {"archives": [archive_entry.as_values(file, read_back.examine(desk, file), "en")]}


def test_a_child_process_says_what_an_archive_is_and_reads_it(qtbot, read_dialog, desk, archive) -> None:
    read_dialog.examine([archive])
    with qtbot.waitSignal(read_dialog.job.ended, timeout=60_000):
        pass
    assert read_dialog.table.rows.row(0)["period"] == "2026-10"
    assert read_dialog.accept_button.isEnabled() and not read_dialog.other.isVisible()
    read_dialog.confirm()
    with qtbot.waitSignal(read_dialog.job.ended, timeout=60_000):
        pass
    assert "Read back" in read_dialog.banner.message()
    assert [one.whole for one in read_back.sources(desk)] == [True]
    read_dialog.confirm()
    assert read_dialog.result() == ReadBackDialog.DialogCode.Accepted


def test_what_was_read_is_not_offered_again(read_dialog, desk, history, archive) -> None:
    read_dialog.show_seen(seen(desk, archive))
    assert not read_dialog.accept_button.isEnabled()
    assert read_dialog.table.rows.index(0, 4).data() == "read back already"


def test_an_archive_that_proves_nothing_wants_a_reason(read_dialog, desk, archive) -> None:
    told = seen(desk, archive)
    told["archives"][0] |= {
        "proven": False,
        "refused": "archive.back.edited",
        "why": "changed",
        "differing": [["Owed in the period", 1, 2]],
    }
    read_dialog.show_seen(told)
    assert read_dialog.why.isVisible() and not read_dialog.accept_button.isEnabled()
    assert "Owed in the period: 1 ≠ 2" in read_dialog._told.text()
    read_dialog.why.setText("the bookkeeper's copy is all there is")
    assert read_dialog.accept_button.isEnabled()


def test_another_shops_archive_must_be_chosen(read_dialog, desk, archive) -> None:
    told = seen(desk, archive)
    told["archives"][0] |= {"foreign_shop": True, "refused": "archive.back.other_shop", "why": "another"}
    read_dialog.show_seen(told)
    assert read_dialog.other.isVisible() and not read_dialog.accept_button.isEnabled()
    read_dialog.other.setChecked(True)
    assert read_dialog.accept_button.isEnabled()


def test_an_archive_is_searched_and_stays_outside(qtbot, desk, archive) -> None:
    dialog = ArchiveSearchDialog(pool=SynchronousPool())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.open_file(archive)
    dialog.show_found("保温杯")
    assert dialog.table.rows.rowCount() > 0
    texts = [label.text() for label in dialog.row.findChildren(type(dialog._title))]
    assert any("保温杯" in text for text in texts)
    dialog.show_found("没有这样的字")
    assert "Nothing" in dialog.banner.message() and read_back.sources(desk) == ()


def test_a_file_that_is_no_archive_is_said_in_the_search(qtbot, tmp_path) -> None:
    dialog = ArchiveSearchDialog(pool=SynchronousPool())
    qtbot.addWidget(dialog)
    (tmp_path / "x.xlsx").write_bytes(b"no")
    dialog.open_file(tmp_path / "x.xlsx")
    assert "no archive" in dialog.banner.message() and not dialog.search.isEnabled()


def test_history_stands_behind_the_shops_own_cases_and_has_no_acts(qtbot, session, desk, history) -> None:
    stock(desk)
    shift.open_shift(desk, 50_000)
    own = visit(desk, sell(desk, 0))
    screen = CasesScreen(session)
    qtbot.addWidget(screen)
    screen.show()
    screen.list.search.input.setText("保温杯")
    screen.list.load()
    rows = screen.list.table.rows.rows()
    assert [row.number for row in rows] == [own.number, history.number]
    screen.list.table.choose(1)
    screen._timer.stop()
    screen._load_case()
    assert screen._pages.currentWidget() is screen.history
    assert screen.history.money.rows.row(0).owed_fen == 12900
    assert screen.history.rows.rows.rowCount() >= 3
    screen.add_note()
    screen.post()
    assert screen._pages.currentWidget() is screen.history
    screen.list.table.choose(0)
    screen._timer.stop()
    screen._load_case()
    assert screen._pages.currentWidget() is screen.detail
    screen.list.search.input.setText("")
    screen.list.load()
    assert [row.number for row in screen.list.table.rows.rows()] == [own.number]


def test_a_purchase_refunded_in_lost_times_is_told_when_it_is_opened(qtbot, session, desk, history) -> None:
    stock(desk)
    shift.open_shift(desk, 50_000)
    screen = CounterScreen(session)
    qtbot.addWidget(screen)
    screen.show()
    screen.finding.look_up(history.number)
    assert [hit.number for hit in screen.sale_panel.hits.hits] == [history.number]
    _october(desk)
    screen.finding.look_up("TB20261018001")
    assert "2026-10" in screen.banner.message() and "129.00" in screen.banner.message()


def test_a_case_of_lost_times_opens_over_the_counter(qtbot, session, history) -> None:
    dialog = HistoryDialog(session, history.number)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.view.rows.rows.row(0).file == "october.xlsx"


def test_the_first_run_takes_name_and_code_from_a_workbook(qtbot, archive) -> None:
    first = FirstRun([], samples=False)
    qtbot.addWidget(first)
    first.pool = SynchronousPool()
    first.show()
    first.take_archives([archive])
    assert (first._name.text(), first._code.text()) == ("星河电器", "01")
    assert "2026-10" in first.banner.message()
    first._manager.setText("王店长")
    first._pin.setText("1234")
    first._again.setText("1234")
    with qtbot.waitSignal(first.ready) as answered:
        first._confirm()
    (answers,) = answered.args
    assert isinstance(answers, FirstAnswers) and answers.archives == (archive,)


def test_the_first_run_says_when_a_file_is_no_archive(qtbot, tmp_path) -> None:
    first = FirstRun([], samples=False)
    qtbot.addWidget(first)
    first.pool = SynchronousPool()
    (tmp_path / "x.xlsx").write_bytes(b"no")
    first.show()
    first.take_archives([tmp_path / "x.xlsx"])
    assert "no archive" in first.banner.message()
