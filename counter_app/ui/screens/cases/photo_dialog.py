"""A photo as large as the screen allows; arrows leaf through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.widgets.action_button import IconButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.picture_button import Thumb, thumbnail
from counter_app.ui.widgets.words import Words

_LONGEST = 1600


class _Sheet(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setMinimumSize(560, 420)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(880, 560)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("background"))
        if self.image.isNull():
            icons.paint(
                painter, "image", QRectF(self.width() / 2 - 24, self.height() / 2 - 24, 48, 48), "secondary"
            )
        else:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self.image)
        painter.end()


class PhotoDialog(Dialog):
    """Shows one of several photos.

    Args:
        photos: (name, file) pairs.
        at: which one first.
    """

    def __init__(
        self, photos: Sequence[tuple[str, Path]], at: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=760)
        self._photos, self._at = list(photos), at
        self._sheet = _Sheet()
        self._before, self._after = IconButton("chevron-left"), IconButton("chevron-right")
        self._place = Words("", "note")
        self._before.clicked.connect(lambda: self.leaf(-1))
        self._after.clicked.connect(lambda: self.leaf(1))
        self.foot.addWidget(self._before)
        self.foot.addWidget(self._place)
        self.foot.addWidget(self._after)
        self.body.addWidget(self._sheet, 1)
        self.cancel.hide()
        self.accept_button.set_kind("secondary")
        self._show()

    def leaf(self, step: int) -> None:
        """The next photo, or the one before."""
        self._at = min(len(self._photos) - 1, max(0, self._at + step))
        self._show()

    def place(self) -> str:
        """Which photo is shown, e.g. `2 / 5`."""
        return self._place.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.leaf(step)
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        name, path = self._photos[self._at]
        self._sheet.image = thumbnail(Thumb(name, name, path), _LONGEST)
        self._sheet.setAccessibleName(name)
        self._sheet.update()
        self._place.setText(f"{self._at + 1} / {len(self._photos)}")
        self._retranslate()

    def _retranslate(self) -> None:
        name, _path = self._photos[self._at]
        self.say(name or self.tr("Photo"), "", self.tr("Close"))
        self._before.set_name(self.tr("Photo before"))
        self._after.set_name(self.tr("Next photo"))
