"""Where a walk will most likely end, for showing amounts before goods are taken (requirement S4-12)."""

from __future__ import annotations

from counter_app.domain.chart import Chart, Kind
from counter_app.domain.effects import main_remedy

_FAR = 40


def likely_remedy(chart: Chart, at: str, sofar: tuple[str, ...]) -> str:
    """The remedy that the walk comes to when every question is answered by its first answer, '' when the
    customer must choose first. A remedy chosen already stands; at the chart's start nothing is likely yet."""
    if main_remedy(sofar):
        return main_remedy(sofar)
    if at == chart.start:
        return ""
    for _ in range(_FAR):
        node = chart.nodes[at]
        found = main_remedy(node.remedies)
        if found:
            return found
        if node.kind is Kind.OFFER or node.kind is Kind.END:
            return ""
        if node.kind is Kind.DO:
            at = node.to
            continue
        first = node.answers[0]
        if main_remedy((first.remedy,)):
            return first.remedy
        at = first.to
    return ""
