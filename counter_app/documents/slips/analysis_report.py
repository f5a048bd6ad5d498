"""问题分析报告: cause, evidence, who is liable, what is proposed; for the shop's own file (S0-32)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Beside, Block, Composition, Goods
from counter_app.documents.words import word
from counter_app.domain.service_slips import AnalysisReport
from counter_app.wording import Language


def compose(slip: AnalysisReport, language: Language) -> Composition:
    """What was told, what was found, whose it is, what is proposed, what proves it."""
    blocks: list[Block | Beside] = [parts.head(slip, language, parts.sale_cells(slip.sale, language))]
    lines, once = parts.said_once(slip.lines, language, reason=slip.cause, inspection=slip.inspection)
    if lines:
        blocks.append(Goods(word("section.goods", language), lines, prices=False))
    blocks += parts.words(
        language,
        ("problem", slip.problem),
        ("cause", once["reason"]),
        ("inspection", once["inspection"]),
        ("liability", slip.liable),
        ("proposal", slip.proposal),
        ("note", slip.note),
        most=10,
    )
    blocks += parts.ticks("evidence", slip.evidence, language)
    return Composition(
        title=word("title.analysis_report", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "applied"),
        lines=parts.sign_lines(slip, language, "", "clerk", "reviewer"),
    )
