"""What a receipt printer makes of the bytes of a slip: its paper is drawn and read."""

from __future__ import annotations

import dataclasses
from collections import Counter
from io import BytesIO

import pytest
import slip_samples as samples
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from office_samples import OFFICE
from paper_roll import DRAWN, PaperRoll, Refused
from PIL import Image, ImageChops
from reading import bare, said
from sheets import device, on_paper, sent

from counter_app import documents
from counter_app.documents import CopyKind, Paper, default_copies, raster
from counter_app.documents.words import word
from counter_app.domain.slip_content import kind_of
from counter_app.domain.slips import Slip
from counter_app.printers import Device, drawer_bytes
from counter_app.wording import Language

BOTH = ["80mm", "58mm"]
# What a Chinese printer has no sign of its own for; it is drawn.
WITHOUT_SIGN = set("¥")


def mine(slip: Slip, language: Language) -> tuple[documents.Copy, ...]:
    """The customer's copy, or the only one."""
    usual = default_copies(kind_of(slip), language)
    return tuple(copy for copy in usual if copy.kind is CopyKind.CUSTOMER) or usual[:1]


def selling(name: str) -> Slip:
    """The receipt of a thing of that name."""
    line = dataclasses.replace(samples.CUP, name=name)
    return dataclasses.replace(samples.RECEIPT, lines=(line,))


def ink(picture: Image.Image) -> int:
    return picture.convert("1").histogram()[0]


def with_margin(picture: Image.Image) -> Image.Image:
    """The printable width on the paper it is printed on."""
    whole = Image.new("L", (picture.width + 64, picture.height), 255)
    whole.paste(picture, (32, 0))
    return whole


@pytest.mark.parametrize("width", BOTH)
@pytest.mark.parametrize(("name", "language"), [("receipt", "zh"), ("return_form", "en")])
def test_a_drawn_slip_is_the_preview_dot_by_dot(width: str, name: str, language: Language) -> None:
    slip, to = samples.ALL[name], device(width)
    copies = mine(slip, language)
    (piece,) = on_paper(to, sent(slip, to, language, copies)).pieces
    pdf = documents.render(slip, Paper(width), language, copies)
    # A hair less than 8 dots to the mm, or pdfium rounds up to one dot more.
    (page,) = raster.pages(pdf, 203.1998)
    preview = Image.frombytes("RGB", (page.width, page.height), page.rgb).convert("L")
    left = (preview.width - to.dots) // 2
    grey = preview.crop((left, 0, left + to.dots, preview.height))
    printed = piece.picture.convert("L").crop((0, 0, to.dots, grey.height))
    # Black where the preview is dark, white where it is light; only the greys of an edge may be either.
    assert ImageChops.subtract(printed, grey).getextrema()[1] <= 110
    assert ImageChops.subtract(grey, printed).getextrema()[1] <= 160
    below = piece.picture.crop((0, grey.height, to.dots, piece.picture.height))
    assert (ink(below), below.height, piece.cut) == (0, to.feed * 30, True)


@pytest.mark.parametrize("width", BOTH)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["receipt", "return_form", "message_card", "money_receipt"])
def test_lines_of_signs_say_what_the_slip_says(width: str, language: Language, name: str) -> None:
    slip = {**samples.ALL, **OFFICE}[name]
    to, copies = device(width, "gb18030"), mine(slip, language)
    (piece,) = on_paper(to, sent(slip, to, language, copies)).pieces
    want = Counter(bare(said(documents.render(slip, Paper(width), language, copies))))
    got = Counter(bare("".join(piece.lines)).replace("￥", "¥"))
    lacking = want - got
    # The seal's words stand in its frame, which is drawn.
    seal = Counter(bare(f"{slip.shop.seal}（盖章）(seal){slip.number}"))
    assert set(lacking - seal) <= WITHOUT_SIGN
    assert set(got - want) <= {DRAWN, "-", "=", "_"}
    assert "\n".join(piece.lines).count(slip.number) >= 1


@pytest.mark.parametrize("text", ["bitmap", "gb18030", "latin"])
@pytest.mark.parametrize("width", BOTH)
def test_a_scanner_reads_the_codes_on_the_paper(width: str, text: str) -> None:
    to = device(width, text)
    (piece,) = on_paper(to, sent(samples.RECEIPT, to)).pieces
    found = {code.format.name: code.text for code in zxingcpp.read_barcodes(with_margin(piece.picture))}
    assert found["Code128"] == samples.RECEIPT.number
    assert found["QRCode"].startswith(f"counter:case/{samples.RECEIPT.case_number}#")
    if text != "bitmap":
        assert piece.qr == [found["QRCode"]]


def test_amounts_stand_at_the_right_edge_and_signs_in_columns() -> None:
    to = device("58mm", "gb18030")
    (piece,) = on_paper(to, sent(samples.RECEIPT, to)).pieces
    (total,) = (line for line in piece.lines if line.startswith("应退合计"))
    assert len(total.encode("gbk", "replace")) == to.columns
    assert total.endswith(f" {DRAWN}107.90")


@pytest.mark.parametrize("text", ["bitmap", "gb18030"])
def test_every_copy_is_a_piece_of_its_own_with_its_name(text: str) -> None:
    to = device("80mm", text)
    printed = on_paper(to, sent(samples.RETURN_FORM, to)).pieces
    assert [piece.cut for piece in printed] == [True, True, True]
    if text != "bitmap":
        names = [copy.name for copy in default_copies("return_form", "zh")]
        assert all(name in piece.lines[-1] for name, piece in zip(names, printed, strict=True))


def test_a_reprint_says_so_in_white_on_black() -> None:
    to = device("80mm", "gb18030")
    (first,) = on_paper(to, sent(samples.RECEIPT, to)).pieces
    (again,) = on_paper(to, sent(samples.RECEIPT, to, reprint=True)).pieces
    mark = word("mark.reprint", "zh")
    assert mark not in "".join(first.lines)
    place = next(place for place, line in enumerate(again.lines) if mark in line)
    assert place < 8


def test_the_customers_strokes_and_the_place_of_the_seal_are_drawn_among_the_lines() -> None:
    to = device("80mm", "gb18030")
    copies = mine(samples.RETURN_FORM, "zh")
    (signed,) = on_paper(to, sent(samples.RETURN_FORM, to, copies=copies)).pieces
    bound = samples.RETURN_FORM
    (unsigned,) = on_paper(to, sent(dataclasses.replace(bound, signature=None), to, copies=copies)).pieces
    assert any("签于" in line for line in signed.lines)
    assert ink(signed.picture) > ink(unsigned.picture) + 1000
    label = next(place for place, line in enumerate(unsigned.lines) if line.startswith("客户"))
    assert set(unsigned.lines[label + 1]) == {"_"}
    # Room to sign in by hand: the paper stays as long as with strokes on it.
    assert abs(unsigned.picture.height - signed.picture.height) < 60


def test_a_rare_name_is_drawn_within_its_line() -> None:
    to = device("58mm", "gb18030")
    (piece,) = on_paper(to, sent(selling("𠮷田😀䶮杯"), to)).pieces
    assert f"1.{DRAWN}田{DRAWN}杯" in piece.lines


def test_an_older_printer_has_fewer_signs_and_the_rest_is_drawn() -> None:
    slip = selling("镕石堃杯")
    newer, older = device(text="gb18030"), device(text="gb2312")
    lines = {to: on_paper(to, sent(slip, to)).pieces[0].lines for to in (newer, older)}
    assert "1.镕石堃杯" in lines[newer]
    assert f"1.{DRAWN}石{DRAWN}杯" in lines[older]


def test_a_western_printer_changes_its_code_page_by_itself() -> None:
    to = device(text="latin")
    (piece,) = on_paper(to, sent(selling("Łódź Müller Ждан"), to, "en")).pieces
    assert "1.Łódź Müller Ждан" in piece.lines
    assert any(line.strip().startswith("Refund") for line in piece.lines)


def test_a_logo_is_scattered_into_dots() -> None:
    grey = BytesIO()
    Image.new("L", (300, 100), 128).save(grey, "PNG")
    for text in ("bitmap", "gb18030"):
        to = device(text=text)
        (piece,) = on_paper(to, sent(samples.RECEIPT, to, logo=grey.getvalue())).pieces
        patch = piece.picture.crop((250, 40, 330, 100))
        assert 0.35 < ink(patch) / (80 * 60) < 0.65


def test_the_drawer_is_kicked_with_the_receipt() -> None:
    to = Device("network", "localhost", drawer_pin=5, drawer_pulse=100, text="gb18030", density=-2, feed=0)
    printed = on_paper(to, sent(samples.RECEIPT, to) + drawer_bytes(to))
    assert (printed.kicks, printed.density, len(printed.pieces)) == ([(5, 100)], -2, 1)


def test_a_printer_without_a_knife_leaves_paper_to_tear_at() -> None:
    to = Device("network", "localhost", cut=False, feed=6)
    (piece,) = on_paper(to, sent(samples.RECEIPT, to)).pieces
    assert not piece.cut
    assert ink(piece.picture.crop((0, piece.picture.height - 180, 576, piece.picture.height))) == 0


@pytest.mark.parametrize(
    "data", [b"\x1bZ", b"\x1dv0\x00\x48\x00\x01\x00abc", b"a" * 49 + b"\n", b"half a line"]
)
def test_the_printer_on_the_screen_refuses_what_a_real_one_would_spoil(data: bytes) -> None:
    with pytest.raises(Refused):
        PaperRoll(576).print(data)


@settings(max_examples=12, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.sampled_from(BOTH),
    st.sampled_from(["gb18030", "gb2312", "latin", "bitmap"]),
)
def test_whatever_a_thing_is_called_the_paper_holds_it(name: str, width: str, text: str) -> None:
    to = device(width, text)
    slip = selling(name)
    (piece,) = on_paper(to, sent(slip, to)).pieces
    assert piece.cut
    if text != "bitmap":
        assert piece.barcodes == [] or piece.barcodes == [slip.number]
        assert len(piece.qr) == 1


def test_a_very_long_slip_goes_on_on_another_piece_of_paper() -> None:
    lines = tuple(dataclasses.replace(samples.BRUSH, name=f"杯刷 {place}") for place in range(1, 301))
    slip = dataclasses.replace(samples.RECEIPT, lines=lines)
    for text in ("gb18030", "bitmap"):
        to = device("58mm", text)
        pieces = on_paper(to, sent(slip, to)).pieces
        assert len(pieces) > 1
        assert all(piece.cut and piece.picture.height < 13_000 for piece in pieces)
        if text != "bitmap":
            named = [line for piece in pieces for line in piece.lines if "杯刷 " in line]
            assert named == [f"{place}.杯刷 {place}" for place in range(1, 301)]
