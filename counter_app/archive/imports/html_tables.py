"""Web pages that call themselves `.xls`: many registers write an HTML table under that name.

Read by the standard library's parser, which runs nothing and fetches nothing. The largest table of the page counts;
tables inside cells are tables of their own.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST_SPAN = 200
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype\s+html|html|head|meta|style|body|div|table)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)


def is_page(content: bytes) -> bool:
    """Whether a file begins as a web page does."""
    head = content[:2048].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\x00", b"")
    return _PAGE.match(head) is not None


def charset(content: bytes) -> str:
    """The encoding the page names, empty for none."""
    found = _CHARSET.search(content[:4096])
    return found[1].decode("ascii").lower() if found else ""


def table_of(text: str, most_rows: int) -> list[list[str]]:
    """Rows of the largest table, no more than `most_rows` + 1; empty when there is none."""
    reader = _Tables(most_rows)
    reader.feed(text)
    reader.close()
    reader.end_all()
    return max(reader.tables, key=len, default=[])


class _Tables(HTMLParser):
    """Gathers the tables of a page."""

    def __init__(self, most_rows: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cells: list[list[str] | None] = []
        self._span, self._silent, self._most = 1, 0, most_rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            self._open.append([])
            self._cells.append(None)
        elif self._open and tag == "tr":
            self._end_cell()
            if len(self._open[-1]) <= self._most:
                self._open[-1].append([])
        elif self._open and tag in ("td", "th"):
            self._end_cell()
            self._cells[-1] = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), MOST_SPAN) if span.isascii() and span.isdigit() else 1
        elif tag == "br" and self._cells and self._cells[-1] is not None:
            self._cells[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(self._silent - 1, 0)
        elif self._open and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self._open and tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if self._cells and not self._silent and (cell := self._cells[-1]) is not None:
            cell.append(data)

    def end_all(self) -> None:
        """A page that ends in the middle: what was read of it counts."""
        while self._open:
            self._end_table()

    def _end_table(self) -> None:
        self._end_cell()
        self.tables.append([row for row in self._open.pop() if row])
        self._cells.pop()

    def _end_cell(self) -> None:
        cell, self._cells[-1] = self._cells[-1], None
        if cell is None:
            return
        rows = self._open[-1]
        if not rows:
            rows.append([])
        if len(rows) <= self._most:
            rows[-1].append(" ".join("".join(cell).replace("\N{NO-BREAK SPACE}", " ").split()))
            rows[-1] += [""] * (self._span - 1)
        self._span = 1
