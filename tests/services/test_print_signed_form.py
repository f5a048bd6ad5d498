"""A form signed on the pad leaves the printer as it is stored, the first time; a reprint is drawn and marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from print_shop import Papers, build_posted, posted_shop, sheet
from visits import Counter

from counter_app.db.verify import verify
from counter_app.documents import CopyKind, raster
from counter_app.services import (
    attachment_files,
    print_queue,
    print_rules,
    print_work,
    printing,
    settings,
    signed_check,
    signed_forms,
    signed_print,
)
from counter_app.services.print_rules import Rule


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    build_posted(folder)
    return folder


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with posted_shop(template, tmp_path / "shop") as found:
        yield found


def pages(pdf: bytes) -> list[str]:
    """The text of every page; the names of copies stand upright in the margin, a sign a line."""
    return ["".join(text.split()) for text in raster.page_texts(pdf)]


def stored_file(counter: Counter) -> Path:
    (form,) = signed_forms.of_number(counter.clerk, sheet(counter).number)
    return counter.desk.folder / attachment_files.relative_path(form.sha256)


def print_once(counter: Counter, papers: Papers, wish: str = "one") -> bytes:
    """What the printer gets for the form."""
    print_queue.enqueue(counter.clerk, sheet(counter), wish)
    print_work.work(counter.desk, papers)
    return papers.given[-1][1]


def test_the_first_print_of_a_signed_form_is_the_stored_file_byte_for_byte(counter: Counter) -> None:
    assert print_once(counter, Papers()) == stored_file(counter).read_bytes()


def test_a_reprint_of_a_signed_form_is_drawn_with_its_mark_and_leaves_the_stored_file(
    counter: Counter,
) -> None:
    papers, before = Papers(), stored_file(counter).read_bytes()
    print_once(counter, papers)
    again = print_once(counter, papers, "two")
    assert again != before
    assert all("补打" in text for text in pages(again))
    assert stored_file(counter).read_bytes() == before


def test_some_copies_of_a_signed_form_are_pages_of_the_stored_file(counter: Counter) -> None:
    stored = stored_file(counter).read_bytes()
    print_rules.set_rule(counter.owner, "kinds", "return_form", Rule(copies={"customer": 2, "stub": 0}))
    settings.set_setting(counter.owner, "copies.names", ["甲联", "乙联", "丙联"])
    given = print_once(counter, Papers())
    assert "客户联" in pages(given)[0] and not any("乙联" in text for text in pages(given))
    kept = [picture.rgb for picture in raster.pages(stored, 40)]
    assert [picture.rgb for picture in raster.pages(given, 40)] == [kept[1], kept[1], kept[2]]


def test_on_another_paper_a_signed_form_is_drawn(counter: Counter) -> None:
    stored = stored_file(counter).read_bytes()
    print_rules.set_rule(counter.owner, "kinds", "return_form", Rule(paper="A5"))
    papers = Papers()
    assert print_once(counter, papers) != stored
    assert papers.given[0][3].width_mm < 200 or papers.given[0][3].height_mm < 290


def test_in_a_second_language_that_was_not_stored_a_signed_form_is_drawn(counter: Counter) -> None:
    stored = stored_file(counter).read_bytes()
    print_rules.set_rule(counter.owner, "kinds", "return_form", Rule(also="en"))
    assert len(pages(print_once(counter, Papers()))) == len(pages(stored)) + 1


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_where_the_stored_file_is_no_longer_what_it_was_the_form_is_drawn_and_verify_names_the_file(
    counter: Counter, harm: str
) -> None:
    file = stored_file(counter)
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b"\n")
    given = print_once(counter, Papers())
    assert len(pages(given)) == 3 and not any("补打" in text for text in pages(given))
    found = verify(counter.desk.db, counter.desk.folder, beside=signed_check.CHECKS)
    assert any(file.name in str(one) for one in found)


def test_a_customers_copy_stored_in_both_languages_is_printed_in_the_one_or_both_that_are_asked(
    counter: Counter,
) -> None:
    print_rules.set_rule(counter.owner, "kinds", "return_form", Rule(also="en"))
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    number = visit.post().documents[0].number
    (form,) = signed_forms.of_number(counter.clerk, number)
    stored = signed_forms.pdf_of(counter.clerk, form)
    mine = next(one for one in printing.sheets(counter.clerk, number) if one.key.endswith("/return_form"))
    papers = Papers()
    print_queue.enqueue(counter.clerk, mine, "both")
    print_work.work(counter.desk, papers)
    assert papers.given[-1][1] == stored and len(pages(stored)) == 4
    whole = [CopyKind.STUB, CopyKind.CUSTOMER, CopyKind.FINANCE]
    alone = signed_print.pages(counter.clerk, mine, whole, None)
    assert alone is not None
    kept = [picture.rgb for picture in raster.pages(stored, 40)]
    assert [picture.rgb for picture in raster.pages(alone, 40)] == [kept[0], kept[1], kept[3]]
