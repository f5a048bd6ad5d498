"""A bill of WeChat is read in the to-do list, looked at, and enters the proofs."""

from __future__ import annotations

from counter_app.services import settling
from counter_app.ui.screens.todo.bill_dialog import BillDialog

HEAD = "微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款金额,退款状态,订单金额\n"


def test_a_bill_is_looked_at_and_entered(seat, counter, tmp_path) -> None:
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    number = visit.post().documents[1].number
    bill = tmp_path / "账单.csv"
    bill.write_text(
        HEAD
        + f"`4200001,`O-1,`REFUND,`5030001,`{number},`199.00,`SUCCESS,`199.00\n"
        + "`4200002,`O-2,`REFUND,`5030002,`other,`8.00,`SUCCESS,`8.00\n"
        + "`4200003,`O-3,`SUCCESS,`,`,`0.00,`,`66.00\n",
        "utf-8",
    )
    hands = seat(1)
    screen = hands.window.show_screen("todo")

    def enter(dialog) -> None:
        assert [line.found for line in dialog._table.rows.rows()] == ["owed", "unowed"]
        assert number in dialog._what(dialog._table.rows.row(0))
        dialog.accept_button.click()

    hands.in_dialog(BillDialog, enter, lambda: screen.read_bill(bill))
    assert settling.owed(counter.clerk) == ()

    def nothing_left(dialog) -> None:
        assert not dialog.accept_button.isEnabled() and dialog.accept_button.toolTip()
        dialog.cancel.click()

    hands.in_dialog(BillDialog, nothing_left, lambda: screen.read_bill(bill))
    counter.sound()


def test_a_file_that_is_no_bill_is_said_in_the_list(hands, counter, tmp_path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    screen = hands.window.show_screen("todo")
    screen.read_bill(file)
    assert "orders.csv" in screen.banner.message()
