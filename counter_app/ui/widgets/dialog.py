"""The base of every decision that must be taken before going on."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.words import Words


class Dialog(QDialog):
    """Title, banner, content, and at the foot `cancel` (Esc) and `accept_button`.

    Subclasses fill `body` and override `_retranslate`. Enter in a text field presses the accept
    button; held down it does so once.

    Attributes:
        body: vertical layout of the content.
        foot: horizontal layout left of the buttons, for further actions.
        banner: message bar under the title.
        cancel, accept_button: the two buttons.
    """

    def __init__(
        self, parent: QWidget | None = None, *, width: int = 520, icon: str = "check", key: str = ""
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(width)
        self._title = Words("", "title", wrap=True)
        self._lead = Words("", "secondary", wrap=True)
        self._lead.hide()
        self.banner = Banner(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(Size.GAP_M)
        self.cancel = ActionButton(key="Esc", kind="quiet")
        self.accept_button = PrimaryButton("", icon, key=key, bind=bool(key))
        self.foot = QHBoxLayout()
        self.foot.setSpacing(Size.GAP_S)
        buttons = QHBoxLayout()
        buttons.setSpacing(Size.GAP_M)
        buttons.addWidget(self.cancel)
        buttons.addLayout(self.foot)
        buttons.addStretch(1)
        buttons.addWidget(self.accept_button, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_L + 6, Size.GAP_L + 2, Size.GAP_L + 6, Size.GAP_L)
        column.setSpacing(Size.GAP_M)
        for part in (self._title, self._lead, self.banner):
            column.addWidget(part)
        column.addLayout(self.body, 1)
        column.addLayout(buttons)
        self.cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.confirm)
        self._words_of_buttons()

    def say(self, title: str, lead: str = "", accept: str = "") -> None:
        """Set or translate the title, the sentence beneath it and the word on the accept button."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        if accept:
            self.accept_button.setText(accept)

    def confirm(self) -> None:
        """The accept button: override to check the input first, then call `accept`."""
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._words_of_buttons()
            self._retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Focus goes to the first input; Tab runs through the content, then accept, then cancel."""
        super().showEvent(event)
        content = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget not in (self.cancel, self.accept_button)
            and not self.banner.isAncestorOf(widget)
            and widget.focusProxy() is None
            and widget.isVisibleTo(self)
        ]
        chain = [*content, self.accept_button, self.cancel]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        if self.focusWidget() in (None, self.cancel, self.accept_button):
            next((widget for widget in content if widget.isEnabled()), self.accept_button).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.accept_button.isEnabled():
            # Enter held down since the dialog before decides nothing in this one, which nobody has read yet.
            if not event.isAutoRepeat():
                self.accept_button.click()
            return
        super().keyPressEvent(event)

    def _retranslate(self) -> None:
        """Set the subclass's sentences anew."""

    def _words_of_buttons(self) -> None:
        self.cancel.setText(self.tr("Cancel"))
        if not self.accept_button.text():
            self.accept_button.setText(self.tr("OK"))
