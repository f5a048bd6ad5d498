"""The key with which the shop seals stored PDFs: made once, kept beside the database, made anew when it is lost.

The private key lies in `keys/<fingerprint>.p12` of the data folder, readable for its owner alone where the system
knows such a thing, and encrypted with a secret that is made of the salt in the database: a stray copy of either
seals nothing. Who has both, a whole backup say, can seal in the shop's name; what they seal still is not what the
chained rows name by its hash. The certificates stand in the table `shop_key`, so that a PDF sealed by any other
key is found out.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.db.models import ShopKey
from counter_app.db.posting_sql import insert_row
from counter_app.documents import shop_seal
from counter_app.documents.shop_seal import ShopSigner
from counter_app.domain import roles
from counter_app.domain.errors import SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import staff
from counter_app.services.desk import Desk, Outcome

FOLDER = "keys"
_MADE_FOR = b"counter: key of the shop"
_BESIDE = ".new-"


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key of the shop. `why` is 'first', 'lost' (made because the one before could not be read any more) or 'renewed'
    (by hand)."""

    fingerprint: str
    why: str
    at: int


def keys(desk: Desk) -> tuple[KeyView, ...]:
    """Every key there was, the one in use first."""
    return tuple(
        KeyView(row.fingerprint, row.why, row.at) for row in ShopKey.select().order_by(ShopKey.id.desc())
    )


def certificates(desk: Desk) -> tuple[bytes, ...]:
    """The certificates (DER) under which PDFs of this shop may be sealed."""
    return tuple(bytes.fromhex(row.certificate) for row in ShopKey.select().order_by(ShopKey.id))


def signer(desk: Desk) -> ShopSigner:
    """The shop's key, opened; made at the first need, and anew when its file is gone or cannot be opened.

    Raises SurroundingsError `seal.cannot_keep` when the folder does not take it.
    """
    return _present(desk) or _make(desk)


def warming(desk: Desk) -> Callable[[], None]:
    """A call that brings the library and opens the key, for a thread: it asks no database and makes nothing."""
    newest = ShopKey.select().order_by(ShopKey.id.desc()).first()
    file = None if newest is None else _file(desk, newest.fingerprint)
    secret = _secret(desk)

    def warm() -> None:
        from counter_app.documents import pades  # half a second, once

        del pades
        if file is None:
            return
        try:
            shop_seal.opened(file.read_bytes(), secret)
        except (OSError, SurroundingsError):
            return  # told, and mended, when something is to be sealed

    return warm


def _present(desk: Desk) -> ShopSigner | None:
    newest = ShopKey.select().order_by(ShopKey.id.desc()).first()
    if newest is None:
        return None
    try:
        found = shop_seal.opened(_file(desk, newest.fingerprint).read_bytes(), _secret(desk))
    except OSError:
        return None
    except SurroundingsError as error:
        if error.code != "seal.key":
            raise
        return None
    return found if found.fingerprint == newest.fingerprint else None


def opens(desk: Desk) -> bool:
    """Whether the newest key is there and can seal; False also when none was made yet."""
    return _present(desk) is not None


def renew(desk: Desk) -> Outcome[KeyView]:
    """A new key takes the place of the one in use: the machine was sold, or somebody else had a copy of the folder.

    What the old key sealed stays good. Raises UserError `staff.right.missing`, SurroundingsError `seal.cannot_keep`.
    """
    staff.require(desk, roles.KEEP)
    _make(desk, anew=True)
    return Outcome(keys(desk)[0], frozenset({"policy"}))


def _make(desk: Desk, *, anew: bool = False) -> ShopSigner:
    """A new key: its file is on disk before the row names it. `anew`: though the one in use is sound."""
    made = shop_seal.new_key(desk.shop.name, desk.shop.code, _secret(desk), desk.clock.now())
    mark = shop_seal.fingerprint(made.certificate)
    with desk.db.atomic("IMMEDIATE"):
        # Another window may have been quicker.
        there = _present(desk)
        if there is not None and not anew:
            return there
        _keep(_file(desk, mark), made.p12)
        insert_row(
            desk.db,
            ShopKey,
            fingerprint=mark,
            certificate=made.certificate.hex(),
            why="renewed" if there is not None else "lost" if ShopKey.select().exists() else "first",
            at=desk.instant(),
            by_id=None if desk.staff is None else desk.staff.id,
        )
    return shop_seal.opened(made.p12, _secret(desk))


def _keep(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # `mkstemp` makes files that only their owner reads.
        handle, name = tempfile.mkstemp(prefix=_BESIDE, dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as cause:
        raise SurroundingsError(
            "seal.cannot_keep", folder=str(file.parent), cause=system_reason(cause)
        ) from cause


def _file(desk: Desk, mark: str) -> Path:
    return desk.folder / FOLDER / f"{mark}.p12"


def _secret(desk: Desk) -> bytes:
    return hmac.new(desk.shop.salt.encode(), _MADE_FOR, hashlib.sha256).hexdigest().encode()
