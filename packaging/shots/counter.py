"""The counter in every state of a visit, and each of its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.sale_views import SaleView
from counter_app.services import cases, legal, photos, products, rules, sales, settling, staff, walks
from counter_app.services.cases import NewCase
from counter_app.ui.screens.counter.choice_dialog import FORMS, ChoiceDialog
from counter_app.ui.screens.counter.counter_screen import CounterScreen
from counter_app.ui.screens.counter.deduction_dialog import DeductionDialog
from counter_app.ui.screens.counter.facts_dialog import FactsDialog
from counter_app.ui.screens.counter.inspect_dialog import InspectDialog
from counter_app.ui.screens.counter.intake_dialog import IntakeDialog
from counter_app.ui.screens.counter.legal_dialog import LegalDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.counter.replacement_dialog import ReplacementDialog

if TYPE_CHECKING:
    from screenshots import Stage

_NUMBERS = count(1)
_GOODS = (
    ("CUP", "6901234567892", "真空保温杯 500ml · 墨绿", 12900),
    ("BRUSH", "6901234500417", "保温杯刷 两支装", 1990),
    ("BOX", "6901234577714", "玻璃便当盒 三件套", 12010),
)


def _articles(stage: Stage) -> list[int]:
    found = []
    for sku, barcode, name, price in _GOODS:
        known = products.list_products(stage.desk, barcode, limit=1)
        if known:
            found.append(known[0].id)
            continue
        kept = products.save_product(
            stage.desk, NewProduct(sku, name, price, barcode, category="OTHER", cost_fen=price // 2)
        ).value
        products.count_stock(stage.desk, kept.id, 6000)
        found.append(kept.id)
    return found


def _sale(stage: Stage, *, price_fen: int = 12900, cup: int = 2, channel: str = "remote") -> SaleView:
    """Two cups, a brush and a box, bought six days ago and paid by WeChat."""
    cup_id, brush_id, box_id = _articles(stage)
    today, number = stage.desk.today(), next(_NUMBERS)
    lines = (
        NewLine(
            _GOODS[0][2], cup * 1000, price_fen, product_id=cup_id, barcode=_GOODS[0][1], category="OTHER"
        ),
        NewLine(_GOODS[1][2], 1000, 1990, product_id=brush_id, barcode=_GOODS[1][1], category="OTHER"),
        NewLine(_GOODS[2][2], 1000, 12010, product_id=box_id, barcode=_GOODS[2][1], category="OTHER"),
    )
    total = cup * price_fen + 1990 + 12010
    return sales.record_sale(
        stage.desk,
        NewSale(
            purchased_on=today - timedelta(days=6),
            received_on=today - timedelta(days=4) if channel == "remote" else None,
            lines=lines,
            tenders=(NewTender("wechat", total - 800, f"WX{number:08d}"),),
            discount_fen=800,
            channel=channel,
            platform="taobao" if channel == "remote" else "",
            proof="order",
            order_no=f"TB2026{number:08d}",
            customer_name="张伟",
            phone="13800001234",
        ),
        f"shot-sale-{number}",
    ).value


def _counter(stage: Stage) -> CounterScreen:
    screen = stage.show("counter")
    assert isinstance(screen, CounterScreen)
    screen.new_case()
    return screen


def _at_desk(stage: Stage, code: str) -> None:
    person = next(entry for entry in staff.list_staff(stage.desk) if entry.code == code)
    assert stage.program.session is not None
    from counter_app.services import setup

    stage.program.session.sit(setup.signed_in(stage.desk, staff.staff_view(stage.desk, person.id)))


def _visit(stage: Stage, *answers: str, lines: int = 1, **sale: object) -> CounterScreen:
    """A visit of the clerk's with these answers given."""
    _at_desk(stage, "02")
    sold = _sale(stage, **sale)  # type: ignore[arg-type]
    desk = stage.program.session.desk if stage.program.session else stage.desk
    wanted = tuple((line.id, 1000) for line in sold.lines[:lines])
    new = NewCase(sale_id=sold.id, lines=wanted, words="杯盖漏水,弄湿了书包")
    case = cases.open_case(desk, new, f"shot-case-{next(_NUMBERS)}").value
    boss = next(entry.id for entry in staff.list_staff(desk) if entry.code == "05")
    for answer in answers:
        walk = walks.view(desk, case.id).walks[0]
        assert walk.node is not None
        option = next(one for one in walk.node.options if one.code == answer)
        by = (boss, "1111") if option.needs_role else None
        walks.answer(desk, walk.id, walk.node.id, answer, reason="与顾客商定" if by else "", by=by)
    screen = _counter(stage)
    screen.open_case(case.id)
    return screen


def nothing_yet(stage: Stage) -> QWidget:
    """Ready for the next customer."""
    _at_desk(stage, "02")
    _counter(stage)
    return stage.window


def sale(stage: Stage) -> QWidget:
    """A sale with three lines: choose what comes back."""
    _at_desk(stage, "02")
    sold = _sale(stage)
    _counter(stage).look_up(sold.order_no)
    return stage.window


def chosen(stage: Stage) -> QWidget:
    """Two lines ticked, two pieces of the first: the first question."""
    _at_desk(stage, "02")
    sold = _sale(stage)
    screen = _counter(stage)
    screen.look_up(sold.order_no)
    cards = screen.sale_panel._cards
    cards[0].setChecked(True)
    cards[0].set_quantity(2000)
    cards[2].setChecked(True)
    screen.question_panel.focus_question()
    return stage.window


def hits(stage: Stage) -> QWidget:
    """Several things answer to the name."""
    _at_desk(stage, "02")
    for _again in range(3):
        _sale(stage)
    _counter(stage).look_up("张伟")
    return stage.window


def nothing_found(stage: Stage) -> QWidget:
    """No sale answers to the number."""
    _at_desk(stage, "02")
    _counter(stage).look_up("6900000000001")
    return stage.window


def no_purchase(stage: Stage) -> QWidget:
    """A question without a purchase."""
    _at_desk(stage, "02")
    _counter(stage).sale_panel.without_sale.emit()
    return stage.window


def offer(stage: Stage) -> QWidget:
    """Six answers with their reasons, an amount asked for, photos wanted."""
    screen = _visit(stage, "problem", "yes", "quality", "goods")
    screen.acts.give_facts({"allowance": "30.00"})
    return stage.window


def evidence(stage: Stage) -> QWidget:
    """Photos taken, one piece waived."""
    screen = _visit(stage, "problem", "yes", "quality")
    _photograph(stage, screen, 2)
    return stage.window


def _photograph(stage: Stage, screen: CounterScreen, number: int) -> None:
    view = screen.view
    assert view is not None and stage.program.session is not None
    for at in range(number):
        node = next((item.node for item in view.walks[0].evidence if item.kind.startswith("photo")), "")
        stage.program.session.act(
            photos.take_photo, view.case.id, _picture(at), node=node, name=f"外观 {at + 1}.png"
        )


def _picture(at: int) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QColor, QImage, QPainter

    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(("#7fa99b", "#b8a284")[at % 2]))
    painter = QPainter(image)
    painter.fillRect(180, 120, 260, 260, QColor(("#5d8578", "#967f62")[at % 2]))
    painter.end()
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(store.data())


def facts(stage: Stage) -> QWidget:
    """The question waits for an amount."""
    screen = _visit(stage, "problem", "yes", "wrong", "keep", "yes")
    screen.question_panel.focus_question()
    return stage.window


def deduct(stage: Stage) -> QWidget:
    """A deduction was agreed: its amount is asked for at once."""
    _visit(stage, "return", "agree", "in_person", "unfit", "deduct").question_panel.focus_question()
    return stage.window


def return_without_purchase(stage: Stage) -> QWidget:
    """No purchase found, and the customer wants to return: record it, or say what the chart must know."""
    _at_desk(stage, "02")
    screen = _counter(stage)
    screen.finding.without_sale()
    walk_id = _first_answer(screen, "return")
    assert walk_id
    return stage.window


def _first_answer(screen: CounterScreen, answer: str) -> int | None:
    first = screen.first_question
    assert first is not None
    screen.question_panel.answered.emit(first.id, answer)
    walk = screen.walk()
    return walk.id if walk is not None else None


def approval(stage: Stage) -> QWidget:
    """The whole visit needs an approval: by PIN, or parked."""
    _visit(stage, "parcel", "lost", "refund")
    return stage.window


def over_limit(stage: Stage) -> QWidget:
    """A refund above the clerk's limit, asked of the approver."""
    _visit(stage, "return", "agree", "in_person", "fit", price_fen=45900)
    return stage.window


def withheld(stage: Stage) -> QWidget:
    """An answer that is not on offer was pressed."""
    screen = _visit(stage, "return", "agree", "in_person", "fit", price_fen=45900)
    for option in screen.walk().node.options:  # type: ignore[union-attr]
        if not option.offered:
            screen.answering.refuse(option)
    return stage.window


def waiting(stage: Stage) -> QWidget:
    """The case waits for a parcel."""
    _visit(stage, "return", "agree", "post")
    return stage.window


def ready(stage: Stage) -> QWidget:
    """All answered: F9 leads to the form."""
    _visit(stage, "return", "agree", "in_person", "fit")
    return stage.window


def several_walks(stage: Stage) -> QWidget:
    """Two groups of lines with answers of their own."""
    screen = _visit(stage, "return", "agree", "in_person", "fit", lines=2)
    screen.acts.split_walk()
    return stage.window


def refused(stage: Stage) -> QWidget:
    """A refusal, with what its notice still needs."""
    _visit(stage, "problem", "no", "refuse")
    return stage.window


def confirm(stage: Stage) -> QWidget:
    """The form as it will print, signed on the pad."""
    screen = _visit(stage, "return", "agree", "in_person", "fit")
    screen.post()
    stage.settle()
    _sign(screen)
    return stage.window


def _sign(screen: CounterScreen) -> None:
    area = screen.confirm_page.pad.area
    strokes = (
        ((60, 90), (110, 50), (150, 130), (190, 60)),
        ((215, 70), (260, 60), (240, 130), (300, 110), (340, 70)),
    )
    for stroke in strokes:
        QTest.mousePress(area, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*stroke[0]))
        for before, after in pairwise(stroke):
            for part in range(1, 7):
                QTest.mouseMove(
                    area,
                    QPoint(
                        before[0] + (after[0] - before[0]) * part // 6,
                        before[1] + (after[1] - before[1]) * part // 6,
                    ),
                )
        QTest.mouseRelease(
            area, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*stroke[-1])
        )


def confirm_unsigned(stage: Stage) -> QWidget:
    """The form, not signed yet."""
    screen = _visit(stage, "return", "agree", "in_person", "fit")
    screen.post()
    return stage.window


def done(stage: Stage) -> QWidget:
    """Posted: documents, what is still owed, slips."""
    screen = _visit(stage, "return", "agree", "in_person", "fit")
    screen.post()
    stage.settle()
    screen.confirm_page.pad.paper.setChecked(True)
    screen.post()
    return stage.window


def receipt(stage: Stage) -> QWidget:
    """The acceptance receipt of a case that waits."""
    screen = _visit(stage, "return", "agree", "post")
    screen.post()
    return stage.window


# --- dialogs -----------------------------------------------------------------------------------------


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog


def _form(kind: str) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        return _shown(ChoiceDialog(kind, _heading(kind), {}, lambda _choice: None, stage.window))

    return shot


def _heading(kind: str) -> str:
    from counter_app.services.case_words import words_or
    from counter_app.ui import format as shown

    titles = {
        "repair": "What is to be repaired",
        "loan": "Loan of an article",
        "promise": "Promise and agreed solution",
        "signature": "No signature",
        "collect_tender": "How the customer pays",
    }
    if kind in titles:
        return QCoreApplication.translate("Arranging", titles[kind])
    return shown.words(words_or(f"wanted.{kind}", kind))


def record_sale(stage: Stage) -> QWidget:
    """A purchase recorded by hand."""
    dialog = RecordSaleDialog(
        "6900000000001", stage.desk.today(), lambda _t: None, lambda _n, _r: None, stage.window
    )  # type: ignore[arg-type,return-value]
    dialog._rows[0].name.setText(_GOODS[0][2])
    dialog._rows[0].price.setText("129.00")
    return _shown(dialog)


def inspect(stage: Stage) -> QWidget:
    """What came back, looked at."""
    screen = _visit(stage, "problem", "yes", "quality")
    assert screen.view is not None
    line = screen.view.case.lines[0]
    return _shown(InspectDialog(line, rules.code_tables(stage.desk), lambda *_all: None, stage.window))


def told(stage: Stage) -> QWidget:
    """What the customer told."""
    screen = _visit(stage, "problem", "yes", "quality")
    assert screen.view is not None
    return _shown(IntakeDialog(screen.view.case, lambda _told: None, stage.window))


def pin(stage: Stage) -> QWidget:
    """The supervisor decides at the counter."""
    reasons = [_heading("refusal"), "¥199.00"]
    return _shown(
        PinDialog(
            staff.list_staff(stage.desk), _heading("signature"), reasons, lambda *_all: None, may_reject=True,
            parent=stage.window,
        )
    )  # fmt: skip


def replacement(stage: Stage) -> QWidget:
    """Which article goes out."""
    _articles(stage)
    dialog = ReplacementDialog(
        lambda text: products.list_products(stage.desk, text, limit=5), lambda _all: None, 1000, stage.window
    )
    dialog._search.setText("保温杯")
    return _shown(dialog)


def figures(stage: Stage) -> QWidget:
    """The facts a visit rests on."""
    screen = _visit(stage, "problem", "yes", "quality", "goods")
    walk = screen.walk()
    assert walk is not None
    return _shown(FactsDialog(walk.facts, lambda _written: None, stage.window))


def proof(stage: Stage) -> QWidget:
    """The proof of a transfer."""
    done(stage)
    owed = settling.owed(stage.desk)[0]
    return _shown(ProofDialog(owed, lambda *_all: None, stage.window))


def more(stage: Stage) -> QWidget:
    """What else can be arranged."""
    screen = _visit(stage, "return", "agree", "in_person", "fit")
    return _shown(MoreDialog(screen.acts._arrangements(), stage.window))


def deduction(stage: Stage) -> QWidget:
    """Less money back."""
    screen = _visit(stage, "return", "agree", "in_person", "fit")
    assert screen.view is not None
    return _shown(DeductionDialog(screen.view.case.lines, (), lambda _all: None, stage.window))


def legal_sum(stage: Stage) -> QWidget:
    """What the law makes payable, with its working; the manager grants it."""
    return _legal(stage, decider="王店长")


def legal_sum_of_a_clerk(stage: Stage) -> QWidget:
    """The same for unsafe food as a clerk sees it: the working, and who may grant it."""
    dialog = _legal(stage, decider="")
    dialog.claim.setCurrentIndex(1)
    return dialog


def _legal(stage: Stage, *, decider: str) -> LegalDialog:
    screen = _visit(stage, "return", "agree", "in_person", "fit")
    walk, desk = screen.walk(), screen.session.desk
    assert walk is not None
    dialog = LegalDialog(
        lambda claim, loss_fen: legal.legal_sum(desk, walk.id, claim, loss_fen),
        lambda _claim, _tender, _loss, _lower, _reason: None,
        lambda: None,
        stage.window,
        decider=decider,
        present={},
        tender="wechat",
    )
    dialog.show()
    return dialog


def reason(stage: Stage) -> QWidget:
    """Why something happens."""
    dialog = ReasonDialog(_heading("refusal"), "", "OK", stage.window)
    dialog.confirm()
    return _shown(dialog)


SHOTS = {
    "nothing-yet": nothing_yet,
    "sale": sale,
    "chosen": chosen,
    "hits": hits,
    "nothing-found": nothing_found,
    "no-purchase": no_purchase,
    "offer": offer,
    "evidence": evidence,
    "facts": facts,
    "deduct": deduct,
    "return-without-purchase": return_without_purchase,
    "approval": approval,
    "over-limit": over_limit,
    "withheld": withheld,
    "waiting": waiting,
    "ready": ready,
    "several-walks": several_walks,
    "refused": refused,
    "confirm": confirm,
    "confirm-unsigned": confirm_unsigned,
    "done": done,
    "receipt": receipt,
    "dialog-record-sale": record_sale,
    "dialog-inspect": inspect,
    "dialog-told": told,
    "dialog-pin": pin,
    "dialog-replacement": replacement,
    "dialog-figures": figures,
    "dialog-proof": proof,
    "dialog-more": more,
    "dialog-deduction": deduction,
    "dialog-legal": legal_sum,
    "dialog-legal-clerk": legal_sum_of_a_clerk,
    "dialog-reason": reason,
    **{f"dialog-{kind}": _form(kind) for kind in FORMS},
}
