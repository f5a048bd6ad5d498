"""What prints where: a kind of slip says for itself, else its group, else the whole shop."""

from __future__ import annotations

import pytest

from counter_app.documents import CopyKind, Paper
from counter_app.documents.paper import default_copies
from counter_app.domain.errors import UserError
from counter_app.domain.slip_content import KINDS
from counter_app.services import print_rules, settings, versions
from counter_app.services.desk import Desk
from counter_app.services.print_rules import FINANCE, Rule


def test_every_kind_of_slip_is_in_one_group() -> None:
    listed = print_rules.kinds()
    assert len(listed) == len(set(listed))
    assert set(listed) == set(KINDS) - {"internal_part"}
    for kind in listed:
        assert print_rules.copies_of(kind) == tuple(copy.kind for copy in default_copies(kind, "zh"))


def test_the_shops_own_printers_hold_until_something_else_is_said(desk: Desk) -> None:
    settings.set_setting(desk, "printer.form", "Laser")
    settings.set_setting(desk, "printer.receipt", "Roll")
    form, receipt = print_rules.way(desk, "return_form"), print_rules.way(desk, "receipt")
    assert (form.printer, form.paper, form.silent) == ("Laser", Paper.A4, False)
    assert (receipt.printer, receipt.paper) == ("Roll", Paper.ROLL_80)
    assert form.copies == (CopyKind.STUB, CopyKind.CUSTOMER, CopyKind.FINANCE)


def test_a_kind_goes_before_its_group_and_the_group_before_the_shop(desk: Desk) -> None:
    settings.set_setting(desk, "printer.form", "Laser")
    print_rules.set_rule(desk, "groups", "goods", Rule(printer="Store", paper="A5", tray="2", silent=True))
    print_rules.set_rule(desk, "kinds", "scrap_record", Rule(printer="", copies={"finance": 3}, silent=False))
    scrap, count = print_rules.way(desk, "scrap_record"), print_rules.way(desk, "stock_count")
    assert (scrap.printer, scrap.paper, scrap.tray, scrap.silent) == ("", Paper.A5, "2", False)
    assert scrap.copies.count(CopyKind.FINANCE) == 3
    assert (count.printer, count.paper, count.silent) == ("Store", Paper.A5, True)
    assert print_rules.way(desk, "return_form").printer == "Laser"
    print_rules.set_rule(desk, "kinds", "scrap_record", Rule())
    assert print_rules.way(desk, "scrap_record") == count.__class__(
        printer="Store", paper=Paper.A5, copies=scrap.copies[:2], tray="2", also="", silent=True
    )
    assert print_rules.rule(desk, "kinds", "scrap_record").is_empty


def test_finance_copies_go_apart_only_when_they_have_a_printer(desk: Desk) -> None:
    print_rules.set_rule(desk, "groups", "forms", Rule(printer="Front", tray="side"))
    print_rules.set_rule(desk, "groups", FINANCE, Rule(paper="A5"))
    assert len(print_rules.parts(desk, "return_form")) == 1
    print_rules.set_rule(desk, "groups", FINANCE, Rule(printer="Back"))
    here, there = print_rules.parts(desk, "return_form")
    assert (here.way.printer, here.copies) == ("Front", (CopyKind.STUB, CopyKind.CUSTOMER))
    assert (there.way.printer, there.way.tray, there.copies) == ("Back", "", (CopyKind.FINANCE,))
    assert len(print_rules.parts(desk, "receipt")) == 1


def test_a_second_language_of_the_shop_can_be_left_out_for_one_kind(desk: Desk) -> None:
    settings.set_setting(desk, "slips.both_languages", True)
    assert print_rules.way(desk, "receipt").also == "en"
    print_rules.set_rule(desk, "kinds", "receipt", Rule(also=""))
    assert print_rules.way(desk, "receipt").also == ""


def test_who_changed_what_prints_where_is_kept(desk: Desk) -> None:
    print_rules.set_rule(desk, "groups", "day", Rule(printer="Back"))
    newest = versions.history(desk, settings.KIND)[0]
    assert (newest.note, newest.by) == ("print.rules", "王经理")


@pytest.mark.parametrize(
    ("level", "name", "rule", "code"),
    [
        ("kinds", "unheard_of", Rule(printer="x"), "print.rule.unknown"),
        ("groups", "receipt", Rule(printer="x"), "print.rule.unknown"),
        ("floors", "receipts", Rule(printer="x"), "print.rule.unknown"),
        ("kinds", "receipt", Rule(paper="A3"), "print.rule.paper"),
        ("kinds", "receipt", Rule(copies={"customer": 10}), "print.rule.copies"),
        ("kinds", "receipt", Rule(copies={"mine": 1}), "print.rule.copies"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, level: str, name: str, rule: Rule, code: str) -> None:
    with pytest.raises(UserError) as refused:
        print_rules.set_rule(desk, level, name, rule)
    assert refused.value.code == code


def test_a_clerk_does_not_set_what_prints_where(as_role) -> None:
    with pytest.raises(UserError) as refused:
        print_rules.set_rule(as_role("clerk"), "kinds", "receipt", Rule(silent=True))
    assert refused.value.code == "staff.right.missing"
