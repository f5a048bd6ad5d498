"""What lies where and what is still open is kept beside the ledger, and is always what the ledger tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import Counter, build_shop, opened

from counter_app.cli import main
from counter_app.db import connection, figures, kept_sums
from counter_app.db.verify import verify
from counter_app.domain.new_sale import NewLine
from counter_app.services import goods, holdings, products, settling

LISTED = {
    "stock_held": "SELECT * FROM stock_held ORDER BY place, product_id, case_line_id",
    "still_open": "SELECT * FROM still_open ORDER BY kind, row_id",
}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "like"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(tmp_path: Path, template: Path) -> Iterator[Counter]:
    """A shop that took one kettle back, and has not paid yet."""
    with opened(template, tmp_path / "shop") as found:
        found.open_drawer()
        kettle = found.product("电热水壶", 19900, stock=5)
        sale = found.sell(NewLine("电热水壶", 1000, 19900, product_id=kettle), tenders={"wechat": 19900})
        visit = found.visit(sale).go("return", "agree", "in_person", "fit")
        visit.waive()
        visit.sign()
        visit.post()
        yield found


def test_goods_and_money_that_move_move_their_sums(counter: Counter) -> None:
    kettle = products.list_products(counter.owner)[0].id
    assert goods.on_hand(counter.owner, kettle) == products.stock_on_hand(counter.owner, kettle) == 5000
    lying = {one.place: (one.rows, one.quantity_milli) for one in holdings.places(counter.owner) if one.rows}
    assert lying.pop("V1") == (1, 5000)
    assert list(lying.values()) == [(1, 1000)]
    (owed,) = settling.owed(counter.owner)
    settling.pay(counter.owner, owed.id, 9900, "wechat", "420000000001", counter.request())
    assert counter.desk.db.execute_sql("SELECT rest FROM still_open").fetchall() == [(10000,)]
    settling.pay(counter.owner, owed.id, 10000, "wechat", "420000000002", counter.request())
    assert settling.owed(counter.owner) == ()
    assert counter.desk.db.execute_sql("SELECT count(*) FROM still_open").fetchone() == (0,)
    counter.sound()


@pytest.mark.parametrize(
    ("attack", "table", "rows"),
    [
        ("UPDATE stock_held SET quantity_milli = 9000 WHERE place = 'V1'", "stock_held", {"V1 1 0"}),
        ("UPDATE stock_held SET since = since + 1 WHERE place = 'V1'", "stock_held", {"V1 1 0"}),
        ("DELETE FROM stock_held WHERE place = 'V1'", "stock_held", {"V1 1 0"}),
        ("INSERT INTO stock_held VALUES ('V4', 1, 0, 1000, 1)", "stock_held", {"V4 1 0"}),
        ("INSERT INTO stock_held VALUES ('V4', 1, 0, 0, NULL)", "stock_held", {"V4 1 0"}),
        ("UPDATE still_open SET rest = 1 WHERE kind = 1", "still_open", {"settlement 1"}),
        ("DELETE FROM still_open", "still_open", {"settlement 1"}),
        ("INSERT INTO still_open VALUES (2, 7, 100)", "still_open", {"deposit 7"}),
        ("INSERT INTO still_open VALUES (3, 7, 1000)", "still_open", {"promise 7"}),
        ("INSERT INTO still_open VALUES (9, 7, 1000)", "still_open", {"9 7"}),
    ],
)
def test_a_changed_sum_is_named_and_reindex_makes_all_anew(
    counter: Counter, attack: str, table: str, rows: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    db = counter.desk.db
    whole = db.execute_sql(LISTED[table]).fetchall()
    db.execute_sql(attack)
    found = verify(db, counter.desk.folder)
    assert {(one.table, one.row, one.code) for one in found} == {
        (table, row, "verify.kept_sum") for row in rows
    }
    connection.checkpoint(db, force=True)
    assert main(["--data", str(counter.desk.folder), "reindex"]) == 0
    assert capsys.readouterr().err == ""
    assert db.execute_sql(LISTED[table]).fetchall() == whole
    assert list(kept_sums.differing(db)) == []


def test_goods_promised_in_exchange_are_not_promised_twice(counter: Counter) -> None:
    kettle = products.list_products(counter.owner)[0].id
    db = counter.desk.db
    db.execute_sql("INSERT INTO still_open VALUES (3, (SELECT min(id) FROM document_line), 1000)")
    assert goods.sellable(counter.owner, kettle) == goods.on_hand(counter.owner, kettle) - 1000
    kept_sums.rebuild(db)
    assert goods.sellable(counter.owner, kettle) == goods.on_hand(counter.owner, kettle)


def test_a_database_whose_figures_an_earlier_program_kept_is_put_right_when_it_is_opened(
    counter: Counter,
) -> None:
    folder, db = counter.desk.folder, counter.desk.db
    for name in ("keep_figures_sum_step_added", "keep_figures_sum_step_removed", kept_sums.KEEPERS[0].name):
        db.execute_sql(f'DROP TRIGGER "{name}"')
    db.execute_sql("UPDATE figure SET cases = cases + 1")
    db.execute_sql("UPDATE still_open SET rest = rest + 1")
    assert list(figures.differing(db)) and list(kept_sums.differing(db))
    db.close()
    again = connection.open_database(folder)
    try:
        assert list(figures.differing(again)) == [] and list(kept_sums.differing(again)) == []
        assert list(verify(again, folder)) == []
        # With every guard in place nothing is made anew: what differs then is for `verify` to tell.
        again.execute_sql("UPDATE figure SET cases = cases + 1")
        again.close()
        again = connection.open_database(folder)
        assert list(figures.differing(again))
    finally:
        again.close()
