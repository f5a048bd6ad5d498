"""An invoiced sale that shrinks wants a red invoice: what was done about it is kept step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from book import exported, fen
from month_shop import BOSS_PIN, MonthShop

from counter_app.db.models import Task
from counter_app.domain.errors import UserError
from counter_app.services import month_lock, red_invoices

INVOICE = "24112000000012345678"
CONFIRM, RED = "44010126110000000001", "24112000000087654321"


@pytest.fixture
def refund(shop: MonthShop, monkeypatch: pytest.MonkeyPatch) -> red_invoices.RedInvoiceView:
    """A return on 3 December of a sale with an invoice."""
    shop.on(date(2026, 12, 3))
    usual = shop.sell
    monkeypatch.setattr(
        shop, "sell", lambda at, bought, tender="cash": usual(at, bought, tender, invoice_no=INVOICE)
    )
    shop.returned(0, date(2026, 12, 2), "wechat")
    (found,) = red_invoices.register(shop.boss)
    return found


def test_a_refund_of_an_invoiced_sale_stands_in_the_register(refund: red_invoices.RedInvoiceView) -> None:
    assert (refund.original_no, refund.state, refund.number[:2]) == (INVOICE, "to_do", "TK")


def test_the_confirmation_form_lapses_after_72_hours(
    shop: MonthShop, refund: red_invoices.RedInvoiceView
) -> None:
    at = shop.clock.moment
    step = red_invoices.record(
        shop.boss, refund.document_id, "confirming", shop.request(), confirm_no=CONFIRM
    ).value
    assert step.state == "confirming" and step.confirm_until == shop.boss.instant() + 72 * 3_600_000
    shop.clock.moment = at + timedelta(hours=72, seconds=1)
    assert red_invoices.register(shop.boss)[0].state == "lapsed"


def test_the_red_number_ends_it_and_the_to_do_with_it(
    shop: MonthShop, refund: red_invoices.RedInvoiceView
) -> None:
    assert Task.select().where(Task.kind == "invoice", Task.done_at.is_null()).count() == 1
    red_invoices.record(shop.boss, refund.document_id, "confirming", shop.request(), confirm_no=CONFIRM)
    done = red_invoices.record(shop.boss, refund.document_id, "issued", shop.request(), red_no=RED).value
    assert (done.state, done.red_no, done.confirm_no) == ("issued", RED, CONFIRM)
    assert red_invoices.register(shop.boss) == ()
    assert Task.select().where(Task.kind == "invoice", Task.done_at.is_null()).count() == 0
    with pytest.raises(UserError, match=r"red\.done"):
        red_invoices.record(shop.boss, refund.document_id, "not_needed", shop.request(), note="写错了")


@pytest.mark.parametrize(("state", "told", "code"), [
    ("confirming", {}, "red.confirm_wanted"),
    ("issued", {}, "red.red_wanted"),
    ("not_needed", {}, "red.note_wanted"),
    ("issued", {"red_no": "第一号"}, "red.number"),
    ("lapsed", {}, "red.state"),
])  # fmt: skip
def test_a_step_without_its_number_is_refused(
    shop: MonthShop, refund: red_invoices.RedInvoiceView, state: str, told: dict[str, str], code: str
) -> None:
    with pytest.raises(UserError) as refused:
        red_invoices.record(shop.boss, refund.document_id, state, shop.request(), **told)
    assert refused.value.code == code


def test_the_archive_tells_each_month_what_was_known_at_its_end(
    shop: MonthShop, refund: red_invoices.RedInvoiceView
) -> None:
    red_invoices.record(shop.boss, refund.document_id, "confirming", shop.request(), confirm_no=CONFIRM)
    for name in ("2026-10", "2026-11"):
        month_lock.close(shop.boss, name, shop.request(), BOSS_PIN, "好")
    shop.on(date(2027, 1, 4))
    assert "red_invoice" in {one.kind for one in month_lock.check(shop.boss, "2026-12").gaps}
    month_lock.close(shop.boss, "2026-12", shop.request(), BOSS_PIN, "红票下月开")
    red_invoices.record(shop.boss, refund.document_id, "issued", shop.request(), red_no=RED)
    december, january = (exported(shop.boss, name).rows("红字发票") for name in ("2026-12", "2027-01"))
    assert [(row["红票状态"], row["红票号"]) for row in december] == [("确认单已失效", None)]
    assert [(row["红票状态"], row["红票号"], row["原发票号"]) for row in january] == [
        ("已红冲", RED, INVOICE)
    ]
    assert fen(december[0]["税额"]) == 1_484


def test_a_sale_without_an_invoice_wants_none(shop: MonthShop) -> None:
    assert red_invoices.register(shop.boss, open_only=False) == ()
    with pytest.raises(UserError, match=r"red\.document"):
        red_invoices.record(shop.boss, 1, "issued", shop.request(), red_no=RED)
