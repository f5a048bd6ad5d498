"""A page of a room is built when somebody first comes to it, and is as good as if it had stood there before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from shop_day import stock

from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import imports, sales
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import register
from counter_app.ui.status import status_of

ONE_ORDER = "小票号,日期,商品名称,数量,单价,付款方式\nX-1,2026-11-01,保温杯,1,129.00,微信\n"


@pytest.fixture
def window(qtbot, session) -> MainWindow:
    made = MainWindow(session, register.specs(), lambda: status_of(session.desk))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_lock(False)
    return made


def built(screen) -> list[str]:
    return [name for name in screen._pages.names() if screen._pages.is_built(name)]


def words(widget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.mark.parametrize(
    ("room", "first", "second"),
    [("sales", "purchases", "holds"), ("goods", "stock", "gifts"), ("settings", "shop", "window")],
)
def test_a_room_begins_with_one_page_and_gets_another_when_it_is_chosen(window, room, first, second) -> None:
    screen = window.show_screen(room)
    assert built(screen) == [first]
    assert screen._pages.currentWidget() is screen._pages[first]
    screen.show_page(second)
    assert set(built(screen)) == {first, second}
    assert screen._pages.currentWidget() is screen._pages[second]
    screen.show_page(first)
    assert screen._pages.currentWidget() is screen._pages[first]


def test_what_was_asked_for_elsewhere_comes_to_its_page_at_once(window, desk) -> None:
    stock(desk)
    line = NewLine("保温杯", 1000, 12_900)
    new = NewSale(desk.today(), (line,), (NewTender("wechat", 12_900),), order_no="A-9")
    sold = sales.record_sale(desk, new, "a-9").value
    room = window.show_screen("sales", sold.id)
    assert room.page() is room.purchases and room.purchases.card.sale.id == sold.id
    assert built(window.show_screen("settings", "backup")) == ["backup"]
    goods = window.show_screen("goods", "V5")
    assert built(goods) == ["stock"] and goods.stock.place() == "V5"
    assert built(window.show_screen("goods", "PD-1")) == ["stock", "counts"]


def test_orders_to_decide_are_counted_before_anybody_saw_their_page(window, desk, folder) -> None:
    for number in ("H-1", "H-2"):
        line = NewLine("保温杯", 1000, 12_900)
        new = NewSale(desk.today().replace(day=1), (line,), (NewTender("wechat", 12_900),), order_no=number)
        sales.record_sale(desk, new, number)
    file = folder / "plain.csv"
    file.write_text(ONE_ORDER, encoding="utf-8")
    imports.run_import(desk, file)
    room = window.show_screen("sales")
    assert built(room) == ["purchases"] and "1" in room.bar.button("holds").text()
    assert not room.wants_key("1")
    room.show_page("holds")
    assert room.wants_key("1")
    room.take_key("1")
    assert imports.holds(desk) == () and "1" not in room.bar.button("holds").text()


def test_pages_built_before_and_after_speak_the_language_that_was_chosen(window, dressed) -> None:
    room = window.show_screen("goods")
    dressed.switch("zh")
    room.show_page("gifts")
    assert "没有在押押金" in words(room.gifts)
    assert room.stock.places.accessibleName() == "位置"
    dressed.switch("en")
    assert "押金" not in words(room.gifts)
    assert room.stock.places.accessibleName() == "Places"


def test_whoever_comes_next_is_not_told_what_was_searched_for_on_any_page(window, session, desk) -> None:
    room = window.show_screen("sales")
    room.show_page("products")
    room.products.box.input.setText("保温杯")
    room.products.box.remember()
    assert room.products.box.recent() == ["保温杯"]
    session.sit(replace(desk, staff=None))
    session.sit(desk)
    assert (room.products.box.recent(), room.purchases.box.recent()) == ([], [])


def test_leaving_builds_nothing_any_more(window) -> None:
    room = window.show_screen("sales")
    window.close()
    assert built(room) == ["purchases"]
