"""Bytes on the way to a printer: whole over every wire, or an error that says how far it went; never for ever."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import usb.core
import wires
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app import printers, wording
from counter_app.domain.errors import SurroundingsError
from counter_app.printers import Device, links, send
from counter_app.printers.links import within

POSIX = os.name == "posix"
SLIP = bytes(range(256)) * 400
BRIEF = 0.3


def told(problem: pytest.ExceptionInfo[SurroundingsError], code: str) -> str:
    """The sentence in English, after its code was looked at."""
    assert problem.value.code == code
    return wording.sentence(problem.value, "en")


def network(port: int) -> Device:
    return Device("network", f"127.0.0.1:{port}")


def test_a_network_printer_gets_every_byte() -> None:
    with wires.listening(wires.takes_all) as printer:
        send(network(printer.port), SLIP)
    assert bytes(printer.got) == SLIP


@pytest.mark.parametrize("size", [1500, 30_000_000])
def test_a_line_that_breaks_may_leave_half_a_slip(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # However slow the machine: the break is listened for until it comes.
    monkeypatch.setattr(links, "_LINGER", 120.0)
    with wires.listening(wires.breaks_off) as printer, pytest.raises(SurroundingsError) as problem:
        send(network(printer.port), b"x" * size, patience=120)
    assert "half printed" in told(problem, "printer.interrupted")


def test_a_printer_that_never_reads_is_not_waited_for() -> None:
    release = threading.Event()

    def sits_there(wire: socket.socket, got: bytearray) -> None:
        release.wait()

    with wires.listening(sits_there) as printer:
        with pytest.raises(SurroundingsError) as problem:
            send(network(printer.port), b"x" * 30_000_000, patience=BRIEF)
        release.set()
    told(problem, "printer.interrupted")


def test_a_printer_that_takes_no_call_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        waiting = [socket.socket() for _ in range(8)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        with pytest.raises(SurroundingsError) as problem:
            send(network(port), b"x", patience=BRIEF)
        for one in waiting:
            one.close()
    told(problem, "printer.unreachable")


def test_a_printer_that_is_off_is_said_to_be_unreachable_with_its_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SurroundingsError) as problem:
        send(network(port), b"x", patience=2)
    assert f"127.0.0.1:{port}" in told(problem, "printer.unreachable")


def test_a_serial_printer_gets_every_byte() -> None:
    with wires.listening(wires.takes_all) as printer:
        send(Device("serial", f"socket://127.0.0.1:{printer.port}", baud=115200), SLIP)
    assert bytes(printer.got) == SLIP


@pytest.mark.parametrize("address", ["COM399", "/dev/no-such-port", "nonsense://here"])
def test_a_serial_port_that_is_not_there_is_unreachable(address: str) -> None:
    with pytest.raises(SurroundingsError) as problem:
        send(Device("serial", address), b"x")
    told(problem, "printer.unreachable")


def test_a_file_is_written_on_at_its_end(tmp_path: Path) -> None:
    target = tmp_path / "slips.bin"
    send(Device("file", str(target)), SLIP)
    send(Device("file", str(target)), b"second")
    assert target.read_bytes() == SLIP + b"second"


def test_no_file_is_made_where_a_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError) as problem:
        send(Device("file", str(tmp_path / "none" / "slips.bin")), b"x")
    told(problem, "printer.unreachable")
    assert list(tmp_path.iterdir()) == []


def test_work_that_comes_too_late_is_put_away() -> None:
    go, put_away = threading.Event(), threading.Event()

    def slow() -> str:
        go.wait()
        return "late"

    with pytest.raises(TimeoutError):
        within(0.01, slow, lambda result: put_away.set())
    go.set()
    assert put_away.wait(20)


if POSIX:
    import pty

    from print_server import print_server

    def test_a_port_of_the_system_carries_every_byte() -> None:
        ours, theirs = pty.openpty()
        got = bytearray()

        def read() -> None:
            while len(got) < len(SLIP):
                got.extend(os.read(ours, 4096))

        thread = threading.Thread(target=read)
        thread.start()
        send(Device("serial", os.ttyname(theirs), baud=115200), SLIP, patience=60)
        thread.join()
        os.close(ours)
        os.close(theirs)
        assert bytes(got) == SLIP

    def test_a_port_whose_printer_holds_the_line_is_not_waited_for() -> None:
        ours, theirs = pty.openpty()
        with pytest.raises(SurroundingsError) as problem:
            send(Device("serial", os.ttyname(theirs)), b"x" * 1_000_000, patience=BRIEF)
        told(problem, "printer.interrupted")
        os.close(ours)
        os.close(theirs)

    def test_a_device_file_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
        pipe = tmp_path / "lp0"
        os.mkfifo(pipe)
        with pytest.raises(SurroundingsError) as problem:
            send(Device("file", str(pipe)), b"x", patience=BRIEF)
        told(problem, "printer.unreachable")
        # The writer that still waits for a reader may go.
        with pipe.open("rb") as reader:
            assert reader.read() == b""

    @pytest.mark.parametrize("address", ["/dev/no-such-printer", "\\\\till\\POS80"])
    def test_a_printer_that_is_off_gets_no_plain_file_in_its_place(address: str) -> None:
        with pytest.raises(SurroundingsError) as problem:
            send(Device("file", address), b"x")
        told(problem, "printer.unreachable")
        assert not Path(address).exists()

    def spooler(folder: Path, script: str) -> None:
        (folder / "lp").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "lp").chmod(0o755)

    def test_a_system_queue_is_handed_the_bytes_as_they_are(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spooler(tmp_path, f'echo "$@" > {tmp_path}/order; cat > {tmp_path}/job')
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        send(Device("queue", "POS 80"), SLIP)
        assert (tmp_path / "job").read_bytes() == SLIP
        assert (tmp_path / "order").read_text() == "-s -o raw -d POS 80\n"

    def test_a_real_cups_passes_the_bytes_on_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
        with print_server() as server:
            queue = server.queue("POS80")
            # Its first job goes into this pipe, so that reading it waits for the printer.
            came_out = queue.papers / "1.part"
            os.mkfifo(came_out)
            came_out.chmod(0o666)
            monkeypatch.setenv("CUPS_SERVER", str(server.socket))
            send(Device("queue", "POS80"), SLIP, patience=60)
            assert came_out.read_bytes() == SLIP

    def test_a_queue_that_is_unknown_printed_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        spooler(tmp_path, "echo 'no such printer' >&2; cat > /dev/null; exit 1")
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(SurroundingsError) as problem:
            send(Device("queue", "POS"), b"x")
        assert "no such printer" in told(problem, "printer.unreachable")

    def test_a_machine_without_queues_says_what_is_missing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(SurroundingsError) as problem:
            send(Device("queue", ""), b"x")
        assert "CUPS" in told(problem, "printer.driver.missing")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> wires.UsbBus:
    found = wires.UsbBus()
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda *_, **__: found)
    return found


@pytest.mark.parametrize("address", ["auto", "04b8:0e15"])
def test_a_usb_printer_gets_every_byte_at_its_own_endpoint(bus: wires.UsbBus, address: str) -> None:
    send(Device("usb", address), SLIP)
    assert bytes(bus.got) == SLIP
    assert bus.claimed == -1


def test_a_usb_printer_that_is_unplugged_is_unreachable(bus: wires.UsbBus) -> None:
    with pytest.raises(SurroundingsError) as problem:
        send(Device("usb", "04b8:9999"), b"x")
    told(problem, "printer.unreachable")


def test_a_usb_printer_of_another_account_is_said_to_be_so(bus: wires.UsbBus) -> None:
    bus.refuses = usb.core.USBError("Access denied", errno=13)
    with pytest.raises(SurroundingsError) as problem:
        send(Device("usb", "auto"), b"x")
    told(problem, "printer.not_allowed")


def test_a_machine_without_libusb_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libusb0", "libusb1", "openusb"):
        monkeypatch.setattr(f"usb.backend.{name}.get_backend", lambda *_, **__: None)
    with pytest.raises(SurroundingsError) as problem:
        send(Device("usb", "auto"), b"x")
    assert "libusb" in told(problem, "printer.driver.missing")


def test_a_usb_printer_says_that_its_paper_runs_low(bus: wires.UsbBus) -> None:
    bus.answer = b"\x12\x1e"
    found = printers.state(Device("usb", "auto"))
    assert (found.paper, found.cover_open, found.ready) == ("low", False, True)


@pytest.mark.parametrize(
    ("answer", "paper", "cover", "fault", "ready"),
    [
        ((0x12, 0x12), "ok", False, False, True),
        ((0x16, 0x12), "ok", True, False, False),
        ((0x32, 0x72), "out", False, False, False),
        ((0x52, 0x12), "ok", False, True, False),
    ],
)
def test_a_printer_says_what_stops_it(
    answer: tuple[int, int], paper: str, cover: bool, fault: bool, ready: bool
) -> None:
    with wires.listening(wires.answers(*answer)) as printer:
        found = printers.state(network(printer.port), patience=60, answer=60)
    assert bytes(printer.got) == b"\x10\x04\x02\x10\x04\x04"
    assert (found.answered, found.paper, found.cover_open, found.fault) == (True, paper, cover, fault)
    assert found.ready is ready


def test_a_printer_that_does_not_answer_may_still_print() -> None:
    with wires.listening(wires.takes_all) as printer:
        found = printers.state(network(printer.port), answer=0.05)
    assert (found.answered, found.ready) == (False, True)
    assert not printers.state(Device("queue", "")).answered


def test_a_drawn_slip_needs_no_driver_and_the_driver_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [
            sys.executable, "-W", "error", "-c",
            "import logging, os, sys, tempfile\n"
            "tempfile.tempdir = sys.argv[1]\n"
            "from counter_app.domain.roll_paper import Dots, Picture, Piece, Qr\n"
            "from counter_app.printers import Device, receipt_bytes, send\n"
            "to = Device('file', sys.argv[2])\n"
            "send(to, receipt_bytes(to, [Piece((Picture(Dots(8, 1, bytes(1))),))]))\n"
            "assert not {'escpos', 'serial', 'usb', 'PIL', 'reportlab'} & set(sys.modules)\n"
            "receipt_bytes(to, [Piece((Qr('a', 6),))])\n"
            "assert 'escpos' in sys.modules\n"
            "print(os.listdir(sys.argv[1]), logging.getLogger().handlers)",
            str(tmp_path / "temporary"), str(tmp_path / "slips.bin"),
        ],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],

    )  # fmt: skip
    assert (done.stderr, done.stdout) == ("", "[] []\n")


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=9000))
def test_any_bytes_reach_a_file_as_they_were(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    target = tmp_path_factory.mktemp("printer") / "slips.bin"
    send(Device("file", str(target)), data)
    assert target.read_bytes() == data
