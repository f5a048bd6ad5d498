"""Which rows of a sheet are hidden, by a filter or by hand: a row of totals tells the sum of the others."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

_BOOK, _RELATED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def hidden(path: Path, sheet: str) -> frozenset[int]:
    """The numbers (from 1) of the hidden rows of a sheet; none of a sheet that is not there. Raises OSError, ValueError,
    KeyError or zipfile.BadZipFile for what is no readable workbook."""
    found = set()
    with zipfile.ZipFile(path) as book:
        try:
            part = part_of(book, sheet)
            if part is None:
                return frozenset()
            with book.open(part) as file:
                events = ElementTree.iterparse(file, ("start", "end"))
                for event, one in events:
                    if one.tag == f"{MAIN}row" and event == "start":
                        if one.get("hidden") in ("1", "true"):
                            found.add(int(one.get("r", "0")))
                    elif event == "end" and one.tag in (f"{MAIN}row", f"{MAIN}c"):
                        one.clear()
        except (ElementTree.ParseError, zlib.error, RuntimeError) as error:
            raise ValueError(str(error)) from error
    return frozenset(found)


def part_of(book: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the file that a sheet of this name is."""
    wanted = next(
        (
            one.get(_ID)
            for one in ElementTree.fromstring(book.read(_BOOK)).iter(f"{MAIN}sheet")
            if one.get("name") == sheet
        ),
        None,
    )
    for one in ElementTree.fromstring(book.read(_RELATED)):
        if wanted is not None and one.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
    return None
