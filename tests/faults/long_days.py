"""Longer days at the counter: beside what `ShopDays` does, deposits, stock counts and files of the till, some of whose
orders are there already, whole or by half."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from shop_days import ShopDays
from visits import Counter, Visit

from counter_app.db.models import Sale, SaleIdentity, SaleLine
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.new_sale import NewLine
from counter_app.services import clock, deposits, imports, posting, products

SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")
TILL = ("小票号", "日期", "商品名称", "条码", "数量", "单价")
LENT = 50_000
"""Thousandths of the article that is sent before the broken one came back."""


@dataclass
class Loan:
    """A new piece went out, or waits to, against a deposit."""

    visit: Visit
    settlement: int
    tender: str
    amount: int
    left: bool = False
    back: bool = False


class LongDays(ShopDays):
    """The same counter with more going on. Every step is followed by a look at all of the books."""

    def __init__(self, counter: Counter, chance: Random, files: Path) -> None:
        super().__init__(counter, chance)
        files.mkdir(parents=True)
        self.files, self.turn = files, 0
        self.imported: dict[str, list[int]] = {}
        """Order → what each of its lines cost."""
        self.loans: list[Loan] = []
        self.lent = counter.product("借出", 20_000, stock=LENT // 1000)
        self.books.shelf[(self.lent, "V1")] = LENT

    def take_in(self) -> None:
        """A file of the till: some orders are new, some are there, one may be there with only half of its lines."""
        known = sorted(self.imported)
        again = self.chance.sample(known, min(len(known), self.chance.randint(0, 6)))
        halved = self.chance.choice([one for one in again if len(self.imported[one]) > 1] or [""])
        fresh = {
            f"LONG-{len(self.imported) + number:04d}": [
                self.chance.choice([100, 333, 1999]) for _ in range(self.chance.randint(1, 3))
            ]
            for number in range(self.chance.randint(0, 5))
        }
        orders = {one: self.imported[one] for one in again} | fresh
        if halved:
            orders[halved] = orders[halved][:1]
        if not orders:
            return
        self.turn += 1
        done = imports.run_import(self.counter.owner, self._till(orders)).value.counts
        told = {fate: done.get(fate, 0) for fate in ("new", "known", "changed")}
        assert told == {
            "new": len(fresh),
            "known": len(again) - bool(halved),
            "changed": int(bool(halved)),
        }, done
        self.imported |= fresh

    def count_goods(self) -> None:
        product = self.chance.choice(self.products)
        there = self.chance.randint(0, 8) * 1000
        products.count_stock(self.counter.owner, product, there)
        self.books.shelf[(product, "V1")] = there

    def lend(self) -> None:
        """The new piece goes out first, against a deposit."""
        tender = self.chance.choice(["cash", "wechat"])
        amount = self.chance.choice([1, 5000, 12_345])
        bought = self.counter.sell(
            NewLine("借出", 1000, 20_000, product_id=self.lent), tenders={tender: 20_000}
        )
        visit = self.counter.visit(bought)
        visit.go(*SENT_FIRST).choose(deposit={"amount_fen": amount, "tender": tender})
        posted = visit.post()
        (taken,) = visit.case.settlements
        assert (taken.direction, taken.tender, taken.amount_fen) == ("in", tender, amount)
        assert (posted.refund_fen, posted.collect_fen) == (0, amount)
        loan = Loan(visit, taken.id, tender, amount)
        self.loans.append(loan)
        if tender == "cash" and self.books.shift_open:
            self.books.drawer += amount
        else:
            self._owe(taken.id, "in", tender, amount)
        self._leaves(loan)

    def brought(self) -> None:
        """The broken piece arrives; the deposit goes back, at once or when there is cash for it."""
        out = self.out()
        if not out:
            return
        loan = self.chance.choice(out)
        loan.visit.go("arrived", "confirmed").waive()
        figures, request = loan.visit.sign(), self.counter.request()
        posting.post(self.counter.clerk, loan.visit.case_id, request, figures)
        assert not posting.post(self.counter.clerk, loan.visit.case_id, request, figures).changed
        returned = next(one for one in loan.visit.case.settlements if one.direction == "out")
        assert (returned.tender, returned.amount_fen) == (loan.tender, loan.amount)
        loan.back = True
        self.books.shelf[(self.lent, "V0")] += 1000
        if loan.tender == "cash" and self.books.cash_now(loan.amount):
            self.books.drawer -= loan.amount
        else:
            self._owe(returned.id, "out", loan.tender, loan.amount)

    def out(self) -> list[Loan]:
        """Pieces that are with customers against a deposit which the shop really has: a proof may have been wrong."""
        return [
            one for one in self.loans if one.left and not one.back and one.settlement not in self.books.owed
        ]

    def set_clock_back(self) -> None:
        """The battery of the machine is empty: nothing is posted on an earlier day before somebody decided so."""
        self.counter.visit()  # a question somebody asked, so that something has the date of today
        self.counter.clock.moment -= timedelta(days=1)
        if self.books.wishes:
            visit = self.chance.choice(self.books.wishes).visit
            papers = visit.case.documents
            # Other rights run on the day before, so that the clock need not be the first thing that stands in the way.
            with pytest.raises(CounterError):
                figures = visit.view.proposal.figures_hash
                posting.post(self.counter.clerk, visit.case_id, self.counter.request(), figures)
            assert visit.case.documents == papers
        with pytest.raises(SurroundingsError) as refused:
            self.counter.visit()
        assert refused.value.code == "clock.behind"
        self.compare()
        if self.chance.randrange(2):
            clock.accept(self.counter.owner, "电池没电,日期是对的")
        else:
            self.counter.clock.moment += timedelta(days=1)

    def settle(self) -> None:
        super().settle()
        for loan in self.loans:
            self._leaves(loan)

    def compare(self) -> None:
        super().compare()
        held = sorted((one.case_id, one.open_fen) for one in deposits.held(self.counter.clerk))
        assert held == sorted((one.visit.case_id, one.amount) for one in self.out())
        self._orders_hold()
        self.counter.sound()

    def _orders_hold(self) -> None:
        there: dict[str, list[int]] = {order: [] for order in self.imported}
        rows = (
            SaleLine.select(SaleIdentity.order_no, SaleLine.paid_fen)
            .join(Sale)
            .join(SaleIdentity)
            .where(SaleIdentity.order_no.startswith("LONG-"))
            .order_by(SaleLine.sale, SaleLine.line_no)
            .tuples()
        )
        for order, paid in rows:
            there[order].append(paid)
        assert there == self.imported

    def _leaves(self, loan: Loan) -> None:
        if not loan.left and loan.settlement not in self.books.owed:
            loan.left = True
            self.books.shelf[(self.lent, "V1")] -= 1000

    def _till(self, orders: dict[str, list[int]]) -> Path:
        file = self.files / f"till-{self.turn}.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(TILL)
            for order, costs in orders.items():
                for line, cost in enumerate(costs):
                    price = f"{cost // 100}.{cost % 100:02d}"
                    writer.writerow((order, "2026-10-10", f"{order}的第{line}件", "", "1", price))
        return file
