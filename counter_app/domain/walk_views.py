"""One walk through the chart as the counter shows it: the question, its answers, facts, tests, words, evidence.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.paper_views import AttachmentView
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import DueView, NoticeView


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
    """A fact that the current step needs (or, not `needed`, may take) and nobody has given yet. `kind`: money, day, count, flag, text; `choices`:
    the only texts it may have, with their words."""

    name: str
    label: Words
    kind: str
    default: str = ""
    choices: tuple[tuple[str, Words], ...] = ()
    needed: bool = True


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
class DeductionView:
    """What an answer has taken off one line. `amount_fen` None = agreed, but the amount was not entered yet; 0 = agreed
    that nothing is taken. `charged`: the goods are exchanged, so the customer pays it as a charge for the loss."""

    case_line_id: int
    name: str
    kind: str
    reason: Words
    amount_fen: int | None = None
    charged: bool = False


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
    deductions: tuple[DeductionView, ...] = ()
