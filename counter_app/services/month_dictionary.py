"""The dictionary of an archive: what every column of every sheet means, in which unit, and where it comes from."""

from __future__ import annotations

from typing import Final

from counter_app.archive.sheets import UNITS, FreeSheet, Kind, Row, Styled
from counter_app.services.month_tables import Table
from counter_app.services.month_words import BookWords

_WIDTHS = (19, 31, 15, 68, 46)
_HEADS = ("sheet", "column", "unit", "meaning", "source")
FREE: Final = {
    "cover": (
        ("cover.sheet_value", Kind.MONEY), ("cover.ledger_value", Kind.MONEY), ("cover.difference", Kind.MONEY),
        ("cover.verdict", Kind.TEXT), ("cover.totals", Kind.MONEY), ("cover.documents", Kind.WHOLE),
        ("cover.chain", Kind.TEXT), ("control.head", Kind.TEXT), ("cover.contents", Kind.WHOLE),
    ),
    "summary": (
        ("summary.figures", Kind.MONEY), ("summary.owed", Kind.MONEY), ("summary.of_it_same", Kind.MONEY),
        ("summary.of_it_other", Kind.MONEY), ("summary.paid", Kind.MONEY), ("summary.unpaid", Kind.MONEY),
        ("summary.goods", Kind.QUANTITY), ("pareto.count", Kind.WHOLE), ("pareto.part", Kind.SHARE),
        ("pareto.share", Kind.SHARE),
    ),
    "control": (
        ("control.prefix", Kind.TEXT), ("control.first", Kind.TEXT), ("control.last", Kind.TEXT),
        ("control.count", Kind.WHOLE), ("control.void", Kind.WHOLE), ("control.gap", Kind.WHOLE),
        ("control.opening", Kind.MONEY), ("control.plus", Kind.MONEY), ("control.minus", Kind.MONEY),
        ("control.closing", Kind.MONEY), ("control.stored", Kind.MONEY), ("control.difference", Kind.MONEY),
        ("control.ages", Kind.MONEY), ("control.taken", Kind.MONEY), ("control.returned", Kind.MONEY),
        ("control.kept", Kind.MONEY), ("control.float", Kind.MONEY), ("control.cash_in", Kind.MONEY),
        ("control.cash_out", Kind.MONEY), ("control.expected", Kind.MONEY), ("control.counted", Kind.MONEY),
        ("control.variance", Kind.MONEY), ("control.rows", Kind.WHOLE), ("control.head", Kind.TEXT),
    ),
}  # fmt: skip
"""Heads of the sheets that are laid out by hand, and what stands under them."""


def dictionary(words: BookWords, tables: tuple[Table, ...], *, personal: bool = False) -> FreeSheet:
    """One row for each column of each sheet; `personal` says that customers stand there in full."""
    rows: list[Row] = [
        (Styled(words.word("sheet.dictionary"), style="title"),),
        (
            Styled(
                words.word("dictionary.note_personal" if personal else "dictionary.note"), Kind.TEXT, "note"
            ),
        ),
        tuple(Styled(words.word(f"dictionary.{head}"), style="head") for head in _HEADS),
    ]
    for sheet, heads in FREE.items():
        for head, kind in heads:
            meaning, source = words.word(f"meaning.{sheet}.{head}"), words.word(f"source.{sheet}")
            rows.append(_row(words, sheet, words.word(head), kind, meaning, source))
    for table in tables:
        for field in table.fields:
            column = field.column
            told = words.meaning(table.key, column.key)
            if field.living:
                told += words.word("dictionary.living")
            name = words.word(f"column.{column.key}")
            rows.append(_row(words, table.key, name, column.kind, told, words.source(table.key, column.key)))
    filtered = f"A3:E{len(rows)}"
    return FreeSheet("dictionary", _WIDTHS, tuple(rows), frozen="A4", filtered=filtered, tall=True)


def _row(words: BookWords, sheet: str, name: str, kind: Kind, meaning: str, source: str) -> Row:
    return (
        Styled(words.word(f"sheet.{sheet}")),
        Styled(name),
        Styled(words.word(f"unit.{UNITS[kind]}")),
        Styled(meaning, Kind.NOTE),
        Styled(source, Kind.NOTE),
    )
