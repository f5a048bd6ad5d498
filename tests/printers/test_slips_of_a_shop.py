"""From a posted refund to the receipt printer: the shop's copies, logo and paper; every kind of slip."""

from __future__ import annotations

from collections import Counter as Counts
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import office_samples
import pytest
import slip_samples as samples
import wires
from paper_roll import DRAWN
from PIL import Image
from print_shop import build_posted, posted_shop, sheet
from reading import bare, said
from sheets import device, on_paper, sent
from visits import Counter

from counter_app import documents
from counter_app.documents import Paper, default_copies
from counter_app.domain.slip_content import kind_of
from counter_app.printers import Device, drawer_bytes, send
from counter_app.services import printing, shop_words
from counter_app.services.receipt_printer import bytes_for

EVERY = {**samples.ALL, **office_samples.OFFICE}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("receipts")
    build_posted(folder)
    return folder


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with posted_shop(template, tmp_path / "shop") as found:
        yield found


@pytest.mark.parametrize("width", ["80mm", "58mm"])
def test_a_posted_refund_comes_out_of_the_printer_and_the_drawer_opens(counter: Counter, width: str) -> None:
    slip = sheet(counter, "receipt")
    with wires.listening(wires.takes_all) as printer:
        to = Device("network", f"127.0.0.1:{printer.port}", width, "gb18030")
        send(to, bytes_for(counter.clerk, slip, to) + drawer_bytes(to), patience=60)
    printed = on_paper(to, bytes(printer.got))
    (piece,) = printed.pieces
    assert any(slip.number in line for line in piece.lines)
    assert any("199.00" in line for line in piece.lines)
    assert printed.kicks == [(2, 120)]


def test_a_form_for_a4_is_printed_on_the_roll_that_lies_in_the_printer(counter: Counter) -> None:
    slip, to = sheet(counter), device("58mm", "gb18030")
    assert not slip.paper.is_roll
    named = [copy.name for copy in printing.copies(counter.desk, "return_form", "zh")]
    pieces = on_paper(to, bytes_for(counter.clerk, slip, to)).pieces
    assert [name for name, piece in zip(named, pieces, strict=True) if name in piece.lines[-1]] == named


def test_the_reprint_and_the_second_language_are_the_queues_to_say(counter: Counter) -> None:
    slip, to = sheet(counter, "receipt"), device(text="gb18030")
    copies = printing.copies(counter.desk, "receipt", "zh")
    zh, en = on_paper(to, bytes_for(counter.clerk, slip, to, copies, also="en", reprint=True)).pieces
    assert any("补打" in line for line in zh.lines)
    assert "Refund Receipt" in "".join(en.lines)


def test_the_shops_logo_stands_at_the_head(counter: Counter) -> None:
    grey = BytesIO()
    Image.new("RGB", (200, 200), (90, 90, 90)).save(grey, "PNG")
    slip, to = sheet(counter, "receipt"), device()
    plain = on_paper(to, bytes_for(counter.clerk, slip, to)).pieces[0].picture
    shop_words.set_logo(counter.owner, grey.getvalue())
    with_logo = on_paper(to, bytes_for(counter.clerk, slip, to)).pieces[0].picture
    assert with_logo.height > plain.height + 60


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_kind_of_slip_is_set_in_columns_without_losing_a_sign(name: str) -> None:
    slip, to = EVERY[name], device("58mm", "gb18030")
    copies = default_copies(kind_of(slip), "zh")[:1]
    pieces = on_paper(to, sent(slip, to, "zh", copies)).pieces
    want = Counts(bare(said(documents.render(slip, Paper.ROLL_58, "zh", copies))))
    got = Counts(bare("".join(line for piece in pieces for line in piece.lines)).replace("￥", "¥"))
    # The seal's frame is drawn with its words, and so is a barcode that is too wide for the printer.
    seal = Counts(bare(f"{slip.shop.seal}（盖章）{slip.number}"))
    assert set(want - got - seal) <= {"¥"}
    assert set(got - want) <= {DRAWN, "-", "=", "_"}
