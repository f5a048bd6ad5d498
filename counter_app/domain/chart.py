"""The decision chart: nodes, answers and what belongs to them, loaded from text and checked whole.

A chart is data (`resources/charts/*.toml`, or a shop's own version out of its database); the program knows kinds
of node and named rules, no node. Everything special about a place in the chart stands in the chart: which answer
is a right, which rejection takes what off the table, where a withdrawal leads, which part a guarantee is asked
for. The head of `counter.toml` explains the fields.

`load_chart` refuses a malformed chart with file, node and reason (`UserError` `chart.…`, parameters `file`,
`node` and what the reason needs; a place outside the nodes is named "–"). Reading is here, the checks that look
at the chart as a whole are in `chart_check.py`.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from counter_app.domain import chart_check
from counter_app.domain.chart_table import Table, TopTable
from counter_app.domain.codes import Codes
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words

FORMAT = 1


class Kind(StrEnum):
    """What the walk does at a node."""

    ASK = "ask"
    TEST = "test"
    DO = "do"
    OFFER = "offer"
    WAIT = "wait"
    END = "end"


STOPS = frozenset((Kind.ASK, Kind.OFFER, Kind.WAIT))
"""Kinds at which somebody answers, and a walk without answers left stands still."""


@dataclass(frozen=True, slots=True)
class Call:
    """A named rule of `predicates.py` with the parameters that the chart gives it."""

    rule: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence to collect; compulsory evidence can only be waived with a reason."""

    kind: str
    compulsory: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a department is told."""

    to: str
    words: Words


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something the shop promises, in calendar days; day 1 is the next day, and it never moves."""

    what: str
    days: int
    words: Words


@dataclass(frozen=True, slots=True)
class Removal:
    """Answers that are off the table at a node for the rest of the walk."""

    node: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One way on. `right`: always the customer's right; `right_when`: when the rule holds. On offer when `when`
    holds and `unless` does not. `confirm`: who must confirm it. `undoes`: takes back what the last settling step
    posted. `accepts`: the goods are accepted, in this condition unless the clerk noted another. `reasons`: the
    reason code this answer suggests, the last one for remote sales. `wants`: what is agreed with it and entered next
    (`deduction`). The rest is met when the answer is given."""

    id: str
    to: str
    words: Words
    remedy: str = ""
    right: bool = False
    right_when: Call | None = None
    when: Call | None = None
    unless: Call | None = None
    removes: Removal | None = None
    confirm: str = ""
    evidence: tuple[Evidence, ...] = ()
    dispositions: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    undoes: bool = False
    accepts: str = ""
    wants: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the chart. `to` is set for `do`, `rule` for `test`, `outcome` for `end`; `callback` is false
    where an end is followed by no call-back. `waits_for`: what a `wait` waits for; `settles`: what is carried out
    at an end, or at a `do` before the walk goes on. `right`: a `do` whose way on is the customer's right."""

    id: str
    kind: Kind
    section: str
    words: Words
    hint: Words
    role: str
    answers: tuple[Answer, ...] = ()
    to: str = ""
    right: bool = False
    rule: Call | None = None
    scripts: tuple[str, ...] = ()
    spoken_with: Mapping[str, str] | None = None
    remedies: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    dispositions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inspection: bool = False
    inputs: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    opens: tuple[str, ...] = ()
    task_chart: str = ""
    papers: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    freight: str = ""
    outcome: str = ""
    callback: bool = True
    waits_for: str = ""

    def answer(self, answer_id: str) -> Answer | None:
        """The listed answer of that id, None when the node has no such answer."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)

    def targets(self) -> tuple[str, ...]:
        """Where the walk may go from here, withdrawal apart."""
        return (self.to,) if self.to else tuple(answer.to for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the chart, in the order in which it is drawn."""

    id: str
    words: Words
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A checked chart. `hash` is the sha256 of its content in canonical form: comments and layout do not count.
    `withdraw` is the answer accepted at every stop, None in a chart that nobody can withdraw from;
    `second_handling` the answers that lead to where a case is taken up again when no offer was made."""

    name: str
    source: str
    hash: str
    start: str
    sections: tuple[Section, ...]
    nodes: Mapping[str, Node]
    withdraw: Answer | None = None
    second_handling: tuple[tuple[str, str], ...] = ()

    def __hash__(self) -> int:
        return hash(self.hash)


def load_chart(text: str, source: str, codes: Codes) -> Chart:
    """The chart in `text` (TOML, or the same content as a JSON object). `source` names the file in errors."""
    try:
        content = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise UserError("chart.malformed", file=source, node="–", reason=str(wrong)) from wrong
    except RecursionError as deep:
        raise UserError("chart.malformed", file=source, node="–", reason="nesting") from deep
    return read_chart(content, source, codes)


def read_chart(content: Mapping[str, Any], source: str, codes: Codes) -> Chart:
    """The chart of content that is parsed already. Raises UserError `chart.…` for whatever is wrong with it."""
    top = TopTable(content, source)
    if top.whole("format") != FORMAT:
        raise top.wrong("chart.format", format=content.get("format"), known=FORMAT)
    name, start = top.text("name"), top.text("start")
    labels = top.words_by_name("labels")
    withdraw = _withdraw(top, labels)
    sections: list[Section] = []
    nodes: dict[str, Node] = {}
    for table in top.tables("section"):
        section_id = table.text("id")
        members = []
        for node_table in table.tables("node"):
            named = node_table.named(node_table.text("id"))
            node = _node(named, section_id, labels)
            if node.id in nodes:
                raise named.wrong("chart.node.duplicate")
            nodes[node.id] = node
            members.append(node.id)
        sections.append(Section(section_id, table.words(), tuple(members)))
        table.close()
    again = []
    for table in top.tables("second_handling"):
        again.append((table.text("node"), table.text("answer")))
        table.close()
    top.close()
    chart = Chart(name, source, _content_hash(content), start, tuple(sections), nodes, withdraw, tuple(again))
    chart_check.check(chart, codes)
    return chart


def _content_hash(content: Mapping[str, Any]) -> str:
    # A TOML date may stand where none belongs; the check that follows says so.
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _withdraw(top: TopTable, labels: Mapping[str, Words]) -> Answer | None:
    table = top.table("withdraw")
    if table is None:
        return None
    answer_id, to = table.text("answer"), table.text("to")
    if answer_id not in labels:
        raise table.wrong("chart.node.translation", field=answer_id)
    table.close()
    return Answer(answer_id, to, labels[answer_id])


def _node(table: Table, section: str, labels: Mapping[str, Words]) -> Node:
    node_id, kind = table.text("id"), _kind(table)
    answers: tuple[Answer, ...] = ()
    to, rule, right, outcome, callback = "", None, False, "", True
    if kind is Kind.DO:
        to, right = table.text("to"), table.flag("right")
    elif kind is Kind.END:
        outcome, callback = table.text("outcome"), table.flag("callback", True)
    else:
        answers = tuple(_answer(one, kind, labels) for one in table.tables("answers"))
        if kind is Kind.TEST:
            rule = _call(table, "rule")
            if rule is None:
                raise table.wrong("chart.field.missing", field="rule")
    node = Node(
        id=node_id,
        kind=kind,
        section=section,
        words=table.words(),
        hint=table.optional_words("hint"),
        role=table.text("role", "clerk"),
        answers=answers,
        to=to,
        right=right,
        rule=rule,
        scripts=table.texts("scripts"),
        spoken_with=table.text_by_name("spoken_with"),
        remedies=table.texts("remedies"),
        suggests=table.texts("suggests"),
        dispositions=table.texts("dispositions"),
        evidence=_evidence(table),
        inspection=table.flag("inspection"),
        inputs=table.texts("inputs"),
        notices=tuple(_notice(one) for one in table.tables("notices")),
        deadlines=tuple(_deadline(one) for one in table.tables("deadlines")),
        opens=table.texts("opens"),
        task_chart=table.text("task_chart", ""),
        papers=table.texts("papers"),
        settles=table.texts("settles"),
        freight=table.text("freight", ""),
        outcome=outcome,
        callback=callback,
        waits_for=table.text("waits_for", ""),
    )
    table.close()
    return node


def _kind(table: Table) -> Kind:
    kind = table.text("kind")
    if kind not in tuple(Kind):
        raise table.wrong("chart.node.kind", kind=kind, known=", ".join(Kind))
    return Kind(kind)


def _answer(table: Table, kind: Kind, labels: Mapping[str, Words]) -> Answer:
    answer_id = table.text("id")
    words = table.words(labels.get(answer_id))
    asked = kind in (Kind.ASK, Kind.OFFER, Kind.WAIT)
    answer = Answer(
        id=answer_id,
        to=table.text("to"),
        words=words,
        remedy=table.text("remedy", ""),
        right=table.flag("right"),
        right_when=_call(table, "right_when") if asked else None,
        when=_call(table, "when") if asked else None,
        unless=_call(table, "unless") if asked else None,
        removes=_removal(table) if asked else None,
        confirm=table.text("confirm", "") if asked else "",
        evidence=_evidence(table),
        dispositions=table.texts("dispositions"),
        suggests=table.texts("suggests"),
        opens=table.texts("opens"),
        undoes=table.flag("undoes"),
        accepts=table.text("accepts", ""),
        wants=table.text("wants", ""),
        reasons=table.texts("reasons"),
    )
    table.close()
    return answer


def _call(table: Table, field: str) -> Call | None:
    given = table.table(field)
    if given is None:
        return None
    name = given.text("name")
    return Call(name, given.rest())


def _removal(table: Table) -> Removal | None:
    given = table.table("removes")
    if given is None:
        return None
    removal = Removal(given.text("node"), given.texts("answers"))
    given.close()
    return removal


def _evidence(table: Table) -> tuple[Evidence, ...]:
    found = []
    for one in table.tables("evidence"):
        found.append(Evidence(one.text("kind"), one.flag("compulsory")))
        one.close()
    return tuple(found)


def _notice(table: Table) -> Notice:
    notice = Notice(table.text("to"), table.words())
    table.close()
    return notice


def _deadline(table: Table) -> Deadline:
    deadline = Deadline(table.text("what"), table.whole("days"), table.words())
    table.close()
    return deadline
