"""The shift screen's dialogs: who takes over, bills day by day, the sheet as it prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.services import bills, shift
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.shift.bill_days_dialog import BillDaysDialog
from counter_app.ui.screens.shift.take_over_dialog import TakeOverDialog

if TYPE_CHECKING:
    from screenshots import Stage

_HEAD = "交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款金额,退款状态,商品名称,订单金额\n"


def take_over(stage: Stage) -> QWidget:
    """The one who takes over enters the PIN."""
    stage.show("shift")
    dialog = TakeOverDialog("李敏", 50_000, lambda pin: None, stage.window)
    dialog.show()
    return dialog


def bill_days(stage: Stage) -> QWidget:
    """A day whose bill differs from what was entered."""
    file = Path(stage.folder) / "微信账单.csv"
    if not file.exists():
        day = stage.desk.today().isoformat()
        rows = [
            f"`{day} 1{at}:00:00,`wx1,`1900,`420000000{at},`X{at},`REFUND,`503000000{at},`TK{at},`{at}8.00,`SUCCESS,`保温杯,`{at}8.00\n"
            for at in range(1, 4)
        ]
        file.write_text(_HEAD + "".join(rows), "utf-8-sig")
        bills.enter(stage.desk, file)
    stage.show("shift")
    dialog = BillDaysDialog(stage.program.session, stage.window)
    dialog.show()
    return dialog


def sheet(stage: Stage) -> QWidget:
    """The sheet of a shift that was closed a moment ago."""
    desk = stage.desk
    last = next((one for one in shift.list_shifts(desk) if one.sheet), None)
    if last is None:
        there = shift.cash_in_drawer(desk)
        last = shift.close_shift(desk, there).value
        shift.open_shift(desk, there)
    stage.show("shift")
    dialog = PaperDialog(stage.program.session, last.sheet, stage.window)
    dialog.show()
    return dialog


def day_sheets(stage: Stage) -> QWidget:
    """The sheets of today: register, refunds, approvals, goods taken in."""
    stage.show("shift")
    dialog = PaperDialog(stage.program.session, "", stage.window, day=stage.desk.today())
    dialog.show()
    return dialog


SHOTS = {"day-sheets": day_sheets, "take-over": take_over, "bill-days": bill_days, "sheet": sheet}
