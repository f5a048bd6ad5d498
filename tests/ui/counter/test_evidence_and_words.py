"""Photos, own words, what cannot be had; who the customer is; the figures a visit rests on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from shop_day import picture

from counter_app.services import cases
from counter_app.ui.screens.counter.facts_dialog import FactsDialog
from counter_app.ui.screens.counter.intake_dialog import IntakeDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog


@pytest.fixture
def broken(hands, counter):
    """A visit with a fault: photos and the customer's own words are wanted."""
    hands.scan(counter.simple_sale().order_no)
    hands.answer("problem", "yes", "quality")
    return hands


def photo(hands):
    return next(item for item in hands.walk.evidence if item.kind.startswith("photo"))


def strip(hands):
    return hands.screen.question_panel.evidence.photos


def test_a_photo_from_a_file_is_kept_and_shown(broken, tmp_path, monkeypatch) -> None:
    path = tmp_path / "外观 1.png"
    path.write_bytes(picture())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_args: ([str(path)], "")))
    broken.press(Qt.Key.Key_F7)
    assert photo(broken).state == "taken"
    assert len(strip(broken)._pictures) == 1
    [kept] = broken.view.case.attachments
    assert (broken.session.desk.folder / kept.path).is_file()


def test_a_picture_is_pasted(broken) -> None:
    image = QImage()
    image.loadFromData(picture())
    QGuiApplication.clipboard().setImage(image)
    strip(broken).paste()
    assert photo(broken).state == "taken"


def test_a_picture_is_dropped(broken, tmp_path) -> None:
    path = tmp_path / "drop.png"
    path.write_bytes(picture())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip(broken).dropEvent(event)
    assert photo(broken).state == "taken"


def test_a_photo_from_the_phones_folder_arrives_by_itself(broken, qtbot) -> None:
    inbox = broken.session.desk.folder / "inbox"
    with qtbot.waitSignal(broken.session.changed):
        (inbox / "phone.png").write_bytes(picture())
    assert photo(broken).state == "taken"


def test_a_photo_that_arrives_without_a_visit_belongs_to_nobody(hands, counter, qtbot) -> None:
    inbox = hands.session.desk.folder / "inbox"
    with qtbot.waitSignal(strip(hands).received):
        (inbox / "phone.png").write_bytes(picture())
    assert hands.screen.view is None


def test_a_file_that_is_no_picture_says_so_and_the_visit_goes_on(broken, tmp_path) -> None:
    path = tmp_path / "note.png"
    path.write_bytes(b"not a picture")
    strip(broken)._take_path(path, "file")
    assert strip(broken)._error.text()
    assert photo(broken).state == "wanted"
    broken.answer("goods")
    assert broken.at == "B-Q6"


@pytest.mark.req("S4-19")
def test_what_cannot_be_had_is_waived_with_a_reason(broken) -> None:
    def because(dialog) -> None:
        dialog._edit.setFocus()
        broken.enter()
        assert dialog.isVisible(), "not without a reason"
        broken.type("packaging is gone")
        broken.enter()

    item = photo(broken)
    broken.in_dialog(ReasonDialog, because, lambda: broken.screen.question_panel.waive.emit(item))
    assert photo(broken).state == "waived" and photo(broken).reason == "packaging is gone"


@pytest.mark.req("S2-15")
def test_the_customers_own_words_stand_apart_from_the_summary(broken) -> None:
    def tell(dialog) -> None:
        dialog._words_edit.setPlainText("它漏水,弄湿了我的包!")
        dialog._summary.setPlainText("杯盖密封圈漏水")
        dialog._name.setText("李娜")
        dialog._wishes["exchange"].setChecked(True)
        dialog._day.setText("2026-11-18")
        dialog.accept_button.click()

    broken.in_dialog(IntakeDialog, tell, lambda: broken.press(Qt.Key.Key_F5))
    case = cases.case(broken.counter.clerk, broken.view.case.id)
    assert (case.words, case.summary) == ("它漏水,弄湿了我的包!", "杯盖密封圈漏水")
    assert case.wishes == ("exchange",)
    assert next(item for item in broken.walk.evidence if item.kind == "customer_words").state == "taken"


def test_a_day_that_is_none_is_refused_in_the_dialog(broken) -> None:
    def tell(dialog) -> None:
        dialog._day.setText("gestern")
        dialog.accept_button.click()
        assert dialog.isVisible() and "gestern" in dialog.banner.message()
        broken.press(Qt.Key.Key_Escape)

    broken.in_dialog(IntakeDialog, tell, lambda: broken.press(Qt.Key.Key_F5))


@pytest.mark.parametrize(
    "words",
    ["<b>fett</b> & <script>", "\u202egnol", "a" * 5_000, "𠮷 㛃 䶮"],
    ids=["markup", "rtl", "long", "rare"],
)
def test_odd_words_are_kept_or_refused_with_a_sentence_and_never_act_as_markup(broken, words) -> None:
    def tell(dialog) -> None:
        dialog._words_edit.setPlainText(words)
        dialog.accept_button.click()
        if dialog.isVisible():
            assert dialog.banner.message()
            dialog.reject()

    broken.in_dialog(IntakeDialog, tell, lambda: broken.press(Qt.Key.Key_F5))
    assert broken.screen.isVisible() and broken.screen.minimumSizeHint().width() <= 1270


def test_a_figure_is_changed_with_its_source_beside_it(broken) -> None:
    broken.answer("goods")

    def change(dialog) -> None:
        edit = next(iter(dialog._edits.values()))
        name = next(iter(dialog._edits))
        kind = next(fact.kind for fact in dialog._facts if fact.name == name)
        edit.setText({"money": "12.50", "count": "3", "day": "2026-11-02", "flag": "false"}.get(kind, "x"))
        dialog.accept_button.click()

    broken.in_dialog(FactsDialog, change, broken.screen.question_panel._figures.click)
    assert any(fact.manual for fact in broken.walk.facts)


def test_a_test_is_overruled_by_a_supervisor_with_a_reason(hands, counter) -> None:
    hands.scan(counter.simple_sale(channel="store").order_no)
    hands.answer("return")
    assert hands.at == "B-R1x"
    before = hands.walk.tests[-1]

    def overrule(dialog) -> None:
        dialog._who.setCurrentIndex(dialog._who.findData(3))
        dialog._pad.setFocus()
        hands.type("3456")
        hands.enter()
        assert dialog.isVisible() and dialog._note_field.error(), "not without a reason"
        dialog._note.setText("店长答应过七天内可退")
        dialog._pad.setFocus()
        hands.type("3456")
        hands.enter()

    hands.in_dialog(PinDialog, overrule, lambda: hands.screen.question_panel.overrule.emit(before.node))
    assert hands.at == "B-R2"
    test = next(test for test in hands.walk.tests if test.node == before.node)
    assert test.overridden and test.by == "赵主管" and test.reason == "店长答应过七天内可退"


def test_who_stands_at_the_counter_is_kept_with_the_visit(broken) -> None:
    broken.screen.sale_panel.customer.stand_buttons["proxy"].click()
    assert cases.case(broken.counter.clerk, broken.view.case.id).stands == "proxy"


def test_a_script_is_copied(broken) -> None:
    from counter_app.ui.widgets.action_button import IconButton

    panel = broken.screen.question_panel
    row = next(iter(panel._scripts.rows))
    row.findChild(IconButton).click()
    assert QGuiApplication.clipboard().text()
