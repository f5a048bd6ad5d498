"""Number formats that show another figure than is stored: digits of their own, thousands left out, no sign, nothing.

Programs spell the formats of a file they save again in their own way, so none is compared with what was written: only
what misleads is looked for.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from counter_app.archive.hidden_rows import MAIN, part_of

_STYLES: Final = "xl/styles.xml"
_TEXT: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKET: Final = re.compile(r"\[[^\]]*\]")
_SCALED: Final = re.compile(r"[0#?],+(?![0#?,])")
_SHOWS: Final = re.compile(r"[0#?@]|general|[ymdhs年月日]", re.IGNORECASE)
_COLOUR: Final = re.compile(r"\[(?:red|红色?)\]", re.IGNORECASE)


def misleading(code: str) -> bool:
    """Whether a number format shows another figure than the cell holds."""
    told = _BRACKET.sub("", code)
    words = "".join(found[1] or found[2] or "" for found in _TEXT.finditer(told))
    bare = _TEXT.sub("", told)
    if any(sign.isdigit() for sign in words) or re.search("[1-9]", bare) or _SCALED.search(bare):
        return True
    sections, shown = bare.split(";"), told.split(";")
    if not all(_SHOWS.search(section) for section in sections[:2]):
        return True
    # A figure below nothing has its sign, its brackets or its colour.
    unsigned = len(sections) > 1 and not re.search(r"[-−(（]", shown[1]) and "@" not in sections[1]
    return unsigned and not _COLOUR.search(code)


def misled(path: Path, sheets: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and format of the first number in each of these sheets that is shown as another. The cells are only
    gone through where the file has such a format. Raises as `hidden_rows.hidden`."""
    with zipfile.ZipFile(path) as book:
        try:
            looks = _looks(book)
            for sheet in sheets if looks else ():
                part = part_of(book, sheet)
                if part is None:
                    continue
                with book.open(part) as file:
                    for _, one in ElementTree.iterparse(file):
                        if one.tag == f"{MAIN}c":
                            if (
                                one.get("s") in looks
                                and one.get("t", "n") == "n"
                                and one.find(f"{MAIN}v") is not None
                            ):
                                yield sheet, one.get("r", ""), looks[one.get("s", "")]
                                break
                            one.clear()
        except (ElementTree.ParseError, zlib.error, RuntimeError) as error:
            raise ValueError(str(error)) from error


def _looks(book: zipfile.ZipFile) -> dict[str, str]:
    """The misleading formats by the number with which cells name their look."""
    if _STYLES not in book.namelist():
        return {}
    styles = ElementTree.fromstring(book.read(_STYLES))
    bad = {
        one.get("numFmtId"): code
        for one in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
        if misleading(code := one.get("formatCode", ""))
    }
    found = enumerate(styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
    return {str(at): bad[one.get("numFmtId")] for at, one in found if one.get("numFmtId") in bad}
