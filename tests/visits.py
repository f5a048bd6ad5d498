"""A counter with a clerk, a supervisor and customers, for tests that walk whole visits without a window."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hired import hire

from counter_app.db import connection
from counter_app.db.verify import verify
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine, NewSale, NewTender
from counter_app.domain.proposal_views import CounterView, Posted
from counter_app.domain.sale_views import SaleView
from counter_app.domain.walk_views import WalkView
from counter_app.services import (
    cases,
    forms,
    policy,
    posting,
    products,
    rules,
    sales,
    settling,
    setup,
    shift,
    staff,
    walks,
)
from counter_app.services.desk import Desk
from counter_app.services.products import NewProduct
from counter_app.services.staff import NewStaff

NOON = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
"""Thursday 19 November 2026, twelve o'clock in Shanghai."""
TODAY = date(2026, 11, 19)
STROKES = [[(10, 20), (60, 80), (120, 40)]]


class Clock:
    """Stands still until it is moved."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def build_shop(folder: Path) -> None:
    """A shop on its first day: owner, clerk, supervisor."""
    db = connection.open_database(folder, create=True)
    desk = setup.set_up_shop(
        db,
        folder,
        Clock(),
        setup.ShopSetup(
            name="试验小店",
            code="01",
            manager_name="王店长",
            manager_pin="1234",
            phone="010-66668888",
            settings={"pin.memory_kib": 8, "pin.rounds": 1},
        ),
    )
    hire(desk, NewStaff("02", "李店员", "clerk", "2345"))
    hire(desk, NewStaff("03", "赵主管", "supervisor", "3456"))
    hire(desk, NewStaff("04", "钱财务", "cashier", "4567"))
    # A day of a test gives more than a clerk gives alone in a day, and its goods come back scratched; tests of these
    # rules set them.
    approval_figures(desk, day_limit_multiple=0, damaged_full_on=False)
    connection.checkpoint(db, force=True)
    db.close()


def approval_figures(desk: Desk, **values: int | bool) -> None:
    """The owner sets figures of the rules on approvals."""
    content = copy.deepcopy(dict(policy.current(desk, rules.APPROVALS).content))
    for name, value in values.items():
        content["figures"][name]["value"] = value
    policy.publish(desk, rules.APPROVALS, content, "")


@dataclass
class Counter:
    """The desk of one shop and what happens at it."""

    desk: Desk
    clock: Clock
    requests: Iterator[int] = field(default_factory=lambda: count(1))

    def as_staff(self, staff_id: int) -> Desk:
        return replace(self.desk, staff=staff.staff_view(self.desk, staff_id))

    @property
    def owner(self) -> Desk:
        return self.as_staff(1)

    @property
    def clerk(self) -> Desk:
        return self.as_staff(2)

    @property
    def boss(self) -> tuple[int, str]:
        """The supervisor and their PIN."""
        return 3, "3456"

    def request(self) -> str:
        return f"request-{next(self.requests)}"

    def product(
        self,
        name: str = "保温杯",
        price_fen: int = 19900,
        *,
        stock: int = 10,
        category: str = "OTHER",
        **more: Any,
    ) -> int:
        view = products.save_product(
            self.owner,
            NewProduct(
                sku=f"SKU-{next(self.requests)}",
                name=name,
                price_fen=price_fen,
                cost_fen=more.pop("cost_fen", price_fen // 2),
                category=category,
                **more,
            ),
        ).value
        if stock:
            products.count_stock(self.owner, view.id, stock * 1000)
        return view.id

    def sell(
        self,
        *lines: NewLine,
        tenders: Mapping[str, int] | None = None,
        channel: str = "remote",
        days_ago: int = 2,
        **more: Any,
    ) -> SaleView:
        bought = self.desk.today() - timedelta(days=days_ago)
        received = {} if channel == "store" else {"received_on": bought + timedelta(days=min(1, days_ago))}
        new = NewSale(
            purchased_on=bought,
            lines=lines,
            tenders=tuple(NewTender(name, amount, f"T-{name}") for name, amount in (tenders or {}).items()),
            channel=channel,
            order_no=more.pop("order_no", f"ORDER-{next(self.requests)}"),
            customer_name=more.pop("customer_name", "张三"),
            phone=more.pop("phone", "13812341234"),
            **{**received, **more},
        )
        return sales.record_sale(self.owner, new, self.request()).value

    def simple_sale(
        self, *, quantity: int = 1, price_fen: int = 19900, tender: str = "cash", stock: int = 10, **more: Any
    ) -> SaleView:
        category = more.pop("category", "OTHER")
        product = self.product(price_fen=price_fen, stock=stock, category=category)
        line = NewLine("保温杯", quantity * 1000, price_fen, product_id=product, category=category)
        return self.sell(line, tenders={tender: quantity * price_fen}, **more)

    def open_drawer(self, float_fen: int = 100_000) -> None:
        shift.open_shift(self.owner, float_fen, reason="另备零钱")

    def visit(self, sale: SaleView | None = None, quantity: int = 1, **more: Any) -> Visit:
        lines = (
            ((sale.lines[0].id, quantity * 1000),)
            if sale is not None and "lines" not in more
            else more.pop("lines", ())
        )
        words = more.pop("words", "用了一天就坏了")
        new = cases.NewCase(sale_id=sale.id if sale else None, lines=tuple(lines), words=words, **more)
        view = cases.open_case(self.clerk, new, self.request()).value
        return Visit(self, view.id, view.walks[0].id)

    def sound(self) -> None:
        """The whole database holds."""
        assert verify(self.desk.db, self.desk.folder) == []


@dataclass
class Visit:
    """One customer's visit, walk by walk."""

    counter: Counter
    case_id: int
    walk_id: int

    @property
    def view(self) -> CounterView:
        return walks.view(self.counter.clerk, self.case_id)

    @property
    def walk(self) -> WalkView:
        return next(item for item in self.view.walks if item.id == self.walk_id)

    @property
    def case(self) -> CaseView:
        return cases.case(self.counter.clerk, self.case_id)

    @property
    def at(self) -> str:
        return self.walk.path[-1]

    def on(self, walk_id: int) -> Visit:
        """The same visit at another of its walks."""
        return Visit(self.counter, self.case_id, walk_id)

    def go(self, *answers: str, facts: Mapping[str, Any] | None = None, reason: str = "") -> Visit:
        """Answer whatever is asked, in order; what a supervisor must answer, the supervisor does."""
        known = dict(facts or {})
        for answer in answers:
            self._facts(known)
            walk = self.walk
            assert walk.node is not None
            option = next((one for one in walk.node.options if one.code == answer), None)
            role = option.needs_role if option is not None else ""
            by = self.counter.boss if role and role != "finance" else None
            walks.answer(
                self.counter.clerk,
                self.walk_id,
                walk.node.id,
                answer,
                reason=reason or (f"因为{answer}" if role else ""),
                by=by,
            )
        self._facts(known)
        return self

    def _facts(self, known: dict[str, Any]) -> None:
        """State the facts that the present step asks for, as far as the test knows them."""
        while True:
            asked = {one.name: known[one.name] for one in self.walk.facts_wanted if one.name in known}
            if not asked:
                return
            for name in asked:
                del known[name]
            walks.set_facts(self.counter.clerk, self.walk_id, asked)

    def choose(self, **choices: Any) -> Visit:
        walks.choose(self.counter.clerk, self.walk_id, **choices)
        return self

    def plan(self, **choices: Any) -> Visit:
        cases.set_plan(self.counter.clerk, self.case_id, **choices)
        return self

    def waive(self, reason: str = "顾客只带了实物") -> Visit:
        for item in self.walk.evidence:
            if item.compulsory and item.state == "wanted":
                walks.waive_evidence(self.counter.clerk, self.walk_id, item.node, reason, item.kind)
        return self

    def sign(self) -> str:
        form = forms.form_to_sign(self.counter.clerk, self.case_id)
        forms.sign(self.counter.clerk, self.case_id, form.content_hash, STROKES)
        return form.figures_hash

    def post(self) -> Posted:
        """Waive what evidence is missing, let the customer sign, post."""
        self.waive()
        figures = self.sign()
        return posting.post(self.counter.clerk, self.case_id, self.counter.request(), figures).value

    def post_plainly(self) -> Posted:
        """Post what nobody signs: a withdrawal, an answer, a refusal."""
        figures = self.view.proposal.figures_hash
        return posting.post(self.counter.clerk, self.case_id, self.counter.request(), figures).value

    def settle(self) -> None:
        """Pay and receive everything that is owed in this case."""
        for item in self.case.settlements:
            if item.open_fen:
                act = settling.pay if item.direction == "out" else settling.receive
                act(
                    self.counter.clerk,
                    item.id,
                    item.open_fen,
                    item.tender,
                    "" if item.tender == "cash" else f"PROOF-{item.id}",
                    self.counter.request(),
                )


@contextmanager
def opened(template: Path, folder: Path) -> Iterator[Counter]:
    """A copy of the shop, open."""
    shutil.copytree(template, folder)
    db = connection.open_database(folder)
    clock = Clock()
    try:
        yield Counter(setup.open_desk(db, folder, clock), clock)
    finally:
        db.close()


def code_of(error: BaseException) -> str:
    assert isinstance(error, UserError)
    return error.code
