"""Part of a settings page: the folder into which the register writes its nightly file."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import IMPORT
from counter_app.services import sale_list, settings, staff, watched_imports
from counter_app.ui.screens.sales.import_words import ImportWords
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field


class WatchedFolder(QWidget):
    """Folder, source, and whether what was taken in is put away; every choice works at once.

    Signals:
        refused(object): the CounterError of a choice that was not kept.
    """

    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._words = session, ImportWords()
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.source = QComboBox()
        for kind in ("", *sale_list.file_kinds()):
            self.source.addItem("", kind)
        self.put_away = QCheckBox()
        self.choose, self.leave = ActionButton("", "folder-open"), ActionButton("", "x", kind="quiet")
        self._folder_field, self._source_field = Field(self.folder), Field(self.source)
        self._folder_field.put_beside(self.choose)
        self._folder_field.put_beside(self.leave)
        self.folder.setMinimumWidth(140)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        for part in (self._folder_field, self._source_field, self.put_away):
            column.addWidget(part)
        self.choose.clicked.connect(self._choose)
        self.leave.clicked.connect(lambda: self.keep(""))
        self.source.activated.connect(lambda _at: self.keep(self.folder.text()))
        self.put_away.clicked.connect(lambda: self.keep(self.folder.text()))
        self._retranslate()

    def load(self) -> None:
        """What is chosen now."""
        desk = self._session.desk
        self.folder.setText(str(settings.setting(desk, watched_imports.FOLDER)))
        at = self.source.findData(settings.setting(desk, watched_imports.SOURCE))
        self.source.setCurrentIndex(max(0, at))
        self.put_away.setChecked(bool(settings.setting(desk, watched_imports.MOVE)))
        allowed, chosen = staff.may(desk, IMPORT), bool(self.folder.text())
        self.choose.allow(allowed, self.tr("Your role may not import."))
        self.leave.allow(allowed and chosen, self.tr("No folder is chosen."))
        for part in (self.source, self.put_away):
            part.setEnabled(allowed and chosen)

    def keep(self, folder: str) -> None:
        """Look into this folder from now on, as the other choices say."""
        source, move = str(self.source.currentData() or ""), self.put_away.isChecked()
        try:
            self._session.act(watched_imports.choose, folder, source, move=move)
        except CounterError as error:
            self.refused.emit(error)
        self.load()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the register"), self.folder.text())
        if folder:
            self.keep(folder)

    def _retranslate(self) -> None:
        self._words.retranslate()
        self._folder_field.set_label(
            self.tr("Folder into which the register writes its nightly file"),
            self.tr(
                "Looked into every minute while the program is open; each file comes in once, when it is whole."
            ),
        )
        self._source_field.set_label(self.tr("What writes it"))
        for at in range(self.source.count()):
            self.source.setItemText(at, self._words.kind(str(self.source.itemData(at))))
        self.source.setAccessibleName(self.tr("What writes it"))
        self.put_away.setText(self.tr("Put files that came in into a folder “imported” beside them"))
        self.choose.setText(self.tr("Choose…"))
        self.leave.setText(self.tr("Look nowhere"))
