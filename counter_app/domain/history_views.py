"""What a screen sees of archives of lost times: what a file is, what was read back, what it tells of a visit.

Money in 分, quantities in thousandths, days in the shop's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.spoken import Words


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """One total: as the archive tells it, and as its rows give it. `name` is a control total or `sheet.column`."""

    name: str
    told: int
    found: int

    @property
    def holds(self) -> bool:
        """Whether both agree."""
        return self.told == self.found


@dataclass(frozen=True, slots=True)
class ArchiveSeen:
    """What an archive is, before anything of it is kept.

    `refused` is the code of the error that reading it back would raise, '' when it may be read; `known_at` the
    moment it was read already (ms), None otherwise. `missing` are sheets it should have. `totals` is how many
    control totals there were to compare.
    """

    file: str
    kind: str
    format: str
    shop_code: str
    shop_name: str
    period: str
    first: date
    last: date
    language: str
    sheets: Mapping[str, int]
    rows: int
    cases: int
    documents: int
    figures: Mapping[str, int]
    heads: tuple[tuple[str, str], ...]
    checks: tuple[ArchiveCheck, ...]
    missing: tuple[str, ...]
    lacking: Mapping[str, tuple[str, ...]]
    months: tuple[str, ...]
    proven: bool
    foreign_shop: bool
    known_at: int | None
    refused: str
    refused_params: Mapping[str, Any]

    @property
    def edited(self) -> bool:
        """Whether its totals and its rows contradict each other."""
        return any(not one.holds for one in self.checks)


@dataclass(frozen=True, slots=True)
class SourceView:
    """An archive that was read back. `whole`: its last row was read too."""

    id: int
    file: str
    shop_code: str
    shop_name: str
    period: str
    first: date
    last: date
    rows_new: int
    rows_known: int
    conflicts: int
    proven: bool
    foreign_shop: bool
    why: str
    at: int
    by: str
    whole: bool


@dataclass(frozen=True, slots=True)
class HistoryRowView:
    """A case of lost times in a list; what the newest archive tells of it. `refund_fen`: over all archives."""

    id: int
    number: str
    business_date: date
    state: Words
    customer_masked: str
    phone_masked: str
    goods: str
    order_no: str
    refund_fen: int
    period: str


@dataclass(frozen=True, slots=True)
class HistoryMoneyView:
    """Money of a document of lost times; `paid_fen` up to the end of the newest archive that tells it."""

    direction: str
    number: str
    case_number: str
    on: date
    purpose: Words
    tender: Words
    owed_fen: int
    paid_fen: int
    proof_ref: str
    signed: str
    period: str
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class HistoryCell:
    """One cell of a kept row: the heading of its column and what stood in it, as it is shown."""

    heading: Words
    text: Words


@dataclass(frozen=True, slots=True)
class HistorySheetRow:
    """One kept row with where it comes from: archive, sheet, row number there."""

    sheet: Words
    sheet_key: str
    row_no: int
    file: str
    period: str
    proven: bool
    cells: tuple[HistoryCell, ...]
    contradicts: tuple[tuple[Words, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryCaseView:
    """A case of lost times with everything that archives tell of it. Read-only: there are no acts."""

    row: HistoryRowView
    reasons: Words
    remedies: Words
    clerk: str
    summary: str
    purchased_on: date | None
    money: tuple[HistoryMoneyView, ...]
    rows: tuple[HistorySheetRow, ...]


@dataclass(frozen=True, slots=True)
class Refunded:
    """What archives tell was given back for a purchase before: `periods` that say so, documents, owed and paid."""

    periods: tuple[str, ...]
    numbers: tuple[str, ...]
    case_numbers: tuple[str, ...]
    owed_fen: int
    paid_fen: int
