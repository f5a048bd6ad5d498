"""What screens and slips show of a case: frozen, complete, without a row of the database in it.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.spoken import NO_WORDS
from counter_app.domain.spoken import Language as Language
from counter_app.domain.spoken import Reason as Reason
from counter_app.domain.spoken import Words as Words

# --- the case ---------------------------------------------------------------------------------------


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
class AttachmentView:
    """A photo, a pasted text, a signed form. `path` is where the file lies, relative to the data folder."""

    id: int
    case_line_id: int | None
    node: str
    kind: str
    sha256: str
    mime: str
    size: int
    name: str
    path: str
    at: int
    erased: bool = False


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
class DocumentView:
    """One posted document. `reversed_by` and `reverses` are document numbers or empty."""

    id: int
    number: str
    prefix: str
    title: Words
    amount_fen: int
    walk_id: int | None
    posted_at: int
    business_date: date
    posted_by: str
    reverses: str = ""
    reversed_by: str = ""


@dataclass(frozen=True, slots=True)
class SettlementView:
    """Money owed to (`out`) or by (`in`) the customer, and how much of it was really moved."""

    id: int
    document: str
    case_id: int
    case_number: str
    customer_masked: str
    direction: str
    purpose: str
    tender: str
    amount_fen: int
    settled_fen: int
    due_on: date | None
    business_date: date
    references: tuple[str, ...] = ()
    void_fen: int = 0
    """The part that a reversal made pointless: what was never paid of it is neither paid nor asked back."""

    @property
    def open_fen(self) -> int:
        """What is still owed, same sign as the amount."""
        return self.amount_fen - self.settled_fen - self.void_fen


@dataclass(frozen=True, slots=True)
class DepositView:
    """A deposit and what became of it: 'held', 'returned' or 'kept'."""

    id: int
    document: str
    tender: str
    amount_fen: int
    open_fen: int
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class HeldDeposit:
    """A deposit in the shop's hands, `open_fen` 分 of it. `late`: the day by which it should be settled is over."""

    id: int
    document: str
    case_id: int
    case_number: str
    customer_masked: str
    tender: str
    open_fen: int
    due_on: date | None
    taken_on: date
    late: bool


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
class ApprovalView:
    """A question to somebody with the right to say yes, why it was asked, and the answer."""

    id: int
    case_id: int
    case_number: str
    walk_id: int | None
    node: str
    node_title: Words
    role: str
    reasons: tuple[Words, ...]
    figures: dict[str, Any]
    figures_hash: str
    amount_fen: int
    requested_by: str
    requested_at: int
    note: str
    decision: str
    decided_by: str
    decided_at: int | None
    decision_note: str
    self_approved: bool
    may_reject: bool = True
    customer_masked: str = ""
    attachments: tuple[AttachmentView, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something to do by a day."""

    id: int
    case_id: int | None
    case_number: str
    kind: str
    role: str
    what: str
    title: Words
    due_on: date | None
    overdue: bool
    done_at: int | None
    result: str
    customer_masked: str = ""


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature bound to the hash of the form it was given on; `void` when a later step undid it."""

    id: int
    form_hash: str
    check_code: str
    signer: str
    signer_masked: str
    on_paper: bool
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    void: bool
    at: int


@dataclass(frozen=True, slots=True)
class PrintView:
    """A slip that left the printer."""

    slip: str
    copy: str
    paper: str
    reprint: bool
    document: str
    at: int


@dataclass(frozen=True, slots=True)
class WalkSummary:
    """One walk at a glance: `path` is lit on the drawn chart, `chart_hash` says on which chart."""

    id: int
    seq: int
    state: str
    at_node: str
    at_title: Words
    path: tuple[str, ...]
    remedies: tuple[str, ...]
    remedy_titles: tuple[Words, ...]
    chart_version_id: int
    chart_hash: str
    line_ids: tuple[int, ...]
    settled: bool


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


# --- the counter ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step taken: click to go back to it. `changed` means it may still be changed (nothing posted since)."""

    node: str
    title: Words
    answer: str
    answer_title: Words
    changeable: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of the current node. `because` says why it is (not) on offer, with its figures."""

    code: str
    title: Words
    digit: int
    offered: bool
    right: bool
    because: Words
    needs_role: str
    remedy: str = ""
    cost_fen: int | None = None
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact as it stands: where it came from, and whether the clerk may type another."""

    name: str
    label: Words
    kind: str
    value: str
    source: Words
    manual: bool
    editable: bool


@dataclass(frozen=True, slots=True)
class FactWanted:
    """A fact that the current step needs and nobody has given yet. `kind`: money, day, count, flag, text."""

    name: str
    label: Words
    kind: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class TestView:
    """A test on the path: its answer and the figures that gave it."""

    node: str
    title: Words
    answer: str
    answer_title: Words
    because: Words
    overridden: bool
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """Words ready to be read aloud, placeholders filled as far as they are known."""

    code: str
    text: Words


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Evidence a step asks for. `state`: wanted, taken or waived."""

    node: str
    kind: str
    title: Words
    compulsory: bool
    state: str
    reason: str = ""
    attachments: tuple[AttachmentView, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeView:
    """The node a walk stands at. `role` is who may answer; `reason` wants to be given with the answer."""

    id: str
    kind: str
    title: Words
    text: Words
    role: str
    options: tuple[Option, ...]
    may_withdraw: bool
    test_answer: str = ""


@dataclass(frozen=True, slots=True)
class DueView:
    """Something promised by a day."""

    what: Words
    due_on: date
    node: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice to a department."""

    to: str
    what: Words
    node: str = ""


@dataclass(frozen=True, slots=True)
class WalkView:
    """One walk as the counter shows it."""

    id: int
    seq: int
    line_ids: tuple[int, ...]
    state: str
    path: tuple[str, ...]
    crumbs: tuple[Crumb, ...]
    node: NodeView | None
    tests: tuple[TestView, ...]
    scripts: tuple[Script, ...]
    evidence: tuple[EvidenceItem, ...]
    facts: tuple[FactView, ...]
    facts_wanted: tuple[FactWanted, ...]
    notices: tuple[NoticeView, ...]
    deadlines: tuple[DueView, ...]
    remedies: tuple[str, ...]
    choices: dict[str, Any]
    approval: ApprovalView | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class CounterView:
    """All the counter screen shows of one visit."""

    case: CaseView
    walks: tuple[WalkView, ...]
    proposal: Proposal


# --- the proposal -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkingView:
    """One row of how an amount came about. `amount_fen` None = words only."""

    label: Words
    amount_fen: int | None = None
    note: Words = NO_WORDS
    total: bool = False


@dataclass(frozen=True, slots=True)
class TenderView:
    """A part of the money by one way. `left_fen` is what that way still may take back."""

    tender: str
    title: Words
    amount_fen: int
    left_fen: int
    original: bool


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
class ApprovalNeed:
    """An approval the proposal stands on: why, by whom, and how far it is ('' = not asked yet)."""

    node: str
    role: str
    reasons: tuple[Words, ...]
    amount_fen: int
    state: str
    approval_id: int | None = None


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
class Wanted:
    """Something a person must still choose or enter before posting; `kind` tells the control to show.

    Kinds: inspection, disposition, replacement, refund_way, coupon, gift, refusal, deposit, loss, promise,
    quote, waybill, ticket, signature.
    """

    kind: str
    label: Words
    walk_id: int | None = None
    case_line_id: int | None = None
    default: str = ""


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
class PostedDocument:
    """A document that posting made."""

    number: str
    prefix: str
    title: Words
    amount_fen: int


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
