"""The words of the archive: sheet and column names, meanings, and what codes are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from unicodedata import east_asian_width

from counter_app import resources
from counter_app.services import rules
from counter_app.services.case_words import keys_of, known, words
from counter_app.services.desk import Desk
from counter_app.wording import Language

_CODE_TABLES = {
    "reason": "reasons",
    "remedy": "remedies",
    "condition": "conditions",
    "disposition": "dispositions",
    "liability": "liabilities",
}
_WITHOUT_CODE = ("liability",)
_MOST_KEPT = 2000


@cache
def catalogue() -> dict[str, Any]:
    """Every entry of `archive.toml`, for the accountant's sheets `accounts.toml`, for the dictionary
    `archive_meanings.toml`, all in `resources/i18n/`."""
    return {
        **resources.read_toml("i18n", "archive.toml"),
        **resources.read_toml("i18n", "accounts.toml"),
        **resources.read_toml("i18n", "archive_meanings.toml"),
    }


@cache
def _slip_titles() -> dict[str, Any]:
    titles: dict[str, Any] = resources.read_toml("i18n", "slips.toml")["title"]
    return titles


def _breadth(told: str) -> int:
    """Half-width characters: Chinese ones are twice as wide."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in told)


class BookWords:
    """Words in one language: the archive's own, those of cases, and the shop's own codes."""

    def __init__(self, desk: Desk, language: Language) -> None:
        self.language = language
        self._codes: Mapping[str, Any] = rules.code_tables(desk)
        self._categories = rules.current_rules(desk).categories
        _version, chart = rules.current_chart(desk)
        self._entrances = {answer.id: answer.words for answer in chart.nodes[chart.start].answers}
        self._worded: dict[tuple[str, str], str] = {}

    def word(self, key: str) -> str:
        """The word for a key of the catalogue. Raises KeyError: a workbook without names is a defect."""
        return str(catalogue()[key][self.language])

    def meaning(self, table: str, column: str) -> str:
        """What a column means; a column that means the same in every table is explained once."""
        entry = catalogue().get(f"meaning.{table}.{column}") or catalogue()[f"meaning.{column}"]
        return str(entry[self.language])

    def source(self, table: str, column: str) -> str:
        """Where a column's values come from: its own source, else that of its table."""
        entry = catalogue().get(f"source.{table}.{column}") or catalogue()[f"source.{table}"]
        return str(entry[self.language])

    def code(self, kind: str, code: str) -> str:
        """What a code is called; trade codes keep the code in front. An unknown code is shown as it is."""
        key = (kind, code)
        told = self._worded.get(key)
        if told is None:
            told = self._word_of(kind, code) if code else ""
            if len(self._worded) < _MOST_KEPT:
                self._worded[key] = told
        return told

    def _word_of(self, kind: str, code: str) -> str:
        if kind == "entrance" and code in self._entrances:
            return self._entrances[code].of(self.language)
        entry = self._codes.get(_CODE_TABLES.get(kind, ""), {}).get(code)
        if entry is not None:
            told = str(entry[self.language])
            return told if kind in _WITHOUT_CODE else f"{code} {told}"
        if kind == "category" and code in self._categories:
            terms = self._categories[code]
            return terms.zh if self.language == "zh" else terms.en
        entry = _slip_titles().get(code) if kind == "slip" else None
        entry = entry or catalogue().get(f"{kind}.{code}")
        if entry is not None:
            return str(entry[self.language])
        return words(f"{kind}.{code}").of(self.language) if known(f"{kind}.{code}") else code

    def widest(self, kind: str) -> int:
        """How many half-width characters the longest word of a kind of codes has; 0 where there are none."""
        codes = set(self._codes.get(_CODE_TABLES.get(kind, ""), ()))
        codes |= set(self._categories) if kind == "category" else set()
        codes |= {
            key.partition(".")[2] for key in (*catalogue(), *keys_of(kind)) if key.startswith(f"{kind}.")
        }
        return max((_breadth(self.code(kind, code)) for code in codes), default=0)

    def told(self, pairs: list[Any]) -> str:
        """A list of {"zh", "en"} or plain codes in one line."""
        lines = [
            one.get(self.language) or one.get("zh", "") if isinstance(one, dict) else str(one)
            for one in pairs
        ]
        return ("；" if self.language == "zh" else "; ").join(line for line in lines if line)
