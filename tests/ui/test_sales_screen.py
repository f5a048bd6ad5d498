"""The sales screen: purchases, articles and stock, import, orders to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shop_day import sell, stock, visit

from counter_app import resources
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import import_mappings, imports, products, sales, signals, staff
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.sales.dates_dialog import DatesDialog
from counter_app.ui.screens.sales.product_dialogs import CountDialog, ProductDialog
from counter_app.ui.screens.sales.sales_page import find_product
from counter_app.ui.screens.sales.screen import SalesScreen
from counter_app.ui.screens.sales.split_dialog import SplitDialog
from counter_app.ui.widgets.words import Words

PLAIN = "小票号,日期,商品名称,数量,单价,付款方式\nX-1,2026-11-01,保温杯,1,129.00,微信\nX-2,2026-11-02,杯刷,坏,19.90,现金\n"
STRANGE = "票,天,货,几个,多少钱\nY-1,2026-11-01,保温杯,1,129.00\n"


@pytest.fixture
def screen(qtbot, session) -> SalesScreen:
    made = SalesScreen(session)
    qtbot.addWidget(made)
    made.resize(1270, 712)
    return made


def arrive(screen: SalesScreen, page: str = "purchases") -> None:
    screen.show()
    screen.show_page(page)
    screen.arrive()


def words(widget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(Words) if label.isVisibleTo(widget))


def numbers(screen: SalesScreen) -> list[str]:
    return [row.order_no for row in screen.purchases.table.rows.rows()]


def as_clerk(desk, session) -> None:
    clerk = next(one for one in staff.list_staff(desk) if one.role == "clerk")
    session.sit(replace(desk, staff=staff.staff_view(desk, clerk.id)))


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


# --- purchases --------------------------------------------------------------------------------------


def test_a_purchase_is_found_and_shown_with_what_is_left_of_it(screen, desk) -> None:
    stock(desk)
    sold = sell(desk, 0, (0, 1))
    sell(desk, 3, (3, 4))
    visit(desk, sold)
    arrive(screen)
    screen.purchases.box.input.setText("保温杯刷")
    screen.purchases.load()
    assert numbers(screen) == [sold.order_no]
    card = screen.purchases.card
    line = card.lines.rows.rows()[0]
    assert (line.bought_milli, line.reserved_milli, line.returnable_milli) == (2000, 1000, 1000)
    assert "SH01-20261112-0001" in words(card) and "¥277.90" in words(card)


def test_a_purchase_that_the_list_does_not_reach_stays_until_another_is_chosen(screen, desk, session) -> None:
    """As one that a recall opens in a shop with many newer ones."""
    stock(desk)
    first, second = sell(desk, 0), sell(desk, 1)
    page = screen.purchases
    page.box.input.setText(second.order_no)
    arrive(screen)
    screen.show_subject(first.id)
    screen.arrive()
    assert (numbers(screen), page.card.sale.id) == ([second.order_no], first.id)
    session.act(sales.set_dates, first.id, received_on=date(2026, 11, 12))
    assert (page.card.sale.id, page.card.sale.received_on) == (first.id, date(2026, 11, 12))
    page.box.asked.emit(page.box.text())
    assert page.table.chosen().sale_id == second.id


def test_only_the_purchase_at_which_the_arrows_stop_is_read(qtbot, screen, desk, monkeypatch) -> None:
    stock(desk)
    sold = [sell(desk, number) for number in range(3)]
    arrive(screen)
    read: list[int] = []
    usual = sales.sale

    def sale(*given):
        read.append(given[1])
        return usual(*given)

    monkeypatch.setattr(sales, "sale", sale)
    screen.purchases._soon.setInterval(3_600_000)  # however slow the machine
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(screen.purchases.table, key)
    assert screen.purchases.table.chosen().sale_id == sold[0].id
    with qtbot.waitSignal(screen.wants) as wanted:
        screen.post()
    assert wanted.args == ["counter", sold[0].order_no]
    assert read == [sold[0].id]


def test_a_visit_begins_with_the_chosen_purchase(qtbot, screen, desk) -> None:
    stock(desk)
    sold = sell(desk, 0)
    arrive(screen)
    with qtbot.waitSignal(screen.wants) as wanted:
        screen.post()
    assert wanted.args == ["counter", sold.order_no]


def test_cost_is_hidden_from_clerks_and_shown_to_managers(screen, desk, session) -> None:
    stock(desk)
    sell(desk, 0)
    arrive(screen)
    assert not screen.purchases.card.lines.isColumnHidden(7)
    as_clerk(desk, session)
    assert screen.purchases.card.lines.isColumnHidden(7)
    screen.show_page("products")
    assert screen.products.table.isColumnHidden(6)


def test_days_are_set_and_a_day_that_is_none_is_told(qtbot, screen, desk) -> None:
    stock(desk)
    sold = sell(desk, 0)
    arrive(screen)
    dialog = DatesDialog(sold, screen.purchases._keep_dates)
    qtbot.addWidget(dialog)
    dialog.write("received_on", "2026-13-40")
    dialog.confirm()
    assert dialog._fields["received_on"].error()
    dialog.write("received_on", "2020-01-01")
    dialog.confirm()
    assert dialog.banner.message()
    dialog.write("received_on", "2026-11-12")
    dialog.confirm()
    assert sales.sale(desk, sold.id).received_on == date(2026, 11, 12)
    assert "received 2026-11-12" in words(screen.purchases.card)


def test_a_line_known_by_its_total_is_split_to_the_fen(qtbot, screen, desk) -> None:
    stock(desk)
    line = NewLine("大礼包", 1000, 14_890, indivisible=True)
    sold = sales.record_sale(
        desk,
        NewSale(date(2026, 11, 10), (line,), (NewTender("wechat", 14_890),), order_no="TOTAL-1"),
        "total",
    ).value
    arrive(screen)
    assert screen.purchases.card._split.isEnabled()
    dialog = SplitDialog(sold.lines[0], lambda text: find_product(desk, text), screen.purchases._keep_split)
    qtbot.addWidget(dialog)
    dialog.write(0, "真空保温杯 500ml 墨绿", "1", "129.00")
    dialog.write(1, "保温杯刷 两支装", "1", "19.00")
    assert "¥0.90 still to share out" in words(dialog)
    dialog.confirm()
    assert dialog.banner.message()
    dialog.write(1, "保温杯刷 两支装", "1", "19.90")
    assert "adds up" in words(dialog)
    dialog.confirm()
    parts = [part for part in sales.sale(desk, sold.id).lines if part.split_of]
    assert [part.paid_fen for part in parts] == [12_900, 1_990]
    assert not screen.purchases.card._split.isEnabled()


# --- articles ---------------------------------------------------------------------------------------


def test_stock_is_counted_and_the_difference_said_before(qtbot, screen, desk) -> None:
    stock(desk)
    arrive(screen, "products")
    product = products.list_products(desk)[0]
    dialog = CountDialog(
        product, lambda milli: screen.session.act(products.count_stock, product.id, milli), screen
    )
    qtbot.addWidget(dialog)
    dialog.edit.setText("-1")
    dialog.confirm()
    assert dialog._field.error()
    dialog.edit.setText("7")
    assert "difference to the book: −3" in words(dialog)
    dialog.confirm()
    assert products.stock_on_hand(desk, product.id) == 7_000
    assert screen.products.table.rows.row(0).stock_milli == 7_000


def test_an_article_is_added_changed_and_refused_at_the_field_that_is_wrong(qtbot, screen, desk) -> None:
    arrive(screen, "products")
    known = screen.products._known
    dialog = ProductDialog(None, known, True, screen.products._keep)
    qtbot.addWidget(dialog)
    dialog.write(sku="N-1", name="新杯子", price="abc")
    dialog.confirm()
    assert dialog._fields["price"].error()
    dialog.write(price="39.90", cost="12", tax="13")
    dialog.confirm()
    (made,) = products.list_products(desk)
    assert (made.price_fen, made.cost_fen, made.tax_rate_bp) == (3_990, 1_200, 1_300)
    again = ProductDialog(made, known, True, screen.products._keep)
    qtbot.addWidget(again)
    again.write(price="35")
    again.confirm()
    assert products.product(desk, made.id).price_fen == 3_500
    assert products.product(desk, made.id).cost_fen == 1_200


def test_a_scanned_article_is_looked_up_while_articles_are_in_front(screen, desk) -> None:
    stock(desk)
    arrive(screen, "products")
    assert screen.take_scan("6901234567892")
    assert [row.sku for row in screen.products.table.rows.rows()] == ["BW-500"]
    screen.show_page("purchases")
    assert not screen.take_scan("6901234567892")


# --- import -----------------------------------------------------------------------------------------


def look(qtbot, screen: SalesScreen, begin) -> None:
    """Begin a look into files and wait until the child process has told what it found."""
    with qtbot.waitSignal(screen.imports.looked, timeout=20_000):
        begin()
        assert screen.imports.is_looking() and screen.imports._stop.isVisibleTo(screen.imports)


def test_a_look_into_a_large_file_is_stopped_and_a_newer_look_ends_an_older_one(
    qtbot, screen, folder
) -> None:
    rows = "".join(f"Z-{at},2026-11-01,保温杯,1,129.00,微信\n" for at in range(3_000))
    large = write(folder, "large.csv", PLAIN.splitlines()[0] + "\n" + rows)
    arrive(screen, "import")
    look(qtbot, screen, lambda: (screen.imports.open_files([large]), screen.imports.stop()))
    assert screen.imports.seen is None and not screen.imports.is_looking()
    assert not screen.imports._stop.isVisibleTo(screen.imports)
    small = write(folder, "small.csv", PLAIN)
    look(qtbot, screen, lambda: (screen.imports.open_files([large]), screen.imports.open_files([small])))
    assert screen.imports.seen.files == ("small.csv",)


def test_a_window_that_closes_ends_the_look_and_waits_for_it(qtbot, screen, folder) -> None:
    rows = "".join(f"Z-{at},2026-11-01,保温杯,1,129.00,微信\n" for at in range(3_000))
    large = write(folder, "large.csv", PLAIN.splitlines()[0] + "\n" + rows)
    arrive(screen, "import")
    screen.imports.open_files([large])
    child = screen.imports._runs._look
    assert child is not None and screen.imports.is_looking()
    screen.close()
    assert not child.is_running() and not screen.imports.is_looking()


def test_without_a_proof_the_lowest_price_is_filled_in_and_told(qtbot, screen, desk) -> None:
    stock(desk)
    product = products.list_products(desk, "保温杯 500ml", limit=1)[0].id
    sales.record_sale(
        desk,
        NewSale(
            purchased_on=desk.today(),
            lines=(NewLine("保温杯 500ml", 1000, 9900, product_id=product),),
            tenders=(NewTender("cash", 9900),),
            order_no="CHEAP-1",
        ),
        "cheap",
    )
    made = RecordSaleDialog(
        "",
        desk.today(),
        lambda text: products.list_products(desk, text, limit=1)[0],
        lambda _new, _request: None,
        lowest=lambda product_id: signals.lowest_without_proof(desk, product_id),
    )
    qtbot.addWidget(made)
    made.show()
    row = made._rows[0]
    row.name.setText("保温杯 500ml")
    row.name.editingFinished.emit()
    usual = row.price.text()
    made._proof.setCurrentIndex(made._proof.findData("none"))
    assert row.price.text() == "99.00" != usual
    assert "the lowest price counts: ¥99.00" in words(made)
    row.price.setText("120.00")
    made._proof.setCurrentIndex(made._proof.findData("receipt"))
    assert row.price.text() == "120.00"


def test_columns_known_by_their_names_yield_to_what_somebody_said_before(qtbot, screen, folder, desk) -> None:
    columns = PLAIN.splitlines()[0].split(",")
    said = {"order_no": "小票号", "date": "日期", "name": "商品名称", "quantity": "数量", "line_paid": "单价"}
    import_mappings.remember(desk, columns, said)
    arrive(screen, "import")
    screen.imports.open_files([write(folder, "plain.csv", PLAIN)])
    qtbot.waitUntil(
        lambda: screen.imports.seen is not None and not screen.imports.is_looking(), timeout=20_000
    )
    assert screen.imports.seen.mapping == said


def test_a_preview_names_row_and_column_of_what_is_wrong(qtbot, screen, folder) -> None:
    arrive(screen, "import")
    look(qtbot, screen, lambda: screen.imports.open_files([write(folder, "plain.csv", PLAIN)]))
    seen = screen.imports.seen
    assert seen.kind == "sheet" and seen.counts["new"] == 1 and seen.counts["faults"] == 1
    (fault,) = screen.imports.faults.rows.rows()
    assert (fault.row, fault.column) == (3, "数量")
    assert "1 new" in words(screen.imports) and "1 faults" in words(screen.imports)
    assert screen.imports._run.isEnabled()


def test_columns_nobody_recognises_are_named_by_hand_and_remembered(qtbot, screen, folder, desk) -> None:
    file = write(folder, "strange.csv", STRANGE)
    arrive(screen, "import")
    look(qtbot, screen, lambda: screen.imports.open_files([file]))
    form = screen.imports.form
    assert screen.imports.seen is None and screen.imports._form_area.isVisible()
    for name, column in (
        ("order_no", "票"),
        ("date", "天"),
        ("name", "货"),
        ("quantity", "几个"),
        ("unit_price", "多少钱"),
    ):
        form.choose(name, column)
    qtbot.waitUntil(
        lambda: screen.imports.seen is not None and not screen.imports.is_looking(), timeout=20_000
    )
    assert screen.imports.seen.counts["new"] == 1
    with qtbot.waitSignal(screen.session.changed, timeout=20_000):
        screen.imports.run()
    (known,) = import_mappings.remembered(desk)
    assert known.columns == ("票", "天", "货", "几个", "多少钱") and known.mapping["name"] == "货"
    qtbot.waitUntil(lambda: not screen.imports.is_running(), timeout=20_000)
    file.write_text(STRANGE.replace("Y-1", "Y-2"), encoding="utf-8")
    look(qtbot, screen, lambda: screen.imports.open_files([file]))
    assert screen.imports.seen.counts["new"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("broken.xlsx", b"PK\x03\x04 nothing"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(300)),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_nothing_is_offered(
    qtbot, screen, folder, name, content
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    arrive(screen, "import")
    look(qtbot, screen, lambda: screen.imports.open_files([folder / name]))
    assert screen.imports.banner.message() and screen.imports.seen is None
    assert not screen.imports._run.isVisible()


def test_files_are_taken_by_dropping_them(qtbot, screen, folder) -> None:
    file = write(folder, "plain.csv", PLAIN)
    arrive(screen, "import")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    look(qtbot, screen, lambda: screen.imports.dropEvent(event))
    assert screen.imports.seen is not None


def test_an_import_runs_beside_the_window_and_brings_nothing_in_twice(qtbot, screen, desk) -> None:
    sample = resources.path("samples", "plain_orders.csv")
    arrive(screen, "import")
    look(qtbot, screen, lambda: screen.imports.open_files([sample]))
    wanted = screen.imports.seen.counts["new"]
    with qtbot.waitSignal(screen.session.changed, timeout=20_000):
        screen.imports.run()
        assert screen.imports.is_running()
    qtbot.waitUntil(lambda: not screen.imports.is_running(), timeout=20_000)
    screen.show_page("purchases")
    found = desk.db.execute_sql("SELECT count(*) FROM sale").fetchone()[0]
    assert found == wanted >= 200
    look(qtbot, screen, lambda: screen.imports.open_files([sample]))
    assert screen.imports.seen.counts.get("new", 0) == 0
    assert not screen.imports._run.isEnabled()


def test_who_may_not_import_is_told_why(screen, desk, session, folder) -> None:
    as_clerk(desk, session)
    arrive(screen, "import")
    assert not screen.imports._choose.isEnabled()
    assert screen.imports._choose.toolTip() == "Your role may not import."


# --- to decide --------------------------------------------------------------------------------------


@pytest.fixture
def held(desk, folder):
    """An imported order that may be one of two typed purchases."""
    for number in ("H-1", "H-2"):
        line = NewLine("保温杯", 1000, 12_900)
        sales.record_sale(
            desk, NewSale(date(2026, 11, 1), (line,), (NewTender("wechat", 12_900),), order_no=number), number
        )
    imports.run_import(desk, write(folder, "plain.csv", PLAIN))
    (hold,) = imports.holds(desk)
    return hold


def test_an_order_that_may_be_typed_already_waits_for_a_person(screen, desk, held) -> None:
    arrive(screen)
    assert "1" in screen.bar.button("holds").text()
    screen.show_page("holds")
    assert held.order_no in words(screen.holds)
    assert len(screen.holds.answers.answers()) == len(held.candidates) + 2
    assert screen.wants_key("1")
    screen.take_key("1")
    assert imports.holds(desk) == ()
    assert held.order_no in dict(sales.sale(desk, held.candidates[0].sale_id).identities).values()


@pytest.mark.parametrize(("choice", "more"), [("separate", 1), ("ignore", 0)])
def test_it_may_also_be_another_purchase_or_none(screen, desk, held, choice, more) -> None:
    before = desk.db.execute_sql("SELECT count(*) FROM sale").fetchone()[0]
    arrive(screen, "holds")
    screen.holds.decide(choice)
    assert desk.db.execute_sql("SELECT count(*) FROM sale").fetchone()[0] == before + more
    assert "Nothing to decide" in words(screen.holds)
