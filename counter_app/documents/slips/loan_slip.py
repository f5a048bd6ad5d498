"""备用机借用单: what the shop lends while it works on the customer's own, against which deposit, until when."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Goods
from counter_app.documents.words import long_day, word, yuan
from counter_app.domain.service_slips import LoanSlip
from counter_app.wording import Language


def compose(slip: LoanSlip, language: Language) -> Composition:
    """What was lent with its serial number, the day it comes back, the customer's own goods, the deposit."""
    told = (
        ("lent", slip.what),
        ("serial", slip.serial),
        ("return_by", long_day(slip.due, language)),
        ("agreed_amount", yuan(slip.agreed_fen) if slip.agreed_fen else ""),
    )
    cells = tuple((word(f"label.{name}", language), value) for name, value in told if value)
    blocks: list[Block | Beside] = [parts.head(slip, language, cells)]
    if slip.lines:
        blocks.append(Goods(word("section.goods_own", language), slip.lines, prices=False))
    blocks += parts.words(language, ("note", slip.note))
    if slip.deposit_fen:
        blocks.append(Amount(word("amount.deposit", language), slip.deposit_fen))
    return Composition(
        title=word("title.loan_slip", language),
        blocks=tuple(blocks),
        terms=parts.terms(slip, language, "lent", *(("lent_deposit",) if slip.deposit_fen else ())),
        lines=parts.sign_lines(slip, language, "borrower", "clerk", "taken_back"),
        seal=word("sign.seal", language),
        seal_name=slip.shop.seal,
    )
