"""折价审批清单: what was asked of somebody with the right to decide, and what was decided (S4-31)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Column, Composition, Table
from counter_app.documents.words import word, yuan
from counter_app.domain.list_slips import ApprovalList
from counter_app.wording import Language


def compose(slip: ApprovalList, language: Language) -> Composition:
    """Case, what for, how much, who asked, who decided and how."""
    rows = tuple(
        (line.case_number, line.what, line.asked_by, line.decided_by, line.verdict, yuan(line.amount_fen))
        for line in slip.lines
    )
    blocks: list[Block | Beside] = []
    if rows:
        blocks.append(
            Table(
                word("section.approvals", language),
                (
                    Column(word("column.case", language), 2.4),
                    Column(word("column.what", language), 3.4),
                    Column(word("column.asked_by", language), 1.2),
                    Column(word("column.decided_by", language), 1.2),
                    Column(word("column.verdict", language), 2.4),
                    Column(word("column.amount", language), 1.6, right=True),
                ),
                rows,
            )
        )
    else:
        blocks.append(parts.nothing("approvals", language))
    blocks += parts.words(language, ("note", slip.note))
    blocks.append(Amount(word("amount.granted", language), slip.amount_fen))
    return Composition(
        title=word("title.approval_list", language),
        blocks=tuple(blocks),
        lines=parts.sign_lines(slip, language, "", "clerk", "reviewer"),
    )
