"""Signed forms in the window: saved as they are stored, scanned back from paper, known again by their check code."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from shop_day import STROKES, answered, picture, sell, stock, visit

from counter_app.documents import raster
from counter_app.services import cases, forms, photos, posting, shift, signed_forms, signed_paper, tasks
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.cases.signed_sheet_dialog import SignedSheetDialog
from counter_app.ui.screens.todo.task_panel import TaskPanel


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


def posted(desk, number: int = 0, *, on_paper: bool = False) -> int:
    case = visit(desk, sell(desk, number))
    answered(desk, case, "return", "goodwill", "agree", "in_person", "fit")
    photos.take_photo(desk, case.id, picture(), name="外观.png")
    form = forms.form_to_sign(desk, case.id)
    forms.sign(desk, case.id, form.content_hash, None if on_paper else STROKES, on_paper=on_paper)
    posting.post(desk, case.id, f"post-{case.id}", form.figures_hash)
    return case.id


def open_case(qtbot, screen: CasesScreen, case_id: int) -> None:
    screen.show()
    screen.arrive()
    screen.show_subject(case_id)
    qtbot.waitUntil(lambda: screen.detail.case is not None and screen.detail.case.id == case_id)


def test_the_stored_form_is_saved_byte_for_byte(qtbot, screen, shop, tmp_path, monkeypatch) -> None:
    case_id = posted(shop)
    open_case(qtbot, screen, case_id)
    card = screen.detail.evidence
    assert card._save.isVisibleTo(card) and not card._scan.isVisibleTo(card)
    chosen = tmp_path / "签字 form.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    card._save.click()
    (form,) = signed_forms.of_case(shop, case_id)
    assert chosen.read_bytes() == signed_forms.pdf_of(shop, form)
    assert chosen.name in screen.banner.message()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "x.pdf"), ""))
    card._save.click()
    assert "x.pdf" in screen.banner.message() and not (tmp_path / "none").exists()


def test_a_sheet_signed_on_paper_is_attached_from_its_case(
    qtbot, screen, shop, tmp_path, monkeypatch
) -> None:
    case_id = posted(shop, on_paper=True)
    open_case(qtbot, screen, case_id)
    card = screen.detail.evidence
    (lacking,) = signed_paper.lacking(shop, case_id)
    assert lacking.check_code in card._missing.text()
    page = tmp_path / "page.png"
    page.write_bytes(picture(600, 800))

    def fill(dialog: SignedSheetDialog) -> bool:
        assert not dialog.accept_button.isEnabled()
        dialog.add_page(Path(page))
        dialog.code.setText("7F3K-92QD")
        dialog.confirm()
        assert "7F3K-92QD" in dialog.banner.message()
        dialog.code.setText(lacking.check_code.replace("-", "").lower())
        dialog.confirm()
        return True

    monkeypatch.setattr(SignedSheetDialog, "exec", fill)
    card._scan.click()
    assert signed_paper.lacking(shop, case_id) == ()
    assert not [one for one in tasks.to_do(shop) if one.kind == "scan"]


def test_the_to_do_of_a_signed_sheet_asks_for_the_sheet(qtbot, session, shop, monkeypatch) -> None:
    posted(shop, on_paper=True)
    (task,) = [one for one in tasks.to_do(shop) if one.kind == "scan"]
    panel = TaskPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_task(task)
    assert panel.go.text() == "Attach the signed sheet"
    (lacking,) = signed_paper.lacking(shop, task.case_id)

    def fill(dialog: SignedSheetDialog) -> bool:
        dialog.add_page(picture(600, 800))
        dialog.code.setText(lacking.check_code)
        dialog.confirm()
        return True

    monkeypatch.setattr(SignedSheetDialog, "exec", fill)
    with qtbot.waitSignal(panel.done):
        panel.act()
    assert signed_paper.lacking(shop, task.case_id) == ()


def test_a_wrong_scan_is_replaced_from_its_case_and_the_first_is_still_saved(
    qtbot, screen, shop, tmp_path, monkeypatch
) -> None:
    case_id = posted(shop, on_paper=True)
    (lacking,) = signed_paper.lacking(shop, case_id)
    first = signed_paper.attach(shop, lacking.signature_id, [picture(600, 800)], lacking.check_code).value
    before = signed_forms.pdf_of(shop, first)
    open_case(qtbot, screen, case_id)
    card = screen.detail.evidence
    assert card._again.isVisibleTo(card) and card._again.isEnabled()

    def fill(dialog: SignedSheetDialog) -> bool:
        dialog.add_page(picture(500, 700))
        dialog.code.setText(lacking.check_code)
        dialog.confirm()
        assert "Say why" in dialog.banner.message()
        dialog._reason.setText("拍糊了")
        dialog.confirm()
        return True

    monkeypatch.setattr(SignedSheetDialog, "exec", fill)
    card._again.click()
    assert "The new scan stands" in screen.banner.message()
    (form,) = signed_forms.of_case(shop, case_id)
    assert form.sha256 != first.sha256
    card.show_case(shop, cases.case(shop, case_id))
    told = [card._old.itemAt(at).widget() for at in range(card._old.count())]
    assert "拍糊了" in told[0].text()
    chosen = tmp_path / "old.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    told[1].click()
    assert chosen.read_bytes() == before


def test_the_second_print_is_marked_in_this_window_and_in_another(qtbot, session, shop, tmp_path) -> None:
    case_id = posted(shop)
    number = cases.case(shop, case_id).documents[-1].number
    here, there = PaperDialog(session, number), PaperDialog(session, number)
    marked = []
    for at, dialog in enumerate((here, here, there)):
        qtbot.addWidget(dialog)
        file = tmp_path / f"{at}.pdf"
        dialog.view.save_to(file)
        marked.append("补打" in "".join(raster.page_texts(file.read_bytes())))
    assert marked == [False, True, True]
    prints = cases.case(shop, case_id).prints
    assert [one.reprint for one in prints] == marked
