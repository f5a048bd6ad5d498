"""What a printed slip says. Content only: where it stands on the paper is the business of `documents/`.

Money is int 分, quantities are int thousandths of a unit, days are ISO text in the shop's zone.
**A slip is what the customer may read**, so nothing here can hold a cost, an internal note or a flag;
those live in `InternalPart`, which is drawn on the shop's own copies alone.
Customers appear masked: `Party` masks whatever it is given (conventions §5, requirement S0-10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.privacy import mask_name, mask_phone

_MASKED_PHONE = re.compile(r"(?:1\d{2})?\*{4}\d{0,4}")

Stroke = tuple[tuple[int, int], ...]


class Standing(StrEnum):
    """Who stands at the counter."""

    BUYER = "buyer"
    PROXY = "proxy"
    RECIPIENT = "recipient"


class Flow(StrEnum):
    """Which way the money goes; amounts are printed positive under their heading (conventions §2.1)."""

    REFUND = "refund"
    COLLECT = "collect"
    NONE = "none"


class MoneyState(StrEnum):
    """Owed is not paid: a refund stays owed until its proof is entered."""

    OWED = "owed"
    PAID = "paid"
    TO_COLLECT = "to_collect"


class InvoiceState(StrEnum):
    """State of the tax invoice of the sale (conventions §3)."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"
    BOOKED = "booked"
    AWAITING = "awaiting"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopHead:
    """The shop as it stands at the head of a slip. `footer` is the owner's own closing line, `terms` are the
    owner's own sentences under the declaration; neither may say what the law voids (`fair_terms`)."""

    name: str
    address: str = ""
    phone: str = ""
    seal: str = ""
    footer: str = ""
    keep_personal_months: int = 24
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The customer, masked on arrival: a full name or phone cannot be put on a slip."""

    name: str = ""
    phone: str = ""
    standing: Standing = Standing.BUYER

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", mask_name(self.name))
        if self.phone and not _MASKED_PHONE.fullmatch(self.phone):
            object.__setattr__(self, "phone", mask_phone(self.phone))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRef:
    """The purchase a case stands on, in words the customer knows."""

    number: str = ""
    bought_on: str = ""
    received_on: str = ""
    channel: str = ""
    tender: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A tick box: a part, gift or finding. `state` None means not looked at: the box stays empty."""

    label: str
    state: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsLine:
    """One line of goods. `price_fen` is per unit, `paid_fen` and `refund_fen` are for the whole line."""

    name: str
    model: str = ""
    barcode: str = ""
    serial: str = ""
    batch: str = ""
    quantity_milli: int = 1000
    unit: str = ""
    price_fen: int | None = None
    paid_fen: int | None = None
    refund_fen: int | None = None
    reason: str = ""
    rule: str = ""
    inspection: str = ""
    remedy: str = ""
    flaw: str = ""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingRow:
    """One step of how an amount came about. `amount_fen` None = words only."""

    label: str
    amount_fen: int | None = None
    note: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One tender of a refund or payment, positive in 分, with its proof once there is one."""

    way: str
    amount_fen: int
    state: MoneyState = MoneyState.OWED
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """The sale's tax invoice. The slip names it; it never replaces one."""

    state: InvoiceState = InvoiceState.NOT_ISSUED
    number: str = ""
    red_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """国补 of the purchase in 分. None of it is the customer's: what goes back goes to the state (conventions §3).

    `paid_fen` with the purchase; `earlier_fen` given back or gone along into an exchange by
    other papers; `moved_fen` goes along
    into the goods handed out now; `back_fen` is given back now, at the latest on `due` (ISO).
    """

    paid_fen: int
    earlier_fen: int = 0
    moved_fen: int = 0
    back_fen: int = 0
    due: str = ""

    @property
    def left_fen(self) -> int:
        """What stays with the goods that the customer keeps."""
        return max(self.paid_fen - self.earlier_fen - self.moved_fen - self.back_fen, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something promised by a day (ISO)."""

    what: str
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Names typed beside the signature lines; an empty name leaves the line to be written on."""

    clerk: str = ""
    reviewer: str = ""
    warehouse: str = ""
    cashier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The customer's signature: pen strokes on a pad of `width` × `height` units, or "on paper".

    `signed_at` is UTC milliseconds, `zone_minutes` the shop's offset at that moment. `bound_to` is the
    `slip_content.content_hash` of the form as it was signed; printing checks it.
    """

    strokes: tuple[Stroke, ...] = ()
    width: int = 600
    height: int = 200
    signed_at: int | None = None
    zone_minutes: int = 480
    on_paper: bool = False
    bound_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedNumber:
    """A document posted from the case, e.g. what "TK", number "TK01-20250305-0002"."""

    what: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalPart:
    """What only the shop may read. Never part of a slip, never drawn on a customer's copy."""

    costs: tuple[WorkingRow, ...] = ()
    notes: str = ""
    flags: tuple[str, ...] = ()
    liability: str = ""
    disposition: str = ""
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What every slip has. `number` is printed as barcode, `case_number` opens the case by QR.

    `on` is the business day (ISO), `at` the shop's clock ("14:32"). The signature and the numbers
    posted after it are not part of what was signed (`slip_content.content_hash`).
    """

    number: str
    case_number: str
    on: str
    at: str = ""
    shop: ShopHead
    customer: Party | None = None
    hands: Hands = Hands()
    note: str = ""
    signature: Signature | None = None
    posted: tuple[PostedNumber, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForm(Slip):
    """退换货单, 维修单 or 售后处理单: the form the customer reads, signs and gets a copy of.

    `goods_stay`: the customer keeps the goods listed (allowance, difference, re-send without return).
    `goods_left`: they are left with the shop to be repaired and stay the customer's.
    """

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    goods_stay: bool = False
    goods_left: bool = False
    issued: tuple[GoodsLine, ...] = ()
    parts: tuple[Check, ...] = ()
    inspection: str = ""
    reason: str = ""
    rule: str = ""
    remedy: str = ""
    working: tuple[WorkingRow, ...] = ()
    flow: Flow = Flow.REFUND
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    invoice: Invoice | None = None
    promises: tuple[Promise, ...] = ()
    subsidy: Subsidy | None = None

    @property
    def titled(self) -> str:
        """What the form is called by what it is, as a word of `title`: nothing is frozen of it.

        Goods that come back are a return or an exchange; goods only left to be repaired a repair sheet
        (reference-data §12); a visit to which nothing comes back (allowance, difference, re-send), or that is both,
        has the trade's general word.
        """
        if not self.goods_stay and not self.goods_left:
            return "return_form"
        one_remedy = len({line.remedy for line in self.lines}) == 1
        only_repair = self.goods_left and one_remedy and not self.issued and self.flow is not Flow.REFUND
        return "repair_form" if only_repair else "handling_form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Slip):
    """小票: the short slip of a posted visit, refund or collection. `goods_stay` as on the form."""

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    goods_stay: bool = False
    issued: tuple[GoodsLine, ...] = ()
    reason: str = ""
    rule: str = ""
    remedy: str = ""
    working: tuple[WorkingRow, ...] = ()
    flow: Flow = Flow.REFUND
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    invoice: Invoice | None = None
    promises: tuple[Promise, ...] = ()
    subsidy: Subsidy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAcknowledgement(Slip):
    """退款签收单: the payee's receipt, the proof accounting asks for (conventions §3)."""

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    reason: str = ""
    rule: str = ""
    inspection: str = ""
    working: tuple[WorkingRow, ...] = ()
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    invoice: Invoice | None = None
    subsidy: Subsidy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyReceipt(Slip):
    """收款收据: money we take (difference, paid repair) from the customer. Marked as no invoice."""

    purpose: str = ""
    rule: str = ""
    lines: tuple[GoodsLine, ...] = ()
    working: tuple[WorkingRow, ...] = ()
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    invoice: Invoice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceReceipt(Slip):
    """受理回执: what the shop holds, what happens next, where to ask, while the customer waits."""

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    goods_held: bool = True
    parts: tuple[Check, ...] = ()
    problem: str = ""
    inspection: str = ""
    steps: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositReceipt(Slip):
    """押金收据: a deposit for goods sent first or lent; returned against this slip."""

    purpose: str = ""
    lines: tuple[GoodsLine, ...] = ()
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    conditions: tuple[str, ...] = ()
    return_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundApplication(Slip):
    """退款申请单: asks finance to pay, due within 3 days (requirement S4-72)."""

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    inspection: str = ""
    reason: str = ""
    rule: str = ""
    evidence: tuple[Check, ...] = ()
    working: tuple[WorkingRow, ...] = ()
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    invoice: Invoice | None = None
    due: str = ""
    subsidy: Subsidy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceApplication(Slip):
    """折价申报单: an allowance above the clerk's limit, for review (requirement S4-31)."""

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    inspection: str = ""
    reason: str = ""
    rule: str = ""
    evidence: tuple[Check, ...] = ()
    working: tuple[WorkingRow, ...] = ()
    amount_fen: int = 0
    money: tuple[MoneyLine, ...] = ()
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalNotice(Slip):
    """售后处理告知单: why the shop refuses, on what basis, who decided, where else to turn."""

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    asked: str = ""
    inspection: str = ""
    reason: str = ""
    basis: str = ""
    evidence: tuple[Check, ...] = ()
    approver: str = ""
    goods_back: bool = True
    turn_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRecord(Slip):
    """客户问题记录表: what the customer told, for the shop's own file (requirement S2-9).

    `urgency` boxes nobody ticked stay empty for a pen.
    """

    sale: SaleRef = SaleRef()
    lines: tuple[GoodsLine, ...] = ()
    customer_class: str = ""
    channel: str = ""
    happened_on: str = ""
    about: str = ""
    problem_kind: str = ""
    own_words: str = ""
    summary: str = ""
    wishes: str = ""
    urgency: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsClaim(Slip):
    """退厂单 (`against` "supplier") or 快递追偿单 ("courier"): which goods, why, what the shop asks, by when."""

    against: str = "supplier"
    party: str = ""
    parcel: str = ""
    insured: bool = False
    lines: tuple[GoodsLine, ...] = ()
    reason: str = ""
    amount_fen: int = 0
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapRecord(Slip):
    """报废单: what was destroyed, why and how; who did it and who saw it sign. `photos` are the hashes of its
    pictures, in their order."""

    lines: tuple[GoodsLine, ...] = ()
    reason: str = ""
    way: str = ""
    witness: str = ""
    evidence: tuple[Check, ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftSheet(Slip):
    """交接班记录: the drawer of one shift, cash refunds apart from takings, what the next one finds (S0-7).

    For the shop's own file, without a customer; `heads` are length and beginning of the last hash of the ledgers.
    """

    opened: str = ""
    closed: str = ""
    takes_over: str = ""
    drawer: tuple[WorkingRow, ...] = ()
    pieces: tuple[WorkingRow, ...] = ()
    refunds: tuple[WorkingRow, ...] = ()
    takings: tuple[WorkingRow, ...] = ()
    other_ways: tuple[WorkingRow, ...] = ()
    documents: tuple[WorkingRow, ...] = ()
    open_items: tuple[WorkingRow, ...] = ()
    variance_reason: str = ""
    float_reason: str = ""
    heads: tuple[str, ...] = ()
    counted_fen: int = 0
