"""The words of the archive: sheet and column names, meanings, and what codes are called."""

from __future__ import annotations

from functools import cache
from typing import Any

from counter_app import resources
from counter_app.wording import Language

_CODE_FILES = {
    "reason": "reasons",
    "remedy": "remedies",
    "condition": "conditions",
    "disposition": "dispositions",
    "liability": "liabilities",
}


@cache
def _catalogue() -> dict[str, Any]:
    return resources.read_toml("i18n", "archive.toml")


@cache
def _codes() -> dict[str, Any]:
    return resources.read_toml("policy", "codes.toml")


class BookWords:
    """Words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def word(self, key: str) -> str:
        """The word for a key of the catalogue. Raises KeyError: a workbook without names is a defect."""
        return str(_catalogue()[key][self.language])

    def meaning(self, table: str, column: str) -> str:
        """What a column means; a column that means the same in every table is explained once."""
        catalogue = _catalogue()
        entry = catalogue.get(f"meaning.{table}.{column}") or catalogue[f"meaning.{column}"]
        return str(entry[self.language])

    def code(self, catalogue: str, code: str) -> str:
        """What a code is called; trade codes keep the code in front. An unknown code is shown as it is."""
        if not code:
            return ""
        if catalogue in _CODE_FILES:
            entry = _codes().get(_CODE_FILES[catalogue], {}).get(code)
            if entry is not None:
                return f"{code} {entry[self.language]}"
        entry = _catalogue().get(f"{catalogue}.{code}")
        return str(entry[self.language]) if entry is not None else code
