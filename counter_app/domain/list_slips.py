"""Lists and counts as the shop files them: register, refunds, approvals, goods taken in, stock count.

They are the shop's own papers, drawn up per day or per count. Money is int 分, quantities are thousandths of a
unit, days ISO text; customers stand masked.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.slips import Slip, WorkingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """One holding of a count: what the ledger expected, what lay there."""

    name: str
    model: str = ""
    serial: str = ""
    batch: str = ""
    case_number: str = ""
    expected_milli: int = 0
    counted_milli: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount(Slip):
    """盘点单: book, counted, difference; why, who counted and who answers for the differences."""

    place: str = ""
    begun: str = ""
    lines: tuple[CountedLine, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One case as the register lists it. `customer` and `phone` are masked."""

    number: str
    at: str = ""
    customer: str = ""
    phone: str = ""
    goods: str = ""
    problem: str = ""
    wishes: str = ""
    state: str = ""
    clerk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Slip):
    """售后登记表: every case of a day (S0-5)."""

    lines: tuple[RegisterLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidRefund:
    """Money that went out to a customer, with its proof."""

    document: str
    case_number: str = ""
    sale: str = ""
    customer: str = ""
    way: str = ""
    amount_fen: int = 0
    proof: str = ""
    clerk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDay(Slip):
    """退款日结表: what went out on a day by way of paying, what became owed, what stays owed."""

    lines: tuple[PaidRefund, ...] = ()
    paid: tuple[WorkingRow, ...] = ()
    granted: tuple[WorkingRow, ...] = ()
    still_owed: tuple[WorkingRow, ...] = ()
    amount_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedLine:
    """One question to somebody with the right to say yes."""

    case_number: str
    what: str = ""
    amount_fen: int = 0
    asked_by: str = ""
    decided_by: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalList(Slip):
    """折价审批清单: what was asked and decided on a day; `amount_fen` is the sum of what was granted."""

    lines: tuple[ApprovedLine, ...] = ()
    amount_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """Goods that came back on a document, where they went and in which condition."""

    document: str
    case_number: str = ""
    name: str = ""
    serial: str = ""
    quantity_milli: int = 1000
    condition: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingList(Slip):
    """退货入库清单: returned goods of a day and where they lie."""

    lines: tuple[ReceivedLine, ...] = ()
