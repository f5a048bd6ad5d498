"""What an archive keeps to: costs only for whom they are, a year for ever, papers that are really there, sorted rows."""

from __future__ import annotations

import csv
import io
import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from book import Book, exported, fen
from month_shop import BOSS, BOSS_PIN, MonthShop
from ooxml_rules import broken
from openpyxl import load_workbook
from PIL import Image

from counter_app.db.models import Reveal
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import (
    approvals,
    forms,
    month,
    month_check,
    month_due,
    month_gaps,
    month_lock,
    posting,
    proposal,
    signed_paper,
)

COST = {"退回商品冲回销售成本", "换出商品结转销售成本"}


@pytest.mark.parametrize("span", ["2026-11", "2026-06", "2026"])
def test_a_month_and_a_year_break_no_rule_of_the_format(books: Callable[[str], Book], span: str) -> None:
    assert broken(books(span).path) == []


def test_english_heads_break_no_rule_either(shop: MonthShop) -> None:
    assert broken(exported(shop.boss, "2026-11", "en").path) == []


def test_every_table_sheet_is_a_table_and_every_column_is_explained(books: Callable[[str], Book]) -> None:
    book = books("2026-11").formulas
    tables = {page.title: next(iter(page.tables.values())) for page in book if page.tables}
    assert len(tables) == 23
    told = {(row[0], row[1]) for row in book["字段说明"].iter_rows(min_row=4, values_only=True)}
    for title, table in tables.items():
        assert {(title, name) for name in table.column_names} <= told
    assert {title for title, _ in told} == {"封面", "汇总", "对账", *tables}
    assert all(all(row) for row in book["字段说明"].iter_rows(min_row=3, values_only=True))


def test_the_cover_leads_to_every_sheet_and_names_its_totals(books: Callable[[str], Book]) -> None:
    book = books("2026-11").formulas
    led = {
        cell.hyperlink.location.partition("!")[0].strip("'")
        for (cell, *_) in book["封面"].iter_rows()
        if cell.hyperlink
    }
    assert led == set(book.sheetnames) - {"封面"}
    place = book.defined_names["ct_owed_fen"].attr_text.rpartition("$")[2]
    assert books("2026-11").values["封面"][f"A{place}"].value == "本期应退"


def test_only_differences_are_marked_on_the_control_sheet(books: Callable[[str], Book]) -> None:
    page = books("2026-11").formulas["对账"]
    ages = next(row[0].row for row in page.iter_rows() if row[0].value == "应退未退账龄")
    marked = [where.bounds for area in page.conditional_formatting for where in area.sqref.ranges]

    def is_marked(row: int) -> bool:
        return any(left <= 7 <= right and top <= row <= bottom for left, top, right, bottom in marked)

    assert page.cell(ages + 2, 7).value.startswith("=SUM(") and not is_marked(ages + 2)
    assert is_marked(next(row[0].row for row in page.iter_rows() if row[0].value == "2026-11-02 王经理"))


def test_a_failed_check_is_named_on_the_cover(books: Callable[[str], Book]) -> None:
    assert books("2026-10").labelled("封面", "核对结果")[0] in ("全部相符", "无签收也无凭证的退款（张）；")
    assert books("2026-11").labelled("封面", "核对结果")[0] == "无签收也无凭证的退款（张）；"
    assert books("2026-11").labelled("封面", "无签收也无凭证的退款（张）")[3] == "不符"


def test_goods_that_come_back_take_their_cost_with_them(books: Callable[[str], Book]) -> None:
    rows = [row for row in books("2026-11").rows("凭证建议") if row["摘要"] in COST]
    back = [
        (row["科目"][:4], row["借方"], row["贷方"])
        for row in rows
        if row["日期"].day == 9 and row["摘要"] in COST
    ]
    # Returned that day: a cup (62.00) and a box (39.00); given out: a box and a kettle (81.00).
    assert back == [
        ("1405", 101, None),
        ("5401", None, 101),
        ("5401", 120, None),
        ("1405", None, 120),
    ]


def test_vouchers_tell_no_costs_to_those_who_may_not_see_them(
    shop: MonthShop, books: Callable[[str], Book]
) -> None:
    assert shop.boss.staff is not None
    desk = replace(
        shop.boss,
        staff=replace(shop.boss.staff, rights=frozenset({"money.month"}), owner=False, role="cashier"),
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("counter_app.services.staff.may", lambda at, right: right == "money.month")
        patched.setattr("counter_app.services.staff.require", lambda at, right: None)
        book = exported(desk)
    rows = book.rows("凭证建议")
    assert not COST & {row["摘要"] for row in rows} and rows
    assert [row["凭证号"] for row in rows] == [row["凭证号"] for row in books("2026-11").rows("凭证建议")][
        : len(rows)
    ]
    assert "单位成本" not in book.rows("商品去向")[0]
    assert month_check.check(shop.desk, book.path).sound


def test_bookkeeping_programs_get_balanced_vouchers(shop: MonthShop, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    month.export(shop.boss, month.period("2026-11"), path, "zh")
    with zipfile.ZipFile(path) as twin:
        kingdee = list(csv.DictReader(io.StringIO(twin.read("vouchers-kingdee-kis.csv").decode("utf-8-sig"))))
        yonyou = list(csv.DictReader(io.StringIO(twin.read("vouchers-yonyou.csv").decode("utf-8-sig"))))
        u8 = twin.read("vouchers-yonyou-u8.txt").decode("gb18030").split("\r\n")
    apart: Counter[str] = Counter()
    for row in kingdee:
        apart[row["FNUM"]] += fen(row["FDEBIT"]) - fen(row["FCREDIT"])
        assert row["FDC"] == ("C" if fen(row["FCREDIT"]) else "D") and row["FPERIOD"] == "11"
        assert row["FACCTID"].isdecimal()
    assert set(apart.values()) == {0} and len(apart) > 10
    assert sum(fen(row["借方金额"]) for row in yonyou) == sum(fen(row["贷方金额"]) for row in yonyou) > 0
    assert (u8[0], len(u8) - 2, len(yonyou)) == ("填制凭证,V800", len(kingdee), len(kingdee))
    assert all(len(line.split(",")) == 12 for line in u8[1:-1])


def _values(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.values}


@pytest.mark.req("S4-85")
def test_a_year_says_the_same_for_ever_once_december_is_closed(shop: MonthShop) -> None:
    for name, day in (
        ("2026-10", date(2027, 1, 4)),
        ("2026-11", date(2027, 1, 4)),
        ("2026-12", date(2027, 1, 4)),
    ):
        shop.on(day)
        month_lock.close(shop.boss, name, shop.request(), BOSS_PIN, "已核")
    before = exported(shop.boss, "2026", file="before.xlsx")
    shop.desk.db.execute_sql("UPDATE staff SET name = '改名了'")
    shop.desk.db.execute_sql("UPDATE product SET cost_fen = cost_fen * 3")
    after = exported(shop.boss, "2026", file="after.xlsx")
    assert _values(before) == _values(after)
    assert after.labelled("封面", "状态")[0] == "已结账"
    assert month_check.check(shop.desk, before.path).findings == ()


def test_a_form_signed_on_paper_is_missing_until_it_is_scanned(shop: MonthShop) -> None:
    shop.on(date(2026, 12, 3))
    case = shop.visit(shop.sell(0, date(2026, 12, 2)))
    shop.answer(case, "return", "agree", "in_person", "fit")
    # Somebody else has to say yes to this customer's many returns.
    asked = approvals.request(shop.clerk, case.id).value
    approvals.approve_now(shop.clerk, asked.id, BOSS, BOSS_PIN, "同意")
    form = forms.form_to_sign(shop.clerk, case.id)
    forms.sign(shop.clerk, case.id, form.content_hash, on_paper=True)
    shown = proposal.propose(shop.clerk, case.id)
    posted = posting.post(shop.clerk, case.id, shop.request(), shown.figures_hash).value
    number = next(one.number for one in posted.documents if one.number.startswith("TK"))

    def lacking() -> set[str]:
        return {
            one.number
            for one in month_gaps.found(shop.desk, date(2026, 12, 1), date(2026, 12, 31))
            if one.kind == "receipt"
        }

    assert number in lacking()
    assert {row["单号"]: row["签收"] for row in exported(shop.boss, "2026-12").rows("退款")}[
        number
    ] == "纸签待扫描"
    (paper,) = signed_paper.lacking(shop.clerk, case.id)
    picture = io.BytesIO()
    Image.new("L", (600, 800), 255).save(picture, "PNG")
    signed_paper.attach(shop.clerk, paper.signature_id, [picture.getvalue()], paper.check_code)
    assert number not in lacking()
    assert {row["单号"]: row["签收"] for row in exported(shop.boss, "2026-12").rows("退款")}[
        number
    ] == "已签收"


def _sorted(path: Path, seed: int, changed: str = "") -> Path:
    """The refunds' rows in another order, as a spreadsheet program sorts them, and perhaps an amount changed."""
    rows = {"": 0}
    told = path.with_name("sorted.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(told, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == "xl/worksheets/sheet6.xml":
                before, rest = content.split(b'<row r="2"', 1)
                parts = (b'<row r="2"' + rest).split(b"</row>")
                count = next(at for at, part in enumerate(parts) if b"SUBTOTAL" in part)
                data = parts[:count]
                random.Random(seed).shuffle(data)
                for at, part in enumerate(data, 2):
                    number = int(part.split(b'r="', 1)[1].split(b'"', 1)[0])
                    part = part.replace(b'<row r="%d"' % number, b'<row r="%d"' % at)
                    data[at - 2] = _renumbered(part, number, at)
                if changed:
                    data = [part.replace(b"<v>399.00</v>", changed.encode(), 1) for part in data]
                content = before + b"</row>".join([*data, *parts[count:]])
                rows[""] += 1
            target.writestr(item.filename, content)
    assert rows[""] == 1
    return told


def _renumbered(part: bytes, number: int, at: int) -> bytes:
    import re

    return re.sub(rb'r="([A-Z]+)%d"' % number, lambda found: b'r="%s%d"' % (found[1], at), part)


def test_sorted_rows_are_sorted_and_not_changed(shop: MonthShop) -> None:
    told = _sorted(exported(shop.boss).path, 3)
    checked = month_check.check(shop.desk, told)
    assert [one.code for one in checked.findings] == ["archive.check.sorted"]
    assert checked.sound


def test_a_change_among_sorted_rows_is_found_where_it_stands_now(shop: MonthShop) -> None:
    path = _sorted(exported(shop.boss).path, 3, "<v>3990.00</v>")
    checked = month_check.check(shop.desk, path)
    first = next(one for one in checked.findings if one.code == "archive.check.value")
    place = next(
        row[0].row for row in load_workbook(path)["退款"].iter_rows(min_row=2) if row[6].value == 3990
    )
    assert (first.params["cell"], first.params["told"], first.params["found"]) == (
        f"G{place}",
        "3990.00",
        "399.00",
    )
    assert len(checked.findings) == 2 and not checked.sound


def test_a_row_taken_out_or_put_in_is_named(shop: MonthShop) -> None:
    path = exported(shop.boss).path
    book = load_workbook(path)
    number = book["退款"]["A3"].value
    book["退款"].delete_rows(3)
    book["收款"].insert_rows(2)
    book["收款"]["A2"] = "SJA1-20261130-0099"
    book.save(path)
    told = {
        one.code: one.params
        for one in month_check.check(shop.desk, path).findings
        if one.params["sheet"] in ("退款", "收款")
    }
    assert str(told["archive.check.row_missing"]["row"]).startswith(number)
    assert told["archive.check.row_added"]["row"] == 2


def test_customers_are_told_in_full_only_to_whom_may_see_them_and_each_look_is_listed(
    shop: MonthShop, tmp_path: Path
) -> None:
    path = tmp_path / "full.xlsx"
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        month.export(shop.clerk, month.period("2026-11"), path, "zh", unmasked_why="税务检查")
    month.export(shop.boss, month.period("2026-11"), path, "zh")
    assert {row[5].value for row in load_workbook(path)["售后单"].iter_rows(min_row=2)} & {"单**"}
    assert Reveal.select().count() == 0
    month.export(shop.boss, month.period("2026-11"), path, "zh", unmasked_why="税务检查")
    told = {(row[5].value, row[6].value) for row in load_workbook(path)["售后单"].iter_rows(min_row=2)}
    assert ("单雄信", "13800001234") in told
    assert {(one.field, one.why) for one in Reveal.select()} == {("archive", "税务检查")}
    assert month_check.check(shop.desk, path).sound


def test_an_archive_open_in_excel_is_tried_again_the_next_time(
    shop: MonthShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    month_due.set_folder(shop.boss, str(folder))

    def held(self: Path, target: Path) -> None:
        raise PermissionError(13, "Access is denied")

    with monkeypatch.context() as excel:
        excel.setattr(Path, "replace", held)
        with pytest.raises(SurroundingsError, match=r"archive\.file\.locked"):
            month_due.export_due(shop.desk, "zh")
    assert list(folder.iterdir()) == []
    assert month_due.due(shop.desk) == ("2026-11",)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(SurroundingsError, match=r"archive\.file\.full"):
            month_due.export_due(shop.desk, "zh")
    assert list(folder.iterdir()) == []
    (done,) = month_due.export_due(shop.desk, "zh")
    assert done.path.exists() and month_due.due(shop.desk) == ()
