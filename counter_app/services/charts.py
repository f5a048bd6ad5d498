"""The shop's decision charts as the owner meets them: the one in force, a file to put in force, a walk to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_app import resources
from counter_app.domain import codes as code_tables
from counter_app.domain.chart import Chart, read_chart
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.facts import FACTS, FactKind, Facts
from counter_app.domain.system_reasons import system_reason
from counter_app.domain.walk import FactsWanted, walk
from counter_app.domain.walk_result import WalkResult
from counter_app.services import policy, rules
from counter_app.services.desk import Desk, Outcome
from counter_app.services.policy import Policy

MOST_BYTES = 2_000_000
"""A chart is some hundred kilobytes of text; what is larger is no chart."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A chart that its loader found sound, counted. `added`, `removed` and `changed` are node ids against the
    chart in force."""

    text: str
    chart: Chart
    nodes: int
    tests: int
    stops: int
    ends: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A walk that binds nobody: how far it came, and the facts that the next test misses."""

    result: WalkResult
    missing: tuple[str, ...]


def kinds() -> tuple[str, ...]:
    """Kinds of the charts the program knows, the counter's first."""
    names = sorted(file.stem for file in resources.path("charts").glob("*.toml"))
    return tuple(sorted((f"chart:{name}" for name in names), key=lambda kind: kind != rules.COUNTER_CHART))


def in_force(desk: Desk, kind: str) -> tuple[Policy, Chart]:
    """The version of a chart in force today and the chart it holds. Raises UserError `policy.unknown`."""
    version = policy.current(desk, kind)
    return version, rules.chart_of(desk, version)


def is_shipped(desk: Desk, kind: str) -> bool:
    """Whether the chart in force is the one the program ships."""
    return policy.current(desk, kind).text == shipped_text(kind)


def shipped_text(kind: str) -> str:
    """The chart as the program ships it."""
    return resources.read_text("charts", f"{kind.removeprefix('chart:')}.toml")


def check(desk: Desk, kind: str, text: str) -> Checked:
    """Read a chart with the shop's codes as `policy.publish` would, and compare it with the one in force.

    Raises UserError `policy.malformed`, `chart.…` with file, node and reason.
    """
    tables = [policy.current(desk, table).content for table in policy.CODE_TABLES]
    chart = read_chart(policy.parse(text), kind, code_tables.read_codes(*tables))
    _version, present = in_force(desk, kind)
    old, new = present.nodes, chart.nodes
    by_kind = [node.kind.value for node in new.values()]
    return Checked(
        text,
        chart,
        len(new),
        by_kind.count("test"),
        sum(by_kind.count(stop) for stop in ("ask", "offer", "wait")),
        by_kind.count("end"),
        tuple(name for name in new if name not in old),
        tuple(name for name in old if name not in new),
        tuple(name for name in new if name in old and new[name] != old[name]),
    )


def read_file(file: Path) -> str:
    """The text of a chart file. Raises SurroundingsError `chart.file.unreadable`, UserError `chart.file.not_text`."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UserError("chart.file.not_text", file=file.name)
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise SurroundingsError(
            "chart.file.unreadable", file=file.name, cause=system_reason(error)
        ) from error
    except UnicodeDecodeError as wrong:
        raise UserError("chart.file.not_text", file=file.name) from wrong


def publish(desk: Desk, kind: str, text: str, note: str) -> Outcome[Policy]:
    """Put a chart in force from today; cases that are open finish on theirs. A reason is compulsory.

    Raises UserError `chart.note`, and as `policy.publish`.
    """
    if not note.strip():
        raise UserError("chart.note")
    return policy.publish(desk, kind, text, note.strip())


def try_walk(
    desk: Desk, chart: Chart, answers: Mapping[str, Sequence[str]], facts: Mapping[str, str]
) -> Tried:
    """Walk a chart with typed facts as far as they reach; nothing is written.

    `facts` are typed texts, empty ones are left out. Raises UserError `walk.fact.…`, `walk.answer.…`.
    """
    known = rules.current_rules(desk)
    typed = {name: _typed(name, value.strip()) for name, value in facts.items() if value.strip()}
    held = Facts.read(typed, known.categories, any_amount=True)
    try:
        result = walk(chart, answers, held, {}, known.calendar, leftovers=True)
    except FactsWanted as wanted:
        return Tried(wanted.so_far, tuple(wanted.missing))
    return Tried(result, ())


def _typed(name: str, value: str) -> object:
    """What a fact of this kind looks like when it was typed."""
    kind = FACTS.get(name)
    if kind is FactKind.COUNT and value.isascii() and value.isdigit() and len(value) <= 9:
        return int(value)
    if kind is FactKind.FLAG:
        return {"1": True, "0": False, "yes": True, "no": False, "是": True, "否": False}.get(
            value.lower(), value
        )
    return value
