"""The proposal: what posting would do for a visit, to the last 分, and what is still missing for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.db import stamp
from counter_app.db.models import Walk
from counter_app.db.reading_sql import rows_of
from counter_app.domain.case_views import CaseView
from counter_app.domain.money_views import TenderView
from counter_app.domain.proposal_views import Proposal
from counter_app.services import case_views, deals, visit_sum
from counter_app.services.case_rows import case_row, walk_row
from counter_app.services.case_words import words_or
from counter_app.services.deals import Deal
from counter_app.services.desk import Desk
from counter_app.services.standing import Standing, stands_of
from counter_app.services.visit_sum import SIGNED_PAPERS, Sum
from counter_app.services.walk_proposal import walk_proposal


class Present:
    """A visit as it stands now: its case, its walks, and the sum of what can be posted, made when first asked for.

    Two acts in a row that find the database as it was get the very same one (`present`).
    """

    __slots__ = ("_deals", "_proposal", "_shown", "_whole", "case", "desk", "stands")

    def __init__(self, desk: Desk, case: Any, stands: tuple[Standing, ...]) -> None:
        self.desk, self.case, self.stands = desk, case, stands
        self._deals: tuple[Deal, ...] | None = None
        self._whole: Sum | None = None
        self._shown: CaseView | None = None
        self._proposal: Proposal | None = None

    @property
    def deals(self) -> tuple[Deal, ...]:
        """What the walks carry out, or would most likely come to."""
        if self._deals is None:
            told = (deals.deal_of(self.desk, item) for item in self.stands)
            self._deals = tuple(deal for deal in told if deal is not None)
        return self._deals

    def whole(self) -> Sum:
        """The sum of every walk that stands at something to post."""
        if self._whole is None:
            shown = self._shown or case_views.case_view(self.desk, self.case, bare=True)
            self._whole = visit_sum.sum_of(
                self.desk, self.case, [deal for deal in self.deals if deal.final], shown
            )
        return self._whole

    def shown(self) -> CaseView:
        """The case as the counter shows it."""
        if self._shown is None:
            self._shown = case_views.case_view(self.desk, self.case, whole=False)
        return self._shown

    def proposal(self) -> Proposal:
        """The proposal of the visit."""
        if self._proposal is None:
            self._proposal = _proposal_of(self)
        return self._proposal

    def show_anew(self) -> None:
        """The sum stands; what is shown beside it (signatures, to-dos) is read again."""
        self._shown = self._proposal = None


def present(desk: Desk, case_id: int) -> Present:
    """Where a visit stands, worked out again only when somebody wrote to the database since, this window included,
    or when another person, shop or day asks (invariant 7). Raises UserError `case.unknown`."""

    def make() -> Present:
        case = case_row(case_id)
        return Present(desk, case, stands_of(desk, case))

    return stamp.kept(desk.db, key_of(desk, case_id), make)


def standing_of(desk: Desk, walk_id: int) -> Standing:
    """Where a walk stands, as `present` knows it. Raises UserError `walk.unknown`."""
    here = present(desk, walk_row(walk_id).case_id)
    return next(item for item in here.stands if item.row.id == walk_id)


def carry_on(desk: Desk, here: Present) -> None:
    """The caller wrote something that no sum reads (a signature, a line of the story): what was made still stands.

    Only inside the transaction that found `here` by `present` before it wrote: then nobody else wrote either.
    """
    here.show_anew()
    stamp.keep(desk.db, key_of(desk, here.case.id), stamp.stamp_of(desk.db), here)


def keep(desk: Desk, case: Any, stands: tuple[Standing, ...]) -> None:
    """The caller just wrote where the walks of a visit stand, and gives what `present` would read again.

    As the last thing in the transaction that wrote it: whoever writes after it is seen by the stamp. The rows
    themselves are read once more, so that their copies say what is on disk.
    """
    written = case_row(case.id)
    walks = {row.id: row for row in rows_of(Walk, case=case.id)}
    fresh = tuple(replace(item, case=written, row=walks[item.row.id]) for item in stands)
    stamp.keep(desk.db, key_of(desk, case.id), stamp.stamp_of(desk.db), Present(desk, written, fresh))


def key_of(desk: Desk, case_id: int, what: str = "present") -> tuple[object, ...]:
    """Under which name something about a visit is kept: who asks, for which shop, on which day."""
    return (what, case_id, desk.staff, desk.shop, desk.today())


def propose(desk: Desk, case_id: int) -> Proposal:
    """The proposal of a visit as it stands now."""
    return present(desk, case_id).proposal()


def _proposal_of(here: Present) -> Proposal:
    desk, case, stands, shown = here.desk, here.case, here.stands, here.shown()
    found, whole = here.deals, here.whole()
    previews = {deal.walk_id: deals.reckon(desk, case, [deal]) for deal in found if not deal.final}
    settled = whole.reckoning.settlement
    signed = any(not one.void and not _on_document(desk, one.id) for one in shown.signatures)
    finals = [deal for deal in found if deal.final]
    walks = tuple(
        walk_proposal(desk, item, next((d for d in found if d.standing is item), None), whole, previews)
        for item in stands
    )
    preview_refund = sum(r.settlement.refund_fen for r in previews.values() if r.settlement)
    preview_pay = sum(r.settlement.pay_fen for r in previews.values() if r.settlement)
    tenders = tuple(
        TenderView(
            one.way,
            words_or(f"tender.{one.way}", one.way),
            one.amount_fen,
            one.left_fen,
            one.way == one.tender,
        )
        for reckoning in ([whole.reckoning] if settled else list(previews.values()))
        if reckoning.settlement
        for one in reckoning.settlement.refunds
    )
    needs_signature = any(prefix in SIGNED_PAPERS for prefix, _, _ in whole.documents)
    waived = bool((case.plan or {}).get("signature_waived"))
    return Proposal(
        walks=walks,
        refund_fen=whole.refund_fen if finals else preview_refund,
        collect_fen=whole.collect_fen if finals else preview_pay,
        refund_tenders=tenders,
        collect_tender=(case.plan or {}).get("collect_tender", "cash") if whole.collect_fen else "",
        pay_now=tuple(one.way for one in settled.refunds if one.now) if settled else (),
        slips=visit_sum.slips_of(whole),
        warnings=settled.warnings if settled else (),
        missing=whole.missing,
        ready=bool(finals) and not whole.missing,
        figures_hash=whole.figures_hash if finals else "",
        needs_signature=needs_signature and not waived,
        signed=signed or waived,
    )


def _on_document(desk: Desk, signature_id: int) -> bool:
    found = desk.db.execute_sql("SELECT document_id FROM signature WHERE id = ?", (signature_id,)).fetchone()
    return found is not None and found[0] is not None
