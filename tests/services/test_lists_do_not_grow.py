"""What a list, a case or a sum costs, counted in SQLite's own steps, is the same with four times as many visits."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench"
if str(BENCH) not in sys.path:
    sys.path.append(str(BENCH))

import bulk  # noqa: E402
import visits  # noqa: E402
from test_list_plans import LISTS  # noqa: E402

from counter_app.db import connection  # noqa: E402
from counter_app.domain.case_views import CaseView  # noqa: E402
from counter_app.domain.new_sale import NewLine  # noqa: E402
from counter_app.services import cases, forms, lookup, posting, sales, settling, setup, staff  # noqa: E402
from counter_app.services.desk import Desk  # noqa: E402

FEWER, MORE = 250, 1000
STEP = 10
"""So many steps lie between two counts."""
A_LITTLE = 3000
"""Steps for the few rows more of tables that hold one row for each day."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The same shop, with fewer and with more visits behind it; `waiting` are visits that wait for a signature."""

    fewer: Desk
    more: Desk
    waiting: tuple[int, ...]


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sizes]:
    folder = tmp_path_factory.mktemp("grown")
    visits.build_shop(folder / "first")
    with visits.opened(folder / "first", folder / "like") as counter:
        counter.open_drawer()
        articles = [(counter.product(name, price, stock=50), name, price) for name, price in bulk.shelves(60)]
        waiting = []
        for number in range(2):
            product, name, price = articles[0]
            line = NewLine(name, 1000, price, product_id=product)
            sale = counter.sell(line, tenders={"wechat": price}, phone=f"142{number:08d}")
            visit = counter.visit(sale).go("return", "agree", "in_person", "fit")
            visit.waive()
            waiting.append(visit.case_id)
        connection.checkpoint(counter.desk.db, force=True)
    desks = []
    for count in (FEWER, MORE):
        shutil.copytree(folder / "like", folder / str(count))
        bulk.add_cases(folder / str(count), count)
        db = connection.open_database(folder / str(count))
        desk = setup.open_desk(db, folder / str(count), visits.Clock())
        desks.append(replace(desk, staff=staff.staff_view(desk, 1)))
    yield Sizes(*desks, tuple(waiting))
    for desk in desks:
        desk.db.close()


def steps(desk: Desk, act: Callable[[Desk], object]) -> int:
    """What SQLite did for it, in steps of its machine."""
    desk.db.bind(connection.MODELS, bind_refs=False, bind_backrefs=False)
    act(desk)
    counted = [0]

    def one() -> None:
        counted[0] += STEP

    raw = desk.db.connection()
    raw.set_progress_handler(one, STEP)
    try:
        act(desk)
    finally:
        raw.set_progress_handler(None, 0)
    return counted[0]


def last_case(desk: Desk) -> CaseView:
    return cases.case(desk, desk.db.execute_sql("SELECT max(id) FROM case_file").fetchone()[0])


def last_sale(desk: Desk) -> object:
    return sales.sale(desk, desk.db.execute_sql("SELECT max(id) FROM sale").fetchone()[0])


ACTS: dict[str, Callable[[Desk], object]] = {
    **LISTS,
    "a case": last_case,
    "a sale": last_sale,
    "a number typed at the counter": lambda desk: lookup.lookup(desk, last_case(desk).number),
}


@pytest.mark.parametrize("name", ACTS)
def test_it_costs_the_same_however_long_the_shop_has_been_open(sizes: Sizes, name: str) -> None:
    fewer, more = steps(sizes.fewer, ACTS[name]), steps(sizes.more, ACTS[name])
    assert more <= fewer * 1.25 + A_LITTLE, (fewer, more)


def paid_back(desk: Desk, case_id: int) -> None:
    """A visit is signed, posted and paid."""
    form = forms.form_to_sign(desk, case_id)
    forms.sign(desk, case_id, form.content_hash, visits.STROKES)
    posting.post(desk, case_id, f"post-{case_id}", form.figures_hash)
    (owed,) = settling.owed(desk, case_id)
    settling.pay(desk, owed.id, owed.open_fen, "wechat", f"42000000{case_id}", f"pay-{case_id}")


def test_a_refund_costs_the_same_however_long_the_shop_has_been_open(sizes: Sizes) -> None:
    first, second = sizes.waiting
    cost = {}
    for name, desk in (("fewer", sizes.fewer), ("more", sizes.more)):
        turns = iter((first, second))
        cost[name] = steps(desk, lambda desk, turns=turns: paid_back(desk, next(turns)))  # type: ignore[misc]
    assert cost["more"] <= cost["fewer"] + A_LITTLE, cost


def test_the_filled_shop_holds(sizes: Sizes) -> None:
    from counter_app.db.verify import verify

    assert verify(sizes.fewer.db, sizes.fewer.folder) == []
