"""A case as lists and its detail show it.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.money_views import DepositView, SettlementView
from counter_app.domain.paper_views import AttachmentView, DocumentView, PrintView, SignatureView
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import TaskView
from counter_app.domain.walk_views import WalkSummary


@dataclass(frozen=True, slots=True)
class CaseLineView:
    """A quantity of one sale line in a case. `paid_fen` is what was paid for exactly this quantity."""

    id: int
    walk_id: int
    sale_line_id: int
    state: str
    name: str
    model: str
    barcode: str
    serial: str
    category: str
    quantity_milli: int
    sold_milli: int
    unit_price_fen: int
    paid_fen: int
    received_milli: int
    accepted_milli: int
    damaged_milli: int
    rejected_milli: int
    reason: str
    liability: str
    condition: str
    disposition: str
    checked_serial: str
    checks: dict[str, Any]
    deduction_fen: int
    deduction_reason: str
    note: str
    product_id: int | None = None
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened to a case."""

    seq: int
    kind: str
    title: Words
    detail: dict[str, Any]
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class GoodsMoveView:
    """One row of the stock ledger that concerns a case."""

    kind: str
    name: str
    from_place: str
    to_place: str
    quantity_milli: int
    serial: str
    document: str
    at: int


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another case of the same customer, sale line or serial. `why` is 'customer', 'goods' or both."""

    id: int
    number: str
    business_date: date
    state: str
    state_title: Words
    why: tuple[str, ...]
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything its detail screen shows at a glance."""

    id: int
    number: str
    state: str
    state_title: Words
    sale_id: int | None
    sale_number: str
    customer_masked: str
    phone_masked: str
    stands: str
    buyer_consent: bool
    contact_channel: str
    entrance: str
    opened_at: int
    business_date: date
    opened_by: str
    owner: str
    happened_on: date | None
    words: str
    summary: str
    wishes: tuple[str, ...]
    upset: bool
    safety: bool
    waiting_for: str
    waiting_title: Words
    next_due_on: date | None
    closed_at: int | None
    updated_at: int
    plan: dict[str, Any]
    chart_version_id: int
    policy_version_id: int
    lines: tuple[CaseLineView, ...] = ()
    walks: tuple[WalkSummary, ...] = ()
    events: tuple[EventView, ...] = ()
    documents: tuple[DocumentView, ...] = ()
    settlements: tuple[SettlementView, ...] = ()
    deposits: tuple[DepositView, ...] = ()
    goods: tuple[GoodsMoveView, ...] = ()
    approvals: tuple[ApprovalView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    attachments: tuple[AttachmentView, ...] = ()
    signatures: tuple[SignatureView, ...] = ()
    prints: tuple[PrintView, ...] = ()
    earlier: tuple[EarlierCase, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of the case list. `cursor` pages on: hand it back as `before`."""

    id: int
    number: str
    state: str
    state_title: Words
    customer_masked: str
    phone_masked: str
    goods: str
    line_count: int
    waiting_for: str
    next_due_on: date | None
    overdue: bool
    owner: str
    business_date: date
    amount_fen: int
    remedies: tuple[str, ...]
    updated_at: int
    cursor: int
