"""The evidence a path asks for: wanted, taken or waived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.case_views import CaseView
from counter_app.domain.paper_views import AttachmentView
from counter_app.domain.spoken import Words
from counter_app.domain.walk_views import EvidenceItem
from counter_app.services.standing import Standing


def evidence_of(
    item: Standing, case: CaseView, waivers: list[Any], tables: Mapping[str, Any]
) -> tuple[EvidenceItem, ...]:
    """The evidence a path asks for: wanted, taken or waived. Photos at a node count one each, in order."""
    waived = {row.node: row.reason for row in waivers}
    spare: dict[str, list[AttachmentView]] = {}
    for attachment in case.attachments:
        spare.setdefault(attachment.node, []).append(attachment)
    found = []
    for one in item.result.evidence:
        taken = _taken(item, case, one.node, one.kind, spare)
        state = "taken" if taken is not None else ("waived" if one.node in waived else "wanted")
        entry = tables["evidence"].get(one.kind, {})
        found.append(
            EvidenceItem(
                one.node,
                one.kind,
                Words(entry.get("zh", one.kind), entry.get("en", one.kind)),
                one.compulsory,
                state,
                waived.get(one.node, ""),
                taken or (),
            )
        )
    return tuple(found)


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
