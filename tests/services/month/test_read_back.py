"""A shop that lost everything but its spreadsheets keeps its history."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lost_shop import FORMS, archive, edited, new_shop, owed_by_tender
from month_shop import MonthShop, reopen
from openpyxl import Workbook, load_workbook

from counter_app.db.models import Case, Document, HistoryConflict, HistoryRow, HistorySource, Number
from counter_app.db.verify import verify
from counter_app.domain.errors import Cancelled, CounterError
from counter_app.services import archive_history, archive_refunds, lookup, month, read_back, shift
from counter_app.services.archive_search import OpenArchive

SPAN = ("2026-11-01", "2026-11-30")
_OWED = """SELECT d.number, t.purpose, t.tender, t.amount_fen FROM settlement t JOIN document d ON d.id = t.document_id
           WHERE t.direction = ? AND t.business_date BETWEEN ? AND ?"""
_PAID = """SELECT d.number, t.purpose, t.tender, p.amount_fen FROM proof p JOIN settlement t ON t.id = p.settlement_id
           JOIN document d ON d.id = t.document_id WHERE t.direction = ? AND p.business_date <= ?"""


@pytest.fixture(scope="session")
def archives(
    worked: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Path]]:
    """Archives of the worked shop, each written once; only to be read."""
    folder = tmp_path_factory.mktemp("archives")
    shutil.copytree(worked[0], folder / "shop")
    there = reopen(folder / "shop")
    made: dict[tuple[str, ...], Path] = {}

    def give(span: str = "2026-11", language: str = "zh", suffix: str = "xlsx") -> Path:
        key = (span, language, suffix)
        if key not in made:
            made[key] = archive(there, folder, *key)
        return made[key]

    yield give
    there.desk.db.close()


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "shop"
    new_shop(folder).desk.db.close()
    return folder


@pytest.fixture
def lost(first_day: Path, tmp_path: Path) -> Iterator[MonthShop]:
    """The same shop with an empty database."""
    shutil.copytree(first_day, tmp_path / "new")
    there = reopen(tmp_path / "new")
    yield there
    there.desk.db.close()


def sound(shop: MonthShop) -> list[object]:
    return list(verify(shop.desk.db, shop.desk.folder, lambda done, total: None))


def refusal(act: Callable[[], object]) -> CounterError:
    with pytest.raises(CounterError) as caught:
        act()
    return caught.value


# --- everything is found again ------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "suffix"), FORMS)
def test_every_case_document_amount_and_tender_of_a_month_is_found_again(
    archives: Callable[..., Path], shop: MonthShop, lost: MonthShop, language: str, suffix: str
) -> None:
    told = read_back.read(lost.boss, archives("2026-11", language, suffix)).value
    assert (told.whole, told.proven, told.conflicts, told.period) == (True, True, 0, "2026-11")
    cases = Case.bind_ctx(shop.desk.db)
    with cases:
        numbers = [row.number for row in Case.select().where(Case.business_date.between(*SPAN))]
        masked = {row.number: row.customer_masked for row in Case.select()}
    with Document.bind_ctx(shop.desk.db):
        documents = [
            (row.number, row.prefix) for row in Document.select().where(Document.business_date.between(*SPAN))
        ]
    assert len(numbers) >= 9
    for number in numbers:
        case = archive_history.case(lost.desk, number)
        assert case.row.customer_masked == masked[number]
        assert [one.number for one in archive_history.find_number(lost.desk, number)] == [number]
    for direction in ("out", "in"):
        asked = (direction, *SPAN)
        owed = owed_by_tender(shop.desk.db.execute_sql(_OWED, asked).fetchall())
        kept = lost.desk.db.execute_sql(
            "SELECT number, purpose, tender, owed_fen FROM history_money "
            "WHERE direction = ? AND business_date BETWEEN ? AND ?",
            asked,
        )
        assert owed_by_tender(kept.fetchall()) == owed
        paid = owed_by_tender(shop.desk.db.execute_sql(_PAID, (direction, SPAN[1])).fetchall())
        kept = lost.desk.db.execute_sql(
            "SELECT number, purpose, tender, paid_fen FROM history_money WHERE direction = ? AND paid_fen <> 0",
            (direction,),
        )
        assert owed_by_tender(kept.fetchall()) == paid
    moved = [number for number, prefix in documents if prefix in ("TK", "HH")]
    assert moved
    for number in moved:
        assert lookup.lookup(lost.desk, number), number
    assert sound(lost) == []


def test_the_same_month_in_another_language_or_form_is_found_and_not_doubled(
    archives: Callable[..., Path], lost: MonthShop
) -> None:
    first = read_back.read(lost.boss, archives()).value
    rows = HistoryRow.select().count()
    for language, suffix in FORMS:
        again = read_back.read(lost.boss, archives("2026-11", language, suffix))
        assert again.changed == frozenset()
        assert (again.value.id, again.value.file) == (first.id, archives("2026-11", language, suffix).name)
        assert (again.value.rows_new, again.value.rows_known) == (0, first.rows_new)
    assert (HistoryRow.select().count(), HistorySource.select().count()) == (rows, 1)


def test_a_twin_without_one_of_its_files_is_an_archive_that_was_changed(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    path = tmp_path / "less.zip"
    with zipfile.ZipFile(archives(suffix="zip")) as source, zipfile.ZipFile(path, "w") as target:
        (claims,) = [name for name in source.namelist() if name.endswith("-claims.csv")]
        for name in source.namelist():
            if name != claims:
                target.writestr(name, source.read(name))
    assert read_back.is_archive(path)
    refused = refusal(lambda: read_back.read(lost.boss, path))
    assert (refused.code, refused.params["sheets"]) == ("archive.back.unsealed", "追偿")


def test_a_year_after_its_months_tells_only_what_is_new(
    archives: Callable[..., Path], lost: MonthShop
) -> None:
    read_back.read(lost.boss, archives("2026-10"))
    read_back.read(lost.boss, archives("2026-11"))
    before = {row.number: row.refund_fen for row in archive_history.find(lost.desk, "SHA1")}
    year = read_back.read(lost.boss, archives("2026")).value
    assert year.rows_known > 0 and year.conflicts == 0
    after = {row.number: row.refund_fen for row in archive_history.find(lost.desk, "SHA1")}
    assert after == before
    # Owed in October, paid in November: each archive tells it as it stood; the later one is believed.
    october = next(number for number in after if "20261030" in number)
    refund = next(one for one in archive_history.case(lost.desk, october).money if one.direction == "out")
    assert (refund.owed_fen, refund.paid_fen) == (12900, 12900)
    assert sound(lost) == []


def test_nothing_of_a_row_is_lost_not_even_columns_nobody_knows(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    book = load_workbook(archives())
    page = book["售后单"]
    page.cell(row=1, column=page.max_column + 1, value="以后的新列")
    page.cell(row=2, column=page.max_column, value="新值")
    path = tmp_path / "newer.xlsx"
    book.save(path)
    read_back.read(lost.boss, path, nevertheless="后来的程序多写了一列")
    number = HistoryRow.get(HistoryRow.sheet == "cases", HistoryRow.row_no == 2).case_number
    case = archive_history.case(lost.desk, number)
    row = next(one for one in case.rows if one.sheet_key == "cases")
    assert (row.file, row.row_no) == ("newer.xlsx", 2)
    assert ("以后的新列", "新值") in [(one.heading.zh, one.text.zh) for one in row.cells]


def test_history_counts_in_nothing(archives: Callable[..., Path], lost: MonthShop) -> None:
    def figures() -> list[object]:
        counted = ("money_entry", "stock_entry", "settlement", "case_file", "sale", "document", "number")
        return [lost.desk.db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone() for table in counted]

    before = figures()
    read_back.read(lost.boss, archives())
    assert figures() == before
    assert month.export(lost.boss, month.period("2026-11"), lost.desk.folder / "own.xlsx", "zh").rows == 0


# --- numbers ------------------------------------------------------------------------------------------


def test_new_numbers_of_the_same_day_go_on_after_those_of_the_archive(
    archives: Callable[..., Path], tmp_path: Path
) -> None:
    there = new_shop(tmp_path / "same day", date(2026, 11, 20), hour=6)
    read_back.read(there.boss, archives())
    known = {
        row[0]
        for row in there.desk.db.execute_sql(
            "SELECT number FROM history_case UNION SELECT number FROM history_row"
        )
    }
    there.shelf()
    case = there.visit(there.sell(1, date(2026, 11, 19)))
    again = there.visit(there.sell(1, date(2026, 11, 19)))
    assert case.number not in known
    assert [case.number, again.number] == ["SHA1-20261120-0002", "SHA1-20261120-0003"]
    assert sound(there) == []
    # What is exported now says of a gap no more than there is.
    month.export(there.boss, month.period("2026-11"), tmp_path / "new.xlsx", "zh")
    control = load_workbook(tmp_path / "new.xlsx", data_only=True)["对账"]
    line = next(row for row in control.iter_rows(values_only=True) if str(row[0]).startswith("SH "))
    assert line[3:6] == (2, 0, 0)
    there.desk.db.close()


def test_another_shops_numbers_do_not_move_ours(archives: Callable[..., Path], tmp_path: Path) -> None:
    there = new_shop(tmp_path / "other", date(2026, 11, 20), "B2")
    assert refusal(lambda: read_back.read(there.boss, archives())).code == "archive.back.other_shop"
    kept = read_back.read(there.boss, archives(), other_shop=True).value
    assert kept.foreign_shop and kept.proven
    assert there.desk.db.execute_sql("SELECT COUNT(*) FROM history_number").fetchone() == (0,)
    assert archive_history.find(there.desk, "保温杯")
    there.desk.db.close()


# --- what is refused ----------------------------------------------------------------------------------


def test_a_month_with_rows_of_its_own_takes_no_history(
    archives: Callable[..., Path], shop: MonthShop
) -> None:
    wrong = refusal(lambda: read_back.read(shop.boss, archives("2026-10")))
    assert (wrong.code, wrong.params["months"]) == ("archive.back.own_rows", "2026-10")
    assert read_back.examine(shop.desk, archives("2026-10")).refused == "archive.back.own_rows"
    assert HistorySource.select().count() == 0


def test_an_amount_typed_over_is_named_and_taken_only_when_somebody_says_why(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    path = shutil.copy(archives(), tmp_path / "a.xlsx")
    changed = edited(Path(path), "refunds", "owed", 1.23, row=3)
    seen = read_back.examine(lost.desk, changed)
    assert seen.edited and not seen.proven and seen.refused == "archive.back.edited"
    assert "owed_fen" in {one.name for one in seen.checks if not one.holds}
    wrong = refusal(lambda: read_back.read(lost.boss, changed))
    assert wrong.code == "archive.back.edited" and "本期应退" in str(wrong.params["what"])
    kept = read_back.read(lost.boss, changed, nevertheless="会计改过，原件没有了").value
    assert not kept.proven and kept.why == "会计改过，原件没有了"
    assert all(not row.proven for row in archive_history.case(lost.desk, _a_case(lost)).rows)


def test_archives_that_contradict_each_other_are_both_kept_and_named(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    read_back.read(lost.boss, archives())
    path = Path(shutil.copy(archives(), tmp_path / "b.xlsx"))
    kept = read_back.read(
        lost.boss, edited(path, "refunds", "owed", 999.5, row=3), nevertheless="两份不一样"
    ).value
    assert kept.conflicts == 1
    conflict = HistoryConflict.get()
    assert (conflict.field, conflict.told) == ("owed", "99950")
    case = archive_history.case(lost.desk, conflict.row.case_number)
    assert any(one.contradicted for one in case.money)
    told = [row.contradicts for row in case.rows if row.contradicts]
    assert told[0][0][0].en == "Owed" and told[0][0][1] == "¥999.50"


def test_a_workbook_without_its_sheets_is_no_whole_archive(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    book = load_workbook(archives())
    del book["退款"]
    book.save(tmp_path / "part.xlsx")
    seen = read_back.examine(lost.desk, tmp_path / "part.xlsx")
    assert seen.missing == ("refunds",) and not seen.proven
    assert refusal(lambda: read_back.read(lost.boss, tmp_path / "part.xlsx")).code.startswith("archive.back.")
    assert read_back.read(lost.boss, tmp_path / "part.xlsx", nevertheless="只剩这些").value.whole


def test_a_csv_file_of_the_twin_that_was_changed_is_noticed(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(archives(suffix="zip")) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"129.00", b"128.00") if "refunds" in name else content)
    refused = refusal(lambda: read_back.read(lost.boss, changed))
    assert (refused.code, refused.params["sheets"]) == ("archive.back.unsealed", "退款")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "archive.back.foreign"),
        (b"order,amount\r\n1,2\r\n", "archive.back.foreign"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "archive.back.password"),
        (b"PK\x03\x04" + bytes(300), "archive.back.file"),
    ],
    ids=["empty", "no workbook", "password", "damaged"],
)
def test_what_is_no_archive_is_said_plainly(
    lost: MonthShop, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert refusal(lambda: read_back.read(lost.boss, path)).code == code
    assert not read_back.is_archive(path)


def test_a_cut_off_archive_and_a_strange_workbook_are_refused(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    whole = archives().read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[: len(whole) // 2])
    assert refusal(lambda: read_back.examine(lost.desk, cut)).code == "archive.back.file"
    strange = tmp_path / "strange.xlsx"
    Workbook().save(strange)
    assert refusal(lambda: read_back.examine(lost.desk, strange)).code == "archive.back.foreign"
    assert refusal(lambda: read_back.examine(None, tmp_path / "gone.xlsx")).code == "archive.back.file"


# --- stopped, saved by others, searched -----------------------------------------------------------------


def test_reading_that_was_stopped_goes_on_where_it_was(
    archives: Callable[..., Path], lost: MonthShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_back, "CHUNK", 40)

    def stop(done: int, total: int) -> None:
        if total and done >= 120:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_back.read(lost.boss, archives(), stop)
    assert [one.whole for one in read_back.sources(lost.desk)] == [False]
    assert HistoryRow.select().count() == 120
    done = read_back.read(lost.boss, archives()).value
    seen = read_back.examine(lost.desk, archives())
    assert done.whole and HistoryRow.select().count() == seen.rows and seen.known_at is not None
    assert sound(lost) == []


def test_an_archive_that_another_program_saved_is_the_same_archive(
    archives: Callable[..., Path], lost: MonthShop, tmp_path: Path
) -> None:
    read_back.read(lost.boss, archives())
    book = load_workbook(archives(), data_only=True)
    page = book["退款"]
    day = next(cell.column for cell in page[1] if cell.value == "日期")
    for row in range(2, page.max_row):
        cell = page.cell(row=row, column=day)
        if isinstance(cell.value, datetime):
            # A program that dropped the cell's format leaves the day as Excel counts it.
            cell.value = float((cell.value - datetime(1899, 12, 30)).days)
            cell.number_format = "General"
    book.properties.keywords = None
    book.save(tmp_path / "saved again.xlsx")
    again = read_back.read(lost.boss, tmp_path / "saved again.xlsx")
    assert again.changed == frozenset() and HistorySource.select().count() == 1


def test_an_archive_is_searched_without_being_read_in(archives: Callable[..., Path], lost: MonthShop) -> None:
    with OpenArchive(archives()) as book:
        assert book.shop_code == "A1" and book.period == "2026-11"
        found = book.find("李小店员 1234")
        assert found and "售后单" in {one.sheet.zh for one in found}
        whole = book.row(found[0].id)
        assert any("1234" in one.text.zh for one in whole.cells)
        assert book.find("没有这样的字") == () and book.find("  ") == ()
        number = next(one.case_number for one in found if one.case_number)
        assert {one.case_number for one in book.find(number)} == {number}
    assert HistorySource.select().count() == 0


# --- at the counter -------------------------------------------------------------------------------------


def test_a_refund_of_lost_times_asks_for_a_second_look(
    archives: Callable[..., Path], lost: MonthShop
) -> None:
    read_back.read(lost.boss, archives())
    told = archive_history.find(lost.desk, "保温杯")
    refund = next(one for one in told if one.refund_fen > 0)
    hits = lookup.lookup(lost.desk, refund.order_no)
    assert [hit.number for hit in hits if hasattr(hit, "period")] == [refund.number]
    lost.clock.moment = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    shift.open_shift(lost.boss, 200_000)
    lost.shelf()
    sale = lost.sell(0, date(2026, 11, 30), order_no=refund.order_no)
    found = archive_refunds.refunded_for_sale(lost.desk, sale.id)
    assert found is not None and found.owed_fen == refund.refund_fen and refund.number in found.case_numbers
    case = lost.visit(sale)
    lost.answer(case, "return", "agree", "in_person", "fit")
    from counter_app.services import walks

    needs = walks.view(lost.clerk, case.id).proposal.walks[0].approvals
    reasons = {code: words for need in needs for code, words in zip(need.codes, need.reasons, strict=True)}
    assert "2026-11" in reasons["in_archive"].zh and "129.00" in reasons["in_archive"].en
    other = lost.visit(lost.sell(1, date(2026, 11, 30)))
    lost.answer(other, "return", "agree", "in_person", "fit")
    needs = walks.view(lost.clerk, other.id).proposal.walks[0].approvals
    assert all("in_archive" not in need.codes for need in needs)


def _a_case(shop: MonthShop) -> str:
    return archive_history.find(shop.desk, "SHA1")[0].number


def test_only_whoever_looks_after_the_data_reads_archives(
    archives: Callable[..., Path], lost: MonthShop
) -> None:
    assert refusal(lambda: read_back.read(lost.clerk, archives())).code == "staff.right.missing"
    assert Number.select().count() == 0
