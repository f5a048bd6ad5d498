"""What prints where, and the print queue with its troubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.db.models import PrintJob
from counter_app.printers import Device
from counter_app.services import print_queue, print_rules, printing
from counter_app.services.print_rules import FINANCE, Rule
from counter_app.ui.print_dialog import PrintDialog
from counter_app.ui.screens.settings.print_rule_dialog import RuleDialog
from counter_app.ui.screens.settings.receipt_printers_dialog import ReceiptPrintersDialog
from counter_app.ui.screens.settings.screen import SettingsScreen

if TYPE_CHECKING:
    from screenshots import Stage

_STATES = (
    ("waiting", "print.no_paper", "HP LaserJet"),
    ("unclear", "print.interrupted", "前台小票"),
    ("sent", "", "HP LaserJet"),
    ("waiting", "", "前台小票"),
)


def _set(stage: Stage) -> None:
    """A shop with a printer of its own for receipts, and one in the office for finance copies."""
    desk = stage.desk
    caretaker = stage.program.caretaker
    if caretaker is not None and caretaker.prints is not None:
        caretaker.prints.stop()  # nothing is really printed
    if "前台小票" in print_rules.devices(desk):
        return
    print_rules.set_device(desk, "前台小票", Device.of({"kind": "network", "address": "192.168.1.50"}))
    print_rules.set_rule(desk, "groups", "receipts", Rule(printer="前台小票", silent=True))
    print_rules.set_rule(desk, "groups", "forms", Rule(printer="HP LaserJet"))
    print_rules.set_rule(desk, "kinds", "return_form", Rule(copies={"customer": 2}, also="en", silent=True))
    print_rules.set_rule(desk, "groups", "goods", Rule(printer="库房针式", paper="241x140"))
    print_rules.set_rule(desk, "groups", FINANCE, Rule(printer="财务室", paper="A5"))


def page(stage: Stage) -> QWidget:
    """Groups and kinds with what they say for themselves."""
    _set(stage)
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("printing")
    return stage.window


def rule(stage: Stage) -> QWidget:
    """One kind of slip."""
    _set(stage)
    stage.show("settings")
    dialog = RuleDialog(stage.window.session, "kinds", "return_form", stage.window)
    dialog.show()
    return dialog


def receipt_printers(stage: Stage) -> QWidget:
    """A receipt printer in the network."""
    _set(stage)
    stage.show("settings")
    dialog = ReceiptPrintersDialog(stage.window.session, stage.window)
    dialog.show()
    return dialog


def queue(stage: Stage) -> QWidget:
    """An empty tray, a printer that broke off, one at work, one that waits."""
    _set(stage)
    desk = stage.desk
    PrintJob.delete().execute()
    sheets = printing.sheets_of_day(desk, desk.today())
    for sheet, (state, code, printer) in zip(sheets, _STATES, strict=True):
        print_queue.enqueue(desk, sheet, print_queue.new_request(), printer=printer, day=desk.today())
        newest = PrintJob.select().order_by(PrintJob.id.desc()).get()
        newest.state, newest.error = state, code
        newest.detail = {"name": printer} if code else {}
        newest.save()
    stage.show("settings")
    dialog = PrintDialog(stage.window.session, stage.window)
    dialog.show()
    return dialog


SHOTS = {
    "print-rules": page,
    "print-rule": rule,
    "receipt-printers": receipt_printers,
    "print-queue": queue,
}
