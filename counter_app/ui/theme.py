"""Colours, sizes and fonts of the window: the only place that knows them.

Widgets ask `tokens()` when they paint, or carry a *look* (a dynamic property) that the generated style
sheet answers. Switching the theme re-applies both, so nothing has to be rebuilt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import resources

Mode = Literal["light", "dark", "system"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as `#rrggbb`. `on_…` is text on that ground, `…_tint` a quiet ground for a meaning."""

    name: str
    background: str
    card: str
    line: str
    control_line: str
    ink: str
    secondary: str
    accent: str
    accent_hover: str
    accent_tint: str
    on_accent: str
    cap: str
    hover: str
    ok: str
    ok_tint: str
    attention: str
    attention_tint: str
    late: str
    late_tint: str
    rail: str
    rail_current: str
    on_rail: str
    on_rail_current: str
    rail_accent: str
    rail_late: str
    paper: str
    paper_ink: str


LIGHT = Tokens(
    name="light",
    background="#F5F6F8",
    card="#FFFFFF",
    line="#E3E6EB",
    control_line="#98A2B3",
    ink="#1B1F27",
    secondary="#5F697D",
    accent="#0F766E",
    accent_hover="#0B625B",
    accent_tint="#E6F4F1",
    on_accent="#FFFFFF",
    cap="#EEF1F5",
    hover="#F0F2F5",
    ok="#137338",
    ok_tint="#E7F6EC",
    attention="#A84B08",
    attention_tint="#FDF3E1",
    late="#B42318",
    late_tint="#FDECEA",
    rail="#111827",
    rail_current="#1F2A3C",
    on_rail="#A8B3C4",
    on_rail_current="#FFFFFF",
    rail_accent="#2DD4BF",
    rail_late="#FCA5A5",
    paper="#FFFFFF",
    paper_ink="#1B1F27",
)

DARK = Tokens(
    name="dark",
    background="#0F1319",
    card="#171D26",
    line="#293241",
    control_line="#5B6880",
    ink="#E8ECF2",
    secondary="#9AA7B8",
    accent="#2DD4BF",
    accent_hover="#5EE3D2",
    accent_tint="#12302E",
    on_accent="#06201D",
    cap="#232B37",
    hover="#1E2631",
    ok="#4ADE80",
    ok_tint="#12261A",
    attention="#FBBF24",
    attention_tint="#2E2310",
    late="#F87171",
    late_tint="#331718",
    rail="#0A0D12",
    rail_current="#182130",
    on_rail="#A8B3C4",
    on_rail_current="#FFFFFF",
    rail_accent="#2DD4BF",
    rail_late="#FCA5A5",
    paper="#FFFFFF",
    paper_ink="#1B1F27",
)

#: (text, ground) pairs that the window really shows; each must reach 4.5 : 1 in both themes.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "secondary") for ground in ("background", "card", "cap", "hover")),
    *((text, "accent_tint") for text in ("ink", "secondary", "accent")),
    *((text, ground) for text in ("accent", "ok", "attention", "late") for ground in ("background", "card")),
    ("ok", "ok_tint"),
    ("ink", "ok_tint"),
    ("attention", "attention_tint"),
    ("ink", "attention_tint"),
    ("late", "late_tint"),
    ("ink", "late_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_rail", "rail"),
    ("on_rail_current", "rail_current"),
    ("rail_late", "rail"),
    ("rail_late", "rail_current"),
    ("paper_ink", "paper"),
)


class Size:
    """The one scale of type, space and radius, in logical pixels."""

    SMALL = 12
    NOTE = 13
    BODY = 14
    LEAD = 16
    TITLE = 20
    HEADLINE = 22
    AMOUNT = 38

    GAP_XS = 4
    GAP_S = 8
    GAP_M = 12
    GAP_L = 18

    RADIUS_S = 6
    RADIUS_M = 8
    RADIUS_L = 12

    #: Least height of anything a finger or a mouse must hit.
    TARGET = 36
    TARGET_LARGE = 56


SANS_FILES = ("CounterSansSC-Regular.ttf", "CounterSansSC-Bold.ttf")
RARE_FILE = "CounterRare-Regular.ttf"

_STYLE = "Fusion"
_current: Tokens = LIGHT
_fusion = False
_families: tuple[str, ...] = ()


def tokens() -> Tokens:
    """The colours in force now."""
    return _current


def colour(name: str) -> QColor:
    """One token as a QColor. Raises AttributeError for an unknown name."""
    return QColor(getattr(_current, name))


def families() -> tuple[str, ...]:
    """Font families in the order in which a missing character falls through them."""
    return _families


def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts once; where they are missing the system's own font serves.

    The rare-character family stands last, so a name like 䶮 is drawn and never becomes a box.
    """
    global _families
    if _families:
        return _families
    found: list[str] = []
    for name in (*SANS_FILES, RARE_FILE):
        file = resources.path("fonts", name)
        if not file.is_file():
            continue
        number = QFontDatabase.addApplicationFont(str(file))
        found += [family for family in QFontDatabase.applicationFontFamilies(number) if family not in found]
    _families = tuple(found) or (QGuiApplication.font().family(),)
    return _families


def font(size: int = Size.BODY, *, bold: bool = False) -> QFont:
    """A font for painting, `size` in logical pixels; digits all of one width."""
    return QFont(_font(size, bold, _families))


@lru_cache(maxsize=64)
def _font(size: int, bold: bool, names: tuple[str, ...]) -> QFont:
    made = QFont()
    made.setFamilies(list(names))
    made.setPixelSize(size)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def chosen(mode: Mode) -> Tokens:
    """The tokens a mode means now; `system` follows the desktop."""
    if mode == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if mode == "dark" else LIGHT


def arguments(given: Sequence[str]) -> list[str]:
    """The command line for a QApplication that is to be born in our style; asking for it later takes longer."""
    global _fusion
    _fusion = True
    return [*given, "-style", _STYLE]


def _set_fusion(app: QApplication) -> None:
    global _fusion
    app.setStyle(_STYLE)
    _fusion = True


def apply(app: QApplication, mode: Mode) -> Tokens:
    """Dress the whole program in one theme; callable at any time, also while windows are open."""
    from counter_app.ui import style_sheet

    global _current
    load_fonts()
    _current = chosen(mode)
    if not _fusion:
        _set_fusion(app)
    app.setFont(font())
    app.setPalette(palette(_current))
    app.setStyleSheet(style_sheet.sheet(_current, _families))
    return _current


def palette(look: Tokens) -> QPalette:
    """Fusion's palette in our colours, for whatever the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for part, name in (
        (role.Window, "background"),
        (role.WindowText, "ink"),
        (role.Base, "card"),
        (role.AlternateBase, "hover"),
        (role.Text, "ink"),
        (role.Button, "card"),
        (role.ButtonText, "ink"),
        (role.BrightText, "late"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.ToolTipBase, "card"),
        (role.ToolTipText, "ink"),
        (role.PlaceholderText, "secondary"),
        (role.Mid, "line"),
        (role.Dark, "control_line"),
        (role.Light, "card"),
        (role.Midlight, "hover"),
        (role.Accent, "accent"),
    ):
        made.setColor(part, QColor(getattr(look, name)))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(look.secondary))
    return made


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget one of the style sheet's looks (`style_sheet.py` lists them), also after it was shown."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    polish(widget)


def polish(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#rrggbb` colours (WCAG 2, 1 to 21)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(text: str) -> float:
    parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colour_names() -> tuple[str, ...]:
    """Names of all colour tokens."""
    return tuple(field.name for field in fields(Tokens) if field.name != "name")
