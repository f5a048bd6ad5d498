"""The counter with a customer in front of it, from the scan to the printed slip; and what comes of visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.sale_views import SaleView
from counter_app.services import approvals, cases, forms, phone_codes, posting, sales, staff, walks
from counter_app.services.cases import CaseFilter, NewCase
from counter_app.services.desk import Desk
from counter_app.ui import format as shown
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.counter.counter_screen import CounterScreen
from counter_app.ui.screens.counter.pin_dialog import PHONE, ByPhone, PinDialog
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.export_dialog import ExportDialog
from counter_app.ui.screens.months.month_dialog import MonthDialog
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.widgets.signature_pad import SignaturePad

if TYPE_CHECKING:
    from screenshots import Stage

KETTLE = NewLine("晨光电热水壶 1.7L", 2000, 8900, sku="KX-1002", barcode="2000000010021", category="SMALL")
FRYER = NewLine("山岚空气炸锅 5L", 1000, 36900, sku="KX-1003", barcode="2000000010038", category="SMALL")
STROKES = [
    [(60, 130), (120, 60), (170, 150), (230, 70), (260, 150)],
    [(290, 90), (340, 150), (400, 60), (430, 140)],
    [(300, 120), (470, 110)],
]
PLAIN_RETURN = ("return", "agree", "in_person", "fit")
VISITS = (
    ("张伟", "13800001234", "wechat", "return agree in_person fit @post"),
    ("李娜", "13900005678", "cash", "return agree in_person fit @post"),
    ("欧阳修远", "13700009012", "wechat", "problem yes quality goods return @ask"),
    ("王芳", "13600003456", "cash", "return agree post"),
    ("赵䶮", "13500007890", "wechat", "problem yes quality"),
    ("陈静", "13400002468", "alipay", "parcel late"),
)
_NUMBERS = count(1)
_MORNINGS: set[Path] = set()


def clerk_desk(desk: Desk) -> Desk:
    """The same desk with the clerk at it."""
    return replace(desk, staff=staff.staff_view(desk, 2))


def _sold(
    stage: Stage, order: str, name: str, phone: str, *lines: NewLine, tender: str = "wechat"
) -> SaleView:
    """A purchase sent by post and signed for three days ago. Asked for again, it is the same one."""
    bought = stage.desk.today() - timedelta(days=4)
    paid = sum(line.unit_price_fen * line.quantity_milli // 1000 for line in lines)
    new = NewSale(
        purchased_on=bought,
        received_on=bought + timedelta(days=1),
        lines=lines,
        tenders=(NewTender(tender, paid),),
        order_no=order,
        channel="remote",
        customer_name=name,
        phone=phone,
    )
    return sales.record_sale(stage.desk, new, f"picture-{order}").value


def _counter(stage: Stage) -> CounterScreen:
    screen = stage.show("counter")
    assert isinstance(screen, CounterScreen)
    screen.new_case()
    stage.settle()
    return screen


def _begun(stage: Stage) -> CounterScreen:
    """A scan has found a purchase; one piece of its first line is ticked."""
    number = next(_NUMBERS)
    _sold(stage, f"A2611190{number:03d}", "张伟", "13800001234", KETTLE, FRYER)
    screen = _counter(stage)
    screen.look_up(f"A2611190{number:03d}")
    stage.settle()
    QTest.keyClick(screen.sale_panel._cards[0], Qt.Key.Key_Space)
    stage.settle()
    return screen


def _answer(stage: Stage, screen: CounterScreen, *codes: str) -> None:
    for code in codes:
        screen.question_panel._answer(code)
        stage.settle()


def lines(stage: Stage) -> QWidget:
    """A purchase with its lines and rights, and the first question."""
    _begun(stage)
    return stage.window


def several(stage: Stage) -> QWidget:
    """A name that several purchases have."""
    screen = _counter(stage)
    screen.look_up("郭")
    stage.settle()
    return stage.window


def nothing(stage: Stage) -> QWidget:
    """A number nobody knows."""
    screen = _counter(stage)
    screen.look_up("B0000000")
    stage.settle()
    return stage.window


def record(stage: Stage) -> QWidget:
    """No purchase was found: it is recorded with what the customer shows."""
    dialog = RecordSaleDialog(
        "A20261100", stage.desk.today(), lambda _text: None, _nobody_records, stage.window
    )
    dialog.show()
    return dialog


def _nobody_records(new: NewSale, request: str) -> SaleView:
    raise UserError("ui.no_visit")


def question(stage: Stage) -> QWidget:
    """In the middle of a walk: the cause of a fault, with what to say and what to photograph."""
    screen = _begun(stage)
    _answer(stage, screen, "problem", "yes", "quality")
    return stage.window


def offer(stage: Stage) -> QWidget:
    """Rights first, then what costs least, with figures."""
    screen = _begun(stage)
    _answer(stage, screen, "problem", "yes", "quality", "goods")
    walk = screen.walk()
    assert walk is not None
    screen.take_view(stage.window.session.act(walks.set_facts, walk.id, {"allowance": "20.00"}))
    stage.settle()
    return stage.window


def proposal(stage: Stage) -> QWidget:
    """The end of a plain return: what will happen, why, and F9."""
    screen = _begun(stage)
    _answer(stage, screen, *PLAIN_RETURN)
    return stage.window


def waiting(stage: Stage) -> QWidget:
    """The goods come later: the visit is parked."""
    screen = _begun(stage)
    _answer(stage, screen, "return", "agree", "post")
    return stage.window


def sign(stage: Stage) -> QWidget:
    """The form as it will print, signed on the pad."""
    screen = _begun(stage)
    _answer(stage, screen, *PLAIN_RETURN)
    screen.post()
    stage.settle()
    _write(screen.confirm_page.pad)
    stage.settle()
    return stage.window


def done(stage: Stage) -> QWidget:
    """Posted: what was done, what is still owed, the slips."""
    sign(stage)
    screen = stage.show("counter")
    screen.post()
    stage.settle()
    return stage.window


def _write(pad: SignaturePad) -> None:
    """A hand with a mouse."""
    area = pad.area
    for stroke in STROKES:
        points = [QPoint(x * area.width() // 520, y * area.height() // 190) for x, y in stroke]
        QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=points[0])
        for before, after in pairwise(points):
            for part in range(1, 9):
                QTest.mouseMove(area, before + (after - before) * part / 8)
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=points[-1])


def _morning(stage: Stage) -> None:
    """Visits of some customers, once per shop: posted, owed, asked of the supervisor, waiting."""
    if stage.folder in _MORNINGS:
        return
    _MORNINGS.add(stage.folder)
    desk = clerk_desk(stage.desk)
    for at, (name, phone, tender, answers) in enumerate(VISITS):
        sale = _sold(stage, f"A2611180{at:03d}", name, phone, KETTLE, FRYER, tender=tender)
        wanted = ((sale.lines[1 if "@ask" in answers else 0].id, 1000),)
        case = cases.open_case(
            desk, NewCase(sale_id=sale.id, lines=wanted, words="打开就漏水", summary="漏水"), f"m{at}"
        ).value
        for code in answers.split():
            if code == "@post":
                form = forms.form_to_sign(desk, case.id)
                forms.sign(
                    desk,
                    case.id,
                    form.content_hash,
                    [[(x * 2, y * 2) for x, y in one] for one in STROKES],
                    pad=(1040, 380),
                )
                posting.post(desk, case.id, f"p{at}", form.figures_hash)
            elif code == "@ask":
                approvals.request(desk, case.id, walk_id=case.walks[0].id, note="老顾客,希望照顾")
            else:
                walk = walks.view(desk, case.id).walks[0]
                assert walk.node is not None
                walks.answer(desk, walk.id, walk.node.id, code)
        if at == 0:
            cases.add_note(desk, case.id, "顾客下午五点后方便接电话")
            cases.customer_told(desk, case.id, "退款三天内到账")
    stage.window.session.changed.emit(frozenset({"case", "money", "task", "sale"}))


def case_list(stage: Stage) -> QWidget:
    """The list of cases with one of them whole."""
    _morning(stage)
    screen = stage.show("cases")
    assert isinstance(screen, CasesScreen)
    rows = cases.list_cases(stage.desk, CaseFilter(), limit=500)
    screen.show_subject(next(row.id for row in reversed(rows) if cases.case(stage.desk, row.id).documents))
    stage.settle()
    return stage.window


def cases_searched(stage: Stage) -> QWidget:
    """What was typed is marked in the rows that hold it."""
    _morning(stage)
    screen = stage.show("cases")
    assert isinstance(screen, CasesScreen)
    screen.list.search.search_again("dianreshuihu sh01")
    screen.list.search.remember()
    stage.settle()
    return stage.window


def to_do(stage: Stage) -> QWidget:
    """What waits to be done."""
    _morning(stage)
    stage.show("todo")
    return stage.window


def approve_by_phone(stage: Stage) -> QWidget:
    """What the clerk says into the phone before a code is read out."""
    _morning(stage)
    desk = clerk_desk(stage.desk)
    phone_codes.make_sheet(stage.desk, "1234")
    one = next(asked for asked in approvals.pending(desk) if asked.walk_id is not None)
    dialog = PinDialog(
        [person for person in staff.list_staff(desk) if person.owner],
        shown.words(one.node_title),
        [shown.words(reason) for reason in one.reasons],
        lambda *_all: None,
        by_phone=ByPhone(
            phone_codes.holders(desk),
            lambda who: phone_codes.challenge(desk, who, [one.id]),
            lambda *_all: None,
        ),
        parent=stage.window,
    )
    dialog.choose_way(PHONE)
    dialog.show()
    return dialog


def overrides_page(stage: Stage) -> QWidget:
    """What went another way: a question answered by a code over the phone."""
    _morning(stage)
    desk = clerk_desk(stage.desk)
    sale = _sold(stage, "A2611189000", "钱多多", "13300001357", FRYER)
    case = cases.open_case(
        desk, NewCase(sale_id=sale.id, lines=((sale.lines[0].id, 1000),), words="不合适"), "away"
    ).value
    if not case.approvals:
        for code in PLAIN_RETURN:
            walk = walks.view(desk, case.id).walks[0]
            assert walk.node is not None
            walks.answer(desk, walk.id, walk.node.id, code)
        one = approvals.request(desk, case.id, walk_id=case.walks[0].id, note="店长不在").value
        sheet = phone_codes.make_sheet(stage.desk, "1234").value
        told = phone_codes.ReadOut(1, sheet.codes[0])
        approvals.decide(desk, [one.id], one.figures["answers"][0], told, "电话同意")
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("overrides")
    return stage.window


def export(stage: Stage) -> QWidget:
    """A month to Excel."""
    stage.show("cases")
    dialog = ExportDialog(stage.window.session, stage.window)
    dialog.show()
    return dialog


def month_end(stage: Stage) -> QWidget:
    """What a month lacks before it is closed."""
    stage.show("cases")
    dialog = MonthDialog(stage.window.session, stage.window)
    dialog.show()
    return dialog


def month_red(stage: Stage) -> QWidget:
    """Invoices that wait to be corrected."""
    stage.show("cases")
    dialog = MonthDialog(stage.window.session, stage.window)
    dialog.show_page("red")
    dialog.show()
    return dialog


def month_folder(stage: Stage) -> QWidget:
    """The folder that archives go to by themselves."""
    stage.show("cases")
    dialog = MonthDialog(stage.window.session, stage.window)
    dialog.show_page("folder")
    dialog.show()
    return dialog


SHOTS = {
    "cases_searched": cases_searched,
    "approve-by-phone": approve_by_phone,
    "overrides": overrides_page,
    "month_end": month_end,
    "month_red": month_red,
    "month_folder": month_folder,
    "lines": lines,
    "several": several,
    "nothing": nothing,
    "record": record,
    "question": question,
    "offer": offer,
    "proposal": proposal,
    "waiting": waiting,
    "sign": sign,
    "done": done,
    "case-list": case_list,
    "to-do": to_do,
    "export": export,
}
