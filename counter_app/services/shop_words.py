"""What the shop itself has printed on its slips: its closing line, its terms, its seal's name, its logo.

A sentence the law voids is refused (消法 26, 侵害消费者权益行为处罚办法 12), with the words that gave it away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from counter_app.db.models import Staff
from counter_app.domain import roles, text
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.fair_terms import unfair_terms
from counter_app.domain.slips import ShopHead
from counter_app.domain.system_reasons import system_reason
from counter_app.services import attachment_files, pictures, rules, settings, staff
from counter_app.services.desk import Desk, Outcome

FOOTER, TERMS, SEAL, LOGO = "slips.footer", "slips.terms", "slips.seal", "slips.logo"
BOTH = "slips.both_languages"
MOST_TERMS = 5
LONGEST_TERM = 120
LONGEST_FOOTER = 60
LONGEST_SEAL = 12
MOST_LOGO_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class ShopWords:
    """The shop's own words as they stand. `logo` is the hash of its picture, '' for none; `both`: the customer's copy
    is printed in Chinese and in English."""

    footer: str
    terms: tuple[str, ...]
    seal: str
    logo: str
    both: bool = False


def shop_words(desk: Desk) -> ShopWords:
    """What slips say beside their own words."""
    return ShopWords(
        str(settings.setting(desk, FOOTER)),
        tuple(settings.setting(desk, TERMS)),
        str(settings.setting(desk, SEAL)),
        str(settings.setting(desk, LOGO)),
        bool(settings.setting(desk, BOTH)),
    )


def write(desk: Desk, footer: str, terms: str, seal: str) -> Outcome[ShopWords]:
    """Print these words from now on; `terms` one sentence a line. Slips that are posted keep what they said.

    Raises UserError `staff.right.missing`, `terms.…` with the words the law voids, `terms.many`, `terms.long`.
    """
    staff.require(desk, roles.EDIT_POLICY)
    sentences = [text.clean_line(line, text.LINE_LIMIT, "terms") for line in terms.splitlines()]
    sentences = [line for line in sentences if line]
    told = text.clean_line(footer, text.LINE_LIMIT, "footer")
    named = text.clean_line(seal, text.LINE_LIMIT, "seal")
    if len(sentences) > MOST_TERMS:
        raise UserError("terms.many", most=MOST_TERMS)
    for words, longest in (
        *((line, LONGEST_TERM) for line in sentences),
        (told, LONGEST_FOOTER),
        (named, LONGEST_SEAL),
    ):
        if len(words) > longest:
            raise UserError("terms.long", words=words[:40], longest=longest)
    # Looked at line by line and as a whole: a void sentence may be broken over two lines.
    for words in (told, named, *sentences, "".join(sentences), " ".join(sentences)):
        for found in unfair_terms(words):
            raise UserError(found.code, words=found.words, sentence=_shortened(words))
    for key, value in ((FOOTER, told), (TERMS, sentences), (SEAL, named)):
        if settings.setting(desk, key) != value:
            settings.set_setting(desk, key, value)
    return Outcome(shop_words(desk), frozenset({"policy"}))


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_FOOTER else f"{sentence[:LONGEST_FOOTER]}…"


def speak_both(desk: Desk, both: bool) -> Outcome[ShopWords]:
    """Print the customer's copy in both languages, or in the slips' own alone. Raises `staff.right.missing`."""
    staff.require(desk, roles.EDIT_POLICY)
    if settings.setting(desk, BOTH) != both:
        settings.set_setting(desk, BOTH, both)
    return Outcome(shop_words(desk), frozenset({"policy"}))


def set_logo(desk: Desk, source: Path | bytes | None) -> Outcome[ShopWords]:
    """Print this picture at the head of every slip; None takes it away. It is kept as the photos are, by its hash.

    Raises UserError `staff.right.missing`, `logo.large`, `photo.…`; SurroundingsError `photo.unreadable`,
    `attachment.cannot_store`.
    """
    staff.require(desk, roles.EDIT_POLICY)
    sha256 = "" if source is None else _keep(desk, source)
    settings.set_setting(desk, LOGO, sha256)
    return Outcome(shop_words(desk), frozenset({"policy"}))


def logo(desk: Desk) -> bytes | None:
    """The picture at the head of slips, None when there is none, or when its file is gone or is another's:
    a slip is printed without it then."""
    sha256 = str(settings.setting(desk, LOGO))
    if not sha256:
        return None
    try:
        content = (desk.folder / attachment_files.relative_path(sha256)).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def head(desk: Desk) -> ShopHead:
    """The shop at the head and foot of a slip."""
    shop, own = desk.shop, shop_words(desk)
    return ShopHead(
        name=shop.name,
        address=shop.address,
        phone=shop.phone,
        seal=own.seal,
        footer=own.footer,
        keep_personal_months=rules.current_rules(desk).shop.personal_data_months,
        terms=own.terms,
    )


def name_of(staff_id: int | None) -> str:
    """What somebody is called, '' for nobody."""
    row = Staff.get_or_none(Staff.id == staff_id) if staff_id is not None else None
    return row.name if row is not None else ""


def _keep(desk: Desk, source: Path | bytes) -> str:
    if isinstance(source, Path):
        try:
            if source.stat().st_size > MOST_LOGO_BYTES:
                raise UserError("logo.large", most=MOST_LOGO_BYTES // 1000)
            source = source.read_bytes()
        except OSError as cause:
            raise SurroundingsError(
                "photo.unreadable", file=str(cause.filename or ""), cause=system_reason(cause)
            ) from cause
    if len(source) > MOST_LOGO_BYTES:
        raise UserError("logo.large", most=MOST_LOGO_BYTES // 1000)
    return attachment_files.keep(desk, pictures.fit_for_slips(source))
