"""What things of a case are called, in both languages: `resources/i18n/cases.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from counter_app import resources, wording
from counter_app.domain.money import format_yuan
from counter_app.domain.predicates import Clause
from counter_app.domain.roles import UNLIMITED_FEN
from counter_app.domain.spoken import Words

_WITHIN_NO_LIMIT = f" ≤ {format_yuan(UNLIMITED_FEN)}"


WINDOW = re.compile(r"(\d{4}-\d\d-\d\d) ([≤>]) (\d{4}-\d\d-\d\d)")
"""How a test says that a day lies in a window: today and the window's last day."""


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return {
        f"{room}.{name}": entry
        for room, entries in resources.read_toml("i18n", "cases.toml").items()
        for name, entry in entries.items()
    }


def known(key: str) -> bool:
    """Whether the catalogue has a wording."""
    return key in _catalogue()


def words(key: str, **params: object) -> Words:
    """One wording, its placeholders filled. A parameter that is itself `Words` is put in by language."""
    entry = _catalogue()[key]
    if not params:
        return Words(entry["zh"], entry["en"])
    return Words(
        entry["zh"].format_map({name: _one(value, "zh") for name, value in params.items()}),
        entry["en"].format_map({name: _one(value, "en") for name, value in params.items()}),
    )


def keys_of(room: str) -> tuple[str, ...]:
    """Every wording of one room of the catalogue, in its order."""
    return tuple(key for key in _catalogue() if key.startswith(f"{room}."))


def words_or(key: str, otherwise: str) -> Words:
    """The wording, or the code itself in both languages when nobody worded it."""
    return words(key) if known(key) else Words(otherwise, otherwise)


def plain(text: str) -> Words:
    """A text that is the same in both languages: a name, a number, what somebody typed."""
    return Words(text, text)


def yuan(fen: int) -> str:
    """`3000` → `¥30.00`."""
    return f"-¥{format_yuan(-fen)}" if fen < 0 else f"¥{format_yuan(fen)}"


@cache
def _codes() -> dict[str, dict[str, dict[str, str]]]:
    return resources.read_toml("policy", "codes.toml")


def wish_words(code: str) -> Words:
    """What a customer wishes: one of the wishes of the intake, or a remedy that was asked for by its code."""
    return words(f"wish.{code}") if known(f"wish.{code}") else code_words("remedies", code)


def code_words(kind: str, code: str) -> Words:
    """What a trade code is called: kind `reasons`, `remedies`, `conditions`, `dispositions`, `liabilities`."""
    entry = _codes().get(kind, {}).get(code)
    return Words(entry["zh"], entry["en"]) if entry else Words(code, code)


def _one(value: object, language: str) -> object:
    if isinstance(value, Words):
        return value.zh if language == "zh" else (value.en or value.zh)
    return value


def reason_words(code: str, params: Mapping[str, object]) -> Words:
    """A code of the error catalogue in words: why not, or what a row of a working says."""
    entry = wording.catalogue().get(code)
    if entry is None:
        return plain(code)
    return Words(entry["zh"].format_map(dict(params)), entry["en"].format_map(dict(params)))


def because(clauses: Iterable[Clause], tables: Mapping[str, Any]) -> Words:
    """The reasons of a test or an option in words, with their figures."""
    zh, en = [], []
    for clause in clauses:
        entry = tables["facts"].get(clause.subject) or tables["reasons_shown"].get(clause.subject)
        title = Words(entry["zh"], entry["en"]) if entry else Words(clause.subject, clause.subject)
        if clause.subject in ("always", "right", "no_right", "rejected"):
            zh.append(title.zh)
            en.append(title.en)
        elif clause.flag is not None:
            zh.append(f"{title.zh}：{'是' if clause.flag else '否'}")
            en.append(f"{title.en}: {'yes' if clause.flag else 'no'}")
        elif clause.text == f"{clause.subject} = none":
            zh.append(f"{title.zh}：无")
            en.append(f"{title.en}: none")
        else:
            figures = _figures(clause.text)
            zh.append(f"{title.zh} {figures.zh}")
            en.append(f"{title.en} {figures.en}")
    return Words("；".join(zh), "; ".join(en))


def _figures(text: str) -> Words:
    """A comparison as the walk prints it; one with the limit of somebody who has none says so in words."""
    amount, sign, _limit = text.partition(_WITHIN_NO_LIMIT)
    return words("reason.no_limit", amount=amount) if sign else plain(text)
