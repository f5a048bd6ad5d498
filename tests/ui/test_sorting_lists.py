"""Lists are sorted by a click on a header or by a key, and stay so while the screen lives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from shop_day import asked, sell, stock, visit

from counter_app.domain.list_order import Order
from counter_app.services import shift
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.sales.screen import SalesScreen
from counter_app.ui.widgets.table import FIRST_PAGE, PAGE, SORT_KEY, Column, Table

TITLE, SAID = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
MANY = 1000


def click(table: Table, section: int) -> None:
    """A click on the header, as by hand."""
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(section) + 12, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)


def press(widget) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    assert SORT_KEY == "Ctrl+Shift+S"
    QTest.keyClick(widget, Qt.Key.Key_S, keys)


def titles(table: Table) -> list[str]:
    rows = table.rows
    return [str(rows.headerData(at, Qt.Orientation.Horizontal, TITLE)) for at in range(rows.columnCount())]


def sums(table: Table) -> list[int]:
    return [row[1] for row in table.rows.rows()]


@pytest.fixture
def listed(qtbot) -> Table:
    """A thousand sums, many of them equal, of which a click sorts by the sum; usually newest first."""
    rows = [(number, number * 37 % 9) for number in range(MANY)]

    def fetch(last, count):
        order = table.order
        whole = sorted(
            rows,
            key=lambda row: (row[1], row[0]) if order else row[0],
            reverse=order is None or order.down,
        )
        first = 0 if last is None else whole.index(last) + 1
        return whole[first : first + count]

    table = Table(
        [
            Column(lambda: "No.", lambda row: str(row[0]), width=120),
            Column(lambda: "Sum", lambda row: str(row[1]), width=120, sort="sum"),
        ],
        fetch=fetch,
    )
    qtbot.addWidget(table)
    table.sorted.connect(table.rows.reload)
    table.resize(400, 400)
    table.rows.reload()
    table.show()
    return table


def test_a_click_sorts_upwards_the_next_downwards_the_third_as_usual(listed) -> None:
    told = []
    listed.sorted.connect(lambda: told.append(listed.order))
    for title, order in (("Sum ↑", Order("sum")), ("Sum ↓", Order("sum", down=True)), ("Sum", None)):
        click(listed, 1)
        assert titles(listed) == ["No.", title]
        assert listed.order == order
    assert told == [Order("sum"), Order("sum", down=True), None]
    click(listed, 0)
    assert listed.order is None, "a column without an index does nothing"
    assert len(told) == 3


def test_rows_stay_in_order_across_the_borders_of_pages(listed) -> None:
    click(listed, 1)
    while listed.rows.canFetchMore(QModelIndex()):
        listed.rows.fetchMore(QModelIndex())
    assert listed.rows.rowCount() == MANY
    assert sums(listed) == sorted(sums(listed))
    assert len(set(listed.rows.rows())) == MANY
    assert [listed.rows.row(at)[1] for at in (0, FIRST_PAGE, FIRST_PAGE + PAGE, MANY - 1)] == sorted(
        listed.rows.row(at)[1] for at in (0, FIRST_PAGE, FIRST_PAGE + PAGE, MANY - 1)
    )


def test_the_order_is_said_and_kept_while_it_is_not_offered(listed) -> None:
    click(listed, 1)
    click(listed, 1)
    assert listed.rows.headerData(1, Qt.Orientation.Horizontal, SAID) == "Sum, greatest or latest first"
    assert listed.accessibleDescription() == "Sum, greatest or latest first"
    listed.offer(())
    assert (listed.order, titles(listed), listed.accessibleDescription()) == (None, ["No.", "Sum"], "")
    click(listed, 1)
    assert listed.order is None, "not offered: the header does nothing"
    listed.offer({"sum"})
    assert listed.order == Order("sum", down=True)
    assert titles(listed) == ["No.", "Sum ↓"]


@pytest.fixture
def shop(desk):
    stock(desk)
    shift.open_shift(desk, 50_000)
    return desk


def test_cases_stand_by_state_or_as_they_were_opened(qtbot, session, shop) -> None:
    first, second, third = (visit(shop, sell(shop, number)) for number in range(3))
    asked(shop, second)
    screen = CasesScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1270, 712)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.arrive()
    table = screen.list.table

    def ids() -> list[int]:
        return [row.id for row in table.rows.rows()]

    assert ids() == [third.id, second.id, first.id]
    click(table, 3)
    assert ids() == [first.id, third.id, second.id]
    click(table, 3)
    assert ids() == [second.id, third.id, first.id]
    screen.list.load()
    assert ids() == [second.id, third.id, first.id], "read again, it stays in its order"
    screen.list.load(first.id)
    assert table.chosen().id == first.id, "a case that is gone to from elsewhere"
    click(table, 1)
    assert table.order == Order("state", down=True), "names are masked: there is no order to them"

    screen.list.filters.choose("today")
    assert ids() == [third.id, second.id, first.id]
    assert "↓" not in "".join(titles(table))
    press(screen.list.search.input)
    assert table.order == Order("number")
    assert ids() == [first.id, second.id, third.id]

    with qtbot.waitSignal(screen.list.search.asked):
        screen.list.search.input.setText("SH")
    assert table.order is None
    assert ids() == [third.id, second.id, first.id], "what was searched for stands newest first"
    screen.list.show_all()
    assert ids() == [first.id, second.id, third.id]


def test_purchases_stand_by_day_number_and_money(qtbot, session, shop) -> None:
    sold = [sell(shop, number, goods) for number, goods in enumerate([(0, 1), (3, 4), (2, 1), (1, 0)])]
    screen = SalesScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1270, 712)
    screen.show()
    screen.show_page("purchases")
    screen.arrive()
    page = screen.purchases

    def shown(name: str) -> list[object]:
        return [getattr(row, name) for row in page.table.rows.rows()]

    for section, name in ((0, "purchased_on"), (1, "order_no"), (4, "paid_fen")):
        click(page.table, section)
        assert shown(name) == sorted(shown(name))
        click(page.table, section)
        assert shown(name) == sorted(shown(name), reverse=True)
        assert sorted(shown("sale_id")) == sorted(one.id for one in sold)
    page.show_sale(sold[2].id)
    assert page.table.order == Order("paid_fen", down=True)
    assert page.table.chosen().sale_id == page.card.sale.id == sold[2].id
    click(page.table, 4)
    assert shown("sale_id") == [one.id for one in reversed(sold)], "as usual: the last recorded first"


def test_articles_stand_by_code_and_price(qtbot, session, shop) -> None:
    screen = SalesScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1270, 712)
    screen.show()
    screen.show_page("products")
    screen.arrive()
    page = screen.products
    for section, name in ((0, "sku"), (5, "price_fen")):
        for reverse in (False, True):
            click(page.table, section)
            values = [getattr(row, name) for row in page.table.rows.rows()]
            assert len(values) == 5
            assert values == sorted(values, reverse=reverse)
    page.box.input.setText("保温杯")
    page.load()
    assert page.table.order is None
    page.box.input.clear()
    page.load()
    assert page.table.order == Order("price_fen", down=True)
