"""The whole sum of a visit: what posting its deals comes to, in figures, documents and slips, and what stands in its way.

Preview, signature and posting all start here, so that they cannot differ (invariant 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.case_views import CaseView
from counter_app.domain.effects import EXCHANGES, REFUSED, RESENDS
from counter_app.domain.errors import UserError
from counter_app.domain.settlement_terms import LineSettlement
from counter_app.domain.spoken import Reason
from counter_app.services import deal_extras, deals, requests
from counter_app.services.deals import Deal, Reckoning
from counter_app.services.desk import Desk
from counter_app.services.extras import Extras
from counter_app.services.readiness import missing_of, needs_of

SIGNED_PAPERS = frozenset(("TH", "HH", "BF", "ZJ", "TK", "SJ", "YJ", "WX", "BY", "BC"))
"""Documents whose form the customer signs before they are posted."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The whole sum of a visit: deals, settlement, what goes beside it, its documents and its hash."""

    reckoning: Reckoning
    extras: Extras
    documents: tuple[tuple[str, int, int], ...]
    figures_hash: str
    missing: tuple[Reason, ...]
    needs: tuple[ApprovalNeed, ...]

    @property
    def refund_fen(self) -> int:
        """Money back for goods, deposits apart."""
        return self.reckoning.settlement.refund_fen if self.reckoning.settlement else 0

    @property
    def collect_fen(self) -> int:
        """Money the customer pays: differences, repairs, deposits."""
        settled = self.reckoning.settlement.pay_fen if self.reckoning.settlement else 0
        return settled + self.extras.collect_fen


def sum_of(desk: Desk, case: Any, finals: Sequence[Deal], shown: CaseView) -> Sum:
    """What posting these deals comes to, and everything that still stands in its way."""
    reckoning = deals.reckon(desk, case, finals)
    beside = deal_extras.extras_of(desk, case, finals, reckoning)
    documents = documents_of(finals, reckoning, beside)
    digest = requests.digest(figures_of(case, reckoning, beside, documents)) if finals else ""
    needs = needs_of(desk, case, finals, reckoning, beside, shown, digest)
    missing = missing_of(desk, case, finals, reckoning, beside, shown, needs)
    return Sum(reckoning, beside, documents, digest, missing, needs)


def documents_of(
    finals: Sequence[Deal], reckoning: Reckoning, beside: Extras
) -> tuple[tuple[str, int, int], ...]:
    """The documents to post: prefix, walk, amount. One of each kind per walk, goods before money."""
    found: list[tuple[str, int, int]] = []
    settled = {done.key: done for done in reckoning.settlement.lines} if reckoning.settlement else {}
    kind = reckoning.settlement is not None and bool(
        reckoning.settlement.points_back or reckoning.settlement.coupons_back
    )
    for deal in finals:
        mine = [settled[line.key] for line in deal.lines if line.key in settled]
        found += _settled_documents(deal, mine, beside)
        if kind and any(done.consumes_milli for done in mine):
            # Points and coupons that go back without any money stand on a refund of their own, to be reversed with it.
            if not any(prefix in ("TK", "ZJ") for prefix, _, _ in found):
                found.append(("TK", deal.walk_id, 0))
            kind = False
        found += [(prefix, deal.walk_id, amount) for prefix, amount in beside.documents(deal.walk_id)]
    return tuple(found)


def _settled_documents(
    deal: Deal, mine: Sequence[LineSettlement], beside: Extras
) -> list[tuple[str, int, int]]:
    walk = deal.walk_id
    found = []
    if beside.takes_goods(walk):
        found.append(("TH", walk, 0))
    if deal.remedy in EXCHANGES and "goods_out" in deal.words:
        found.append(("HH", walk, sum(out.value_fen for done in mine for out in done.goods_out)))
    if deal.remedy in RESENDS and "goods_out" in deal.words:
        found.append(("BF", walk, 0))
    refund = sum(done.refund_fen for done in mine)
    pay = sum(done.pay_fen for done in mine)
    if deal.remedy == "R10" and refund:
        found.append(("ZJ", walk, refund))
    elif refund or (not found and any(done.consumes_milli for done in mine)):
        # Goods that are gone for nothing (a free article lost on the way) leave a paper too: it can be reversed.
        found.append(("TK", walk, refund))
    if pay:
        found.append(("SJ", walk, pay))
    return found


def figures_of(
    case: Any, reckoning: Reckoning, beside: Extras, documents: Sequence[tuple[str, int, int]]
) -> dict[str, Any]:
    """Everything the proposal says in figures, in one JSON value: what approvals and signature are bound to."""
    settled = reckoning.settlement
    return {
        "case": case.number,
        "deals": [
            [deal.walk_id, deal.remedy, deal.index, list(deal.words), list(deal.standing.result.path)]
            for deal in reckoning.deals
        ],
        "lines": [_figures(done) for done in settled.lines] if settled else [],
        "refunds": [[one.tender, one.way, one.amount_fen] for one in settled.refunds] if settled else [],
        "refund_fen": settled.refund_fen if settled else 0,
        "pay_fen": settled.pay_fen if settled else 0,
        "subsidy_repay_fen": settled.subsidy_repay_fen if settled else 0,
        "beside": beside.figures(),
        "documents": [list(item) for item in documents],
        "trouble": reckoning.trouble.code if reckoning.trouble else "",
    }


def _figures(done: LineSettlement) -> dict[str, Any]:
    told = asdict(done)
    if not done.points_fen:
        del told["points_fen"]
    return {key: value for key, value in told.items() if key not in ("working",)}


def slips_of(whole: Sum) -> tuple[str, ...]:
    """The kinds of slip that posting prints, in order."""
    prefixes = {prefix for prefix, _, _ in whole.documents}
    found = []
    if prefixes & {"TH", "HH", "BF", "ZJ", "TK", "BC", "WX"}:
        found.append("return_form")
    for prefix, slip in (
        ("TK", "refund_acknowledgement"),
        ("ZJ", "refund_acknowledgement"),
        ("SJ", "money_receipt"),
        ("YJ", "deposit_receipt"),
        ("GZ", "refusal_notice"),
    ):
        if prefix in prefixes and slip not in found:
            found.append(slip)
    if prefixes & {"TK", "SJ", "HH", "ZJ"}:
        found.append("receipt")
    return tuple(found)


def refused(deal: Deal) -> bool:
    """Whether the deal refuses."""
    return deal.remedy == REFUSED or "refusal_notice" in deal.words


def trouble_of(whole: Sum) -> UserError | None:
    """The first thing that stands in the way, as the error to raise."""
    if not whole.missing:
        return None
    first = whole.missing[0]
    return UserError(first.code, **first.params)
