"""What a visit carries out beside the settlement of goods, as values: goods taken in or handed back, deposits, paid
repairs, compensation, complaints, refusals and tickets. `deal_extras.py` finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.domain.money_views import WorkingView
from counter_app.domain.proposal_views import Wanted
from counter_app.domain.settlement_terms import ApprovalReason
from counter_app.domain.spoken import Reason, Words
from counter_app.services.case_words import words


@dataclass(frozen=True, slots=True)
class Given:
    """Something given on top, or a concession: `kind` as `compensation.kind`."""

    kind: str
    what: str
    amount_fen: int
    number: str = ""
    basis: str = ""
    tender: str = ""
    expires_on: str = ""
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class WalkExtras:
    """What one walk carries out beside its settlement. Goods as (case line, thousandths, place).

    Deposits as (id, 分 that were received, tender); `deposits_unpaid` (id, document): whose money never came in whole,
    so that their paper is reversed when the goods are back, and what came in of it goes back.
    """

    walk_id: int
    goods_in: tuple[tuple[Any, int, str], ...] = ()
    hand_back: tuple[tuple[Any, int], ...] = ()
    service: dict[str, Any] | None = None
    charge_fen: int = 0
    deposit_in_fen: int = 0
    deposit_tender: str = "cash"
    deposit_due: date | None = None
    deposits_back: tuple[tuple[int, int, str], ...] = ()
    deposits_kept: tuple[tuple[int, int, str], ...] = ()
    deposits_unpaid: tuple[tuple[int, int], ...] = ()
    given: tuple[Given, ...] = ()
    complaint: str = ""
    refusal: dict[str, str] | None = None
    ticket: dict[str, str] | None = None
    loan: dict[str, Any] | None = None
    missing: tuple[Reason, ...] = ()
    wanted: tuple[Wanted, ...] = ()

    def documents(self) -> list[tuple[str, int]]:
        """The documents this adds, with their amounts; taking goods in is the settlement's document."""
        found: list[tuple[str, int]] = []
        if self.service is not None:
            found.append(("WX", 0))
        if self.charge_fen:
            found.append(("SJ", self.charge_fen))
        if self.deposits_kept:
            found.append(("SJ", sum(amount for _, amount, _ in self.deposits_kept)))
        if self.deposit_in_fen:
            found.append(("YJ", self.deposit_in_fen))
        if self.given:
            found.append(("BC", sum(one.amount_fen for one in self.given)))
        if self.loan is not None:
            found.append(("BY", 0))
        if self.complaint:
            found.append(("TS", 0))
        if self.refusal is not None:
            found.append(("GZ", 0))
        return found

    def figures(self) -> dict[str, Any]:
        """The same in plain JSON values."""
        return {
            "walk": self.walk_id,
            "goods_in": [[row.id, quantity, place] for row, quantity, place in self.goods_in],
            "hand_back": [[row.id, quantity] for row, quantity in self.hand_back],
            "service": self.service,
            "charge_fen": self.charge_fen,
            "deposit_in": [self.deposit_in_fen, self.deposit_tender],
            "deposits_back": [list(item) for item in self.deposits_back],
            "deposits_kept": [list(item) for item in self.deposits_kept],
            **(
                {"deposits_unpaid": [list(one) for one in self.deposits_unpaid]}
                if self.deposits_unpaid
                else {}
            ),
            "given": [[one.kind, one.what, one.amount_fen, one.number, one.basis] for one in self.given],
            "complaint": self.complaint,
            "refusal": self.refusal,
            "ticket": self.ticket,
            "loan": self.loan,
        }


@dataclass(frozen=True, slots=True)
class Extras:
    """The same for all walks of a visit."""

    walks: tuple[WalkExtras, ...] = ()
    approvals: tuple[ApprovalReason, ...] = ()
    by_walk: dict[int, WalkExtras] = field(default_factory=dict)

    def of(self, walk_id: int) -> WalkExtras:
        """One walk's."""
        return self.by_walk.get(walk_id, WalkExtras(walk_id))

    @property
    def collect_fen(self) -> int:
        """Money the customer pays beside the difference of an exchange."""
        return sum(item.charge_fen + item.deposit_in_fen for item in self.walks)

    def collected(self, walk_id: int) -> int:
        """The same for one walk."""
        return self.of(walk_id).charge_fen + self.of(walk_id).deposit_in_fen

    @property
    def missing(self) -> list[Reason]:
        """What is still to be entered."""
        return [reason for item in self.walks for reason in item.missing]

    def wanted(self, walk_id: int) -> tuple[Wanted, ...]:
        """Which controls a walk needs on the screen."""
        return self.of(walk_id).wanted

    def documents(self, walk_id: int) -> list[tuple[str, int]]:
        """Documents of one walk."""
        return self.of(walk_id).documents()

    def takes_goods(self, walk_id: int) -> bool:
        """Whether goods of a walk become the shop's."""
        return bool(self.of(walk_id).goods_in)

    def keeps_for_repair(self, walk_id: int) -> bool:
        """Whether goods of a walk are left with the shop to be repaired; they stay the customer's."""
        service = self.of(walk_id).service
        return service is not None and bool(service.get("held"))

    def goods_in(self, walk_id: int) -> tuple[tuple[Any, int, str], ...]:
        """The goods of a walk that become the shop's."""
        return self.of(walk_id).goods_in

    def figures(self) -> list[dict[str, Any]]:
        """Plain JSON values."""
        return [item.figures() for item in self.walks]

    def working(self, walk_id: int) -> tuple[WorkingView, ...]:
        """Rows about money beside the settlement."""
        mine = self.of(walk_id)
        rows = []
        if mine.charge_fen:
            rows.append(WorkingView(words("working.repair_fee"), -mine.charge_fen, Words(), True))
        if mine.deposit_in_fen:
            rows.append(WorkingView(words("working.deposit"), -mine.deposit_in_fen, Words(), True))
        for _, amount, _ in mine.deposits_back:
            rows.append(WorkingView(words("working.deposit_back"), amount, Words(), True))
        for _, amount, _ in mine.deposits_kept:
            rows.append(WorkingView(words("working.deposit_kept"), -amount, Words(), True))
        if mine.deposits_unpaid:
            rows.append(WorkingView(words("working.deposit_unpaid")))
        return tuple(rows)
