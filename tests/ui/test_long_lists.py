"""Lists of any length, what is marked in them, and what was searched for lately."""

from __future__ import annotations

import random
from importlib import import_module

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.ui import theme
from counter_app.ui.widgets.search_box import SearchBox
from counter_app.ui.widgets.table import FIRST_PAGE, KEPT_PAGES, PAGE, Cells, Column, RowsModel, Table

TOP = QModelIndex()


class Ledger:
    """Rows numbered downwards from `newest`, as a list by key gives them; keeps what it was asked for."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        self.asked: list[int | None] = []

    def fetch(self, last, count):
        self.asked.append(None if last is None else last[0])
        first = self.newest if last is None else last[0] - 1
        return [(at, f"张伟 SH01-{at:07d}") for at in range(first, max(0, first - count), -1)]


def _model(ledger: Ledger) -> RowsModel:
    model = RowsModel(
        [Column(lambda: "No.", lambda row: str(row[0])), Column(lambda: "Case", lambda row: row[1])],
        ledger.fetch,
    )
    model.reload()
    return model


def test_a_list_scrolled_to_its_end_keeps_a_few_pages_and_shows_every_row(qtbot) -> None:
    ledger = Ledger(20_123)
    model = _model(ledger)
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert model.rowCount() == 20_123
    assert len(model.rows()) <= KEPT_PAGES * PAGE
    draw = random.Random(4)
    for at in [
        0,
        FIRST_PAGE - 1,
        FIRST_PAGE,
        FIRST_PAGE + PAGE - 1,
        FIRST_PAGE + PAGE,
        20_122,
        *draw.choices(range(20_123), k=300),
    ]:
        assert model.row(at)[0] == 20_123 - at
        assert model.data(model.index(at, 0)) == str(20_123 - at)
    assert len(model.rows()) <= KEPT_PAGES * PAGE
    assert model.rows() == sorted(model.rows(), reverse=True)


def test_the_first_page_is_never_let_go_and_pages_in_sight_are_fetched_once(qtbot) -> None:
    ledger = Ledger(10_000)
    model = _model(ledger)
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    asked = len(ledger.asked)
    assert model.row(0)[0] == 10_000
    assert len(ledger.asked) == asked
    begin = FIRST_PAGE + 40 * PAGE
    for at in range(begin, begin + 2 * PAGE):
        model.row(at)
    assert ledger.asked[asked:] == [10_001 - begin, 10_001 - begin - PAGE], (
        "by the key of the row before, never by offset"
    )


def test_a_list_that_became_shorter_is_read_again(qtbot) -> None:
    ledger = Ledger(6000)
    model = _model(ledger)
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    for at in range(PAGE, KEPT_PAGES * PAGE, PAGE):
        model.row(at)  # what lies at the end is let go
    gone = 2500
    usual = model._fetch
    model._fetch = lambda last, count: [row for row in usual(last, count) if row[0] > gone]
    with qtbot.waitSignal(model.modelReset):
        assert model.row(5900)[0] > 0, "what stands in until then is a row of the list"
    while model.canFetchMore(TOP):
        model.fetchMore(TOP)
    assert model.rowCount() == 6000 - gone


def test_a_list_read_again_reaches_as_far_as_the_cursor_stood(qtbot) -> None:
    ledger = Ledger(10_000)
    model = _model(ledger)
    assert model.rowCount() == FIRST_PAGE
    model.reload(through=FIRST_PAGE + PAGE)
    assert model.rowCount() == FIRST_PAGE + 2 * PAGE
    model.reload(through=9_000)
    assert model.rowCount() == FIRST_PAGE, "too far: those rows would not stay in memory"


def _table(qtbot) -> Table:
    table = Table(
        [
            Column(lambda: "No.", lambda row: str(row[0]), right=True, width=90),
            Column(lambda: "Case", lambda row: row[1]),
        ],
        fetch=Ledger(1000).fetch,
    )
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.rows.reload()
    table.show()
    return table


def test_end_and_home_lead_through_the_pages_and_the_cursor_stays_a_row(qtbot) -> None:
    table = _table(qtbot)
    table.choose(0)
    for _ in range(6):
        table.scrollToBottom()
        QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(table, Qt.Key.Key_Down)
        if table.rows.canFetchMore(TOP):
            table.rows.fetchMore(TOP)
    assert table.chosen()[0] < 200
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen()[0] == 1000


def _spots(table: Table, row: int, column: int):
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    index = table.rows.index(row, column)
    option.rect = table.visualRect(index)
    from counter_app.ui.widgets import marked_cells

    return table._marked.spots(option, index, marked_cells._marks(index.data(), table._marked.typed))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_was_searched_for_is_marked_where_it_stands(qtbot, qapp, mode) -> None:
    theme.apply(qapp, mode)
    table = _table(qtbot)
    plain = table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    table.mark("zw 000")
    name, number = _spots(table, 2, 1)
    assert 0 < name.left() < number.left() and number.width() > 10
    shown = table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = shown.devicePixelRatio()
    changed = [
        (x, y)
        for y in range(shown.height())
        for x in range(shown.width())
        if shown.pixel(x, y) != plain.pixel(x, y)
    ]
    assert changed, "the marks are drawn"
    row = table.visualRect(table.rows.index(2, 1))
    inside = [(x, y) for x, y in changed if row.top() <= y / scale <= row.bottom()]
    assert all(
        any(spot.left() - 1 <= x / scale <= spot.right() + 1 for spot in (name, number)) for x, y in inside
    )
    table.mark("")
    assert table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32) == plain


def test_figures_at_the_right_are_marked_under_their_digits(qtbot) -> None:
    table = _table(qtbot)
    table.mark("998")
    (spot,) = _spots(table, 2, 0)
    cell = table.visualRect(table.rows.index(2, 0))
    assert cell.right() - 20 < spot.right() <= cell.right()


def test_recent_searches_are_offered_again_and_forgotten_with_the_desk(qtbot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    box.show()
    for typed in ("保温杯", "SH01", "保温杯"):
        box.input.setText(typed)
        QTest.keyClick(box.input, Qt.Key.Key_Return)
    assert box.recent() == ["保温杯", "SH01"]
    QTest.keyClick(box.input, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    (menu,) = box.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["保温杯", "SH01"]
    with qtbot.waitSignal(box.asked) as asked:
        menu.actions()[1].trigger()
    assert asked.args == ["SH01"] and box.text() == "SH01"
    menu.close()
    box.forget()
    assert box.recent() == []


def test_the_cases_screen_marks_and_forgets_when_somebody_else_sits_down(qtbot, session) -> None:
    from counter_app.ui.screens.cases.case_list import CaseList

    listed = CaseList(session)
    qtbot.addWidget(listed)
    listed.search.input.setText("1234")
    QTest.keyClick(listed.search.input, Qt.Key.Key_Return)
    assert listed.table._marked.typed == "1234" and listed.search.recent() == ["1234"]
    session.sit(session.desk)
    assert listed.search.recent() == []


def test_a_cell_is_drawn_as_qt_itself_would_draw_it(qtbot) -> None:
    told = {"tone": "", "text": "保温杯\nred\tcup"}
    table = Table(
        [
            Column(lambda: "Goods", lambda _row: told["text"], tone=lambda _row: told["tone"]),
            Column(lambda: "Sum", lambda _row: "12.50", right=True, width=90),
        ]
    )
    qtbot.addWidget(table)
    table.resize(420, 120)
    table.rows.show_rows([(1,), (2,)])
    table.show()
    for tone in ("", "late"):
        told["tone"] = tone
        table.setItemDelegate(Cells(table))
        ours = table.viewport().grab().toImage()
        table.setItemDelegate(QStyledItemDelegate(table))
        assert table.viewport().grab().toImage() == ours, tone


def test_home_and_end_go_to_the_first_row_and_to_the_last_one_read(qtbot) -> None:
    ledger = Ledger(20_000)
    table = Table([Column(lambda: "No.", lambda row: str(row[0]))], fetch=ledger.fetch)
    qtbot.addWidget(table)
    table.rows.reload()
    table.choose(3)
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_End)
    assert table.chosen()[0] == 20_000 - FIRST_PAGE - 3 * PAGE + 1
    assert len(ledger.asked) == 4
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.chosen()[0] == 20_000


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("cases.case_list", "CaseList"),
        ("sales.sales_page", "PurchasesPage"),
        ("sales.products_page", "ProductsPage"),
        ("goods.stock_page", "StockPage"),
    ],
)
def test_every_search_field_offers_recent_searches_by_keys_until_somebody_else_sits_down(
    qtbot, session, room: str, name: str
) -> None:
    page = getattr(import_module(f"counter_app.ui.screens.{room}"), name)(session)
    qtbot.addWidget(page)
    (box,) = page.findChildren(SearchBox)
    page.show()
    for typed in ("1234", "zw"):
        box.input.setText(typed)
        QTest.keyClick(box.input, Qt.Key.Key_Return)
    QTest.keyClick(box.input, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    (menu,) = box.findChildren(QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.asked) as asked:
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert asked.args == ["1234"] and box.text() == "1234"
    session.sit(session.desk)
    assert box.recent() == []
