"""The proposal: what posting would do for a visit, to the last 分, and what is still missing for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from counter_app.db import stamp
from counter_app.db.models import Walk
from counter_app.db.reading_sql import rows_of
from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.case_views import CaseView
from counter_app.domain.effects import BY_SETTLEMENT, EXCHANGES, REFUSED, RESENDS
from counter_app.domain.errors import UserError
from counter_app.domain.money_views import TenderView, WorkingView
from counter_app.domain.proposal_views import GoodsView, Proposal, WalkProposal, Wanted
from counter_app.domain.settlement_terms import LineSettlement
from counter_app.domain.spoken import Reason, Words
from counter_app.domain.task_views import DueView, NoticeView
from counter_app.services import approval_rows, case_views, deal_extras, deals, requests, rules
from counter_app.services.case_rows import case_row, walk_row
from counter_app.services.case_words import because, code_words, reason_words, words, words_or, yuan
from counter_app.services.deals import Deal, Reckoning
from counter_app.services.desk import Desk
from counter_app.services.extras import Extras
from counter_app.services.readiness import missing_of, needs_of
from counter_app.services.standing import Standing, stands_of

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
            self._whole = sum_of(self.desk, self.case, [deal for deal in self.deals if deal.final], shown)
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
        _walk(desk, item, next((d for d in found if d.standing is item), None), whole, previews)
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
        slips=slips_of(whole),
        warnings=settled.warnings if settled else (),
        missing=whole.missing,
        ready=bool(finals) and not whole.missing,
        figures_hash=whole.figures_hash if finals else "",
        needs_signature=needs_signature and not waived,
        signed=signed or waived,
    )


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


# --- one walk ---------------------------------------------------------------------------------------


def _walk(
    desk: Desk, item: Standing, deal: Deal | None, whole: Sum, previews: dict[int, Reckoning]
) -> WalkProposal:
    reckoning = None
    if deal is not None:
        reckoning = whole.reckoning if deal.final else previews.get(deal.walk_id)
    settled = reckoning.settlement if reckoning else None
    keys = {line.key for line in deal.lines} if deal else set()
    mine = [done for done in settled.lines if done.key in keys] if settled else []
    refund = sum(done.refund_fen for done in mine)
    pay = sum(done.pay_fen for done in mine)
    final = deal is not None and deal.final
    if final and deal is not None:
        pay += whole.extras.collected(deal.walk_id)
    remedy = deal.remedy if deal else item.remedy
    return WalkProposal(
        walk_id=item.row.id,
        headline=_headline(item, deal, remedy, refund, pay),
        why=tuple(_why(item, rules.code_tables(desk))),
        rights=rights_words(item),
        remedy=remedy,
        refund_fen=refund,
        collect_fen=pay,
        working=working_views(mine) + (whole.extras.working(item.row.id) if final else ()),
        goods_in=_goods_in(item, whole) if final else (),
        goods_out=_goods_out(deal, mine) if deal else (),
        documents=tuple(prefix for prefix, walk, _ in whole.documents if walk == item.row.id),
        approvals=whole.needs if final else _asked_here(desk, item),
        deadlines=tuple(DueView(one.words, one.due, one.node) for one in item.result.deadlines if one.due),
        notices=tuple(NoticeView(one.to, one.words, one.node) for one in item.result.notices),
        wanted=whole.extras.wanted(item.row.id) + _replacement_wanted(deal),
    )


def _asked_here(desk: Desk, item: Standing) -> tuple[ApprovalNeed, ...]:
    """The approval a walk stands before, told before anybody is asked."""
    need = approval_rows.need_at(desk, item)
    return () if need is None else (need,)


def _replacement_wanted(deal: Deal | None) -> tuple[Wanted, ...]:
    if deal is not None and deal.remedy == "R4" and not deal.standing.choices.get("replacement"):
        return (Wanted("replacement", words("wanted.replacement"), deal.walk_id),)
    return ()


def _headline(item: Standing, deal: Deal | None, remedy: str, refund: int, pay: int) -> Words:
    if deal is not None and deal.outcome == "withdrawn":
        return words("remedy_headline.withdrawn")
    if deal is not None and deal.final and "deposit_kept" in deal.words:
        return words("remedy_headline.deposit_kept")
    if deal is not None and deal.final and deal.words == ("hand_back",):
        return words("remedy_headline.hand_back")
    if remedy in BY_SETTLEMENT and not item.lines:
        return words("remedy_headline.without_purchase", what=code_words("remedies", remedy))
    amount = yuan(refund or pay)
    if remedy and (words_or(f"remedy_headline.{remedy}", "")):
        return words(f"remedy_headline.{remedy}", amount=amount)
    if item.result.state == "waiting":
        return words("remedy_headline.waiting", what=item.node.words)
    return words("remedy_headline.none" if item.result.state == "ended" else "remedy_headline.open")


def _why(item: Standing, tables: Mapping[str, Any]) -> list[Words]:
    """The tests that led here, newest last: the figures beside the amount."""
    found = []
    for test in item.result.tests[-3:]:
        node = item.chart.nodes[test.node]
        told = because(test.clauses, tables)
        found.append(Words(f"{node.words.zh} {told.zh}", f"{node.words.en} {told.en}"))
    return found


def rights_of(item: Standing) -> dict[str, Words]:
    """The remedies that were the customer's right at the offers of the path, by code."""
    return {
        one.remedy: code_words("remedies", one.remedy)
        for one in item.result.offers
        if one.right and one.remedy
    }


def rights_words(item: Standing) -> tuple[Words, ...]:
    """Which answers on offer are the customer's right, in words."""
    return tuple(words("right.of", what=title) for title in rights_of(item).values())


def working_views(mine: Sequence[LineSettlement]) -> tuple[WorkingView, ...]:
    """The rows of how the amounts came about; several lines end in one total."""
    rows = [
        WorkingView(reason_words(row.label, row.params), row.amount_fen, Words(), row.total)
        for done in mine
        for row in done.working
        if not (row.total and len(mine) > 1)
    ]
    if len(mine) > 1:
        total = sum(done.refund_fen - done.pay_fen for done in mine)
        rows.append(WorkingView(reason_words("settlement.working.total", {}), total, Words(), True))
    return tuple(rows)


def _goods_in(item: Standing, whole: Sum) -> tuple[GoodsView, ...]:
    return tuple(
        GoodsView(
            "in", line.sale_line.name, quantity, place, line.id, line.sale_line_id, line.sale_line.product_id
        )
        for line, quantity, place in whole.extras.goods_in(item.row.id)
    )


def _goods_out(deal: Deal, mine: Sequence[LineSettlement]) -> tuple[GoodsView, ...]:
    stocks = {issue.product: issue.stock_milli for line in deal.lines for issue in line.issues}
    return tuple(
        GoodsView(
            "out",
            out.name,
            out.quantity_milli,
            "V1",
            out.key,
            None,
            int(out.product) if out.product.isdigit() else None,
            out.value_fen,
            out.value_fen,
            "",
            stocks.get(out.product),
        )
        for done in mine
        for out in done.goods_out
    )


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


def _on_document(desk: Desk, signature_id: int) -> bool:
    found = desk.db.execute_sql("SELECT document_id FROM signature WHERE id = ?", (signature_id,)).fetchone()
    return found is not None and found[0] is not None


def refused(deal: Deal) -> bool:
    """Whether the deal refuses."""
    return deal.remedy == REFUSED or "refusal_notice" in deal.words


def trouble_of(whole: Sum) -> UserError | None:
    """The first thing that stands in the way, as the error to raise."""
    if not whole.missing:
        return None
    first = whole.missing[0]
    return UserError(first.code, **first.params)
