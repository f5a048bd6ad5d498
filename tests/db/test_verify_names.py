"""What does not hold is named by the case, paper or order it belongs to, as a person in the shop knows them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fixtures_shop import AT, DAY, SmallShop, sha256

from counter_app import cli, resources
from counter_app.db import connection, search, verify_names
from counter_app.db.models import Attachment, MoneyEntry, Product, Sale, Settlement, Shift, Signature
from counter_app.domain.slip_content import check_code
from counter_app.services import verify_words


@pytest.fixture
def refunded(shop: SmallShop) -> SmallShop:
    """A shop with a paid refund, its photo and its signature."""
    with shop.writing():
        refund = shop.refund(shop.sale(person=shop.person()))
        shop.proof(refund.settlements.get(), 12900, shop.shift())
        case = refund.case
        Attachment.create(case=case, kind="photo", sha256=sha256("photo"), mime="image/jpeg", size=5, at=AT)
        Signature.create(
            case=case, form_hash=sha256("form"), check_code=check_code(sha256("form")), signer="customer",
            strokes=[[1, 2]], strokes_hash=sha256("[[1,2]]"), by=shop.clerk, at=AT,
        )  # fmt: skip
        search.index_case(shop.db, case.id)
    return shop


def test_a_photo_a_signature_and_money_are_named_by_case_and_paper(refunded: SmallShop) -> None:
    settlement = Settlement.get()
    case, paper, order = settlement.case.number, settlement.document.number, settlement.sale.order_no

    def told(table: str, row: object) -> tuple[verify_names.Name, ...]:
        return verify_names.names(refunded.db, table, str(row))

    for table, row in (("attachment", Attachment.get().id), ("signature", Signature.get().id)):
        assert told(table, row)[0] == ("case", case), table
    assert told("settlement", settlement.id) == (("case", case), ("document", paper))
    assert told("proof", settlement.proofs.get().id) == (("case", case), ("document", paper))
    assert told("money_entry", MoneyEntry.select().order_by(MoneyEntry.seq.desc()).get().seq)[0] == (
        "case",
        case,
    )
    assert told("document", settlement.document_id) == (("case", case), ("document", paper))
    assert told("sale_line", settlement.sale.lines.get().id)[0] == ("order", order)
    assert told("person", settlement.sale.person_id) == (("order", order),)
    assert told("case_search", settlement.case_id)[0] == ("case", case)
    assert told("staff", refunded.clerk.id) == (("person", refunded.clerk.name),)
    assert told("shift", Shift.get().id)[0] == ("day", DAY if isinstance(DAY, str) else DAY.isoformat())
    assert told("product", Product.get().id) == (("article", Product.get().sku),)


def test_what_leads_nowhere_is_told_by_its_row_alone(refunded: SmallShop) -> None:
    assert verify_names.names(refunded.db, "signature", "4711") == ()
    assert verify_names.names(refunded.db, "no such table", "1") == ()
    assert verify_names.names(refunded.db, "figure_case", "reason R01 2026-11 7") == ()
    assert (
        verify_words.where(refunded.db, "figure_case", "reason R01", "zh")
        == "报表数字（figure_case reason R01）"
    )
    assert verify_words.where(refunded.db, "file", "", "en") == "database file (file)"
    assert verify_words.where(refunded.db, "counter-01-2026.sqlite3", "", "en") == "counter-01-2026.sqlite3"


def test_the_verb_names_the_case_of_a_photo_that_is_gone(
    refunded: SmallShop, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Attachment.get().case.number
    connection.checkpoint(refunded.db, force=True)
    assert cli.main(["verify", "--data", str(refunded.folder), "--language", "zh"]) == 2
    assert f"照片或文件（售后单 {case}，购买单号 ORDER-1；attachment 1）：" in capsys.readouterr().out
    assert cli.main(["verify", "--data", str(refunded.folder), "--language", "en", "--progress"]) == 2
    told = capsys.readouterr().out
    assert f'"photo or file (case {case}, order ORDER-1; attachment 1): ' in told
    assert '"count": ' in told


def test_a_changed_order_number_is_told_as_it_stands_there_now(refunded: SmallShop, tmp_path: Path) -> None:
    order = Sale.get()
    file = refunded.folder / connection.FILE_NAME
    with sqlite3.connect(file) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            other.execute(f'DROP TRIGGER "{name}"')
        other.execute("UPDATE sale SET order_no = '改过的' WHERE id = ?", (order.id,))
    other.close()
    assert verify_names.names(refunded.db, "sale", str(order.id)) == (("order", "改过的"),)


def test_every_table_has_words_in_both_languages(shop: SmallShop) -> None:
    words = resources.read_toml("i18n", "tables.toml")
    assert [name for name, told in words.items() if not (told.get("zh") and told.get("en"))] == []
    tables = {
        name
        for (name,) in shop.db.execute_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\'"
        ).fetchall()
    }
    assert sorted(tables - words.keys()) == []
