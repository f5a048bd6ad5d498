"""Why approval is needed stands at the counter before anybody is asked, and is given over the phone."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from visits import approval_figures

from counter_app.db.models import Approval
from counter_app.services import phone_codes
from counter_app.ui.screens.counter.pin_dialog import PHONE, PinDialog
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.words import Words


def said(hands) -> str:
    QApplication.processEvents()
    panel = hands.screen.proposal_panel
    return "\n".join(label.text() for label in panel.findChildren(Words) if label.isVisibleTo(panel))


def by_pin_button(hands) -> ActionButton:
    panel = hands.screen.proposal_panel
    return next(one for one in panel.findChildren(ActionButton) if one.isVisible() and one.text() == "By PIN")


def test_every_reason_stands_in_the_proposal_and_a_code_by_phone_answers(hands, counter) -> None:
    approval_figures(counter.owner, day_limit_multiple=1, serial_returns=1, serial_sum_fen=1)
    counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit").post()
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    hands.scan(counter.simple_sale().order_no)
    hands.answer("return", "agree", "in_person", "fit")
    told = said(hands)
    assert "above the daily limit of ¥200.00" in told
    assert "¥199.00 given alone today in 1 visits, ¥398.00 with this one" in told
    assert "brought back on 1 days in 90" in told
    seen: list[str] = []

    def over_the_phone(dialog: PinDialog) -> None:
        assert not dialog._choice.isVisibleTo(dialog)  # a right: nobody can say no
        dialog.choose_way(PHONE)
        seen.append(dialog._challenge.text())
        dialog._pad.setFocus()
        hands.type(sheet.codes[0])
        hands.enter()

    hands.in_dialog(PinDialog, over_the_phone, by_pin_button(hands).click)
    assert "¥199.00. Then ask for code no. 1 of sheet 1" in seen[0]
    row = Approval.select().order_by(Approval.id.desc()).get()
    assert (row.way, row.decision, row.decided_by_id) == ("code", "approve", 1)
    hands.sign_on_paper_and_post()
    counter.sound()


def test_an_approver_in_the_chart_is_told_why_before_they_are_asked(hands, counter) -> None:
    hands.scan(counter.simple_sale(price_fen=79900).order_no)
    hands.answer("return", "agree", "in_person", "fit")
    assert Approval.select().count() == 0
    assert "¥799.00 exceeds the clerk's limit ¥200.00" in said(hands)
