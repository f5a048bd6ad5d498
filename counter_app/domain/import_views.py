"""What an import found and did, as screens and the headless verb show it. Money in 分."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.sale_views import SaleHit
from counter_app.domain.spoken import Reason


@dataclass(frozen=True, slots=True)
class ImportFault:
    """One thing wrong: the file, the row as a spreadsheet numbers it, the column's name, and why."""

    file: str
    row: int
    column: str
    reason: Reason
    order_no: str = ""


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """One order of a preview, or one that an import reports. `fate`: new, known, changed, matched, held,
    completed, dated. `paid_before_fen` is what a changed order had been recorded with."""

    order_no: str
    row: int
    fate: str
    purchased_on: date
    customer_masked: str
    goods: str
    line_count: int
    paid_fen: int
    indivisible: bool
    sale_id: int | None = None
    paid_before_fen: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import of these files would do. `columns` are the header's names and `mapping` which of them
    would be used, for plain sheets; `sheets` are all of a workbook; `contents` the sha256 of each file as it was looked at. `faults` and `orders` are the first ones, `counts` count all."""

    kind: str
    files: tuple[str, ...]
    format: str
    encoding: str
    delimiter: str
    sheet: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    counts: Mapping[str, int]
    faults: tuple[ImportFault, ...] = ()
    orders: tuple[ImportOrder, ...] = ()
    cut_short: bool = False
    sheets: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. `reported` are changed and held orders, the first ones; `counts` count all.
    `fault_books` are the workbooks that hold what could not be taken in."""

    batch_id: int
    kind: str
    counts: Mapping[str, int]
    faults: tuple[ImportFault, ...] = ()
    reported: tuple[ImportOrder, ...] = ()
    fault_books: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldView:
    """An imported order that may be a sale already typed by hand."""

    id: int
    source: str
    order_no: str
    purchased_on: date
    customer_masked: str
    goods: str
    paid_fen: int
    candidates: tuple[SaleHit, ...]
    file: str = ""
    lines: tuple[tuple[str, int, int], ...] = field(default=())
