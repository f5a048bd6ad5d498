"""The program from its start to its end."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from counter_app import app as program_room
from counter_app.db import backup, connection
from counter_app.domain.errors import SurroundingsError
from counter_app.services import sale_list, settings, setup, shift
from counter_app.ui import theme
from counter_app.ui.bug_dialog import BugDialog
from counter_app.ui.caretaker import Caretaker
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.first_run import FirstAnswers, FirstRun
from counter_app.ui.screens.restoring import Restoring
from counter_app.ui.screens.trouble import Trouble
from counter_app.ui.session import ALL


def begin(program) -> MainWindow:
    program.start()
    assert isinstance(program.window, FirstRun)
    program.window.ready.emit(FirstAnswers("星河电器", "01", "SH", "王店长", "1234", False))
    assert isinstance(program.window, MainWindow)
    # Upkeep, scans and the lock after a while begin behind the first picture, however long that takes to come.
    waiting = QEventLoop()
    program.settled.connect(waiting.quit)
    waiting.exec()
    assert program.caretaker is not None
    return program.window


def test_a_fresh_folder_becomes_an_open_counter(program, folder) -> None:
    window = begin(program)
    assert not window.is_locked()
    assert (folder / "counter.sqlite3").is_file()
    assert program.session.desk.staff.name == "王店长"
    assert program.session.desk.shop.province == "SH"


def test_a_window_that_gives_way_before_it_is_seen_leaves_nothing_at_work_behind(program) -> None:
    program.start()
    program.window.ready.emit(FirstAnswers("星河电器", "01", "SH", "王店长", "1234", False))
    first = program.window
    program.back_to_present()
    assert program.window is not first
    program._settle(first)
    assert program.caretaker is None, "the first window's picture came after the second window"
    program._settle(program.window)
    caretaker = program.caretaker
    program._settle(program.window)
    assert program.caretaker is caretaker
    assert [one for one in program.children() if isinstance(one, Caretaker)] == [caretaker]


def test_rules_that_change_after_a_window_closed_wake_no_lock(program) -> None:
    begin(program)
    caretaker, session = program.caretaker, program.session
    program.back_to_present()
    session.changed.emit(frozenset({"policy"}))
    assert not caretaker.idle._waits
    assert not caretaker.idle._timer.isActive()


def test_a_new_shop_can_be_filled_with_sample_orders(program, qtbot) -> None:
    program.start()
    program.looks.speak("en")
    program.window.ready.emit(FirstAnswers("星河电器", "01", "SH", "王店长", "1234", True))
    assert "Sample orders" in program.window.banner.message()
    with qtbot.waitSignal(program.new_shop.samples.filled):
        pass
    assert program.window.banner.message() == "The sample orders are in."
    assert len(sale_list.list_sales(program.session.desk, limit=500)) >= 200


def test_set_up_that_is_refused_stays_at_the_field(program) -> None:
    program.start()
    program.window.ready.emit(FirstAnswers("星河电器", "not a code", "SH", "王店长", "1234", False))
    assert isinstance(program.window, FirstRun)
    assert program.window._fields["code"].error()


def test_the_next_start_asks_for_a_pin(program, folder, clock) -> None:
    db = connection.open_database(folder, create=True)
    setup.set_up_shop(
        db, folder, clock, setup.ShopSetup(name="星河", code="01", manager_name="王店长", manager_pin="1234")
    )
    db.close()
    program.start()
    window = program.window
    assert isinstance(window, MainWindow) and window.is_locked()
    window.lock.pin_entered.emit(1, "9999")
    assert window.is_locked() and window.lock.banner.message()
    window.lock.pin_entered.emit(1, "1234")
    assert not window.is_locked() and program.session.desk.staff.name == "王店长"


def test_locking_leaves_nobody_at_the_desk(program) -> None:
    window = begin(program)
    window.bar._lock.click()
    assert window.is_locked() and program.session.desk.staff is None


def test_switching_staff_keeps_who_is_on_until_the_other_signed_in(program) -> None:
    window = begin(program)
    window.bar._staff.click()
    assert window.is_locked() and program.session.desk.staff is not None
    window.lock.cancelled.emit()
    assert not window.is_locked()


def test_the_language_changes_while_the_window_is_open_and_is_remembered(program) -> None:
    window = begin(program)
    program.looks.speak("zh")
    window.bar._language.click()
    QApplication.processEvents()
    assert window.windowTitle() == "Counter"
    window.bar._language.click()
    QApplication.processEvents()
    assert window.windowTitle() == "售后柜台"
    assert settings.setting(program.session.desk, "language") == "zh"


def test_the_theme_changes_while_the_window_is_open_and_is_remembered(program) -> None:
    window = begin(program)
    program.looks.wear("light")
    window.bar._theme.click()
    assert theme.tokens() is theme.DARK
    assert settings.setting(program.session.desk, "theme") == "dark"


def test_settings_reach_the_window_at_once(program) -> None:
    begin(program)
    program.session.act(settings.set_setting, "language", "en")
    assert program.looks.languages.current == "en"
    program.session.act(settings.set_setting, "lock.minutes", 0)
    assert not program.caretaker.idle._timer.isActive()


def test_what_another_window_wrote_is_shown(program, folder, qtbot) -> None:
    begin(program)
    other = connection.open_database(folder)
    try:
        other.execute_sql("UPDATE setting SET at = at + 1")
    finally:
        other.close()
        program.session.desk.db.bind(connection.MODELS)
    with qtbot.waitSignal(program.session.changed) as changed:
        program.caretaker.look()
    assert changed.args == [ALL]


def test_data_that_cannot_be_opened_is_told_and_tried_again(program, folder, monkeypatch) -> None:
    def refuse(*_args, **_named):
        raise SurroundingsError("db.missing", path=str(folder))

    with monkeypatch.context() as broken:
        broken.setattr(connection, "open_database", refuse)
        program.start()
        assert isinstance(program.window, Trouble)
        program.window.again.emit()
        assert isinstance(program.window, Trouble)
    program.window.again.emit()
    assert isinstance(program.window, FirstRun)


def test_nobody_at_the_desk_for_a_while_locks_the_window(program) -> None:
    window = begin(program)
    program.caretaker.idle.idle.emit()
    assert window.is_locked()


def test_a_shift_left_open_overnight_is_told_before_anything_else(program, clock) -> None:
    window = begin(program)
    assert window.banner.message() == ""
    program.session.act(shift.open_shift, 50_000)
    clock.at += timedelta(days=1)
    program.lock()
    window.lock.pin_entered.emit(1, "1234")
    assert "2026-11-12" in window.banner.message() and "王店长" in window.banner.message()
    window.banner._action.click()
    assert window.current_key() == "shift"


def test_the_database_is_tidied_in_quiet_moments(program) -> None:
    begin(program)
    told: list[object] = []
    program.caretaker.upkeep.trouble.connect(told.append)
    program.caretaker.upkeep.quiet.idle.emit()
    assert told == [] and program.caretaker.upkeep.quiet._timer.isActive()


def test_a_backup_is_made_every_hour_and_a_missing_disk_is_told(program, folder, qtbot) -> None:
    window = begin(program)
    program.caretaker.upkeep.back_up()
    job = program.caretaker.upkeep._job
    program.caretaker.upkeep.back_up()
    assert program.caretaker.upkeep._job is job, "one at a time"
    with qtbot.waitSignal(job.ended):
        pass
    assert list((folder / "backups").glob("counter-*.sqlite3")), window.banner.message()


def test_our_own_bug_is_told_and_can_be_copied(qapp, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(BugDialog, "tell", classmethod(lambda _cls, report: told.append(report)))
    try:
        raise RuntimeError("boom")
    except RuntimeError as error:
        program_room._tell_bug(type(error), error, error.__traceback__)
    assert "RuntimeError: boom" in told[0]


def damage(folder) -> None:
    file = folder / "counter.sqlite3"
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    file.write_bytes(b"no database at all" * 4096)


def test_a_damaged_database_offers_its_newest_sound_backup_and_takes_it(
    program, folder, clock, qtbot
) -> None:
    begin(program)
    name = program.session.desk.shop.name
    backup.back_up(folder, at=clock.now(), label="by-hand")
    program.window.close()
    damage(folder)
    program.open()
    trouble = program.window
    assert isinstance(trouble, Trouble)
    assert trouble._restore.isVisibleTo(trouble) and "2026" in trouble._restore.text()
    trouble._restore.click()
    wait_for_restore(program, qtbot)
    assert isinstance(program.window, MainWindow)
    assert program.session.desk.shop.name == name
    kept = list((folder / "backups").glob("damaged-*/counter.sqlite3"))
    assert len(kept) == 1 and kept[0].read_bytes().startswith(b"no database at all")


def test_a_damaged_page_is_found_behind_the_first_picture(program, folder, clock) -> None:
    begin(program)
    program.window.close()
    file = folder / "counter.sqlite3"
    content = bytearray(file.read_bytes())
    with sqlite3.connect(file) as reader:
        page = reader.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'stock_entry'").fetchone()[0]
        size = reader.execute("PRAGMA page_size").fetchone()[0]
    reader.close()
    content[(page - 1) * size : page * size] = b"\x7f" * size
    file.write_bytes(bytes(content))
    lost = QEventLoop()
    program.settled.connect(lambda: program.caretaker.lost.connect(lost.quit))
    program.open()
    lost.exec()
    assert isinstance(program.window, Trouble)
    assert program.session.desk.db.is_closed()


def wait_for_restore(program, qtbot) -> None:
    """Until the child process that restores has ended and the program shows what came of it."""
    assert isinstance(program.window, Restoring)
    with qtbot.waitSignal(program.window.job.ended):
        pass


def test_a_backup_that_is_no_backup_is_refused_and_said(program, folder, tmp_path, qtbot) -> None:
    begin(program)
    program.window.close()
    damage(folder)
    program.open()
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"nor this")
    program.window.restore.emit(broken)
    wait_for_restore(program, qtbot)
    assert isinstance(program.window, Trouble)
    assert "broken.sqlite3" in program.window._what.text()
    assert (folder / "counter.sqlite3").read_bytes().startswith(b"no database at all")


def test_a_database_that_is_busy_just_now_is_said_and_the_window_stays(program, monkeypatch) -> None:
    window = begin(program)

    def busy(*_args, **_named):
        raise SurroundingsError("db.in_use", path="counter.sqlite3")

    with monkeypatch.context() as broken:
        broken.setattr(program_room, "status_of", busy)
        window.show_status()
    assert "counter.sqlite3" in window.banner.message()
    window.show_status()
    assert isinstance(program.window, MainWindow)


def test_without_a_screen_the_window_is_refused_in_one_sentence(monkeypatch, capsys) -> None:
    monkeypatch.setattr(program_room, "has_display", lambda _platform, _environment: False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert program_room.main() == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("There is no screen") and told.err.count("\n") == 1


def test_a_screen_is_known_by_what_the_desktop_says() -> None:
    assert program_room.has_display("win32", {})
    assert program_room.has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not program_room.has_display("linux", {"DISPLAY": ""})
