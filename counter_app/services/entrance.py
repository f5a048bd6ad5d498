"""The first question of the chart, before a case is registered: its answer registers one."""

from __future__ import annotations

from counter_app.domain.spoken import Words
from counter_app.domain.walk_views import NodeView, Option
from counter_app.services import rules
from counter_app.services.desk import Desk


def first_question(desk: Desk) -> NodeView:
    """What every visit begins with, on the chart that new cases start on."""
    _version, chart = rules.current_chart(desk)
    node = chart.nodes[chart.start]
    options = tuple(
        Option(
            code=answer.id,
            title=answer.words,
            digit=digit if digit <= 9 else 0,
            offered=True,
            right=False,
            because=Words(),
            needs_role="",
        )
        for digit, answer in enumerate(node.answers, 1)
    )
    return NodeView(node.id, node.kind.value, node.words, node.hint, node.role, options, False)
