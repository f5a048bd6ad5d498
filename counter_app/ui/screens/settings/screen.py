"""The settings screen: pages on the left, the chosen one on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.ui.screens.screen import KeyLine, Screen, made_by
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.nav_button import NavButton
from counter_app.ui.widgets.pages import Pages

_PAGES = {
    "shop": ("store", "ShopPage"),
    "staff": ("users", "StaffPage"),
    "figures": ("scale", "FiguresPage"),
    "overrides": ("eye", "OverridesPage"),
    "chart": ("git-branch", "ChartPage"),
    "numbering": ("hash", "NumberingPage"),
    "slip_words": ("stamp", "SlipWordsPage"),
    "printing": ("printer", "PrintingPage"),
    "sheets": ("table", "SheetsPage"),
    "window": ("languages", "WindowPage"),
    "backup": ("archive", "BackupPage"),
    "shop_key": ("key-round", "ShopKeyPage"),
    "privacy": ("shield", "PrivacyPage"),
}
"""Icon and class of each page; its module has its name."""


class SettingsScreen(Screen):
    """Pages are built when they are first shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._pages = Pages(
            {key: partial(made_by(f"settings.{key}", page), session) for key, (_icon, page) in _PAGES.items()}
        )
        self._pages.wants.connect(self.wants)
        self._buttons: dict[str, NavButton] = {}
        self._key = ""
        group = QButtonGroup(self)
        names = Card()
        names.setFixedWidth(252)
        names.body.setSpacing(Size.GAP_XS)
        for key, (icon, _page) in _PAGES.items():
            button = NavButton(icon)
            button.clicked.connect(lambda _checked=False, key=key: self.show_page(key))
            group.addButton(button)
            names.body.addWidget(button)
            self._buttons[key] = button
        names.body.addStretch(1)
        holder = QWidget()
        holder.setProperty("look", "scrolled")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, Size.GAP_S, 0)
        inner.addWidget(self._pages)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        content = Card()
        content.body.addWidget(scroll)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_L, Size.GAP_M + 2, Size.GAP_L, Size.GAP_L)
        row.setSpacing(Size.GAP_M + 2)
        row.addWidget(names)
        row.addWidget(content, 1)
        self.banner.hide()
        self._retranslate()

    def arrive(self) -> None:
        self.show_page(self._key or next(iter(_PAGES)))
        self._buttons[self._key].setFocus()

    def show_subject(self, subject: object) -> None:
        if subject in _PAGES:
            self.show_page(str(subject))

    def show_page(self, key: str) -> None:
        """Show one page by name: shop, staff, figures, overrides, chart, numbering, slip_words, printing, sheets,
        window, backup, shop_key, privacy."""
        self._key = key
        self._buttons[key].setChecked(True)
        self._pages.bring(key).load()

    def refresh(self, changed: frozenset[str]) -> None:
        if self._key and changed & {"staff", "policy"} and self.isVisible():
            self._pages[self._key].load()

    def desk_changed(self) -> None:
        if self._key and self.isVisible() and self.session.desk.staff is not None:
            self._pages[self._key].load()

    def keys(self) -> list[KeyLine]:
        return [KeyLine("Ctrl+S", self.tr("Save")), KeyLine("Ctrl+N", self.tr("Add"))]

    def _retranslate(self) -> None:
        for key, word in (
            ("shop", self.tr("Shop")),
            ("staff", self.tr("Staff and rights")),
            ("figures", self.tr("Rules and limits")),
            ("overrides", self.tr("Overrides")),
            ("chart", self.tr("Decision chart")),
            ("numbering", self.tr("Numbering")),
            ("slip_words", self.tr("Words on slips")),
            ("printing", self.tr("Printers and paper")),
            ("sheets", self.tr("Order lists")),
            ("window", self.tr("Language and window")),
            ("backup", self.tr("Backup and check")),
            ("shop_key", self.tr("The shop's key")),
            ("privacy", self.tr("Personal data")),
        ):
            self._buttons[key].say(word)
