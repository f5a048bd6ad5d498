"""Files as registers really write them: web pages called `.xls`, open documents, several sheets, any encoding."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from counter_app.archive.imports.tables import headed, open_table
from counter_app.db.models import Sale
from counter_app.domain.errors import UserError
from counter_app.services import imports
from counter_app.services.desk import Desk

HEADER = ("小票号", "日期", "商品名称", "数量", "单价")
ROWS = (("R-1", "2026-11-01", "云朵电饭煲", "1", "299.00"), ("R-2", "2026-11-02", "电热水壶", "2", "89.00"))
PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}">
<style>td {{mso-number-format:"\\@"}}</style><script>if (1 < 2) {{ go("<table>") }}</script></head><body>
<table><tr><td colspan=5>销售明细</td></tr></table>
<table border=1><thead><tr>{head}</tr></thead>{rows}<tr><td>第 1 页<table><tr><td>里面</td></tr></table></td></table>"""


def _page(charset: str) -> str:
    head = "".join(f"<th>{name}</th>" for name in HEADER)
    rows = "".join("<tr>" + "".join(f"<td>&nbsp;{cell}<br></td>" for cell in row) + "</tr>" for row in ROWS)
    return PAGE.format(charset=charset, head=head, rows=rows)


def _ods(file: Path, table: str, manifest: str = "<manifest/>") -> Path:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype"), kind)
        book.writestr("META-INF/manifest.xml", manifest)
        book.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f"{table}</office:spreadsheet></office:body></office:document-content>",
        )
    return file


def _cells(row: tuple[str, ...]) -> str:
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in row
    )


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "utf-16"])
def test_a_web_page_called_xls_is_read_as_the_table_it_holds(
    desk: Desk, tmp_path: Path, charset: str
) -> None:
    file = tmp_path / "销售.xls"
    file.write_bytes(_page(charset).encode(charset))
    seen = imports.preview(desk, file)
    assert (seen.kind, seen.format) == ("sheet", "html")
    assert imports.run_import(desk, file).value.counts["new"] == 2
    assert sorted(row.paid_fen for row in Sale.select()) == [17800, 29900]


def test_a_web_page_without_a_table_is_no_table(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "登录.xls"
    file.write_text("<!DOCTYPE html><html><body>请先登录</body></html>", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        imports.preview(desk, file)
    assert caught.value.code == "import.file.not_a_table"


def test_an_open_document_is_read(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in (HEADER, *ROWS))
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    file = _ods(tmp_path / "sales.ods", f'<table:table table:name="表">{rows}{empty}</table:table>')
    seen = imports.preview(desk, file)
    assert (seen.format, seen.sheet, seen.counts) == ("ods", "表", {"new": 2})


def test_an_open_document_that_repeats_cells_without_end_is_refused_unread(
    desk: Desk, tmp_path: Path
) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    file = _ods(tmp_path / "bomb.ods", f'<table:table table:name="b">{row}</table:table>')
    with pytest.raises(UserError) as caught:
        imports.preview(desk, file)
    assert caught.value.code == "import.file.too_many_rows"


def test_a_locked_open_document_says_so(desk: Desk, tmp_path: Path) -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(UserError) as caught:
        imports.preview(desk, _ods(tmp_path / "locked.ods", "", manifest))
    assert caught.value.code == "import.file.encrypted"


def test_of_a_workbook_with_several_sheets_one_may_be_chosen(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "汇总"
    book.active.append(("门店", "合计"))
    book.active.append(("样例小店", "477.00"))
    second = book.create_sheet("明细")
    for row in (HEADER, *ROWS):
        second.append(row)
    file = tmp_path / "book.xlsx"
    book.save(file)
    assert headed(open_table(file)).names == ["门店", "合计"]
    seen = imports.preview(desk, file, sheet_name="明细")
    assert (seen.sheet, seen.sheets, seen.counts) == ("明细", ("汇总", "明细"), {"new": 2})
    assert imports.run_import(desk, file, sheet_name="明细").value.counts == {"new": 2}
    with pytest.raises(UserError) as caught:
        imports.preview(desk, file, sheet_name="没有")
    assert caught.value.code == "import.file.no_sheet"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("gb18030", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-le", b"\xff\xfe"),
    ],
)
def test_tabs_and_every_usual_encoding_are_told_from_the_bytes(
    desk: Desk, tmp_path: Path, encoding: str, mark: bytes
) -> None:
    text = "\r\n".join("\t".join(row) for row in (HEADER, *ROWS)) + "\r\n"
    file = tmp_path / "sales.tsv"
    file.write_bytes(mark + text.encode(encoding))
    seen = imports.preview(desk, file)
    assert (seen.delimiter, seen.counts) == ("\t", {"new": 2})


def test_a_wrong_byte_far_into_a_large_text_is_named_by_its_place(desk: Desk, tmp_path: Path) -> None:
    rows = b"R-1,2026-11-01,pot,1,9.00\r\n" * 50_000
    file = tmp_path / "large.csv"
    file.write_bytes(rows + b"\xff\xff\r\n" + rows)
    with pytest.raises(UserError) as caught:
        imports.preview(desk, file)
    assert (caught.value.code, caught.value.params["position"]) == ("import.file.encoding", len(rows))
