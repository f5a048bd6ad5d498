"""What tells an imported order from another: one spelling, the same as ever, however quickly it is made."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from counter_app.db.fields import canonical_json
from counter_app.domain.new_sale import FrozenSale, NewLine, NewSale, NewTender, freeze
from counter_app.services import sale_rows

TODAY = date(2026, 11, 22)
WORDS = st.text(alphabet="水壶Kx-1 \"\\'é／0", max_size=12)
LINES = st.builds(
    NewLine,
    name=WORDS.map(lambda text: f"壶{text}"),
    quantity_milli=st.sampled_from([1000, 2000, 3000]),
    unit_price_fen=st.integers(0, 99_999),
    sku=WORDS,
    serial=st.sampled_from(["", "SN-1"]),
    tax_rate_bp=st.sampled_from([None, 0, 1300]),
)
SALES = st.builds(
    NewSale,
    purchased_on=st.dates(date(2020, 1, 1), TODAY),
    lines=st.lists(LINES, min_size=1, max_size=4).map(tuple),
    order_no=WORDS,
    proof_ref=WORDS,
    freight_fen=st.integers(0, 2000),
    customer_name=WORDS,
)


def told_plainly(frozen: FrozenSale, phone_hash: str, told: tuple[NewLine, ...]) -> str:
    """The hash as the first release made it; what was imported then must still be known."""
    sale = frozen.sale
    content = [
        sale.source,
        sale.order_no,
        sale.channel,
        sale.proof,
        sale.proof_ref,
        sale.purchased_on.isoformat(),
        [frozen.goods_fen, frozen.discount_fen, frozen.freight_fen, frozen.subsidy_fen, frozen.paid_fen],
        phone_hash,
        [[one.tender, one.paid_fen, one.reference] for one in frozen.tenders],
        [
            [
                raw.name,
                raw.sku,
                raw.barcode,
                raw.quantity_milli,
                raw.unit_price_fen,
                line.list_fen,
                line.discount_fen,
                line.freight_fen,
                line.paid_fen,
                raw.tax_rate_bp,
                raw.serial,
                raw.batch_no,
            ]
            for line, raw in zip(frozen.lines, told, strict=True)
        ],
    ]
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()


@given(SALES, st.sampled_from(["", "ab" * 32]))
def test_an_order_is_known_by_the_hash_that_the_first_release_gave_it(sale: NewSale, phone_hash: str) -> None:
    frozen = freeze(sale, TODAY)
    assert sale_rows.content_hash(frozen, phone_hash, sale.lines) == told_plainly(
        frozen, phone_hash, sale.lines
    )


@given(st.lists(SALES, min_size=1, max_size=5))
def test_lines_that_were_sound_before_freeze_as_if_they_were_new(sales: list[NewSale]) -> None:
    sound: dict[int, tuple[NewLine, NewLine]] = {}
    for sale in [*sales, *sales]:
        assert freeze(sale, TODAY, sound) == freeze(sale, TODAY)


def test_a_single_way_of_paying_is_taken_over_only_when_nothing_is_to_be_mended() -> None:
    line = NewLine("壶", 1000, 5000)
    sale = NewSale(TODAY, (line,), (NewTender("wechat", 5000),))
    assert freeze(sale, TODAY).tenders == (NewTender("wechat", 5000),)
    spaced = replace(sale, tenders=(NewTender(" wechat  ", 5000, " r1 "),))
    assert freeze(spaced, TODAY).tenders == (NewTender("wechat", 5000, "r1"),)
    free = replace(sale, lines=(replace(line, unit_price_fen=0),), tenders=())
    assert freeze(free, TODAY).tenders == ()
