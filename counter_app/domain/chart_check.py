"""What is refused of a chart as a whole: targets, codes, rules, reach, outcomes, loops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from counter_app.domain.codes import Codes
from counter_app.domain.errors import UserError
from counter_app.domain.facts import FACTS
from counter_app.domain.predicates import NO, RULES, YES, Param

if TYPE_CHECKING:
    from counter_app.domain.chart import Answer, Call, Chart, Node

_STOPS = ("ask", "offer", "wait")
WANTS = frozenset({"deduction"})
"""What an answer may want to be entered next."""
_FACT_PARAMS = (Param.MONEY, Param.COUNT, Param.FLAG)


def check(chart: Chart, codes: Codes) -> None:
    """Raise UserError `chart.…` for the first thing wrong, node by node, then for the chart as a whole."""
    if chart.start not in chart.nodes:
        raise _wrong(chart, "–", "chart.node.target", target=chart.start)
    _withdrawal(chart)
    for node in chart.nodes.values():
        _answers(chart, node)
        for target in node.targets():
            if target not in chart.nodes:
                raise _wrong(chart, node.id, "chart.node.target", target=target)
        _codes(chart, node, codes)
    for place, answer in chart.second_handling:
        if place not in chart.nodes:
            raise _wrong(chart, "–", "chart.node.target", target=place)
        if chart.nodes[place].answer(answer) is None:
            raise _wrong(chart, place, "chart.answer.unknown", at=place, answer=answer)
    for node in chart.nodes.values():
        _rules(chart, node)
    _reach(chart)
    _loops(chart)
    _outcomes(chart)


def _wrong(chart: Chart, node: str, code: str, **params: object) -> UserError:
    return UserError(code, file=chart.source, node=node, **params)


def _withdrawal(chart: Chart) -> None:
    if chart.withdraw is None:
        return
    end = chart.nodes.get(chart.withdraw.to)
    if end is None:
        raise _wrong(chart, "–", "chart.node.target", target=chart.withdraw.to)
    if end.kind != "end":
        raise _wrong(chart, end.id, "chart.withdraw.end")


def _answers(chart: Chart, node: Node) -> None:
    ids = [answer.id for answer in node.answers]
    twice = {answer_id for answer_id in ids if ids.count(answer_id) > 1}
    if twice:
        raise _wrong(chart, node.id, "chart.answer.duplicate", answer=", ".join(sorted(twice)))
    if node.kind == "test" and sorted(ids) != sorted((YES, NO)):
        raise _wrong(chart, node.id, "chart.test.answers")
    if node.kind in _STOPS and not ids:
        raise _wrong(chart, node.id, "chart.node.no_answers")
    for answer in node.answers:
        leaves = chart.withdraw is not None and answer.id == chart.withdraw.id
        if leaves and chart.withdraw is not None and answer.to != chart.withdraw.to:
            raise _wrong(chart, node.id, "chart.withdraw.elsewhere", target=answer.to)
        if answer.right and answer.right_when is not None:
            raise _wrong(chart, node.id, "chart.answer.right_twice", answer=answer.id)
        if answer.removes is not None:
            _removal(chart, node, answer)


def _removal(chart: Chart, node: Node, answer: Answer) -> None:
    if answer.removes is None:
        return
    at = chart.nodes.get(answer.removes.node)
    if at is None:
        raise _wrong(chart, node.id, "chart.node.target", target=answer.removes.node)
    for gone in answer.removes.answers:
        if at.answer(gone) is None:
            raise _wrong(chart, node.id, "chart.answer.unknown", at=at.id, answer=gone)


def _codes(chart: Chart, node: Node, codes: Codes) -> None:
    used: list[tuple[str, Iterable[str], frozenset[str]]] = [
        ("remedies", (*node.remedies, *node.suggests), codes.remedies),
        ("scripts", (*node.scripts, *(node.spoken_with or {})), codes.scripts),
        ("dispositions", node.dispositions, codes.dispositions),
        ("actors", (node.role,), codes.actors),
        ("departments", (notice.to for notice in node.notices), codes.departments),
        ("evidence", (item.kind for item in node.evidence), codes.evidence),
        ("papers", node.papers, codes.papers),
        ("tasks", node.opens, codes.tasks),
        ("settlements", node.settles, codes.settlements),
        ("outcomes", (node.outcome,) if node.outcome else (), codes.outcomes),
        ("freights", (node.freight,) if node.freight else (), codes.freights),
        ("facts", node.inputs, frozenset(FACTS)),
    ]
    for answer in node.answers:
        used += [
            ("remedies", (*((answer.remedy,) if answer.remedy else ()), *answer.suggests), codes.remedies),
            ("dispositions", answer.dispositions, codes.dispositions),
            ("conditions", (answer.accepts,) if answer.accepts else (), codes.conditions),
            ("wants", (answer.wants,) if answer.wants else (), WANTS),
            ("reasons", answer.reasons, codes.reasons),
            ("actors", (answer.confirm,) if answer.confirm else (), codes.actors),
            ("evidence", (item.kind for item in answer.evidence), codes.evidence),
            ("tasks", answer.opens, codes.tasks),
        ]
    for kind, found, known in used:
        for code in found:
            if code not in known:
                raise _wrong(chart, node.id, "chart.node.code", kind=kind, unknown=code)
    for code, answer_id in (node.spoken_with or {}).items():
        if code not in node.scripts or node.answer(answer_id) is None:
            raise _wrong(chart, node.id, "chart.answer.unknown", at=node.id, answer=f"{code}/{answer_id}")


# --- rules and their parameters ---------------------------------------------------------------------


def _rules(chart: Chart, node: Node) -> None:
    calls = [
        node.rule,
        *(c for answer in node.answers for c in (answer.right_when, answer.when, answer.unless)),
    ]
    for call in calls:
        if call is not None:
            _call(chart, node, call)
    if node.rule is not None:
        looks_at = [name for name, kind in RULES[node.rule.rule].params.items() if kind is Param.TEST]
        if looks_at:
            raise _wrong(chart, node.id, "chart.rule.looks_at_test", rule=node.rule.rule)


def _call(chart: Chart, node: Node, call: Call) -> None:
    rule = RULES.get(call.rule)
    if rule is None:
        raise _wrong(chart, node.id, "chart.rule.unknown", rule=call.rule, known=", ".join(sorted(RULES)))
    if set(call.params) != set(rule.params):
        wanted = ", ".join(rule.params) or "–"
        raise _wrong(chart, node.id, "chart.rule.params", rule=call.rule, wanted=wanted)
    for name, kind in rule.params.items():
        if not _fits(chart, kind, call.params[name], call.params):
            raise _wrong(chart, node.id, "chart.rule.param", rule=call.rule, param=name, wanted=kind.value)


def _fits(chart: Chart, kind: Param, value: Any, params: Mapping[str, Any]) -> bool:
    if kind is Param.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind is Param.COUNTS:
        asked = chart.nodes.get(_named_node(params))
        return (
            isinstance(value, dict)
            and asked is not None
            and all(asked.answer(answer) is not None for answer in value)
            and all(isinstance(fact, str) and FACTS.get(fact) == "count" for fact in value.values())
        )
    if not isinstance(value, str):
        return False
    if kind in _FACT_PARAMS:
        return FACTS.get(value) == kind.value
    if kind is Param.ANSWER:
        asked = chart.nodes.get(_named_node(params))
        return asked is not None and asked.answer(value) is not None
    at = chart.nodes.get(value)
    return at is not None and (kind is Param.NODE or at.kind == "test")


def _named_node(params: Mapping[str, Any]) -> str:
    """The node that stands beside an answer in a rule's parameters."""
    named = params.get("asked_at", params.get("node", ""))
    return named if isinstance(named, str) else ""


# --- the chart as a graph ---------------------------------------------------------------------------


def _reach(chart: Chart) -> None:
    seen = {chart.start}
    todo = [chart.start]
    while todo:
        node = chart.nodes[todo.pop()]
        ways = list(node.targets())
        if chart.withdraw is not None and node.kind in _STOPS:
            ways.append(chart.withdraw.to)
        for target in ways:
            if target not in seen:
                seen.add(target)
                todo.append(target)
    for node_id in chart.nodes:
        if node_id not in seen:
            raise _wrong(chart, node_id, "chart.node.unreachable")


def _outcomes(chart: Chart) -> None:
    """Every branch comes to an end, without counting on a withdrawal."""
    before: dict[str, list[str]] = {node_id: [] for node_id in chart.nodes}
    for node in chart.nodes.values():
        for target in node.targets():
            before[target].append(node.id)
    settled = {node.id for node in chart.nodes.values() if node.kind == "end"}
    todo = list(settled)
    while todo:
        for node_id in before[todo.pop()]:
            if node_id not in settled:
                settled.add(node_id)
                todo.append(node_id)
    for node_id in chart.nodes:
        if node_id not in settled:
            raise _wrong(chart, node_id, "chart.node.no_outcome")


def _loops(chart: Chart) -> None:
    """A loop passes somebody who answers; among tests and things done alone it would never stop."""
    running = {node.id for node in chart.nodes.values() if node.kind not in (*_STOPS, "end")}
    waiting_for = {
        node_id: sum(target in running for target in set(chart.nodes[node_id].targets()))
        for node_id in running
    }
    before: dict[str, set[str]] = {node_id: set() for node_id in running}
    for node_id in running:
        for target in chart.nodes[node_id].targets():
            if target in running:
                before[target].add(node_id)
    todo = [node_id for node_id, count in waiting_for.items() if count == 0]
    left = set(running)
    while todo:
        done = todo.pop()
        left.discard(done)
        for node_id in before[done]:
            waiting_for[node_id] -= 1
            if waiting_for[node_id] == 0:
                todo.append(node_id)
    if left:
        loop = _one_loop(chart, left)
        raise _wrong(chart, loop[0], "chart.node.loop", loop=" → ".join((*loop, loop[0])))


def _one_loop(chart: Chart, left: set[str]) -> list[str]:
    """One loop among nodes that each lead to another of them."""
    way: list[str] = []
    at = next(node_id for node_id in chart.nodes if node_id in left)
    while at not in way:
        way.append(at)
        at = next(target for target in chart.nodes[at].targets() if target in left)
    return way[way.index(at) :]
