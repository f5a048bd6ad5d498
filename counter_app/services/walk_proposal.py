"""What posting would do for one walk, in words and rows: its headline, why, the money, the goods, what is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.effects import BY_SETTLEMENT
from counter_app.domain.money_views import WorkingView
from counter_app.domain.proposal_views import GoodsView, WalkProposal, Wanted
from counter_app.domain.settlement_terms import LineSettlement
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import DueView, NoticeView
from counter_app.services import approval_rows, rules
from counter_app.services.case_words import because, code_words, reason_words, words, words_or, yuan
from counter_app.services.deals import Deal, Reckoning
from counter_app.services.desk import Desk
from counter_app.services.standing import Standing
from counter_app.services.visit_sum import Sum


def walk_proposal(
    desk: Desk, item: Standing, deal: Deal | None, whole: Sum, previews: dict[int, Reckoning]
) -> WalkProposal:
    """What posting would do for one walk, final or most likely."""
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
    told = (refund, pay) if deal is not None else _posted(desk, item)
    return WalkProposal(
        walk_id=item.row.id,
        headline=_headline(item, deal, remedy, *told),
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


_POSTED = """
    SELECT COALESCE(SUM(CASE WHEN s.direction = 'out' THEN s.amount_fen END), 0),
           COALESCE(SUM(CASE WHEN s.direction = 'in' THEN s.amount_fen END), 0)
    FROM document d JOIN settlement s ON s.document_id = d.id
    WHERE d.case_id = ? AND d.walk_id = ? AND s.amount_fen > 0 AND s.purpose <> 'deposit'
"""


def _posted(desk: Desk, item: Standing) -> tuple[int, int]:
    """What a walk that is over was posted with, back and to pay (分); a reversal later does not change what it was."""
    back, pay = desk.db.execute_sql(_POSTED, (item.case.id, item.row.id)).fetchone()
    return int(back), int(pay)


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
