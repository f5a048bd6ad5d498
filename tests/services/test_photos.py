"""Evidence: what is kept of a picture, and what is refused."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from counter_app.db.models import Attachment, CaseEvent
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import cases, photos, pictures
from counter_app.services.cases import NewCase
from counter_app.services.desk import Desk


@pytest.fixture
def case_id(desk: Desk) -> int:
    """A question somebody asked at the counter."""
    return int(cases.open_case(desk, NewCase(entrance="IN-C", words="怎么用?"), "visit").value.id)


def _noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))


def _bytes(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    memory = io.BytesIO()
    image.save(memory, kind, **options)
    return memory.getvalue()


def _kept(desk: Desk, view: Any) -> Image.Image:
    with Image.open(desk.folder / view.path) as image:
        return image.copy()


@pytest.mark.req("S4-19")
def test_a_photo_is_kept_under_its_hash_with_its_step(desk: Desk, case_id: int) -> None:
    made = _bytes(Image.new("RGB", (640, 480), "red"))
    view = photos.take_photo(desk, case_id, made, node="photo-step", name="现场 照片.jpeg").value
    file = desk.folder / view.path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == view.sha256
    assert (view.node, view.name, view.mime, view.size) == (
        "photo-step",
        "现场 照片.jpg",
        "image/jpeg",
        file.stat().st_size,
    )
    assert photos.attachment_path(desk, view.id) == file
    assert [row.kind for row in CaseEvent.select().where(CaseEvent.kind == "photo_taken")] == ["photo_taken"]
    assert [one.name for one in file.parent.iterdir()] == [view.sha256], "no half-written file stays behind"


def test_the_same_picture_for_the_same_step_is_kept_once(desk: Desk, case_id: int) -> None:
    made = _bytes(Image.new("RGB", (64, 48), "red"))
    first = photos.take_photo(desk, case_id, made)
    again = photos.take_photo(desk, case_id, made)
    assert (again.value.id, again.changed) == (first.value.id, frozenset())
    assert photos.take_photo(desk, case_id, made, node="another").value.id != first.value.id
    assert Attachment.select().count() == 2


def test_a_picture_is_turned_upright_and_says_nothing_of_where_it_was_taken(desk: Desk, case_id: int) -> None:
    image = Image.new("RGB", (40, 20), "blue")
    for x in range(20):
        for y in range(20):
            image.putpixel((x, y), (255, 255, 0))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = _bytes(image, exif=exif, icc_profile=profile, comment=b"SecretComment", quality=95)
    assert b"SecretPhone" in made
    view = photos.take_photo(desk, case_id, made).value
    content = (desk.folder / view.path).read_bytes()
    for secret in (b"SecretPhone", b"SecretComment", b"Exif", b"ICC_PROFILE"):
        assert secret not in content
    kept = _kept(desk, view)
    assert kept.size == (20, 40)
    red, green, blue = kept.getpixel((10, 5))  # type: ignore[misc]
    assert red > 200 and green > 200 and blue < 80, "what was left is on top now"


def test_a_screenshot_stays_png_without_its_words(desk: Desk, case_id: int) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SecretAuthor")
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    view = photos.take_photo(desk, case_id, _bytes(image, "PNG", pnginfo=words)).value
    assert view.mime == "image/png"
    assert view.name == "photo.png"
    assert b"SecretAuthor" not in (desk.folder / view.path).read_bytes()
    assert _kept(desk, view).getpixel((1, 1)) == (255, 255, 255), "what was transparent is white paper"


def test_a_large_photo_becomes_bounded(desk: Desk, case_id: int) -> None:
    view = photos.take_photo(desk, case_id, _bytes(_noise(4000, 3000), quality=95)).value
    assert view.size <= pictures.MOST_BYTES
    assert max(_kept(desk, view).size) <= pictures.LONGEST_SIDE


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF", "WEBP"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_any_usual_picture_is_read(desk: Desk, case_id: int, kind: str, mode: str) -> None:
    image = Image.new(mode, (30, 20))
    try:
        made = _bytes(image, kind)
    except (OSError, KeyError, ValueError):  # a format that has no such mode
        made = _bytes(image.convert("RGB"), kind)
    assert photos.take_photo(desk, case_id, made).value.size > 0


def _png_that_claims(width: int, height: int) -> bytes:
    def part(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", header)
        + part(b"IDAT", zlib.compress(b"\x00" * 1000))
        + part(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo.not_an_image"),
        (b"hello", "photo.not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.not_an_image"),
        (b"%PDF-1.7", "photo.not_an_image"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "photo.not_an_image"),
        (_bytes(Image.new("RGB", (400, 400), "red"))[:300], "photo.not_an_image"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100, "photo.heic"),
        (_png_that_claims(20_000, 10), "photo.too_large"),
        (_png_that_claims(10, 20_000), "photo.too_large"),
        (_png_that_claims(19_000, 19_000), "photo.too_large"),
        (_png_that_claims(11_000, 11_000), "photo.too_large"),
        (_png_that_claims(2**31 - 1, 2**31 - 1), "photo.too_large"),
        (_png_that_claims(0, 10), "photo.not_an_image"),
        (_png_that_claims(500, 500), "photo.not_an_image"),
    ],
    ids=[
        "nothing", "text", "svg", "pdf", "broken png", "half a jpeg", "heic", "20 000 wide", "20 000 high",
        "361 megapixels", "121 megapixels", "beyond all", "no width", "too few pixels",
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(desk: Desk, case_id: int, content: bytes, code: str) -> None:
    with pytest.raises(UserError) as told:
        photos.take_photo(desk, case_id, content)
    assert told.value.code == code
    assert Attachment.select().count() == 0
    assert not any((desk.folder / "attachments").iterdir())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\li\\照片.png", "照片.jpg"),
        ("a<b>:c|d?.jpg", "abcd.jpg"),
        ("\u202egpj.exe", "photo.jpg"),
        ("x" * 500 + ".jpg", "x" * 80 + ".jpg"),
        ("...", "photo.jpg"),
        ("\x00\x1b.png", "photo.jpg"),
        ("CON.png", "_CON.jpg"),
        ("nul.tar.gz", "_nul.tar.jpg"),
        ("COM1", "_COM1.jpg"),
        ("contact.png", "contact.jpg"),
        ("家里 . .png", "家里.jpg"),
        ("通话13812341234.png", "通话138xxxx1234.jpg"),
    ],
)
def test_names_are_safe_to_show_and_save(given: str, kept: str) -> None:
    assert photos.safe_name(given, ".jpg") == kept


def test_the_folder_a_phone_fills(desk: Desk, case_id: int) -> None:
    inbox = photos.inbox_folder(desk)
    (inbox / "IMG_0001.JPG").write_bytes(_bytes(Image.new("RGB", (30, 20), "red")))
    (inbox / "IMG_0002.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50)
    (inbox / "notes.txt").write_text("no picture", encoding="utf-8")
    (inbox / ".IMG_0003.jpg").write_bytes(b"half sent")
    os.utime(inbox / "IMG_0002.heic", (1, 1))
    waiting = photos.inbox_files(desk)
    assert [one.name for one in waiting] == ["IMG_0001.JPG", "IMG_0002.heic"]
    view = photos.take_from_inbox(desk, case_id, waiting[0].path, node="step").value
    assert (view.name, view.node) == ("IMG_0001.jpg", "step")
    assert [one.name for one in photos.inbox_files(desk)] == ["IMG_0002.heic"]
    with pytest.raises(UserError, match=r"photo\.heic"):
        photos.take_from_inbox(desk, case_id, waiting[1].path)
    assert waiting[1].path.exists(), "a picture that was refused stays where it was"
    with pytest.raises(UserError, match=r"photo\.not_in_inbox"):
        photos.take_from_inbox(desk, case_id, desk.folder / "counter.sqlite3")


def test_pasted_words_are_evidence_too(desk: Desk, case_id: int) -> None:
    view = photos.take_text(desk, case_id, "页面写着:\r\n纯棉 100%", node="listing").value
    assert (desk.folder / view.path).read_text(encoding="utf-8") == "页面写着:\n纯棉 100%"
    assert (view.kind, view.mime) == ("listing", "text/plain")
    with pytest.raises(UserError, match=r"photo\.text_empty"):
        photos.take_text(desk, case_id, " \n ")
    with pytest.raises(UserError, match=r"text\.too_long"):
        photos.take_text(desk, case_id, "长" * 100_000)


def test_evidence_belongs_to_a_case_that_exists(desk: Desk, case_id: int) -> None:
    made = _bytes(Image.new("RGB", (8, 8)))
    with pytest.raises(UserError, match=r"case\.unknown"):
        photos.take_photo(desk, 999, made)
    with pytest.raises(UserError, match=r"photo\.line"):
        photos.take_photo(desk, case_id, made, case_line=999)
    with pytest.raises(UserError, match=r"photo\.kind"):
        photos.take_photo(desk, case_id, made, kind="video")
    with pytest.raises(SurroundingsError, match=r"photo\.unreadable"):
        photos.take_photo(desk, case_id, Path("gone.jpg"))


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid"), reason="folders are files there")
def test_a_disk_that_takes_nothing_is_told_and_leaves_no_row(desk: Desk, case_id: int) -> None:
    made = _bytes(Image.new("RGB", (8, 8)))
    folder = desk.folder / "attachments"
    folder.rmdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(SurroundingsError, match=r"attachment\.cannot_store"):
        photos.take_photo(desk, case_id, made)
    assert Attachment.select().count() == 0


def test_a_folder_of_files_that_vanished_is_told_and_not_made_anew(desk: Desk, case_id: int) -> None:
    made = _bytes(Image.new("RGB", (8, 8)))
    folder = desk.folder / "attachments"
    folder.rmdir()
    photos.take_photo(desk, case_id, made)
    away = folder.rename(desk.folder / "moved away")
    with pytest.raises(SurroundingsError, match=r"attachment\.folder_gone") as told:
        photos.take_photo(desk, case_id, _bytes(Image.new("RGB", (9, 9))))
    assert told.value.params["count"] == 1 and not folder.exists()
    assert Attachment.select().count() == 1
    away.rename(folder)
    photos.take_photo(desk, case_id, _bytes(Image.new("RGB", (9, 9))))
    assert Attachment.select().count() == 2


def test_a_file_that_vanished_is_told(desk: Desk, case_id: int) -> None:
    view = photos.take_photo(desk, case_id, _bytes(Image.new("RGB", (8, 8)))).value
    (desk.folder / view.path).unlink()
    with pytest.raises(SurroundingsError, match=r"photo\.missing"):
        photos.attachment_path(desk, view.id)
    with pytest.raises(UserError, match=r"photo\.unknown"):
        photos.attachment_path(desk, 999)
