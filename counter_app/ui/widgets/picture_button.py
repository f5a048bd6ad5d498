"""A small picture that opens when it is pressed: thumbnails of photos, read at reduced size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Size

#: Larger files are not even opened for a thumbnail, bytes.
MOST_BYTES = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Thumb:
    """One picture that is kept: `key` is handed back, `name` read aloud, `path` or `data` drawn."""

    key: str
    name: str
    path: Path | None = None
    data: bytes | None = None


class PictureButton(QAbstractButton):
    """One thumbnail, `side` pixels wide and high.

    Attributes:
        thumb: what it shows.
    """

    def __init__(self, thumb: Thumb, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumb = thumb
        self._side = side
        self._image = thumbnail(thumb, side * 2)
        self.setFixedSize(side, side)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(thumb.name)
        self.setToolTip(thumb.name)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        painter.fillPath(shape, theme.colour("cap"))
        painter.setClipPath(shape)
        if self._image.isNull():
            icons.paint(
                painter, "image", QRectF(self._side / 2 - 12, self._side / 2 - 12, 24, 24), "secondary"
            )
        else:
            side = min(self._image.width(), self._image.height())
            cut = QRectF((self._image.width() - side) / 2, (self._image.height() - side) / 2, side, side)
            painter.drawImage(box, self._image, cut)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        painter.end()


def thumbnail(thumb: Thumb, side: int) -> QImage:
    """A small picture, upright, read at reduced size; a null image where it cannot be read."""
    if thumb.data is not None:
        store = QByteArray(thumb.data)
        buffer = QBuffer(store)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        return _read(reader, side)
    if thumb.path is None or not thumb.path.is_file() or thumb.path.stat().st_size > MOST_BYTES:
        return QImage()
    reader = QImageReader(str(thumb.path))
    reader.setDecideFormatFromContent(True)
    return _read(reader, side)


def _read(reader: QImageReader, side: int) -> QImage:
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > 0:
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
