"""The stock room: what lies where, goods that get another place, claims, destruction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from visits import Counter, build_shop, code_of, opened

from counter_app.db import ledger
from counter_app.db.models import CaseLine, Document, StockEntry
from counter_app.documents import Paper, raster
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.goods_views import Holding
from counter_app.services import (
    cases,
    claim_views,
    claims,
    goods,
    holdings,
    inspection,
    moving,
    printing,
    products,
    reversal,
    scrapping,
    settings,
    slips,
    stock_moves,
    tasks,
)
from counter_app.services.claims import NewClaim, Wanted
from counter_app.services.inspection import Inspection
from counter_app.services.scrapping import NewScrap
from counter_app.services.stock_moves import Moving


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("goods") / "like"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(tmp_path: Path, template: Path) -> Iterator[Counter]:
    with opened(template, tmp_path / "shop") as found:
        found.open_drawer()
        yield found


def photo(shade: int = 90) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), (shade, 20, 20)).save(out, "JPEG")
    return out.getvalue()


def returned(counter: Counter, place: str | None = None, **more: object) -> Holding:
    """A return that was posted; its goods lie in the shop."""
    visit = counter.visit(counter.simple_sale(**more))
    found = Inspection(received_milli=1000, accepted_milli=1000, condition="K6", disposition=place)
    inspection.record_inspection(counter.clerk, visit.case.lines[0].id, found)
    with counter.desk.db.atomic("IMMEDIATE"):
        rows = list(CaseLine.select().where(CaseLine.case == visit.case_id))
        moving.take_in(counter.clerk, rows)
        if place:
            moving.dispose(counter.clerk, rows[0], 1000, place, None, None)
        CaseLine.update(state="returned").where(CaseLine.case == visit.case_id).execute()
    return holdings.holding(counter.owner, place or "V0", rows[0].sale_line.product_id, rows[0].id)


def moving_of(one: Holding, to_place: str, **more: object) -> Moving:
    values = {"quantity_milli": one.quantity_milli, "reason": "重新检验", **more}
    return Moving(one.place, one.product_id, one.case_line_id, to_place=to_place, **values)  # type: ignore[arg-type]


def test_goods_in_quarantine_get_their_place_later_by_a_movement_with_its_reason(counter: Counter) -> None:
    one = returned(counter)
    assert one.case_number.startswith("SH")
    wish, request = moving_of(one, "V3"), counter.request()
    seq = stock_moves.move(counter.owner, wish, request).value
    assert stock_moves.move(counter.owner, wish, request).value == seq
    there = holdings.holding(counter.owner, "V3", one.product_id, one.case_line_id)
    assert there.quantity_milli == 1000
    stock_moves.move(counter.owner, moving_of(there, "V1", reason="修好了"), counter.request())
    assert products.stock_on_hand(counter.desk, one.product_id or 0) == 11_000
    behind = holdings.rows_behind(counter.owner, one)
    assert [(row.from_place, row.to_place) for row in reversed(behind)] == [
        ("OUT", "V0"), ("V0", "V3"), ("V3", "V1")
    ]  # fmt: skip
    assert behind[0].reason == "修好了"
    told = [event.title.zh for event in cases.case(counter.clerk, one.case_id or 0).events]
    assert any("维修区" in line for line in told)
    counter.sound()


def test_goods_never_move_twice_nor_more_than_lie_there(counter: Counter) -> None:
    one = returned(counter)
    with pytest.raises(UserError) as caught:
        stock_moves.move(counter.owner, moving_of(one, "V5", quantity_milli=2000), counter.request())
    assert code_of(caught.value) == "goods.too_much"
    stock_moves.move(counter.owner, moving_of(one, "V5"), counter.request())
    with pytest.raises(UserError) as gone:
        stock_moves.move(counter.owner, moving_of(one, "V3"), counter.request())
    assert code_of(gone.value) == "goods.not_there"
    assert goods.held(counter.desk, one.case_line_id or 0) == {"V5": 1000}


@pytest.mark.parametrize("place", ["V1", "V2", "V3", "V4", "V7", "V13", "V9"])
def test_food_that_came_back_is_destroyed_and_nothing_else(counter: Counter, place: str) -> None:
    one = returned(counter, category="FOOD")
    with pytest.raises(UserError) as caught:
        stock_moves.move(counter.owner, moving_of(one, place, condition="K14"), counter.request())
    assert code_of(caught.value) == "inspection.destroy_only"
    stock_moves.move(counter.owner, moving_of(one, "V6", condition="K14"), counter.request())
    counter.sound()


def test_spoilt_goods_found_so_later_are_held_by_the_database_too(counter: Counter) -> None:
    one = returned(counter)
    stock_moves.move(counter.owner, moving_of(one, "V10", condition="K14"), counter.request())
    with pytest.raises(CounterError) as caught, counter.desk.db.atomic("IMMEDIATE"):
        ledger.append_stock(
            counter.desk.db,
            kind="disposed",
            from_place="V10",
            to_place="V1",
            quantity_milli=1000,
            at=counter.desk.instant(),
            business_date=counter.desk.today(),
            product_id=one.product_id,
            case_line_id=one.case_line_id,
        )
    assert caught.value.code == "guard.spoilt"


def test_isolated_goods_are_set_free_by_a_supervisor_only(counter: Counter) -> None:
    one = returned(counter)
    stock_moves.move(counter.owner, moving_of(one, "V9"), counter.request())
    there = holdings.holding(counter.owner, "V9", one.product_id, one.case_line_id)
    with pytest.raises(UserError) as caught:
        stock_moves.move(counter.clerk, moving_of(there, "V1"), counter.request())
    assert code_of(caught.value) == "staff.right.missing"


def test_accepted_goods_are_not_handed_back(counter: Counter) -> None:
    one = returned(counter)
    with pytest.raises(UserError) as caught:
        stock_moves.move(counter.owner, moving_of(one, "V11"), counter.request())
    assert code_of(caught.value) == "goods.is_ours"


def test_places_show_what_lies_there_and_what_it_had_cost_to_who_may_see_it(counter: Counter) -> None:
    one = returned(counter)
    by_place = {place.place: place for place in holdings.places(counter.owner)}
    assert (by_place["V0"].rows, by_place["V0"].quantity_milli) == (1, 1000)
    assert by_place["V0"].value_fen == 9950
    assert by_place["V1"].quantity_milli == 10_000
    clerk = {place.place: place for place in holdings.places(counter.clerk)}
    assert clerk["V0"].value_fen is None
    assert holdings.holdings(counter.clerk, "V0")[0].value_fen is None
    assert [row.case_line_id for row in holdings.holdings(counter.owner, "V0", words=one.case_number)] == [
        one.case_line_id
    ]
    assert holdings.holdings(counter.owner, "V0", words="没有这种") == ()


def test_holdings_page_on_by_key(counter: Counter) -> None:
    for _ in range(5):
        returned(counter)
    seen: list[int] = []
    while page := holdings.holdings(counter.owner, "V0", after=seen[-1] if seen else 0, limit=2):
        seen += [row.key for row in page]
    assert len(seen) == 5
    assert seen == sorted(set(seen))


def claim_for(one: Holding, **more: object) -> NewClaim:
    wanted = Wanted(one.place, one.product_id, one.case_line_id, one.quantity_milli)
    values = {"party": "某某电器厂", "reason": "不加热", "asked_fen": 9000, **more}
    return NewClaim(kind="supplier", goods=(wanted,), **values)  # type: ignore[arg-type]


@pytest.mark.req("S3-44")
def test_a_supplier_claim_takes_the_goods_out_once_and_ends_with_a_credit(counter: Counter) -> None:
    one = returned(counter)
    new, request = claim_for(one), counter.request()
    made = claims.open_claim(counter.owner, new, request).value
    assert made.number == "TC01-20261119-0001"
    assert claims.open_claim(counter.owner, new, request).value.id == made.id
    assert goods.held(counter.desk, one.case_line_id or 0) == {"V4": 1000}
    assert [task.due_on for task in tasks.to_do(counter.owner) if task.kind == "goods_claim"] == [made.due_on]
    with pytest.raises(UserError) as early:
        claims.step(counter.owner, made.id, "credited", counter.request(), amount_fen=8000)
    assert code_of(early.value) == "claim.step"
    claims.step(counter.owner, made.id, "sent", counter.request())
    assert goods.held(counter.desk, one.case_line_id or 0) == {}
    with pytest.raises(UserError) as twice:
        claims.step(counter.owner, made.id, "sent", counter.request())
    assert code_of(twice.value) == "claim.step"
    claims.step(counter.owner, made.id, "credited", counter.request(), amount_fen=8000, note="红字抵扣")
    done = claims.step(counter.owner, made.id, "closed", counter.request()).value
    assert (done.state, done.got_fen, done.outcome) == ("closed", 8000, "credited")
    assert [step.state for step in done.steps] == ["open", "sent", "credited", "closed"]
    assert not [task for task in tasks.to_do(counter.owner) if task.kind == "goods_claim"]
    told = claim_views.figures(counter.owner, "supplier")
    assert (told.open, told.asked_fen, told.got_fen) == (0, 9000, 8000)
    counter.sound()


def test_refused_goods_come_back_from_the_supplier_but_not_on_sale(counter: Counter) -> None:
    one = returned(counter)
    made = claims.open_claim(counter.owner, claim_for(one), counter.request()).value
    claims.step(counter.owner, made.id, "sent", counter.request())
    with pytest.raises(UserError) as caught:
        claims.step(counter.owner, made.id, "refused", counter.request(), place="V1")
    assert code_of(caught.value) == "claim.place"
    claims.step(counter.owner, made.id, "refused", counter.request(), note="超过保修期")
    assert goods.on_hand(counter.desk, one.product_id or 0, "V5") == 1000
    assert claim_views.figures(counter.owner, "supplier").refused_fen == 9000
    counter.sound()


def test_an_overdue_claim_stands_out(counter: Counter) -> None:
    made = claims.open_claim(counter.owner, claim_for(returned(counter)), counter.request()).value
    counter.clock.forward(days=15)
    assert claim_views.claim(counter.owner, made.number).overdue
    assert claim_views.figures(counter.owner, "supplier").overdue == 1


@pytest.mark.req("S4-23")
def test_a_courier_claim_has_its_parcel_amount_deadline_and_outcome(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale())
    new = NewClaim(
        kind="courier",
        party="某某快递",
        reason="外箱压坏",
        asked_fen=19900,
        parcel="SF1234567890",
        insured=True,
        case=visit.case.number,
    )
    made = claims.open_claim(counter.clerk, new, counter.request()).value
    assert made.number.startswith("ZC01-")
    assert made.case_id == visit.case_id
    claims.step(counter.clerk, made.id, "sent", counter.request())
    done = claims.step(counter.clerk, made.id, "credited", counter.request(), amount_fen=15000).value
    assert (done.got_fen, done.parcel, done.insured) == (15000, "SF1234567890", True)
    told = [event.title.zh for event in visit.case.events]
    assert any("追偿" in line and made.number in line for line in told)
    counter.sound()


def test_destruction_needs_somebody_else_with_their_pin_a_photo_and_a_reason(counter: Counter) -> None:
    one = returned(counter)
    wanted = (Wanted(one.place, one.product_id, one.case_line_id, 1000),)
    sound = NewScrap(wanted, "外壳破裂,不能销售", "拆解粉碎", (photo(),))
    boss = counter.as_staff(3)
    for new, witness, code in (
        (NewScrap(wanted, "破裂", "", ()), (2, "2345"), "scrap.photo"),
        (NewScrap(wanted, " ", "", (photo(),)), (2, "2345"), "goods.reason"),
        (NewScrap((), "破裂", "", (photo(),)), (2, "2345"), "scrap.goods"),
        (sound, (3, "3456"), "scrap.witness"),
        (sound, (2, "9999"), "staff.pin.wrong"),
    ):
        with pytest.raises(UserError) as caught:
            scrapping.scrap(boss, new, witness, counter.request())
        assert code_of(caught.value) == code
    request = counter.request()
    done = scrapping.scrap(boss, sound, (2, "2345"), request).value
    assert scrapping.scrap(boss, sound, (2, "2345"), request).value.number == done.number
    assert (done.number, done.witness, done.by, done.photos) == ("XH01-20261119-0001", "李店员", "赵主管", 1)
    assert scrapping.scrapped(counter.owner, done.number).cost_fen == 9950
    assert goods.held(counter.desk, one.case_line_id or 0) == {}
    assert [path.is_file() for path in scrapping.photo_paths(counter.desk, done.number)] == [True]
    (paper,) = printing.sheets(boss, done.number)
    assert (paper.slip.hands.clerk, paper.slip.witness) == ("赵主管", "李店员")
    assert [check.label for check in paper.slip.evidence] == ["照片 1 张（随单归档）"]
    counter.sound()


def test_a_destruction_record_shows_its_photos_again_and_prints_without_a_file_that_is_gone(
    counter: Counter,
) -> None:
    one = returned(counter)
    wanted = (Wanted(one.place, one.product_id, one.case_line_id, 1000),)
    new = NewScrap(wanted, "破裂", "粉碎", (photo(200), photo(201), photo(200)))
    made = scrapping.scrap(counter.as_staff(3), new, (2, "2345"), counter.request()).value
    (sheet,) = printing.sheets(counter.clerk, made.number)
    files = scrapping.photo_paths(counter.desk, made.number)
    assert sheet.slip.photos == tuple(file.name for file in files)
    pdf = printing.pdf_of(counter.clerk, sheet, Paper.A5)
    assert red_spots(pdf) > 2000
    assert printing.pdf_of(counter.clerk, printing.sheets(counter.clerk, made.number)[0], Paper.A5) == pdf
    files[0].unlink()
    files[1].write_bytes(b"changed")
    again = printing.pdf_of(counter.clerk, sheet, Paper.A5)
    assert again.startswith(b"%PDF")
    assert red_spots(again) == 0


def red_spots(pdf: bytes) -> int:
    """How many dots of the first page have the photos' colour, 72 to the inch."""
    with Image.open(BytesIO(next(iter(raster.pages(pdf, 72))).png())) as drawn:
        dots = drawn.convert("RGB").tobytes()
    return sum(dots[at] > 150 and dots[at + 1] < 80 and dots[at + 2] < 80 for at in range(0, len(dots), 3))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_goods_papers_print_without_what_the_goods_had_cost(counter: Counter, language: str) -> None:
    settings.set_setting(counter.owner, "slips.language", language)
    one = returned(counter)
    made = claims.open_claim(counter.owner, claim_for(one), counter.request()).value
    two = returned(counter)
    wanted = (Wanted(two.place, two.product_id, two.case_line_id, 1000),)
    gone = scrapping.scrap(
        counter.as_staff(3), NewScrap(wanted, "破裂", "粉碎", (photo(),)), (2, "2345"), counter.request()
    ).value
    for number, kind in ((made.number, "goods_claim"), (gone.number, "scrap_record")):
        (slip,) = slips.slips_for(counter.clerk, number)
        assert slip.kind == kind
        frozen = json.loads(Document.get(Document.number == number).content)
        assert "9950" in json.dumps(frozen["goods"])
        assert "9950" not in json.dumps(frozen["slips"])
        for line in slip.slip.lines:  # by what right the customer gave it back is not the supplier's business
            assert (line.rule, line.remedy, line.inspection, line.price_fen) == ("", "", "", None)
        (sheet,) = printing.sheets(counter.clerk, number)
        assert printing.pdf_of(counter.clerk, sheet).startswith(b"%PDF")
        assert printing.printed(counter.clerk, sheet).value is False
        assert printing.printed(counter.clerk, sheet).value is True


def test_goods_leave_for_the_supplier_or_the_bin_with_their_paper_only(counter: Counter) -> None:
    one = returned(counter)
    stock_moves.move(counter.owner, moving_of(one, "V6"), counter.request())
    with pytest.raises(CounterError) as caught, counter.desk.db.atomic("IMMEDIATE"):
        ledger.append_stock(
            counter.desk.db,
            kind="disposed",
            from_place="V6",
            to_place="OUT",
            quantity_milli=1000,
            at=counter.desk.instant(),
            business_date=counter.desk.today(),
            product_id=one.product_id,
            case_line_id=one.case_line_id,
        )
    assert caught.value.code == "guard.goods_paper"
    assert StockEntry.select().where(StockEntry.case_line == one.case_line_id).count() == 2


@pytest.mark.req("S4-65")
def test_a_reversed_return_fetches_its_goods_from_wherever_they_lie_now(counter: Counter) -> None:
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person")
    line = visit.case.lines[0]
    found = Inspection(received_milli=1000, accepted_milli=1000, condition="K6", disposition="V5")
    inspection.record_inspection(counter.clerk, line.id, found)
    visit.go("fit").post()
    visit.settle()
    one = holdings.holdings(counter.owner, "V5")[0]
    stock_moves.move(counter.owner, moving_of(one, "V3", reason="还能修"), counter.request())
    refund = next(paper.number for paper in visit.case.documents if paper.prefix == "TK")
    reversal.reverse(counter.as_staff(3), refund, "录错", counter.request(), by=(1, "1234"))
    assert goods.held(counter.desk, line.id) == {}
    counter.sound()


def test_goods_of_a_visit_that_is_not_carried_out_wait_for_its_posting(counter: Counter) -> None:
    one = returned(counter)
    CaseLine.update(state="reserved").where(CaseLine.id == one.case_line_id).execute()
    with pytest.raises(UserError) as caught:
        stock_moves.move(counter.owner, moving_of(one, "V5"), counter.request())
    assert code_of(caught.value) == "goods.undecided"
