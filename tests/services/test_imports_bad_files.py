"""Files that are broken, locked, empty, huge or something else: each gets a sentence, none does harm."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import import_files as files
import pytest
from PIL import Image

from counter_app import resources, wording
from counter_app.archive.imports import tables, workbooks
from counter_app.db.models import ImportBatch, Sale
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.services import imports
from counter_app.services.desk import Desk

HEADER = "小票号,日期,商品名称,数量,单价"
ROW = "1,2026-11-10,茶壶,1,88.00"


def _refused(desk: Desk, file: Path) -> str:
    """The code, after checking that both languages have words and nothing was written."""
    codes = set()
    for act in (imports.preview, imports.run_import):
        with pytest.raises(CounterError) as told:
            act(desk, file)
        codes.add(told.value.code)
        for language in ("zh", "en"):
            said = wording.sentence(told.value, language)  # type: ignore[arg-type]
            assert file.name in said
            assert "{" not in said
    assert Sale.select().count() == ImportBatch.select().count() == 0
    assert len(codes) == 1
    return codes.pop()


def _written(tmp_path: Path, content: bytes, name: str = "导入 文件.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


def _zip(parts: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return memory.getvalue()


def _sheet(xml: bytes) -> bytes:
    """A workbook whose one sheet holds this XML."""
    memory = io.BytesIO()
    with zipfile.ZipFile(files.workbook(Path(_sheet.folder), [["a", "b"]])) as made:  # type: ignore[attr-defined]
        parts = {part.filename: made.read(part) for part in made.infolist()}
    parts["xl/worksheets/sheet1.xml"] = xml
    memory.write(_zip(parts))
    return memory.getvalue()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    _sheet.folder = str(folder)  # type: ignore[attr-defined]


@pytest.mark.parametrize("content", [b"", b"\n\r\n ", b"\x00" * 4096, b"\xef\xbb\xbf"])
def test_an_empty_file(desk: Desk, tmp_path: Path, content: bytes) -> None:
    assert _refused(desk, _written(tmp_path, content)) in ("import.file.empty", "import.file.no_header")


def test_a_workbook_without_a_cell(desk: Desk, tmp_path: Path) -> None:
    assert _refused(desk, files.workbook(tmp_path, [])) == "import.file.empty"


def test_a_broken_workbook(desk: Desk, tmp_path: Path) -> None:
    whole = (resources.path("samples") / "plain_orders.xlsx").read_bytes()
    assert _refused(desk, _written(tmp_path, whole[: len(whole) // 2], "half.xlsx")) == "import.file.broken"
    middle = bytearray(whole)
    middle[len(whole) // 3 : len(whole) // 3 + 400] = os.urandom(400)
    assert _refused(desk, _written(tmp_path, bytes(middle), "middle.xlsx")) == "import.file.broken"
    nonsense = _sheet(b"<worksheet><sheetData><row r=")
    assert _refused(desk, _written(tmp_path, nonsense, "nonsense.xlsx")) in (
        "import.file.broken",
        "import.file.empty",
    )


def test_a_workbook_with_a_password(desk: Desk, tmp_path: Path) -> None:
    compound = workbooks._OLE + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 1000
    assert _refused(desk, _written(tmp_path, compound, "locked.xlsx")) == "import.file.encrypted"


def test_an_old_workbook_that_is_none(desk: Desk, tmp_path: Path) -> None:
    assert (
        _refused(desk, _written(tmp_path, workbooks._OLE + os.urandom(4096), "old.xls"))
        == "import.file.broken"
    )


def test_a_zip_bomb_is_seen_before_it_is_unpacked(desk: Desk, tmp_path: Path) -> None:
    bomb = _sheet(b"<worksheet><sheetData>" + b" " * 200_000_000 + b"</sheetData></worksheet>")
    assert len(bomb) < 1_000_000
    assert _refused(desk, _written(tmp_path, bomb, "bomb.xlsx")) == "import.file.bomb"


def test_a_part_that_lies_about_its_size_is_stopped(desk: Desk, tmp_path: Path) -> None:
    content = bytearray(_sheet(b"<worksheet><sheetData>" + b" " * 3_000_000 + b"</sheetData></worksheet>"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        honest = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    told = honest.to_bytes(4, "little")
    assert content.count(told) == 2
    content = bytearray(bytes(content).replace(told, (1000).to_bytes(4, "little")))
    assert _refused(desk, _written(tmp_path, bytes(content), "liar.xlsx")) in (
        "import.file.bomb",
        "import.file.broken",
    )


@pytest.mark.parametrize(
    "cells",
    [
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row><c r="XFD1048576"><v>1</v></c></row>',
        b'<row><c r="A900000"><v>1</v></c></row><row><c r="XFD900000"><v>1</v></c></row>',
        b'<row r="2"><c t="n" r="ABC60000"><v>1</v></c></row>',
    ],
)
def test_a_huge_area_is_seen_however_its_corner_is_spelled(desk: Desk, tmp_path: Path, cells: bytes) -> None:
    far = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + cells + b"</sheetData></worksheet>"
    )
    assert _refused(desk, _written(tmp_path, _sheet(far), "far.xlsx")) == "import.file.too_many_rows"


def test_a_few_cells_that_span_a_huge_area_do_not_eat_the_memory(desk: Desk, tmp_path: Path) -> None:
    far = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert _refused(desk, _written(tmp_path, _sheet(far), "far.xlsx")) == "import.file.too_many_rows"


def test_a_file_larger_than_any_months_orders(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 2**20)
    file = _written(tmp_path, f"{HEADER}\n".encode() + b"x" * 2**20)
    assert _refused(desk, file) == "import.file.too_large"


def _picture() -> bytes:
    memory = io.BytesIO()
    Image.new("RGB", (4, 4)).save(memory, "PNG")
    return memory.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.csv", _picture()),
        ("paper.csv", b"%PDF-1.7\n" + b"x" * 100),
        ("data.csv", b"SQLite format 3\x00" + b"\x00" * 200),
        ("noise.csv", bytes(range(256)) * 40),
        ("archive.xlsx", _zip({"readme.txt": b"hello"})),
        ("letter.xlsx", _zip({"word/document.xml": b"<w/>"})),
    ],
)
def test_something_that_is_no_table(desk: Desk, tmp_path: Path, name: str, content: bytes) -> None:
    assert _refused(desk, _written(tmp_path, content, name)) == "import.file.not_a_table"


def test_a_table_of_something_else(desk: Desk, tmp_path: Path) -> None:
    weather = _written(tmp_path, "日期,天气,气温\n2026-11-10,晴,12\n".encode())
    assert _refused(desk, weather) == "import.file.unknown"
    prose = _written(tmp_path, "只是一段话\n没有表格\n".encode())
    assert _refused(desk, prose) == "import.file.no_header"


def test_text_in_no_known_encoding_names_the_byte(desk: Desk, tmp_path: Path) -> None:
    content = f"{HEADER}\n".encode("gb18030") + b"\xff\xff\xff\n"
    assert _refused(desk, _written(tmp_path, content)) == "import.file.encoding"


def test_a_quotation_mark_without_partner_names_its_row(desk: Desk, tmp_path: Path) -> None:
    content = f'{HEADER}\n1,2026-11-10,"茶壶,1,88\n' + "2,2026-11-10,茶杯,1,88\n" * 20_000
    file = _written(tmp_path, content.encode())
    with pytest.raises(CounterError) as told:
        imports.preview(desk, file)
    assert (told.value.code, told.value.params["row"]) == ("import.file.broken_row", 2)


def test_a_file_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    assert _refused(desk, tmp_path / "没有.csv") == "import.file.unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder from being read otherwise")
def test_a_folder_is_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match=r"import\.file\.unreadable"):
        imports.preview(desk, tmp_path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_delimiter_is_read(
    desk: Desk, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    content = f"{HEADER}\n{ROW}\n".replace(",", delimiter).encode(encoding)
    seen = imports.preview(desk, _written(tmp_path, content))
    assert (seen.counts, seen.delimiter) == ({"new": 1}, delimiter)
    assert seen.orders[0].goods == "茶壶"


def test_lines_above_the_header_and_rare_characters_are_no_obstacle(desk: Desk, tmp_path: Path) -> None:
    content = f"销售导出\n门店,样例\n\n{HEADER}\n" + ROW.replace("茶壶", "𠮷祥茶壶") + "\n"
    seen = imports.preview(desk, _written(tmp_path, content.encode("gb18030")))
    assert (seen.counts, seen.orders[0].row, seen.orders[0].goods) == ({"new": 1}, 5, "𠮷祥茶壶")


def test_files_that_do_not_belong_together(desk: Desk) -> None:
    samples = resources.path("samples")
    with pytest.raises(CounterError, match=r"import\.kinds"):
        imports.preview(desk, [samples / "shopify_orders.csv", samples / "plain_orders.csv"])
    with pytest.raises(CounterError, match=r"import\.kinds"):
        imports.preview(desk, [samples / "shopify_orders.csv", samples / "taobao_items.csv"])
    with pytest.raises(CounterError, match=r"import\.source"):
        imports.preview(desk, samples / "shopify_orders.csv", source="ebay")
    with pytest.raises(CounterError, match=r"import\.columns"):
        imports.preview(desk, samples / "plain_orders.csv", source="shopify")
    with pytest.raises(CounterError, match=r"import\.no_file"):
        imports.preview(desk, [])
