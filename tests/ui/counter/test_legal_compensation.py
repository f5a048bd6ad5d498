"""Legal compensation at the counter: everybody sees how it is reckoned, who may grants it, it stands on its own paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import Answering
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.db.models import Compensation
from counter_app.services import approvals, forms, posting
from counter_app.ui.screens.counter.legal_dialog import LegalDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog


def open_legal(hands, act: Callable[[LegalDialog], None]) -> None:
    """Ctrl+M, something on top, legal compensation."""
    dialogs: list[Answering] = []

    def choose(dialog: MoreDialog) -> None:
        digits = {card.answer.key: card.digit for card in dialog._list._cards}
        inner = "legal" in digits
        dialogs.append(Answering(LegalDialog, act) if inner else Answering(MoreDialog, choose))
        hands.press(
            Qt.Key(ord(digits["legal" if inner else "on_top"])), text=digits["legal" if inner else "on_top"]
        )

    hands.in_dialog(
        MoreDialog, choose, lambda: hands.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    )
    for dialog in dialogs:
        dialog.check()
    QApplication.processEvents()


def told(dialog: LegalDialog) -> tuple[str, str, str]:
    return dialog.amount.text(), dialog.working.text(), dialog.basis.text()


@pytest.mark.req("S3-29")
def test_a_clerk_sees_the_working_with_its_floors_and_grants_nothing(hands, counter) -> None:
    hands.scan(counter.simple_sale(price_fen=9_900, tender="wechat").order_no)
    hands.answer("return", "agree", "in_person", "fit")
    seen = []

    def look(dialog: LegalDialog) -> None:
        seen.append(told(dialog))
        dialog.claim.setCurrentIndex(dialog.claim.findData("food"))
        seen.append(told(dialog))
        dialog.loss.setText("400")
        seen.append(told(dialog))
        dialog.loss.setText("viel")
        seen.append(
            (dialog.amount.text(), dialog._loss_field.error() != "", dialog.accept_button.isEnabled())
        )
        dialog.loss.setText("")
        assert not dialog.accept_button.isEnabled()
        assert dialog._nobody() in dialog.who.text()
        assert not dialog.take_back.isVisibleTo(dialog)
        dialog.confirm()
        assert dialog.isVisible()
        dialog.reject()

    open_legal(hands, look)
    fraud, food, loss, wrong = seen
    assert "500" in fraud[0] and "99.00 × 3" in fraud[1] and "297.00" in fraud[1] and "55" in fraud[2]
    assert "1,000" in food[0].replace("1000", "1,000") and "99.00 × 10" in food[1] and "148" in food[2]
    assert "1,200" in loss[0].replace("1200", "1,200")
    assert wrong == ("", True, False)
    assert "compensation" not in hands.walk.choices


def test_the_owner_grants_it_and_it_is_posted_on_a_paper_of_its_own(seat, counter) -> None:
    hands = seat(1)
    hands.scan(counter.simple_sale(price_fen=19_900, tender="wechat").order_no)
    hands.answer("return", "agree", "in_person", "fit")

    def grant(dialog: LegalDialog) -> None:
        assert "王店长" in dialog.who.text()
        dialog.tender.setCurrentIndex(dialog.tender.findData("alipay"))
        dialog.accept_button.click()

    open_legal(hands, grant)
    kept = hands.walk.choices["compensation"]
    assert (kept["legal"], kept["amount_fen"], kept["tender"]) == ("fraud", 59_700, "alipay")
    assert kept["basis"] == "消费者权益保护法 55，王店长决定"

    def look(dialog: LegalDialog) -> None:
        assert "597" in dialog.who.text() and dialog.take_back.isVisibleTo(dialog)
        assert dialog.tender.currentData() == "alipay"
        dialog.reject()

    open_legal(hands, look)
    case_id, boss = hands.view.case.id, counter.owner
    question = approvals.request(boss, case_id).value
    approvals.approve_now(boss, question.id, 3, "3456", "投诉属实")
    form = forms.form_to_sign(boss, case_id)
    forms.sign(boss, case_id, form.content_hash, [[(10, 20), (60, 80), (120, 40)]])
    papers = posting.post(boss, case_id, counter.request(), form.figures_hash).value.documents
    assert {paper.prefix: paper.amount_fen for paper in papers}["BC"] == 59_700
    assert [(row.kind, row.basis) for row in Compensation.select()] == [("legal", kept["basis"])]


def test_a_grant_is_taken_back_before_it_is_posted(seat, counter) -> None:
    hands = seat(1)
    hands.scan(counter.simple_sale(price_fen=250, tender="wechat").order_no)
    hands.answer("return", "agree", "in_person", "fit")
    open_legal(hands, lambda dialog: dialog.accept_button.click())
    assert hands.walk.choices["compensation"]["amount_fen"] == 50_000
    open_legal(hands, lambda dialog: dialog.take_back.click())
    assert "compensation" not in hands.walk.choices


def test_less_is_granted_for_harm_once_its_reason_is_given(seat, counter) -> None:
    hands = seat(1)
    hands.scan(counter.simple_sale(price_fen=250, tender="wechat").order_no)
    hands.answer("return", "agree", "in_person", "fit")

    def grant(dialog: LegalDialog) -> None:
        assert not dialog.less.isVisibleTo(dialog), "what the law fixes is not lowered"
        dialog.claim.setCurrentIndex(dialog.claim.findData("harm"))
        dialog.loss.setText("700")
        dialog.less.setText("500")
        dialog.accept_button.click()
        assert dialog.isVisible(), "the reason is missing"
        dialog.reason.setText("调解书写明")
        dialog.accept_button.click()

    open_legal(hands, grant)
    kept = hands.walk.choices["compensation"]
    assert (kept["legal"], kept["amount_fen"]) == ("harm", 50_000)
