"""The settings page of the key that seals signed forms."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtWidgets import QFileDialog
from shop_day import STROKES, answered, picture, sell, stock, visit

from counter_app.db.models import ShopKey
from counter_app.documents import shop_seal
from counter_app.documents.shop_seal import Seal
from counter_app.services import forms, photos, posting, shift, shop_key, signed_forms
from counter_app.ui.screens.settings.screen import SettingsScreen
from counter_app.ui.screens.settings.shop_key import ShopKeyPage


@pytest.fixture
def page(qtbot, session, desk) -> ShopKeyPage:
    screen = SettingsScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1270, 712)
    screen.show()
    screen.show_page("shop_key")
    found = screen._pages["shop_key"]
    assert isinstance(found, ShopKeyPage)
    return found


def signed(desk, number: int) -> signed_forms.SignedForm:
    case = visit(desk, sell(desk, number))
    answered(desk, case, "return", "goodwill", "agree", "in_person", "fit")
    photos.take_photo(desk, case.id, picture(), name="外观.png")
    form = forms.form_to_sign(desk, case.id)
    forms.sign(desk, case.id, form.content_hash, STROKES)
    posting.post(desk, case.id, f"post-{case.id}", form.figures_hash)
    return signed_forms.of_case(desk, case.id)[0]


def cells(page: ShopKeyPage) -> list[list[str]]:
    model = page.keys.rows
    return [
        [str(model.index(row, at).data()) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_page_tells_since_when_until_when_and_what_was_sealed(page, desk, tmp_path, monkeypatch) -> None:
    stock(desk)
    shift.open_shift(desk, 50_000)
    form = signed(desk, 0)
    page.load()
    ((made, why, state, until, count, mark),) = cells(page)
    key = ShopKey.get()
    assert made.startswith("2026") and why == "the first one" and state == "in use"
    assert count == "1" and key.fingerprint.startswith(mark.removesuffix("…"))
    assert int(until[:4]) > desk.today().year + 25
    assert page.forms.rows.index(0, 2).data() == form.check_code
    assert key.fingerprint.upper()[:4] in page._certificate.text()

    chosen = tmp_path / "店 key.pem"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    page._export.click()
    der = x509.load_pem_x509_certificate(chosen.read_bytes()).public_bytes(Encoding.DER)
    assert hashlib.sha256(der).hexdigest() == key.fingerprint
    assert b"PRIVATE" not in chosen.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "k.pem"), ""))
    page._export.click()
    assert "k.pem" in page.banner.message()


def test_a_renewed_key_seals_from_now_on_and_the_old_forms_stay_good(page, desk, clock) -> None:
    stock(desk)
    shift.open_shift(desk, 50_000)
    first = signed(desk, 0)
    clock.at += timedelta(minutes=1)
    page.load()
    page.renew()
    assert "new key" in page.banner.message()
    clock.at += timedelta(minutes=1)
    second = signed(desk, 1)
    page.load()
    assert [(row[1], row[2], row[4]) for row in cells(page)] == [
        ("renewed by hand", "in use", "1"),
        ("the first one", "earlier", "1"),
    ]
    known = shop_key.certificates(desk)
    looked = [shop_seal.look(signed_forms.pdf_of(desk, form), known) for form in (first, second)]
    assert [one.seal for one in looked] == [Seal.HOLDS, Seal.HOLDS]
    assert looked[0].fingerprint != looked[1].fingerprint


def test_a_key_whose_file_is_gone_is_told_before_somebody_signs(page, desk) -> None:
    shop_key.signer(desk)
    (desk.folder / "keys" / f"{ShopKey.get().fingerprint}.p12").unlink()
    page.load()
    assert cells(page)[0][2] == "file missing"
    assert "backup" in page.banner.message()
