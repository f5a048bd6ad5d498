"""Rows written on the busy path are the rows the models would have written."""

from __future__ import annotations

import pytest
from fixtures_shop import AT, DAY, SmallShop

from counter_app.db.models import CaseEvent, Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import CounterError


def test_a_row_written_directly_reads_like_one_written_by_the_model(shop: SmallShop) -> None:
    case = shop.case()
    fields = {"kind": "opened", "detail": {"词": [1, 2]}, "by": shop.clerk, "at": AT, "business_date": DAY}
    by_model = CaseEvent.create(case=case, seq=1, **fields)
    with shop.writing():
        by_statement = insert_row(
            shop.db, CaseEvent, case_id=case.id, seq=2, **{**fields, "by": shop.clerk.id}
        )
    first, second = CaseEvent.get_by_id(by_model.id).__data__, CaseEvent.get_by_id(by_statement).__data__
    assert {**first, "id": 0, "seq": 0} == {**second, "id": 0, "seq": 0}


def test_columns_left_out_take_the_defaults_of_the_model(shop: SmallShop) -> None:
    first = insert_row(shop.db, Task, kind="call", what="回电", created_at=AT, business_date=DAY)
    assert Task.get_by_id(first).result == ""
    assert Task.get_by_id(first).due_on is None


def test_guards_hold_there_too(shop: SmallShop) -> None:
    case = shop.case()
    row = {"case": case.id, "seq": 1, "kind": "opened", "at": AT, "business_date": DAY}
    insert_row(shop.db, CaseEvent, **row)
    with pytest.raises(CounterError) as caught:
        insert_row(shop.db, CaseEvent, **row)
    assert caught.value.code == "guard.exists"
