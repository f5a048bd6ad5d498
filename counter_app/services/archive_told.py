"""What an archive tells: its rows, what a whole pass over them learnt, and what its cover says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Final

from counter_app.archive import reading_back
from counter_app.archive.reading_back import Opened
from counter_app.archive.sheets import Cell, Kind
from counter_app.services import archive_words
from counter_app.services.archive_words import LANGUAGES
from counter_app.services.month_words import catalogue

NEEDED: Final = ("cases", "lines", "refunds", "receipts")
"""Sheets without which a workbook is no whole archive."""
IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("case",),
    "lines": ("case", "product", "sku"),
    "refunds": ("number", "purpose", "tender"),
    "receipts": ("number", "purpose", "tender"),
    "exchanges": ("number",),
    "goods": ("row",),
    "reversals": ("number",),
    "documents": ("number",),
    "compensations": ("number", "given"),
    "approvals": ("case", "asked"),
    "red_invoices": ("number",),
    "deposits": ("number",),
    "gifts": ("number", "given"),
    "claims": ("number",),
    "shifts": ("day", "opened"),
}
"""What names a row, the same in every archive that tells it; rows of other sheets are known by all they say."""
FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("opened", "order", "purchased"),
    "lines": ("day", "sold", "paid"),
    "refunds": ("day", "case", "owed", "order", "purchased"),
    "receipts": ("day", "case", "due_in"),
    "exchanges": ("day", "case", "value_out"),
    "goods": ("at", "move", "sku", "serial", "quantity", "number", "case"),
    "reversals": ("reversed", "reversed_day", "day", "case", "amount"),
    "documents": ("day", "case", "amount", "reversed", "content_hash"),
    "compensations": ("case", "day", "amount", "expires"),
    "shifts": ("float",),
}
"""What never changes after the day: two archives that differ in it contradict each other."""
_HEAD = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: `values` by column key, ready for JSON (days as ISO text)."""

    sheet: str
    row_no: int
    identity: str
    likeness: str
    case_number: str
    number: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Check:
    """One total as the archive tells it and as its rows give it. `name` is a control total or `sheet.column`."""

    name: str
    told: int
    found: int

    @property
    def holds(self) -> bool:
        """Whether both agree."""
        return self.told == self.found


@dataclass(slots=True)
class Learnt:
    """What a whole pass over an archive learnt."""

    counts: dict[str, int] = field(default_factory=dict)
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    heads: list[tuple[str, str]] = field(default_factory=list)
    shop: tuple[str, str] = ("", "")
    span: tuple[date, date] | None = None
    checks: list[Check] = field(default_factory=list)
    months: set[str] = field(default_factory=set)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    cases: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    content: str = ""


def whole(values: Mapping[str, object], key: str) -> int:
    """A figure of a row; 0 where it has none."""
    found = values.get(key)
    return found if isinstance(found, int) else 0


def day_of(values: Mapping[str, object]) -> date | None:
    """The business day of a row: its day, or the local day of the moment a case was opened or goods moved."""
    for key in ("day", "opened", "at"):
        found = values.get(key)
        if isinstance(found, str):
            try:
                return date.fromisoformat(found)
            except ValueError:
                return None
        if isinstance(found, int):
            return datetime.fromtimestamp(found // 1000, UTC).date()
    return None


def cover(book: Opened) -> Learnt:
    """What the cover alone tells: shop, span, control totals, heads."""
    told = Learnt()
    for name in book.sheets:
        if archive_words.sheet_of(name)[0] == "cover":
            for row in book.rows(name):
                cover_line(told, [cell for cell in map(plain, row) if cell not in (None, "")])
    return told


def cover_line(told: Learnt, cells: Sequence[object]) -> None:
    """One line of the cover: a label and what stands beside it."""
    if len(cells) < 2:
        return
    label, beside = str(cells[0]), cells[1]
    figure = _figure_labels().get(label)
    if figure is not None and figure not in told.figures:
        value = reading_back.value(figure_kind(figure), beside)
        if isinstance(value, int):
            told.figures[figure] = value
    elif label in _words_of("cover.shop"):
        code, _blank, name = str(beside).partition(" ")
        told.shop = (code, name)
    elif label in _words_of("cover.period"):
        days = re.findall(r"\d{4}-\d\d-\d\d", str(beside))
        if len(days) == 2:
            told.span = (date.fromisoformat(days[0]), date.fromisoformat(days[1]))
    elif _HEAD.fullmatch(str(beside)):
        told.heads.append((label, str(beside)))


def figure_kind(figure: str) -> Kind:
    """What a control total holds."""
    if figure.endswith("_fen"):
        return Kind.MONEY
    return Kind.QUANTITY if figure.endswith("_milli") else Kind.WHOLE


@cache
def _figure_labels() -> Mapping[str, str]:
    return {
        str(entry[language]): key.removeprefix("cover.figure.")
        for key, entry in catalogue().items()
        if key.startswith("cover.figure.")
        for language in LANGUAGES
    }


def _words_of(key: str) -> tuple[str, ...]:
    return tuple(str(text) for text in catalogue()[key].values())


def plain(cell: Cell) -> object:
    """A cell as JSON holds it."""
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    return cell if isinstance(cell, int) else str(cell)[: reading_back.MOST_CELL]
