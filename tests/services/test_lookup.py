"""One field for everything a clerk scans or types."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_app.domain.errors import UserError
from counter_app.domain.new_product import NewProduct
from counter_app.domain.new_sale import NewLine, NewSale
from counter_app.domain.sale_views import CaseHit, ProductHit, SaleHit
from counter_app.services import cases, lookup, products, sales, search
from counter_app.services.cases import NewCase
from counter_app.services.desk import Desk


@pytest.fixture
def pot(desk: Desk) -> Any:
    """A phone and a pot sold to Mr Zhang."""
    products.save_product(
        desk, NewProduct("SJ-1", "星屿手机", 199_900, barcode="2000000020013", category="PHONE")
    )
    lines = (
        NewLine("星屿手机 X1", 1000, 199_900, barcode="2000000020013", serial="SN8812345678"),
        NewLine("云朵电饭煲", 2000, 29_900, batch_no="B20261101"),
    )
    sale = NewSale(
        date(2026, 11, 10),
        lines,
        proof_ref="R-20261110-7",
        customer_name="张小三",
        phone="13812345678",
        invoice_no="25312000000012345678",
    )
    return sales.record_sale(desk, sale, "pot").value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("R-20261110-7", "order"),
        (" R-20261110-7 ", "order"),
        ("SN8812345678", "serial"),
        ("2000000020013", "barcode"),
        ("B20261101", "batch"),
        ("13812345678", "phone"),
        ("+86 138-1234-5678", "phone"),
        ("SJ-1", "sku"),
        ("5678", "words"),
        ("张小三", "words"),
        ("zxs", "words"),
        ("电饭煲", "words"),
        ("25312000000012345678", "words"),
        ("手机 张", "words"),
    ],
)
@pytest.mark.req("S0-11")
def test_a_sale_is_found_by(desk: Desk, pot: Any, typed: str, why: str) -> None:
    found = [hit for hit in lookup.lookup(desk, typed) if isinstance(hit, SaleHit)]
    assert [(hit.sale_id, hit.why) for hit in found] == [(pot.id, why)]
    assert found[0].customer_masked == "张**"
    assert found[0].goods == "星屿手机 X1 · 云朵电饭煲"


def test_a_scanned_serial_points_at_its_line(desk: Desk, pot: Any) -> None:
    hit = lookup.lookup(desk, "SN8812345678")[0]
    assert isinstance(hit, SaleHit)
    assert hit.line_id == pot.lines[0].id


def test_an_article_is_found_beside_its_sales(desk: Desk, pot: Any) -> None:
    found = lookup.lookup(desk, "2000000020013")
    assert [type(hit) for hit in found] == [SaleHit, ProductHit]


@pytest.mark.req("S2-25")
def test_a_case_is_found_by_number_code_phone_and_words(desk: Desk, pot: Any) -> None:
    line = pot.lines[0]
    case = cases.open_case(
        desk, NewCase(sale_id=pot.id, lines=((line.id, 1000),), words="开不了机"), "visit"
    ).value
    codes = (f"counter:case/{case.number}", f"counter\uff1acase/{case.number}\uff037F3K-92QD")
    for typed in (case.number, case.number.lower(), *codes, "138 1234 5678", "张小三"):
        hit = lookup.lookup(desk, typed)[0]
        assert isinstance(hit, CaseHit), typed
        assert hit.number == case.number
    assert [row.number for row in search.search_cases(desk, "zxs 5678")] == [case.number]
    after = sales.sale(desk, pot.id)
    assert (after.lines[0].reserved_milli, after.lines[0].returnable_milli) == (1000, 0)
    assert after.lines[0].open_cases == (case.number,)
    assert after.lines[0].blocked is not None
    assert [one.number for one in after.cases] == [case.number]


@pytest.mark.parametrize(
    "typed", ["", "   ", "counter:case/SHA1-20200101-0001", "没有这个人", "%", "_", "'; DROP TABLE sale; --"]
)
def test_nothing_found_is_nothing(desk: Desk, pot: Any, typed: str) -> None:
    assert lookup.lookup(desk, typed) == ()


@pytest.mark.parametrize("typed", ["x" * 100_000, "a\x00b", "\u202e123"])
def test_what_nobody_types_is_refused(desk: Desk, typed: str) -> None:
    with pytest.raises(UserError, match=r"text\."):
        lookup.lookup(desk, typed)
