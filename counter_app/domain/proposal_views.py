"""What posting a visit would do, and what it did.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.case_views import CaseView
from counter_app.domain.money_views import SettlementView, TenderView, WorkingView
from counter_app.domain.paper_views import PostedDocument
from counter_app.domain.spoken import Reason, Words
from counter_app.domain.task_views import DueView, NoticeView
from counter_app.domain.walk_views import WalkView


@dataclass(frozen=True, slots=True)
class GoodsView:
    """Goods that come in or go out. `place` is where they go (V0…V13) or come from."""

    direction: str
    name: str
    quantity_milli: int
    place: str
    case_line_id: int | None = None
    sale_line_id: int | None = None
    product_id: int | None = None
    amount_fen: int = 0
    price_fen: int = 0
    serial: str = ""
    stock_milli: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something a person must still choose or enter before posting; `kind` tells the control to show.

    Kinds: inspection, disposition, replacement, refund_way, coupon, gift, refusal, deposit, kept_deposit_fen, loss, promise,
    quote, waybill, ticket, signature.
    """

    kind: str
    label: Words
    walk_id: int | None = None
    case_line_id: int | None = None
    default: str = ""


@dataclass(frozen=True, slots=True)
class WalkProposal:
    """What posting would do for one walk."""

    walk_id: int
    headline: Words
    why: tuple[Words, ...]
    rights: tuple[Words, ...]
    remedy: str
    refund_fen: int
    collect_fen: int
    working: tuple[WorkingView, ...]
    goods_in: tuple[GoodsView, ...]
    goods_out: tuple[GoodsView, ...]
    documents: tuple[str, ...]
    approvals: tuple[ApprovalNeed, ...]
    deadlines: tuple[DueView, ...]
    notices: tuple[NoticeView, ...]
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What posting would do for the whole visit; `figures_hash` binds approvals, signature and posting."""

    walks: tuple[WalkProposal, ...]
    refund_fen: int
    collect_fen: int
    refund_tenders: tuple[TenderView, ...]
    collect_tender: str
    pay_now: tuple[str, ...]
    slips: tuple[str, ...]
    warnings: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    ready: bool
    figures_hash: str
    needs_signature: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class CounterView:
    """All the counter screen shows of one visit."""

    case: CaseView
    walks: tuple[WalkView, ...]
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Posted:
    """What one posting gave; `slips` are document numbers to print, the case number among them."""

    case_id: int
    case_number: str
    state: str
    documents: tuple[PostedDocument, ...]
    refund_fen: int
    collect_fen: int
    paid_now_fen: int
    owed: tuple[SettlementView, ...]
    slips: tuple[str, ...]
