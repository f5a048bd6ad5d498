"""What the counter screen shows of a visit, built from where its walks stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.db import stamp
from counter_app.db.models import EvidenceWaiver
from counter_app.db.reading_sql import rows_of
from counter_app.domain.case_views import CaseView
from counter_app.domain.chart import Kind
from counter_app.domain.proposal_views import CounterView, Proposal
from counter_app.domain.remedy import CostFigures, cost_of
from counter_app.domain.spoken import Words
from counter_app.domain.task_views import DueView, NoticeView
from counter_app.domain.walk_result import Offered
from counter_app.domain.walk_views import (
    Crumb,
    FactWanted,
    NodeView,
    Option,
    TestView,
    WalkView,
)
from counter_app.services import deductions, evidence, facts, proposal, read_aloud, rules
from counter_app.services.answering import CLERK_ROLES, role_of
from counter_app.services.case_words import because
from counter_app.services.desk import Desk
from counter_app.services.standing import Standing


def counter_view(desk: Desk, case_id: int) -> CounterView:
    """Everything of one visit, made again only when somebody wrote to the database since. The proposal is the same
    sum that posting will do. Raises UserError `case.unknown`."""

    def make() -> CounterView:
        here = proposal.present(desk, case_id)
        shown = here.shown()
        waivers = rows_of(EvidenceWaiver, case=case_id)
        offered = here.proposal()
        return CounterView(
            shown,
            tuple(_walk(desk, item, shown, waivers, offered) for item in here.stands),
            offered,
        )

    return stamp.kept(desk.db, proposal.key_of(desk, case_id, "view"), make)


def _walk(desk: Desk, item: Standing, case: CaseView, waivers: list[Any], offered: Proposal) -> WalkView:
    result = item.result
    tables = rules.code_tables(desk)
    asked = next(
        (
            one
            for one in case.approvals
            if one.walk_id == item.row.id and one.node == result.at and one.decision == ""
        ),
        None,
    )
    return WalkView(
        id=item.row.id,
        seq=item.row.seq,
        line_ids=tuple(line.id for line in item.lines),
        state=result.state,
        path=result.path,
        crumbs=_crumbs(item),
        node=_node(item, tables),
        tests=tuple(_test(item, one, tables) for one in result.tests),
        scripts=read_aloud.scripts_of(desk, item, case, offered),
        evidence=evidence.evidence_of(item, case, waivers, tables),
        facts=facts.fact_views(item.sheet),
        facts_wanted=_wanted(item),
        notices=tuple(NoticeView(one.to, one.words, one.node) for one in result.notices),
        deadlines=tuple(
            DueView(one.words, one.due, one.node) for one in result.deadlines if one.due is not None
        ),
        remedies=result.remedies,
        choices=dict(item.choices),
        approval=asked,
        settled=result.state == "ended" and not item.pending,
        deductions=deductions.deductions_of(item),
    )


def _wanted(item: Standing) -> tuple[FactWanted, ...]:
    """Facts the node cannot do without, and those the clerk may state there."""
    names = dict.fromkeys((*item.wanted, *(item.node.inputs if item.result.state == "asking" else ())))
    return tuple(
        replace(facts.wanted_view(name, item.sheet, item.rules.categories), needed=name in item.wanted)
        for name in names
    )


def _crumbs(item: Standing) -> tuple[Crumb, ...]:
    from counter_app.services.answering import result_index

    last_settled = max((one.index for one in item.settled), default=-1)
    found = []
    for count, given in enumerate(item.result.given):
        node = item.chart.nodes[given.node]
        answer = node.answer(given.answer)
        title = answer.words if answer else (item.chart.withdraw.words if item.chart.withdraw else Words())
        found.append(
            Crumb(given.node, node.words, given.answer, title, result_index(item, count) > last_settled)
        )
    return tuple(found)


def _node(item: Standing, tables: Mapping[str, Any]) -> NodeView | None:
    result, node = item.result, item.node
    if result.state == "ended":
        return NodeView(node.id, node.kind.value, node.words, node.hint, node.role, (), False)
    options = []
    for digit, one in enumerate((o for o in result.options if not o.withdraws), start=1):
        answer = node.answer(one.answer)
        role = role_of(node, answer)
        options.append(
            Option(
                code=one.answer,
                title=answer.words if answer else Words(one.answer, one.answer),
                digit=digit if digit <= 9 else 0,
                offered=one.offered and not item.wanted,
                right=one.right,
                because=because(one.clauses, tables),
                needs_role="" if role in CLERK_ROLES else role,
                remedy=one.remedy,
                cost_fen=_cost(item, one),
                needs_reason=bool(answer and (answer.undoes or answer.id in ("reject", "refuse"))),
            )
        )
    withdraws = any(
        one.withdraws or (item.chart.withdraw and one.answer == item.chart.withdraw.id)
        for one in result.options
    )
    posted = any(not one.undone for one in item.settled)
    return NodeView(
        node.id,
        node.kind.value,
        node.words,
        node.hint,
        node.role,
        tuple(options),
        withdraws and not posted,
    )


def _cost(item: Standing, one: Offered) -> int | None:
    """What a remedy costs the shop; for the clerk's side of the counter only."""
    if not one.remedy or item.node.kind is not Kind.OFFER:
        return None
    known_facts = item.sheet.facts
    figures = CostFigures(
        value_fen=known_facts.paid or 0,
        allowance_fen=known_facts.allowance,
        gift_cost_fen=known_facts.gift_cost or 0,
        outbound_freight_fen=known_facts.outbound_freight or 0,
        return_freight_fen=known_facts.return_freight or 0,
        handling_fen=known_facts.handling or 0,
        replacement_fen=known_facts.replacement_cost or 0,
        recoverable_fen=known_facts.recoverable_value or 0,
        difference_fen=known_facts.difference or 0,
    )
    return cost_of(one.remedy, figures).total_fen


def _test(item: Standing, one: Any, tables: Mapping[str, Any]) -> TestView:
    node = item.chart.nodes[one.node]
    answer = node.answer(one.answer)
    return TestView(
        one.node,
        node.words,
        one.answer,
        answer.words if answer else Words(),
        because(one.clauses, tables),
        one.overridden,
        one.by,
        one.reason,
    )
