"""What a walk gives: the path and everything met on it, in the form that cases store and screens show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.domain.predicates import Clause
from counter_app.domain.spoken import Words


@dataclass(frozen=True, slots=True)
class Override:
    """A supervisor overrules a test: the answer, who, and why."""

    answer: str
    by: str
    reason: str


def _because(clauses: Sequence[Clause]) -> str:
    return "; ".join(clause.text for clause in clauses)


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test on the path. `facts` are those it used, in written form; `by` and `reason` when overruled."""

    __test__ = False  # a test of the shop, none of pytest's

    node: str
    answer: str
    clauses: tuple[Clause, ...]
    overridden: bool
    facts: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    reason: str = ""

    @property
    def because(self) -> str:
        """The figures, the same in every language: "12.00 ≤ 15.00"; the reason when overruled."""
        return _because(self.clauses)


@dataclass(frozen=True, slots=True)
class Offered:
    """One answer of a stop, whether it is on offer, whether it is a right, and why. `remedy` may be "".
    `withdraws`: the withdrawal that every stop accepts."""

    node: str
    answer: str
    remedy: str
    offered: bool
    right: bool
    clauses: tuple[Clause, ...]
    withdraws: bool = False

    @property
    def because(self) -> str:
        """The figures and reasons, the same in every language."""
        return _because(self.clauses)


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """What a department is told, and where on the path."""

    to: str
    node: str
    words: Words


@dataclass(frozen=True, slots=True)
class Due:
    """A promise and its day; None when the walk had no today to count from."""

    what: str
    due: date | None
    node: str
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class EvidenceWanted:
    """Evidence that a node of the path asks for."""

    node: str
    kind: str
    compulsory: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What one visit computed and a case stores: a test, the offers made, or the days promised.

    A walk resumed another day is given the `kept` of the earlier one as `stored_tests` and replays it.
    """

    node: str
    test: TestResult | None = None
    offers: tuple[Offered, ...] = ()
    due: tuple[Due, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, lossless but for the wording, which is the chart's: see `read`."""
        told: dict[str, Any] = {"node": self.node}
        if self.test is not None:
            told["test"] = {
                "answer": self.test.answer,
                "because": _clauses_json(self.test.clauses),
                "overridden": self.test.overridden,
                "facts": dict(self.test.facts),
                "by": self.test.by,
                "reason": self.test.reason,
            }
        if self.offers:
            told["offers"] = [
                {
                    "answer": one.answer,
                    "remedy": one.remedy,
                    "offered": one.offered,
                    "right": one.right,
                    "because": _clauses_json(one.clauses),
                }
                for one in self.offers
            ]
        if self.due:
            told["due"] = [
                {"what": one.what, "due": None if one.due is None else one.due.isoformat()}
                for one in self.due
            ]
        return told

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Kept:
        """What `as_json` wrote."""
        node, test = told["node"], told.get("test")
        return cls(
            node,
            test
            and TestResult(
                node,
                test["answer"],
                _clauses(test["because"]),
                test["overridden"],
                test["facts"],
                test["by"],
                test["reason"],
            ),
            tuple(
                Offered(
                    node, one["answer"], one["remedy"], one["offered"], one["right"], _clauses(one["because"])
                )
                for one in told.get("offers", ())
            ),
            tuple(
                Due(one["what"], None if one["due"] is None else date.fromisoformat(one["due"]), node)
                for one in told.get("due", ())
            ),
        )


def _clauses_json(clauses: Sequence[Clause]) -> list[list[Any]]:
    return [[one.subject, one.text, one.flag] for one in clauses]


def _clauses(told: Sequence[Sequence[Any]]) -> tuple[Clause, ...]:
    return tuple(Clause(subject, text, flag) for subject, text, flag in told)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer given, in order. `kept_before`: how much the walk had computed when it was given."""

    node: str
    answer: str
    kept_before: int


@dataclass(frozen=True, slots=True)
class WalkResult:
    """A walk as far as its answers reach. `state`: asking, waiting, ended. `options` are the answers of `at`, rights
    first at an offer; `say` the scripts of `at`. `suggests`, `dispositions`, `papers`, `opens` and `settles` are
    codes met on the way; `outcome` and `callback` are those of the end."""

    chart_hash: str
    path: tuple[str, ...]
    state: str
    at: str
    remedies: tuple[str, ...]
    tests: tuple[TestResult, ...]
    offers: tuple[Offered, ...]
    notices: tuple[NoticeSent, ...]
    deadlines: tuple[Due, ...]
    scripts: tuple[str, ...]
    options: tuple[Offered, ...]
    say: tuple[str, ...]
    suggests: tuple[str, ...]
    dispositions: tuple[str, ...]
    evidence: tuple[EvidenceWanted, ...]
    papers: tuple[str, ...]
    opens: tuple[str, ...]
    settles: tuple[str, ...]
    freight: str
    outcome: str
    callback: bool
    given: tuple[Given, ...]
    kept: tuple[Kept, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that `main.py walk` prints."""
        return {
            "path": list(self.path),
            "state": self.state,
            "at": self.at,
            "remedies": list(self.remedies),
            "tests": [
                {
                    "node": one.node,
                    "answer": one.answer,
                    "because": one.because,
                    "overridden": one.overridden,
                }
                for one in self.tests
            ],
            "offers": [
                {
                    "node": one.node,
                    "answer": one.answer,
                    "remedy": one.remedy or None,
                    "offered": one.offered,
                    "right": one.right,
                    "because": one.because,
                }
                for one in self.offers
            ],
            "notices": [
                {"to": one.to, "node": one.node, "zh": one.words.zh, "en": one.words.en}
                for one in self.notices
            ],
            "deadlines": [
                {"what": one.what, "due": None if one.due is None else one.due.isoformat()}
                for one in self.deadlines
            ],
            "scripts": list(self.scripts),
        }


@dataclass(frozen=True, slots=True)
class Course:
    """What a case stores of a walk, ready to be walked again: answers per node, overrides, computations."""

    answers: Mapping[str, tuple[str, ...]]
    overrides: Mapping[str, Override]
    kept: tuple[Kept, ...]


def course(result: WalkResult, answers_kept: int | None = None) -> Course:
    """The course of a walk up to its n-th answer (all of them when None), to store, resume or step back.

    Stepping back discards the answers after that point with every test, offer and promise computed after it;
    overrides of tests that are no longer passed go with them.
    """
    count = len(result.given) if answers_kept is None else answers_kept
    given = result.given[:count]
    kept = result.kept if count >= len(result.given) else result.kept[: result.given[count].kept_before]
    answers: dict[str, tuple[str, ...]] = {}
    for one in given:
        answers[one.node] = (*answers.get(one.node, ()), one.answer)
    overrides = {
        one.test.node: Override(one.test.answer, one.test.by, one.test.reason)
        for one in kept
        if one.test is not None and one.test.overridden
    }
    return Course(answers, overrides, kept)
