"""The tables, one file per aggregate."""

from __future__ import annotations

from counter_app.db.models.base import Row
from counter_app.db.models.bills import Bill, BillRow
from counter_app.db.models.cases import Approval, Case, CaseEvent, CaseLine, CaseWords, Task, Walk, WalkStep
from counter_app.db.models.claims import Claim, ClaimEvent
from counter_app.db.models.counts import CountLine, CountSession
from counter_app.db.models.documents import Document, DocumentLine, Number, Posting, PrintRecord
from counter_app.db.models.evidence import Attachment, EvidenceWaiver, Signature
from counter_app.db.models.gifts import GiftMove
from counter_app.db.models.goods_papers import GoodsLine, GoodsMove, GoodsPhoto, Scrap
from counter_app.db.models.money import (
    Compensation,
    Deposit,
    DepositMove,
    MoneyEntry,
    Proof,
    Settlement,
    Shift,
)
from counter_app.db.models.months import MonthLock, MonthRows, RedInvoice
from counter_app.db.models.people import Erasure, Person, Reveal
from counter_app.db.models.products import Product
from counter_app.db.models.recalls import Recall, RecallCall
from counter_app.db.models.sales import ImportBatch, ImportHold, Sale, SaleIdentity, SaleLine, SaleTender
from counter_app.db.models.seal import Seal
from counter_app.db.models.shop import PolicyVersion, Setting, Shop
from counter_app.db.models.staff import PhoneCode, Staff, StaffEvent
from counter_app.db.models.stock import StockEntry

__all__ = [
    "MODELS",
    "Approval",
    "Attachment",
    "Bill",
    "BillRow",
    "Case",
    "CaseEvent",
    "CaseLine",
    "CaseWords",
    "Claim",
    "ClaimEvent",
    "Compensation",
    "CountLine",
    "CountSession",
    "Deposit",
    "DepositMove",
    "Document",
    "DocumentLine",
    "Erasure",
    "EvidenceWaiver",
    "GiftMove",
    "GoodsLine",
    "GoodsMove",
    "GoodsPhoto",
    "ImportBatch",
    "ImportHold",
    "MoneyEntry",
    "MonthLock",
    "MonthRows",
    "Number",
    "Person",
    "PhoneCode",
    "PolicyVersion",
    "Posting",
    "PrintRecord",
    "Product",
    "Proof",
    "Recall",
    "RecallCall",
    "RedInvoice",
    "Reveal",
    "Row",
    "Sale",
    "SaleIdentity",
    "SaleLine",
    "SaleTender",
    "Seal",
    "Scrap",
    "Setting",
    "Settlement",
    "Shift",
    "Shop",
    "Signature",
    "Staff",
    "StaffEvent",
    "StockEntry",
    "Task",
    "Walk",
    "WalkStep",
]

MODELS: tuple[type[Row], ...] = (
    Staff,
    StaffEvent,
    PhoneCode,
    Shop,
    Setting,
    PolicyVersion,
    Person,
    Reveal,
    Product,
    ImportBatch,
    Erasure,
    Sale,
    SaleIdentity,
    SaleLine,
    SaleTender,
    ImportHold,
    Case,
    CaseWords,
    Walk,
    WalkStep,
    CaseLine,
    CaseEvent,
    Approval,
    Task,
    Number,
    Posting,
    Document,
    DocumentLine,
    PrintRecord,
    Shift,
    Settlement,
    Proof,
    Deposit,
    DepositMove,
    Compensation,
    MoneyEntry,
    StockEntry,
    Attachment,
    EvidenceWaiver,
    Signature,
    GoodsLine,
    GoodsMove,
    GoodsPhoto,
    Scrap,
    Claim,
    ClaimEvent,
    Recall,
    RecallCall,
    CountSession,
    CountLine,
    GiftMove,
    Bill,
    BillRow,
    Seal,
    MonthLock,
    MonthRows,
    RedInvoice,
)
