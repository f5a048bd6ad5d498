"""Settings page: the key that seals signed forms: its certificate, what it sealed, exported, renewed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from counter_app import whole_file
from counter_app.domain import roles
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import key_card, shop_key, staff
from counter_app.services.key_card import KeyCard, SealedForm
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class RenewDialog(Dialog):
    """Says what a new key means before it is made."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent, width=520, icon="key-round")
        self._told = Words("", "body", wrap=True)
        self.body.addWidget(self._told)
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(self.tr("Make a new key?"), "", self.tr("Make a new key"))
        self._told.setText(
            self.tr(
                "From now on forms are sealed with the new key. What the present one sealed stays good, and its "
                "certificate stays in this list. Renew it when this computer was given away or the data folder was "
                "copied by somebody who should not have it. Make a backup afterwards."
            )
        )


class ShopKeyPage(SettingsPage):
    """Keys above, the forms of the chosen one beneath."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.keys = Table(
            [
                Column(lambda: self.tr("Made"), self._made, width=150),
                Column(lambda: self.tr("Why"), self._why, width=170),
                Column(lambda: self.tr("State"), self._state, tone=_tone, width=110),
                Column(lambda: self.tr("Valid until"), lambda row: shown.day(row.valid_until), width=110),
                Column(lambda: self.tr("Forms"), lambda row: str(row.sealed), right=True, width=70),
                Column(lambda: self.tr("Fingerprint"), lambda row: f"{row.fingerprint[:16]}…"),
            ]
        )
        self.forms = Table(
            [
                Column(lambda: self.tr("Sealed"), self._sealed_at, width=150),
                Column(lambda: self.tr("Case"), lambda row: row.case_number, width=190),
                Column(lambda: self.tr("Check code"), lambda row: row.code, width=130),
                Column(lambda: self.tr("File"), self._kept),
            ]
        )
        self.keys.setMinimumHeight(120)
        self.forms.setMinimumHeight(150)
        self._certificate = Words("", "note", wrap=True)
        self._lost = Words("", "secondary", wrap=True)
        self._none = Words("", "secondary", wrap=True)
        self._export = ActionButton("", "download")
        self._renew = ActionButton("", "key-round", kind="quiet")
        self._export.clicked.connect(self._ask_export)
        self._renew.clicked.connect(self._ask_renew)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        row.addWidget(self._export)
        row.addWidget(self._renew)
        row.addStretch(1)
        self.body.addWidget(self._none)
        self.body.addWidget(self.keys)
        self.body.addWidget(self._certificate)
        self.body.addLayout(row)
        self.body.addWidget(self.forms, 1)
        self.body.addWidget(self._lost)
        self.keys.current_row.connect(lambda _row: self._show_key())
        self._retranslate()

    def load(self) -> None:
        cards = key_card.cards(self.session.desk)
        self.keys.rows.show_rows(cards)
        if cards:
            self.keys.choose(0)
        for part in (self.keys, self.forms, self._certificate, self._export, self._renew):
            part.setVisible(bool(cards))
        self._none.setVisible(not cards)
        self._renew.allow(staff.may(self.session.desk, roles.KEEP), self.tr("Your role does not allow this."))
        if cards and cards[0].state == "missing":
            self.banner.say(
                self.tr("The file of the key in use is not there"),
                self.tr(
                    "Put the folder keys back from a backup. Else the next signature makes a new key by itself."
                ),
                "attention",
            )
        self._show_key()

    def export_to(self, card: KeyCard, file: Path) -> None:
        """Write the certificate of a key into a file."""
        try:
            content = key_card.certificate_file(self.session.desk, card.fingerprint)
            try:
                whole_file.write(file, content)
            except OSError as cause:
                raise SurroundingsError(
                    "seal.cannot_export", path=str(file), cause=system_reason(cause)
                ) from cause
        except CounterError as error:
            self.refuse(error)
            return
        self.banner.say(
            self.tr("The certificate is saved: {file}").format(file=file.name),
            self.tr("A PDF reader that trusts it names the shop on every form."),
            tone="ok",
        )

    def renew(self) -> None:
        """Make a new key."""
        try:
            self.session.act(shop_key.renew)
        except CounterError as error:
            self.refuse(error)
            return
        self.load()
        self.banner.say(self.tr("The shop has a new key."), self.tr("Make a backup today."), "ok")

    def _ask_export(self) -> None:
        card = self.keys.chosen()
        if not isinstance(card, KeyCard):
            return
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save the certificate"), f"{card.fingerprint[:16]}.pem", "PEM (*.pem)"
        )
        if chosen:
            self.export_to(card, Path(chosen))

    def _ask_renew(self) -> None:
        if RenewDialog(self).exec():
            self.renew()

    def _show_key(self) -> None:
        card = self.keys.chosen()
        forms: Sequence[SealedForm] = ()
        told = ""
        if isinstance(card, KeyCard):
            forms = key_card.sealed_with(self.session.desk, card.fingerprint)
            pairs = " ".join(card.fingerprint[at : at + 4] for at in range(0, len(card.fingerprint), 4))
            told = self.tr("{shop} · SHA-256 {fingerprint}").format(
                shop=card.subject, fingerprint=pairs.upper()
            )
        self.forms.rows.show_rows(forms)
        self._certificate.setText(told)

    def _made(self, row: KeyCard) -> str:
        return f"{shown.moment(row.at, self._zone())} {row.by}".strip()

    def _why(self, row: KeyCard) -> str:
        return {
            "first": self.tr("the first one"),
            "lost": self.tr("the one before was lost"),
            "renewed": self.tr("renewed by hand"),
        }[row.why]

    def _state(self, row: KeyCard) -> str:
        return {
            "in_use": self.tr("in use"),
            "missing": self.tr("file missing"),
            "earlier": self.tr("earlier"),
        }[row.state]

    def _sealed_at(self, row: SealedForm) -> str:
        return shown.moment(row.at, self._zone())

    def _kept(self, row: SealedForm) -> str:
        return self.tr("erased after its time") if row.erased else self.tr("kept")

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.desk.shop.time_zone)

    def _retranslate(self) -> None:
        self.say(
            self.tr("The shop's key"),
            self.tr("Seals every signed form, so that any PDF reader shows whether it was changed since."),
        )
        self.keys.setAccessibleName(self.tr("Keys of the shop"))
        self.forms.setAccessibleName(self.tr("Forms sealed with the chosen key"))
        self._export.setText(self.tr("Save the certificate"))
        self._renew.setText(self.tr("Make a new key"))
        self._none.setText(self.tr("No key yet: it is made by itself when the first form is signed."))
        self._lost.setText(
            self.tr(
                "New computer, or the key was lost: a backup takes the folder keys along, and restoring it brings the key "
                "back. Where it is gone for good, the next signature makes a new one; every earlier form stays good, "
                "because its certificate stands here and its hash in the books."
            )
        )
        self._show_key()


def _tone(row: KeyCard) -> str:
    return "late" if row.state == "missing" else ""
