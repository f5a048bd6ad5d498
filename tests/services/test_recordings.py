"""A recording joins a case only with the customer's knowledge, and only when it is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.domain.errors import CounterError
from counter_app.services import recordings

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        yield there


@pytest.mark.req("S0-6")
def test_a_recording_is_attached_only_when_the_customer_was_told(counter: Counter, tmp_path: Path) -> None:
    visit = counter.visit(counter.simple_sale())
    file = tmp_path / "通话 1.wav"
    file.write_bytes(WAV)
    with pytest.raises(CounterError) as caught:
        recordings.attach(counter.clerk, visit.case_id, file, told=False)
    assert caught.value.code == "recording.untold"
    assert visit.case.attachments == ()
    kept = recordings.attach(counter.clerk, visit.case_id, file, told=True).value
    assert (kept.mime, kept.name) == ("audio/wav", "通话 1.wav")
    assert (counter.clerk.folder / kept.path).read_bytes() == WAV
    told = visit.case.events[-1]
    assert (told.title.zh, told.by) == ("录音 通话 1.wav（录音前已告知顾客）", "李店员")
    recordings.attach(counter.clerk, visit.case_id, file, told=True)
    assert len(visit.case.attachments) == 1


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"ID3\x04" + b"\0" * 20, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\0" * 20, "audio/mpeg"),
        (b"\0\0\0\x18ftypM4A " + b"\0" * 20, "audio/mp4"),
        (b"OggS" + b"\0" * 20, "audio/ogg"),
        (b"#!AMR\n" + b"\0" * 20, "audio/amr"),
        (b"fLaC" + b"\0" * 20, "audio/flac"),
    ],
)
def test_what_phones_record_is_taken(counter: Counter, tmp_path: Path, content: bytes, mime: str) -> None:
    visit = counter.visit(counter.simple_sale())
    file = tmp_path / "record"
    file.write_bytes(content)
    assert recordings.attach(counter.clerk, visit.case_id, file, told=True).value.mime == mime


def test_what_is_no_recording_or_gone_or_endless_is_refused(counter: Counter, tmp_path: Path) -> None:
    visit = counter.visit(counter.simple_sale())
    program, endless = tmp_path / "call.wav", tmp_path / "endless.wav"
    program.write_bytes(b"MZ\x90\x00")
    with endless.open("wb") as stream:
        stream.truncate(recordings.MOST_BYTES + 1)
    for file, code in (
        (program, "recording.kind"),
        (endless, "recording.size"),
        (tmp_path / "gone.wav", "photo.unreadable"),
        (tmp_path, "photo.unreadable"),
    ):
        with pytest.raises(CounterError) as caught:
            recordings.attach(counter.clerk, visit.case_id, file, told=True)
        assert caught.value.code == code
