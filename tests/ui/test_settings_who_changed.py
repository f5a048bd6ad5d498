"""Every settings page says who changed its settings last, and when."""

from __future__ import annotations

import pytest

from counter_app.services import settings
from counter_app.ui.screens.settings.printing import PrintingPage
from counter_app.ui.screens.settings.shop import ShopPage
from counter_app.ui.screens.settings.window import WindowPage


@pytest.mark.parametrize(
    ("page", "key", "value"),
    [
        (PrintingPage, "paper.form", "A5"),
        (WindowPage, "lock.minutes", 3),
        (ShopPage, "notes.courier", "停发"),
    ],
)
def test_a_page_names_who_changed_it_and_not_who_changed_another(qtbot, session, page, key, value) -> None:
    shown = page(session)
    qtbot.addWidget(shown)
    settings.set_setting(session.desk, "sheet.mappings", {"other": {}})
    shown.load()
    assert shown._changed.text() == ""
    settings.set_setting(session.desk, key, value)
    shown.load()
    assert session.desk.staff.name in shown._changed.text()


def test_a_shop_that_moves_is_kept_as_a_version_with_who_and_when(qtbot, session) -> None:
    page = ShopPage(session)
    qtbot.addWidget(page)
    page.load()
    page._address.setText("中山路 8 号")
    page._save.click()
    page.load()
    assert session.desk.staff.name in page._changed.text()
    assert session.desk.shop.address == "中山路 8 号"
