"""召回通知: which goods, why, what their owners should do and where to ask (S3-44)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition
from counter_app.documents.words import long_days, word
from counter_app.domain.service_slips import RecallNotice
from counter_app.wording import Language


def compose(slip: RecallNotice, language: Language) -> Composition:
    """The goods by batch, serial and day of sale, the reason, what to do."""
    told = (
        ("recalled", slip.goods),
        ("batches", slip.batches),
        ("serials", slip.serials),
        ("sold", long_days(slip.sold, language)),
        ("valid", long_days(slip.valid, language)),
    )
    cells = tuple((word(f"label.{name}", language), value) for name, value in told if value)
    blocks: list[Block | Beside] = [parts.head(slip, language, cells)]
    blocks += parts.words(
        language,
        ("recall_reason", slip.reason),
        ("what_to_do", slip.what_to_do),
        ("ask", slip.ask),
        ("note", slip.note),
        most=10,
    )
    return Composition(
        title=word("title.recall_notice", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "recall"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )
