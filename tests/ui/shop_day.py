"""A shop with a morning's work behind it, done through the services as the window does it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from counter_app.domain.approval_views import ApprovalView
from counter_app.domain.case_views import CaseView
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.proposal_views import Posted
from counter_app.domain.sale_views import SaleView
from counter_app.services import approvals, cases, forms, photos, posting, products, sales, shift, walks
from counter_app.services.cases import NewCase
from counter_app.services.desk import Desk

GOODS = (
    ("BW-500", "6901234567892", "真空保温杯 500ml 墨绿", 12900, 6200),
    ("BX-2", "6901234500417", "保温杯刷 两支装", 1990, 600),
    ("FH-3", "6901234577714", "玻璃便当盒 三件套", 12010, 5400),
    ("SH-15", "6901234500318", "电热水壶 1.5L", 15900, 8100),
    ("DF-4", "6901234500325", "电饭煲 4L 智能预约", 39900, 21000),
)
STROKES = [[(100, 80), (160, 40), (220, 120), (280, 60)], [(300, 100), (380, 50), (420, 140)]]
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
        NewLine(
            GOODS[at][2],
            (quantity if at == goods[0] else 1) * 1000,
            GOODS[at][3],
            sku=GOODS[at][0],
            category="SMALL",
        )
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


def answered(desk: Desk, case: CaseView, *answers: str) -> CaseView:
    """Give these answers to the case's first walk, one after the other."""
    for answer in answers:
        seen = walks.view(desk, case.id).walks[0]
        assert seen.node is not None
        walks.answer(desk, seen.id, seen.node.id, answer)
    return cases.case(desk, case.id)


def asked(desk: Desk, case: CaseView) -> ApprovalView:
    """A return nobody has a right to: the supervisor is asked, and the case waits for the answer."""
    answered(desk, case, "return")
    return approvals.request(desk, case.id, walk_id=case.walks[0].id, note="老顾客,希望照顾").value


def returned(desk: Desk, case: CaseView) -> Posted:
    """The whole way to a posted refund, signed on the pad. The one at the desk must be a supervisor."""
    answered(desk, case, "return", "goodwill", "agree", "in_person", "fit")
    photos.take_photo(desk, case.id, picture(), name="外观.png")
    form = forms.form_to_sign(desk, case.id)
    forms.sign(desk, case.id, form.content_hash, STROKES)
    return posting.post(desk, case.id, f"post-{case.id}", form.figures_hash).value


def picture(width: int = 320, height: int = 240) -> bytes:
    """A photo that is one: a PNG with some colour in it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#7fa99b"))
    for at in range(40):
        image.setPixelColor(at * 3, at * 2, QColor("#b8a284"))
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(store.data())


def morning(desk: Desk, count: int = 8) -> list[CaseView]:
    """Sales, visits, one refund posted, one question to the supervisor, a few answers and notes."""
    stock(desk)
    opened = [visit(desk, sell(desk, number, ((number % 5), (number + 1) % 5))) for number in range(count)]
    shift.open_shift(desk, 50_000)
    returned(desk, opened[0])
    returned(desk, opened[1])
    asked(desk, opened[2])
    asked(desk, opened[3])
    answered(desk, opened[4], "problem", "yes", "quality", "goods")
    cases.add_note(desk, opened[0].id, "顾客下午五点后方便接电话")
    cases.customer_told(desk, opened[0].id, "三天内退款到账")
    return [cases.case(desk, case.id) for case in opened]
