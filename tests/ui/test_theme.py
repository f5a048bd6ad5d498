"""Colours, fonts and icons of the window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from counter_app import resources
from counter_app.ui import icons, style_sheet, theme

UI = Path(theme.__file__).parent


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
@pytest.mark.parametrize(("text", "ground"), theme.TEXT_PAIRS)
def test_every_text_can_be_read_on_its_ground(look: theme.Tokens, text: str, ground: str) -> None:
    assert theme.contrast(getattr(look, text), getattr(look, ground)) >= 4.5


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_leaves_no_placeholder_and_names_existing_pictures() -> None:
    for look in (theme.LIGHT, theme.DARK):
        sheet = style_sheet.sheet(look, ("Counter Sans SC",))
        assert "$" not in sheet
        pictures = re.findall(r"url\(([^)]+)\)", sheet)
        assert pictures and all(Path(picture).is_file() for picture in pictures)


def test_the_theme_changes_while_a_window_is_open(qapp: QApplication, qtbot) -> None:
    label = QLabel("x")
    label.setProperty("look", "late")
    qtbot.addWidget(label)
    label.show()
    before = label.palette().windowText().color().name()
    theme.apply(qapp, "dark")
    label.ensurePolished()
    after = label.palette().windowText().color().name()
    assert (before.upper(), after.upper()) == (theme.LIGHT.late, theme.DARK.late)


def test_bundled_fonts_draw_rare_names_and_never_boxes(qapp: QApplication) -> None:
    families = theme.load_fonts()
    assert len(families) >= 2
    fonts = [QRawFont.fromFont(_one_family(family)) for family in families]
    for character in "售后柜台€¥①张𠮷㛃䶮↑↓⌫":
        assert any(font.supportsCharacter(ord(character)) for font in fonts), character


def _one_family(family: str):
    font = theme.font(14)
    font.setFamilies([family])
    return font


def test_digits_are_all_of_one_width(qapp: QApplication) -> None:
    metrics = QFontMetrics(theme.font(14))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_an_icon_takes_the_colour_it_is_given() -> None:
    picture = icons.pixmap("lock", 32, "#FF0000").toImage()
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() > 200
    }
    assert seen == {"#ff0000"}


def test_icons_are_sharp_on_dense_screens() -> None:
    assert icons.pixmap("lock", 20, "#000000", 2.0).width() == 40
    assert icons.pixmap("lock", 20, "#000000", 2.0).deviceIndependentSize().width() == 20


def test_every_icon_named_in_the_window_is_shipped() -> None:
    shipped = {file.stem for file in resources.path("icons").glob("*.svg")}
    named: set[str] = set()
    for file in UI.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        named |= set(
            re.findall(
                r'(?:Icon|IconButton|EmptyState|NavButton|set_icon|show_icon)\(\s*"([a-z0-9-]+)"', text
            )
        )
        named |= set(
            re.findall(r'(?:ActionButton|PrimaryButton)\((?:""|self\.tr\("[^"]*"\)),\s*"([a-z0-9-]+)"', text)
        )
    assert named - shipped == set()


def test_colours_stand_in_the_theme_and_nowhere_else() -> None:
    guilty = [
        file.name
        for file in UI.rglob("*.py")
        if file.name != "theme.py" and re.search(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8"))
    ]
    assert guilty == []
