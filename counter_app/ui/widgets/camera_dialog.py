"""A photo from the machine's own camera. Needs the optional PySide6-Addons; imported only where it is there.

(`photo_strip.has_camera` tells.) Without it a phone that fills the watched folder does the same work.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtMultimedia import QCamera, QImageCapture, QMediaCaptureSession, QMediaDevices
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QComboBox, QWidget

from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

_QUALITY = 90


class CameraDialog(Dialog):
    """Shows the picture live; the accept button takes it.

    Attributes:
        picture: the JPEG bytes after the dialog was accepted, else None.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=760, icon="camera", key="Space")
        self.picture: bytes | None = None
        self._session = QMediaCaptureSession(self)
        self._capture = QImageCapture(self)
        self._camera: QCamera | None = None
        self._view = QVideoWidget()
        self._view.setMinimumHeight(400)
        self._which = QComboBox()
        self._field = Field(self._which)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(self._view)
        self.body.addWidget(self._view, 1)
        self.body.addWidget(self._field)
        self._capture.imageCaptured.connect(self._taken)
        self._capture.errorOccurred.connect(lambda _id, _error, text: self._trouble(text))
        self._which.currentIndexChanged.connect(self._choose)
        self._retranslate()
        self._list()

    def confirm(self) -> None:
        if self._capture.isReadyForCapture():
            self._capture.capture()

    def done(self, result: int) -> None:
        if self._camera is not None:
            self._camera.stop()
        super().done(result)

    def _list(self) -> None:
        devices = QMediaDevices.videoInputs()
        self._field.setVisible(len(devices) > 1)
        self.accept_button.setEnabled(bool(devices))
        if not devices:
            self.banner.say(
                self.tr("No camera was found."),
                self.tr("Connect one, or take the photo with a phone that fills the photo folder."),
                "attention",
            )
        for device in devices:
            self._which.addItem(device.description(), device)

    def _choose(self, at: int) -> None:
        if self._camera is not None:
            self._camera.stop()
        self._camera = QCamera(self._which.itemData(at), self)
        self._camera.errorOccurred.connect(lambda _error, text: self._trouble(text))
        self._session.setCamera(self._camera)
        self._camera.start()

    def _taken(self, _number: int, image: QImage) -> None:
        store = QByteArray()
        buffer = QBuffer(store)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"JPEG"))
        writer.setQuality(_QUALITY)
        if writer.write(image):
            self.picture = bytes(store.data())
            self.accept()
        else:
            self._trouble(writer.errorString())

    def _trouble(self, text: str) -> None:
        self.banner.say(self.tr("The camera gave no picture."), text, "attention")

    def _retranslate(self) -> None:
        self.say(self.tr("Take a photo"), "", self.tr("Take it"))
        self._field.set_label(self.tr("Camera"))
        self._view.setAccessibleName(self.tr("Live picture"))
