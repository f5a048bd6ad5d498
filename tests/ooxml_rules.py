"""What a spreadsheet program refuses or repairs in a workbook, checked on the file's own parts.

Not the whole of ECMA-376: the rules whose breach makes Excel offer a repair, for what this program writes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
MOST_ROWS, MOST_COLUMNS, MOST_TEXT, MOST_NAME, MOST_FORMULA = 1_048_576, 16_384, 32_767, 31, 8192
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "mergeCells",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "ignoredErrors", "drawing", "legacyDrawing", "tableParts",
)  # fmt: skip
NAME = re.compile(r"[^\W\d][\w.]*|_[\w.]+")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


def broken(path: Path) -> list[str]:
    """A line for every rule that a workbook breaks."""
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
        told = [f"{name} twice" for name in {one for one in names if names.count(one) > 1}]
        trees = {
            name: ElementTree.fromstring(parts.read(name))
            for name in names
            if name.endswith((".xml", ".rels"))
        }
    told += _package(trees, set(names))
    told += _book(trees)
    return told


def _target(owner: str, relation: ElementTree.Element) -> str:
    target = relation.get("Target", "")
    folder = posixpath.dirname(owner)
    return (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )


def _relations(trees: dict[str, ElementTree.Element], owner: str) -> dict[str, str]:
    folder, name = posixpath.split(owner)
    tree = trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    return (
        {}
        if tree is None
        else {one.get("Id", ""): _target(owner, one) for one in tree.iter(f"{PACKAGE}Relationship")}
    )


def _package(trees: dict[str, ElementTree.Element], names: set[str]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    defaults = {one.get("Extension") for one in types.iter(f"{TYPES}Default")}
    overrides = [one.get("PartName", "").lstrip("/") for one in types.iter(f"{TYPES}Override")]
    yield from (f"{name} has two content types" for name in set(overrides) if overrides.count(name) > 1)
    yield from (f"{name} is announced and not there" for name in overrides if name not in names)
    for name in names - {"[Content_Types].xml"}:
        if name not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"{name} has no content type"
    for name, tree in trees.items():
        if name.endswith(".rels"):
            owner = posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5])
            found = list(tree.iter(f"{PACKAGE}Relationship"))
            if len({one.get("Id") for one in found}) != len(found):
                yield f"{name} uses an id twice"
            for one in found:
                if one.get("TargetMode") != "External" and _target(owner, one) not in names:
                    yield f"{name} leads to {_target(owner, one)}, which is not there"


def _book(trees: dict[str, ElementTree.Element]) -> Iterator[str]:
    book, relations = trees["xl/workbook.xml"], _relations(trees, "xl/workbook.xml")
    sheets = [
        (one.get("name", ""), relations[one.get(f"{RELATION}id", "")]) for one in book.iter(f"{MAIN}sheet")
    ]
    titles = [name.casefold() for name, _ in sheets]
    for name in titles:
        if len(name) > MOST_NAME or not name or set(name) & set("[]:*?/\\") or titles.count(name) > 1:
            yield f"sheet name {name!r}"
    styles = trees["xl/styles.xml"]
    cell_styles = len(styles.find(f"{MAIN}cellXfs") or ())
    marks = len(styles.find(f"{MAIN}dxfs") or ())
    for group in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
        found = styles.find(f"{MAIN}{group}")
        if found is not None and found.get("count") not in (None, str(len(found))):
            yield f"{group} counts {found.get('count')}, has {len(found)}"
    yield from _names(book, len(sheets))
    ids: list[str] = []
    tables: list[str] = []
    for title, part in sheets:
        yield from _sheet(title, trees[part], cell_styles, marks, set(titles))
        for place in _relations(trees, part).values():
            if place.startswith("xl/tables/"):
                table = trees[place]
                ids.append(table.get("id", ""))
                tables.append(table.get("displayName", "").casefold())
                yield from _table(title, table, trees[part])
        wanted, there = trees[part].find(f"{MAIN}tableParts"), _relations(trees, part)
        for one in wanted if wanted is not None else ():
            if one.get(f"{RELATION}id") not in there:
                yield f"{title}: a table part without its table"
    defined = [
        one.get("name", "").casefold()
        for one in book.iter(f"{MAIN}definedName")
        if one.get("localSheetId") is None
    ]
    for group in (ids, tables + defined):
        yield from (f"{one} twice" for one in set(group) if group.count(one) > 1)


def _names(book: ElementTree.Element, sheets: int) -> Iterator[str]:
    seen = set()
    for one in book.iter(f"{MAIN}definedName"):
        name, scope = one.get("name", ""), one.get("localSheetId")
        if (name.casefold(), scope) in seen:
            yield f"name {name} twice"
        seen.add((name.casefold(), scope))
        if not name.startswith("_xlnm.") and (
            not NAME.fullmatch(name) or LIKE_A_CELL.fullmatch(name) or len(name) > 255
        ):
            yield f"name {name} is none"
        if scope is not None and int(scope) >= sheets:
            yield f"name {name} belongs to no sheet"
        if not (one.text or "").strip() or "#REF!" in (one.text or ""):
            yield f"name {name} leads nowhere"


def _sheet(title: str, tree: ElementTree.Element, styles: int, marks: int, sheets: set[str]) -> Iterator[str]:
    tags = [one.tag.removeprefix(MAIN) for one in tree]
    places = [ORDER.index(tag) for tag in tags]
    if places != sorted(places):
        yield f"{title}: parts out of order: {tags}"
    last = 0
    for row in tree.iter(f"{MAIN}row"):
        at = int(row.get("r", "0"))
        if not last < at <= MOST_ROWS:
            yield f"{title}: row {at} after {last}"
        last, before = at, 0
        for cell in row:
            column, line, _, _ = range_boundaries(cell.get("r", ""))
            if line != at or not before < column <= MOST_COLUMNS:
                yield f"{title}: cell {cell.get('r')} out of place"
            before = column
            if int(cell.get("s", "0")) >= styles:
                yield f"{title}: {cell.get('r')} has an unknown style"
            if cell.get("t") not in (None, "n", "s", "str", "inlineStr", "b"):
                yield f"{title}: {cell.get('r')} is of type {cell.get('t')}"
            text, formula = "".join(cell.itertext()), cell.find(f"{MAIN}f")
            if len(text.encode("utf-16-le")) > 2 * MOST_TEXT:
                yield f"{title}: {cell.get('r')} is too long"
            if formula is not None and not 0 < len(formula.text or "") <= MOST_FORMULA:
                yield f"{title}: {cell.get('r')} has a formula too long"
    for rule in tree.iter(f"{MAIN}cfRule"):
        if int(rule.get("dxfId", "0")) >= marks or not rule.get("priority"):
            yield f"{title}: a mark without look"
    for link in tree.iter(f"{MAIN}hyperlink"):
        where = link.get("location", "").rpartition("!")[0].strip("'").replace("''", "'").casefold()
        if where not in sheets:
            yield f"{title}: a link to {link.get('location')}"
    merged = [range_boundaries(one.get("ref", "")) for one in tree.iter(f"{MAIN}mergeCell")]
    if any(_overlap(a, b) for at, a in enumerate(merged) for b in merged[at + 1 :]):
        yield f"{title}: merged cells overlap"
    header = tree.find(f"{MAIN}headerFooter")
    for part in header if header is not None else ():
        if len(part.text or "") > 255:
            yield f"{title}: head or foot too long"


def _overlap(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _table(title: str, table: ElementTree.Element, sheet: ElementTree.Element) -> Iterator[str]:
    left, top, right, bottom = range_boundaries(table.get("ref", ""))
    columns = [one.get("name", "") for one in table.iter(f"{MAIN}tableColumn")]
    told = table.find(f"{MAIN}tableColumns")
    if told is None or told.get("count") != str(len(columns)) or len(columns) != right - left + 1:
        yield f"{title}: the table counts its columns wrongly"
    if len({name.casefold() for name in columns}) != len(columns):
        yield f"{title}: two columns of a table are called alike: {columns}"
    ids = [one.get("id") for one in table.iter(f"{MAIN}tableColumn")]
    if len(set(ids)) != len(ids):
        yield f"{title}: two columns of a table have one id"
    name = table.get("displayName", "")
    if not NAME.fullmatch(name) or LIKE_A_CELL.fullmatch(name):
        yield f"{title}: table name {name!r}"
    head = next(row for row in sheet.iter(f"{MAIN}row") if row.get("r") == str(top))
    heads = ["".join(cell.itertext()) for cell in head][left - 1 : right]
    if heads != columns:
        yield f"{title}: heads {heads} are not the columns {columns}"
    totals = int(table.get("totalsRowCount", "0"))
    if bottom - top - totals < 1:
        yield f"{title}: a table without a row"
    found = table.find(f"{MAIN}autoFilter")
    if found is not None and range_boundaries(found.get("ref", "")) != (left, top, right, bottom - totals):
        yield f"{title}: the filter is not the table's"
    if sheet.find(f"{MAIN}autoFilter") is not None:
        yield f"{title}: a filter beside a table's own"
    last = max(int(row.get("r", "0")) for row in sheet.iter(f"{MAIN}row"))
    if last > bottom:
        yield f"{title}: rows below the table"
