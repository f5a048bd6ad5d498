"""What a walk is given, checked: answers and overrides that the chart knows, and none that the walk never uses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NoReturn

from counter_app.domain.chart import STOPS, Answer, Chart, Kind, Node
from counter_app.domain.errors import UserError
from counter_app.domain.predicates import NO, YES
from counter_app.domain.walk_result import Override

_LONGEST_SHOWN = 40


def check_input(
    chart: Chart, answers: Mapping[str, Sequence[str]], overrides: Mapping[str, Override]
) -> None:
    """Refuse answers and overrides for nodes that take none, and answers that their node has not.

    Raises UserError `walk.answer.…`, `walk.override.no_test`.
    """
    for node_id, given in answers.items():
        node = _known(chart, node_id)
        if not given:
            continue
        if node.kind is Kind.TEST:
            raise UserError("walk.answer.test", node=node_id, options=_options(chart, node))
        if node.kind not in STOPS:
            raise UserError("walk.answer.none_taken", node=node_id, kind=node.kind.value)
        for answer in given:
            if answer_of(chart, node, answer) is None:
                no_such_answer(chart, node, answer)
    for node_id, override in overrides.items():
        node = _known(chart, node_id)
        if node.kind is not Kind.TEST:
            raise UserError("walk.override.no_test", node=node_id, options=_options(chart, node))
        if override.answer not in (YES, NO):
            no_such_answer(chart, node, override.answer)


def check_leftovers(
    chart: Chart,
    answers: Mapping[str, Sequence[str]],
    overrides: Mapping[str, Override],
    used: Mapping[str, int],
    tested: Collection[str],
) -> None:
    """Refuse what the walk never came to use. `used`: answers by node; `tested`: nodes whose test was asked.

    Raises UserError `walk.answer.left_over`, `walk.override.left_over`.
    """
    for node_id, given in answers.items():
        if len(given) > used.get(node_id, 0):
            raise UserError(
                "walk.answer.left_over",
                node=node_id,
                answer=given[used.get(node_id, 0)],
                options=_options(chart, chart.nodes[node_id]),
            )
    for node_id in overrides:
        if node_id not in tested:
            options = _options(chart, chart.nodes[node_id])
            raise UserError("walk.override.left_over", node=node_id, options=options)


def answer_of(chart: Chart, node: Node, answer_id: str) -> Answer | None:
    """The answer of a node by id; where the customer may leave, leaving is one too."""
    listed = node.answer(answer_id)
    leaves = chart.withdraw
    if listed is None and leaves is not None and node.kind in STOPS and answer_id == leaves.id:
        return leaves
    return listed


def no_such_answer(chart: Chart, node: Node, answer: str) -> NoReturn:
    """Raises UserError `walk.answer.unknown`, naming what there is."""
    raise UserError(
        "walk.answer.unknown",
        node=node.id,
        answer=answer[:_LONGEST_SHOWN],
        options=_options(chart, node),
    )


def _known(chart: Chart, node_id: str) -> Node:
    node = chart.nodes.get(node_id)
    if node is None:
        raise UserError("walk.answer.unknown_node", node=node_id[:_LONGEST_SHOWN])
    return node


def _options(chart: Chart, node: Node) -> str:
    ids = [answer.id for answer in node.answers]
    leaves = chart.withdraw
    if leaves is not None and node.kind in STOPS and leaves.id not in ids:
        ids.append(leaves.id)
    return ", ".join(ids) or "–"
