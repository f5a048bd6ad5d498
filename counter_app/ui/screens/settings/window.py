"""Settings page: language, light or dark, when the window locks, where photos arrive."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit

from counter_app.domain.errors import CounterError
from counter_app.services import settings
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field


class WindowPage(SettingsPage):
    """Every choice works at once."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._loading = False
        self._language, self._theme, self._minutes = QComboBox(), QComboBox(), QLineEdit()
        self._language.addItem("中文", "zh")
        self._language.addItem("English", "en")
        self._minutes.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{1,3}"), self))
        self._inbox = QLineEdit()
        self._inbox.setReadOnly(True)
        self._choose = ActionButton("", "folder-open")
        self._choose.clicked.connect(self._choose_inbox)
        self._fields = {
            "language": Field(self._language),
            "theme": Field(self._theme),
            "minutes": Field(self._minutes),
            "inbox": Field(self._inbox),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        grid.addWidget(self._fields["language"], 0, 0)
        grid.addWidget(self._fields["theme"], 0, 1)
        grid.addWidget(self._fields["minutes"], 1, 0)
        self._fields["inbox"].put_beside(self._choose)
        grid.addWidget(self._fields["inbox"], 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._changed)
        self.body.addStretch(1)
        self._language.activated.connect(lambda _at: self._keep("language", self._language.currentData()))
        self._theme.activated.connect(lambda _at: self._keep("theme", self._theme.currentData()))
        self._minutes.editingFinished.connect(
            lambda: self._keep("lock.minutes", int(self._minutes.text() or 0))
        )
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        self._loading = True
        self._language.setCurrentIndex(max(0, self._language.findData(settings.setting(desk, "language"))))
        self._show_themes(settings.setting(desk, "theme"))
        self._minutes.setText(str(settings.setting(desk, "lock.minutes")))
        self._inbox.setText(settings.setting(desk, "inbox.folder") or str(desk.folder / "inbox"))
        self.show_change("lock.minutes", "inbox.folder")
        self._loading = False

    def _keep(self, key: str, value: object) -> None:
        if self._loading:
            return
        try:
            self.session.act(settings.set_setting, key, value)
        except CounterError as error:
            self.refuse(error)

    def _choose_inbox(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Folder that a phone fills"), self._inbox.text()
        )
        if folder:
            self._keep("inbox.folder", folder)
            self.load()

    def _show_themes(self, chosen: str) -> None:
        self._theme.clear()
        for name, word in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self._theme.addItem(word, name)
        self._theme.setCurrentIndex(max(0, self._theme.findData(chosen)))

    def _retranslate(self) -> None:
        self.say(self.tr("Language and window"), self.tr("Works at once."))
        tell = self._fields
        tell["language"].set_label(self.tr("Language"))
        tell["theme"].set_label(self.tr("Light or dark"))
        tell["minutes"].set_label(self.tr("Lock after minutes without a touch"), self.tr("0 never locks."))
        tell["inbox"].set_label(
            self.tr("Folder that a phone fills"), self.tr("Photos that arrive there join the case in hand.")
        )
        self._choose.setText(self.tr("Choose…"))
        self._show_themes(str(self._theme.currentData() or "system"))
