"""The tables, one file per aggregate."""

from __future__ import annotations

from counter_app.db.models.base import Row
from counter_app.db.models.cases import Approval, Case, CaseEvent, CaseLine, CaseWords, Task, Walk, WalkStep
from counter_app.db.models.documents import Document, DocumentLine, Number, Posting, PrintRecord
from counter_app.db.models.evidence import Attachment, EvidenceWaiver, Signature
from counter_app.db.models.money import (
    Compensation,
    Deposit,
    DepositMove,
    MoneyEntry,
    Proof,
    Settlement,
    Shift,
)
from counter_app.db.models.people import Person, Reveal
from counter_app.db.models.products import Product
from counter_app.db.models.sales import ImportBatch, ImportHold, Sale, SaleIdentity, SaleLine, SaleTender
from counter_app.db.models.shop import PolicyVersion, Setting, Shop
from counter_app.db.models.staff import Staff, StaffEvent
from counter_app.db.models.stock import StockEntry

MODELS: tuple[type[Row], ...] = (
    Staff,
    StaffEvent,
    Shop,
    Setting,
    PolicyVersion,
    Person,
    Reveal,
    Product,
    ImportBatch,
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
)

__all__ = [
    "Approval",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseLine",
    "CaseWords",
    "Compensation",
    "Deposit",
    "DepositMove",
    "Document",
    "DocumentLine",
    "EvidenceWaiver",
    "ImportBatch",
    "ImportHold",
    "MODELS",
    "MoneyEntry",
    "Number",
    "Person",
    "PolicyVersion",
    "Posting",
    "PrintRecord",
    "Product",
    "Proof",
    "Reveal",
    "Row",
    "Sale",
    "SaleIdentity",
    "SaleLine",
    "SaleTender",
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
