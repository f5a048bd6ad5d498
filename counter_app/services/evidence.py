"""The evidence a path asks for: wanted, taken or waived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.db.models import EvidenceWaiver
from counter_app.db.reading_sql import rows_of
from counter_app.domain.case_views import CaseView
from counter_app.domain.paper_views import AttachmentView
from counter_app.domain.spoken import Words
from counter_app.domain.walk_views import EvidenceItem
from counter_app.services import case_views, rules
from counter_app.services.desk import Desk
from counter_app.services.standing import Standing


def evidence_of(
    item: Standing, case: CaseView, waivers: list[Any], tables: Mapping[str, Any]
) -> tuple[EvidenceItem, ...]:
    """The evidence a path asks for: wanted, taken or waived. Photos at a node count one each, in order."""
    # By piece; a row under a step alone waives all of it.
    waived = {row.node: row.reason for row in waivers}
    spare: dict[str, list[AttachmentView]] = {}
    for attachment in case.attachments:
        spare.setdefault(attachment.node, []).append(attachment)
    found = []
    for one in item.result.evidence:
        taken = _taken(item, case, one.node, one.kind, spare)
        reason = waived.get(waiver_of(one.node, one.kind), waived.get(one.node))
        state = "taken" if taken is not None else "waived" if reason is not None else "wanted"
        entry = tables["evidence"].get(one.kind, {})
        found.append(
            EvidenceItem(
                one.node,
                one.kind,
                Words(entry.get("zh", one.kind), entry.get("en", one.kind)),
                one.compulsory,
                state,
                reason or "",
                taken or (),
            )
        )
    return tuple(found)


def present(desk: Desk, item: Standing) -> tuple[EvidenceItem, ...]:
    """The evidence of a walk as it stands on disk."""
    case = case_views.case_view(desk, item.case, whole=False)
    waivers = rows_of(EvidenceWaiver, case=item.case.id)
    return evidence_of(item, case, waivers, rules.code_tables(desk))


def waiver_of(node: str, kind: str) -> str:
    """What a waiver of one piece of evidence is filed under."""
    return f"{node}:{kind}"


def _taken(
    item: Standing, case: CaseView, node: str, kind: str, spare: dict[str, list[AttachmentView]]
) -> tuple[AttachmentView, ...] | None:
    """What satisfies one piece of evidence, None while nothing does."""
    if kind == "inspection":
        return () if item.lines and all(line.received_milli > 0 for line in item.lines) else None
    if kind == "customer_words":
        return () if case.words or case.summary else None
    if kind == "waybill" and item.choices.get("waybill"):
        return ()
    if kind == "proof_of_purchase" and item.case.sale is not None and item.case.sale.proof != "none":
        return ()
    for place in (f"{node}:{kind}", node):
        for number, kept in enumerate(spare.get(place, ())):
            if kept.kind == "photo" or not kind.startswith("photo"):
                return (spare[place].pop(number),)
    return None
