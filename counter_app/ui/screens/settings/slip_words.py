"""Settings page: what the shop itself has printed on its slips: logo, closing line, terms, name of the seal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
)

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import EDIT_POLICY
from counter_app.services import shop_words, staff
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words

_LOGO_WIDTH, _LOGO_HEIGHT = 216, 72
_TERMS_HEIGHT = 120


class SlipWordsPage(SettingsPage):
    """What is printed beside the slips' own words; a sentence the law voids is refused where it stands."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._footer, self._seal, self._terms = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self._both = QCheckBox()
        self._terms.setTabChangesFocus(True)
        self._terms.setFixedHeight(_TERMS_HEIGHT)
        self._footer.setMaxLength(shop_words.LONGEST_FOOTER)
        self._seal.setMaxLength(shop_words.LONGEST_SEAL)
        self._fields = {
            "terms": Field(self._terms),
            "footer": Field(self._footer),
            "seal": Field(self._seal),
        }
        self._logo = QLabel()
        self._logo.setFixedSize(_LOGO_WIDTH, _LOGO_HEIGHT)
        self._logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._logo_title, self._logo_note = Words("", "label"), Words("", "note", wrap=True)
        self._choose, self._remove = ActionButton("", "image"), ActionButton("", "x")
        self._save = ActionButton("", "save", kind="primary", key="Ctrl+S", bind=True)
        pictures = QHBoxLayout()
        pictures.setSpacing(Size.GAP_M)
        pictures.addWidget(self._logo)
        beside = QVBoxLayout()
        beside.setSpacing(Size.GAP_S)
        buttons = QHBoxLayout()
        buttons.setSpacing(Size.GAP_S)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        beside.addLayout(buttons)
        beside.addWidget(self._logo_note)
        pictures.addLayout(beside, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        grid.addWidget(self._fields["terms"], 0, 0, 1, 2)
        grid.addWidget(self._fields["footer"], 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._fields["seal"], 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self._logo_title)
        self.body.addLayout(pictures)
        self.body.addLayout(grid)
        self.body.addWidget(self._both)
        self.body.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._choose.clicked.connect(self.choose_logo)
        self._remove.clicked.connect(lambda: self.keep_logo(None))
        self._save.clicked.connect(self._keep)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        told = shop_words.shop_words(desk)
        self._terms.setPlainText("\n".join(told.terms))
        self._footer.setText(told.footer)
        self._seal.setText(told.seal)
        self._both.setChecked(told.both)
        for field in self._fields.values():
            field.clear_error()
        may, why = staff.may(desk, EDIT_POLICY), self.tr("Only a manager may change the rules.")
        for button in (self._save, self._choose):
            button.allow(may, why)
        self._remove.allow(may and bool(told.logo), why if not may else self.tr("There is no logo."))
        self._show_logo(shop_words.logo(desk), bool(told.logo))

    def choose_logo(self) -> None:
        """Ask for a picture file and keep it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Logo"), "", self.tr("Pictures") + " (*.png *.jpg *.jpeg *.bmp *.webp)"
        )
        if chosen:
            self.keep_logo(Path(chosen))

    def keep_logo(self, source: Path | None) -> None:
        """Print this picture at the head of slips, or none."""
        try:
            self.session.act(shop_words.set_logo, source)
        except CounterError as error:
            self.refuse(error)
            return
        self.load()
        self.saved()

    def _show_logo(self, content: bytes | None, chosen: bool) -> None:
        picture = QPixmap()
        if content is not None and picture.loadFromData(content):
            scaled = picture.scaled(
                _LOGO_WIDTH,
                _LOGO_HEIGHT,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._logo.setPixmap(scaled)
            return
        self._logo.clear()
        self._logo.setText(self.tr("The file is gone") if chosen else self.tr("none"))

    def _keep(self) -> None:
        try:
            self.session.act(
                shop_words.write, self._footer.text(), self._terms.toPlainText(), self._seal.text()
            )
            self.session.act(shop_words.speak_both, self._both.isChecked())
        except CounterError as error:
            if error.code.startswith("terms."):
                self._at_fault(error).show_error(error)
            else:
                self.refuse(error)
            return
        self.load()
        self.saved()

    def _at_fault(self, error: CounterError) -> Field:
        """The field whose words were refused; the terms when it is not to be told."""
        words = str(error.params.get("words", ""))
        for name, written in (("footer", self._footer.text()), ("seal", self._seal.text())):
            if words and words in written:
                return self._fields[name]
        return self._fields["terms"]

    def _retranslate(self) -> None:
        self.say(
            self.tr("Words on slips"),
            self.tr("Printed on every slip from now on. What was signed or posted keeps the words it had."),
        )
        self._logo_title.setText(self.tr("Logo"))
        self._logo_note.setText(
            self.tr(
                "At the head of every slip. A wide, dark picture on white prints best, also on a receipt."
            )
        )
        self._choose.setText(self.tr("Choose a picture…"))
        self._remove.setText(self.tr("Remove"))
        self._fields["terms"].set_label(
            self.tr("The shop's own terms"),
            self.tr("One sentence a line, at most five. What the law voids is refused."),
        )
        self._fields["footer"].set_label(self.tr("Closing line"))
        self._fields["seal"].set_label(self.tr("Name of the seal"), self.tr("stands in the seal's space"))
        self._both.setText(self.tr("The customer's copy in Chinese and in English, one after the other"))
        self._save.setText(self.tr("Save"))
