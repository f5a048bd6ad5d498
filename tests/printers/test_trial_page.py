"""The page that tries a printer."""

from __future__ import annotations

import pytest
import zxingcpp
from paper_roll import PaperRoll

from counter_app import printers
from counter_app.printers import TEXTS, WIDTHS, Device
from counter_app.wording import Language


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_shows_the_width_the_font_a_code_and_the_knife(
    width: str, text: str, language: Language
) -> None:
    device = Device("network", "printer.local", width, text, density=3)
    printed = PaperRoll(device.dots).print(printers.test_bytes(device, language))
    (piece,) = printed.pieces
    assert (piece.cut, printed.density) == (True, 3)
    # Its own font says what the drawn lines cannot: whether there is one.
    (own,) = piece.lines
    assert own == "Façade Łódź Ждан ¥1,234.56" if text == "latin" else own.startswith("退换货单")
    found = zxingcpp.read_barcodes(piece.picture.convert("L"))
    assert [code.text for code in found] == ["counter:test"]


def test_the_ruler_reaches_from_edge_to_edge() -> None:
    device = Device("usb", "auto")
    picture = PaperRoll(device.dots).print(printers.test_bytes(device, "zh")).pieces[0].picture
    for x in (0, device.dots - 1):
        assert picture.crop((x, 100, x + 1, 200)).histogram()[0] >= 60
