"""Archives made by earlier programs, with the database of then: what they say is still compared, no more, no less."""

from __future__ import annotations

import lzma
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from month_shop import MonthShop, reopen
from openpyxl import load_workbook

from counter_app.db.models import PrintRecord
from counter_app.domain.errors import UserError
from counter_app.services import month, month_check, month_contents, month_freezing
from counter_app.services.month_words import BookWords

OLD = Path(__file__).resolve().parents[2] / "archive" / "old"


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], MonthShop]]:
    """The invented shop as the program that made so many sheets left it; opening it brings it up to date."""
    shops: dict[int, MonthShop] = {}

    def of(sheets: int) -> MonthShop:
        if sheets not in shops:
            folder = tmp_path_factory.mktemp(f"old{sheets}")
            (folder / "counter.sqlite3").write_bytes(
                lzma.decompress((OLD / f"format1-{sheets}-sheets.sqlite3.xz").read_bytes())
            )
            shops[sheets] = reopen(folder)
        return shops[sheets]

    yield of
    for shop in shops.values():
        shop.desk.db.close()


@pytest.mark.parametrize(
    ("sheets", "file", "values"),
    [
        (14, "format1-14-sheets.xlsx", 900),
        (26, "format1-26-sheets.xlsx", 1400),
        (26, "format1-26-sheets-closed.xlsx", 400),
    ],
)
def test_an_archive_of_before_agrees_with_what_it_has(
    then: Callable[[int], MonthShop], sheets: int, file: str, values: int
) -> None:
    checked = month_check.check(then(sheets).desk, OLD / file)
    assert checked.findings == ()
    assert checked.values > values


@pytest.mark.parametrize("sheets", [14, 26])
def test_an_amount_changed_in_one_of_before_is_named(
    then: Callable[[int], MonthShop], tmp_path: Path, sheets: int
) -> None:
    changed = tmp_path / "changed.xlsx"
    source = OLD / f"format1-{sheets}-sheets.xlsx"
    name = load_workbook(source)["退款"].title
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(changed, "w") as target:
        for item in read.infolist():
            content = read.read(item.filename)
            if (
                b"<v>88.00</v>" in content
                and b"TKA1-20261102-0001" in content
                and b"TKA1-20261030" in content
            ):
                content = content.replace(b"<v>88.00</v>", b"<v>880.00</v>", 1)
            target.writestr(item.filename, content)
    told = [
        (one.params["sheet"], one.params.get("cell"), one.params.get("told"))
        for one in month_check.check(then(sheets).desk, changed).findings
    ]
    assert (name, "G3", "880.00") in told


def test_a_later_sheet_taken_out_of_one_of_before_is_missed(
    then: Callable[[int], MonthShop], tmp_path: Path
) -> None:
    robbed = tmp_path / "robbed.xlsx"
    shutil.copy(OLD / "format1-26-sheets.xlsx", robbed)
    book = load_workbook(robbed)
    del book["应退未退"]
    book.save(robbed)
    found = month_check.check(then(26).desk, robbed).findings
    assert "archive.check.sheet" in {one.code for one in found}


def test_an_archive_of_a_newer_program_is_not_judged(
    then: Callable[[int], MonthShop], tmp_path: Path
) -> None:
    newer = tmp_path / "newer.xlsx"
    book = load_workbook(OLD / "format1-14-sheets.xlsx")
    book.properties.keywords = book.properties.keywords.replace("counter-archive=1", "counter-archive=99")
    book.save(newer)
    with pytest.raises(UserError, match=r"archive\.check\.newer"):
        month_check.check(then(14).desk, newer)


def test_a_month_closed_before_there_were_finer_ages_still_tells_them(
    then: Callable[[int], MonthShop], tmp_path: Path
) -> None:
    shop = then(26)
    lock = month_freezing.lock_of(shop.desk, "2026-10")
    assert lock is not None and "to_7" in month_freezing.columns(shop.desk, lock, "owed")
    assert "to_3" not in month_freezing.columns(shop.desk, lock, "owed")
    made = month.sheets_of(shop.desk, month.period("2026-10"), BookWords(shop.desk, "zh"), costs=True)
    (owed,) = (one for one in made if one.key == "owed")
    keys = [
        field.column.key
        for field in next(one for one in month_contents.tables(costs=True) if one.key == "owed").fields
    ]
    (row,) = owed.rows
    told = dict(zip(keys, row, strict=True))
    assert (told["open"], told["age"], told["to_3"], told["to_7_days"]) == (12900, 1, 12900, None)


def test_an_archive_of_before_there_was_a_sheet_of_all_numbers_agrees_without_it(
    then: Callable[[int], MonthShop],
) -> None:
    checked = month_check.check(then(26).desk, OLD / "format2-26-sheets.xlsx")
    assert checked.findings == ()
    assert checked.values > 1900


def test_an_archive_of_before_a_receipt_had_a_word_agrees_with_its_code(
    then: Callable[[int], MonthShop],
) -> None:
    shop = then(26)
    there = shop.desk.db
    with there.atomic("IMMEDIATE") as held:
        row = PrintRecord.select().where(PrintRecord.case.is_null(False)).first()
        PrintRecord.create(
            case=row.case_id, slip="receipt", paper="80mm", language="zh", reprint=True, by=row.by_id, at=row.at,
            business_date=row.business_date,
        )  # fmt: skip
        told = {}
        for form in (3, month_contents.FORMAT):
            made = month.sheets_of(
                shop.desk,
                month.period(f"{row.business_date:%Y-%m}"),
                BookWords(shop.desk, "zh"),
                costs=True,
                form=form,
            )
            (found,) = (one for one in made if one.key == "exceptions")
            told[form] = {line[5] for line in found.rows if line[0] == "补打"}
        held.rollback()
    assert "receipt" in told[3] and "小票" not in told[3]
    assert "小票" in told[month_contents.FORMAT] and "receipt" not in told[month_contents.FORMAT]


@pytest.mark.parametrize("file", ["format3-27-sheets.xlsx", "format3-27-sheets-year.xlsx"])
def test_an_archive_of_before_categories_had_words_agrees_with_its_codes_and_titles(
    then: Callable[[int], MonthShop], file: str
) -> None:
    checked = month_check.check(then(26).desk, OLD / file)
    assert checked.findings == ()
    assert checked.values > 1900
