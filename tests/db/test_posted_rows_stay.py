"""Invariants 6 and 8: posted rows stay as they are, whoever has the file open and whatever they send."""

from __future__ import annotations

import sqlite3
from typing import Any

import peewee
import pytest
from fixtures_shop import AT, DAY, SmallShop, sha256
from history_rows import fill_history
from month_rows import fill_months
from stock_room_rows import fill_stock_room

from counter_app.db import guards
from counter_app.db.guards import rows
from counter_app.db.models import (
    Attachment,
    Bill,
    BillRow,
    CaseEvent,
    Compensation,
    Deposit,
    DepositMove,
    Document,
    Erasure,
    EvidenceWaiver,
    Number,
    PhoneCode,
    Posting,
    PrintRecord,
    Reveal,
    Row,
    Sale,
    SaleIdentity,
    SaleLine,
    ScanCorrection,
    Shift,
    ShopKey,
    Signature,
    StaffEvent,
    Walk,
    WalkStep,
)
from counter_app.domain.errors import CounterError, UserError


@pytest.fixture
def full(shop: SmallShop) -> SmallShop:
    """A shop with at least one row in every table that is protected."""
    with shop.writing():
        _fill(shop)
    return shop


def _fill(shop: SmallShop) -> None:
    line = shop.sale(freight_fen=800, person=shop.person())
    refund = shop.refund(line)
    case = refund.case
    with shop.writing():
        shift = shop.shift()
        owed = refund.settlements.get()
        shop.proof(owed, 12900, shift)
        ShopKey.create(fingerprint=sha256("key"), certificate="30", why="first", at=AT)
        StaffEvent.create(staff=shop.clerk, kind="signed_in", at=AT)
        PhoneCode.create(staff=shop.boss, sheet=1, no=1, code_hash="-", made_at=AT)
        Reveal.create(person=line.sale.person, field="phone", why="call", by=shop.clerk, at=AT)
        SaleIdentity.create(sale=line.sale, source="taobao", order_no="T1", at=AT)
        WalkStep.create(walk=case.walks.get(), seq=1, act="answer", node="X", by=shop.clerk, at=AT)
        CaseEvent.create(case=case, seq=1, kind="opened", at=AT, business_date=DAY)
        PrintRecord.create(case=case, slip="refund", paper="80", language="zh", at=AT, business_date=DAY)
        deposit = Deposit.create(
            document=shop.document("YJ", case), case=case, tender="cash", amount_fen=100, at=AT
        )
        DepositMove.create(deposit=deposit, kind="returned", amount_fen=100, document=refund, at=AT)
        Compensation.create(
            document=shop.document("BC", case), case=case, kind="goodwill", amount_fen=500, what="歉意", at=AT
        )
        Attachment.create(case=case, kind="photo", sha256=sha256("photo"), mime="image/jpeg", size=5, at=AT)
        EvidenceWaiver.create(case=case, node="X", reason="相机坏了", by=shop.clerk, at=AT)
        signed = Signature.create(
            case=case,
            form_hash=sha256("form"),
            check_code="1234",
            signer="customer",
            strokes=[[1, 2]],
            by=shop.clerk,
            at=AT,
        )
        scan = Attachment.get()
        ScanCorrection.create(signature=signed, was=scan, now=scan, why="", by=shop.clerk, at=AT)
        shop.approval(case)
        fill_stock_room(shop)
        fill_months(shop)
        fill_history(shop)
        bill = Bill.create(
            tender="wechat", name="a.csv", sha256=sha256("bill"), first_day=DAY, last_day=DAY, payments=0,
            by=shop.clerk, at=AT,
        )  # fmt: skip
        BillRow.create(
            bill=bill, line_no=2, tender="wechat", direction="out", amount_fen=100, reference="5030", day=DAY
        )
        Erasure.create(way="retention", through=DAY, why="", at=AT, business_date=DAY)


PROTECTED = [model for model in rows.POSTED + rows.CHANGING if model.__name__ != "ImportBatch"]


def attack(db: Any, sql: str, values: tuple[Any, ...] = ()) -> str:
    with pytest.raises((sqlite3.IntegrityError, CounterError)) as caught:
        db.execute(sql, values)
    return caught.value.code if isinstance(caught.value, CounterError) else str(caught.value)


def a_row(stranger: sqlite3.Connection, model: type[Row]) -> dict[str, Any]:
    cursor = stranger.execute(f"SELECT * FROM {rows.table_of(model)} ORDER BY 1 LIMIT 1")
    values = cursor.fetchone()
    assert values is not None, f"{model.__name__} has no row to attack"
    return dict(zip([column[0] for column in cursor.description], values, strict=True))


@pytest.mark.req("S0-3")
@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_no_protected_row_can_be_deleted(
    full: SmallShop, stranger: sqlite3.Connection, model: type[Row]
) -> None:
    table = rows.table_of(model)
    before = a_row(stranger, model)
    assert attack(stranger, f"DELETE FROM {table}") == "guard.immutable"
    with pytest.raises(CounterError) as caught:
        model.delete().execute()
    assert caught.value.code == "guard.immutable"
    assert a_row(stranger, model) == before


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("how", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "upsert"])
def test_no_protected_row_can_be_written_over(
    full: SmallShop, stranger: sqlite3.Connection, model: type[Row], how: str
) -> None:
    table = rows.table_of(model)
    before = a_row(stranger, model)
    columns = ", ".join(f'"{name}"' for name in before)
    marks = ", ".join("?" * len(before))
    key = model._meta.primary_key.column_name
    verb, tail = (how, "") if how != "upsert" else ("INSERT", f' ON CONFLICT DO UPDATE SET "{key}" = "{key}"')
    sql = f"{verb} INTO {table} ({columns}) VALUES ({marks}){tail}"
    said = attack(stranger, sql, tuple(before.values()))
    assert said.startswith("guard.")
    assert a_row(stranger, model) == before


@pytest.mark.parametrize(
    "model", [model for model in PROTECTED if len(rows.keys_of(model)) > 1], ids=lambda model: model.__name__
)
def test_a_unique_key_cannot_be_used_to_push_a_row_out(
    full: SmallShop, stranger: sqlite3.Connection, model: type[Row]
) -> None:
    """REPLACE under another id but the same unique key would delete the old row without any trigger."""
    table = rows.table_of(model)
    before = a_row(stranger, model)
    key = model._meta.primary_key.column_name
    forged = {**before, key: before[key] + 1000}
    columns = ", ".join(f'"{name}"' for name in forged)
    sql = f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({', '.join('?' * len(forged))})"
    assert attack(stranger, sql, tuple(forged.values())).startswith("guard.")
    assert a_row(stranger, model) == before


@pytest.mark.parametrize("model", rows.POSTED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("how", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_column_of_a_posted_row_can_change(
    full: SmallShop, stranger: sqlite3.Connection, model: type[Row], how: str
) -> None:
    before = a_row(stranger, model)
    for column in before:
        assert (
            attack(stranger, f'{how} {rows.table_of(model)} SET "{column}" = "{column}"') == "guard.immutable"
        )
    assert a_row(stranger, model) == before


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Sale, "paid_fen"),
        (Sale, "purchased_on"),
        (Sale, "request_id"),
        (Sale, "content_hash"),
        (SaleLine, "quantity_milli"),
        (SaleLine, "paid_fen"),
        (SaleLine, "sale_id"),
        (SaleLine, "category"),
        (Walk, "case_id"),
        (Shift, "float_fen"),
        (Attachment, "sha256"),
        (Signature, "form_hash"),
        (Signature, "signer"),
    ],
    ids=str,
)
def test_frozen_columns_cannot_change(
    full: SmallShop, stranger: sqlite3.Connection, model: type[Row], column: str
) -> None:
    before = a_row(stranger, model)
    other = before[column] + 1 if isinstance(before[column], int) else "other"
    said = attack(stranger, f'UPDATE OR REPLACE {rows.table_of(model)} SET "{column}" = ?', (other,))
    assert said == "guard.frozen"
    assert a_row(stranger, model) == before


def test_what_arrives_later_may_be_filled_in(full: SmallShop) -> None:
    with full.writing():
        assert Sale.update(delivered_on=DAY, invoice_no="24", customer_masked="单*").execute() == 1
        assert SaleLine.update(serial="SN1", guarantee_from=DAY).execute() == 1
    assert SaleLine.get().serial == "SN1"


def test_personal_data_of_a_signature_can_be_erased_but_never_altered(full: SmallShop) -> None:
    def refused(**change: Any) -> str:
        with pytest.raises(CounterError) as caught:
            Signature.update(**change).execute()
        return caught.value.code

    assert refused(strokes=[[9, 9]]) == "guard.frozen"
    assert refused(strokes=None) == "guard.frozen"
    assert Signature.update(strokes=None, erased_at=AT).execute() == 1
    assert refused(erased_at=None) == "guard.frozen"
    assert Attachment.update(erased_at=AT).execute() == 1
    with pytest.raises(CounterError):
        Attachment.update(erased_at=AT + 1).execute()


def test_a_voided_signature_stays_void(full: SmallShop) -> None:
    assert Signature.update(void=True).execute() == 1
    with pytest.raises(CounterError) as caught:
        Signature.update(void=False).execute()
    assert caught.value.code == "guard.frozen"


def test_an_approval_is_decided_once_and_by_somebody_else(full: SmallShop) -> None:
    asked = full.approval(Document.select().first().case)
    table = type(asked)
    only = table.id == asked.id
    with pytest.raises(UserError) as own:
        table.update(decision="approve", decided_by=full.clerk, decided_at=AT).where(only).execute()
    assert own.value.code == "guard.own_approval"
    table.update(decision="reject", decided_by=full.boss, decided_at=AT).where(only).execute()
    with pytest.raises(UserError) as again:
        table.update(decision="approve", decided_by=full.boss).where(only).execute()
    assert again.value.code == "guard.decided"
    with pytest.raises(CounterError) as figures:
        table.update(amount_fen=1).where(table.id != asked.id).execute()
    assert figures.value.code == "guard.frozen"


def test_a_shift_is_closed_once_and_only_one_is_open(full: SmallShop) -> None:
    with pytest.raises(UserError) as second:
        full.shift()
    assert second.value.code == "guard.shift_open"
    Shift.update(closed_at=AT, closed_by=full.boss, counted_fen=1).execute()
    with pytest.raises(UserError) as again:
        Shift.update(counted_fen=2).execute()
    assert again.value.code == "guard.shift_closed"
    assert full.shift().id == 2


def test_one_request_is_one_posting(full: SmallShop) -> None:
    posting = Posting.select().first()
    with pytest.raises(UserError) as caught:
        Posting.create(
            request_id=posting.request_id, kind="post", content_hash="x", result="", at=AT, by=full.clerk
        )
    assert caught.value.code == "guard.request_repeated"


@pytest.mark.parametrize("seq", [2, 4, 0])
def test_numbers_have_no_gap_and_are_never_given_twice(shop: SmallShop, seq: int) -> None:
    first = shop.case().number
    second = shop.case().number
    assert (first, second) == ("SH01-20260305-0001", "SH01-20260305-0002")
    with pytest.raises(CounterError) as caught:
        Number.create(prefix="SH", business_date=DAY, seq=seq, number="SH01-forged", at=AT)
    assert caught.value.code in {"guard.number_gap", "guard.exists"}


def test_a_number_is_only_given_inside_the_posting_that_uses_it(shop: SmallShop) -> None:
    from counter_app.db.numbers import next_number

    with pytest.raises(RuntimeError, match="transaction"):
        next_number(shop.db, "TK", "01", DAY, AT)
    with pytest.raises(KeyError), shop.writing():
        next_number(shop.db, "TK", "01", DAY, AT)
        raise KeyError("the posting fails")
    with shop.writing():
        assert next_number(shop.db, "TK", "01", DAY, AT) == "TK01-20260305-0001"


def test_a_document_needs_a_number_of_its_kind(shop: SmallShop) -> None:
    case = shop.case()
    posting = Posting.create(
        request_id="r", kind="post", content_hash="x", case=case, result="", at=AT, by=shop.clerk
    )
    for number in ("TK01-20260305-0099", case.number):
        with pytest.raises(CounterError) as caught:
            Document.create(
                number=number,
                prefix="TK",
                posting=posting,
                content="{}",
                content_hash=sha256("{}"),
                business_date=DAY,
                posted_at=AT,
                posted_by=shop.clerk,
            )
        assert caught.value.code == "guard.number_unknown"


def test_ordinary_constraints_stay_what_they_are(shop: SmallShop) -> None:
    with pytest.raises(peewee.IntegrityError, match="CHECK"):
        shop.sale(quantity_milli=-1000)


def test_every_guard_is_named_once_and_worded() -> None:
    names = [guard.name for guard in guards.GUARDS]
    assert len(names) == len(set(names))
    assert all(code.startswith("guard.") for code in guards.CODES)


def test_words_of_a_remark_can_be_erased_but_never_rewritten(full: SmallShop) -> None:
    event = CaseEvent.create(
        case=CaseEvent.get().case,
        seq=2,
        kind="note",
        detail={"text": "打给他", "node": "X"},
        at=AT,
        business_date=DAY,
    )

    def refused(**values: object) -> str:
        with pytest.raises(CounterError) as caught:
            CaseEvent.update(**values).where(CaseEvent.id == event.id).execute()
        return caught.value.code

    assert refused(detail={"text": "没有打"}) == "guard.frozen"
    assert refused(detail={"text": "没有打", "node": "X"}, erased_at=AT) == "guard.frozen"
    assert refused(detail={}, erased_at=AT) == "guard.frozen", "what happened stays, only the words may go"
    assert refused(kind="told") == "guard.frozen"
    assert CaseEvent.update(detail={"node": "X"}, erased_at=AT).where(CaseEvent.id == event.id).execute() == 1
    assert refused(detail={"node": "Y"}) == "guard.frozen"
    assert refused(erased_at=None) == "guard.frozen"


def test_the_name_of_a_file_goes_with_the_file_only(full: SmallShop) -> None:
    with pytest.raises(CounterError) as caught:
        Attachment.update(name="other.jpg").execute()
    assert caught.value.code == "guard.frozen"
    with pytest.raises(CounterError):
        Attachment.update(name="other.jpg", erased_at=AT).execute()
    assert Attachment.update(name="", erased_at=AT).execute() == 1


def test_a_signed_sheet_is_replaced_only_by_the_scan_that_its_correction_names(full: SmallShop) -> None:
    signature, first = Signature.get(), Attachment.get()
    Signature.update(form=first).execute()
    other = Attachment.create(
        case=signature.case, kind="signed_form", sha256=sha256("again"), mime="application/pdf", size=1, at=AT
    )
    with pytest.raises(CounterError) as caught:
        Signature.update(form=other).execute()
    assert caught.value.code == "guard.frozen"
    with pytest.raises(CounterError):
        Signature.update(form=None).execute()
    assert Signature.get().form_id == first.id
    later = Attachment.create(
        case=signature.case, kind="signed_form", sha256=sha256("later"), mime="application/pdf", size=1, at=AT
    )
    ScanCorrection.create(signature=signature, was=other, now=later, why="其他", by=full.clerk, at=AT)
    with pytest.raises(CounterError):
        Signature.update(form=later).execute()  # not the scan that stands
