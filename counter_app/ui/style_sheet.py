"""The one style sheet, generated from the tokens. A widget chooses its part by its `look` property.

Looks of labels: `small note secondary lead strong title headline accent ok attention late keycap`.
Pills: `pill pill_accent pill_ok pill_attention pill_late`. Frames: `card chosen plain bar divider`.
"""

from __future__ import annotations

from string import Template

from counter_app import resources
from counter_app.ui.theme import Size, Tokens, colour_names

_SHEET = Template("""
* { font-family: $families; font-size: ${BODY}px; }
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[look="ground"], QScrollArea[look="ground"] { background: $background; }
QWidget[look="bar"] { background: $card; border-bottom: 1px solid $line; }
QWidget[look="rail"] { background: $rail; }
QScrollArea, QScrollArea > QWidget > QWidget[look="scrolled"] { background: transparent; border: none; }
QStackedWidget { background: transparent; }

QFrame[look="card"] { background: $card; border: 1px solid $line; border-radius: ${RADIUS_L}px; }
QFrame[look="chosen"] { background: $accent_tint; border: 1px solid $accent_tint; border-radius: ${RADIUS_M}px; }
QFrame[look="choice"] { background: transparent; border: 1px solid transparent; border-radius: ${RADIUS_M}px; }
QFrame[look="choice"]:hover { background: $hover; }
QFrame[look="divider"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[look="banner_info"] { background: $accent_tint; border: none; border-radius: ${RADIUS_M}px; }
QFrame[look="banner_ok"] { background: $ok_tint; border: none; border-radius: ${RADIUS_M}px; }
QFrame[look="banner_attention"] { background: $attention_tint; border: none; border-radius: ${RADIUS_M}px; }
QFrame[look="banner_late"] { background: $late_tint; border: none; border-radius: ${RADIUS_M}px; }

QLabel { background: transparent; border: none; }
QLabel[look="small"] { font-size: ${SMALL}px; color: $secondary; }
QLabel[look="note"] { font-size: ${NOTE}px; color: $secondary; }
QLabel[look="secondary"] { color: $secondary; }
QLabel[look="lead"] { font-size: ${LEAD}px; }
QLabel[look="strong"] { font-weight: bold; }
QLabel[look="lead_strong"] { font-size: ${LEAD}px; font-weight: bold; }
QLabel[look="title"] { font-size: ${TITLE}px; font-weight: bold; }
QLabel[look="headline"] { font-size: ${HEADLINE}px; font-weight: bold; }
QLabel[look="amount"] { font-size: ${AMOUNT}px; font-weight: bold; color: $accent; }
QLabel[look="amount_sign"] { font-size: ${TITLE}px; font-weight: bold; color: $accent; }
QLabel[look="accent"] { color: $accent; }
QLabel[look="ok"] { color: $ok; }
QLabel[look="attention"] { color: $attention; }
QLabel[look="late"] { color: $late; }
QLabel[look="error"] { color: $late; font-size: ${NOTE}px; }
QLabel[look="keycap"] { background: $cap; color: $secondary; border: 1px solid $line;
  border-radius: 5px; padding: 1px 6px; font-size: ${SMALL}px; }
QLabel[look^="pill"] { font-size: ${SMALL}px; border-radius: 10px; padding: 2px 9px; }
QLabel[look="pill"] { background: $cap; color: $secondary; }
QLabel[look="pill_accent"] { background: $accent_tint; color: $accent; }
QLabel[look="pill_ok"] { background: $ok_tint; color: $ok; }
QLabel[look="pill_attention"] { background: $attention_tint; color: $attention; }
QLabel[look="pill_late"] { background: $late_tint; color: $late; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit {
  background: $card; color: $ink; border: 1px solid $control_line; border-radius: ${RADIUS_M}px;
  padding: 6px 10px; min-height: 22px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $secondary; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover, QSpinBox:hover, QDateEdit:hover {
  border-color: $secondary; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus,
QDateEdit:focus, QDateTimeEdit:focus, QTimeEdit:focus { border: 2px solid $accent; padding: 5px 9px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QSpinBox[wrong="true"],
QDateEdit[wrong="true"] { border: 2px solid $late; padding: 5px 9px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled,
QDateEdit:disabled { background: $background; color: $secondary; border-color: $line; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $background; border-color: $line; }
QLineEdit[look="search"] { border: 2px solid $accent; border-radius: ${RADIUS_M}px; padding: 9px 12px;
  font-size: ${LEAD}px; }
QLineEdit[look="bare"] { border: none; background: transparent; padding: 0; font-size: ${LEAD}px; }
QFrame[look="searchbox"] { background: $card; border: 2px solid $control_line; border-radius: ${RADIUS_M}px; }
QFrame[look="searchbox_focus"] { background: $card; border: 2px solid $accent; border-radius: ${RADIUS_M}px; }
QAbstractSpinBox QLineEdit { border: none; padding: 0 8px; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url($icon_down); width: 14px; height: 14px; }
QDateEdit::drop-down, QDateTimeEdit::drop-down { border: none; width: 26px; image: url($icon_down); }
QComboBox QAbstractItemView { background: $card; color: $ink; border: 1px solid $line; padding: 4px; outline: none;
  selection-background-color: $accent_tint; selection-color: $ink; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: 24px; }
QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; border: 2px solid $control_line;
  background: $card; }
QCheckBox::indicator { border-radius: 5px; }
QRadioButton::indicator { border-radius: 11px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($icon_check); }
QRadioButton::indicator:checked { border: 6px solid $accent; width: 10px; height: 10px; background: $card; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $background; }
QCheckBox:focus, QRadioButton:focus { background: $accent_tint; border-radius: 5px; }
QCheckBox:disabled, QRadioButton:disabled { color: $secondary; }

QTableView, QListView, QTreeView { background: $card; alternate-background-color: $card; border: none; outline: none;
  gridline-color: $line; selection-background-color: $accent_tint; selection-color: $ink; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $line; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $accent_tint; color: $ink; }
QTableView { border: 1px solid $card; border-radius: ${RADIUS_S}px; }
QTableView:focus { border-color: $accent; }
QListView::item { padding: 8px; border-radius: ${RADIUS_M}px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $secondary; font-size: ${SMALL}px; border: none;
  border-bottom: 1px solid $line; padding: 6px 8px; }
QTableCornerButton::section { background: $card; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $control_line; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QToolTip { background: $ink; color: $card; border: none; padding: 6px 9px; font-size: ${NOTE}px; }
QMenu { background: $card; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 8px 26px 8px 14px; border-radius: ${RADIUS_S}px; }
QMenu::item:selected { background: $accent_tint; color: $ink; }
QMenu::item:disabled { color: $secondary; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QProgressBar { background: $cap; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: transparent; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 18px; height: 18px; margin: -7px 0; border-radius: 9px; }
QCalendarWidget QWidget { alternate-background-color: $hover; }
QCalendarWidget QToolButton { background: transparent; border: none; padding: 4px 8px; color: $ink; }
QTabBar::tab { padding: 8px 14px; border-bottom: 2px solid transparent; color: $secondary; background: transparent; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabWidget::pane { border: none; }
""")


def sheet(look: Tokens, families: tuple[str, ...]) -> str:
    """The style sheet of one theme. `families`: font families in the order of falling through."""
    values = {name: getattr(look, name) for name in colour_names()}
    values |= {name: str(value) for name, value in vars(Size).items() if name.isupper()}
    values["families"] = ", ".join(f'"{family}"' for family in families)
    values["icon_down"] = resources.path("icons", f"sheet-down-{look.name}.svg").as_posix()
    values["icon_check"] = resources.path("icons", f"sheet-check-{look.name}.svg").as_posix()
    return _SHEET.substitute(values)
