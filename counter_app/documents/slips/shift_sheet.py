"""交接班记录: the drawer of one shift for the shop's own file, cash refunds apart from takings (S0-7)."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.blocks import Amount, Beside, Block, Composition, Facts, SignLine
from counter_app.documents.words import long_days, word
from counter_app.domain.slips import ShiftSheet, WorkingRow
from counter_app.wording import Language


def compose(slip: ShiftSheet, language: Language) -> Composition:
    """Who, when; drawer beside count; cash out apart from cash in; other ways; documents; what is left open."""
    cells = (("opened", slip.opened), ("closed", slip.closed), ("takes_over", slip.takes_over))
    blocks: list[Block | Beside] = [
        Facts(
            tuple(
                (word(f"label.{name}", language), long_days(value, language))
                for name, value in cells
                if value
            )
        )
    ]
    drawer, pieces = _sums("drawer", slip.drawer, language), _sums("pieces", slip.pieces, language)
    blocks += [Beside(drawer, pieces)] if drawer and pieces else [*drawer, *pieces]
    blocks += parts.words(
        language,
        ("variance_reason", slip.variance_reason),
        ("float_reason", slip.float_reason),
        ("note", slip.note),
        most=4,
    )
    blocks += [
        Beside(
            parts.listing("cash_refunds", slip.refunds, language),
            parts.listing("cash_takings", slip.takings, language),
        ),
        Beside(
            parts.listing("other_ways", slip.other_ways, language),
            parts.listing("open_items", slip.open_items, language),
        ),
        *parts.listing("documents", slip.documents, language),
    ]
    blocks += parts.words(language, ("heads", "\n".join(slip.heads)), most=9)
    blocks.append(Amount(word("amount.counted", language), slip.counted_fen))
    return Composition(
        title=word("title.shift_sheet", language),
        blocks=tuple(blocks),
        lines=(
            SignLine(word("sign.hands_over", language), slip.hands.clerk),
            SignLine(word("sign.takes_over", language), slip.takes_over),
            SignLine(word("sign.reviewer", language)),
            SignLine(word("sign.date", language)),
        ),
    )


def _sums(name: str, rows: tuple[WorkingRow, ...], language: Language) -> tuple[Block, ...]:
    return parts.listing(name, rows, language) if rows else ()
