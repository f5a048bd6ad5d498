"""The look-up field: scan or type, Enter asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.key_hint import KeyHint


class _LookupEdit(QLineEdit):
    """The look-up input: its frame lights up with its focus."""

    focused = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class LookupField(QFrame):
    """Scan or type a receipt, phone, name, case or article.

    Signals:
        asked(str): Enter was pressed on a text.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "searchbox")
        self.input = _LookupEdit()
        self.input.setProperty("look", "bare")
        self.input.setMaxLength(200)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_S, Size.GAP_S)
        row.setSpacing(Size.GAP_S)
        row.addWidget(Icon("scan-barcode", "accent", 22))
        row.addWidget(self.input, 1)
        row.addWidget(KeyHint("F3"))
        self.setFocusProxy(self.input)
        self.input.returnPressed.connect(self._ask)
        self.input.focused.connect(lambda on: theme.set_look(self, "searchbox_focus" if on else "searchbox"))
        self._retranslate()

    def _ask(self) -> None:
        if text := self.input.text().strip():
            self.asked.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.input.setPlaceholderText(self.tr("Scan, or type receipt, phone, name"))
        self.input.setAccessibleName(self.tr("Find a sale, a case or an article"))
