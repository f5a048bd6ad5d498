"""Personal data are blanked when their time is over, or when the customer asks; books and hashes stay."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from test_after_the_visit import CONTENT
from visits import Counter, Visit, build_shop, opened

from counter_app.db import backup
from counter_app.db.models import (
    Attachment,
    Case,
    CaseEvent,
    CaseWords,
    Document,
    Erasure,
    Person,
    Reveal,
    Sale,
    Signature,
)
from counter_app.db.verify import erased
from counter_app.domain.errors import UserError
from counter_app.services import (
    call_backs,
    cases,
    lookup,
    month,
    month_check,
    old_backups,
    people,
    person_file,
    photos,
    recordings,
    retention,
)

NAME, PHONE = "欧阳靖", "13812341234"
WORDS = "我姓欧阳,家里老人用的"
MONTHS = 24
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        there.open_drawer()
        yield there


def picture() -> bytes:
    told = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(told, "PNG")
    return told.getvalue()


def whole_visit(counter: Counter, tmp_path: Path, *, closed: bool = True, **sale: object) -> Visit:
    """A return with everything personal there can be: words, remarks, a photo, a recording, strokes."""
    told = {"customer_name": NAME, "phone": PHONE, **sale}
    visit = counter.visit(counter.simple_sale(**told), words=WORDS, summary="杯口渗水")  # type: ignore[arg-type]
    cases.add_note(counter.clerk, visit.case_id, f"{NAME} 让打 {PHONE}")
    photos.take_photo(counter.clerk, visit.case_id, picture(), name="欧阳家.png")
    sound = tmp_path / f"{PHONE}_20261119.wav"
    sound.write_bytes(WAV)
    recordings.attach(counter.clerk, visit.case_id, sound, told=True)
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    visit.settle()
    if closed:
        call_backs.call_back(counter.clerk, visit.case_id, CONTENT)
        assert visit.case.state == "closed"
    return visit


def _personal_files() -> list[Attachment]:
    """Everything but the signed form, which is the receipt of who was paid."""
    return list(Attachment.select().where(Attachment.kind != "signed_form"))


def erase_all(counter: Counter) -> int:
    done = 0
    while step := retention.erase_due(counter.owner).value:
        done += step
    return done


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("counter.sqlite3*")))


def test_a_visit_is_blanked_when_its_time_is_over_and_not_a_day_sooner(
    counter: Counter, tmp_path: Path
) -> None:
    visit = whole_visit(counter, tmp_path)
    papers = [(row.number, row.content_hash) for row in Document.select().order_by(Document.id)]
    files = [counter.desk.folder / "attachments" / row.sha256[:2] / row.sha256 for row in _personal_files()]
    assert len(files) == 2 and all(file.is_file() for file in files)
    counter.clock.forward(days=731)
    assert retention.due(counter.owner).total == 0
    assert erase_all(counter) == 0
    counter.clock.forward(days=1)
    due = retention.due(counter.owner)
    assert (due.cases, due.persons, due.kept_open, due.months) == (1, 1, 0, MONTHS)
    assert erase_all(counter) == 2
    person = Person.get()
    assert (person.name, person.phone, person.phone_hash, person.contact) == ("", "", "", "")
    assert person.erased_at is not None
    assert (CaseWords.get().words, Case.get().summary) == ("", "")
    assert all(row.erased_at and row.name == "" for row in _personal_files())
    assert not any(file.exists() for file in files)
    assert all(row.strokes is None and row.strokes_hash for row in Signature.select())
    for row in (*Sale.select(), *Case.select()):
        assert (row.customer_masked, row.phone_masked, row.phone_hash) == ("", "", "")
    assert [(row.number, row.content_hash) for row in Document.select().order_by(Document.id)] == papers
    told = [event.title.zh for event in visit.case.events]
    assert "备注：(已抹去)" in [one.replace("（", "(").replace("）", ")") for one in told]
    assert told[-1] == "已抹去个人信息：保存期限已到"
    assert lookup.lookup(counter.owner, PHONE) == ()
    assert lookup.lookup(counter.owner, NAME) == ()
    counter.sound()
    assert erased(counter.desk.db) == {"persons": 1, "words": 1, "files": 2, "strokes": 1}
    (line,) = retention.history(counter.owner)
    assert (line.way, line.by, line.counts["files"], line.counts["remarks"] >= 1) == (
        "retention",
        "王店长",
        2,
        True,
    )


def test_nothing_of_a_blanked_customer_is_left_in_the_file(counter: Counter, tmp_path: Path) -> None:
    whole_visit(counter, tmp_path)
    assert PHONE.encode() in bytes_of(counter.desk.folder)
    counter.clock.forward(days=800)
    erase_all(counter)
    counter.desk.db.close()
    left = bytes_of(counter.desk.folder)
    counter.desk.db.connect()
    assert PHONE.encode() not in left
    assert NAME.encode() not in left
    assert WORDS.encode() not in left
    assert b"ouyangjing" not in left


@pytest.mark.parametrize("why", ["still open", "another visit", "a newer purchase", "money owed"])
def test_what_is_open_or_new_keeps_the_customer(counter: Counter, tmp_path: Path, why: str) -> None:
    visit = whole_visit(counter, tmp_path, closed=why != "still open")
    if why == "money owed":
        other = counter.visit(counter.simple_sale(customer_name=NAME, phone=PHONE, tender="wechat"))
        other.go("return", "agree", "in_person", "fit")
        other.post()
    counter.clock.forward(days=800)
    if why == "another visit":
        counter.visit(None, name=NAME, phone=PHONE)
    if why == "a newer purchase":
        counter.simple_sale(customer_name=NAME, phone=PHONE)
    due = retention.due(counter.owner)
    assert due.persons == 0
    assert due.cases == (1 if why == "a newer purchase" else 0)
    assert due.kept_open == (1 if why in ("still open", "money owed") else 0)
    erase_all(counter)
    seen = people.reveal_customer(counter.owner, visit.case_id, "回电话")
    assert (seen.name, seen.phone) == (NAME, PHONE)
    counter.sound()


def test_the_same_picture_of_another_visit_stays(counter: Counter, tmp_path: Path) -> None:
    whole_visit(counter, tmp_path)
    counter.clock.forward(days=800)
    other = counter.visit(counter.simple_sale(customer_name="李四", phone="13900001111"))
    photos.take_photo(counter.clerk, other.case_id, picture())
    erase_all(counter)
    (kept,) = other.case.attachments
    assert (counter.desk.folder / kept.path).is_file()
    counter.sound()


def test_a_visit_taken_up_again_after_it_was_blanked_is_blanked_again(
    counter: Counter, tmp_path: Path
) -> None:
    visit = whole_visit(counter, tmp_path)
    counter.clock.forward(days=800)
    erase_all(counter)
    assert retention.due(counter.owner).total == 0
    cases.add_note(counter.clerk, visit.case_id, "又来电话")
    assert retention.due(counter.owner).total == 0, "a remark alone does not make it a visit again"


def test_by_itself_it_waits_until_the_shop_was_open_on_seven_days(counter: Counter, tmp_path: Path) -> None:
    whole_visit(counter, tmp_path)
    counter.clock.forward(days=800)
    assert retention.due(counter.owner).by_itself_in == 7
    for day in range(7):
        assert [retention.tend(counter.desk).value for _ in range(3)] == [0, 0, 0]
        assert retention.due(counter.owner).by_itself_in == 6 - day
        counter.clock.forward(days=1)
    assert retention.tend(counter.desk).value == 2
    assert retention.tend(counter.desk).value == 0
    (line,) = retention.history(counter.owner)
    assert (line.way, line.by) == ("retention", "")
    counter.sound()


def test_a_clock_that_is_wrong_for_a_day_erases_nothing(counter: Counter, tmp_path: Path) -> None:
    whole_visit(counter, tmp_path)
    counter.clock.forward(days=4000)
    retention.tend(counter.desk)
    counter.clock.forward(days=-3999)
    assert retention.tend(counter.desk).value == 0
    assert Person.get().name == NAME
    assert retention.due(counter.owner).by_itself_in == 7


def test_only_who_looks_after_the_data_erases(counter: Counter) -> None:
    for act in (retention.erase_due, old_backups.remove):
        with pytest.raises(UserError, match=r"staff\.right\.missing"):
            act(counter.clerk)
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        person_file.erase(counter.clerk, 1, "顾客要求")


def test_a_customer_who_asks_is_erased_at_once_and_why_is_written_down(
    counter: Counter, tmp_path: Path
) -> None:
    visit = whole_visit(counter, tmp_path)
    other = counter.simple_sale(customer_name="李四", phone="13900001111")
    (hit,) = person_file.find(counter.owner, PHONE)
    assert (hit.name_masked, hit.phone_masked, hit.cases, hit.open_cases) == ("欧阳*", "138****1234", 1, ())
    with pytest.raises(UserError, match=r"privacy\.why"):
        person_file.erase(counter.owner, hit.id, " ")
    assert person_file.erase(counter.owner, hit.id, "顾客来电要求删除").value == 1
    assert Person.get_by_id(hit.id).name == ""
    assert Person.select().where(Person.name == "李四").count() == 1
    told = Erasure.get()
    assert (told.way, told.person_id, told.why, told.by_id) == ("request", hit.id, "顾客来电要求删除", 1)
    assert visit.case.events[-1].title.zh == "已抹去个人信息：顾客要求"
    assert other.customer_masked
    with pytest.raises(UserError, match=r"person\.erased"):
        person_file.erase(counter.owner, hit.id, "再来一次")
    with pytest.raises(UserError, match=r"privacy\.nobody"):
        person_file.find(counter.owner, PHONE)
    counter.sound()


def test_a_visit_that_is_not_finished_goes_before_the_wish_to_be_erased(
    counter: Counter, tmp_path: Path
) -> None:
    visit = whole_visit(counter, tmp_path, closed=False)
    (hit,) = person_file.find(counter.owner, visit.case.number)
    assert hit.open_cases == (visit.case.number,)
    with pytest.raises(UserError, match=r"privacy\.open"):
        person_file.erase(counter.owner, hit.id, "顾客要求")
    assert Person.get_by_id(hit.id).name == NAME
    assert CaseEvent.select().where(CaseEvent.kind == "erased").count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_customer_is_handed_everything_that_is_held_about_them(
    counter: Counter, tmp_path: Path, language: str
) -> None:
    visit = whole_visit(counter, tmp_path)
    (hit,) = person_file.find(counter.owner, PHONE)
    path = tmp_path / "给顾客.zip"
    person_file.hand_out(counter.owner, hit.id, "顾客要看", path, language)  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as packed:
        told = packed.read("about.txt").decode("utf-8-sig")
        names = packed.namelist()
    assert all(
        part in told for part in (NAME, PHONE, WORDS, visit.case.number, "TK01-20261119-0001", "杯口渗水")
    )
    assert len(names) == 4 and all("\\" not in name and ".." not in name for name in names)
    assert not any(PHONE in name for name in names), "a phone names its recordings by the number"
    look = Reveal.get()
    assert (look.field, look.why, look.by_id) == ("copy", "顾客要看", 1)
    (shown,) = person_file.looks(counter.owner)
    assert (shown.customer, shown.by, shown.what) == ("欧阳* 138****1234", "王店长", "copy")
    with pytest.raises(UserError, match=r"staff\.right\.missing"):
        person_file.looks(counter.clerk)


def test_a_copy_that_cannot_be_written_leaves_nothing_half_written(counter: Counter, tmp_path: Path) -> None:
    whole_visit(counter, tmp_path)
    (hit,) = person_file.find(counter.owner, PHONE)
    with pytest.raises(Exception, match=r"privacy\.cannot_write"):
        person_file.hand_out(counter.owner, hit.id, "顾客要看", tmp_path / "没有" / "a.zip", "zh")
    assert not (tmp_path / "没有").exists()


def test_backups_of_before_an_erasure_are_told_of_and_removed_once_there_is_a_newer_one(
    counter: Counter, tmp_path: Path
) -> None:
    whole_visit(counter, tmp_path)
    folder = counter.desk.folder
    old = backup.back_up(folder, at=counter.clock.now(), label="by-hand")
    assert old_backups.holding_erased(counter.owner) == ()
    counter.clock.forward(days=800)
    erase_all(counter)
    assert [one.path for one in old_backups.holding_erased(counter.owner)] == [old.path]
    with pytest.raises(UserError, match=r"privacy\.backup_first"):
        old_backups.remove(counter.owner)
    assert old.path.is_file()
    counter.clock.forward(hours=1)
    new = backup.back_up(folder, at=counter.clock.now(), label="by-hand")
    assert old_backups.remove(counter.owner).value == 1
    assert (old.path.exists(), new.path.is_file()) == (False, True)
    assert PHONE.encode() not in new.path.read_bytes()


def test_an_imported_purchase_of_somebody_who_never_came_is_blanked_too(counter: Counter) -> None:
    counter.simple_sale(customer_name=NAME, phone=PHONE)
    assert datetime.fromtimestamp(Sale.get().recorded_at / 1000, UTC) == counter.clock.now()
    counter.clock.forward(days=800)
    assert erase_all(counter) == 1
    assert (Person.get().name, Sale.get().customer_masked, Sale.get().paid_fen) == ("", "", 19900)
    counter.sound()


def test_a_signed_form_stays_as_long_as_money_documents_and_then_goes(
    counter: Counter, tmp_path: Path
) -> None:
    whole_visit(counter, tmp_path)
    form = Attachment.get(Attachment.kind == "signed_form")
    file = counter.desk.folder / "attachments" / form.sha256[:2] / form.sha256
    counter.clock.forward(days=800)
    erase_all(counter)
    assert file.is_file()
    counter.clock.forward(days=3652 - 800)
    assert retention.due(counter.owner).forms == 0
    counter.clock.forward(days=2)
    assert (retention.due(counter.owner).forms, erase_all(counter)) == (1, 1)
    assert not file.exists()
    counter.sound()


def test_an_archive_of_before_an_erasure_is_not_called_wrong(counter: Counter, tmp_path: Path) -> None:
    whole_visit(counter, tmp_path)
    path = tmp_path / "2026-11.xlsx"
    month.export(counter.owner, month.period("2026-11"), path, "zh")
    counter.clock.forward(days=800)
    erase_all(counter)
    found = month_check.check(counter.owner, path).findings
    assert {one.code for one in found} <= {"archive.check.since", "archive.check.since_more"}
    assert all(one.since for one in found)
