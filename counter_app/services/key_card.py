"""The shop's keys to look at: since when, until when, which forms each sealed; the certificate as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.db.models import Attachment, Case, ShopKey
from counter_app.documents import shop_seal
from counter_app.domain.errors import UserError
from counter_app.services import shop_key, signed_forms
from counter_app.services.case_rows import staff_names
from counter_app.services.desk import Desk

SHOWN = 200


@dataclass(frozen=True, slots=True)
class KeyCard:
    """A key with its certificate. `why` as `shop_key.KeyView`; `state`: 'in_use', 'missing' (the newest, whose file is
    gone or cannot be opened), 'earlier'. `sealed`: how many stored forms, erased ones included."""

    fingerprint: str
    why: str
    state: str
    at: int
    by: str
    subject: str
    valid_until: date
    sealed: int


@dataclass(frozen=True, slots=True)
class SealedForm:
    """A stored form under one key: of which case, when it was sealed, whether retention erased it since."""

    case_number: str
    code: str
    at: int
    erased: bool


def cards(desk: Desk) -> tuple[KeyCard, ...]:
    """Every key of the shop, the one in use first."""
    names, sound = staff_names(), shop_key.opens(desk)
    found = []
    for place, row in enumerate(_rows()):
        subject, until = shop_seal.named(bytes.fromhex(row.certificate))
        state = "earlier" if place else "in_use" if sound else "missing"
        found.append(
            KeyCard(
                fingerprint=row.fingerprint,
                why=row.why,
                state=state,
                at=row.at,
                by=names.get(row.by_id, ""),
                subject=subject,
                valid_until=until,
                sealed=Attachment.select().where(_under(row)).count(),
            )
        )
    return tuple(found)


def sealed_with(desk: Desk, fingerprint: str, limit: int = SHOWN) -> tuple[SealedForm, ...]:
    """The forms that one key sealed, newest first. Raises UserError `seal.unknown`."""
    row = _row(fingerprint)
    rows = (
        Attachment.select(Attachment, Case.number.alias("number"))
        .join(Case, on=(Attachment.case == Case.id))
        .where(_under(row))
        .order_by(Attachment.id.desc())
        .limit(limit)
        .objects()
    )
    return tuple(
        SealedForm(one.number, one.name.removesuffix(".pdf"), one.at, one.erased_at is not None)
        for one in rows
    )


def certificate_file(desk: Desk, fingerprint: str) -> bytes:
    """The certificate as PEM, for whoever is to check forms elsewhere; the private key never leaves its file.

    Raises UserError `seal.unknown`.
    """
    return shop_seal.pem(bytes.fromhex(_row(fingerprint).certificate))


def _rows() -> list[Any]:
    return list(ShopKey.select().order_by(ShopKey.id.desc()))


def _row(fingerprint: str) -> Any:
    row = ShopKey.get_or_none(ShopKey.fingerprint == fingerprint)
    if row is None:
        raise UserError("seal.unknown", fingerprint=fingerprint[:16])
    return row


def _under(row: Any) -> Any:
    """Forms stored while a key was the newest: only the newest ever seals."""
    later = ShopKey.select().where(ShopKey.id > row.id).order_by(ShopKey.id).first()
    where = (Attachment.kind == signed_forms.KIND) & (Attachment.at >= row.at)
    return where if later is None else where & (Attachment.at < later.at)
