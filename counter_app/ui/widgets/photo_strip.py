"""Evidence photos: from a file, the clipboard, a drop, the folder a phone fills, or a camera.

The strip only collects paths and bytes and shows thumbnails; turning, stripping and bounding the picture is
the photo service's work, which the screen calls from `received`.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QFileSystemWatcher,
    QIODevice,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.picture_button import PictureButton, Thumb
from counter_app.ui.widgets.words import Words

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic", ".heif")
#: A file of the phone's folder is whole when it stayed the same for this long.
SETTLED_MS = 400
_SIDE = 72


def has_camera() -> bool:
    """Whether the optional camera support (QtMultimedia) is installed."""
    return importlib.util.find_spec("PySide6.QtMultimedia") is not None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One picture on its way in: bytes, the file it came from, or both; `source` says how it came."""

    source: str
    data: bytes | None = None
    path: Path | None = None


class PhotoStrip(QWidget):
    """Thumbnails in a row with the ways to add one.

    Signals:
        received(object): an `Incoming`; the screen stores it and then calls `show_thumbs`.
        opened(str): key of a thumbnail that was clicked.
        camera(): the camera button was pressed (only there where `has_camera()`); its picture is `received`.
    """

    received = Signal(object)
    opened = Signal(str)
    camera = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: list[PictureButton] = []
        self._seen: dict[Path, tuple[int, int]] = {}
        self._growing: dict[Path, tuple[int, int]] = {}
        self._inbox: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look_into_inbox)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._look_into_inbox)
        self.setAcceptDrops(True)
        self._row = QHBoxLayout()
        self._row.setSpacing(Size.GAP_S)
        self._row.addStretch(1)
        self._camera = ActionButton("", "camera", kind="quiet", key="F6", bind=True)
        self._camera.clicked.connect(self.take_photo)
        self._camera.setVisible(has_camera())
        self._file = ActionButton("", "image-plus", kind="quiet", key="F7", bind=True)
        self._file.clicked.connect(self.choose_files)
        self._paste = ActionButton("", "clipboard-paste", kind="quiet")
        self._paste.clicked.connect(self.paste)
        self._error = Words("", "error", wrap=True)
        self._error.hide()
        self._hint = Words("", "small", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(Size.GAP_XS)
        for button in (self._camera, self._file, self._paste):
            buttons.addWidget(button)
        buttons.addStretch(1)
        ways = QVBoxLayout()
        ways.setSpacing(2)
        ways.addLayout(buttons)
        ways.addWidget(self._hint)
        line = QHBoxLayout()
        line.setSpacing(Size.GAP_M)
        line.addLayout(self._row)
        line.addLayout(ways, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_XS)
        column.addLayout(line)
        column.addWidget(self._error)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self._retranslate()

    def show_thumbs(self, thumbs: list[Thumb]) -> None:
        """Show these pictures."""
        for picture in self._pictures:
            self._row.removeWidget(picture)
            picture.hide()
            picture.deleteLater()
        self._pictures = []
        for thumb in thumbs:
            picture = PictureButton(thumb, _SIDE, self)
            picture.clicked.connect(lambda _checked=False, key=thumb.key: self.opened.emit(key))
            self._row.insertWidget(self._row.count() - 1, picture)
            self._pictures.append(picture)

    def show_error(self, text: str) -> None:
        """Say why the last picture was not kept; an empty text takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def watch(self, folder: Path | None) -> None:
        """Take pictures that arrive in this folder from now on; None stops.

        What already lies there is left alone: it may belong to the customer before.
        """
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._inbox, self._growing = folder, {}
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        self._seen = dict(self._stamps())
        self._watcher.addPath(str(folder))

    def take_photo(self) -> None:
        """The camera's own dialog; its import needs the optional camera support."""
        from counter_app.ui.widgets.camera_dialog import CameraDialog

        self.camera.emit()
        dialog = CameraDialog(self)
        dialog.exec()
        if dialog.picture is not None:
            self.received.emit(Incoming("camera", data=dialog.picture))

    def choose_files(self) -> None:
        """The file dialog."""
        endings = " ".join(f"*{ending}" for ending in PICTURE_ENDINGS)
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, self.tr("Choose photos"), "", self.tr("Pictures") + f" ({endings})"
        )
        for name in chosen:
            self._take_path(Path(name), "file")

    def paste(self) -> None:
        """Take a picture, or files, from the clipboard."""
        board = QGuiApplication.clipboard()
        content = board.mimeData()
        if content is not None and content.hasUrls():
            for url in content.urls():
                if url.isLocalFile():
                    self._take_path(Path(url.toLocalFile()), "paste")
            return
        image = board.image()
        if image.isNull():
            self.show_error(self.tr("There is no picture in the clipboard. Copy one first."))
            return
        self._take_image(image, "paste")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasUrls():
            for url in event.mimeData().urls():
                if url.isLocalFile():
                    self._take_path(Path(url.toLocalFile()), "drop")
        elif event.mimeData().hasImage():
            self._take_image(QImage(event.mimeData().imageData()), "drop")
        event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(420, _SIDE + 8)

    def _take_path(self, path: Path, source: str) -> None:
        self.show_error("")
        if not path.is_file():
            self.show_error(self.tr("{name} is not a file.").format(name=path.name))
            return
        self.received.emit(Incoming(source, path=path))

    def _take_image(self, image: QImage, source: str) -> None:
        self.show_error("")
        store = QByteArray()
        buffer = QBuffer(store)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        self.received.emit(Incoming(source, data=bytes(store.data())))

    def _stamps(self) -> list[tuple[Path, tuple[int, int]]]:
        if self._inbox is None or not self._inbox.is_dir():
            return []
        found = []
        for path in sorted(self._inbox.iterdir()):
            if path.suffix.lower() in PICTURE_ENDINGS and path.is_file():
                state = path.stat()
                found.append((path, (state.st_size, state.st_mtime_ns)))
        return found

    def _look_into_inbox(self) -> None:
        """Take what is new and has stopped growing; a phone writes a photo in many pieces."""
        waiting = False
        for path, stamp in self._stamps():
            if self._seen.get(path) == stamp:
                continue
            if stamp[0] > 0 and self._growing.get(path) == stamp:
                self._seen[path] = stamp
                self._growing.pop(path, None)
                self.received.emit(Incoming("inbox", path=path))
                continue
            self._growing[path] = stamp
            waiting = True
        if waiting:
            self._settling.start()

    def _retranslate(self) -> None:
        self._camera.setText(self.tr("Camera"))
        self._file.setText(self.tr("Photo file"))
        self._paste.setText(self.tr("Paste"))
        self._hint.setText(
            self.tr("Or drop pictures here; photos from the phone folder arrive by themselves.")
        )
