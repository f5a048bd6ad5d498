"""What the customer signed is stored as one sealed PDF, written out byte for byte, and any change of it is found."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from visits import STROKES, Counter, Visit, build_shop, opened

from counter_app.db import backup, left_forms, left_overs
from counter_app.db.connection import FILE_NAME
from counter_app.db.models import Attachment, ShopKey, Signature
from counter_app.db.verify import verify
from counter_app.documents import shop_seal
from counter_app.documents.shop_seal import Seal
from counter_app.domain import slips
from counter_app.domain.errors import CounterError, UserError
from counter_app.services import (
    attachment_files,
    cases,
    forms,
    ink,
    posting,
    printing,
    shop_key,
    signed_check,
    signed_forms,
)

ROOT = Path(__file__).resolve().parents[2]
COPIES = ["存根联", "客户联", "财务联"]


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 shop") as there:
        there.open_drawer()
        yield there


def returned(counter: Counter) -> Visit:
    return counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")


def stored(visit: Visit) -> signed_forms.SignedForm:
    (form,) = signed_forms.of_case(visit.counter.clerk, visit.case_id)
    return form


def file_of(counter: Counter, form: signed_forms.SignedForm) -> Path:
    return counter.desk.folder / attachment_files.relative_path(form.sha256)


def broken(counter: Counter) -> set[tuple[str, str]]:
    return {
        (one.code, one.row)
        for one in verify(counter.desk.db, counter.desk.folder, beside=signed_check.CHECKS)
    }


def verb(counter: Counter, *given: str) -> tuple[int, str, str]:
    """A verb as it is called on the machine, beside the window."""
    line = [sys.executable, "main.py", *given, "--data", str(counter.desk.folder), "--language", "en"]
    told = subprocess.run(line, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return told.returncode, told.stdout, told.stderr


def text_of(pdf: bytes) -> list[str]:
    told = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            words = page.get_textpage()
            told.append(words.get_text_bounded())
            words.close()
            page.close()
    return told


@pytest.mark.req("S1-20")
def test_what_is_signed_on_the_pad_is_stored_with_all_its_copies_and_bound_to_signature_and_document(
    counter: Counter,
) -> None:
    visit = returned(counter)
    posted = visit.post()
    form = stored(visit)
    pdf = signed_forms.pdf_of(counter.clerk, form)
    assert hashlib.sha256(pdf).hexdigest() == form.sha256
    assert form.number == posted.documents[0].number
    row = Attachment.get_by_id(form.attachment_id)
    assert (row.kind, row.mime, row.size, row.case_id) == (
        "signed_form",
        "application/pdf",
        len(pdf),
        visit.case_id,
    )
    pages = text_of(pdf)
    assert len(pages) == len(COPIES)  # their names stand on the paper's edge, turned
    assert all(form.check_code in page for page in pages)
    looked = shop_seal.look(pdf, shop_key.certificates(counter.clerk))
    assert looked.seal is Seal.HOLDS
    assert looked.reason == f"{form.case_number} {form.check_code} sha256:{form.form_hash}"
    assert broken(counter) == set()


def test_posting_renders_and_stores_nothing(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = returned(counter).waive()
    figures = visit.sign()
    before = {file.name for file in (counter.desk.folder / "attachments").glob("??/*")}
    monkeypatch.setattr(printing, "pdf_of", lambda *given, **named: pytest.fail("rendered in the posting"))
    posting.post(counter.clerk, visit.case_id, counter.request(), figures)
    assert {file.name for file in (counter.desk.folder / "attachments").glob("??/*")} == before
    assert stored(visit).sha256 in before


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_signed_form_that_is_lost_before_posting_stops_it_until_the_customer_signs_again(
    counter: Counter, harm: str
) -> None:
    visit = returned(counter).waive()
    figures, request = visit.sign(), counter.request()
    file = file_of(counter, stored(visit))
    if harm == "gone":
        file.unlink()
    else:
        file.chmod(0o600)
        file.write_bytes(file.read_bytes() + b"%")
    with pytest.raises(UserError) as refused:
        posting.post(counter.clerk, visit.case_id, request, figures)
    assert refused.value.code == "posting.form_gone"
    assert visit.case.documents == ()
    assert visit.sign() == figures
    posted = posting.post(counter.clerk, visit.case_id, request, figures).value
    assert posted.documents
    assert attachment_files.is_whole(counter.clerk, stored(visit).sha256)


def test_a_form_signed_again_is_stored_again_and_the_first_stays_with_its_void_signature(
    counter: Counter,
) -> None:
    visit = returned(counter).waive()
    visit.sign()
    first = stored(visit)
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    forms.sign(counter.clerk, visit.case_id, form.content_hash, [[(5, 5), (9, 90)]])
    second = stored(visit)
    assert second.sha256 != first.sha256
    assert Signature.get_by_id(first.signature_id).form_id == first.attachment_id
    assert file_of(counter, first).is_file()
    assert broken(counter) == set()


def test_form_writes_the_stored_pdf_byte_for_byte(counter: Counter, tmp_path: Path) -> None:
    visit = returned(counter)
    posted = visit.post()
    kept = file_of(counter, stored(visit)).read_bytes()
    out = tmp_path / "signed.pdf"
    for number in (posted.case_number, posted.documents[-1].number):
        assert verb(counter, "form", number, "--signed", "--out", str(out)) == (
            0,
            f"{out}: 1 × {number}\n",
            "",
        )
        assert out.read_bytes() == kept
    code, told, _ = verb(counter, "form", posted.case_number, "--out", str(out))
    assert (code, told) == (0, f"{out}: 4 × {posted.case_number}\n")
    assert len(text_of(out.read_bytes())) > len(text_of(kept))


def test_slips_of_several_kinds_in_one_file_bear_its_title_and_language(
    counter: Counter, tmp_path: Path
) -> None:
    visit = returned(counter)
    number, out = visit.post().case_number, tmp_path / "slips.pdf"
    for given, kinds in (
        ((), "退款小票、退换货单、退款签收单、客户问题记录表"),
        (("--sheet", "receipt"), "退款小票"),
    ):
        assert verb(counter, "form", number, *given, "--out", str(out))[0] == 0
        book = pypdfium2.PdfDocument(out.read_bytes())
        try:
            said = book.get_metadata_dict()
            assert said["Creator"] == "Counter"
            # One slip alone bears its own number.
            assert said["Title"].startswith(kinds) and (not given) == said["Title"].endswith(f" {number}")
            tongue = (ctypes.c_ushort * 16)()
            pypdfium2.raw.FPDFCatalog_GetLanguage(book.raw, tongue, 32)
            assert bytes(tongue).decode("utf-16-le").rstrip("\0") == "zh-CN"
        finally:
            book.close()


def test_form_says_in_one_line_why_there_is_no_signed_form(counter: Counter, tmp_path: Path) -> None:
    visit = returned(counter).waive()
    out = tmp_path / "out.pdf"

    def said() -> str:
        code, told, wrong = verb(counter, "form", visit.case.number, "--signed", "--out", str(out))
        assert (code, told, out.exists()) == (2, "", False)
        (line,) = wrong.splitlines()
        return line

    assert "no form that a customer signed" in said()
    visit.sign()
    form = stored(visit)
    file = file_of(counter, form)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"?")
    assert "is not what was stored" in said()
    file.unlink()
    assert "cannot be read" in said()
    with counter.desk.db.atomic("IMMEDIATE"):
        Attachment.update(erased_at=counter.desk.instant()).where(
            Attachment.id == form.attachment_id
        ).execute()
    assert "erased" in said()
    told = {("verify.erased_unentered", str(form.attachment_id)), ("verify.erased_uncounted", "files")}
    assert broken(counter) == told, "nobody entered that it was erased"


def test_one_changed_byte_of_a_stored_form_is_found_and_named(counter: Counter) -> None:
    visit = returned(counter)
    visit.post()
    form = stored(visit)
    file = file_of(counter, form)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3] ^= 1
    file.write_bytes(whole)
    found = broken(counter)
    assert ("verify.file_changed", str(form.attachment_id)) in found
    assert any(code.startswith("verify.seal_") and row == str(form.signature_id) for code, row in found)


def test_a_form_sealed_anew_by_somebody_else_is_told_from_the_shops(counter: Counter) -> None:
    visit = returned(counter)
    visit.post()
    file = file_of(counter, stored(visit))
    stranger = shop_seal.new_key(counter.desk.shop.name, "01", b"other", counter.clock.now())
    sealed = shop_seal.ShopSigner(stranger.p12, b"other").seal(
        printing.form_copies(counter.clerk, frozen(counter, visit)),
        reason="x",
        place="",
        at=counter.clock.now(),
    )
    assert shop_seal.look(sealed, shop_key.certificates(counter.clerk)).seal is Seal.FOREIGN
    assert shop_seal.look(sealed, [stranger.certificate]).seal is Seal.HOLDS
    added = file.read_bytes() + b"\n% one more line\n"
    assert shop_seal.look(added, shop_key.certificates(counter.clerk)).seal is Seal.NOT_WHOLE
    file.write_bytes(sealed)
    assert ("verify.seal_foreign", str(stored(visit).signature_id)) in broken(counter)


def frozen(counter: Counter, visit: Visit) -> slips.Slip:
    number = visit.case.documents[0].number
    return next(one.slip for one in printing.sheets(counter.clerk, number) if one.slip.signature is not None)


def test_the_stored_form_of_another_visit_is_found(counter: Counter) -> None:
    first, second = returned(counter), returned(counter)
    first.post()
    second.post()
    one, other = stored(first), stored(second)
    file_of(counter, one).write_bytes(file_of(counter, other).read_bytes())
    assert ("verify.seal_other_form", str(one.signature_id)) in broken(counter)


def test_the_shops_key_is_made_once_lies_encrypted_and_goes_into_the_backup(counter: Counter) -> None:
    (first,) = shop_key.keys(counter.clerk)
    assert first.why == "first"
    file = counter.desk.folder / "keys" / f"{first.fingerprint}.p12"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CounterError) as wrong:
        shop_seal.ShopSigner(file.read_bytes(), b"guessed")
    assert wrong.value.code == "seal.key"
    returned(counter).post()
    assert [one.fingerprint for one in shop_key.keys(counter.clerk)] == [first.fingerprint]
    backup.back_up(counter.desk.folder, at=counter.clock.now())
    copy = counter.desk.folder / "backups" / "keys" / file.name
    assert copy.read_bytes() == file.read_bytes()


def test_a_lost_key_is_made_anew_and_what_was_sealed_before_still_holds(counter: Counter) -> None:
    before = returned(counter)
    before.post()
    (first,) = shop_key.keys(counter.clerk)
    (counter.desk.folder / "keys" / f"{first.fingerprint}.p12").unlink()
    after = returned(counter)
    after.post()
    newest, oldest = shop_key.keys(counter.clerk)
    assert (newest.why, oldest.fingerprint) == ("lost", first.fingerprint)
    known = shop_key.certificates(counter.clerk)
    marks = [shop_seal.look(file_of(counter, stored(one)).read_bytes(), known) for one in (before, after)]
    assert [(one.seal, one.fingerprint) for one in marks] == [
        (Seal.HOLDS, first.fingerprint),
        (Seal.HOLDS, newest.fingerprint),
    ]
    assert broken(counter) == set()


def test_a_shop_of_before_gets_its_key_with_the_first_signature(tmp_path: Path) -> None:
    build_shop(tmp_path / "first")
    with opened(tmp_path / "first", tmp_path / "shop") as counter:
        counter.desk.db.execute_sql("DROP TRIGGER guard_shop_key_no_delete")
        ShopKey.delete().execute()
        counter.open_drawer()
        returned(counter).post()
        assert [one.why for one in shop_key.keys(counter.clerk)] == ["first"]


def test_a_disk_that_takes_no_file_leaves_no_signature(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = returned(counter).waive()
    form = forms.form_to_sign(counter.clerk, visit.case_id)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(attachment_files.os, "fsync", full)
        with pytest.raises(CounterError) as refused:
            forms.sign(counter.clerk, visit.case_id, form.content_hash, STROKES)
    assert refused.value.code == "attachment.cannot_store"
    assert Signature.select().where(Signature.case == visit.case_id).count() == 0
    assert cases.case(counter.clerk, visit.case_id).attachments == ()
    assert broken(counter) == set()


def test_a_form_whose_signature_was_never_written_is_taken_away_with_a_backup(counter: Counter) -> None:
    visit = returned(counter).waive()
    form = forms.form_to_sign(counter.clerk, visit.case_id)
    folder = counter.desk.folder

    def old(file: Path) -> Path:
        since = file.stat().st_mtime - left_overs.FORGOTTEN_S - 60
        os.utime(file, (since, since))
        return file

    drawn = ink.ink_of(counter.clerk, None, counter.desk.instant(), False, form.content_hash)
    killed = forms.store(counter.clerk, form.slip, drawn)  # and then the power went
    alone = folder / attachment_files.relative_path(killed.sha256)
    assert left_forms.sweep(folder, [folder / FILE_NAME]) == 0 and alone.is_file(), (
        "somebody may be busy with it"
    )
    old(alone)
    other = old(
        folder / attachment_files.relative_path(attachment_files.keep(counter.desk, b"%PDF-1.4 no seal"))
    )
    visit.sign()
    kept = old(file_of(counter, stored(visit)))
    assert verb(counter, "backup", "--auto")[0] == 0
    assert (alone.exists(), other.exists(), kept.exists()) == (False, True, True)
    assert broken(counter) == set()


def test_a_form_that_a_backup_names_stays(counter: Counter) -> None:
    visit = returned(counter).waive()
    visit.sign()
    file = file_of(counter, stored(visit))
    os.utime(file, (1, 1))
    made = backup.back_up(counter.desk.folder, at=counter.clock.now())
    empty = counter.desk.folder / "empty.sqlite3"
    with closing(sqlite3.connect(empty)) as db:
        db.execute("CREATE TABLE attachment (sha256 TEXT)")
    assert left_forms.sweep(counter.desk.folder, [empty, made.path]) == 0
    assert left_forms.sweep(counter.desk.folder, [empty, counter.desk.folder / "gone.sqlite3"]) == 0
    assert file.is_file()
    assert left_forms.sweep(counter.desk.folder, [empty]) == 1


def test_the_program_starts_without_the_library_that_seals() -> None:
    asked = "import sys, counter_app.cli, counter_app.services.forms, counter_app.services.printing; "
    asked += "print([name for name in ('pyhanko', 'cryptography', 'asn1crypto') if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
