"""Parts of slips out of a case: head, customer, purchase, goods, working, money, promises.

Slips are written in the shop's slip language; what stands on them is frozen when they are posted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from peewee import fn

from counter_app.db.models import CaseLine, Sale, SaleLine, SaleTender
from counter_app.documents.words import long_day, long_days, yuan
from counter_app.domain import slips
from counter_app.domain.dates import deadline
from counter_app.domain.settlement_terms import LineSettlement, TenderRefund
from counter_app.domain.spoken import Language, Words
from counter_app.domain.task_views import DueView
from counter_app.services import rules, shop_words, walk_proposal
from counter_app.services.case_words import WINDOW, because, code_words, words, words_or
from counter_app.services.deals import Deal
from counter_app.services.desk import Desk
from counter_app.services.goodwill import GRANT_RIGHTS
from counter_app.services.settings import setting

T = TypeVar("T")

_STANDING = {
    "buyer": slips.Standing.BUYER,
    "proxy": slips.Standing.PROXY,
    "gift_recipient": slips.Standing.RECIPIENT,
}
_INVOICE = {
    "none": slips.InvoiceState.NOT_ISSUED,
    "issued": slips.InvoiceState.ISSUED,
    "booked": slips.InvoiceState.BOOKED,
    "awaiting": slips.InvoiceState.AWAITING,
    "reversed": slips.InvoiceState.REVERSED,
}

SUBSIDY_DAYS = 7
"""Days in which the shop gives a subsidy back to the state."""
_SHOPS_OWN = frozenset({"clerk_limit", "keep_limit", "high_value_threshold", "return_freight", "stock"})
"""Facts that never reach a customer's eyes: who may decide what, what the shop spends, what it has."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in one language for one case and day."""

    desk: Desk
    case: Any
    language: Language
    _written: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """Parts that were written already: the slips of a visit share most of theirs."""

    def once(self, part: Hashable, write: Callable[[], T]) -> T:
        """A part of a slip, written the first time it is asked for."""
        if part not in self._written:
            self._written[part] = write()
        found: T = self._written[part]
        return found

    def say(self, told: Words) -> str:
        """The sentence in the slip's language."""
        return told.of(self.language)

    def word(self, key: str, **params: object) -> str:
        """One wording of the catalogue."""
        return self.say(words(key, **params))

    def listed(self, told: Iterable[str]) -> str:
        """Several in one line, what is empty left out, with the marks of the slip's language."""
        return ("；" if self.language == "zh" else "; ").join(filter(None, told))

    def shop(self) -> slips.ShopHead:
        """The shop at the head of a slip."""
        return self.once("shop", lambda: shop_words.head(self.desk))

    def party(self) -> slips.Party:
        """The customer, masked."""
        return slips.Party(
            name=self.case.customer_masked,
            phone=self.case.phone_masked,
            standing=_STANDING[self.case.stands],
        )

    def sale(self) -> slips.SaleRef:
        """The purchase in words the customer knows."""
        return self.once("sale", self._sale)

    def _sale(self) -> slips.SaleRef:
        sale = self.case.sale
        if sale is None:
            return slips.SaleRef()
        tenders = SaleTender.select().where(SaleTender.sale == sale.id).order_by(SaleTender.id)
        paid = [f"{self.tender(row.tender)} {yuan(row.paid_fen)}" for row in tenders]
        return slips.SaleRef(
            number=sale.order_no,
            bought_on=sale.purchased_on.isoformat(),
            received_on=sale.received_on.isoformat() if sale.received_on else "",
            channel=self.say(words_or(f"channel.{sale.channel}", sale.channel)),
            tender=self.listed(paid),
            proof=self.say(words_or(f"proof.{sale.proof}", sale.proof)),
        )

    def invoice(self) -> slips.Invoice | None:
        """The state of the tax invoice, where there is one. What has a number was issued: lists of orders bring
        the number alone."""
        sale: Sale | None = self.case.sale
        if sale is None or (not sale.invoice_no and sale.invoice_state == "none"):
            return None
        state = _INVOICE.get(sale.invoice_state, slips.InvoiceState.NOT_ISSUED)
        if sale.invoice_no and state is slips.InvoiceState.NOT_ISSUED:
            state = slips.InvoiceState.ISSUED
        return slips.Invoice(state=state, number=sale.invoice_no)

    def subsidy(
        self, mine: Iterable[LineSettlement], others: Iterable[LineSettlement] = ()
    ) -> slips.Subsidy | None:
        """What becomes of the state's subsidy on the purchase; None where there was none. `others`: lines of the same
        visit that stand on other papers."""
        sale: Sale | None = self.case.sale
        if sale is None or not sale.subsidy_fen:
            return None
        before = (
            CaseLine.select(fn.SUM(CaseLine.subsidy_share_fen))
            .join(SaleLine)
            .where(SaleLine.sale == sale.id, CaseLine.state << ("reserved", "returned"))
            .scalar()
        )
        lines = tuple(mine)
        back = sum(done.subsidy_fen for done in lines)
        return slips.Subsidy(
            paid_fen=sale.subsidy_fen,
            earlier_fen=(before or 0) + sum(done.subsidy_share_fen for done in others),
            moved_fen=sum(done.subsidy_share_fen for done in lines) - back,
            back_fen=back,
            due=deadline(self.desk.today(), SUBSIDY_DAYS).isoformat() if back else "",
        )

    def tender(self, tender: str) -> str:
        """What a way of paying is called."""
        return self.say(words_or(f"tender.{tender}", tender))

    def reason(self, code: str) -> str:
        """A reason in words."""
        return self.say(code_words("reasons", code)) if code else ""

    def goods(
        self, row: Any, quantity_milli: int, done: LineSettlement | None, remedy: str
    ) -> slips.GoodsLine:
        """One line of goods that came back, or that the case is about."""
        sold = row.sale_line
        return slips.GoodsLine(
            name=sold.name,
            model=sold.model,
            barcode=sold.barcode,
            serial=row.serial or sold.serial,
            batch=sold.batch_no,
            quantity_milli=quantity_milli,
            price_fen=sold.unit_price_fen,
            paid_fen=sold.paid_fen * quantity_milli // sold.quantity_milli,
            refund_fen=done.refund_fen if done is not None else None,
            reason=self.reason(row.reason),
            inspection=self.condition(row),
            remedy=self.say(code_words("remedies", remedy)) if remedy else "",
            flaw=sold.flaw,
        )

    def condition(self, row: Any) -> str:
        """What the inspection found, in words for the customer."""
        if not row.condition:
            return ""
        told = self.say(code_words("conditions", row.condition))
        return f"{told} {row.deduction_reason}".strip()

    def issued(
        self, deals: Sequence[Deal], settled: dict[int, LineSettlement]
    ) -> tuple[slips.GoodsLine, ...]:
        """The goods that go out."""
        found = []
        for deal in deals:
            if "goods_out" not in deal.words:
                continue
            for line in deal.lines:
                done = settled.get(line.key)
                for out in done.goods_out if done else ():
                    found.append(
                        slips.GoodsLine(
                            name=out.name,
                            quantity_milli=out.quantity_milli,
                            price_fen=out.value_fen * 1000 // out.quantity_milli,
                            paid_fen=out.value_fen,
                        )
                    )
        return tuple(found)

    def working(self, mine: Sequence[LineSettlement]) -> tuple[slips.WorkingRow, ...]:
        """How the amounts came about."""
        rows = tuple(mine)  # kept beside what they say, so that their identity stays theirs
        return self.once(("working", *map(id, rows)), lambda: (rows, self._working(rows)))[1]

    def _working(self, mine: Sequence[LineSettlement]) -> tuple[slips.WorkingRow, ...]:
        return tuple(
            slips.WorkingRow(
                label=self.say(row.label), amount_fen=row.amount_fen, note=self.say(row.note), total=row.total
            )
            for row in walk_proposal.working_views(mine)
        )

    def refunds(self, refunds: Iterable[TenderRefund]) -> tuple[slips.MoneyLine, ...]:
        """By which ways money goes back."""
        return tuple(
            slips.MoneyLine(
                way=self.tender(one.way),
                amount_fen=one.amount_fen,
                state=slips.MoneyState.PAID if one.now else slips.MoneyState.OWED,
            )
            for one in refunds
        )

    def collects(self, tender: str, amount_fen: int) -> tuple[slips.MoneyLine, ...]:
        """By which way money comes in."""
        if not amount_fen:
            return ()
        state = slips.MoneyState.PAID if tender == "cash" else slips.MoneyState.TO_COLLECT
        return (slips.MoneyLine(way=self.tender(tender), amount_fen=amount_fen, state=state),)

    def promises(self, due: Iterable[DueView]) -> tuple[slips.Promise, ...]:
        """What is promised by which day."""
        return tuple(slips.Promise(what=self.say(one.what), due=one.due_on.isoformat()) for one in due)

    def rule(self, deal: Deal) -> str:
        """On what the decision rests: the figures of the tests, and whether it was a right."""
        return self.once(("rule", deal.walk_id, deal.index, deal.remedy), lambda: self._rule(deal))

    def _rule(self, deal: Deal) -> str:
        told = self._rights(deal)
        tables = rules.code_tables(self.desk)
        for test in deal.standing.result.tests:
            node = deal.standing.chart.nodes[test.node]
            if node.rule is not None and not _SHOPS_OWN.isdisjoint(map(str, node.rule.params.values())):
                continue  # limits, costs and stock are the shop's business, not the customer's
            no_right = node.rule is not None and node.rule.rule in GRANT_RIGHTS and test.answer == "no"
            if no_right and deal.outcome != "refused":  # somebody said yes all the same: that is the basis
                told.insert(0, self.word("right.goodwill"))
                continue
            figures = [one for one in test.clauses if one.flag is None]
            why = WINDOW.sub(self._window, self.say(because(figures or test.clauses, tables)))
            # Figures speak for themselves; without any the question says what was decided.
            asked = self.say(node.words)
            told.append(why if figures or why.startswith(asked.rstrip("？?")) else f"{asked} {why}")
        return long_days(self.listed(list(dict.fromkeys(told))[-4:]), self.language)

    def _window(self, found: re.Match[str]) -> str:
        """A day within or after a window as a customer reads it, not as the test reckons it."""
        until = long_day(found[3], self.language)
        return self.word("right.within" if found[2] == "≤" else "right.past", until=until)

    def _rights(self, deal: Deal) -> list[str]:
        """That what is done is a right; else that it was agreed, and what the customer could have asked for."""
        rights = walk_proposal.rights_of(deal.standing)
        if not rights:
            return []
        if deal.remedy in rights:
            return [self.say(words("right.of", what=rights[deal.remedy]))]
        names = ("、" if self.language == "zh" else ", ").join(self.say(name) for name in rights.values())
        return [self.word("right.agreed", rights=names)]

    def clock(self, at: int | None = None) -> str:
        """The shop's clock, "14:32"."""
        instant = self.desk.instant() if at is None else at
        local = datetime.fromtimestamp(instant / 1000, ZoneInfo(self.desk.shop.time_zone))
        return f"{local:%H:%M}"

    def today(self) -> str:
        """The business day, ISO."""
        return self.desk.today().isoformat()

    def clerk(self) -> slips.Hands:
        """The names beside the signature lines."""
        return slips.Hands(clerk=self.desk.staff.name if self.desk.staff else "")


def pen_for(desk: Desk, case: Any) -> Pen:
    """The pen of a case, in the shop's slip language."""
    language: Language = "en" if setting(desk, "slips.language") == "en" else "zh"
    return Pen(desk, case, language)
