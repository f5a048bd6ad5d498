"""Photos arrive from a file, the clipboard, a drop and the folder a phone fills."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from counter_app.ui.widgets.photo_strip import PhotoStrip
from counter_app.ui.widgets.picture_button import Thumb, thumbnail


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    file = tmp_path / "杯口 裂纹.jpg"
    assert image.save(str(file))
    return file


@pytest.fixture
def strip(qtbot) -> PhotoStrip:
    made = PhotoStrip()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_chosen_file_is_handed_over(strip, picture, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_named: ([str(picture)], ""))
    with qtbot.waitSignal(strip.received) as received:
        strip.choose_files()
    assert (received.args[0].source, received.args[0].path) == ("file", picture)


def test_a_copied_picture_is_pasted_as_bytes(strip, picture, qtbot) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(picture)))
    with qtbot.waitSignal(strip.received) as received:
        strip.paste()
    assert received.args[0].source == "paste"
    assert received.args[0].data.startswith(b"\x89PNG")


def test_an_empty_clipboard_says_what_to_do(strip) -> None:
    QGuiApplication.clipboard().setText("not a picture")
    strip.paste()
    assert "no picture in the clipboard" in strip._error.text()


def test_a_dropped_file_is_handed_over(strip, picture, qtbot) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(picture))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(strip.received) as received:
        strip.dropEvent(event)
    assert received.args[0].path == picture


def test_a_photo_that_reaches_the_phone_folder_arrives_by_itself(strip, picture, tmp_path, qtbot) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "yesterday.jpg").write_bytes(picture.read_bytes())
    strip.watch(inbox)
    with qtbot.waitSignal(strip.received, timeout=8000) as received:
        (inbox / "IMG_0001.jpg").write_bytes(picture.read_bytes())
    assert (received.args[0].source, received.args[0].path.name) == ("inbox", "IMG_0001.jpg")


def test_a_photo_still_being_copied_is_waited_for(strip, picture, tmp_path) -> None:
    inbox = tmp_path / "inbox"
    strip.watch(inbox)
    taken: list[object] = []
    strip.received.connect(taken.append)
    half = inbox / "IMG_0002.jpg"
    half.write_bytes(picture.read_bytes()[:50])
    strip._look_into_inbox()
    half.write_bytes(picture.read_bytes())
    strip._look_into_inbox()
    assert taken == []
    strip._look_into_inbox()
    assert len(taken) == 1
    strip._look_into_inbox()
    assert len(taken) == 1


def test_thumbnails_open_what_they_show(strip, picture, qtbot) -> None:
    strip.show_thumbs([Thumb("a1", "crack", path=picture), Thumb("a2", "erased")])
    assert [button.accessibleName() for button in strip._pictures] == ["crack", "erased"]
    with qtbot.waitSignal(strip.opened) as opened:
        strip._pictures[0].click()
    assert opened.args == ["a1"]


def test_a_file_that_is_no_picture_gives_an_empty_thumbnail(qapp, tmp_path) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_bytes(b"not a picture at all")
    assert thumbnail(Thumb("x", "x", path=fake), 100).isNull()
    assert thumbnail(Thumb("x", "x", data=b"\x89PNG broken"), 100).isNull()


def test_a_large_picture_is_read_small(qapp, tmp_path) -> None:
    image = QImage(4000, 3000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    file = tmp_path / "large.jpg"
    image.save(str(file))
    small = thumbnail(Thumb("x", "x", path=file), 144)
    assert 144 <= small.width() <= 200 and small.height() == 144
