"""Bills of WeChat and Alipay fill in the proofs of refunds that are owed; what is not plain is left to a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import TODAY, Counter, Visit, build_shop, opened

from counter_app.db.models import Proof
from counter_app.domain.errors import UserError
from counter_app.services import bill_days, bills, settling

WECHAT = "交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款金额,退款状态,商品名称,订单金额\n"


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        yield one
        one.sound()


def refunded(counter: Counter, tender: str = "wechat", **sale: object) -> Visit:
    visit = counter.visit(counter.simple_sale(tender=tender, **sale))  # type: ignore[arg-type]
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    return visit


def wechat(folder: Path, *rows: tuple[str, str, str, str, str]) -> Path:
    """Rows of (trade number, order number, refund number, the shop's own number, amount)."""
    lines = [
        f"`2026-11-19 10:00:00,`wx1,`1900,`{trade},`{order},`REFUND,`{refund},`{own},`{amount},`SUCCESS,`保温杯,`{amount}\n"
        for trade, order, refund, own, amount in rows
    ]
    totals = "总交易单数,应结订单总金额,退款总金额\n`1,`0.00,`199.00\n"
    file = folder / "微信 账单.csv"
    file.write_text(WECHAT + "".join(lines) + totals, "utf-8-sig")
    return file


def test_a_refund_named_by_our_own_number_is_proven(counter: Counter, tmp_path: Path) -> None:
    visit = refunded(counter)
    number = visit.case.documents[1].number
    bill = wechat(tmp_path, ("4200000001", "X1", "5030000001", number, "199.00"))
    seen = bills.read(counter.clerk, bill)
    assert [(line.found, line.owed and line.owed.document) for line in seen.lines] == [("owed", number)]
    assert Proof.select().count() == 0, "looking writes nothing"
    bills.enter(counter.clerk, bill)
    assert settling.owed(counter.clerk) == ()
    assert [proof.reference for proof in Proof.select()] == ["5030000001"]


def test_a_bill_entered_twice_proves_once(counter: Counter, tmp_path: Path) -> None:
    visit = refunded(counter)
    bill = wechat(tmp_path, ("4200000001", "X1", "5030000001", visit.case.documents[1].number, "199.00"))
    bills.enter(counter.clerk, bill)
    again = bills.enter(counter.clerk, bill)
    assert [line.found for line in again.value.lines] == ["known"] and again.changed == frozenset()
    assert Proof.select().count() == 1


def test_a_refund_is_found_by_the_payment_of_its_sale(counter: Counter, tmp_path: Path) -> None:
    visit = refunded(counter)  # the sale was paid by the transaction T-wechat
    bill = wechat(
        tmp_path, ("T-wechat".replace("-", ""), visit.case.sale_number, "5030000002", "else", "199.00")
    )
    bills.enter(counter.clerk, bill)
    assert settling.owed(counter.clerk) == ()


def test_another_amount_and_an_unknown_refund_wait_for_a_person(counter: Counter, tmp_path: Path) -> None:
    number = refunded(counter).case.documents[1].number
    bill = wechat(
        tmp_path,
        ("4200000001", "X1", "5030000001", number, "199.01"),
        ("4200000009", "X9", "5030000009", "not ours", "8.00"),
    )
    done = bills.enter(counter.clerk, bill).value
    assert [line.found for line in done.lines] == ["unclear", "unowed"]
    assert Proof.select().count() == 0 and len(settling.owed(counter.clerk)) == 1


def test_an_alipay_bill_with_its_frame_is_read(counter: Counter, tmp_path: Path) -> None:
    number = refunded(counter, "alipay").case.documents[1].number
    file = tmp_path / "业务明细.csv"
    file.write_bytes(
        (
            "#支付宝业务明细查询\n#账号：[2088]\n"
            "支付宝交易号,商户订单号,业务类型,商品名称,订单金额（元）,商家实收（元）,退款批次号/请求号\n"
            "2026111922001\t,O-1\t,交易\t,杯\t,58.00,58.00,\t\n"
            f"2026111922002\t,O-2\t,退款\t,杯\t,-199.00,-199.00,{number}\t\n"
            "#业务明细列表结束\n"
        ).encode("gb18030")
    )
    seen = bills.enter(counter.clerk, file).value
    assert (seen.tender, seen.payments, [line.found for line in seen.lines]) == ("alipay", 1, ["owed"])
    assert [proof.reference for proof in Proof.select()] == [f"2026111922002/{number}"]


def test_refunds_that_failed_prove_nothing(counter: Counter, tmp_path: Path) -> None:
    number = refunded(counter).case.documents[1].number
    bill = wechat(tmp_path, ("4200000001", "X1", "5030000001", number, "199.00"))
    bill.write_text(bill.read_text("utf-8-sig").replace("`SUCCESS", "`CHANGE"), "utf-8-sig")
    assert bills.enter(counter.clerk, bill).value.lines == ()
    assert Proof.select().count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a,b\n1,2\n", "bill.unknown"),
        ("微信订单号,退款金额\n4200000001,十元\n", "bill.row"),
        ("", "import.file.empty"),
    ],
)
def test_what_is_no_bill_is_refused(counter: Counter, tmp_path: Path, content: str, code: str) -> None:
    file = tmp_path / "x.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(UserError) as refused:
        bills.read(counter.clerk, file)
    assert refused.value.code == code


def test_a_number_that_was_typed_on_the_wrong_refund_and_corrected_proves_the_right_one(
    counter: Counter, tmp_path: Path
) -> None:
    wrong, right = refunded(counter), refunded(counter)
    (typed,) = settling.owed(counter.clerk, wrong.case_id)
    settling.pay(counter.clerk, typed.id, 19_900, "wechat", "5030000001", "p1")
    (proof,) = settling.proofs(counter.clerk, typed.id)
    settling.correct(counter.clerk, proof.id, "看错单", "c1")
    number = right.case.documents[1].number
    bills.enter(counter.clerk, wechat(tmp_path, ("4200000001", "X1", "5030000001", number, "199.00")))
    assert settling.owed(counter.clerk, right.case_id) == ()
    assert [one.open_fen for one in settling.owed(counter.clerk, wrong.case_id)] == [19_900]


def test_two_movements_that_name_one_refund_prove_it_together(counter: Counter, tmp_path: Path) -> None:
    number = refunded(counter).case.documents[1].number
    bill = wechat(
        tmp_path,
        ("4200000001", "X1", "5030000001", number, "100.00"),
        ("4200000001", "X1", "5030000002", number, "99.00"),
    )
    assert [line.found for line in bills.enter(counter.clerk, bill).value.lines] == ["owed", "owed"]
    assert settling.owed(counter.clerk) == ()
    assert sorted((proof.reference, proof.amount_fen) for proof in Proof.select()) == [
        ("5030000001", 10_000),
        ("5030000002", 9_900),
    ]


def test_a_part_that_names_a_refund_is_entered_and_the_rest_stays_owed(
    counter: Counter, tmp_path: Path
) -> None:
    number = refunded(counter).case.documents[1].number
    bills.enter(counter.clerk, wechat(tmp_path, ("4200000001", "X1", "5030000001", number, "100.00")))
    assert [one.open_fen for one in settling.owed(counter.clerk)] == [9_900]
    second = wechat(tmp_path, ("4200000001", "X1", "5030000002", number, "99.00"))
    bills.enter(counter.clerk, second)
    assert settling.owed(counter.clerk) == ()
    assert [line.found for line in bills.enter(counter.clerk, second).value.lines] == ["known"]


def test_parts_that_are_together_more_than_is_owed_wait_for_a_person(
    counter: Counter, tmp_path: Path
) -> None:
    number = refunded(counter).case.documents[1].number
    bill = wechat(
        tmp_path,
        ("4200000001", "X1", "5030000001", number, "100.00"),
        ("4200000001", "X1", "5030000002", number, "99.01"),
    )
    assert [line.found for line in bills.enter(counter.clerk, bill).value.lines] == ["unclear", "unclear"]
    assert Proof.select().count() == 0
    (day,) = bill_days.days(counter.clerk, TODAY, TODAY)
    assert sorted((gap.kind, gap.reference, gap.billed_fen - gap.entered_fen) for gap in day.gaps) == [
        ("bill_only", "5030000001", 10_000),
        ("bill_only", "5030000002", 9_901),
    ]


def test_one_movement_for_two_refunds_of_one_payment_proves_both(counter: Counter, tmp_path: Path) -> None:
    sale = counter.simple_sale(tender="wechat", quantity=2)
    for _ in range(2):
        visit = counter.visit(sale)
        visit.go("return", "agree", "in_person", "fit")
        visit.post()
    bill = wechat(tmp_path, ("4200000001", sale.order_no, "5030000001", "else", "398.00"))
    (line,) = bills.enter(counter.clerk, bill).value.lines
    assert (line.found, [amount for _, amount in line.parts]) == ("owed", [19_900, 19_900])
    assert settling.owed(counter.clerk) == ()
    (day,) = bill_days.days(counter.clerk, TODAY, TODAY)
    assert day.gaps == ()
    assert [line.found for line in bills.enter(counter.clerk, bill).value.lines] == ["known"]


def test_a_part_found_by_the_payment_alone_is_no_proof(counter: Counter, tmp_path: Path) -> None:
    visit = refunded(counter)
    bill = wechat(tmp_path, ("4200000001", visit.case.sale_number, "5030000002", "else", "50.00"))
    assert [line.found for line in bills.enter(counter.clerk, bill).value.lines] == ["unclear"]
    assert Proof.select().count() == 0
