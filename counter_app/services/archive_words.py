"""What the words of an archive mean again: sheets and columns in either language, codes behind their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from counter_app import resources
from counter_app.archive.sheets import TEXTS, Cell, Kind
from counter_app.domain.categories import CategoryTerms, load_categories
from counter_app.domain.spoken import Words
from counter_app.services.case_words import code_words, keys_of, known, words
from counter_app.services.month_contents import TABLES
from counter_app.services.month_tables import Field, Table
from counter_app.services.month_words import catalogue

LANGUAGES: Final = ("zh", "en")
FREE: Final = ("cover", "summary", "control", "dictionary")
"""Sheets that are laid out by hand."""
_CODES: Final[Mapping[str, str]] = {
    "reason": "reasons",
    "remedy": "remedies",
    "condition": "conditions",
    "disposition": "dispositions",
}
"""Kinds of words that keep the code in front: `R1 退货`."""
_HEADS_WITHIN = 12
_LIST = "、"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a sheet stand: the key of each, what it holds; a column nobody knows goes by its heading."""

    head: int
    keys: tuple[str, ...]
    fields: tuple[Field | None, ...]
    lacking: tuple[str, ...]


@cache
def sheet_keys() -> Mapping[str, str]:
    """Every name a sheet may have, in either language → its key."""
    return {
        str(catalogue()[f"sheet.{key}"][language]): key
        for key in (*FREE, *(table.key for table in TABLES))
        for language in LANGUAGES
    }


def sheet_of(name: str) -> tuple[str, int]:
    """The key of the sheet with this name, '' for one nobody knows, and which part of a long table it is (1 …)."""
    told = name.strip()
    found = sheet_keys().get(told)
    if found is not None:
        return found, 1
    first, _blank, number = told.rpartition(" ")
    key = sheet_keys().get(first, "")
    if key and key not in FREE and re.fullmatch(r"[1-9]\d{0,2}", number):
        return key, int(number)
    return "", 1


@cache
def tables() -> Mapping[str, Table]:
    """The declared tables by key."""
    return {table.key: table for table in TABLES}


@cache
def total_words() -> frozenset[str]:
    """What stands before the sums of a sheet."""
    return frozenset(catalogue()["total"].values())


def language_of(names: Sequence[str]) -> str:
    """The language that most sheets are named in."""
    told = {
        language: sum(
            str(entry[language]) in names for key, entry in catalogue().items() if key.startswith("sheet.")
        )
        for language in LANGUAGES
    }
    return max(LANGUAGES, key=lambda language: told[language])


def columns(key: str, begin: Sequence[Sequence[Cell]], told: Sequence[str] = ()) -> Columns | None:
    """Find the heads of a sheet among its first rows; `told` are the keys where the file itself tells them.

    None when no row looks like its heads.
    """
    table = tables()[key]
    best, found = 0, None
    for at, row in enumerate(begin[:_HEADS_WITHIN]):
        if told:
            by_key = {field.column.key: field for field in table.fields}
            keys = tuple(told[: len(row)])
            return _columns(table, 0, keys, tuple(by_key.get(one) for one in keys))
        keys, fields = _matched(table, row)
        hits = sum(field is not None for field in fields)
        if hits > best:
            best, found = hits, _columns(table, at, keys, fields)
    return found if best >= min(2, len(table.fields)) else None


def _columns(table: Table, head: int, keys: tuple[str, ...], fields: tuple[Field | None, ...]) -> Columns:
    there = {field.column.key for field in fields if field is not None}
    lacking = tuple(one.column.key for one in table.fields if one.column.key not in there and not one.cost)
    return Columns(head, keys, fields, lacking)


def _matched(table: Table, row: Sequence[Cell]) -> tuple[tuple[str, ...], tuple[Field | None, ...]]:
    left = list(table.fields)
    keys: list[str] = []
    fields: list[Field | None] = []
    for cell in row:
        heading = str(cell or "").strip()
        # Two columns of a sheet may be called the same: the one declared first comes first.
        field = next((one for one in left if heading and heading in _headings(one.column.key)), None)
        if field is not None:
            left.remove(field)
        fields.append(field)
        keys.append(field.column.key if field is not None else heading)
    return tuple(keys), tuple(fields)


@cache
def _headings(key: str) -> frozenset[str]:
    return frozenset(str(text) for text in catalogue()[f"column.{key}"].values())


def decoded(field: Field, told: Cell) -> tuple[Cell, bool]:
    """The code behind a word, and whether what comes back is the same in both languages.

    A word nobody knows stays a word. A list of codes is joined by 、 as on the sheet.
    """
    kind = field.words
    if not kind or not isinstance(told, str):
        return told, not field.told
    parts = told.split(_LIST) if kind.endswith("*") else [told]
    codes = [_code(kind.removesuffix("*"), one) for one in parts]
    if any(code is None for code in codes):
        return told, False
    return _LIST.join(code or "" for code in codes), True


def _code(kind: str, told: str) -> str | None:
    if kind in _CODES:
        code = told.split(" ", 1)[0]
        return code if code in _trade_codes(_CODES[kind]) else None
    known_words = _codes_of(kind)
    # Archives of before told some codes as they are.
    return known_words.get(told) or (told if told in known_words.values() else None)


@cache
def _trade_codes(table: str) -> frozenset[str]:
    return frozenset(resources.read_toml("policy", "codes.toml").get(table, {}))


@cache
def _codes_of(kind: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for key in keys_of(kind):
        said = words(key)
        found |= {said.zh: key.partition(".")[2], said.en: key.partition(".")[2]}
    if kind == "category":
        for code, terms in _categories().items():
            found |= {terms.zh: code, terms.en: code}
    for key, entry in catalogue().items():
        if key.startswith(f"{kind}."):
            found |= {
                str(entry[language]): key.partition(".")[2] for language in LANGUAGES if entry[language]
            }
    return found


@cache
def _categories() -> Mapping[str, CategoryTerms]:
    return load_categories(resources.read_toml("policy", "categories.toml"))


def said(kind: str, code: str) -> Words:
    """What a kept code is called; what is no code is shown as the archive said it."""
    if kind.endswith("*"):
        each = [said(kind[:-1], one) for one in code.split(_LIST) if one]
        return Words(_LIST.join(one.zh for one in each), ", ".join(one.en for one in each))
    if kind in _CODES and code in _trade_codes(_CODES[kind]):
        told = code_words(_CODES[kind], code)
        return Words(f"{code} {told.zh}", f"{code} {told.en}")
    if kind == "category" and code in _categories():
        return Words(_categories()[code].zh, _categories()[code].en)
    entry = catalogue().get(f"{kind}.{code}")
    if entry is not None:
        return Words(str(entry["zh"]), str(entry["en"]))
    return words(f"{kind}.{code}") if code and known(f"{kind}.{code}") else Words(code, code)


def is_text(kind: Kind) -> bool:
    """Whether a column holds words."""
    return kind in TEXTS
