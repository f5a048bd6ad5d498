"""礼券发放单: coupons and gifts handed to a customer, who signs for them."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Column, Composition, Table
from counter_app.documents.words import long_day, word, yuan
from counter_app.domain.service_slips import GiftIssue, GivenItem
from counter_app.wording import Language


def compose(slip: GiftIssue, language: Language) -> Composition:
    """What was given, its number and last day; the customer signs."""
    blocks: list[Block | Beside] = [parts.head(slip, language)]
    if slip.items:
        blocks.append(given_table(slip.items, language))
    blocks += parts.words(language, ("basis", slip.basis), ("note", slip.note))
    return Composition(
        title=word("title.gift_issue", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "gift_received"),
        lines=parts.sign_lines(slip, language, "customer", "clerk"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )


def given_table(items: tuple[GivenItem, ...], language: Language) -> Table:
    """Coupons, gifts and money given on top."""
    return Table(
        word("section.given", language),
        (
            Column(word("column.kind", language), 1.4),
            Column(word("column.what", language), 3.4),
            Column(word("column.coupon_number", language), 2.2),
            Column(word("column.expires", language), 1.8),
            Column(word("column.worth", language), 1.5, right=True),
        ),
        tuple(
            (
                one.kind,
                one.what,
                one.number,
                long_day(one.expires, language),
                yuan(one.amount_fen) if one.amount_fen else "",
            )
            for one in items
        ),
    )
