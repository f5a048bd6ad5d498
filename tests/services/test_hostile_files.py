"""Files that mean harm: hostile names, links that lead elsewhere; what is kept lies under its hash and nowhere else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from visits import Counter, build_shop, opened

from counter_app.domain.errors import UserError
from counter_app.services import attachment_files, photos


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there


def picture(colour: str = "teal") -> bytes:
    told = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(told, "PNG")
    return told.getvalue()


NAMES = (
    "../../../counter.sqlite3",
    "..\\..\\counter.sqlite3",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "CON",
    "aux.png",
    "LPT1.png",
    "a\x00b.png",
    "照片\u202egnp.exe",
    ".png",
    "x" * 4000,
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:20]))
def test_a_hostile_name_changes_nothing_about_where_a_file_lies(counter: Counter, name: str) -> None:
    visit = counter.visit(counter.simple_sale())
    before = {file for file in counter.desk.folder.parent.rglob("*") if file.is_file()}
    kept = photos.take_photo(counter.clerk, visit.case_id, picture(), name=name).value
    fresh = {file for file in counter.desk.folder.parent.rglob("*") if file.is_file()} - before
    (file,) = [one for one in fresh if not one.name.startswith("counter.sqlite3")]
    assert file.parent.parent == counter.desk.folder / "attachments"
    assert re.fullmatch(r"[0-9a-f]{64}", file.name) and file.parent.name == file.name[:2]
    assert not re.search(r'[<>:"/\\\\|?*\x00-\x1f\u202e]', kept.name) and len(kept.name) < 100
    assert not re.fullmatch(r"(?i)(con|aux|lpt1)(\..*)?", kept.name)
    counter.sound()


def link(place: Path, target: Path) -> None:
    """A link of the system, where it lets this user make one; else the test has nothing to defend against."""
    try:
        place.symlink_to(target)
    except OSError:
        place.write_bytes(target.read_bytes())


def test_a_link_in_the_folder_a_phone_fills_is_not_followed(counter: Counter, tmp_path: Path) -> None:
    visit = counter.visit(counter.simple_sale())
    secret = tmp_path / "geheim.png"
    secret.write_bytes(picture())
    trap = photos.inbox_folder(counter.desk) / "IMG_1.png"
    link(trap, secret)
    if trap.is_symlink():
        with pytest.raises(UserError, match=r"photo\.not_in_inbox"):
            photos.take_from_inbox(counter.clerk, visit.case_id, trap)
    assert secret.is_file()


def test_a_link_that_waits_in_the_place_of_a_file_is_replaced_by_the_file(
    counter: Counter, tmp_path: Path
) -> None:
    content = b"one hundred bytes" * 6
    victim = tmp_path / "victim"
    victim.write_bytes(b"x" * len(content))
    place = counter.desk.folder / attachment_files.relative_path(attachment_files.sha256_of(content))
    place.parent.mkdir(parents=True)
    link(place, victim)
    if not place.is_symlink():
        place.unlink()
    attachment_files.keep(counter.desk, content)
    assert place.read_bytes() == content and not place.is_symlink()
    assert victim.read_bytes() == b"x" * len(content)
