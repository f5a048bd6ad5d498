"""First run, lock, trouble and settings, on a real shop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from walk import nameless, unreachable

from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import policy, rules, settings, setup, staff
from counter_app.ui.screens.first_run import FirstRun, Province
from counter_app.ui.screens.lock import LockScreen, Person
from counter_app.ui.screens.own_pin import OwnPinDialog
from counter_app.ui.screens.settings.figures import FigureDialog, FiguresPage, parsed
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.screens.settings.staff import StaffDialog, StaffPage
from counter_app.ui.screens.trouble import Trouble

PEOPLE = [Person(1, "王店长", "Manager"), Person(2, "李敏", "Clerk")]


@pytest.fixture
def first(qtbot) -> FirstRun:
    made = FirstRun((Province("NONE", "未设定", "Not set"), Province("SH", "上海", "Shanghai")), samples=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_six_answers_open_a_counter(first, qtbot) -> None:
    QTest.keyClicks(first._name, "Star Shop")
    first._code.setText("sz1")
    QTest.keyClicks(first._manager, "Wang")
    first._province.setCurrentIndex(1)
    QTest.keyClicks(first._pin, "2468")
    QTest.keyClicks(first._again, "2468")
    with qtbot.waitSignal(first.ready) as ready:
        QTest.keyClick(first._again, Qt.Key.Key_Return)
    answers = ready.args[0]
    assert (answers.shop_name, answers.shop_code, answers.province) == ("Star Shop", "SZ1", "SH")
    assert (answers.manager_name, answers.pin, answers.samples) == ("Wang", "2468", False)


def test_each_missing_answer_is_named_beside_its_field(first) -> None:
    first._go.click()
    assert first._fields["name"].error()
    first._name.setText("Star")
    first._code.clear()
    first._go.click()
    assert first._fields["code"].error()
    first._code.setText("01")
    first._go.click()
    assert first._fields["manager"].error()
    first._manager.setText("Wang")
    first._pin.setText("12")
    first._go.click()
    assert first._fields["pin"].error() == "A PIN has at least 4 digits."
    first._pin.setText("1234")
    first._again.setText("4321")
    first._go.click()
    assert first._fields["again"].error() and first._again.text() == ""


def test_a_pin_takes_digits_only(first) -> None:
    QTest.keyClicks(first._pin, "12ab34")
    assert first._pin.text() == "1234"


def test_the_first_screen_speaks_both_languages(first, dressed, qtbot) -> None:
    with qtbot.waitSignal(first.language) as asked:
        first._zh.click()
    assert asked.args == ["zh"]
    dressed.switch("zh")
    QApplication.processEvents()
    assert first._title.text() == "欢迎使用售后柜台"
    assert first._province.itemText(1) == "上海"


@pytest.fixture
def lock(qtbot) -> LockScreen:
    made = LockScreen()
    qtbot.addWidget(made)
    made.show()
    made.show_people("星河电器", PEOPLE, 2)
    return made


def test_signing_in_needs_no_mouse(lock, qtbot) -> None:
    assert lock.person() == PEOPLE[1]
    QTest.keyClick(lock.pad, Qt.Key.Key_Up)
    QTest.keyClicks(lock.pad, "1234")
    with qtbot.waitSignal(lock.pin_entered) as entered:
        QTest.keyClick(lock.pad, Qt.Key.Key_Return)
    assert entered.args == [1, "1234"]


def test_a_wrong_pin_says_how_many_tries_are_left(lock, session) -> None:
    for _ in range(4):
        with pytest.raises(UserError) as refused:
            staff.sign_in(session.desk, 2, "0000")
    lock.show_error(refused.value)
    assert "1" in lock.banner.message() and lock.pad.digits() == ""
    with pytest.raises(UserError) as refused:
        staff.sign_in(session.desk, 2, "0000")
    lock.show_error(refused.value)
    assert refused.value.code == "staff.locked" and lock.banner.message()


def test_switching_staff_can_be_cancelled_and_the_first_sign_in_cannot(lock, qtbot) -> None:
    QTest.keyClick(lock.pad, Qt.Key.Key_Escape)
    assert lock._cancel.isHidden()
    lock.show_people("星河电器", PEOPLE, may_cancel=True)
    with qtbot.waitSignal(lock.cancelled):
        QTest.keyClick(lock.pad, Qt.Key.Key_Escape)


def test_trouble_says_what_happened_where_and_offers_to_try_again(qtbot, folder) -> None:
    trouble = Trouble(SurroundingsError("db.missing", path=str(folder / "counter.sqlite3")), str(folder))
    qtbot.addWidget(trouble)
    trouble.show()
    qtbot.waitUntil(trouble.isActiveWindow)
    assert "counter.sqlite3" in trouble._what.text() and str(folder) in trouble._where.text()
    with qtbot.waitSignal(trouble.again):
        QTest.keyClick(trouble, Qt.Key.Key_F5)


@pytest.fixture
def screen(qtbot, session) -> SettingsScreen:
    made = SettingsScreen(session)
    qtbot.addWidget(made)
    made.resize(1270, 712)
    made.show()
    made.arrive()
    return made


def test_the_shops_name_is_changed_for_slips_and_bar(screen, session, qtbot) -> None:
    page = screen._pages["shop"]
    page._name.setText("星河电器 二店")
    with qtbot.waitSignal(session.desk_changed):
        page._save.click()
    assert session.desk.shop.name == "星河电器 二店"
    assert page.banner.message() == "Saved."
    page._name.clear()
    page._save.click()
    assert page._fields["name"].error()


def test_staff_are_listed_with_role_limit_and_state(screen) -> None:
    screen.show_page("staff")
    page: StaffPage = screen._pages["staff"]
    cells = [
        page._table.rows.data(page._table.rows.index(row, column)) for row in range(2) for column in range(5)
    ]
    assert cells[1] == "王店长" and "(owner)" in cells[2] and cells[3] == "no limit"
    assert cells[6:10] == ["李敏", "After-sales clerk", "¥200.00", "active"]


def test_a_new_member_of_staff_chooses_their_own_pin_and_signs_in(session, qtbot) -> None:
    dialog = StaffDialog(session)
    qtbot.addWidget(dialog)
    dialog._code.setText("03")
    dialog._name.setText("赵丽")
    dialog._role.setCurrentIndex(dialog._role.findData("cashier"))
    dialog._pin.setText("5678")
    dialog._again.setText("5678")
    dialog.confirm()
    entry = staff.list_staff(session.desk)[-1]
    assert (entry.name, entry.role) == ("赵丽", "cashier")
    assert entry.must_change
    own = OwnPinDialog(session, entry.id, entry.name, "5678")
    qtbot.addWidget(own)
    for first, second in (("5678", "5678"), ("87", "87"), ("8765", "8764")):
        own.pin.setText(first)
        own.again.setText(second)
        own.confirm()
        assert own.view is None
    own.again.setText("8765")
    own.confirm()
    assert own.view is not None and own.view.name == "赵丽"
    assert staff.sign_in(session.desk, entry.id, "8765").name == "赵丽"


def test_a_number_already_taken_is_said_beside_the_field(session, qtbot) -> None:
    dialog = StaffDialog(session)
    qtbot.addWidget(dialog)
    for line, text in (
        (dialog._code, "02"),
        (dialog._name, "x"),
        (dialog._pin, "1234"),
        (dialog._again, "1234"),
    ):
        line.setText(text)
    dialog.confirm()
    assert "02" in dialog._fields["code"].error()


def test_a_clerk_may_look_at_staff_but_not_change_them(screen, session) -> None:
    session.sit(setup.signed_in(session.desk, staff.staff_view(session.desk, 2)))
    screen.show_page("staff")
    page = screen._pages["staff"]
    assert not page._add.isEnabled() and "manager" in page._add.toolTip()


def test_the_last_owner_cannot_be_kept_out(screen) -> None:
    screen.show_page("staff")
    page = screen._pages["staff"]
    page._table.choose(0)
    page._switch.click()
    assert "王店长" in page.banner.message()


@pytest.mark.req("S3-29")
def test_a_changed_rule_is_a_new_version_with_its_reason(screen, session, qtbot) -> None:
    screen.show_page("figures")
    page: FiguresPage = screen._pages["figures"]
    figure = next(row for row in page._figures if row.name == "price_protection_days")
    dialog = FigureDialog(session, figure)
    qtbot.addWidget(dialog)
    dialog._value.setText("15")
    dialog._note.setText("autumn sale")
    dialog.confirm()
    now = policy.current(session.desk, rules.SHOP)
    assert now.content["figures"]["price_protection_days"]["value"] == 15
    assert (now.version, now.note) == (2, "autumn sale")


def test_a_rule_never_falls_below_the_law(screen, session, qtbot) -> None:
    screen.show_page("figures")
    figure = next(row for row in screen._pages["figures"]._figures if row.name == "quality_return_days")
    dialog = FigureDialog(session, figure)
    qtbot.addWidget(dialog)
    dialog._value.setText("3")
    dialog.confirm()
    assert dialog._value_field.error()
    assert policy.current(session.desk, rules.SHOP).version == 1


@pytest.mark.parametrize("text", ["", "-1", "1.5", "abc", "9" * 30, "٣"])
def test_nonsense_is_no_number_of_days(text, screen) -> None:
    screen.show_page("figures")
    figure = next(row for row in screen._pages["figures"]._figures if row.unit == "days")
    with pytest.raises(UserError):
        parsed(figure, text)


def test_rules_are_found_by_a_word_in_either_language(screen) -> None:
    screen.show_page("figures")
    page = screen._pages["figures"]
    page._find.setText("价保")
    found = page._table.rows.rows()
    assert found and all("价保" in row.zh for row in found)


def test_printers_and_papers_are_kept(screen, session) -> None:
    screen.show_page("printing")
    page = screen._pages["printing"]
    page._roll.setCurrentText("58mm")
    page._save.click()
    assert settings.setting(session.desk, "paper.receipt") == "58mm"


def test_language_and_theme_work_at_once(screen, session, qtbot) -> None:
    screen.show_page("window")
    page = screen._pages["window"]
    page._language.setCurrentIndex(0)
    with qtbot.waitSignal(session.changed) as changed:
        page._language.activated.emit(0)
    assert changed.args == [frozenset({"policy"})]
    assert settings.setting(session.desk, "language") == "zh"


def test_a_backup_beside_the_data_is_warned_of(screen) -> None:
    screen.show_page("backup")
    assert "same disk" in screen._pages["backup"].banner.message()


@pytest.mark.parametrize(
    "page", ["shop", "staff", "figures", "chart", "numbering", "printing", "window", "backup"]
)
def test_every_settings_page_can_be_used_without_eyes_or_mouse(screen, page) -> None:
    screen.show_page(page)
    assert nameless(screen) == []
    assert unreachable(screen) == []


def test_first_run_and_lock_can_be_used_without_eyes_or_mouse(first, lock) -> None:
    for window in (first, lock):
        assert nameless(window) == []
        assert unreachable(window) == []
