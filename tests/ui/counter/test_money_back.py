"""Money of a refund that was reversed comes back over the counter: typed without a sign, kept with it."""

from __future__ import annotations

from counter_app.services import reversal, settling
from counter_app.ui.screens.counter.proof_dialog import ProofDialog


def test_money_of_a_reversed_refund_is_taken_back_without_a_sign(hands, counter) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    number = visit.post().documents[1].number
    visit.settle()
    reversal.reverse(counter.owner, number, "录错", counter.request(), by=counter.boss)
    (owed,) = settling.owed(counter.clerk)
    assert owed.open_fen == -19_900

    def take(dialog) -> None:
        assert dialog._title.text() == dialog.tr("Received from the customer")
        assert dialog._amount.text() == "199.00"
        dialog._number.setText("4200009")
        dialog.confirm()

    hands.in_dialog(ProofDialog, take, lambda: hands.screen.done_page.pay.emit(owed))
    assert settling.owed(counter.clerk) == ()
    counter.sound()
