"""Text on the screen: always plain, so nobody's name or note can act as markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from counter_app.ui import theme


class Words(QLabel):
    """A label with one of the style sheet's looks, e.g. `Words("…", "note", wrap=True)`."""

    def __init__(
        self, text: str = "", look: str = "body", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(text)

    def set_look(self, look: str) -> None:
        """Change the look."""
        theme.set_look(self, look)


class Elided(Words):
    """One line that ends in `…` where room is short; the whole text is its tooltip."""

    def __init__(self, text: str = "", look: str = "body", parent: QWidget | None = None) -> None:
        self._whole = ""
        super().__init__("", look, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text == self._whole and text == self.accessibleName():
            return
        self._whole = text
        self.setAccessibleName(text)
        self._elide()
        self.updateGeometry()

    def whole(self) -> str:
        """The text without `…`."""
        return self._whole

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._whole) + 4, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown if self.width() > 24 else self._whole)
        self.setToolTip(self._whole if shown != self._whole else "")


class Divider(QFrame):
    """A hair line between two thoughts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "divider")
        self.setFixedHeight(1)
