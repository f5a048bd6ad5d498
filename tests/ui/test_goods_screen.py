"""The stock room's screen: goods moved, claimed, destroyed, recalled and counted from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.services import claim_views, goods, paper_codes, products, recalls, sales, scrapping, staff
from counter_app.services.recalls import NewRecall
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import register
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.counter.sale_panel import SalePanel
from counter_app.ui.screens.goods.screen import GoodsScreen
from counter_app.ui.status import status_of


@pytest.fixture
def cup(desk) -> int:
    new = NewProduct(sku="CUP", name="保温杯", price_fen=12_900, cost_fen=6_000, barcode="6901234567892")
    made = products.save_product(desk, new).value
    products.count_stock(desk, made.id, 10_000)
    return made.id


@pytest.fixture
def screen(qtbot, session, cup) -> GoodsScreen:
    window = MainWindow(session, register.specs(), lambda: status_of(session.desk))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.show_lock(False)
    found = window.show_screen("goods")
    QApplication.processEvents()
    assert isinstance(found, GoodsScreen)
    return found


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), (9, 90, 9)).save(out, "JPEG")
    return out.getvalue()


def test_the_first_place_with_goods_is_in_front_with_what_it_had_cost(screen) -> None:
    assert screen.stock.place() == "V1"
    one = screen.stock.chosen()
    assert (one.name, one.quantity_milli, one.value_fen) == ("保温杯", 10_000, 60_000)
    model = screen.stock.places.model()
    assert [model.index(1, column).data() for column in range(3)] == ["Resaleable", "10", "¥600.00"]


def test_goods_are_moved_by_the_form_and_both_places_show_it(screen, desk, cup) -> None:
    form = screen.stock.move_dialog(screen.stock.chosen())
    form.write(quantity="2", reason="scratched")
    form.inputs["to"].setCurrentIndex(form.inputs["to"].findData("V5"))
    form.confirm()
    assert form.result() == form.DialogCode.Accepted
    assert goods.on_hand(desk, cup, "V5") == 2000
    screen.stock.show_place("V5")
    assert screen.stock.chosen().quantity_milli == 2000


def test_a_refused_move_says_why_and_keeps_what_was_typed(screen, desk, cup) -> None:
    form = screen.stock.move_dialog(screen.stock.chosen())
    form.write(quantity="99", reason="scratched")
    form.confirm()
    assert "10" in form.banner.message()
    assert form.text("quantity") == "99"
    assert goods.on_hand(desk, cup) == 10_000


def test_a_claim_is_opened_sent_and_credited(screen, desk, cup) -> None:
    form = screen.stock.claim_dialog(screen.stock.chosen())
    form.write(party="某某电器厂", quantity="2", reason="不加热", asked="120.00")
    form.confirm()
    screen.show_page("claims")
    one = screen.claims.chosen()
    assert (one.party, one.asked_fen, one.state) == ("某某电器厂", 12_000, "open")
    for state, amount in (("sent", ""), ("credited", "100.00")):
        step = screen.claims.step_dialog(screen.claims.chosen())
        step.write(amount=amount)
        step.inputs["state"].setCurrentIndex(step.inputs["state"].findData(state))
        step.confirm()
        assert step.result() == step.DialogCode.Accepted, step.banner.message()
    assert claim_views.claim(desk, one.id).got_fen == 10_000
    assert goods.on_hand(desk, cup, "V4") == 0


def test_destruction_asks_for_another_persons_pin(screen, desk, cup) -> None:
    form = screen.stock.scrap_dialog(screen.stock.chosen(), [photo()])
    form.write(quantity="1", reason="cracked", way="crushed", pin="9999")
    form.confirm()
    assert form.banner.message()
    form.write(pin="1111")
    form.confirm()
    assert form.result() == form.DialogCode.Accepted, form.banner.message()
    screen.show_page("scrap")
    assert screen.scrap.table.rows.row(0).witness == "李敏"
    assert scrapping.list_scrapped(desk)[0].cost_fen == 6_000


@pytest.mark.req("S3-44")
def test_a_recalled_batch_warns_at_the_counter_and_lists_its_sales(screen, desk, cup) -> None:
    line = NewLine("保温杯", 1000, 12_900, product_id=cup, batch_no="B12")
    sale = sales.record_sale(
        desk, NewSale(date(2026, 11, 10), (line,), (NewTender("cash", 12_900),), order_no="R-1"), "sale-1"
    ).value
    form = screen.recalls.recall_dialog()
    form.write(article="CUP", reason="漏水", what="停用退款", batch_from="B10", batch_to="B20")
    screen.show_page("recalls")
    form.confirm()
    assert form.result() == form.DialogCode.Accepted, form.banner.message()
    assert screen.recalls.sale().sale_id == sale.id
    called = screen.recalls.called_dialog(screen.recalls.chosen(), screen.recalls.sale())
    called.confirm()
    assert recalls.recalls(desk)[0].called == 1
    window = screen.window()
    panel = window.show_screen("counter").findChild(SalePanel)
    panel.show_sale(sales.sale(desk, sale.id), {}, {}, open_case=False)
    assert "漏水" in panel._recall.text()
    assert panel._recall.isVisibleTo(panel)
    recalls.close_recall(desk, recalls.recalls(desk)[0].id, "done")
    panel.show_sale(sales.sale(desk, sale.id), {}, {}, open_case=False)
    assert not panel._recall.isVisibleTo(panel)


def test_the_number_typed_when_goods_are_looked_at_is_held_against_recalls(desk, cup) -> None:
    recalls.open_recall(desk, NewRecall("漏电", "停用", product_id=cup, serial_from="SN5", serial_to="SN9"))
    assert [one.sure for one in recalls.warnings(desk, cup, "", "SN7")] == [True]
    assert [one.sure for one in recalls.warnings(desk, cup, "", "")] == [False]


def test_a_place_is_counted_line_by_line_and_posted(screen, desk, cup) -> None:
    screen.show_page("counts")
    page = screen.counts
    page.place.setCurrentIndex(page.place.findData("V1"))
    page.start()
    form = page.line_dialog(page.line())
    form.write(counted="8")
    form.confirm()
    post = page.post_dialog(page.chosen())
    post.write(reason="broken", pin="1234")
    post.inputs["who"].setCurrentIndex(post.inputs["who"].findText("王店长"))
    post.confirm()
    assert post.result() == post.DialogCode.Accepted, post.banner.message()
    assert goods.on_hand(desk, cup) == 8000
    assert page.chosen().number.startswith("PD01-")


def test_the_clerk_sees_no_cost_and_may_not_move(screen, session, desk) -> None:
    session.sit(replace(desk, staff=staff.staff_view(desk, 2)))
    assert screen.stock.places.isColumnHidden(2)
    assert not screen.stock._move.isEnabled()
    assert not screen.stock._scrap.isEnabled()


def test_gifts_and_deposits_roll_forward_on_their_page(screen) -> None:
    screen.show_page("gifts")
    rows = screen.gifts.flows.rows.rows()
    assert [row.name for row in rows][:3] == ["Coupons", "Gifts promised", "Deposits"]
    assert {cell for row in rows[:3] for cell in row.cells} == {"¥0.00"}


def test_a_scanned_goods_paper_opens_its_page(screen) -> None:
    form = screen.stock.claim_dialog(screen.stock.chosen())
    form.write(party="厂家", quantity="1", reason="坏", asked="10.00")
    form.confirm()
    number = claim_views.claims(screen.session.desk)[0].number
    paper = paper_codes.house(screen.session.desk, f"counter:case/{number}#7F3K-92QD")
    screen.show_subject(paper)
    (dialog,) = screen.claims.findChildren(PaperDialog)
    assert dialog.isVisible() and f"on no paper of {number}" in dialog.banner.message()
    dialog.reject()
    assert screen.page() is screen.claims
    assert screen.claims.chosen().number == number
