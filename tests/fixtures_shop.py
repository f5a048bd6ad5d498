"""A small shop on a real SQLite file, written row by row, for tests of the database and what stands on it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from counter_app.db import heads, ledger, search
from counter_app.db.connection import FILE_NAME, open_database
from counter_app.db.fields import canonical_json
from counter_app.db.models import (
    Approval,
    Case,
    CaseLine,
    CaseWords,
    Document,
    DocumentLine,
    Person,
    PolicyVersion,
    Posting,
    Product,
    Proof,
    Sale,
    SaleLine,
    SaleTender,
    Settlement,
    Shift,
    Shop,
    Staff,
    Walk,
)
from counter_app.db.numbers import next_number

DAY = date(2026, 3, 5)
AT = 1_772_690_000_000
SHOP_CODE = "01"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class SmallShop:
    """Writes rows as the services would, one thing of the shop per method."""

    db: SqliteDatabase
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        if not Shop.select().exists():
            with self.writing():
                self._set_up()
        self.clerk, self.boss = Staff.select().order_by(Staff.id)
        self.chart, self.rules = PolicyVersion.select().order_by(PolicyVersion.id)
        self.kettle = Product.get()

    def _set_up(self) -> None:
        Shop.create(id=1, code=SHOP_CODE, name="试验小店", salt="salt", opened_at=AT)
        self.staff("01", "陈店员", "CLERK")
        self.staff("02", "王主管", "SUPERVISOR")
        self.policy("chart:counter", "[chart]")
        self.policy("policy:shop", "[shop]")
        Product.create(sku="K-100", barcode="6901234567892", name="电热水壶", price_fen=12900, updated_at=AT)
        search.index_products(self.db, [1])

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.db.atomic("IMMEDIATE"):
            yield

    def request(self) -> str:
        return f"request-{os.getpid()}-{next(self.numbers)}"

    def number(self, prefix: str) -> str:
        with self.writing():
            return next_number(self.db, prefix, SHOP_CODE, DAY, AT)

    def staff(self, code: str, name: str, role: str) -> Staff:
        return Staff.create(code=code, name=name, role=role, pin_hash="-", created_at=AT)

    def policy(self, kind: str, content: str) -> PolicyVersion:
        return PolicyVersion.create(
            kind=kind, version=1, content=content, hash=sha256(content), at=AT, valid_from=DAY
        )

    def person(self, name: str = "单雄信", phone: str = "13800001234") -> Person:
        return Person.create(name=name, phone=phone, phone_hash=sha256("salt" + phone), created_at=AT)

    def sale(
        self,
        *,
        quantity_milli: int = 1000,
        paid_fen: int = 12900,
        freight_fen: int = 0,
        tenders: dict[str, int] | None = None,
        person: Person | None = None,
        order_no: str = "",
        **line: Any,
    ) -> SaleLine:
        """A sale of one line; returns the line."""
        total = paid_fen + freight_fen
        sale = Sale.create(
            source="hand",
            order_no=order_no or f"ORDER-{next(self.numbers)}",
            channel="store",
            proof="receipt",
            purchased_on=DAY,
            goods_fen=paid_fen,
            freight_fen=freight_fen,
            paid_fen=total,
            person=person,
            content_hash=sha256("sale"),
            request_id=self.request(),
            recorded_at=AT,
            business_date=DAY,
            recorded_by=self.clerk,
        )
        for tender, amount in (tenders or {"cash": total}).items():
            SaleTender.create(sale=sale, tender=tender, paid_fen=amount)
        return SaleLine.create(
            sale=sale,
            line_no=1,
            product=self.kettle,
            name=line.pop("name", "电热水壶"),
            quantity_milli=quantity_milli,
            unit_price_fen=paid_fen * 1000 // quantity_milli,
            list_fen=paid_fen,
            paid_fen=paid_fen,
            freight_fen=freight_fen,
            **line,
        )

    def case(self, line: SaleLine | None = None, person: Person | None = None, **fields: Any) -> Case:
        case = Case.create(
            number=self.number("SH"),
            state="asking",
            sale=line.sale if line else None,
            person=person,
            opened_at=AT,
            business_date=DAY,
            opened_by=self.clerk,
            owner=self.clerk,
            chart_version=self.chart,
            policy_version=self.rules,
            updated_at=AT,
            **fields,
        )
        CaseWords.create(case=case, words="不烧水了")
        return case

    def case_line(self, line: SaleLine, quantity_milli: int = 1000, **fields: Any) -> CaseLine:
        """A new case with one walk and one line."""
        case = self.case(line)
        walk = Walk.create(case=case, seq=1, chart_version=self.chart, updated_at=AT)
        return CaseLine.create(case=case, walk=walk, sale_line=line, quantity_milli=quantity_milli, **fields)

    def document(self, prefix: str, case: Case | None, reverses: Document | None = None) -> Document:
        number = self.number(prefix)
        posting = Posting.create(
            request_id=self.request(),
            kind="post",
            content_hash=sha256(number),
            case=case,
            result=number,
            at=AT,
            by=self.clerk,
        )
        content = canonical_json({"number": number})
        return Document.create(
            number=number,
            prefix=prefix,
            posting=posting,
            case=case,
            reverses=reverses,
            content=content,
            content_hash=sha256(content),
            business_date=DAY,
            posted_at=AT,
            posted_by=self.clerk,
        )

    def document_line(
        self,
        document: Document,
        line: CaseLine,
        direction: str,
        quantity_milli: int,
        amount_fen: int = 0,
        reverses_line: DocumentLine | None = None,
    ) -> DocumentLine:
        taken = DocumentLine.select().where(DocumentLine.document == document).count()
        return DocumentLine.create(
            document=document,
            line_no=taken + 1,
            case_line=line,
            sale_line=line.sale_line,
            direction=direction,
            quantity_milli=quantity_milli,
            amount_fen=amount_fen,
            reverses_line=reverses_line,
        )

    def settlement(
        self,
        document: Document,
        amount_fen: int,
        tender: str = "cash",
        *,
        override: Approval | None = None,
        direction: str = "out",
        purpose: str = "refund",
    ) -> Settlement:
        """What the document owes, with its row in the money ledger."""
        owed = Settlement.create(
            document=document,
            case=document.case,
            sale=document.case.sale,
            direction=direction,
            purpose=purpose,
            tender=tender,
            amount_fen=amount_fen,
            override=override,
            business_date=DAY,
            at=AT,
        )
        ledger.append_money(
            self.db,
            kind="owed" if direction == "out" else "receivable",
            tender=tender,
            amount_fen=-amount_fen if direction == "out" else amount_fen,
            at=AT,
            business_date=DAY,
            document_id=document.id,
            settlement_id=owed.id,
        )
        return owed

    def shift(self, **fields: Any) -> Shift:
        return Shift.create(business_date=DAY, opened_at=AT, opened_by=self.clerk, float_fen=50000, **fields)

    def proof(self, owed: Settlement, amount_fen: int, shift: Shift | None, tender: str = "cash") -> Proof:
        """Money really moved, with its row in the money ledger."""
        paid = Proof.create(
            settlement=owed,
            amount_fen=amount_fen,
            tender=tender,
            shift=shift,
            request_id=self.request(),
            at=AT,
            business_date=DAY,
            by=self.clerk,
        )
        ledger.append_money(
            self.db,
            kind="paid",
            tender=tender,
            amount_fen=-amount_fen,
            at=AT,
            business_date=DAY,
            settlement_id=owed.id,
            proof_id=paid.id,
            shift_id=shift.id if shift else None,
        )
        return paid

    def approval(self, case: Case, decision: str = "") -> Approval:
        figures = canonical_json({"amount": 100})
        return Approval.create(
            case=case,
            reasons=["tender"],
            figures={"amount": 100},
            figures_hash=sha256(figures),
            requested_by=self.clerk,
            requested_at=AT,
            business_date=DAY,
            decision=decision,
            decided_by=self.boss if decision else None,
        )

    def stock(self, line: CaseLine, kind: str, from_place: str, to_place: str, quantity_milli: int) -> None:
        ledger.append_stock(
            self.db,
            kind=kind,
            from_place=from_place,
            to_place=to_place,
            quantity_milli=quantity_milli,
            at=AT,
            business_date=DAY,
            product_id=self.kettle.id,
            sale_line_id=line.sale_line_id,
            case_line_id=line.id,
        )

    def refund(self, line: SaleLine, quantity_milli: int = 1000, amount_fen: int = 12900) -> Document:
        """A whole return, posted: goods in and accepted, money owed by cash. Returns the TK document."""
        with self.writing():
            back = self.case_line(
                line,
                quantity_milli,
                state="returned",
                received_milli=quantity_milli,
                accepted_milli=quantity_milli,
                condition="K2",
                disposition="V1",
            )
            receipt = self.document("TH", back.case)
            self.document_line(receipt, back, "in", quantity_milli)
            self.stock(back, "received", "OUT", "V0", quantity_milli)
            self.stock(back, "disposed", "V0", "V1", quantity_milli)
            refund = self.document("TK", back.case)
            self.document_line(refund, back, "none", quantity_milli, amount_fen)
            self.settlement(refund, amount_fen)
        return refund


def open_small_shop(folder: Path, like: Path | None = None) -> SmallShop:
    """A new database in `folder` with the shop's staff, rules and one product; or a copy of one `like` it."""
    if like is not None:
        folder.mkdir(parents=True)
        for name in (FILE_NAME, heads.FILE_NAME):
            shutil.copyfile(like / name, folder / name)
    return SmallShop(open_database(folder, create=True), folder)
