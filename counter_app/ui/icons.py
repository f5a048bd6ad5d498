"""Icons of one family, tinted from their SVG in any colour and sharp at any scaling."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from counter_app import resources
from counter_app.ui import theme

_SCALES = (1.0, 1.5, 2.0)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    # Lucide draws with `currentColor`, which Qt takes for black.
    drawing = resources.read_text("icons", f"{name}.svg").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, scale: float = 1.0) -> QPixmap:
    """One icon as a pixmap of `size` logical pixels. Raises FileNotFoundError for an icon not shipped."""
    made = QPixmap(round(size * scale), round(size * scale))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, colour).render(painter)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


def icon(name: str, token: str = "ink", size: int = 20) -> QIcon:
    """An icon in a token's colour of the theme in force; made again when the theme changes."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, size, getattr(theme.tokens(), token), scale))
    return made


def paint(painter: QPainter, name: str, where: QRectF, token: str) -> None:
    """Draw an icon inside a widget's own painting. Drawn from its lines once for a size, then copied."""
    scale = painter.device().devicePixelRatio()
    side = round(where.width())
    if where.width() != where.height() or side != where.width():
        _renderer(name, getattr(theme.tokens(), token)).render(painter, where)
        return
    drawn = pixmap(name, side, getattr(theme.tokens(), token), scale)
    painter.drawPixmap(where.topLeft(), drawn)


class Icon(QWidget):
    """An icon standing alone, decoration beside a word; it follows the theme."""

    def __init__(
        self, name: str, token: str = "secondary", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon, or the same in another token's colour."""
        if (name, token or self._token) != (self._name, self._token):
            self._name, self._token = name, token or self._token
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, self._name, QRectF(self.rect()), self._token)
        painter.end()
