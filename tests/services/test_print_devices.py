"""Receipt printers that the queue speaks to itself, and the cash drawer on them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from print_shop import Papers, build_posted, only_job, posted_shop, sheet
from visits import Counter

from counter_app.db.models import PrintRecord
from counter_app.domain.errors import UserError
from counter_app.printers import Device, drawer_bytes
from counter_app.services import print_queue, print_rules, print_work, settings
from counter_app.services.print_rules import Rule


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printing")
    build_posted(folder)
    return folder


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with posted_shop(template, tmp_path / "shop") as found:
        yield found


def device_at(counter: Counter, address: Path, **more: object) -> Device:
    """A printer that is a file, and gets the receipts."""
    device = Device.of({"kind": "file", "address": str(address), **more})
    print_rules.set_device(counter.owner, "前台小票", device)
    print_rules.set_rule(counter.owner, "groups", "receipts", Rule(printer="前台小票"))
    return device


def test_a_receipt_reaches_a_printer_that_is_no_queue(counter: Counter, tmp_path: Path) -> None:
    wire = tmp_path / "lp0"
    wire.touch()
    device_at(counter, wire)
    papers = Papers()
    print_queue.enqueue(counter.clerk, sheet(counter, "receipt"), "one")
    assert print_work.work(counter.desk, papers).sent == 1
    assert papers.given == []
    assert wire.read_bytes().startswith(b"\x1b")
    assert (only_job(counter).state, PrintRecord.get().paper) == ("printed", "80mm")


def test_any_slip_fits_the_roll_of_such_a_printer(counter: Counter, tmp_path: Path) -> None:
    wire = tmp_path / "lp0"
    wire.touch()
    device_at(counter, wire, width="58mm")
    print_queue.enqueue(counter.clerk, sheet(counter), "one", printer="前台小票")
    print_work.work(counter.desk, Papers())
    assert (only_job(counter).state, PrintRecord.get().paper) == ("printed", "58mm")
    # Three copies, each cut off.
    assert wire.read_bytes().count(b"\x1dV") == 3


def test_the_drawer_opens_once_when_cash_moved(counter: Counter, tmp_path: Path) -> None:
    wire = tmp_path / "lp0"
    wire.touch()
    device = device_at(counter, wire)
    settings.set_setting(counter.owner, "printer.drawer", True)
    print_work.work(counter.desk, Papers())
    assert wire.read_bytes() == drawer_bytes(device)
    assert (only_job(counter).what, only_job(counter).state) == ("drawer", "printed")
    assert not PrintRecord.select().exists()
    visit = counter.visit(counter.simple_sale(tender="wechat"))
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    print_work.work(counter.desk, Papers())
    assert wire.read_bytes() == drawer_bytes(device)


def test_the_drawer_stays_shut_where_the_shop_wants_it_so(counter: Counter, tmp_path: Path) -> None:
    wire = tmp_path / "lp0"
    wire.touch()
    device_at(counter, wire)
    print_work.work(counter.desk, Papers())
    assert wire.read_bytes() == b""


def test_a_printer_that_cannot_be_reached_is_tried_again(counter: Counter) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    device = Device.of({"kind": "network", "address": f"127.0.0.1:{port}"})
    print_rules.set_device(counter.owner, "前台小票", device)
    print_queue.enqueue(counter.clerk, sheet(counter, "receipt"), "one", printer="前台小票")
    print_work.work(counter.desk, Papers())
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("waiting", "printer.unreachable")
    assert not PrintRecord.select().exists()


def test_a_network_printer_that_is_out_of_paper_says_so(counter: Counter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answers() -> None:
            line, _ = server.accept()
            with line:
                line.recv(3)
                line.sendall(b"\x32")
                line.recv(3)
                line.sendall(b"\x72")
                line.recv(1)

        printer = threading.Thread(target=answers)
        printer.start()
        port = server.getsockname()[1]
        print_rules.set_device(
            counter.owner, "Net", Device.of({"kind": "network", "address": f"127.0.0.1:{port}"})
        )
        print_queue.enqueue(counter.clerk, sheet(counter, "receipt"), "one", printer="Net")
        print_work.work(counter.desk, Papers())
        printer.join()
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("waiting", "print.no_paper")


def test_a_test_page_reaches_such_a_printer(counter: Counter, tmp_path: Path) -> None:
    wire = tmp_path / "lp0"
    wire.touch()
    device_at(counter, wire)
    print_queue.enqueue_test(counter.clerk, "前台小票", "one")
    print_work.work(counter.desk, Papers())
    assert only_job(counter).state == "printed"
    assert len(wire.read_bytes()) > 1000


def test_only_who_may_change_the_rules_sets_printers(counter: Counter) -> None:
    device = Device.of({"kind": "usb", "address": "auto"})
    with pytest.raises(UserError) as refused:
        print_rules.set_device(counter.clerk, "前台小票", device)
    assert refused.value.code == "staff.right.missing"


def test_a_printer_is_renamed_and_two_never_share_a_name(counter: Counter) -> None:
    device = Device.of({"kind": "usb", "address": "auto"})
    print_rules.set_device(counter.owner, "前台小票", device)
    print_rules.set_device(counter.owner, "后厨", device)
    for name in ("后厨", "  "):
        with pytest.raises(UserError) as refused:
            print_rules.set_device(counter.owner, name, device, "前台小票")
        assert refused.value.code == "print.device.name"
    print_rules.set_device(counter.owner, "收银台", device, "前台小票")
    assert set(print_rules.devices(counter.desk)) == {"后厨", "收银台"}
    print_rules.set_device(counter.owner, "后厨", None, "后厨")
    assert set(print_rules.devices(counter.desk)) == {"收银台"}
