"""A receipt printer's settings: read from plain JSON, refused with the field and what to do."""

from __future__ import annotations

import pytest

from counter_app import wording
from counter_app.domain.errors import UserError
from counter_app.printers import Device, drawer_bytes
from counter_app.printers.device import UsbAddress, is_windows_printer


def test_a_printer_is_told_by_its_kind_and_address_alone() -> None:
    device = Device.of({"kind": "network", "address": " 192.168.1.50 "})
    assert (device.host, device.dots, device.columns) == (("192.168.1.50", 9100), 576, 48)
    assert (device.text, device.cut, device.feed, device.drawer_pin) == ("bitmap", True, 4, 2)


def test_settings_come_back_from_plain_json_as_they_were() -> None:
    device = Device("serial", "COM3", "58mm", "gb18030", False, 0, 5, 200, -3, 115200)
    assert Device.of(device.plain()) == device


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("printer.local:9101", ("printer.local", 9101)),
        ("[fe80::1]", ("fe80::1", 9100)),
        ("[::1]:515", ("::1", 515)),
    ],
)
def test_a_network_printer_may_have_a_name_a_port_or_a_long_address(
    address: str, host: tuple[str, int]
) -> None:
    assert Device("network", address).host == host


def test_two_usb_printers_of_one_make_are_told_apart_by_their_serial_numbers() -> None:
    assert Device("usb", "04b8:0E15:J2X-1").usb == UsbAddress(0x04B8, 0x0E15, "J2X-1")
    assert Device("usb", "auto").usb == UsbAddress()


@pytest.mark.parametrize(
    ("address", "printer"),
    [
        ("\\\\till\\POS80", True),
        ("LPT1", True),
        ("\\\\till\\folder\\slips.bin", False),
        ("D:\\slips.bin", False),
    ],
)
def test_a_shared_printer_of_windows_is_told_from_a_file(address: str, printer: bool) -> None:
    assert is_windows_printer(Device("file", address).address) is printer


def test_the_speed_of_a_serial_port_may_be_written_with_it() -> None:
    device = Device.of({"kind": "serial", "address": "COM3@19200"})
    assert (device.address, device.baud) == ("COM3", 19200)
    assert Device.of({**device.plain(), "address": "COM4"}).baud == 19200
    with pytest.raises(UserError, match=r"printer\.baud"):
        Device.of({"kind": "serial", "address": "COM3@1234"})


@pytest.mark.parametrize("name", ["cp936", "GBK", "GB18030", "gb18030-2000"])
def test_the_chinese_code_page_goes_by_many_names(name: str) -> None:
    assert Device.of({"kind": "usb", "address": "auto", "text": name}).text == "gb18030"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "bluetooth"}, "printer.kind"),
        ({"address": ""}, "printer.address.network"),
        ({"address": "10.0.0.5:99999"}, "printer.address.port"),
        ({"address": "\\\\host\\printer"}, "printer.address.network"),
        ({"kind": "usb", "address": "epson"}, "printer.address.usb"),
        ({"kind": "serial", "address": ""}, "printer.address.serial"),
        ({"kind": "file", "address": "/a\0b"}, "printer.address.file"),
        ({"kind": "file", "address": "slips.bin"}, "printer.address.file"),
        ({"kind": "queue", "address": "a\nb"}, "printer.address.queue"),
        ({"width": "76mm"}, "printer.width"),
        ({"text": "utf-8"}, "printer.text"),
        ({"baud": 9601}, "printer.baud"),
        ({"feed": 21}, "printer.feed"),
        ({"drawer_pin": 3}, "printer.drawer_pin"),
        ({"drawer_pulse": 5000}, "printer.drawer_pulse"),
        ({"density": 9}, "printer.density"),
        ({"feed": "4"}, "printer.field.kind"),
        ({"feed": True}, "printer.field.kind"),
        ({"colour": "red"}, "printer.field.unknown"),
    ],
)
def test_a_wrong_setting_is_refused_in_both_languages(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(UserError) as refused:
        Device.of({"kind": "network", "address": "10.0.0.5", **wrong})
    assert refused.value.code == code
    for language in ("zh", "en"):
        assert wording.sentence(refused.value, language) not in ("", str(refused.value))


def test_a_printer_without_an_address_is_refused() -> None:
    with pytest.raises(UserError, match=r"printer\.field\.missing"):
        Device.of({"kind": "usb"})


@pytest.mark.parametrize(("pin", "sent"), [(2, b"\x1bp\x00\x3c\xfa"), (5, b"\x1bp\x01\x3c\xfa")])
def test_the_drawer_is_opened_by_its_own_pin(pin: int, sent: bytes) -> None:
    assert drawer_bytes(Device("usb", "auto", drawer_pin=pin)) == sent


def test_a_printer_without_a_drawer_opens_none() -> None:
    with pytest.raises(UserError, match=r"printer\.drawer\.none"):
        drawer_bytes(Device("usb", "auto", drawer_pin=0))
