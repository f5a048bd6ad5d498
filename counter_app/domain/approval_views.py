"""Questions to somebody with the right to say yes, and the need for one.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.domain.paper_views import AttachmentView
from counter_app.domain.spoken import Words


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
    codes: tuple[str, ...] = ()
    way: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalNeed:
    """An approval the proposal stands on: why (in words and as codes), by whom, and how far it is: `needed`, asked
    (''), `approve`, `reject`. `may_reject`: False where all of it is the customer's right. `goodwill_fen`: what of it
    the shop does not owe, where that is a reason."""

    node: str
    role: str
    reasons: tuple[Words, ...]
    amount_fen: int
    state: str
    approval_id: int | None = None
    codes: tuple[str, ...] = ()
    may_reject: bool = True
    goodwill_fen: int = 0
