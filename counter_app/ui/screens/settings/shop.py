"""Settings page: what slips print about the shop, and what its clerks should know today."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from counter_app.domain.categories import ProvinceTerms
from counter_app.domain.errors import CounterError
from counter_app.services import notes_at_hand, rules, settings, setup
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field


class ShopPage(SettingsPage):
    """Name, address, telephone, province; the code is shown and stays."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._name, self._code = QLineEdit(), QLineEdit()
        self._address, self._phone = QLineEdit(), QLineEdit()
        self._promotion, self._courier = QLineEdit(), QLineEdit()
        self._province = QComboBox()
        self._provinces: list[ProvinceTerms] = []
        self._code.setReadOnly(True)
        self._fields = {
            name: Field(widget)
            for name, widget in (
                ("name", self._name),
                ("code", self._code),
                ("address", self._address),
                ("phone", self._phone),
                ("province", self._province),
                ("promotion", self._promotion),
                ("courier", self._courier),
            )
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        grid.addWidget(self._fields["name"], 0, 0)
        grid.addWidget(self._fields["code"], 0, 1)
        grid.addWidget(self._fields["address"], 1, 0, 1, 2)
        grid.addWidget(self._fields["phone"], 2, 0)
        grid.addWidget(self._fields["province"], 2, 1)
        grid.addWidget(self._fields["promotion"], 3, 0, 1, 2)
        grid.addWidget(self._fields["courier"], 4, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self._save = ActionButton("", "save", kind="primary", key="Ctrl+S", bind=True)
        self._save.clicked.connect(self._keep)
        self.body.addLayout(grid)
        self.body.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._changed)
        self.body.addStretch(1)
        self._retranslate()

    def load(self) -> None:
        shop = self.session.desk.shop
        self._name.setText(shop.name)
        self._code.setText(shop.code)
        self._address.setText(shop.address)
        self._phone.setText(shop.phone)
        notes = notes_at_hand.at_hand(self.session.desk)
        self._promotion.setText(notes.promotion)
        self._courier.setText(notes.courier)
        self._provinces = list(rules.current_rules(self.session.desk).provinces.values())
        self._show_provinces(shop.province)
        self.show_change(settings.OF_THE_SHOP, notes_at_hand.PROMOTION, notes_at_hand.COURIER)

    def _keep(self) -> None:
        try:
            desk = setup.change_shop(
                self.session.desk,
                name=self._name.text(),
                address=self._address.text(),
                phone=self._phone.text(),
                province=str(self._province.currentData() or ""),
            )
            notes_at_hand.write(desk, self._promotion.text(), self._courier.text())
        except CounterError as error:
            if error.code == "setup.name.empty":
                self._fields["name"].show_error(error)
            else:
                self.refuse(error)
            return
        self.session.sit(desk)
        self.session.changed.emit(frozenset({"policy"}))
        self.saved()

    def _show_provinces(self, chosen: str) -> None:
        self._province.clear()
        for terms in self._provinces:
            self._province.addItem(terms.zh if shown.is_chinese() else terms.en, terms.code)
        codes = [terms.code for terms in self._provinces]
        self._province.setCurrentIndex(codes.index(chosen) if chosen in codes else 0)

    def _retranslate(self) -> None:
        self.say(self.tr("Shop"), self.tr("Printed at the head of every slip."))
        self._fields["name"].set_label(self.tr("Shop name"))
        self._fields["code"].set_label(self.tr("Shop code (fixed)"))
        self._fields["address"].set_label(self.tr("Address"))
        self._fields["phone"].set_label(self.tr("Telephone"))
        self._fields["province"].set_label(self.tr("Province"))
        self._fields["promotion"].set_label(
            self.tr("Offers that run now"), self.tr("seen at the counter, never printed")
        )
        self._fields["courier"].set_label(
            self.tr("How the couriers deliver"), self.tr("seen at the counter, never printed")
        )
        self._save.setText(self.tr("Save"))
        if self._province.count():
            self._show_provinces(str(self._province.currentData() or ""))
