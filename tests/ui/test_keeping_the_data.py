"""The window and the safety of the data: restoring, other windows and machines, the clock, backups that fail."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from test_program import begin, wait_for_restore
from walk import nameless, unreachable

from counter_app.db import backup, backup_folders, connection, holding, places
from counter_app.services import backups, cases, overrides, policy, settings, staff, versions
from counter_app.services import clock as clocks
from counter_app.services.cases import NewCase
from counter_app.ui import notices
from counter_app.ui.clock_dialog import ClockDialog
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.first_run import FirstRun
from counter_app.ui.screens.own_pin import OwnPinDialog
from counter_app.ui.screens.settings import backup as backup_room
from counter_app.ui.screens.settings.restore_dialog import RestoreDialog
from counter_app.ui.screens.trouble import Trouble
from counter_app.ui.top_bar import Status


def settled(program, qtbot) -> MainWindow:
    """A new shop whose window stands, with everything behind it begun."""
    with qtbot.waitSignal(program.settled):
        window = begin(program)
        program.session.act(settings.set_setting, "language", "en")
    return window


def sign_in(program) -> None:
    program.window.lock.pin_entered.emit(1, "1234")


def test_a_pin_that_a_manager_set_is_changed_at_the_lock_screen(program, qtbot, monkeypatch) -> None:
    window = settled(program, qtbot)
    desk = program.session.desk
    new = staff.add_staff(desk, staff.NewStaff("05", "赵丽", "clerk", "5678")).value
    program.session.sit(replace(desk, staff=None))
    window.show_lock(True)
    monkeypatch.setattr(OwnPinDialog, "exec", lambda _dialog: 0)
    window.lock.pin_entered.emit(new.id, "5678")
    assert program.session.desk.staff is None, "whoever closes the dialog is not signed in"

    def choose(dialog: OwnPinDialog) -> int:
        dialog.pin.setText("8765")
        dialog.again.setText("8765")
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(OwnPinDialog, "exec", choose)
    window.lock.pin_entered.emit(new.id, "5678")
    assert program.session.desk.staff.name == "赵丽"


def backup_page(program):
    screen = program.window.show_screen("settings", "backup")
    return screen._pages["backup"]


# --- restoring from the window ----------------------------------------------------------------------


def test_a_backup_is_restored_from_the_settings_of_a_sound_shop(
    program, folder, clock, qtbot, monkeypatch
) -> None:
    window = settled(program, qtbot)
    made = backup.back_up(folder, at=clock.now(), label="by-hand")
    program.session.act(settings.set_setting, "lock.minutes", 3)
    page = backup_page(program)
    assert [row.path for row in page._table.rows.rows()] == [made.path]

    def look_and_accept(dialog: RestoreDialog) -> int:
        assert not dialog.accept_button.isEnabled(), "not before the backup was looked at"
        qtbot.waitUntil(lambda: dialog._looked is not None)
        assert dialog._state.text() == "opened and found sound"
        assert nameless(dialog) == []
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(backup_room.RestoreDialog, "exec", look_and_accept)
    page._restore.click()
    wait_for_restore(program, qtbot)
    assert isinstance(program.window, MainWindow) and program.window is not window
    assert program.window.is_locked(), "everybody signs in again"
    sign_in(program)
    assert made.path.name in program.window.banner.message()
    assert "before-restore" in program.window.banner.message()
    assert settings.setting(program.session.desk, "lock.minutes") == 10
    today = datetime.now(UTC).date()
    told = overrides.listed(program.session.desk, today - timedelta(days=1), today + timedelta(days=1))
    assert [(one.kind, one.who, one.why) for one in told if one.kind == "restored"] == [
        ("restored", program.session.desk.staff.name, made.path.name)
    ]
    kept = next(one for one in backup.backups(folder) if one.label == "before-restore")
    assert backup.is_good(kept)


def test_a_restore_that_is_refused_leaves_everything_and_says_why(program, folder, tmp_path, qtbot) -> None:
    settled(program, qtbot)
    program.session.act(settings.set_setting, "lock.minutes", 3)
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database")
    program.session.restore_wanted.emit(broken)
    wait_for_restore(program, qtbot)
    assert isinstance(program.window, MainWindow)
    assert "broken.sqlite3" in program.window.lock.banner.message()
    assert settings.setting(program.session.desk, "lock.minutes") == 3


def test_what_would_be_missing_is_counted_before_restoring(qtbot, session, folder, clock) -> None:
    made = backup.back_up(folder, at=clock.now())
    cases.open_case(session.desk, NewCase(name="张三"), "visit-1")
    dialog = RestoreDialog(session, made.path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog._looked is not None)
    assert "1 cases" in dialog._missing.text()
    assert dialog.accept_button.isEnabled()
    made.path.write_bytes(b"rubbish")
    again = RestoreDialog(session, made.path)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again._looked is not None)
    assert not again.accept_button.isEnabled() and "not usable" in again._state.text()


def test_a_clerk_cannot_restore(qtbot, session, folder, clock) -> None:
    backup.back_up(folder, at=clock.now())
    clerk = next(one for one in staff.list_staff(session.desk) if one.role == "clerk")
    session.sit(replace(session.desk, staff=staff.staff_view(session.desk, clerk.id)))
    page = backup_room.BackupPage(session)
    qtbot.addWidget(page)
    page.load()
    for button in (page._restore, page._other, page._choose, page._now):
        assert not button.isEnabled()


# --- where backups go -------------------------------------------------------------------------------


def test_the_owner_chooses_a_folder_and_it_is_said_who_did(qtbot, session, tmp_path, monkeypatch) -> None:
    page = backup_room.BackupPage(session)
    qtbot.addWidget(page)
    page.load()
    assert "same disk" in page.banner.message()
    stick = tmp_path / "U 盘"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_a: str(stick)))
    monkeypatch.setattr(places, "same_disk", lambda _one, _other: False)
    page._choose.click()
    assert page._folder.text() == str(stick)
    assert backup_folders.chosen_folder(session.desk.folder) == stick
    assert page.banner.message() == "" and "王店长" in page._changed.text()
    assert versions.history(session.desk, settings.KIND)[0].note == backups.SETTING
    page._here.click()
    assert backup_folders.chosen_folder(session.desk.folder) is None


def test_a_stick_that_was_pulled_out_stands_in_the_bar_until_it_is_back(
    program, folder, tmp_path, qtbot
) -> None:
    window = settled(program, qtbot)
    stick = tmp_path / "stick"
    program.session.act(backups.choose_folder, stick)
    mark = stick / backup_folders.MARK
    told = mark.read_bytes()
    mark.unlink()
    watch(program, qtbot)
    assert window.bar._backup.isVisibleTo(window.bar) and str(stick) in window.bar._backup.toolTip()
    window.bar._backup.click()
    assert window.current_key() == "settings"
    mark.write_bytes(told)
    watch(program, qtbot)
    assert not window.bar._backup.isVisibleTo(window.bar)


def watch(program, qtbot) -> None:
    """One look at the backups, and the bar after it."""
    upkeep = program.caretaker.upkeep
    qtbot.waitUntil(lambda: upkeep._waiting is None)
    upkeep.watch()
    qtbot.waitUntil(lambda: upkeep._waiting is None)
    program.window.show_status()


def test_a_backup_that_fails_is_told_at_once_and_stays_in_the_bar(program, folder, tmp_path, qtbot) -> None:
    window = settled(program, qtbot)
    stick = tmp_path / "stick"
    program.session.act(backups.choose_folder, stick)
    for file in stick.iterdir():
        file.unlink()
    stick.rmdir()
    program.caretaker.upkeep.back_up()
    with qtbot.waitSignal(program.caretaker.upkeep._job.ended):
        pass
    assert str(stick) in window.banner.message()
    watch(program, qtbot)
    assert window.bar._backup.isVisibleTo(window.bar)
    assert backup_folders.newest_good(folder) is not None, "made beside the data instead"


def test_a_shop_without_any_backup_for_a_day_is_told(qtbot, session, clock) -> None:
    assert backups.watch(session.desk)() is None
    clock.at += timedelta(hours=27)
    assert backups.watch(session.desk)().code == "backup.none_yet"
    backup.back_up(session.desk.folder, at=clock.now())
    assert backups.watch(session.desk)() is None
    clock.at += timedelta(hours=27)
    assert backups.watch(session.desk)().code == "backup.old"


def test_the_first_backup_does_not_wait_for_an_hour(program, folder, clock, qtbot) -> None:
    settled(program, qtbot)
    program.caretaker.upkeep.back_up_when_due()
    job = program.caretaker.upkeep._job
    with qtbot.waitSignal(job.ended):
        pass
    assert len(backup.backups(folder)) == 1
    program.caretaker.upkeep.back_up_when_due()
    assert program.caretaker.upkeep._job is None, "there is one of this hour"


# --- whose data -------------------------------------------------------------------------------------


def test_data_open_on_another_machine_are_not_opened(program, folder) -> None:
    folder.mkdir()
    word = folder / f"{holding.STEM}-KASSE-2-7.json"
    word.write_text(json.dumps({"machine": "KASSE-2/x", "host": "KASSE-2", "pid": 7}), "utf-8")
    program.start()
    assert isinstance(program.window, Trouble) and "KASSE-2" in program.window._what.text()
    assert not (folder / "counter.sqlite3").exists()
    os.utime(word, (1, 1))
    program.window.again.emit()
    assert isinstance(program.window, FirstRun)


def test_a_window_whose_data_were_taken_over_stops(program, folder, qtbot) -> None:
    settled(program, qtbot)
    for file in folder.glob(f"{holding.STEM}-*.json"):
        file.unlink()
    program.caretaker.look()
    assert isinstance(program.window, Trouble) and "taken over" in program.window._what.text()
    assert program.session.desk.db.is_closed()


def test_a_closed_window_leaves_no_word_behind(program, folder, qtbot) -> None:
    settled(program, qtbot)
    assert len(list(folder.glob(f"{holding.STEM}-*.json"))) == 1
    program.window.close()
    assert list(folder.glob(f"{holding.STEM}-*.json")) == []


def test_a_second_window_of_this_machine_may_work_and_both_are_told(program, folder, qtbot) -> None:
    window = settled(program, qtbot)
    other = holding.Hold(folder)
    other._file = folder / f"{holding.STEM}-here-1.json"
    other._tell()
    program.lock()
    sign_in(program)
    assert "another window" in window.banner.message()
    program.looks.speak("zh")
    assert "另一个窗口" in window.banner.message()
    program.looks.speak("en")
    window.banner.dismiss()
    program.looks.speak("zh")
    assert window.banner.isHidden()
    other.release()


def test_data_on_a_network_drive_are_warned_of(program, folder, qtbot, monkeypatch) -> None:
    window = settled(program, qtbot)
    monkeypatch.setattr(places, "place_of", lambda _folder: "network")
    program.lock()
    sign_in(program)
    assert "network drive" in window.banner.message() and str(folder) in window.banner.message()


def test_a_lost_database_is_told_instead_of_beginning_an_empty_shop(program, folder, clock, qtbot) -> None:
    settled(program, qtbot)
    name = program.session.desk.shop.name
    backup.back_up(folder, at=clock.now())
    program.window.close()
    for file in folder.glob("counter.sqlite3*"):
        file.unlink()
    program.open()
    assert isinstance(program.window, Trouble)
    program.window._restore.click()
    wait_for_restore(program, qtbot)
    assert isinstance(program.window, MainWindow) and program.session.desk.shop.name == name


def test_a_new_computer_begins_with_the_backup_of_the_old_one(
    program, folder, tmp_path, clock, qtbot
) -> None:
    settled(program, qtbot)
    stick = tmp_path / "stick"
    program.session.act(backups.choose_folder, stick)
    made = backup.back_up(folder, at=clock.now(), to=stick)
    program.window.close()
    shutil.rmtree(folder)
    program.open()
    assert isinstance(program.window, FirstRun)
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database")
    program.window.restore.emit(broken)
    wait_for_restore(program, qtbot)
    assert isinstance(program.window, FirstRun) and "broken.sqlite3" in program.window.banner.message()
    with qtbot.waitSignal(program.settled):
        program.window.restore.emit(made.path)
    assert isinstance(program.window, MainWindow) and program.session.desk.shop.name == "星河电器"
    assert backup_folders.chosen_folder(folder) == stick, "backups go on to the stick"


# --- the clock --------------------------------------------------------------------------------------


def test_a_clock_set_back_is_told_and_decided(program, clock, qtbot, monkeypatch) -> None:
    window = settled(program, qtbot)
    program.caretaker.look()
    program.session.act(cases.open_case, NewCase(name="张三"), "visit-1")
    clock.at -= timedelta(days=1)
    program.caretaker.look()
    assert "set back" in window.banner.message()
    asked: list[ClockDialog] = []

    def decide(dialog: ClockDialog) -> int:
        asked.append(dialog)
        dialog.confirm()
        assert dialog._field.error()
        assert nameless(dialog) == [] and "2026-11-12" in dialog._moments.text()
        dialog._why.setText("battery changed")
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(ClockDialog, "exec", decide)
    window.banner._action.click()
    assert asked and clocks.behind(program.session.desk) is None
    assert window.banner.message() == ""
    decided = settings.setting(program.session.desk, "clock.accepted")
    assert decided["why"] == "battery changed"
    assert policy.version(
        program.session.desk, versions.history(program.session.desk, settings.KIND)[0].id
    ).note


def test_a_clock_set_right_again_takes_the_message_away(program, clock, qtbot) -> None:
    window = settled(program, qtbot)
    program.caretaker.look()
    program.session.act(cases.open_case, NewCase(name="张三"), "visit-1")
    clock.at -= timedelta(days=1)
    program.caretaker.look()
    assert window.banner.message()
    clock.at += timedelta(days=1)
    program.caretaker.look()
    assert window.banner.message() == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bar_says_no_backup_in_both_languages(qtbot, program, language) -> None:
    window = begin(program)
    program.looks.speak(language)
    window.bar.show_status(Status(backup="why"))
    QApplication.processEvents()
    assert window.bar._backup.text() and window.bar._backup.toolTip() == "why"
    assert unreachable(window) == []
    assert notices.first_of(program.session.desk, None, None) is None
    assert connection.data_version(program.session.desk.db) > 0
