"""Choosing answers: mostly what people mostly say, and in some visits the way to what nobody walked yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from counter_app.domain.chart import Chart, Kind
from counter_app.domain.walk_views import Option
from counter_app.services.demo.invented import Draw, table

FAR = 10_000
Edge = tuple[str, str]


@dataclass
class Steering:
    """Which ways of the chart were walked, and which answer leads to one that was not.

    Knows no node and no answer: the chart says which there are, the weights of answers stand in the data.
    """

    chart: Chart
    draw: Draw
    ends: set[str] = field(default_factory=set)
    edges: set[Edge] = field(default_factory=set)
    _tried: Counter[Edge] = field(default_factory=Counter)
    _ways: dict[str, list[Edge]] = field(default_factory=dict)
    _far: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.chart.nodes.values():
            ways = [(answer.id, answer.to) for answer in node.answers]
            self._ways[node.id] = ways or ([("", node.to)] if node.to else [])
        self._measure()

    @property
    def all_ends(self) -> set[str]:
        """Every end of the chart."""
        return {node.id for node in self.chart.nodes.values() if node.kind is Kind.END}

    @property
    def all_edges(self) -> set[Edge]:
        """Every answer that somebody gives."""
        kinds = (Kind.ASK, Kind.OFFER, Kind.WAIT)
        return {
            (node.id, answer.id)
            for node in self.chart.nodes.values()
            if node.kind in kinds
            for answer in node.answers
        }

    def walked(self, path: Sequence[str], given: Iterable[Edge]) -> None:
        """Note where a visit went."""
        before = len(self.ends), len(self.edges)
        self.ends |= self.all_ends.intersection(path[-1:])
        self.edges |= set(given)
        if (len(self.ends), len(self.edges)) != before:
            self._measure()

    def choose(
        self, node: str, options: Sequence[Option], steered: bool, passed: Sequence[str] = ()
    ) -> Option:
        """One of the options: towards something new, or by weight; ways that go round in circles seldom."""
        if steered:
            scored = {one.code: self._distance(node, one.code) for one in options}
            least = min(scored.values())
            if least < FAR:
                found = self.draw.pick([one for one in options if scored[one.code] == least])
                self._tried[(node, found.code)] += 1
                return found
        weights = table()["answers"]
        targets = dict(self._ways[node])
        shares = {
            place: float(weights.get(one.code, 1)) * 0.15 ** min(passed.count(targets.get(one.code, "")), 8)
            for place, one in enumerate(options)
        }
        return options[self.draw.weighted(shares)]

    def entrance(self, weights: dict[str, float], steered: bool) -> str:
        """The first answer: what brings a customer."""
        codes = [answer for answer, _ in self._ways[self.chart.start]]
        if steered:
            scored = {code: self._distance(self.chart.start, code) for code in codes}
            least = min(scored.values())
            if least < FAR:
                code = self.draw.pick([one for one in codes if scored[one] == least])
                self._tried[(self.chart.start, code)] += 1
                return code
        return self.draw.weighted({code: weights.get(code, 1.0) for code in codes})

    def _distance(self, node: str, answer: str) -> int:
        """Steps to something new by this answer, those longer that were tried in vain."""
        to = dict(self._ways[node]).get(answer)
        if to is None:
            return FAR
        new = self.ends >= self.all_ends and (node, answer) not in self.edges
        away = 0 if new else 1 + self._far.get(to, FAR)
        return away + self._tried[(node, answer)] if away < FAR else FAR

    def _measure(self) -> None:
        """How far every node is from something new: an end that nobody reached, else an answer nobody gave."""
        missing = self.all_ends - self.ends
        if missing:
            self._far = dict.fromkeys(missing, 0)
        else:
            self._far = {node: 0 for node, _ in self.all_edges - self.edges}
        grown = True
        while grown:
            grown = False
            for node, ways in self._ways.items():
                nearest = min((1 + self._far.get(to, FAR) for _, to in ways), default=FAR)
                if nearest < self._far.get(node, FAR):
                    self._far[node] = nearest
                    grown = True
