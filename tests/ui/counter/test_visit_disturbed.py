"""A visit goes on whatever happens around it: another language, theme, member of staff, window, rail entry."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from visits import opened

from counter_app.db import connection
from counter_app.services import cases, setup, staff, walks
from counter_app.ui import theme
from counter_app.ui.session import ALL


@pytest.fixture
def begun(hands, counter):
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality")
    return hands


def english_in(widget) -> list[str]:
    """Sentences that stayed English."""
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisibleTo(widget)
        and " " in label.text().strip()
        and label.text().isascii()
        and sum(map(str.isalpha, label.text())) > 6
    ]


def test_the_language_changes_in_the_middle_of_a_visit(begun, dressed) -> None:
    dressed.switch("zh")
    QApplication.processEvents()
    assert english_in(begun.screen) == []
    assert begun.at == "B-Q2"
    begun.answer("goods")
    assert english_in(begun.screen) == []
    dressed.switch("en")
    QApplication.processEvents()
    assert begun.at == "B-Q6"
    assert begun.screen.proposal_panel._card.isVisible()


def test_the_language_changes_on_the_form_and_after_posting(hands, counter, dressed) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    hands.f(9)
    dressed.switch("zh")
    QApplication.processEvents()
    assert english_in(hands.screen.confirm_page) == []
    hands.f(10)
    hands.f(9)
    QApplication.processEvents()
    assert english_in(hands.screen.done_page) == []
    dressed.switch("en")


def test_the_theme_changes_in_the_middle_of_a_visit(begun, qapp) -> None:
    try:
        theme.apply(qapp, "dark")
        QApplication.processEvents()
        begun.answer("goods")
        assert begun.at == "B-Q6"
    finally:
        theme.apply(qapp, "light")


def test_another_window_answers_and_this_one_shows_it(begun, counter, tmp_path) -> None:
    """`PRAGMA data_version` moves; the program emits `changed` for everything, the screen reads anew."""
    folder = counter.desk.folder
    before = connection.data_version(counter.desk.db)
    other = connection.open_database(folder)
    try:
        desk = setup.signed_in(
            setup.open_desk(other, folder, counter.clock), staff.staff_view(counter.desk, 2)
        )
        walks.answer(desk, begun.walk.id, "B-Q2", "goods")
    finally:
        other.close()
        counter.desk.db.bind(connection.MODELS)
    assert connection.data_version(counter.desk.db) != before
    begun.session.changed.emit(ALL)
    assert begun.at == "B-Q6"


def test_an_answer_to_a_question_that_has_moved_on_is_refused_kindly(begun, counter) -> None:
    walks.answer(counter.clerk, begun.walk.id, "B-Q2", "goods")
    begun.answer("packaging")
    assert begun.told
    assert begun.screen.isVisible()


def test_somebody_else_signs_in_and_goes_on_with_the_visit(begun, counter) -> None:
    begun.session.sit(counter.as_staff(3))
    begun.answer("user")
    assert begun.at == "B-Q5", "the supervisor needs no PIN of their own"
    last = cases.case(counter.clerk, begun.view.case.id).events[-1]
    assert last.by == "赵主管"


def test_locking_hides_the_visit_and_it_is_there_afterwards(begun, counter) -> None:
    begun.session.sit(setup.signed_in(counter.desk, None))
    begun.window.show_lock(True)
    QTest.keyClick(begun.window, Qt.Key.Key_1)
    assert begun.at == "B-Q2"
    begun.session.sit(counter.clerk)
    begun.window.show_lock(False)
    begun.answer("goods")
    assert begun.at == "B-Q6"


def test_the_visit_waits_while_another_screen_is_in_front(begun) -> None:
    begun.window.show_screen("cases")
    begun.window.show_screen("counter")
    assert begun.at == "B-Q2"
    begun.answer("goods")
    assert begun.at == "B-Q6"


def test_a_scan_on_another_screen_comes_to_the_counter(hands, counter) -> None:
    sale = counter.simple_sale(order_no="6901234000017")
    counter_screen = hands.screen
    hands.window.show_screen("shift")
    hands.scan(sale.order_no)
    assert hands.window.current() is counter_screen
    assert counter_screen._sale is not None and counter_screen._sale.order_no == sale.order_no


def test_nothing_of_a_visit_is_lost_when_the_power_fails(begun, counter, tmp_path) -> None:
    """What was answered is on disk at once: a copy of the folder, taken now, opens at the same question."""
    number = begun.view.case.number
    begun.f(2)
    copy = tmp_path / "after the power cut"
    copy.mkdir()
    for name in ("counter.sqlite3", "counter.sqlite3-wal"):
        source = counter.desk.folder / name
        if source.exists():
            shutil.copyfile(source, copy / name)
    with opened(copy, tmp_path / "opened") as there:
        case = cases.case(there.clerk, number)
        assert case.walks[0].path[-1] == "B-Q2"
    counter.desk.db.bind(connection.MODELS)


def test_f2_in_the_middle_leaves_the_visit_and_the_next_customer_comes(begun, counter) -> None:
    number = begun.view.case.number
    begun.f(2)
    assert begun.screen.view is None
    begun.scan(counter.simple_sale().order_no)
    begun.answer("return")
    assert begun.view.case.number != number
    begun.f(2)
    begun.scan(number)
    assert begun.at == "B-Q2"
