"""A shop with a morning's work behind it, done through the services as the window does it."""

from __future__ import annotations

from datetime import date

from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.sale_views import SaleView
from counter_app.domain.views import CaseView
from counter_app.services import cases, products, sales, walks
from counter_app.services.cases import NewCase
from counter_app.services.desk import Desk

GOODS = (
    ("BW-500", "6901234567892", "真空保温杯 500ml 墨绿", 12900, 6200),
    ("BX-2", "6901234500417", "保温杯刷 两支装", 1990, 600),
    ("FH-3", "6901234577714", "玻璃便当盒 三件套", 12010, 5400),
    ("SH-15", "6901234500318", "电热水壶 1.5L", 15900, 8100),
    ("DF-4", "6901234500325", "电饭煲 4L 智能预约", 39900, 21000),
)
PEOPLE = (
    ("张伟", "13800001234"),
    ("李娜", "13900005678"),
    ("欧阳修远", "13700009012"),
    ("王芳", "13600003456"),
    ("赵䶮", "13500007890"),
)


def stock(desk: Desk) -> None:
    """Articles on the shelf, ten of each."""
    for sku, barcode, name, price, cost in GOODS:
        kept = products.save_product(
            desk, NewProduct(sku, name, price, barcode, category="SMALL", cost_fen=cost)
        ).value
        products.count_stock(desk, kept.id, 10_000)


def sell(desk: Desk, number: int, goods: tuple[int, ...] = (0, 1), quantity: int = 2) -> SaleView:
    """One purchase of known goods by one of the known people."""
    name, phone = PEOPLE[number % len(PEOPLE)]
    lines = tuple(
        NewLine(GOODS[at][2], (quantity if at == goods[0] else 1) * 1000, GOODS[at][3], sku=GOODS[at][0], category="SMALL")
        for at in goods
    )
    total = sum(line.unit_price_fen * line.quantity_milli // 1000 for line in lines)
    new = NewSale(
        purchased_on=date(2026, 11, 12 - number % 6),
        lines=lines,
        tenders=(NewTender("cash" if number % 2 else "wechat", total),),
        order_no=f"TB2026111{number:05d}",
        customer_name=name,
        phone=phone,
    )
    return sales.record_sale(desk, new, f"sale-{number}").value


def visit(desk: Desk, sale: SaleView, words: str = "打开就漏水", milli: int = 1000) -> CaseView:
    """A visit with one piece of the first line."""
    new = NewCase(
        sale_id=sale.id,
        lines=((sale.lines[0].id, milli),),
        words=words,
        summary=words,
    )
    return cases.open_case(desk, new, f"visit-{sale.id}").value


def morning(desk: Desk, count: int = 6) -> list[CaseView]:
    """Sales, visits, a few answers and notes."""
    stock(desk)
    opened = [visit(desk, sell(desk, number, ((number % 5), (number + 1) % 5))) for number in range(count)]
    for at, case in enumerate(opened):
        walk(desk, case, at % 4)
    cases.add_note(desk, opened[-1].id, "顾客下午五点后方便接电话")
    cases.customer_told(desk, opened[-1].id, "三天内给答复")
    return [cases.case(desk, case.id) for case in opened]


def walk(desk: Desk, case: CaseView, steps: int) -> None:
    """Answer the first offered option a few times."""
    for _ in range(steps):
        seen = walks.view(desk, case.id).walks[0]
        if seen.node is None or seen.facts_wanted:
            return
        option = next((one for one in seen.node.options if one.offered and not one.needs_role), None)
        if option is None:
            return
        walks.answer(desk, seen.id, seen.node.id, option.code, reason="顾客要求" if option.needs_reason else "")
