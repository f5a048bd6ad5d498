"""What every registered screen must keep, whatever it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QLabel
from walk import nameless, unreachable

from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import register
from counter_app.ui.screens.screen import Screen
from counter_app.ui.status import status_of
from counter_app.ui.widgets.pages import Pages

KEYS = [spec.key for spec in register.specs()]
#: What a cash register's screen leaves beside the rail and below the bar.
ROOM = (1366 - 96, 768 - 56)


class Longer(QTranslator):
    """Says every sentence half as long again, as a longer language would."""

    def translate(self, context: str, source: str, note: str | None = None, n: int = -1) -> str:
        half = source[: len(source) // 2].replace("{", "").replace("}", "")
        return f"{source} {half}"


@pytest.fixture
def window(qtbot, session) -> MainWindow:
    made = MainWindow(session, register.specs(), lambda: status_of(session.desk))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_lock(False)
    return made


def every_page(screen: Screen) -> Iterator[str]:
    """Come to each page of a screen in turn; one that has no pages is one itself."""
    pages = getattr(screen, "_pages", None)
    for name in list(pages.names()) if isinstance(pages, Pages) else [""]:
        if name:
            screen.show_page(name)
        QApplication.processEvents()
        yield name


@pytest.mark.parametrize("key", KEYS)
def test_it_can_be_used_without_eyes_or_mouse(window, key) -> None:
    screen = window.show_screen(key)
    for page in every_page(screen):
        assert (page, nameless(screen), unreachable(screen)) == (page, [], [])


@pytest.mark.parametrize("key", KEYS)
def test_it_is_whole_on_a_cash_registers_screen(window, key) -> None:
    screen = window.show_screen(key)
    for page in every_page(screen):
        least = screen.minimumSizeHint()
        assert (least.width() <= ROOM[0], least.height() <= ROOM[1]) == (True, True), (page, least)


@pytest.mark.parametrize("key", KEYS)
def test_a_longer_language_does_not_push_it_off_the_screen(window, key, qapp) -> None:
    longer = Longer()
    qapp.installTranslator(longer)
    try:
        screen = window.show_screen(key)
        for page in every_page(screen):
            assert screen.minimumSizeHint().width() <= ROOM[0], (page, screen.minimumSizeHint())
    finally:
        qapp.removeTranslator(longer)


@pytest.mark.parametrize("key", KEYS)
def test_it_speaks_chinese_after_the_switch(window, key, dressed) -> None:
    """No label keeps an English sentence (letters alone, such as key caps and codes, are no sentence)."""
    screen = window.show_screen(key)
    dressed.switch("zh")
    QApplication.processEvents()
    english = [
        label.text()
        for label in screen.findChildren(QLabel)
        if label.isVisibleTo(screen)
        and " " in label.text().strip()
        and label.text().isascii()
        and sum(map(str.isalpha, label.text())) > 6
    ]
    assert english == []


@pytest.mark.parametrize("key", KEYS)
def test_its_keys_are_listed_for_f1(window, key) -> None:
    lines = window.show_screen(key).keys()
    assert all(line.key and line.does for line in lines)


def test_every_place_has_a_word_and_no_two_the_same_key(window) -> None:
    titles = [spec.title() for spec in register.specs()]
    assert all(titles) and len(set(titles)) == len(titles)
    assert len(set(window._shown_numbers.values())) == len(titles)
