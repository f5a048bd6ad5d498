"""The named rules a chart refers to: what a test computes, when an answer is on offer, what is a right.

A rule looks at a `Situation` and says whether it holds, with the figures it looked at ("12.00 ≤ 15.00") and the
facts it used. Its parameters (which fact, how many days, which node was answered) stand in the chart. A rule
needs every fact it names, whatever the others say; `MissingFacts` names those that are not there. Left out may
be: `intact` (missing = true), `last_repair_on` (missing = no), one of two dates of which the other stands in,
and the facts of the other sales channel.

Windows end on a working day (`domain/dates.py`) and are open while today is not after their last day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from counter_app.domain.dates import Calendar, months_window_end, window_end
from counter_app.domain.errors import UserError
from counter_app.domain.facts import Facts
from counter_app.domain.money import format_yuan

YES = "yes"
NO = "no"


@dataclass(frozen=True, slots=True)
class Clause:
    """One reason. `subject` is a fact or an idea worded in `policy/codes.toml`; `text` are its figures, the same
    in every language; `flag` is set where the reason is a yes or no."""

    subject: str
    text: str
    flag: bool | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule said, why, and the names of the facts it looked at."""

    holds: bool
    clauses: tuple[Clause, ...] = ()
    used: tuple[str, ...] = ()


class MissingFacts(UserError):
    """A node needs facts that nobody has given. `shown` are their names with how they are shown, "received_on /
    purchased_on" for two that stand in for each other; `missing` holds the names, of two the first."""

    def __init__(self, node: str, shown: Mapping[str, str]) -> None:
        super().__init__("walk.fact.missing", node=node, facts=", ".join(shown.values()))
        self.node = node
        self.shown = dict(shown)
        self.missing = tuple(shown)


def all_missing(node: str, looks: Iterable[Callable[[], object]]) -> None:
    """Raise one MissingFacts that names everything missing anywhere among `looks`, nothing when nothing is."""
    shown: dict[str, str] = {}
    for look in looks:
        try:
            look()
        except MissingFacts as wanted:
            shown.update(wanted.shown)
    if shown:
        raise MissingFacts(node, shown)


class Situation(Protocol):
    """What a rule may look at."""

    @property
    def node(self) -> str:
        """The node that asks."""

    @property
    def facts(self) -> Facts:
        """The facts of the walk."""

    @property
    def calendar(self) -> Calendar:
        """The country's rest days."""

    @property
    def answered(self) -> Mapping[str, str]:
        """The latest answer of every node passed, tests included."""

    @property
    def entered_by_right(self) -> Mapping[str, bool]:
        """Whether the latest step into a node was a right of the customer."""

    def test(self, node: str) -> Verdict:
        """What the test at `node` said when the walk last passed it, else what it would say now."""


class Param(StrEnum):
    """What a parameter of a rule is; the loader checks it."""

    MONEY = "money"  # the name of a money fact
    COUNT = "count"  # the name of a count fact
    FLAG = "flag"  # the name of a flag fact
    NUMBER = "number"  # a whole number
    NODE = "node"  # a node of the chart
    TEST = "test"  # a test of the chart
    ANSWER = "answer"  # an answer of the node named beside it
    COUNTS = "counts"  # answer of the node named beside it → name of a count fact


Judge = Callable[[Situation, Mapping[str, Any]], Verdict]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule and the parameters a chart must give it."""

    name: str
    params: Mapping[str, Param]
    judge: Judge


RULES: dict[str, Rule] = {}
JudgeT = TypeVar("JudgeT", bound=Judge)


def _rule(**params: Param) -> Callable[[JudgeT], JudgeT]:
    def register(judge: JudgeT) -> JudgeT:
        name = judge.__name__
        RULES[name] = Rule(name, params, judge)
        return judge

    return register


# --- needing facts and showing figures --------------------------------------------------------------


def _need(here: Situation, *wanted: str | tuple[str, str]) -> list[Any]:
    """The values of the named facts; of a pair the first that is given. Raises MissingFacts with all absent."""
    values: list[Any] = []
    shown: dict[str, str] = {}
    for names in wanted:
        pair = (names,) if isinstance(names, str) else names
        value = next((held for name in pair if (held := getattr(here.facts, name)) is not None), None)
        if value is None:
            shown[pair[0]] = " / ".join(pair)
        values.append(value)
    if shown:
        raise MissingFacts(here.node, shown)
    return values


def _flat(*wanted: str | tuple[str, str]) -> tuple[str, ...]:
    return tuple(name for names in wanted for name in ((names,) if isinstance(names, str) else names))


def _money(subject: str, left_fen: int, sign: str, right_fen: int) -> Clause:
    return Clause(subject, f"{format_yuan(left_fen)} {sign} {format_yuan(right_fen)}")


def _flagged(name: str, value: bool) -> Clause:
    return Clause(name, f"{name} = {'true' if value else 'false'}", value)


def _open(subject: str, today: date, last: date) -> tuple[bool, Clause]:
    still = today <= last
    return still, Clause(subject, f"{today.isoformat()} {'≤' if still else '>'} {last.isoformat()}")


def _last_day(end: Callable[[], date]) -> date:
    """The last day of a window; one that ends beyond the end of the calendar never closes."""
    try:
        return end()
    except UserError as beyond:
        if beyond.code != "dates.out_of_range":
            raise
        return date.max


def _window(here: Situation, subject: str, today: date, start: date, days: int) -> tuple[bool, Clause]:
    return _open(subject, today, _last_day(lambda: window_end(start, days, here.calendar)))


def _guarantee(here: Situation, today: date, start: date, months: int, extra: int) -> tuple[bool, Clause]:
    last = _last_day(lambda: months_window_end(start, months, here.calendar, extra))
    return _open("guarantee_window", today, last)


# --- comparing facts --------------------------------------------------------------------------------


@_rule(amount=Param.MONEY, than=Param.MONEY)
def more_than(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """One amount is greater than another: a limit, a value, a freight."""
    names = (given["amount"], given["than"])
    left, right = _need(here, *names)
    holds = left > right
    return Verdict(holds, (_money(names[0], left, ">" if holds else "≤", right),), names)


@_rule(amount=Param.MONEY, than=Param.MONEY)
def at_least(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """One amount reaches another."""
    names = (given["amount"], given["than"])
    left, right = _need(here, *names)
    holds = left >= right
    return Verdict(holds, (_money(names[0], left, "≥" if holds else "<", right),), names)


@_rule(count=Param.COUNT, number=Param.NUMBER)
def at_least_count(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """A count reaches a number."""
    name, number = given["count"], given["number"]
    (count,) = _need(here, name)
    holds = count >= number
    return Verdict(holds, (Clause(name, f"{count} {'≥' if holds else '<'} {number}"),), (name,))


@_rule(amount=Param.MONEY, less=Param.MONEY, limit=Param.MONEY)
def difference_within(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """One amount less another stays within a limit."""
    names = (given["amount"], given["less"], given["limit"])
    amount, less, limit = _need(here, *names)
    holds = amount - less <= limit
    clause = _money("value_difference", amount - less, "≤" if holds else ">", limit)
    return Verdict(holds, (clause,), names)


@_rule(fact=Param.FLAG)
def is_so(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """A fact is true."""
    name = given["fact"]
    (value,) = _need(here, name)
    return Verdict(value, (_flagged(name, value),), (name,))


# --- rights and windows -----------------------------------------------------------------------------


@_rule(remote_days=Param.NUMBER)
def no_reason_right(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """A right to return or change without fault: remote sales by law (消法 25), store sales by the promise."""
    intact = here.facts.intact is not False
    if here.facts.channel is None:
        _need(here, "channel", "today")
    if here.facts.channel == "remote":
        names: tuple[str, ...] = ("today", "received_on", "excluded_with_confirmation")
        today, received, excluded = _need(here, *names)
        in_time, clause = _window(here, "return_window", today, received, given["remote_days"])
        clauses = (clause, _flagged("excluded_with_confirmation", excluded))
        holds = in_time and not excluded
    else:
        start_names = ("delivered_on", "purchased_on")
        names = ("today", "promise_days", *start_names)
        today, days, start = _need(here, "today", "promise_days", start_names)
        in_time, clause = _window(here, "promise_window", today, start, days)
        clauses = (Clause("promise_days", f"{days} {'>' if days else '≤'} 0"), clause)
        holds = days > 0 and in_time
    return Verdict(holds and intact, (*clauses, _flagged("intact", intact)), ("channel", *names, "intact"))


@_rule(days=Param.NUMBER)
def repaired_lately(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """A repair lies no more than so many days back; never repaired = no."""
    (today,) = _need(here, "today")
    repaired = here.facts.last_repair_on
    if repaired is None:
        return Verdict(False, (Clause("last_repair_on", "last_repair_on = none"),), ("today",))
    holds, clause = _window(here, "repaired_window", today, repaired, given["days"])
    return Verdict(holds, (clause,), ("today", "last_repair_on"))


_RECEIVED = ("received_on", "purchased_on")


@_rule(asked_at=Param.NODE, months=Param.COUNTS)
def guarantee_runs(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """The guarantee of the part answered at `asked_at` still runs: months from receipt, repair days on top."""
    asked = here.answered.get(given["asked_at"], "")
    months_fact = given["months"].get(asked)
    if months_fact is None:
        raise UserError("walk.rule.unanswered", node=here.node, asked=given["asked_at"])
    today, start, months, repair = _need(here, "today", _RECEIVED, months_fact, "repair_days")
    holds, clause = _guarantee(here, today, start, months, repair)
    return Verdict(holds, (clause,), _flat("today", _RECEIVED, months_fact, "repair_days"))


@_rule(repairs=Param.NUMBER, days_in_repair=Param.NUMBER)
def repairs_failed(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """So many repairs and still faulty, a part awaited past its limit, or too long in repair (三包规定)."""
    names = ("repairs_done", "waiting_part_days", "waiting_limit", "days_in_repair")
    done, waited, limit, in_repair = _need(here, *names)
    twice, late, long = done >= given["repairs"], waited > limit, in_repair > given["days_in_repair"]
    clauses = (
        Clause("repairs_done", f"{done} {'≥' if twice else '<'} {given['repairs']}"),
        Clause("waiting_part_days", f"{waited} {'>' if late else '≤'} {limit}"),
        Clause("days_in_repair", f"{in_repair} {'>' if long else '≤'} {given['days_in_repair']}"),
    )
    return Verdict(twice or late or long, clauses, names)


@_rule()
def price_fell_in_time(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """Cheaper now than paid, and the days of price protection are not over."""
    names = ("price_now", "paid", "today", "purchased_on", "protect_days")
    now, paid, today, purchased, days = _need(here, *names)
    fell = now < paid
    in_time, clause = _window(here, "protection_window", today, purchased, days)
    return Verdict(fell and in_time, (_money("price_now", now, "<" if fell else "≥", paid), clause), names)


# --- what may be offered ----------------------------------------------------------------------------


@_rule()
def allowance_is_cheaper(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """An allowance costs the shop less than an exchange would (折价成本低于换货成本). None named: not on offer."""
    if here.facts.allowance is None:
        return Verdict(False, (Clause("allowance", "allowance = none"),))
    names = (
        "allowance",
        "gift_cost",
        "outbound_freight",
        "return_freight",
        "handling",
        "replacement_cost",
        "recoverable_value",
    )
    allowance, gift, outbound, back, handling, replacement, recoverable = _need(here, *names)
    cost, exchange = allowance + gift, outbound + back + handling + replacement - recoverable
    holds = cost < exchange
    return Verdict(holds, (_money("allowance_cost", cost, "<" if holds else "≥", exchange),), names)


def _fault_right(
    here: Situation, subject: str, days: int, failed_repairs: str, otherwise_always: bool
) -> Verdict:
    """A right against faulty goods within so many days; under 三包 also once repairs have failed."""
    wanted = ("three_guarantees", "today", _RECEIVED)
    if here.facts.three_guarantees:
        all_missing(here.node, (lambda: _need(here, *wanted), lambda: here.test(failed_repairs)))
    guaranteed, today, start = _need(here, *wanted)
    in_time, clause = _window(here, subject, today, start, days)
    used = _flat(*wanted)
    if guaranteed:
        failed = here.test(failed_repairs)
        return Verdict(in_time or failed.holds, (clause, *failed.clauses), (*used, *failed.used))
    if otherwise_always:
        return Verdict(True, (_flagged("three_guarantees", False),), used)
    return Verdict(in_time, (clause,), used)


@_rule(days=Param.NUMBER, failed_repairs=Param.TEST)
def fault_return_right(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """Returning faulty goods is a right: in the first days, and for 三包 goods once repairs have failed."""
    return _fault_right(here, "return_window", given["days"], given["failed_repairs"], False)


@_rule(days=Param.NUMBER, failed_repairs=Param.TEST)
def fault_exchange_right(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """Exchanging faulty goods is a right: always, but for 三包 goods in their days or once repairs failed."""
    return _fault_right(here, "exchange_window", given["days"], given["failed_repairs"], True)


@_rule(days=Param.NUMBER, months=Param.COUNT)
def fault_repair_right(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """Having faulty goods repaired is a right: always, but for 三包 goods in their days or the guarantee."""
    wanted = ("three_guarantees", "today", _RECEIVED)
    used = _flat(*wanted)
    if not here.facts.three_guarantees:
        _need(here, *wanted)
        return Verdict(True, (_flagged("three_guarantees", False),), used)
    _, today, start, months, repair = _need(here, *wanted, given["months"], "repair_days")
    in_days, day_clause = _window(here, "exchange_window", today, start, given["days"])
    in_months, month_clause = _guarantee(here, today, start, months, repair)
    clauses = (day_clause, month_clause)
    return Verdict(in_days or in_months, clauses, (*used, given["months"], "repair_days"))


# --- what has happened on the way -------------------------------------------------------------------


@_rule(test=Param.TEST)
def said_yes(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """The walk passed that test and it said yes, computed or overruled."""
    holds = here.answered.get(given["test"]) == YES
    return Verdict(
        holds, (Clause("right" if holds else "no_right", f"{given['test']} = {YES if holds else NO}"),)
    )


@_rule(node=Param.NODE)
def entered_as_right(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """What led into that node was a right of the customer."""
    holds = here.entered_by_right.get(given["node"], False)
    return Verdict(holds, (Clause("right" if holds else "no_right", "right" if holds else "no right"),))


@_rule(node=Param.NODE, answer=Param.ANSWER)
def was_answered(here: Situation, given: Mapping[str, Any]) -> Verdict:
    """The latest answer of that node was this one."""
    holds = here.answered.get(given["node"]) == given["answer"]
    return Verdict(holds, (Clause("answered", f"{given['node']} = {here.answered.get(given['node'], '–')}"),))
