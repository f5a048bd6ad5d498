"""The customer's card at the counter: earlier visits, class, flags, notes of the day; what a note never does."""

from __future__ import annotations

import pytest

from counter_app.domain.new_product import NewProduct
from counter_app.services import cases, customer_history, forms, notes_at_hand, products
from counter_app.ui.screens.counter.intake_dialog import IntakeDialog
from counter_app.ui.screens.settings.shop import ShopPage


def card(hands):
    return hands.screen.sale_panel.customer


@pytest.mark.req("S2-25", "S3-28")
def test_earlier_visits_stand_on_the_card_before_the_first_question(hands, counter) -> None:
    counter.visit(counter.simple_sale()).go("question", "yes")
    sale = counter.simple_sale()
    hands.scan(sale.order_no)
    assert "1 earlier case(s)" in card(hands)._history.text()
    assert "known" in card(hands)._care.text()
    hands.answer("problem")
    assert "1 earlier case(s)" in card(hands)._history.text()
    assert "SH01" in card(hands)._history.toolTip()


@pytest.mark.req("S2-25")
def test_somebody_new_has_no_history_and_is_not_called_known(hands, counter) -> None:
    hands.scan(counter.simple_sale(phone="13877776666", customer_name="孙七").order_no)
    assert card(hands)._history.text() == "No earlier case"
    assert not card(hands)._care.isVisible()
    assert not card(hands)._marks.isVisible()


@pytest.mark.req("S2-26")
def test_the_same_trouble_again_is_marked(hands, counter) -> None:
    first = counter.visit(counter.simple_sale())
    first.go("problem", "yes", "quality", "packaging")
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality")
    assert not card(hands)._marks.isVisible()
    hands.answer("packaging")
    assert "the same trouble within 90 days" in card(hands)._marks.whole()


@pytest.mark.req("S2-12", "S4-6", "S4-7", "S2-14")
def test_class_and_flags_are_entered_with_what_the_customer_told(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return")

    def write(dialog: IntakeDialog) -> None:
        assert not dialog._about.isVisible()
        dialog._class.setCurrentIndex(dialog._class.findData("key"))
        dialog._flags["yellow"].setText("165cm 52kg → M")
        dialog._flags["cyan"].setText("要开箱视频")
        dialog.confirm()

    hands.in_dialog(IntakeDialog, write, lambda: hands.f(5))
    assert "key customer" in card(hands)._care.text()
    assert card(hands)._marks.whole() == "Yellow flag 165cm 52kg → M · Cyan flag 要开箱视频"
    assert customer_history.of_case(counter.clerk, hands.view.case.id).customer_class == "key"


@pytest.mark.req("S2-14")
def test_without_a_purchase_the_product_or_service_is_typed(hands, counter) -> None:
    hands.screen.sale_panel._empty.action.emit()
    hands.answer("question")

    def write(dialog: IntakeDialog) -> None:
        assert dialog._about.isVisible()
        dialog._about.setText("上门安装服务")
        dialog.confirm()

    hands.in_dialog(IntakeDialog, write, lambda: hands.f(5))
    assert cases.case(counter.clerk, hands.view.case.id).plan["about"] == "上门安装服务"


@pytest.mark.req("S0-12", "S2-15")
def test_a_quick_phrase_joins_the_summary_and_never_the_customers_own_words(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem")

    def write(dialog: IntakeDialog) -> None:
        dialog._words_edit.setPlainText("一倒水就漏,气人")
        dialog._put_phrase(dialog._phrases.findData("phrase.leaks"))
        dialog._put_phrase(dialog._phrases.findData("phrase.noise"))
        dialog._put_phrase(0)
        dialog.confirm()

    hands.in_dialog(IntakeDialog, write, lambda: hands.f(5))
    case = cases.case(counter.clerk, hands.view.case.id)
    assert (case.words, case.summary) == ("一倒水就漏,气人", "Leaks; Makes a noise")


@pytest.mark.req("S4-1")
def test_notes_of_the_article_the_offers_and_the_couriers_are_in_the_clerks_sight(hands, counter) -> None:
    sale = counter.simple_sale()
    article = products.product(counter.owner, sale.lines[0].product_id)
    products.save_product(
        counter.owner, NewProduct(article.sku, article.name, article.price_fen, note="硅胶圈可单卖")
    )
    notes_at_hand.write(counter.owner, "双11满300减40", "新疆停发")
    hands.screen.arrive()
    hands.scan(sale.order_no)
    assert "On offer: 双11满300减40 · Couriers: 新疆停发" in card(hands)._notes.whole()
    assert card(hands)._notes.isVisible()
    line = hands.screen.sale_panel._cards[0]
    assert "硅胶圈可单卖" in line._reason.text()
    hands.answer("return", "agree", "in_person", "fit")
    form = repr(forms.form_to_sign(counter.clerk, hands.view.case.id).slip)
    assert "满300" not in form
    assert "硅胶圈" not in form


@pytest.mark.req("S4-1")
def test_the_manager_writes_the_notes_in_the_settings(qtbot, seat, counter) -> None:
    manager = seat(1)
    page = ShopPage(manager.session)
    qtbot.addWidget(page)
    page.load()
    page._promotion.setText("双11满300减40")
    page._courier.setText("顺丰次日达")
    page._keep()
    page.load()
    assert page._promotion.text() == "双11满300减40"
    assert notes_at_hand.at_hand(counter.clerk).courier == "顺丰次日达"
