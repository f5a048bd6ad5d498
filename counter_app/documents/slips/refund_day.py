"""退款日结表: what went out on a day, by way of paying; what became owed and what stays owed."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Column, Composition, Table
from counter_app.documents.words import word, yuan
from counter_app.domain.list_slips import RefundDay
from counter_app.wording import Language


def compose(slip: RefundDay, language: Language) -> Composition:
    """Every payment with its proof, then the sums by way, paid apart from owed."""
    rows = tuple(
        (
            line.document,
            "  ".join(filter(None, (line.case_number, line.sale))),
            line.customer,
            line.way,
            line.proof,
            line.clerk,
            yuan(line.amount_fen),
        )
        for line in slip.lines
    )
    blocks: list[Block | Beside] = []
    if rows:
        blocks.append(
            Table(
                word("section.refunds_paid", language),
                (
                    Column(word("column.document", language), 2.5),
                    Column(word("column.case", language), 2.6),
                    Column(word("column.customer", language), 1.2),
                    Column(word("column.way", language), 1.5),
                    Column(word("column.proof", language), 2.2),
                    Column(word("column.clerk", language), 1.1),
                    Column(word("column.amount", language), 1.6, right=True),
                ),
                rows,
            )
        )
    else:
        blocks.append(parts.nothing("refunds_paid", language))
    paid = parts.listing("paid_by_way", slip.paid, language) if rows else ()
    granted = parts.listing("granted_by_way", slip.granted, language)
    blocks += [Beside(paid, granted)] if paid else [*granted]
    blocks += parts.listing("still_owed", slip.still_owed, language)
    blocks += parts.words(language, ("note", slip.note))
    blocks.append(Amount(word("amount.paid_out", language), slip.amount_fen))
    return Composition(
        title=word("title.refund_day", language),
        blocks=tuple(blocks),
        lines=parts.sign_lines(slip, language, "", "clerk", "reviewer", "cashier"),
    )
