"""Where a walk stands: its course walked again over the facts of now, tests and offers of before replayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from counter_app.db import stamp
from counter_app.db.models import CaseLine, Walk
from counter_app.db.reading_sql import rows_beside, rows_of
from counter_app.domain.case import State
from counter_app.domain.chart import Chart, Kind, Node
from counter_app.domain.effects import main_remedy
from counter_app.domain.errors import UserError
from counter_app.domain.walk import FactsWanted, walk
from counter_app.domain.walk_result import WalkResult
from counter_app.services import plan, rules, sale_money
from counter_app.services.case_rows import walk_row
from counter_app.services.courses import Trail, trail_of
from counter_app.services.desk import Desk
from counter_app.services.facts import FactSheet, WalkGoods, fact_sheet
from counter_app.services.rules import Rules


@dataclass(frozen=True, slots=True)
class Settled:
    """A settling step that was carried out: where on the path, by which documents, and whether it still stands."""

    index: int
    node: str
    documents: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One walk with everything that follows from its course. `wanted` are facts its node still needs."""

    row: Any
    case: Any
    chart: Chart
    rules: Rules
    trail: Trail
    result: WalkResult
    sheet: FactSheet
    lines: tuple[Any, ...]
    choices: Mapping[str, Any]
    wanted: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()

    @property
    def node(self) -> Node:
        """The node the walk stands at."""
        return self.chart.nodes[self.result.at]

    @property
    def pending(self) -> tuple[int, ...]:
        """Places on the path that settle something and were not carried out yet."""
        done = {item.index for item in self.settled if not item.undone}
        undone = {item.index for item in self.settled if item.undone}
        return tuple(
            index
            for index, node_id in enumerate(self.result.path)
            if index not in done and index not in undone and self.settles_at(index, node_id)
        )

    def settles_at(self, index: int, node_id: str) -> bool:
        """Whether this place of the path carries something out: every end, and steps that say so."""
        node = self.chart.nodes[node_id]
        if node.kind is Kind.END:
            return True
        return bool(node.settles) and index < len(self.result.path) - 1

    @property
    def remedies(self) -> tuple[str, ...]:
        """Every remedy met, in order, repeated where it was met again."""
        return remedy_course(self.chart, self.result)

    @property
    def remedy(self) -> str:
        """The remedy that counts, '' while there is none."""
        return main_remedy(self.remedies)


def stand(desk: Desk, case: Any, row: Any, trail: Trail | None = None, fresh: bool = False) -> Standing:
    """Walk a course. `trail` overrides what the steps say: a step about to be taken. `fresh` drops offers of the
    present node, so that facts entered there count."""
    version = rules.version_of(desk, row.chart_version_id)
    chart = rules.chart_of(desk, version)
    bound = rules.bound_rules(desk, plan.versions_of(case.plan))
    trail = trail if trail is not None else trail_of(row.id)
    lines = walk_lines(row.id)
    choices = plan.choices_of(case.plan, row.id)
    goods = WalkGoods(lines, case.sale, *_replacement(lines, choices, _chosen_remedy(chart, trail)))
    sheet = _sheet(desk, bound, goods, case, row)
    if fresh:
        trail = without_present_offer(chart, trail)
    result, wanted = _walked(chart, trail, sheet, bound)
    settled = tuple(
        Settled(item["index"], item["node"], tuple(item["documents"]), bool(item.get("undone")))
        for item in (row.result or {}).get("settled", ())
    )
    return Standing(row, case, chart, bound, trail, result, sheet, lines, choices, wanted, settled)


def _sheet(desk: Desk, bound: Rules, goods: WalkGoods, case: Any, row: Any) -> FactSheet:
    """The facts of a walk, collected again only when somebody wrote since."""
    manual = row.facts or {}

    def collected() -> FactSheet:
        limit = desk.staff.limit_fen if desk.staff is not None else 0
        paid = sale_money.worth_of(desk, case.id, goods.lines) if goods.lines else 0
        return fact_sheet(desk, bound, goods, manual, limit, paid)

    asked = (desk.staff, desk.shop, desk.today(), tuple(bound.versions.items()), tuple(manual.items()))
    wanted = (goods.replacement_product_id, goods.replacement_milli)
    return stamp.kept(desk.db, ("facts", row.id, *asked, *wanted), collected)


def _walked(chart: Chart, trail: Trail, sheet: FactSheet, bound: Rules) -> tuple[WalkResult, tuple[str, ...]]:
    course = trail.course()
    try:
        found = walk(
            chart, course.answers, sheet.facts, course.overrides, bound.calendar, course.kept, leftovers=True
        )
    except FactsWanted as wanted:
        return wanted.so_far, wanted.missing
    return found, ()


def stand_of(desk: Desk, walk_id: int) -> Standing:
    """Where a walk stands now."""
    row = walk_row(walk_id)
    return stand(desk, row.case, row)


def stands_of(desk: Desk, case: Any, known: Standing | None = None) -> tuple[Standing, ...]:
    """Every walk of a case in order; `known` is one that was stood up just now."""
    return tuple(
        known if known is not None and row.id == known.row.id else stand(desk, case, row)
        for row in rows_of(Walk, order="seq", case=case.id)
    )


def walk_lines(walk_id: int) -> tuple[Any, ...]:
    """The case lines of a walk with their sale lines."""
    return tuple(rows_beside(CaseLine, "sale_line", walk=walk_id))


def _chosen_remedy(chart: Chart, trail: Trail) -> str:
    """The remedy that the last answers chose, '' when none did."""
    for node_id, answer_id in reversed(trail.given):
        answer = chart.nodes[node_id].answer(answer_id)
        if answer is not None and answer.remedy:
            return answer.remedy
    return ""


def _replacement(lines: tuple[Any, ...], choices: Mapping[str, Any], remedy: str) -> tuple[int | None, int]:
    """Which product would go out and how much of it, for the stock test: the chosen one, else the same again.

    Several different articles: the test looks at the first; posting checks every one of them. Something else
    instead (R4) must be chosen before its stock can be looked at.
    """
    chosen = choices.get("replacement")
    if chosen:
        return chosen[0].get("product_id"), chosen[0]["quantity_milli"]
    if remedy == "R4":
        return None, 0
    same = [line for line in lines if line.sale_line.product_id is not None]
    if not same or len(same) != len(lines):
        return None, 0
    return same[0].sale_line.product_id, sum(
        line.quantity_milli for line in same if line.sale_line.product_id == same[0].sale_line.product_id
    )


def without_present_offer(chart: Chart, trail: Trail) -> Trail:
    """The trail without what was last offered, when nothing was answered after it."""
    if trail.kept and trail.kept[-1].offers and chart.nodes[trail.kept[-1].node].kind is Kind.OFFER:
        return replace(trail, kept=trail.kept[:-1])
    return trail


def remedy_course(chart: Chart, result: WalkResult) -> tuple[str, ...]:
    """The remedies of a path in the order met, with repetitions: by entering a node, or by an answer."""
    answered = [(one.node, one.answer) for one in result.given]
    tested = [(one.node, one.answer) for one in result.tests]
    found: list[str] = []
    for index, node_id in enumerate(result.path):
        node = chart.nodes[node_id]
        found += node.remedies
        if index == len(result.path) - 1:
            break
        answer_id = ""
        if node.kind is Kind.TEST and tested:
            answer_id = tested.pop(0)[1]
        elif node.kind in (Kind.ASK, Kind.OFFER, Kind.WAIT) and answered:
            answer_id = answered.pop(0)[1]
        answer = node.answer(answer_id)
        if answer is not None and answer.remedy:
            found.append(answer.remedy)
    return tuple(found)


def walk_state(standing: Standing, *, asked: bool, signed: bool, outstanding: bool) -> State:
    """The state one walk puts its case in. `asked`: an approver was asked at its node and did not answer yet."""
    result = standing.result
    if asked:
        return State.WAITING_APPROVAL
    if standing.pending:
        return State.SIGNED if signed else State.READY
    if result.state == "waiting":
        return State(f"waiting_{standing.node.waits_for or 'goods'}")
    if result.state == "asking":
        return State.OPEN
    papers = [item for item in standing.settled if item.documents]
    if papers and all(item.undone for item in papers):
        return State.REVERSED
    if result.outcome == "refused":
        return State.REFUSED
    if result.outcome == "withdrawn":
        return State.WITHDRAWN
    return State.EXECUTING if outstanding else State.SETTLED


def require_standing(standing: Standing, node: str) -> None:
    """The window and the walk must speak of the same node. Raises UserError `walk.elsewhere`."""
    if standing.result.at != node:
        raise UserError("walk.elsewhere", node=node, at=standing.result.at)
