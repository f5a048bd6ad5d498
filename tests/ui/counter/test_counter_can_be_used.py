"""Every state of the counter and every dialog: named, reachable, whole on a cash register's screen, bilingual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QScrollArea, QWidget
from walk import nameless, unreachable

from counter_app.domain.new_sale import NewLine
from counter_app.services import products, rules, settling, staff
from counter_app.ui.screens.counter.choice_dialog import FORMS, ChoiceDialog
from counter_app.ui.screens.counter.deduction_dialog import DeductionDialog
from counter_app.ui.screens.counter.facts_dialog import FactsDialog
from counter_app.ui.screens.counter.inspect_dialog import InspectDialog
from counter_app.ui.screens.counter.intake_dialog import IntakeDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.counter.record_sale_dialog import RecordSaleDialog
from counter_app.ui.screens.counter.replacement_dialog import ReplacementDialog
from counter_app.ui.widgets.words import Elided

WIDTH, HEIGHT = 1366, 768
ROOM = WIDTH - 96


class Twice(QTranslator):
    """Says every sentence twice, as no language does."""

    def translate(self, context: str, source: str, note: str | None = None, n: int = -1) -> str:
        return f"{source} {source}"


def clipped(root: QWidget) -> list[str]:
    """Labels that have less room than their text needs; those that end in `…` by design are left out."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisibleTo(root) or not label.text() or isinstance(label, Elided):
            continue
        if label.wordWrap():
            short = label.heightForWidth(label.width()) > label.height() + 2
        else:
            short = label.sizeHint().width() > label.width() + 2
        if short:
            found.append(f"{label.text()[:60]!r} {label.size().toTuple()} of {label.sizeHint().toTuple()}")
    return found


def sideways(root: QWidget) -> list[str]:
    """Scroll areas whose content is wider than they are."""
    return [
        f"{type(area.parentWidget()).__name__} {area.widget().width()} in {area.viewport().width()}"
        for area in root.findChildren(QScrollArea)
        if area.isVisibleTo(root)
        and area.widget() is not None
        and area.widget().width() > area.viewport().width() + 1
    ]


@dataclass(frozen=True)
class State:
    """One state of the counter: how it comes about, with a clerk's hands."""

    name: str
    reach: Callable


def _visit(*answers: str, **sale) -> Callable:
    def reach(hands, counter) -> None:
        hands.scan(counter.simple_sale(**sale).order_no)
        if answers:
            hands.answer(*answers)

    return reach


def _long_names(hands, counter) -> None:
    name = "晨光真空保温杯 500ml · 墨绿 · 双层不锈钢 · 礼盒装"
    product = counter.product(name, 12900)
    lines = [
        NewLine(name, 2000, 12900, product_id=product, category="OTHER", barcode="6901234567892")
        for _ in range(3)
    ]
    sale = counter.sell(*lines, tenders={"wechat": 77400}, platform="淘宝")
    hands.scan(sale.order_no)
    hands.press(Qt.Key.Key_Space)


def _known(hands, counter) -> None:
    for _earlier in range(3):
        hands.scan(counter.simple_sale().order_no)
        hands.answer("return", "agree", "in_person", "fit")
        hands.sign_on_paper_and_post()
        hands.f(2)
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem")


def _form(hands, counter) -> None:
    _visit("return", "agree", "in_person", "fit")(hands, counter)
    hands.f(9)


def _done(hands, counter) -> None:
    _visit("return", "agree", "in_person", "fit", tender="wechat")(hands, counter)
    hands.sign_on_paper_and_post()


def _hits(hands, counter) -> None:
    for _again in range(3):
        counter.simple_sale()
    hands.screen.look_up("张三")


STATES = (
    State("nothing yet", lambda hands, counter: None),
    State("first question", _visit()),
    State("long names", _long_names),
    State("a customer who came before", _known),
    State("several hits", _hits),
    State("nothing found", lambda hands, counter: hands.scan("6900000000001")),
    State("without a purchase", lambda hands, counter: hands.screen.sale_panel.without_sale.emit()),
    State("evidence", _visit("problem", "yes", "quality")),
    State("offer", _visit("problem", "yes", "quality", "goods")),
    State("facts", _visit("problem", "yes", "wrong", "keep", "yes")),
    State("approval", _visit("parcel", "lost", "refund")),
    State("over the limit", _visit("return", "agree", "in_person", "fit", price_fen=79900)),
    State("waiting", _visit("return", "agree", "post")),
    State("ready", _visit("return", "agree", "in_person", "fit")),
    State("form", _form),
    State("done", _done),
)


@pytest.fixture
def at(hands, counter):
    def reach(state: State) -> QWidget:
        state.reach(hands, counter)
        QApplication.processEvents()
        return hands.screen

    return reach


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_control_has_a_name_and_can_be_reached(at, state) -> None:
    screen = at(state)
    assert nameless(screen) == []
    assert unreachable(screen) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_it_is_whole_at_a_cash_registers_size(at, dressed, state, language) -> None:
    dressed.switch(language)
    screen = at(state)
    QApplication.processEvents()
    assert (screen.width(), screen.window().width()) <= (ROOM + 10, WIDTH), "the window did not grow"
    assert screen.minimumSizeHint().width() <= ROOM
    assert clipped(screen) == []
    assert sideways(screen) == []
    dressed.switch("en")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_sentences_twice_as_long_do_not_break_it(at, qapp, state) -> None:
    screen = at(state)
    twice = Twice()
    qapp.installTranslator(twice)
    try:
        for _round in range(4):
            QApplication.processEvents()
        assert screen.minimumSizeHint().width() <= ROOM, screen.minimumSizeHint()
        assert screen.window().width() <= WIDTH
        assert sideways(screen) == []
    finally:
        qapp.removeTranslator(twice)


def test_the_tab_key_goes_round_from_left_to_right_and_shows_where_it_is(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    screen = hands.screen
    hands.press(Qt.Key.Key_F3)
    seen: list[QWidget] = []
    for _step in range(80):
        here = QApplication.focusWidget()
        if here in seen:
            break
        seen.append(here)
        hands.press(Qt.Key.Key_Tab)
    inside = [widget for widget in seen if screen.isAncestorOf(widget)]
    panels = [screen.sale_panel, screen.question_panel, screen.proposal_panel]
    places = [
        next((at for at, panel in enumerate(panels) if panel.isAncestorOf(widget)), -1) for widget in inside
    ]
    assert set(places) >= {0, 1}, "sale and question are both on the way"
    turns = [place for at, place in enumerate(places) if at == 0 or place != places[at - 1]]
    assert turns == sorted(turns), "the eye reads from left to right"
    assert hands.screen.question_panel._answers._cards[0] in seen


def test_focus_is_somewhere_after_every_step_of_a_visit(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    for code in ("return", "agree", "in_person", "fit"):
        assert hands.screen.question_panel.isAncestorOf(QApplication.focusWidget())
        hands.answer(code)
    assert QApplication.focusWidget() is hands.screen.proposal_panel._go, "all is answered: F9 is next"
    hands.f(9)
    assert hands.screen.confirm_page.isAncestorOf(QApplication.focusWidget())


# --- dialogs -----------------------------------------------------------------------------------------


def _dialogs() -> dict[str, Callable]:
    def view(hands, counter, *answers):
        _visit(*answers)(hands, counter)
        return hands.view

    def inspect(hands, counter):
        return InspectDialog(
            view(hands, counter, "problem").case.lines[0], rules.code_tables(counter.clerk), print
        )

    def told(hands, counter):
        return IntakeDialog(view(hands, counter, "problem").case, print)

    def figures(hands, counter):
        view(hands, counter, "problem", "yes", "quality", "goods")
        return FactsDialog(hands.walk.facts, print)

    def deduction(hands, counter):
        return DeductionDialog(view(hands, counter, "return").case.lines, (), print)

    def proof(hands, counter):
        _done(hands, counter)
        return ProofDialog(settling.owed(counter.clerk)[0], print)

    def more(hands, counter):
        _visit("return", "agree", "in_person", "fit")(hands, counter)
        return MoreDialog(hands.screen.acts._arrangements())

    def pin(hands, counter):
        return PinDialog(
            staff.list_staff(counter.clerk),
            "Approval",
            ["Refund of ¥199.00 above the limit"],
            print,
            may_reject=True,
        )

    def replacement(hands, counter):
        counter.product("保温杯", 9900)
        dialog = ReplacementDialog(
            lambda text: products.list_products(counter.clerk, text, limit=5), print, 1000
        )
        dialog._search.setText("保温杯")
        return dialog

    def record(hands, counter):
        return RecordSaleDialog(
            "69000", counter.desk.today(), lambda _text: None, lambda _new, _request: None
        )

    def form(kind: str) -> Callable:
        return lambda hands, counter: ChoiceDialog(kind, "What is given", {}, print)

    return {
        "inspect": inspect,
        "told": told,
        "figures": figures,
        "deduction": deduction,
        "proof": proof,
        "more": more,
        "pin": pin,
        "replacement": replacement,
        "record sale": record,
        "reason": lambda hands, counter: ReasonDialog("Why", "It is kept with the case", "Keep"),
        **{kind: form(kind) for kind in FORMS},
    }


DIALOGS = _dialogs()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", list(DIALOGS))
def test_every_dialog_is_named_reachable_and_fits(hands, counter, qtbot, dressed, name, language) -> None:
    dressed.switch(language)
    dialog = DIALOGS[name](hands, counter)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    QApplication.processEvents()
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    assert clipped(dialog) == []
    assert dialog.height() <= HEIGHT - 30 and dialog.width() <= WIDTH, dialog.size()
    assert dialog.focusWidget() is not None
    dressed.switch("en")


@pytest.mark.parametrize("name", list(DIALOGS))
def test_every_dialog_closes_with_escape_and_keeps_nothing(hands, counter, qtbot, name) -> None:
    dialog = DIALOGS[name](hands, counter)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog.result()


def test_scroll_bars_of_the_columns_take_no_focus(hands, counter) -> None:
    hands.scan(counter.simple_sale().order_no)
    areas = [
        area
        for area in hands.screen.findChildren(QAbstractScrollArea)
        if isinstance(area, QScrollArea) and area.isVisibleTo(hands.screen)
    ]
    assert areas and all(not area.focusPolicy() & Qt.FocusPolicy.TabFocus for area in areas)
