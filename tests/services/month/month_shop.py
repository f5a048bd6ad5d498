"""A month of a shop, done through the services as the window does it: returns, exchanges both ways, a refusal,
a price difference, a deposit, reversals, an approval, a reprint, and visits that reach into the next month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from hired import hire

from counter_app.db import connection
from counter_app.db.models import Document, PrintRecord
from counter_app.domain.case_views import CaseView
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.proposal_views import Posted
from counter_app.domain.sale_views import SaleView
from counter_app.services import (
    approvals,
    cases,
    forms,
    inspection,
    posting,
    products,
    proposal,
    reversal,
    sales,
    settling,
    setup,
    shift,
    staff,
    walks,
)
from counter_app.services.cases import NewCase
from counter_app.services.desk import Desk
from counter_app.services.inspection import Inspection
from counter_app.services.staff import NewStaff

GOODS = (
    ("BW-500", "真空保温杯 500ml 墨绿", 12900, 6200),
    ("FH-3", "玻璃便当盒 三件套", 8800, 3900),
    ("SH-15", "=电热水壶 1.5L", 15900, 8100),
    ("DF-4", "电饭煲 4L 智能预约", 39900, 21000),
)
PEOPLE = (
    ("单雄信", "13800001234"),
    ("李娜", "13900005678"),
    ("欧阳修远", "13700009012"),
    ("𠮷田䶮", "13600003456"),
)
SET_UP = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
BOSS, BOSS_PIN = 1, "2468"
SUPERVISOR, SUPERVISOR_PIN = 3, "8642"
STROKES = [[(10, 10), (60, 40), (90, 20)], [(100, 10), (140, 60)]]


class StandingClock:
    """A clock that moves when it is told to."""

    def __init__(self, moment: datetime = SET_UP) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def open_shop(folder: Path) -> MonthShop:
    """A shop on its first day, with a manager, a clerk and a supervisor."""
    clock = StandingClock()
    desk = setup.set_up_shop(
        connection.open_database(folder, create=True),
        folder,
        clock,
        setup.ShopSetup(
            name="样例小店",
            code="A1",
            manager_name="王经理",
            manager_pin=BOSS_PIN,
            province="上海",
            settings={"pin.memory_kib": 8, "pin.rounds": 1},
        ),
    )
    hire(desk, NewStaff("02", "李小店员", "clerk", "1357"))
    hire(desk, NewStaff("03", "赵主管", "supervisor", SUPERVISOR_PIN))
    return MonthShop(desk, clock)


def reopen(folder: Path) -> MonthShop:
    """The same shop another day: the first of December."""
    clock = StandingClock(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    return MonthShop(setup.open_desk(connection.open_database(folder), folder, clock), clock, count(1000))


@dataclass
class MonthShop:
    """The shop with its clerk at the counter; `clock` is moved by hand."""

    desk: Desk
    clock: Any
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.clerk = replace(self.desk, staff=staff.staff_view(self.desk, 2))
        self.boss = replace(self.desk, staff=staff.staff_view(self.desk, BOSS))
        self.supervisor = replace(self.desk, staff=staff.staff_view(self.desk, SUPERVISOR))

    def on(self, day: date, hour: int = 10) -> None:
        """It is that day now, `hour` o'clock in UTC: ten is the evening in Shanghai."""
        self.clock.moment = datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)

    def request(self) -> str:
        return f"request-{next(self.numbers)}"

    def shelf(self) -> None:
        for sku, name, price, cost in GOODS:
            kept = products.save_product(
                self.boss, NewProduct(sku, name, price, category="SMALL", cost_fen=cost)
            ).value
            products.count_stock(self.boss, kept.id, 30_000)

    def sell(self, at: int, bought: date, tender: str = "cash", quantity: int = 1, **more: Any) -> SaleView:
        sku, name, price, _ = GOODS[at]
        person, phone = PEOPLE[at % len(PEOPLE)]
        new = NewSale(
            purchased_on=bought,
            lines=(NewLine(name, quantity * 1000, price, sku=sku, category="SMALL"),),
            tenders=(NewTender(tender, price * quantity),),
            order_no=more.pop("order_no", f"TB{next(self.numbers):010d}"),
            channel="remote",
            received_on=bought,
            customer_name=person,
            phone=phone,
            **more,
        )
        return sales.record_sale(self.clerk, new, self.request()).value

    def visit(self, sale: SaleView, milli: int = 1000, summary: str = "") -> CaseView:
        new = NewCase(
            sale_id=sale.id, lines=((sale.lines[0].id, milli),), words="顾客原话 13800001234", summary=summary
        )
        return cases.open_case(self.clerk, new, self.request()).value

    def answer(self, case: CaseView, *codes: str) -> None:
        """Answer one question after the other; whoever has to decide does, with a PIN."""
        for code in codes:
            walk = walks.view(self.clerk, case.id).walks[0]
            assert walk.node is not None, (code, walk)
            # A supervisor answers what is a supervisor's; the clerk's own questions do not need the PIN.
            by = (BOSS, BOSS_PIN) if walk.node.role not in ("", "clerk") else None
            walks.answer(self.clerk, walk.id, walk.node.id, code, reason="按店规", by=by)

    def facts(self, case: CaseView, **written: Any) -> None:
        walks.set_facts(self.clerk, walks.view(self.clerk, case.id).walks[0].id, written)

    def choose(self, case: CaseView, **choices: Any) -> None:
        walks.choose(self.clerk, walks.view(self.clerk, case.id).walks[0].id, **choices)

    def post(self, case: CaseView, *, signed: bool = True) -> Posted:
        shown = proposal.propose(self.clerk, case.id)
        while any(
            need.state != "approve" and not need.node for walk in shown.walks for need in walk.approvals
        ):
            asked = approvals.request(self.clerk, case.id).value
            approvals.approve_now(self.clerk, asked.id, BOSS, BOSS_PIN, "同意")
            shown = proposal.propose(self.clerk, case.id)
        if signed and shown.needs_signature:
            form = forms.form_to_sign(self.clerk, case.id)
            forms.sign(self.clerk, case.id, form.content_hash, STROKES)
        return posting.post(self.clerk, case.id, self.request(), shown.figures_hash).value

    def pay(self, posted: Posted, reference: str = "") -> None:
        for owed in posted.owed:
            act = settling.pay if owed.direction == "out" else settling.receive
            act(self.boss, owed.id, owed.open_fen, owed.tender, reference, self.request())

    def reprint(self, posted: Posted) -> None:
        document = Document.get(Document.number == posted.documents[0].number)
        for again in (False, True):
            PrintRecord.create(
                document=document,
                case=posted.case_id,
                slip="return_form",
                paper="a5",
                language="zh",
                reprint=again,
                by=self.clerk.staff.id,
                at=self.clerk.instant(),
                business_date=self.clerk.today(),
            )

    def returned(self, at: int, bought: date, tender: str = "cash", **more: Any) -> Posted:
        """A return within seven days of a parcel, brought to the counter, posted."""
        case = self.visit(self.sell(at, bought, tender), **more)
        self.answer(case, "return", "agree", "in_person", "fit")
        node = walks.view(self.clerk, case.id).walks[0].node
        if node is not None and node.role == "approver":
            self.answer(case, "approve")
        return self.post(case)


def october_and_november(shop: MonthShop, between: Callable[[], None] = lambda: None) -> None:
    """Two months: what is left open in October is paid in November, and one refund stays unpaid."""
    shop.on(date(2026, 10, 1))
    shop.shelf()
    shop.on(date(2026, 10, 30))
    shift.open_shift(shop.boss, 200_000)
    october = shop.returned(0, date(2026, 10, 28), "wechat", summary="单雄信要求退货，电话 13800001234")
    shop.on(date(2026, 10, 31))
    between()
    shop.on(date(2026, 11, 2))
    shift.close_shift(shop.boss, 200_000)
    shift.open_shift(shop.boss, 200_000)
    shop.pay(october, "4200001234567890")
    shop.returned(1, date(2026, 10, 30))
    shop.on(date(2026, 11, 3), 18)  # two in the morning of the 4th, in the shop
    printed = shop.returned(2, date(2026, 11, 1), summary="=1+1 不喜欢")
    shop.reprint(printed)
    shop.on(date(2026, 11, 5))
    shop.returned(3, date(2026, 11, 4), "alipay")
    _refusal(shop)
    shop.on(date(2026, 11, 9))
    _exchange(shop, 0, 1, date(2026, 11, 8))
    _exchange(shop, 1, 2, date(2026, 11, 8))
    shop.on(date(2026, 11, 12))
    wrong = shop.returned(0, date(2026, 11, 11))
    shop.on(date(2026, 11, 13))
    reversal.reverse(
        shop.supervisor, wrong.documents[-1].number, "收错商品", shop.request(), by=(BOSS, BOSS_PIN)
    )
    shop.on(date(2026, 11, 16))
    _out_of_the_ordinary(shop)
    shift.close_shift(shop.boss, shift.cash_in_drawer(shop.boss) - 50, variance_reason="找零差 0.50")
    shop.on(date(2026, 11, 20))
    shop.visit(shop.sell(1, date(2026, 11, 19)), summary="等顾客回复")


def _out_of_the_ordinary(shop: MonthShop) -> None:
    """No receipt, no signature and another route, in one visit."""
    case = shop.visit(shop.sell(0, date(2026, 11, 14), "wechat", proof="none"))
    shop.answer(case, "return", "agree", "in_person")
    line = cases.case(shop.clerk, case.id).lines[0]
    inspection.record_inspection(
        shop.clerk,
        line.id,
        Inspection(received_milli=1000, accepted_milli=1000, condition="K2", disposition="V1"),
    )
    shop.answer(case, "fit")
    cases.set_plan(
        shop.clerk,
        case.id,
        refund_way="cash",
        refund_way_reason="微信已注销",
        signature_waived="右手受伤，不便签字",
    )
    shop.post(case, signed=False)


def _refusal(shop: MonthShop) -> None:
    case = shop.visit(shop.sell(0, date(2026, 3, 1)), summary="超过期限")
    shop.answer(case, "return", "refuse")
    shop.choose(case, refusal={"reason": "超过退货期限，商品无质量问题", "basis": "本店退货承诺"})
    shop.post(case, signed=False)


def _exchange(shop: MonthShop, at: int, other: int, bought: date) -> None:
    case = shop.visit(shop.sell(at, bought))
    shop.answer(case, "exchange", "fit", "different")
    product = next(one for one in products.list_products(shop.clerk) if one.sku == GOODS[other][0])
    shop.choose(
        case,
        replacement=[
            {
                "product_id": product.id,
                "name": product.name,
                "quantity_milli": 1000,
                "price_fen": product.price_fen,
            }
        ],
    )
    shop.answer(case, "handed_over")
    shop.post(case)
