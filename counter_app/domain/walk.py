"""Walking a chart: answers and facts in, path and everything met on it out. Pure and quick.

How the walk reads its input, where the chart leaves it open:

- Answers are used in order, one per visit of their node; when they run out the walk stands at the node that
  would ask. Left-over answers and overrides are errors, unless the caller says they are to be ignored.
- A test is evaluated at every visit, with the latest answers. An override answers every visit of its test and
  needs no facts. `stored_tests` are what an earlier walk computed (`WalkResult.kept`): they are replayed in order
  as long as they fit the path, so a window that was open when the customer came stays open, a promise keeps its
  day and an offer once made stays as it was made; from the first one that does not fit everything is computed anew.
- Remedies and scripts are listed once, in the order met. Notices and deadlines are listed per visit, but never the
  same one twice. Offers are listed per visit of an offer node, rights first, otherwise in the chart's order, which
  is the cheapest first.
- A remedy is met by entering its node or giving its answer, even when an approver rejects it afterwards.
- What a rejection took off the table stays off for the rest of the walk, even should it become a right later.
- A deadline is a promise, not a rule: without the fact `today` it has no date, and the walk goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from counter_app.domain.chart import Answer, Call, Chart, Evidence, Kind, Node
from counter_app.domain.dates import Calendar, deadline
from counter_app.domain.errors import UserError
from counter_app.domain.facts import Facts
from counter_app.domain.predicates import NO, RULES, YES, Clause, MissingFacts, Verdict, all_missing
from counter_app.domain.walk_input import answer_of, check_input, check_leftovers, no_such_answer
from counter_app.domain.walk_result import (
    Due,
    EvidenceWanted,
    Given,
    Kept,
    NoticeSent,
    Offered,
    Override,
    TestResult,
    WalkResult,
)


class FactsWanted(MissingFacts):
    """The walk stands at a node that needs facts. `so_far` is the walk up to that node, the node included."""

    def __init__(self, wanted: MissingFacts, so_far: WalkResult) -> None:
        super().__init__(wanted.node, wanted.shown)
        self.so_far = so_far


def walk(
    chart: Chart,
    answers: Mapping[str, Sequence[str]],
    facts: Facts,
    overrides: Mapping[str, Override],
    calendar: Calendar,
    stored_tests: Sequence[Kept] | None = None,
    *,
    leftovers: bool = False,
) -> WalkResult:
    """Walk `chart` from its start as far as the answers reach.

    Raises UserError `walk.answer.…` and `walk.override.…` (naming node and options), `FactsWanted` when a node
    needs a fact that is not there. `leftovers=True` ignores answers and overrides that the walk never came to use.
    """
    run = _Run(chart, answers, facts, overrides, calendar, stored_tests or ())
    check_input(chart, answers, overrides)
    try:
        run.go()
    except MissingFacts as wanted:
        raise FactsWanted(wanted, run.result("asking")) from wanted
    if not leftovers:
        check_leftovers(chart, answers, overrides, run.used, run.latest)
    return run.result(run.state)


class _Run:
    """One walk under way. It is the `Situation` that rules look at."""

    def __init__(
        self,
        chart: Chart,
        answers: Mapping[str, Sequence[str]],
        facts: Facts,
        overrides: Mapping[str, Override],
        calendar: Calendar,
        stored: Sequence[Kept],
    ) -> None:
        self.chart, self.facts, self.calendar = chart, facts, calendar
        self.given_answers, self.overrides = answers, overrides
        self.stored: Sequence[Kept] = stored
        self.node = chart.start
        self.state = "asking"
        self.answered: dict[str, str] = {}
        self.entered_by_right: dict[str, bool] = {}
        self.latest: dict[str, TestResult] = {}
        self.used: dict[str, int] = {}
        self.removed: dict[str, set[str]] = {}
        self.path: list[str] = []
        self.tests: list[TestResult] = []
        self.offers: list[Offered] = []
        self.options: tuple[Offered, ...] = ()
        self.kept: list[Kept] = []
        self.given: list[Given] = []
        self.remedies: dict[str, None] = {}
        self.scripts: dict[str, None] = {}
        self.suggests: dict[str, None] = {}
        self.dispositions: dict[str, None] = {}
        self.notices: dict[tuple[str, str], NoticeSent] = {}
        self.deadlines: dict[tuple[str, str], Due] = {}
        self.evidence: dict[tuple[str, str], EvidenceWanted] = {}
        self.papers: dict[str, None] = {}
        self.opens: dict[str, None] = {}
        self.settles: dict[str, None] = {}
        self.freight = ""

    # --- going ---------------------------------------------------------------------------------------

    def go(self) -> None:
        """From node to node until the end, or until nobody answers. Every loop of a checked chart passes an
        answer, and answers are finite, so this ends."""
        node = self.chart.nodes[self.chart.start]
        while True:
            self._enter(node)
            if node.kind is Kind.END:
                self.state = "ended"
                return
            if node.kind is Kind.DO:
                node = self._next(node.to, node.right)
            elif node.kind is Kind.TEST:
                node = self._follow(node, self._tested(node))
            else:
                self.options = self._evaluated(node)
                answer_id = self._next_answer(node)
                if answer_id is None:
                    self.state = "waiting" if node.kind is Kind.WAIT else "asking"
                    return
                node = self._chosen(node, answer_id)

    def _enter(self, node: Node) -> None:
        self.node = node.id
        self.path.append(node.id)
        self.options = ()
        _note(self.remedies, node.remedies)
        _note(self.scripts, node.scripts)
        _note(self.suggests, node.suggests)
        _note(self.dispositions, node.dispositions)
        _note(self.papers, node.papers)
        _note(self.opens, node.opens)
        _note(self.settles, node.settles)
        self._wanted(node.id, node.evidence)
        for notice in node.notices:
            self.notices.setdefault((node.id, notice.to), NoticeSent(notice.to, node.id, notice.words))
        if node.deadlines:
            self._promise(node)
        self.freight = node.freight or self.freight

    def _wanted(self, node_id: str, evidence: Sequence[Evidence]) -> None:
        for item in evidence:
            self.evidence.setdefault(
                (node_id, item.kind), EvidenceWanted(node_id, item.kind, item.compulsory)
            )

    def _promise(self, node: Node) -> None:
        kept = self._replayed(node.id)
        if kept is not None and len(kept.due) == len(node.deadlines):
            promised = kept.due
        else:
            promised = tuple(Due(one.what, self._due(one.days), node.id, one.words) for one in node.deadlines)
        self.kept.append(Kept(node.id, due=promised))
        for due, one in zip(promised, node.deadlines, strict=True):
            day = "" if due.due is None else due.due.isoformat()
            self.deadlines.setdefault((due.what, day), replace(due, words=one.words))

    def _due(self, days: int) -> date | None:
        if self.facts.today is None:
            return None
        try:
            return deadline(self.facts.today, days)
        except UserError:  # beyond the end of the calendar
            return None

    def _next(self, target: str, by_right: bool) -> Node:
        self.entered_by_right[target] = by_right
        return self.chart.nodes[target]

    def _follow(self, node: Node, answer_id: str) -> Node:
        answer = node.answer(answer_id)
        if answer is None:  # the loader gave every test a yes and a no
            raise UserError("walk.answer.unknown", node=node.id, answer=answer_id, options="")
        return self._take(node, answer, answer.right)

    def _take(self, node: Node, answer: Answer, by_right: bool) -> Node:
        self.answered[node.id] = answer.id
        if answer.remedy:
            _note(self.remedies, (answer.remedy,))
        _note(self.suggests, answer.suggests)
        _note(self.dispositions, answer.dispositions)
        _note(self.opens, answer.opens)
        self._wanted(node.id, answer.evidence)
        if answer.removes is not None:
            self.removed.setdefault(answer.removes.node, set()).update(answer.removes.answers)
        return self._next(answer.to, by_right)

    def _next_answer(self, node: Node) -> str | None:
        given = self.given_answers.get(node.id, ())
        used = self.used.get(node.id, 0)
        if used >= len(given):
            return None
        self.used[node.id] = used + 1
        return given[used]

    def _chosen(self, node: Node, answer_id: str) -> Node:
        answer = answer_of(self.chart, node, answer_id)
        option = next((one for one in self.options if one.answer == answer_id), None)
        if answer is None or option is None:
            no_such_answer(self.chart, node, answer_id)
        if not option.offered:
            raise UserError(
                "walk.answer.not_offered",
                node=node.id,
                answer=answer_id,
                because=option.because,
                options=", ".join(one.answer for one in self.options if one.offered),
            )
        self.given.append(Given(node.id, answer_id, len(self.kept)))
        return self._take(node, answer, option.right)

    # --- tests ---------------------------------------------------------------------------------------

    def _tested(self, node: Node) -> str:
        override = self.overrides.get(node.id)
        kept = self._replayed(node.id)
        stored = None if kept is None else kept.test
        if stored is not None and _serves(stored, override):
            result = stored
        else:
            self.stored = ()
            result = self._overruled(node, override) if override is not None else self._computed(node)
        self.latest[node.id] = result
        self.tests.append(result)
        self.kept.append(Kept(node.id, test=result))
        return result.answer

    def _overruled(self, node: Node, override: Override) -> TestResult:
        because = (Clause("overruled", override.reason),)
        return TestResult(node.id, override.answer, because, True, {}, override.by, override.reason)

    def _computed(self, node: Node) -> TestResult:
        verdict = self._judge(node.rule)
        facts = self.facts.written(verdict.used)
        return TestResult(node.id, YES if verdict.holds else NO, verdict.clauses, False, facts)

    def _judge(self, call: Call | None) -> Verdict:
        if call is None:
            return Verdict(True)
        return RULES[call.rule].judge(self, call.params)

    def test(self, node: str) -> Verdict:
        """What that test said when the walk last passed it, else what it would say now (`Situation`)."""
        passed = self.latest.get(node)
        if passed is None:
            return self._judge(self.chart.nodes[node].rule)
        if passed.overridden:
            return Verdict(passed.answer == YES, (Clause("test_result", f"{node} = {passed.answer}"),))
        return Verdict(passed.answer == YES, passed.clauses, tuple(passed.facts))

    # --- what is on offer ----------------------------------------------------------------------------

    def _evaluated(self, node: Node) -> tuple[Offered, ...]:
        if node.kind is not Kind.OFFER:
            listed = self._options(node)
        else:
            kept = self._replayed(node.id)
            if kept is not None and {one.answer for one in kept.offers} == {a.id for a in node.answers}:
                listed = list(kept.offers)
            else:
                self.stored = ()
                listed = self._options(node)
                listed.sort(key=lambda one: not (one.right and one.offered))
            self.offers += listed
            self.kept.append(Kept(node.id, offers=tuple(listed)))
        leaves = self.chart.withdraw
        if leaves is not None and node.answer(leaves.id) is None:
            always = (Clause("always", "always"),)
            listed = [*listed, Offered(node.id, leaves.id, "", True, False, always, withdraws=True)]
        return tuple(listed)

    def _options(self, node: Node) -> list[Offered]:
        calls = (call for one in node.answers for call in (one.right_when, one.when, one.unless))
        try:
            return [self._option(node, answer) for answer in node.answers]
        except MissingFacts:
            all_missing(node.id, [partial(self._judge, call) for call in calls])
            raise

    def _option(self, node: Node, answer: Answer) -> Offered:
        clauses: list[Clause] = []
        right, offered = answer.right, True
        if answer.right:
            clauses.append(Clause("right", "right"))
        if answer.right_when is not None:
            verdict = self._judge(answer.right_when)
            right = verdict.holds
            clauses += verdict.clauses
        if answer.when is not None:
            verdict = self._judge(answer.when)
            offered = verdict.holds
            clauses += verdict.clauses
        if answer.unless is not None:
            verdict = self._judge(answer.unless)
            offered = offered and not verdict.holds
            clauses += verdict.clauses
        if answer.id in self.removed.get(node.id, ()):
            offered = False
            clauses.append(Clause("rejected", "rejected"))
        return Offered(
            node.id, answer.id, answer.remedy, offered, right, tuple(clauses) or (Clause("always", "always"),)
        )

    # --- replaying what was stored -------------------------------------------------------------------

    def _replayed(self, node_id: str) -> Kept | None:
        """The stored computation of this visit, as long as everything stored fits the path so far."""
        at = len(self.kept)
        if at < len(self.stored) and self.stored[at].node == node_id:
            return self.stored[at]
        self.stored = ()
        return None

    # --- result --------------------------------------------------------------------------------------

    def result(self, state: str) -> WalkResult:
        """Everything met so far."""
        node = self.chart.nodes[self.node]
        offered = {one.answer for one in self.options if one.offered}
        spoken = node.spoken_with or {}
        return WalkResult(
            chart_hash=self.chart.hash,
            path=tuple(self.path),
            state=state,
            at=self.node,
            remedies=tuple(self.remedies),
            tests=tuple(self.tests),
            offers=tuple(self.offers),
            notices=tuple(self.notices.values()),
            deadlines=tuple(self.deadlines.values()),
            scripts=tuple(self.scripts),
            options=self.options,
            say=tuple(code for code in node.scripts if spoken.get(code, "") in ("", *offered)),
            suggests=tuple(self.suggests),
            dispositions=tuple(self.dispositions),
            evidence=tuple(self.evidence.values()),
            papers=tuple(self.papers),
            opens=tuple(self.opens),
            settles=tuple(self.settles),
            freight=self.freight,
            outcome=node.outcome,
            callback=node.callback and state == "ended",
            given=tuple(self.given),
            kept=tuple(self.kept),
        )


def _note(found: dict[str, None], codes: Sequence[str]) -> None:
    for code in codes:
        found.setdefault(code)


def _serves(stored: TestResult, override: Override | None) -> bool:
    """Whether a stored result still stands: computed and not overruled since, or overruled just so."""
    if override is None:
        return not stored.overridden
    told = (override.answer, override.by, override.reason)
    return stored.overridden and (stored.answer, stored.by, stored.reason) == told
