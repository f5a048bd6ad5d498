"""Papers about the service itself: order, loan, confirmation, questionnaire, gifts, agreement, recall, card, analysis.

As all slips they hold what their reader may see; money is int 分, days are ISO text.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.slips import Check, GoodsLine, MoneyLine, Promise, SaleRef, Slip, WorkingRow

_UNSOLD = SaleRef()
"""No purchase is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOrder(Slip):
    """售后服务单 (维修工单): which goods, which fault, what was agreed, by when, for how much (S1-12, S1-20)."""

    sale: SaleRef = _UNSOLD
    lines: tuple[GoodsLine, ...] = ()
    problem: str = ""
    wishes: str = ""
    inspection: str = ""
    remedy: str = ""
    solution: str = ""
    parts: tuple[Check, ...] = ()
    working: tuple[WorkingRow, ...] = ()
    promises: tuple[Promise, ...] = ()
    owner: str = ""
    goods_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanSlip(Slip):
    """备用机借用单: what was lent, against which deposit, until when (S0-44). `agreed_fen` is an amount that was agreed
    on for it without money being taken."""

    what: str = ""
    serial: str = ""
    due: str = ""
    agreed_fen: int = 0
    deposit_fen: int = 0
    lines: tuple[GoodsLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultConfirmation(Slip):
    """结果确认单: what was asked, what was done, what is still promised; the customer says whether it is solved (S0-49)."""

    sale: SaleRef = _UNSOLD
    lines: tuple[GoodsLine, ...] = ()
    asked: str = ""
    done: tuple[str, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the questionnaire; without choices it is answered in words."""

    text: str
    choices: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySheet(Slip):
    """满意度回访问卷: the questions of the call-back, to be ticked (S0-50, S4-83)."""

    lines: tuple[GoodsLine, ...] = ()
    ways: tuple[Check, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenItem:
    """A coupon, a gift, or money given on top."""

    kind: str
    what: str = ""
    amount_fen: int = 0
    number: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftIssue(Slip):
    """礼券发放单: coupons and gifts handed to a customer."""

    items: tuple[GivenItem, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementForm(Slip):
    """和解/补偿确认书: what the shop gives on top and on what ground; it takes no right away."""

    sale: SaleRef = _UNSOLD
    lines: tuple[GoodsLine, ...] = ()
    problem: str = ""
    basis: str = ""
    items: tuple[GivenItem, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    amount_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRecord(Slip):
    """投诉登记表: what a customer complains of in own words, how grave it is, who answers by when; the outcome is
    filled in by hand (S3-15, S3-21, S3-22). `escalated`: no agreement was found, so it says where else to turn."""

    sale: SaleRef = _UNSOLD
    lines: tuple[GoodsLine, ...] = ()
    grade: str = ""
    channel: str = ""
    happened_on: str = ""
    own_words: str = ""
    summary: str = ""
    kinds: tuple[Check, ...] = ()
    cause: str = ""
    about: str = ""
    wishes: str = ""
    answer_by: str = ""
    owner: str = ""
    promises: tuple[Promise, ...] = ()
    escalated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallNotice(Slip):
    """召回通知: which goods, why, what to do, where to ask (S3-44)."""

    goods: str = ""
    batches: str = ""
    serials: str = ""
    sold: str = ""
    valid: str = ""
    reason: str = ""
    what_to_do: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCard(Slip):
    """留言条: who was here for what, what comes next, where to call (S4-95)."""

    lines: tuple[GoodsLine, ...] = ()
    about: str = ""
    steps: tuple[str, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisReport(Slip):
    """问题分析报告: cause, evidence, who is liable, what is proposed (S0-32). For the shop's own file:
    it names who is liable, so no copy of it is for a customer."""

    sale: SaleRef = _UNSOLD
    lines: tuple[GoodsLine, ...] = ()
    problem: str = ""
    cause: str = ""
    inspection: str = ""
    liable: str = ""
    proposal: str = ""
    evidence: tuple[Check, ...] = ()
