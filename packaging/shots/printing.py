"""The shop's own words on its slips, written, with a logo."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QWidget

from counter_app.services import shop_words
from counter_app.ui.screens.settings.screen import SettingsScreen

if TYPE_CHECKING:
    from screenshots import Stage

_TERMS = "电池自购买之日起保修六个月。\n上门服务请提前一天预约。"


def own_words(stage: Stage) -> QWidget:
    """Terms, closing line, seal and a logo."""
    picture = Image.new("RGB", (360, 120), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 110, 110), fill=(11, 79, 72))
    pen.rectangle((130, 44, 350, 76), fill=(20, 32, 30))
    held = io.BytesIO()
    picture.save(held, "PNG")
    shop_words.write(stage.desk, "感谢您的信任，祝您生活愉快。", _TERMS, "售后专用章")
    shop_words.set_logo(stage.desk, held.getvalue())
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_page("slip_words")
    return stage.window


SHOTS = {"own-words": own_words}
