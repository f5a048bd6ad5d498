"""The settings page of the shop's own words, and the sheets of a day on the shift screen."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from counter_app.services import shop_words
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.settings.slip_words import SlipWordsPage
from counter_app.ui.screens.shift.screen import ShiftScreen
from counter_app.ui.session import Session
from counter_app.ui.widgets.field import Field


def page_of(session: Session, qtbot: QtBot) -> SlipWordsPage:
    page = SlipWordsPage(session)
    qtbot.addWidget(page)
    page.load()
    page.show()
    return page


def complaint(field: Field) -> str:
    return field._error.text()


def test_a_void_sentence_is_refused_beside_its_field_and_nothing_is_kept(
    session: Session, qtbot: QtBot
) -> None:
    page = page_of(session, qtbot)
    page._terms.setPlainText("特价商品概不退换")
    page._footer.setText("谢谢光临")
    page._save.click()
    assert "概不退" in complaint(page._fields["terms"])
    assert not complaint(page._fields["footer"])
    assert shop_words.shop_words(session.desk).footer == ""
    page._terms.setPlainText("电池保修六个月。")
    page._footer.setText("最终解释权归本店")
    page._save.click()
    assert "最终解释权" in complaint(page._fields["footer"])
    page._footer.setText("谢谢光临")
    page._save.click()
    assert shop_words.shop_words(session.desk).terms == ("电池保修六个月。",)
    assert not shop_words.shop_words(session.desk).both
    page._both.setChecked(True)
    page._save.click()
    assert shop_words.shop_words(session.desk).both
    assert not complaint(page._fields["footer"])


def test_a_logo_is_chosen_seen_and_taken_away(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(session, qtbot)
    assert not page._remove.isEnabled()
    file = tmp_path / "店标.png"
    Image.new("RGB", (300, 100), (10, 90, 80)).save(file)
    page.keep_logo(file)
    assert not page._logo.pixmap().isNull()
    assert page._logo.pixmap().width() <= page._logo.width()
    page._remove.click()
    assert page._logo.pixmap().isNull()
    assert shop_words.logo(session.desk) is None
    page.keep_logo(tmp_path / "nowhere.png")
    assert page.banner.isVisible()


def test_the_sheets_of_a_day_open_from_the_shift(session: Session, qtbot: QtBot) -> None:
    screen = ShiftScreen(session)
    qtbot.addWidget(screen)
    screen.arrive()
    screen.show()
    screen.show_day_sheets()
    dialog = next(one for one in screen.findChildren(QDialog) if isinstance(one, PaperDialog))
    assert [sheet.number[:2] for sheet in dialog.sheets()] == ["DJ", "RT", "SP", "RK"]
    dialog._printed()
    assert not dialog._current.reprint
    dialog.close()
