"""The print queue in the window: what waits is seen, decided on, and never in the way."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinterInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "services"))
from print_shop import Papers

from counter_app.db.models import PrintJob
from counter_app.domain.errors import SurroundingsError
from counter_app.printers import Device
from counter_app.services import print_queue, print_rules, print_work, printing, settings
from counter_app.services.print_rules import FINANCE, Rule
from counter_app.ui import print_desk, print_words
from counter_app.ui.print_desk import PrintDesk
from counter_app.ui.print_dialog import PrintDialog
from counter_app.ui.screens.counter.done_page import DonePage, PrintState, SlipEntry
from counter_app.ui.screens.settings.print_rule_dialog import RuleDialog
from counter_app.ui.screens.settings.printing import PrintingPage
from counter_app.ui.screens.settings.receipt_printers_dialog import ReceiptPrintersDialog
from counter_app.ui.top_bar import Status, TopBar


@pytest.fixture
def register_sheet(desk) -> printing.Sheet:
    (sheet,) = printing.sheets_of_day(desk, desk.today(), ("register",))
    return sheet


@pytest.fixture
def waiting(desk, register_sheet) -> int:
    """A job whose printer is missing."""
    print_queue.enqueue(desk, register_sheet, "one", printer="Laser", day=desk.today())
    print_work.work(desk, Papers(wrong=SurroundingsError("print.missing", name="Laser")))
    (job,) = print_queue.jobs(desk)
    return job.id


@pytest.fixture
def dialog(qtbot, session, waiting) -> PrintDialog:
    made = PrintDialog(session)
    qtbot.addWidget(made)
    made.show()
    return made


# --- the dialog ------------------------------------------------------------------------------------------


def test_what_went_wrong_is_told_with_what_to_do(dialog) -> None:
    (job,) = dialog.table.rows.rows()
    assert print_words.state(job) == "waiting, is tried again"
    assert "Laser" in dialog._why.text() and "is not there" in dialog._why.text()
    assert not dialog.out.isVisible() and dialog.again.isEnabled()


def test_trying_again_is_one_press(dialog, desk, waiting) -> None:
    dialog.again.click()
    assert print_queue.job(desk, waiting).trouble is None
    print_work.work(desk, Papers())
    dialog.load()
    assert dialog.table.rows.rows() == []
    assert dialog._empty.isVisible()


def test_another_printer_takes_the_job(dialog, desk, waiting) -> None:
    dialog.move_to("Ink")
    assert print_queue.job(desk, waiting).printer == "Ink"


def test_what_need_not_be_printed_is_over(dialog, desk, waiting) -> None:
    dialog.end.click()
    assert print_queue.job(desk, waiting).state == "cancelled"
    assert dialog.table.rows.rows() == []


def test_whether_the_paper_came_out_is_asked(dialog, desk, waiting) -> None:
    print_queue.retry(desk, waiting)
    print_work.work(desk, Papers(fate="gone"))
    dialog.load()
    assert dialog.out.isVisible()
    assert dialog.again.text() == "Print it again"
    dialog.out.click()
    assert print_queue.job(desk, waiting).state == "printed"


def test_a_job_at_the_printer_can_be_taken_back(dialog, desk, waiting) -> None:
    papers = Papers(fate="there")
    print_queue.retry(desk, waiting)
    print_work.work(desk, papers)
    dialog.load()
    assert not dialog.again.isEnabled() and dialog.end.isEnabled()
    dialog.end.click()
    print_work.work(desk, papers)
    assert print_queue.job(desk, waiting).state == "cancelled"


# --- the bar, and what starts the child ------------------------------------------------------------------


def test_the_bar_counts_what_was_not_printed(qtbot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show()
    assert not bar._prints.isVisible()
    bar.show_status(Status(prints=2))
    assert bar._prints.isVisible() and "2" in bar._prints.text()
    with qtbot.waitSignal(bar.prints):
        bar._prints.click()


@pytest.fixture
def started(monkeypatch) -> list[list[str]]:
    """The commands of children that would be started."""
    found: list[list[str]] = []
    monkeypatch.setattr(print_desk.ChildJob, "start", lambda job: found.append(job._command))
    return found


def test_a_child_is_started_when_something_is_to_be_printed(session, desk, register_sheet, started) -> None:
    made = PrintDesk(session)
    made.look()
    assert started == []
    print_queue.enqueue(desk, register_sheet, "one", day=desk.today())
    made.look()
    made.look()
    assert len(started) == 1 and "print" in started[0]
    made.stop()


def test_the_desk_tells_when_somebody_has_to_look(session, waiting, started) -> None:
    told: list[int] = []
    made = PrintDesk(session)
    made.told.connect(told.append)
    made.look()
    assert (told, made.asking, started) == ([1], 1, [])
    made.stop()


def test_a_print_goes_through_a_child_of_the_window(
    qtbot, session, desk, register_sheet, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(print_desk, "_LINGER_S", 0)
    wire = tmp_path / "lp0"
    wire.touch()
    print_rules.set_device(desk, "Roll", Device.of({"kind": "file", "address": str(wire)}))
    print_queue.enqueue(desk, register_sheet, "one", printer="Roll", day=desk.today())
    PrintJob.update(next_at=0).execute()
    made = PrintDesk(session)
    made.look()
    with qtbot.waitSignal(made._job.ended, timeout=120_000):
        pass
    assert wire.stat().st_size > 1000
    assert PrintJob.get().state == "printed"
    made.stop()


# --- the done page ---------------------------------------------------------------------------------------


@pytest.fixture
def done(qtbot, desk, register_sheet) -> DonePage:
    page = DonePage()
    qtbot.addWidget(page)
    pdf = printing.pdf_of(desk, register_sheet)
    slips = [
        SlipEntry(f"TK{at}/receipt", f"Slip {at}", "80mm", lambda: pdf, printer)
        for at, printer in enumerate(("Roll", ""))
    ]
    page.show_slips_of("SH01", slips)
    page.show()
    return page


def test_f4_prints_at_once_where_a_printer_is_set(done, qtbot, monkeypatch) -> None:
    with qtbot.waitSignal(done.print_wanted) as wanted:
        done.print_current()
    assert wanted.args == ["TK0/receipt"]
    asked: list[bool] = []
    monkeypatch.setattr(done._view, "choose_and_print", lambda: asked.append(True))
    done.show_slip("TK1/receipt")
    done.print_current()
    assert asked == [True]


def test_each_slip_tells_how_far_its_print_is(done, qtbot) -> None:
    done.show_states({"TK0/receipt": PrintState("printed"), "TK1/receipt": PrintState("waiting", "no paper")})
    reasons = [card.answer.reason for card in done._list._cards if card.answer.key]
    assert reasons == ["80mm · printed", "80mm · waiting"]
    assert done._queue.isVisible()
    with qtbot.waitSignal(done.queue_wanted):
        done._queue.click()
    done.show_states({"TK0/receipt": PrintState("printed"), "TK1/receipt": PrintState("printed")})
    assert not done._queue.isVisible()


# --- settings --------------------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot, session, monkeypatch) -> PrintingPage:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ink", "Laser"])
    made = PrintingPage(session)
    qtbot.addWidget(made)
    made.load()
    made.show()
    return made


def row_at(page: PrintingPage, name: str) -> int:
    return next(at for at, row in enumerate(page.table.rows.rows()) if row.name == name)


def test_every_group_and_kind_has_its_line(page) -> None:
    names = [row.name for row in page.table.rows.rows()]
    assert set(print_rules.kinds()) | {FINANCE, "forms", "goods", "office", "day"} == set(names)


def test_a_kind_says_for_itself_and_follows_again(page, session, qtbot) -> None:
    dialog = RuleDialog(session, "kinds", "return_form")
    qtbot.addWidget(dialog)
    assert dialog.rule() == Rule()
    dialog.printer.setCurrentText("Laser")
    dialog.paper.setCurrentText("A5")
    dialog.copies["customer"].setCurrentText("customer × 2")
    dialog.silent.setCurrentIndex(1)
    dialog.tray.setEditText("2")
    dialog.confirm()
    wanted = Rule(printer="Laser", paper="A5", copies={"customer": 2}, tray="2", silent=True)
    assert print_rules.rule(session.desk, "kinds", "return_form") == wanted
    again = RuleDialog(session, "kinds", "return_form")
    qtbot.addWidget(again)
    assert again.rule() == wanted
    page.load()
    row = page.table.rows.rows()[row_at(page, "return_form")]
    assert (row.way.printer, page._when(row)) == ("Laser", "by itself")
    assert "customer × 2" in page._copies(row)


def test_a_printer_that_is_away_stays_chosen(page, session, qtbot) -> None:
    print_rules.set_rule(session.desk, "groups", FINANCE, Rule(printer="Far"))
    dialog = RuleDialog(session, "groups", FINANCE)
    qtbot.addWidget(dialog)
    assert dialog.rule().printer == "Far"
    assert dialog.printer.currentText() == "Far (not connected)"


def test_a_test_page_goes_to_the_lines_printer(page, desk) -> None:
    print_rules.set_rule(desk, "groups", "day", Rule(printer="Ink"))
    page.load()
    page.table.choose(row_at(page, "day"))
    page._test.click()
    (job,) = print_queue.jobs(desk)
    assert (job.what, job.printer) == ("test", "Ink")
    assert "Ink" in page.banner.message()


def test_a_clerk_sees_the_rules_and_cannot_change_them(page, session, desk) -> None:
    from counter_app.services import staff

    session.sit(replace(desk, staff=staff.staff_view(desk, 2)))
    page.load()
    assert not page._edit.isEnabled() and not page._devices.isEnabled()
    assert page._test.isEnabled()


def test_a_receipt_printer_is_named_tried_and_taken_away(page, session, qtbot, desk) -> None:
    dialog = ReceiptPrintersDialog(session)
    qtbot.addWidget(dialog)
    dialog.name.setText("前台小票")
    dialog.address.setText("not an address")
    dialog.keep.click()
    assert dialog._fields["address"].error()
    dialog.address.setText("192.168.1.60")
    dialog.roll.setCurrentText("58mm")
    dialog.keep.click()
    assert print_rules.devices(desk)["前台小票"] == Device("network", "192.168.1.60", "58mm")
    assert print_words.printers(desk)[0] == "前台小票"
    dialog.test.click()
    assert print_queue.jobs(desk)[0].printer == "前台小票"
    dialog.drawer.setChecked(True)
    assert settings.setting(desk, "printer.drawer") is True
    dialog.remove.click()
    assert print_rules.devices(desk) == {}


def test_density_and_drawer_pulse_of_a_receipt_printer_are_kept_within_their_limits(
    session, qtbot, desk
) -> None:
    dialog = ReceiptPrintersDialog(session)
    qtbot.addWidget(dialog)
    assert (dialog.density.currentData(), dialog.pulse.text()) == (0, "120")
    levels = [dialog.density.itemData(at) for at in range(dialog.density.count())]
    assert levels == list(range(-6, 9))
    dialog.name.setText("前台小票")
    dialog.density.setCurrentIndex(levels.index(3))
    for wrong in ("", "19", "501"):
        dialog.pulse.setText(wrong)
        dialog.keep.click()
        assert "500" in dialog._fields["pulse"].error() and print_rules.devices(desk) == {}
    dialog.pulse.setText("240")
    dialog.keep.click()
    kept = print_rules.devices(desk)["前台小票"]
    assert (kept.density, kept.drawer_pulse) == (3, 240)
    again = ReceiptPrintersDialog(session)
    qtbot.addWidget(again)
    assert (again.density.currentData(), again.pulse.text()) == (3, "240")
    again.pin.setCurrentIndex(again.pin.findData(0))
    assert not again.pulse.isEnabled()
    again.keep.click()
    assert print_rules.devices(desk)["前台小票"].drawer_pulse == 240
