"""Days of random work at the counter, kept beside a plain model and compared with it after every step."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from model_shop import Books, Bought, Chain, Deed, Line, Wish
from visits import Counter, Visit

from counter_app.db.models import Proof, Sale, SaleTender, Settlement
from counter_app.domain import new_sale
from counter_app.domain.errors import UserError
from counter_app.domain.money import parse_yuan
from counter_app.domain.new_sale import NewLine, NewSale
from counter_app.services import (
    approvals,
    goods,
    posting,
    reversal,
    sales,
    second_handling,
    settling,
    shift,
    walks,
)

BOSS, OWNER = (3, "3456"), (1, "1234")
WAYS: dict[str, tuple[str, ...]] = {
    "return": ("return", "agree", "in_person", "fit"),
    "fault": ("problem", "yes", "quality", "goods", "return", "in_person", "confirmed"),
    "lost": ("return", "agree", "post", "lost", "refund"),
    "allowance": ("problem", "yes", "quality", "goods", "allowance"),
    "difference": ("price", "overcharged"),
    "missing": ("problem", "yes", "short", "confirmed", "refund_missing"),
    "same": ("exchange", "fit", "same", "handed_over"),
    "other": ("exchange", "fit", "different", "handed_over"),
}
PART = ("allowance", "difference", "missing")
RETURNS = ("return", "fault", "lost")
REFUSALS = {
    "settlement.stock.short",
    "settlement.refund.over_paid",
    "settlement.amount.missing",
    "settlement.line.overreturned",
}
"""What may stop a visit that was answered: somebody else was quicker, or too much is asked."""
REVERSALS_REFUSED = {
    "reversal.used",
    "reversal.goods_gone",
    "reversal.money_first",
    "reversal.allowance_used",
}


class ShopDays:
    """Clerk, customers and the model; every act is something that happens at a counter."""

    def __init__(self, counter: Counter, chance: Random) -> None:
        self.counter, self.chance = counter, chance
        self.books = Books()
        self.days = 0
        self.done: Tally[str] = Tally()
        drawer = chance.choice([0, 30_000, 1_000_000])
        self.products = [self.counter.product(f"商品{n}", 1000 * n + 1, stock=6) for n in (1, 7)]
        for product in self.products:
            self.books.shelf[(product, "V1")] = 6000
        self.counter.open_drawer(drawer)
        self.books.drawer, self.books.shift_open = drawer, True

    def step(self) -> str:
        """One thing happens. Returns what."""
        may = {
            self.sell: 2,
            self.come_in: 8,
            self.post: 6 if self.books.wishes else 0,
            self.think_better_of_it: 1 if self.books.wishes else 0,
            self.settle: 4 if self.books.owed else 0,
            self.correct: 1,
            self.reverse: 2 if any(deed.number and not deed.undone for deed in self.books.deeds) else 0,
            self.change_shift: 1,
            self.next_day: 1 if self.days < 4 else 0,
        }
        act = self.chance.choices(list(may), list(may.values()))[0]
        act()
        self.done[act.__name__] += 1
        self.compare()
        return act.__name__

    # --- what happens ---------------------------------------------------------------------------------

    def sell(self) -> None:
        lines = []
        for _ in range(self.chance.randint(1, 2)):
            weighed = self.chance.randrange(5) == 0
            quantity = self.chance.choice([350, 1255, 2001]) if weighed else self.chance.randint(1, 4) * 1000
            price = self.chance.choice([0, 1, 99, 333, 1999, 6667, 19900])
            product = self.chance.choice(self.products)
            lines.append(NewLine("货", quantity, price, product_id=product, weighed=weighed))
        worth = sum(line.unit_price_fen * line.quantity_milli // 1000 for line in lines)
        discount = self.chance.choice([0, 0, min(worth, 1), worth // 7])
        freight = self.chance.choice([0, 0, 1, 800])
        beside = self._beside_money(worth - discount)
        wanted = NewSale(
            self.counter.desk.today(), tuple(lines), discount_fen=discount, freight_fen=freight, **beside
        )
        total = new_sale.freeze(wanted, self.counter.desk.today()).paid_fen
        ways = self.chance.sample(["cash", "wechat", "bank"], self.chance.randint(1, 3))
        parts = [total // len(ways)] * len(ways)
        parts[0] += total - sum(parts)
        paid = {way: part for way, part in zip(ways, parts, strict=True) if part}
        sale = self.counter.sell(*lines, tenders=paid, discount_fen=discount, freight_fen=freight, **beside)
        chain = Chain(
            sale.paid_fen,
            points=beside["points_fen"],
            coupon=beside["coupon_fen"],
            subsidy=beside["subsidy_fen"],
        )
        self._learn(sale.id, chain)

    def _beside_money(self, worth: int) -> dict[str, int]:
        """What pays for a purchase and is no money of the customer's: mostly nothing."""
        draw = self.chance.randrange
        if draw(6) == 0:
            return {"points_fen": worth, "coupon_fen": 0, "subsidy_fen": 0}
        return {
            "points_fen": draw(1 + worth // 4) if draw(3) == 0 else 0,
            "coupon_fen": draw(1 + worth // 4) if draw(3) == 0 else 0,
            "subsidy_fen": draw(1 + worth // 4) if draw(4) == 0 else 0,
        }

    def come_in(self) -> None:
        if not self.books.bought:
            self.sell()
        bought = self.chance.choice(self.books.bought)
        kind = self.chance.choice(sorted(WAYS))
        line = self.chance.choice(bought.lines)
        whole = line.sold % 1000 == 0
        units = (
            self.chance.randint(1, line.sold // 1000) * 1000
            if whole
            else self.chance.choice([line.sold, 175])
        )
        try:
            visit = self.counter.visit(sales.sale(self.counter.clerk, bought.id), lines=((line.id, units),))
        except UserError as refused:
            assert refused.code in ("case.line.unpaid", "case.line.overreturned"), (
                refused
            )  # unpaid also where the proof of an exchange turned out wrong after the goods had left
            assert units > line.free or refused.code == "case.line.unpaid"
            return
        assert units <= line.free, "more was taken than is left"
        line.held += units
        wish = Wish(visit, kind, bought, line, units)
        if kind in PART:
            wish.amount = self.chance.choice([1, max(line.paid // 9, 1), max(line.left // 4, 1)])
        if kind in ("other", "same"):
            wish.tender = self.chance.choice(["cash", "wechat"])
            wish.product = line.product if kind == "same" else self.chance.choice(self.products)
            wish.price = self.chance.choice([1, line.paid // 2, line.paid, line.paid + 777])
        if self._walk(visit, wish):
            self.books.wishes.append(wish)
        else:
            self._leave(wish)

    def post(self) -> None:
        wish = self.chance.choice(self.books.wishes)
        self.books.wishes.remove(wish)
        visit = wish.visit
        request = self.counter.request()
        try:
            visit.waive()
            self._approved(visit)
            figures = visit.sign()
            posted = posting.post(self.counter.clerk, visit.case_id, request, figures).value
        except UserError as refused:
            assert refused.code in REFUSALS, (refused, wish, wish.bought)
            self._leave(wish)
            return
        again = posting.post(self.counter.clerk, visit.case_id, request, figures)
        assert again.value == posted and not again.changed
        self._carried_out(wish, visit, posted)

    def think_better_of_it(self) -> None:
        wish = self.chance.choice(self.books.wishes)
        self.books.wishes.remove(wish)
        self._leave(wish)

    def settle(self) -> None:
        key = self.chance.choice(sorted(self.books.owed))
        direction, tender, open_fen = self.books.owed[key]
        part = self.chance.choice(
            [open_fen, open_fen, open_fen // 2 or open_fen, open_fen + (1 if open_fen > 0 else -1)]
        )
        act = settling.pay if direction == "out" else settling.receive
        leaves = part if direction == "out" else -part
        reference = "" if tender == "cash" else f"PROOF-{self.counter.request()}"
        try:
            act(self.counter.clerk, key, part, tender, reference, self.counter.request())
        except UserError as refused:
            if abs(part) > abs(open_fen):
                assert refused.code == "settling.amount"
            else:
                assert tender == "cash"
                assert refused.code in ("settling.drawer", "shift.none")
                assert not self.books.cash_now(max(leaves, 0))
            return
        assert abs(part) <= abs(open_fen)
        if tender == "cash":
            self.books.drawer -= leaves
        self._owe(key, direction, tender, open_fen - part)
        for deed in self.books.deeds:
            if deed.waits_for == key and part == open_fen:
                self._hand_out(deed)

    def correct(self) -> None:
        """A proof of a transfer was wrong: its mirror is entered, and the money is owed again."""
        corrected = Proof.select(Proof.corrects_id).where(Proof.corrects_id.is_null(False))
        stands = list(
            Proof.select().where(
                Proof.tender != "cash",
                Proof.amount_fen > 0,
                Proof.corrects_id.is_null(),
                Proof.id.not_in(corrected),
            )
        )
        if not stands:
            return
        wrong = self.chance.choice(stands)
        row = Settlement.get(Settlement.id == wrong.settlement_id)
        direction, tender, open_fen = self.books.owed.get(row.id, (row.direction, row.tender, 0))
        request = self.counter.request()
        try:
            settling.correct(self.counter.clerk, wrong.id, "抄错了号码", request)
        except UserError as refused:
            assert refused.code in ("settling.reversed", "settling.deposit_moved"), refused
            return
        assert not settling.correct(self.counter.clerk, wrong.id, "抄错了号码", request).changed
        self._owe(row.id, direction, tender, open_fen + wrong.amount_fen)

    def reverse(self) -> None:
        deed = self.chance.choice([one for one in self.books.deeds if one.number and not one.undone])
        try:
            reversal.reverse(self.counter.as_staff(3), deed.number, "录错", self.counter.request(), by=OWNER)
        except UserError as refused:
            assert refused.code in REVERSALS_REFUSED, refused
            if refused.code == "reversal.allowance_used":
                assert deed.wish.kind in PART and deed.wish.line.allowed_of(deed.wish.line.gone) > 0
                return
            used = deed.exchanged is not None and any(
                line.held or line.gone or line.refunded for line in deed.exchanged.lines
            )
            assert used, refused
            return
        self._undone(deed)
        with pytest.raises(UserError) as twice:
            reversal.reverse(self.counter.as_staff(3), deed.number, "录错", self.counter.request(), by=OWNER)
        assert twice.value.code == "reversal.twice"

    def change_shift(self) -> None:
        if self.books.shift_open:
            shift.close_shift(self.counter.owner, self.books.drawer)
            self.books.shift_open = False
        else:
            self.counter.open_drawer(self.books.drawer)
            self.books.shift_open = True

    def next_day(self) -> None:
        self.counter.clock.moment += timedelta(days=1)
        self.days += 1

    def last_day(self) -> None:
        """Every piece that is still with a customer comes back with a fault: nobody is a 分 short or over."""
        for wish in self.books.wishes:
            self._leave(wish)
        self.books.wishes.clear()
        self.counter.clock.moment += timedelta(days=1)
        for bought in self.books.bought:
            for line in bought.lines:
                if line.free and line.left:
                    self._brings_back(bought, line)
        self.compare()
        for line in (line for bought in self.books.bought for line in bought.lines):
            assert line.free == 0 or not line.left or line.waits, line

    def _brings_back(self, bought: Bought, line: Line) -> None:
        try:
            visit = self.counter.visit(
                sales.sale(self.counter.clerk, bought.id), lines=((line.id, line.free),)
            )
        except UserError as refused:
            assert refused.code == "case.line.unpaid", refused
            line.waits = True
            return
        wish = Wish(visit, "fault", bought, line, line.free)
        line.held += wish.units
        assert self._walk(visit, wish), (bought, line)
        visit.waive()
        self._approved(visit)
        figures = visit.sign()
        posted = posting.post(self.counter.clerk, visit.case_id, self.counter.request(), figures).value
        self._carried_out(wish, visit, posted)

    # --- what must be true after every step --------------------------------------------------------------

    def compare(self) -> None:
        """The real shop is the model."""
        self._lines_hold()
        self._tenders_hold()
        self._promises_hold()
        for (product, place), there in self.books.shelf.items():
            assert goods.on_hand(self.counter.clerk, product, place) == there, (product, place)
        if self.books.shift_open:
            assert shift.cash_in_drawer(self.counter.owner) == self.books.drawer
        shown = {
            one.id: (one.direction, one.tender, one.open_fen) for one in settling.owed(self.counter.clerk)
        }
        assert shown == self.books.owed

    def _lines_hold(self) -> None:
        for bought in self.books.bought:
            shown = {line.id: line for line in sales.sale(self.counter.clerk, bought.id).lines}
            for line in bought.lines:
                assert 0 <= line.refunded <= line.paid + line.freight
                assert line.gone + line.held <= line.sold
                assert line.left >= 0
                if line.gone == line.sold and not line.replaced:
                    assert (line.given + line.allowed, line.freight_given) == (line.paid, line.freight)
                assert shown[line.id].returnable_milli == line.free, (shown[line.id], line)
            assert bought.chain.balance == sum(line.left for line in bought.chain.lines) >= 0

    def _tenders_hold(self) -> None:
        sql = """SELECT s.sale_id, s.tender, SUM(s.amount_fen) FROM settlement s
                 WHERE s.direction = 'out' GROUP BY 1, 2"""
        back = {
            (sale, tender): amount
            for sale, tender, amount in self.counter.desk.db.execute_sql(sql).fetchall()
        }
        for bought in self.books.bought:
            assert all(left >= 0 for left in bought.tenders.values()), bought.tenders
            assert sum(bought.tenders.values()) == sum(line.left for line in bought.lines)
            for tender in SaleTender.select().where(SaleTender.sale == bought.id):
                assert 0 <= back.get((bought.id, tender.tender), 0) <= tender.paid_fen

    def _promises_hold(self) -> None:
        """Points, coupon and subsidy: never more than was given; all of them, once, when all of the goods are back."""
        told = """SELECT c.sale_id, t.kind, t.node, t.what FROM task t JOIN case_file c ON c.id = t.case_id
                  WHERE t.kind IN ('points', 'subsidy') AND t.result <> 'reversed'"""
        promised = self.counter.desk.db.execute_sql(told).fetchall()
        for chain in {id(bought.chain): bought.chain for bought in self.books.bought}.values():
            mine = [row for row in promised if row[0] in chain.sales]
            points = sum(int(what) for _, kind, node, what in mine if (kind, node) == ("points", "points"))
            coupons = sum(1 for _, kind, node, _ in mine if (kind, node) == ("points", "coupon"))
            subsidy = sum(parse_yuan(what) for _, kind, _, what in mine if kind == "subsidy")
            assert (
                0 <= points <= chain.points
                and 0 <= subsidy <= chain.subsidy
                and coupons <= bool(chain.coupon)
            )
            assert coupons == 0 or chain.all_back or chain.undone
            if chain.all_back:
                assert (points, coupons, subsidy) == (chain.points, int(bool(chain.coupon)), chain.subsidy), (
                    [(line.sold, line.paid) for line in chain.lines],
                    mine,
                    chain,
                )

    # --- walking -----------------------------------------------------------------------------------------

    def _walk(self, visit: Visit, wish: Wish) -> bool:
        """Answer until something can be posted; False when the chart offers no such way here."""
        clerk, steps = self.counter.clerk, list(WAYS[wish.kind])
        facts = {"allowance": _yuan(wish.amount), "difference": _yuan(wish.amount)}
        if wish.kind == "missing":
            visit.choose(missing={"amount_fen": wish.amount, "what": "杯刷"})
        if wish.kind in ("same", "other") and wish.tender != "cash":
            visit.plan(collect_tender=wish.tender)
        if wish.kind == "other":
            chosen = {
                "name": "换",
                "product_id": wish.product,
                "quantity_milli": 1000,
                "price_fen": wish.price,
            }
            visit.choose(replacement=[chosen])
        for _ in range(30):
            walk = visit.walk
            if wanted := {one.name: facts[one.name] for one in walk.facts_wanted if one.name in facts}:
                walks.set_facts(clerk, visit.walk_id, wanted)
                for name in wanted:
                    del facts[name]
                continue
            if walk.facts_wanted and not walk.node:
                return False
            if walk.node is None or visit.view.proposal.figures_hash:
                return bool(visit.view.proposal.figures_hash)
            offered: Mapping[str, Any] = {one.code: one for one in walk.node.options if one.offered}
            answer = "approve" if "approve" in offered and steps[:1] != ["approve"] else ""
            if not answer:
                if not steps or steps[0] not in offered:
                    return False
                answer = steps.pop(0)
            role = offered[answer].needs_role
            by = BOSS if role and role != "finance" else None
            try:
                walks.answer(clerk, visit.walk_id, walk.node.id, answer, reason="因为" if role else "", by=by)
            except UserError as refused:
                assert refused.code in ("walk.facts.first", "case.approval.limit"), refused
                return False
        return False

    def _approved(self, visit: Visit) -> None:
        if any(reason.code == "proposal.approval" for reason in visit.view.proposal.missing):
            question = approvals.request(self.counter.clerk, visit.case_id).value
            approvals.approve_now(self.counter.clerk, question.id, *OWNER, "同意")

    def _leave(self, wish: Wish) -> None:
        visit = wish.visit
        if visit.walk.node is not None and not visit.view.proposal.figures_hash:
            second_handling.withdraw(self.counter.clerk, visit.case_id, "不要了")
        else:
            walks.step_back(self.counter.clerk, visit.walk_id)
            second_handling.withdraw(self.counter.clerk, visit.case_id, "不要了")
        visit.post_plainly()
        wish.line.held -= wish.units

    # --- keeping the model -------------------------------------------------------------------------------

    def _learn(self, sale_id: int, chain: Chain) -> Bought:
        sale = sales.sale(self.counter.owner, sale_id)
        lines = [
            Line(one.id, one.product_id or 0, one.bought_milli, one.paid_fen, one.freight_fen)
            for one in sale.lines
        ]
        rows = SaleTender.select().where(SaleTender.sale == sale_id, SaleTender.tender != "subsidy")
        tenders = {one.tender: one.paid_fen for one in rows}
        bought = Bought(sale_id, chain, lines, tenders)
        chain.lines += lines
        chain.sales.append(sale_id)
        self.books.bought.append(bought)
        return bought

    def _owe(self, key: int, direction: str, tender: str, open_fen: int) -> None:
        self.books.owed.pop(key, None)
        if open_fen:
            self.books.owed[key] = (direction, tender, open_fen)

    def _carried_out(self, wish: Wish, visit: Any, posted: Any) -> None:
        line, units, books = wish.line, wish.units, self.books
        numbers = {one.prefix: one.number for one in posted.documents}
        mine = [one for one in visit.case.settlements if one.document in numbers.values()]
        refund = sum(one.amount_fen for one in mine if one.direction == "out")
        collect = sum(one.amount_fen for one in mine if one.direction == "in")
        assert (refund, collect) == (posted.refund_fen, posted.collect_fen)
        number = posted.documents[-1].number
        deed = Deed(wish, number, {}, collect, settlements=tuple(one.id for one in mine))
        self._money_of(wish, refund, collect)
        line.held -= units
        if wish.kind in PART:
            line.allowances.append((wish.amount, units))
        else:
            deed.units_gone, deed.value, deed.freight = units, line.share(units), line.freight_share(units)
            line.gone += units
            line.given += deed.value
            line.freight_given += deed.freight
        if wish.kind in (*RETURNS, *PART):
            line.refunded += refund
        if wish.kind not in (*PART, "lost"):
            deed.goods_in = units
            books.shelf[(line.product, "V0")] += units
        wish.bought.chain.balance += collect - refund
        for one in mine:
            if one.direction == "out":
                deed.refunds[one.tender] = deed.refunds.get(one.tender, 0) + one.amount_fen
                wish.bought.tenders[one.tender] -= one.amount_fen
            now = (
                one.tender == "cash"
                and books.shift_open
                and (one.direction == "in" or books.drawer >= one.amount_fen)
            )
            assert one.settled_fen == (one.amount_fen if now else 0)
            if now:
                books.drawer += one.amount_fen if one.direction == "in" else -one.amount_fen
            self._owe(one.id, one.direction, one.tender, one.open_fen)
        if wish.kind in ("same", "other"):
            self._exchanged(deed, numbers["HH"], refund, collect)
        books.deeds.append(deed)

    def _money_of(self, wish: Wish, refund: int, collect: int) -> None:
        """What a posting must come to, by the model's own sum."""
        line, units = wish.line, wish.units
        value = line.share(units)
        if wish.kind in PART:
            assert (refund, collect) == (wish.amount, 0)
            assert refund <= value
        elif wish.kind in RETURNS:
            freight = line.freight_share(units)
            assert refund - value in {"return": (0,), "fault": (freight,), "lost": (0, freight)}[wish.kind]
        elif wish.kind == "same":
            assert (refund, collect) == (0, 0)
        else:
            assert not (refund and collect)
            assert 0 <= wish.price + refund - collect - value <= wish.bought.chain.points

    def _exchanged(self, deed: Deed, number: str, refund: int, collect: int) -> None:
        wish = deed.wish
        row = Sale.get((Sale.source == "exchange") & Sale.order_no.startswith(f"{number}-"))
        bought = self._learn(row.id, wish.bought.chain)
        (new,) = bought.lines
        if wish.kind == "other":
            assert new.paid + row.extras["credit"].get("points", 0) == wish.price
        deed.exchanged = bought
        deed.moved = new.paid + refund - collect
        assert deed.moved == deed.value
        wish.line.moved += deed.moved
        deed.moved_by = {name: int(share) for name, share in row.extras["credit"].items() if name != "points"}
        assert sum(deed.moved_by.values()) == min(new.paid, deed.moved)
        for name, share in deed.moved_by.items():
            wish.bought.tenders[name] -= share
        deed.goods_out = wish.units if wish.kind == "same" else 1000
        waits = [key for key in deed.settlements if self.books.owed.get(key, ("", "", 0))[0] == "in"]
        deed.waits_for = waits[0] if waits else None
        if not waits:
            self._hand_out(deed)

    def _hand_out(self, deed: Deed) -> None:
        deed.waits_for = None
        self.books.shelf[(deed.wish.product, "V1")] -= deed.goods_out

    def _undone(self, deed: Deed) -> None:
        wish, line, books = deed.wish, deed.wish.line, self.books
        wish.bought.chain.undone = True
        refund = sum(deed.refunds.values())
        if wish.kind in PART:
            line.allowances.remove((wish.amount, wish.units))
        line.gone -= deed.units_gone
        line.given -= deed.value
        line.freight_given -= deed.freight
        line.moved -= deed.moved
        if wish.kind in (*RETURNS, *PART):
            line.refunded -= refund
        wish.bought.chain.balance -= deed.collect - refund
        for way, amount in (*deed.refunds.items(), *deed.moved_by.items()):
            wish.bought.tenders[way] += amount
        books.shelf[(line.product, "V0")] -= deed.goods_in
        if deed.exchanged is not None:
            for one in deed.exchanged.lines:
                one.gone, one.moved, one.replaced = one.sold, one.left, True
            deed.exchanged.tenders = dict.fromkeys(deed.exchanged.tenders, 0)
            if deed.waits_for is None:
                books.shelf[(wish.product, "V1")] += deed.goods_out
        self._money_back(deed)
        deed.undone, deed.waits_for = True, None

    def _money_back(self, deed: Deed) -> None:
        """What was paid comes back, in cash at once where the drawer has it; what was owed is owed no more."""
        shown = deed.wish.visit.case.settlements
        mirrors = [
            one for one in shown if one.id not in deed.settlements and one.id > min(deed.settlements or (0,))
        ]
        for key in deed.settlements:
            first = next(one for one in shown if one.id == key)
            self.books.owed.pop(key, None)
            mirror = next(
                one
                for one in mirrors
                if (one.direction, one.tender, one.amount_fen)
                == (first.direction, first.tender, -first.amount_fen)
            )
            mirrors.remove(mirror)
            paid = first.settled_fen
            comes = paid if first.direction == "out" else -paid
            at_once = bool(paid) and first.tender == "cash" and self.books.cash_now(max(-comes, 0))
            assert mirror.settled_fen == (-paid if at_once else 0)
            if at_once:
                self.books.drawer += comes
            else:
                self._owe(mirror.id, first.direction, first.tender, -paid)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
