"""What can be printed beside the slips of a visit: counts, recalls, sheets of a day, papers of a case, the shop's words."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from visits import TODAY, Counter, build_shop, opened

from counter_app import documents
from counter_app.db.models import Document
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.slip_content import canonical, kind_of, slip_from
from counter_app.services import (
    attachment_files,
    case_slips,
    document_slips,
    policy,
    printing,
    recalls,
    shop_words,
    slips,
    stock_counts,
)
from counter_app.services.recalls import NewRecall
from counter_app.verbs.opened import opened_desk

HOUSE = Path(__file__).resolve().parents[2]


def refused(act: Callable[..., object], *given: object) -> str:
    """The code of what an act says no with."""
    with pytest.raises(UserError) as told:
        act(*given)
    return told.value.code


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets") / "like"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(tmp_path: Path, template: Path) -> Iterator[Counter]:
    with opened(template, tmp_path / "shop") as found:
        found.open_drawer()
        yield found


def counted(counter: Counter) -> str:
    """A count of the shelf that found one piece less, posted; its number."""
    counter.product(stock=5)
    session = stock_counts.start(counter.owner, "V1").value
    for line in session.rows:
        stock_counts.write(counter.owner, line.id, line.expected_milli - 1000)
    return stock_counts.post(
        counter.owner, session.id, "展示用磕损", counter.request(), (1, "1234")
    ).value.number


def test_a_count_prints_book_count_difference_reason_and_both_names(counter: Counter) -> None:
    number = counted(counter)
    (item,) = slips.slips_for(counter.owner, number)
    sheet = item.slip
    assert item.kind == "stock_count"
    assert sheet.reason == "展示用磕损"
    assert sheet.hands.clerk
    assert sheet.hands.reviewer
    assert sheet.place.startswith("V1")
    assert all(line.counted_milli == line.expected_milli - 1000 for line in sheet.lines)
    (printed,) = printing.sheets(counter.owner, number)
    assert len(printing.pdf_of(counter.owner, printed)) > 3000


def test_the_sheet_of_a_count_is_frozen_with_it(counter: Counter) -> None:
    number = counted(counter)
    before = slips.slips_for(counter.owner, number)[0].slip
    shop_words.write(counter.owner, "", "", "业务专用章")
    assert slips.slips_for(counter.owner, number)[0].slip == before
    assert slip_from(canonical(before)) == before


@pytest.mark.req("S3-44")
def test_a_recall_prints_its_notice_as_often_as_wanted(counter: Counter) -> None:
    product = counter.product(stock=1)
    told = recalls.open_recall(
        counter.owner,
        NewRecall("漏电风险", "停止使用，带到店内更换", product_id=product, batch_from="B1", batch_to="B3"),
    ).value
    (sheet,) = printing.sheets(counter.owner, told.number)
    assert sheet.slip.batches == "B1 – B3"
    assert sheet.slip.what_to_do == "停止使用，带到店内更换"
    assert not printing.printed(counter.owner, sheet).value
    assert not printing.printed(counter.owner, sheet).value


@pytest.mark.req("S0-5", "S0-32", "S0-49", "S0-50", "S1-12")
def test_the_papers_of_a_case_follow_its_state(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    before = {item.kind for item in slips.slips_for(counter.clerk, visit.case.number, every=True)}
    assert {"service_order", "analysis_report", "message_card", "problem_record"} <= before
    assert not {"result_confirmation", "survey_sheet"} & before
    visit.post()
    after = {item.kind: item.slip for item in slips.slips_for(counter.clerk, visit.case.number, every=True)}
    assert {"service_order", "result_confirmation"} <= set(after)
    assert any("TK" in line for line in after["result_confirmation"].done)
    assert "service_order" not in {item.kind for item in slips.slips_for(counter.clerk, visit.case.number)}


def test_the_sheets_of_a_day_add_up_what_was_done(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale(price_fen=19900))
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    day = counter.owner.today()
    register, refunds, approvals, received = (one.slip for one in printing.sheets_of_day(counter.owner, day))
    assert [line.number for line in register.lines] == [visit.case.number]
    assert refunds.amount_fen == sum(line.amount_fen for line in refunds.lines) == 19900
    assert sum(row.amount_fen for row in refunds.paid if not row.total) == 19900
    assert approvals.lines == ()
    assert sum(line.quantity_milli for line in received.lines) == 1000
    assert {kind_of(one.slip) for one in printing.sheets_of_day(counter.owner, day, ["register"])} == {
        "register"
    }


def test_a_day_to_come_and_a_sheet_nobody_knows_are_refused(counter: Counter) -> None:
    assert refused(printing.sheets_of_day, counter.owner, TODAY + timedelta(days=400)) == "day_sheet.future"
    assert refused(printing.sheets_of_day, counter.owner, date(2020, 1, 1), ["x"]) == "day_sheet.unknown"


def test_what_has_no_slip_of_its_own_prints_what_it_belongs_to(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    visit.go("exchange", "fit", "same", "handed_over")
    exchange = next(one for one in visit.post().documents if one.number.startswith("HH"))
    kinds = {kind_of(one.slip) for one in printing.sheets(counter.clerk, exchange.number)}
    assert "return_form" in kinds
    assert all(
        one.slip.case_number == visit.case.number for one in printing.sheets(counter.clerk, exchange.number)
    )
    assert refused(printing.sheets, counter.clerk, "SH99-20200101-0001") == "case.unknown"


@pytest.mark.parametrize(
    ("footer", "terms", "code"),
    [
        ("", "最终解释权归本店所有", "terms.final_word"),
        ("特价商品概不退换", "", "terms.no_return"),
        ("", "好评有礼\n售出不\n退", "terms.no_return"),
        ("", "顾客自愿放弃投诉的权利", "terms.waiver"),
        ("", "All sales are final", "terms.no_return"),
        ("", "\n".join("甲乙丙丁戊己"), "terms.many"),
        ("", "长" * 121, "terms.long"),
    ],
)
def test_a_sentence_the_law_voids_is_not_printed(
    counter: Counter, footer: str, terms: str, code: str
) -> None:
    assert refused(shop_words.write, counter.owner, footer, terms, "") == code
    assert shop_words.shop_words(counter.owner).terms == ()


def test_the_shops_words_stand_on_slips_from_now_on(counter: Counter) -> None:
    shop_words.write(counter.owner, "谢谢光临", "电池保修六个月。\n\n请提前预约。", "售后专用章")
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    heads = {item.slip.shop for item in slips.slips_for(counter.clerk, visit.case.number)}
    assert {head.terms for head in heads} == {("电池保修六个月。", "请提前预约。")}
    assert {(head.footer, head.seal) for head in heads} == {("谢谢光临", "售后专用章")}


def test_only_who_may_change_rules_changes_the_words(counter: Counter) -> None:
    assert refused(shop_words.write, counter.clerk, "谢谢", "", "") == "staff.right.missing"
    assert refused(shop_words.set_logo, counter.clerk, None) == "staff.right.missing"


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (10, 90, 80)).save(out, kind)
    return out.getvalue()


def test_a_logo_is_kept_bounded_and_a_lost_one_leaves_the_slip_printable(
    counter: Counter, tmp_path: Path
) -> None:
    file = tmp_path / "logo.jpg"
    file.write_bytes(picture(3000, 1000, "JPEG"))
    told = shop_words.set_logo(counter.owner, file).value
    kept = shop_words.logo(counter.owner)
    assert kept is not None
    with Image.open(io.BytesIO(kept)) as small:
        assert small.size == (720, 240)
    visit = counter.visit(counter.simple_sale())
    sheet = printing.sheets(counter.clerk, visit.case.number, every=True)[0]
    with_logo = printing.pdf_of(counter.clerk, sheet)
    place = counter.owner.folder / attachment_files.relative_path(told.logo)
    place.write_bytes(b"something else")
    assert shop_words.logo(counter.owner) is None
    place.unlink()
    assert shop_words.logo(counter.owner) is None
    without = printing.pdf_of(counter.clerk, sheet)
    assert with_logo != without
    assert without == documents.render(
        sheet.slip,
        sheet.paper,
        sheet.language,
        printing.copies(counter.clerk, kind_of(sheet.slip), sheet.language),
    )
    assert shop_words.set_logo(counter.owner, None).value.logo == ""


def test_what_is_no_picture_or_too_large_is_no_logo(counter: Counter, tmp_path: Path) -> None:
    assert refused(shop_words.set_logo, counter.owner, b"no picture") == "photo.not_an_image"
    large = tmp_path / "large.bmp"
    large.write_bytes(b"BM" + bytes(shop_words.MOST_LOGO_BYTES))
    assert refused(shop_words.set_logo, counter.owner, large) == "logo.large"
    with pytest.raises(SurroundingsError) as told:
        shop_words.set_logo(counter.owner, tmp_path / "nowhere.png")
    assert told.value.code == "photo.unreadable"


def test_a_case_that_was_withdrawn_has_no_papers_beside_its_own(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    row = slips.case_row(visit.case.number)
    row.state = "withdrawn"
    assert case_slips.of_case(counter.clerk, row) == ()


def verb(counter: Counter, *given: str) -> tuple[int, str, str]:
    """`main.py form` as it is called on the machine."""
    line = [sys.executable, "main.py", "form", *given, "--data", str(counter.desk.folder), "--language", "en"]
    told = subprocess.run(line, cwd=HOUSE, capture_output=True, encoding="utf-8", check=False)
    return told.returncode, told.stdout, told.stderr


def test_a_newer_program_reads_a_shop_whose_rules_are_older(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = counted(counter)
    monkeypatch.setattr(
        policy, "_news", lambda desk, texts: [kind for kind in texts if kind.startswith("policy:")]
    )
    with opened_desk(counter.desk.folder, read_only=True) as desk:
        assert printing.sheets(desk, number)


def test_form_writes_counts_sheets_of_a_day_and_chosen_kinds_and_refuses_the_rest(
    counter: Counter, tmp_path: Path
) -> None:
    number = counted(counter)
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    out = tmp_path / "out.pdf"
    day = counter.owner.today().isoformat()
    for given, count, named in (
        ((number,), 1, number),
        (("--day", day), 4, day),
        (("--day", day, "--sheet", "refund_day"), 1, day),
        ((visit.case.number, "--sheet", "service_order"), 1, visit.case.number),
    ):
        assert verb(counter, *given, "--out", str(out)) == (0, f"{out}: {count} × {named}\n", "")
        assert out.read_bytes().startswith(b"%PDF")
        out.unlink()
    for given in (
        (),
        (number, "--day", day),
        ("--day", "yesterday"),
        ("--day", day, "--sheet", "service_order"),
        (visit.case.number, "--sheet", "gift_issue"),
        ("PD99-20200101-0001",),
    ):
        code, told, wrong = verb(counter, *given, "--out", str(out))
        assert (code, told, out.exists()) == (2, "", False), given
        assert len(wrong.splitlines()) == 1, wrong
    taken = tmp_path / "taken.pdf"
    taken.mkdir()
    for place in ("", str(taken), str(tmp_path / "nowhere" / "x.pdf")):
        code, told, wrong = verb(counter, number, "--out", place)
        assert (code, told) == (2, "") and "cannot be written" in wrong, place
    assert not list(tmp_path.rglob("*.part"))


def test_the_customers_copy_is_printed_in_both_languages_where_the_shop_wants_it(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    sheet = next(one for one in printing.sheets(counter.clerk, visit.case.number) if one.reprint is False)
    before = printing.pdf_of(counter.clerk, sheet)
    assert refused(shop_words.speak_both, counter.clerk, True) == "staff.right.missing"
    assert shop_words.speak_both(counter.owner, True).value.both
    after = printing.pdf_of(counter.clerk, sheet)
    assert len(after) > len(before)
    shop_words.speak_both(counter.owner, False)
    assert printing.pdf_of(counter.clerk, sheet) == before


def test_a_loan_prints_what_was_agreed_and_claims_no_deposit_that_was_not_taken(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    row = slips.case_row(visit.case.number)
    paper = Document(
        number="BY01-20261121-0001", prefix="BY", case=row, walk=row.walks[0], business_date=TODAY
    )
    loan = {"what": "备用机 2 号", "serial": "BY-2", "due_on": "2026-12-01", "amount_fen": 10000}
    (slip,) = document_slips.of_document(counter.clerk, paper, {"beside": {"loan": loan}, "staff": "李店员"})
    assert (slip.what, slip.serial, slip.due, slip.agreed_fen, slip.deposit_fen) == (
        "备用机 2 号",
        "BY-2",
        "2026-12-01",
        10000,
        0,
    )
    (reversal,) = (Document(number="BY01-20261121-0002", prefix="BY", case=row, reverses=1),)
    assert document_slips.of_document(counter.clerk, reversal, {"beside": {"loan": loan}}) == ()
