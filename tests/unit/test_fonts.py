"""The bundled fonts: every character a shop prints is in one of them, and ReportLab can embed them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from counter_app import resources

REGULAR = "CounterSansSC-Regular.ttf"
BOLD = "CounterSansSC-Bold.ttf"
RARE = "CounterRare-Regular.ttf"
SLIP_WORDS = "退换货单 收款收据 受理回执 押金收据 人民币大写 零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整负 ￥¥0123456789.,-×→①%"


def face(name: str) -> TTFont:
    return TTFont(name.removesuffix(".ttf"), str(resources.path("fonts", name)))


@pytest.mark.parametrize("name", [REGULAR, BOLD, RARE])
def test_a_bundled_font_can_be_embedded_in_a_slip(name: str) -> None:
    assert face(name).face.charToGlyph[ord("8")] > 0


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_every_word_of_a_slip_has_a_glyph(name: str) -> None:
    glyphs = face(name).face.charToGlyph
    assert [char for char in SLIP_WORDS if ord(char) not in glyphs] == []


@pytest.mark.parametrize("char", "𠮷㛃䶮䲟㙓")
def test_a_rare_name_character_falls_to_the_second_font(char: str) -> None:
    assert ord(char) not in face(REGULAR).face.charToGlyph
    assert ord(char) in face(RARE).face.charToGlyph


@pytest.mark.parametrize("name", [REGULAR, BOLD, RARE])
def test_digits_are_of_one_width_so_amounts_stand_in_a_column(name: str) -> None:
    widths = {face(name).face.charWidths[ord(digit)] for digit in "0123456789"}
    assert len(widths) == 1


def test_fonts_and_icons_come_with_their_licences() -> None:
    for licence in ("LICENSE-CounterSansSC.txt", "LICENSE-CounterRare.txt"):
        assert "SIL OPEN FONT LICENSE" in resources.read_text("fonts", licence)
    assert "ISC License" in resources.read_text("icons", "LICENSE")


def test_every_icon_is_a_drawing_that_takes_the_colour_of_the_text() -> None:
    # Style sheets cannot colour a drawing: what they use is drawn once per theme.
    icons = [i for i in resources.path("icons").glob("*.svg") if not i.stem.endswith(("-light", "-dark"))]
    assert len(icons) > 100
    for icon in icons:
        assert ElementTree.parse(icon).getroot().get("stroke") == "currentColor", icon.name
