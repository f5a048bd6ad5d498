"""A form signed on paper comes back as a photo or a scan, and is then kept like one signed on the pad."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import Attachment, Task
from counter_app.db.verify import verify
from counter_app.documents import Paper, raster, shop_seal
from counter_app.documents.shop_seal import Seal
from counter_app.domain.check_code import normal, spelled_like_one
from counter_app.domain.errors import CounterError
from counter_app.domain.slip_content import kind_of
from counter_app.services import (
    attachment_files,
    cases,
    forms,
    overrides,
    paper_codes,
    posting,
    printing,
    reversal,
    shop_key,
    signed_check,
    signed_forms,
    signed_paper,
    tasks,
)


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 shop") as there:
        there.open_drawer()
        yield there


def photo(width: int = 900, height: int = 1200) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (width, height), (230, 228, 220)).save(held, "JPEG")
    return held.getvalue()


def on_paper(counter: Counter) -> Visit:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit").waive()
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    forms.sign(counter.clerk, visit.case_id, form.content_hash, on_paper=True)
    posting.post(counter.clerk, visit.case_id, counter.request(), form.figures_hash)
    return visit


def scans(counter: Counter) -> list[Task]:
    return [one for one in tasks.to_do(counter.clerk) if one.kind == "scan"]


def refused(code: str, act: Callable[..., object], *given: object) -> None:
    with pytest.raises(CounterError) as error:
        act(*given)
    assert error.value.code == code


def sound(counter: Counter) -> None:
    assert verify(counter.desk.db, counter.desk.folder, beside=signed_check.CHECKS) == []


@pytest.mark.req("S1-20")
def test_a_sheet_signed_on_paper_is_waited_for_until_it_is_attached(counter: Counter) -> None:
    visit = on_paper(counter)
    (lacking,) = signed_paper.lacking(counter.clerk, visit.case_id)
    (task,) = scans(counter)
    assert (task.what, task.case_id) == (lacking.check_code, visit.case_id)
    refused("task.scan", tasks.done, counter.clerk, task.id)
    today = counter.desk.today()
    listed = [one for one in overrides.listed(counter.owner, today, today) if one.kind == "paper_missing"]
    assert [one.why for one in listed] == [lacking.check_code]
    refused("form.not_scanned", signed_forms.pdf_of, counter.clerk, lacking)

    outcome = signed_paper.attach(
        counter.clerk, lacking.signature_id, [photo(), photo(1200, 900)], lacking.check_code.lower()
    )
    assert "task" in outcome.changed
    assert scans(counter) == []
    assert signed_paper.lacking(counter.clerk, visit.case_id) == ()
    assert not [one for one in overrides.listed(counter.owner, today, today) if one.kind == "paper_missing"]
    pdf = signed_forms.pdf_of(counter.clerk, outcome.value)
    looked = shop_seal.look(pdf, shop_key.certificates(counter.clerk))
    assert (looked.seal, looked.reason) == (
        Seal.HOLDS,
        signed_forms.reason(lacking.case_number, lacking.form_hash),
    )
    kinds = [event.kind for event in cases.case(counter.clerk, visit.case_id).events]
    assert "paper_attached" in kinds
    sound(counter)


def on_the_sheet(counter: Counter, visit: Visit) -> bytes:
    """The printed form of a visit, photographed."""
    (sheet, *_) = [
        one for one in printing.sheets(counter.clerk, visit.case.number) if kind_of(one.slip) == "return_form"
    ]
    page = next(iter(raster.pages(printing.pdf_of(counter.clerk, sheet, Paper.A5), 150)))
    held = io.BytesIO()
    Image.frombytes("RGB", (page.width, page.height), page.rgb).rotate(
        4, fillcolor="white", expand=True
    ).save(held, "JPEG")
    return held.getvalue()


def test_a_page_whose_code_is_another_paper_s_is_refused(counter: Counter) -> None:
    visit, other = on_paper(counter), on_paper(counter)
    (lacking,) = signed_paper.lacking(counter.clerk, visit.case_id)
    mine, strange = on_the_sheet(counter, visit), on_the_sheet(counter, other)
    given = (counter.clerk, lacking.signature_id)
    refused("paper.other_form", signed_paper.attach, *given, [mine, strange], lacking.check_code)
    assert scans(counter)
    assert signed_paper.attach(*given, [mine], lacking.check_code).value.sha256


def test_a_wrong_scan_is_replaced_with_a_reason_and_both_are_kept(counter: Counter) -> None:
    visit = on_paper(counter)
    (lacking,) = signed_paper.lacking(counter.clerk, visit.case_id)
    mine, code = lacking.signature_id, lacking.check_code
    refused("paper.not_there", signed_paper.replace, counter.clerk, mine, [photo()], code, "拍糊了")
    first = signed_paper.attach(counter.clerk, mine, [photo()], code).value
    before = signed_forms.pdf_of(counter.clerk, first)
    refused("paper.why", signed_paper.replace, counter.clerk, mine, [photo(800)], code, "  ")
    refused("paper.code", signed_paper.replace, counter.clerk, mine, [photo(800)], "7F3K-92QD", "拍糊了")

    second = signed_paper.replace(counter.clerk, mine, [photo(800)], code, "拍糊了").value
    assert second.sha256 != first.sha256
    assert signed_paper.lacking(counter.clerk, visit.case_id) == ()
    (old,) = signed_paper.replaced(counter.clerk, visit.case_id)
    assert (old.form.sha256, old.why, old.by) == (first.sha256, "拍糊了", "李店员")
    assert signed_forms.pdf_of(counter.clerk, old.form) == before
    (event,) = [
        one for one in cases.case(counter.clerk, visit.case_id).events if one.kind == "paper_replaced"
    ]
    assert event.detail["why"] == "拍糊了" and "拍糊了" in event.title.zh
    sound(counter)

    counter.clock.forward(days=1)
    assert not signed_paper.may_replace(counter.clerk, second)
    refused("staff.right.missing", signed_paper.replace, counter.clerk, mine, [photo(700)], code, "少一页")
    third = signed_paper.replace(counter.owner, mine, [photo(700)], code, "少一页").value
    assert [one.form.sha256 for one in signed_paper.replaced(counter.clerk, visit.case_id)] == [
        first.sha256,
        second.sha256,
    ]
    sound(counter)
    (counter.desk.folder / attachment_files.relative_path(first.sha256)).write_bytes(b"%PDF-1.7 other")
    broken = verify(counter.desk.db, counter.desk.folder, beside=signed_check.CHECKS)
    assert any(str(one.params.get("path", "")).endswith(first.sha256) for one in broken)
    assert signed_forms.pdf_of(counter.clerk, third)


def test_the_code_on_the_paper_must_be_that_of_the_form(counter: Counter) -> None:
    visit = on_paper(counter)
    (lacking,) = signed_paper.lacking(counter.clerk, visit.case_id)
    refused("paper.code", signed_paper.attach, counter.clerk, lacking.signature_id, [photo()], "7F3K-92QD")
    refused("paper.pages", signed_paper.attach, counter.clerk, lacking.signature_id, [], lacking.check_code)
    refused(
        "photo.not_an_image",
        signed_paper.attach,
        counter.clerk,
        lacking.signature_id,
        [b"no picture"],
        lacking.check_code,
    )
    assert Attachment.select().where(Attachment.case == visit.case_id).count() == 0
    signed_paper.attach(counter.clerk, lacking.signature_id, [photo()], lacking.check_code)
    refused(
        "paper.there", signed_paper.attach, counter.clerk, lacking.signature_id, [photo()], lacking.check_code
    )
    refused("paper.unknown", signed_paper.attach, counter.clerk, 99, [photo()], lacking.check_code)


def test_a_scanners_pdf_is_taken_page_by_page(counter: Counter, tmp_path: Path) -> None:
    visit = on_paper(counter)
    (lacking,) = signed_paper.lacking(counter.clerk, visit.case_id)
    slip = next(one for one in printing.sheets(counter.clerk, visit.case.number) if one.slip.signature)
    scanned = tmp_path / "scan 扫描.pdf"
    scanned.write_bytes(printing.pdf_of(counter.clerk, slip))
    refused(
        "slip.pdf.unreadable",
        signed_paper.attach,
        counter.clerk,
        lacking.signature_id,
        [b"%PDF-1.7 broken"],
        lacking.check_code,
    )
    done = signed_paper.attach(counter.clerk, lacking.signature_id, [scanned], lacking.check_code).value
    looked = shop_seal.look(signed_forms.pdf_of(counter.clerk, done), shop_key.certificates(counter.clerk))
    assert looked.seal is Seal.HOLDS
    sound(counter)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7F3K-92QD", "7F3K-92QD"),
        (" 7f3k92qd ", "7F3K-92QD"),
        ("7F3K 92QD", "7F3K-92QD"),
        ("OI3L-U2QD", "0131-V2QD"),
        ("7F3K－92QD", "7F3K-92QD"),
        ("7F3K-92Q", ""),
        ("SH01-20261119-0001", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, code: str) -> None:
    assert normal(typed) == code
    assert spelled_like_one(typed) == (bool(code) and not typed.strip().isalnum())


def wide(text: str) -> str:
    """The same in signs as wide as Chinese ones."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


def test_the_code_of_a_signed_form_finds_it_typed_or_scanned(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    posted = visit.post()
    (form,) = signed_forms.of_case(counter.clerk, visit.case_id)
    for text in (
        form.check_code,
        form.check_code.replace("-", "").lower(),
        f"counter:case/{posted.case_number}#{form.check_code}",
        f"{posted.case_number} {form.check_code}",
        f"{posted.documents[-1].number} {form.check_code}",
        # A Chinese input method makes what the scanner types as wide as a character.
        wide(form.check_code),
        f"counter\uff1acase/{posted.case_number}\uff03{form.check_code}",
        f"\u3000{wide(posted.case_number)}\u3000{wide(form.check_code)}",
    ):
        found = paper_codes.check(counter.clerk, text)
        assert found is not None and found.agrees, text
        paper = found.papers[0]
        assert (paper.how, paper.case_number, paper.title.zh) == ("signed", posted.case_number, "退换货单")
        assert (paper.number, paper.amount_fen) == (posted.case_number, 19900)


def test_a_signed_form_is_told_by_the_title_it_bears(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(category="SMALL", price_fen=8900, tender="wechat"))
    posted = visit.go("repair", "no", "whole", "none", "in_store").post()
    (form,) = signed_forms.of_case(counter.clerk, visit.case_id)
    titles = {printing.title_of(one.slip).zh for one in printing.sheets(counter.clerk, posted.case_number)}
    assert "维修单" in titles and "退换货单" not in titles
    found = paper_codes.check(counter.clerk, f"{posted.case_number} {form.check_code}")
    assert found is not None
    assert found.papers[0].how == "signed"
    assert {(paper.title.zh, paper.title.en) for paper in found.papers} == {("维修单", "Repair Sheet")}


def test_a_code_that_no_paper_bears_does_not_agree(counter: Counter) -> None:
    visit, other = (
        counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit") for _ in range(2)
    )
    number = visit.post().case_number
    other.post()
    (foreign,) = signed_forms.of_case(counter.clerk, other.case_id)
    for text in (
        f"counter:case/{number}#7F3K-92QD",
        f"counter:case/{number}#{foreign.check_code}",
        f"{number} 7F3K-92QD",
        "7F3K-92QD",
        "counter:case/SH01-20200101-0001#7F3K-92QD",
    ):
        found = paper_codes.check(counter.clerk, text)
        assert found is not None and not found.agrees, text
    for text in ("7F3K92QD", f"counter:case/{number}", "保温杯", number, "13812341234", ""):
        assert paper_codes.check(counter.clerk, text) is None


def test_every_slip_that_left_the_printer_is_known_by_its_code_also_when_it_would_print_otherwise_now(
    counter: Counter,
) -> None:
    sale = counter.simple_sale(tender="wechat")
    visit = counter.visit(sale).go("return", "agree", "in_person", "fit")
    number = visit.post().case_number
    codes = {}
    for sheet in printing.sheets(counter.clerk, number):
        printing.printed(counter.clerk, sheet)
        codes[sheet.key] = printing.check_code(printing.content_hash(sheet.slip))
    visit.settle()
    assert {
        printing.check_code(printing.content_hash(one.slip)) for one in printing.sheets(counter.clerk, number)
    } != set(codes.values())
    for code in codes.values():
        found = paper_codes.check(counter.clerk, code)
        assert found is not None and found.agrees
        assert found.papers[0].case_number == number


def test_a_slip_that_was_never_printed_is_compared_when_its_number_comes_with_the_code(
    counter: Counter,
) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    number = visit.post().case_number
    sheet = next(one for one in printing.sheets(counter.clerk, number) if one.slip.signature is None)
    code = printing.check_code(printing.content_hash(sheet.slip))
    found = paper_codes.check(counter.clerk, f"counter:case/{number}#{code}")
    assert found is not None and [paper.how for paper in found.papers] == ["current"]


def test_a_paper_of_a_reversed_document_says_so(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    posted = visit.post()
    reversal.reverse(
        counter.as_staff(3), posted.documents[-1].number, "录错", counter.request(), by=(1, "1234")
    )
    (form,) = signed_forms.of_case(counter.clerk, visit.case_id)
    found = paper_codes.check(counter.clerk, form.check_code)
    assert found is not None and found.papers[0].reversed_by


@pytest.mark.req("S1-20")
def test_a_paper_printed_again_is_marked_and_counted(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    number = visit.post().case_number

    def form() -> printing.Sheet:
        return next(one for one in printing.sheets(counter.clerk, number) if one.slip.signature)

    first = form()
    assert not first.reprint
    clean = printing.pdf_of(counter.clerk, first)
    printing.printed(counter.clerk, first)
    again = form()
    assert again.reprint
    assert printing.pdf_of(counter.clerk, again) != clean
    assert printing.printed(counter.clerk, again).value is True
    prints = [one for one in cases.case(counter.clerk, visit.case_id).prints if one.slip == "return_form"]
    assert [one.reprint for one in prints] == [False, True]
    today = counter.desk.today()
    assert [one.kind for one in overrides.listed(counter.owner, today, today)].count("reprint") == 1
    (stored,) = signed_forms.of_case(counter.clerk, visit.case_id)
    assert signed_forms.pdf_of(counter.clerk, stored) == printing.as_it_stands(counter.clerk, again)
