"""The cases screen on a shop with a morning's work behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hired import hire
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shop_day import answered, asked, returned, sell, stock, visit

from counter_app.domain.errors import UserError
from counter_app.services import cases, intake, shift, staff
from counter_app.ui.screens.cases.case_list import CaseList
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.cases.photo_dialog import PhotoDialog
from counter_app.ui.screens.cases.recording_dialog import RecordingDialog
from counter_app.ui.screens.cases.reverse_dialog import ReverseDialog
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.cases.told_dialog import ToldDialog
from counter_app.ui.screens.cases.way_card import ChartDialog, drawn_nodes
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.widgets.words import Words


@pytest.fixture
def shop(desk):
    """Articles and an open drawer."""
    stock(desk)
    shift.open_shift(desk, 50_000)
    return desk


@pytest.fixture
def screen(qtbot, session, shop) -> CasesScreen:
    made = CasesScreen(session)
    qtbot.addWidget(made)
    made.resize(1270, 712)
    return made


def numbers(listed: CaseList) -> list[str]:
    return [row.number for row in listed.table.rows.rows()]


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Words) if label.isVisibleTo(widget))


def arrive(qtbot, screen: CasesScreen) -> None:
    screen.show()
    screen.arrive()
    if screen.list.table.rows.rowCount():
        qtbot.waitUntil(lambda: screen.detail.case is not None)


def choose(qtbot, screen: CasesScreen, case_id: int) -> None:
    rows = screen.list.table.rows.rows()
    screen.list.table.choose(next(at for at, row in enumerate(rows) if row.id == case_id))
    qtbot.waitUntil(lambda: screen.detail.case is not None and screen.detail.case.id == case_id)


@pytest.mark.parametrize(
    "typed", ["138 0000 1234", "00001234", "张伟", "zw", "保温杯", "TB202611100000", "0001"]
)
def test_a_case_is_found_by_whatever_the_customer_gives(qtbot, screen, shop, typed) -> None:
    mine = visit(shop, sell(shop, 0, (0, 1)))
    visit(shop, sell(shop, 3, (3, 4)))
    arrive(qtbot, screen)
    with qtbot.waitSignal(screen.list.search.asked):
        screen.list.search.input.setText(typed)
    assert numbers(screen.list) == [mine.number]


def test_search_waits_until_the_typist_pauses_and_enter_does_not(qtbot, screen, shop) -> None:
    visit(shop, sell(shop, 0))
    arrive(qtbot, screen)
    asked_for: list[str] = []
    screen.list.search.asked.connect(asked_for.append)
    QTest.keyClicks(screen.list.search.input, "abc")
    assert asked_for == []
    QTest.keyClick(screen.list.search.input, Qt.Key.Key_Return)
    assert asked_for == ["abc"]


def test_saved_filters_hold_what_their_word_says(qtbot, screen, shop) -> None:
    plain = visit(shop, sell(shop, 0))
    parked = visit(shop, sell(shop, 1))
    asked(shop, parked)
    arrive(qtbot, screen)
    screen.list.filters.choose("waiting")
    assert numbers(screen.list) == [parked.number]
    assert screen.list.waiting.isVisible()
    screen.list.waiting.setCurrentIndex(screen.list.waiting.findData("goods"))
    assert numbers(screen.list) == []
    screen.list.filters.choose("open")
    assert numbers(screen.list) == [parked.number, plain.number]
    assert not screen.list.waiting.isVisible()


def test_an_overdue_case_stands_out_by_mark_word_and_colour(qtbot, screen, shop, clock) -> None:
    case = visit(shop, sell(shop, 0))
    asked(shop, case)
    row = replace(cases.list_cases(shop)[0], overdue=True, next_due_on=shop.today())
    column = screen.list.table._columns[3]
    assert column.text(row).startswith("! ") and column.tone(row) == "late"


def test_an_empty_list_says_what_to_do_next(qtbot, screen) -> None:
    arrive(qtbot, screen)
    assert "No case yet" in words(screen.list)
    screen.list.search.input.setText("nobody")
    screen.list.load()
    assert "No case fits" in words(screen.list)
    screen.list._empty.action.emit()
    assert screen.list.search.text() == ""


def test_a_long_list_is_fetched_page_by_page(qtbot, screen, shop) -> None:
    sold = sell(shop, 0, (0, 1), quantity=9)
    for number in range(5):
        cases.open_case(shop, cases.NewCase(sale_id=sold.id, words=str(number)), f"many-{number}")
    first = screen.list._fetch(None, 2)
    second = screen.list._fetch(first[-1], 2)
    assert [row.id for row in (*first, *second)] == sorted(
        (row.id for row in (*first, *second)), reverse=True
    )
    assert len({row.id for row in (*first, *second)}) == 4


def test_everything_about_a_posted_case_is_on_one_page(qtbot, screen, shop) -> None:
    case = visit(shop, sell(shop, 0, (0, 1)))
    posted = returned(shop, case)
    arrive(qtbot, screen)
    detail = screen.detail
    told = words(detail)
    assert case.number in told and "138****1234" in told and "13800001234" not in told
    assert "¥129.00" in words(detail.money) and "owed" in words(detail.money)
    assert {row.title for row in detail.papers._rows.rows()} == {"Goods receipt", "Refund"}
    assert posted.documents[0].number in words(detail.papers)
    assert detail.evidence.photos.count() == 1
    assert detail.evidence.signature.isVisibleTo(detail)
    assert detail.goods._rows.rows()
    for figure in ("received", "accepted", "damaged", "rejected"):
        assert figure in words(detail.lines)
    lit = detail.case.walks[0].path
    assert set(detail.way.view.node_ids()) == set(lit)


def test_the_whole_chart_opens_with_the_way_lit(qtbot, screen, shop) -> None:
    case = answered(shop, visit(shop, sell(shop, 0)), "problem", "yes")
    dialog = ChartDialog(drawn_nodes(shop, case.walks[0]), case.walks[0].path)
    qtbot.addWidget(dialog)
    assert len(dialog.view.node_ids()) > 100
    assert set(case.walks[0].path) <= set(dialog.view.node_ids())


def test_a_case_is_taken_up_at_the_counter_with_one_key(qtbot, screen, shop) -> None:
    case = visit(shop, sell(shop, 0))
    arrive(qtbot, screen)
    with qtbot.waitSignal(screen.wants) as wanted:
        screen.post()
    assert wanted.args == ["counter", case.id]


@pytest.mark.req("S4-8")
def test_a_note_is_kept_with_the_name_of_who_wrote_it(qtbot, screen, shop) -> None:
    case = visit(shop, sell(shop, 0))
    arrive(qtbot, screen)
    dialog = NoteDialog(
        "Note", "", "Keep", lambda text: screen.session.act(cases.add_note, case.id, text), screen
    )
    qtbot.addWidget(dialog)
    dialog.confirm()
    assert dialog._field.error() != ""
    dialog.edit.setPlainText("顾客下午来")
    dialog.confirm()
    event = cases.case(shop, case.id).events[-1]
    assert (event.kind, event.by) == ("note", "王店长")
    qtbot.waitUntil(lambda: "顾客下午来" in words(screen.detail.story))


def test_a_photo_is_enlarged_and_leafed_through(qtbot, shop) -> None:
    case = visit(shop, sell(shop, 0))
    returned(shop, case)
    photo = cases.case(shop, case.id).attachments[0]
    path = shop.folder / photo.path
    dialog = PhotoDialog([("one", path), ("two", path)])
    qtbot.addWidget(dialog)
    assert not dialog._sheet.image.isNull()
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.place() == "2 / 2"


def test_slips_are_seen_and_the_second_print_is_marked(qtbot, session, shop) -> None:
    case = visit(shop, sell(shop, 0))
    returned(shop, case)
    dialog = PaperDialog(session, case.number)
    qtbot.addWidget(dialog)
    assert dialog.view.page_count() >= 1
    assert not dialog.sheets()[0].reprint
    dialog.view.printed.emit("printer", 1)
    assert dialog.sheets()[0].reprint
    assert cases.case(shop, case.id).prints[-1].reprint is False
    assert dialog.wants_key("2")
    dialog.take_key("2")
    assert dialog._current.key == dialog.sheets()[1].key


def test_a_document_is_reversed_with_a_reason_and_somebody_elses_pin(qtbot, screen, shop) -> None:
    boss = hire(shop, staff.NewStaff("09", "陈主管", "supervisor", "9999"))
    case = visit(shop, sell(shop, 1))
    posted = returned(shop, case)
    given: list[tuple[str, str, bool]] = []

    def approve(number: str, reason: str, request: str, whole: bool) -> bool:
        given.append((number, reason, whole))
        from counter_app.services import reversal, settling

        for owed in settling.owed(shop):
            assert owed.open_fen
        screen.session.act(reversal.reverse, number, reason, request, by=(boss.id, "9999"), whole=whole)
        return True

    dialog = ReverseDialog(cases.case(shop, case.id).documents, approve)
    qtbot.addWidget(dialog)
    dialog.choose(posted.documents[-1].number)
    dialog.confirm()
    assert given == [] and dialog._reason_field.error()
    dialog.reason.setText("录错了")
    dialog.confirm()
    assert given == [(posted.documents[-1].number, "录错了", True)]
    assert {
        paper.reversed_by != "" for paper in cases.case(shop, case.id).documents if not paper.reverses
    } == {True}


def test_who_may_not_reverse_is_told_why(qtbot, screen, shop, session) -> None:
    case = visit(shop, sell(shop, 0))
    returned(shop, case)
    clerk = next(one for one in staff.list_staff(shop) if one.role == "clerk")
    session.sit(replace(shop, staff=staff.staff_view(shop, clerk.id)))
    arrive(qtbot, screen)
    button = screen.detail.head._reverse
    assert not button.isEnabled() and button.toolTip() == "Your role does not allow this."
    assert not screen.detail.head._reveal.isVisibleTo(screen)
    assert not screen._export.isEnabled()


def test_a_case_opened_by_another_screen_is_shown_whatever_the_filter(qtbot, screen, shop) -> None:
    first = visit(shop, sell(shop, 0))
    visit(shop, sell(shop, 1))
    screen.show()
    screen.show_subject(first.number)
    screen.arrive()
    QApplication.processEvents()
    assert screen.detail.case.id == first.id
    screen.show_subject("SH99-20200101-0001")
    assert screen.banner.message()


def test_a_case_that_the_list_does_not_reach_stays_until_another_is_chosen(
    qtbot, screen, shop, session
) -> None:
    """As one that a report opens in a shop with many newer ones."""
    first, second = visit(shop, sell(shop, 0)), visit(shop, sell(shop, 1))
    screen.show()
    screen.list.search.input.setText(second.number)
    screen.list.load()
    assert numbers(screen.list) == [second.number]
    screen.show_subject(first.id)
    screen.arrive()
    assert (screen.detail.case.id, screen.list.table.chosen()) == (first.id, None)
    session.act(cases.add_note, first.id, "x")
    session.act(cases.add_note, second.id, "y")
    assert screen.detail.case.id == first.id
    assert not screen._timer.isActive()
    screen.list.load()
    assert screen.list.table.chosen().id == second.id
    qtbot.waitUntil(lambda: screen.detail.case.id == second.id)


def test_the_list_follows_what_others_write_and_keeps_its_place(qtbot, screen, shop, session) -> None:
    first = visit(shop, sell(shop, 0))
    second = visit(shop, sell(shop, 1))
    arrive(qtbot, screen)
    choose(qtbot, screen, first.id)
    session.act(cases.add_note, second.id, "x")
    assert screen.list.table.chosen().id == first.id
    visit(shop, sell(shop, 2))
    session.changed.emit(frozenset({"case"}))
    assert len(numbers(screen.list)) == 3
    assert screen.list.table.chosen().id == first.id


def test_a_damaged_filter_is_told_and_nothing_breaks(qtbot, screen, shop, monkeypatch) -> None:
    def refuse(*_args):
        raise UserError("case.unknown", number="x")

    arrive(qtbot, screen)
    monkeypatch.setattr(cases, "list_cases", refuse)
    screen.list.load()
    assert screen.list.banner.message()


@pytest.mark.req("S0-6")
def test_a_recording_needs_the_tick_that_the_customer_was_told(qtbot, screen, shop, tmp_path) -> None:
    case = visit(shop, sell(shop, 0))
    arrive(qtbot, screen)
    choose(qtbot, screen, case.id)
    file = tmp_path / "call.wav"
    file.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 32)
    dialog = RecordingDialog(screen.keep_recording)
    qtbot.addWidget(dialog)
    dialog.file.setText(str(file))
    dialog.confirm()
    assert "tick that the customer was told" in dialog.banner.message()
    dialog.told.setChecked(True)
    dialog.confirm()
    assert [one.name for one in cases.case(shop, case.id).attachments] == ["call.wav"]


@pytest.mark.req("S4-11")
def test_what_the_customer_was_told_is_kept_with_the_way(qtbot, screen, shop, monkeypatch) -> None:
    case = visit(shop, sell(shop, 0))
    arrive(qtbot, screen)
    choose(qtbot, screen, case.id)

    def tell(dialog: ToldDialog) -> None:
        dialog.way.setCurrentIndex(dialog.way.findData("store"))
        dialog.edit.setPlainText("三天内退款到账")
        dialog.confirm()

    monkeypatch.setattr(ToldDialog, "exec", tell)
    screen.customer_told()
    told = cases.case(shop, case.id).events[-1]
    assert (told.title.en, told.by) == ("Customer told in the shop: 三天内退款到账", shop.staff.name)


@pytest.mark.req("S2-26", "S4-6", "S4-7")
def test_repeats_flags_and_tied_cases_stand_on_the_case(qtbot, screen, shop, monkeypatch) -> None:
    one, other = visit(shop, sell(shop, 0)), visit(shop, sell(shop, 1))
    intake.set_intake(shop, one.id, flags={"yellow": "165cm → M"})
    arrive(qtbot, screen)
    choose(qtbot, screen, one.id)
    assert "Yellow flag 165cm → M" in screen.detail.head._about.whole()
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: dialog._edit.setText(other.number) or True)
    screen.tie()
    assert f"Tied to case {other.number}" in words(screen.detail.story)
    assert [item.number for item in cases.case(shop, one.id).earlier if "linked" in item.why] == [
        other.number
    ]
    monkeypatch.setattr(ReasonDialog, "exec", lambda dialog: dialog._edit.setText("SH99") or True)
    screen.tie()
    assert "SH99" in screen.banner.message()


def test_switching_the_language_words_the_open_case_anew(qtbot, screen, shop, dressed) -> None:
    case = visit(shop, sell(shop, 0))
    returned(shop, case)
    arrive(qtbot, screen)
    dressed.switch("zh")
    QApplication.processEvents()
    assert "退款单" in words(screen.detail.papers)
    assert "已收到" in words(screen.detail.lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_card_of_a_case_is_cut_off_at_its_right(qtbot, screen, shop, dressed, language) -> None:
    dressed.switch(language)
    case = visit(shop, sell(shop, 0, (0, 1)))
    returned(shop, case)
    arrive(qtbot, screen)
    QApplication.processEvents()
    area = screen.detail._scroll
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert area.widget().width() <= area.viewport().width()
