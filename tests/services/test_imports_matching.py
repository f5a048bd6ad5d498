"""A sale typed at the counter and imported from the register that night is one sale (invariant 1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import import_files as files
import pytest

from counter_app.db.models import Sale, SaleLine
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine, NewSale
from counter_app.services import imports, sales
from counter_app.services.desk import Desk


def _counts(desk: Desk, *given: Path) -> dict[str, int]:
    return dict(imports.run_import(desk, list(given)).value.counts)


def _only_sale(desk: Desk) -> Any:
    row = Sale.get()
    assert Sale.select().count() == 1
    return sales.sale(desk, row.id)


@pytest.fixture
def typed(desk: Desk) -> Any:
    """A pot sold at the counter at noon, typed by hand."""
    line = NewLine("云朵电饭煲", 1000, 29_900, barcode="2000000010014")
    sale = NewSale(date(2026, 11, 10), (line,), phone="19900001234", proof_ref="0042")
    return sales.record_sale(desk, sale, "typed").value


@pytest.mark.parametrize(
    "row",
    [
        ["0042", "2026-11-10", "别的写法", "", "1", "299.00"],
        ["N7", "2026-11-10", "云朵 电饭煲", "", "1", "299.00"],
        ["N7", "2026-11-11", "别的写法", "2000000010014", "1", "299.00"],
        ["N7", "2026-11-09", "别的写法", "", "1", "299.00", "", "199 0000 1234"],
    ],
    ids=["receipt number", "same goods by name", "same barcode a day later", "same phone a day earlier"],
)
def test_a_sale_typed_at_the_counter_is_recognised_in_the_registers_file(
    desk: Desk, tmp_path: Path, typed: Any, row: list[str]
) -> None:
    file = files.till(tmp_path, row)
    assert imports.preview(desk, file).counts == {"matched": 1}
    assert _counts(desk, file) == {"matched": 1}
    found = _only_sale(desk)
    assert found.id == typed.id
    assert set(found.identities) == {("hand", "0042"), ("sheet", row[0])}
    assert _counts(desk, file) == {"known": 1}


@pytest.mark.parametrize(
    "row",
    [
        ["N7", "2026-11-10", "别的写法", "", "1", "298.00"],
        ["N7", "2026-11-12", "云朵电饭煲", "", "1", "299.00"],
        ["N7", "2026-11-10", "云朵电饭煲", "", "1", "299.00", "", "19900009999"],
        ["N7", "2026-11-10", "别的", "2000000099999", "1", "299.00"],
    ],
    ids=["other total", "two days apart", "other phone", "other barcode"],
)
def test_a_different_sale_is_not_taken_for_the_typed_one(
    desk: Desk, tmp_path: Path, typed: Any, row: list[str]
) -> None:
    assert _counts(desk, files.till(tmp_path, row)) == {"new": 1}
    assert Sale.select().count() == 2


def test_what_is_unclear_waits_for_a_person(desk: Desk, tmp_path: Path, typed: Any) -> None:
    order = {
        "订单编号": "88",
        "买家实际支付金额": "299.00",
        "宝贝标题": "锅,勺",
        "宝贝种类": "2",
        "收货人姓名": "林小满",
    }
    file = files.taobao(tmp_path, order)
    assert _counts(desk, file) == {"held": 1}
    assert _counts(desk, file) == {"known": 1}
    hold = imports.holds(desk)[0]
    assert (hold.order_no, hold.customer_masked, hold.paid_fen) == ("88", "林**", 29_900)
    assert [one.sale_id for one in hold.candidates] == [typed.id]
    with pytest.raises(UserError, match=r"import\.hold\.candidate"):
        imports.decide_hold(desk, hold.id, "same", 999)
    assert imports.decide_hold(desk, hold.id, "same", typed.id).value == typed.id
    assert imports.holds(desk) == ()
    assert _counts(desk, file) == {"known": 1}
    assert ("taobao", "88") in _only_sale(desk).identities
    assert "林小满" not in str(desk.db.execute_sql("SELECT content FROM import_hold").fetchall())


def test_a_held_order_may_turn_out_to_be_a_sale_of_its_own(desk: Desk, tmp_path: Path, typed: Any) -> None:
    order = {"订单编号": "88", "买家实际支付金额": "299.00", "宝贝标题": "锅,勺", "宝贝种类": "2"}
    file = files.taobao(tmp_path, order)
    _counts(desk, file)
    hold = imports.holds(desk)[0]
    made = imports.decide_hold(desk, hold.id, "separate").value
    assert made is not None
    assert sales.sale(desk, made).order_no == "88"
    with pytest.raises(UserError, match=r"import\.hold\.decided"):
        imports.decide_hold(desk, hold.id, "ignore")
    assert _counts(desk, file) == {"known": 1}
    assert Sale.select().count() == 2
    assert typed.id != made


def test_two_typed_sales_that_both_fit_are_held_and_one_cannot_be_matched_twice(
    desk: Desk, tmp_path: Path, typed: Any
) -> None:
    line = NewLine("云朵电饭煲", 1000, 29_900)
    sales.record_sale(desk, NewSale(date(2026, 11, 10), (line,), proof="none"), "second")
    row = ["N7", "2026-11-10", "云朵电饭煲", "", "1", "299.00"]
    assert _counts(desk, files.till(tmp_path, row)) == {"held": 1}
    assert len(imports.holds(desk)[0].candidates) == 2
    exact = ["0042", "2026-11-10", "云朵电饭煲", "", "1", "299.00"]
    other = ["N8", "2026-11-10", "云朵电饭煲", "", "1", "299.00"]
    assert _counts(desk, files.till(tmp_path, exact, other)) == {"matched": 2}
    assert SaleLine.select().count() == 2
