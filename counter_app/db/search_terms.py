"""Words for the search index: how text becomes tokens, and how what a clerk types becomes a question.

Chinese has no blanks, so a run of characters is kept as its single characters and its pairs. Letters and
digits are kept as their first one and two characters and every three in a row; codes that begin with letters
and go on with digits (models, serial and document numbers) also as their first 4 to 8, without dashes. Names are kept by the first
letters of their pinyin. Tokens of the last two kinds carry a mark so that they never meet the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from counter_app import resources

FORM = 1
"""Version of the tokens. Another one means the index must be built again."""

PINYIN, HEAD = "π", "σ"
GRAM = 3
RAREST = 4
LONGEST_HEAD = 8
NAME_LETTERS = 6
LINES_KEPT = 20_000
"""Tokens of so many lines of text are remembered."""

_RUN = re.compile("[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MIXED = re.compile("[a-z]+[0-9][a-z0-9]*")
_CODE = re.compile("[a-z0-9]+(?:[-_][a-z0-9]+)*")
_JOINT = re.compile("[-_]")
_LETTERS = re.compile("[a-z]+")


def plain(text: str) -> str:
    """Text as it is compared: full-width letters and digits made ordinary, small letters."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=LINES_KEPT)
def plain_again(text: str) -> str:
    """`plain`, for texts that come up again and again."""
    return plain(text)


@cache
def _initials() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in resources.read_text("pinyin", "initials.txt").splitlines():
        if line and not line.startswith("#"):
            letter, characters = line.split(" ")
            found.update(dict.fromkeys(characters, letter))
    return found


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    found = {}
    for line in resources.read_text("pinyin", "surnames.txt").splitlines():
        if line and not line.startswith("#"):
            surname, *letters = line.split(" ")
            found[surname] = tuple(letters)
    return found


def pinyin(name: str) -> list[str]:
    """First letters of a Chinese name, in every reading its surname has; 单雄信 gives sxx."""
    known = _initials()
    characters = [character for character in plain(name) if character in known]
    if not characters:
        return []
    whole = "".join(characters)
    for length in (2, 1):
        letters = _surnames().get(whole[:length])
        if letters and len(whole) > length:
            rest = "".join(known[character] for character in whole[length:])
            return [head + rest for head in letters]
    return ["".join(known[character] for character in whole)]


def tokens(text: str, initials: Iterable[str]) -> set[str]:
    """Every token of a row's plain text and of the pinyin of its names."""
    # No token crosses a line, and most lines are of an article that many rows name.
    found: set[str] = set().union(*map(_of_line, text.split("\n")))
    for letters in initials:
        found.update(PINYIN + letters[:k] for k in range(1, min(len(letters), NAME_LETTERS) + 1))
    return found


@lru_cache(maxsize=LINES_KEPT)
def _of_line(text: str) -> frozenset[str]:
    found: set[str] = set()
    for run in _RUN.findall(text):
        if run[0] >= "\u3400":
            found.update(run)
            found.update(map("".join, pairwise(run)))
            continue
        found.update((run[:1], run[:2]))
        found.update(run[i : i + GRAM] for i in range(len(run) - GRAM + 1))
        if _MIXED.fullmatch(run):
            found.update(_heads(run))
    for code in _CODE.findall(text):
        if not code.isalnum():
            joined = _JOINT.sub("", code)
            if _MIXED.fullmatch(joined):
                found.update(_heads(joined))
    return frozenset(found)


def _heads(code: str) -> Iterable[str]:
    return (HEAD + code[:k] for k in range(GRAM + 1, min(len(code), LONGEST_HEAD) + 1))


@dataclass(frozen=True, slots=True)
class Term:
    """One word a clerk typed. `groups` are alternatives of tokens that must all be there."""

    text: str
    groups: tuple[tuple[str, ...], ...]
    begins: bool
    """Whether it must begin a run of letters and digits or a code, instead of standing anywhere."""

    def fits(self, text: str, initials: Iterable[str]) -> bool:
        """The plain meaning, without any index: what a scan of every row would say."""
        if _LETTERS.fullmatch(self.text) and any(
            letters[:NAME_LETTERS].startswith(self.text) for letters in initials
        ):
            return True
        if not self.begins:
            return self.text in text
        if any(run.startswith(self.text) for run in _RUN.findall(text)):
            return True
        return any(code.startswith(self.text) for code in _CODE.findall(text))


def terms(typed: str) -> list[Term]:
    """What was typed, word by word; words without a letter, digit or character are passed over."""
    found = []
    for word in plain(typed).split():
        runs = _RUN.findall(word)
        if runs:
            found.append(_term(word, runs))
    return found


def _term(word: str, runs: list[str]) -> Term:
    if len(runs) == 1 and runs[0] == word and word[0] < "\u3400":
        spelled = (PINYIN + word,) if _LETTERS.fullmatch(word) and len(word) <= NAME_LETTERS else ()
        if len(word) < GRAM:
            return Term(word, ((word,), spelled) if spelled else ((word,),), begins=True)
        if _MIXED.fullmatch(word) and len(word) > GRAM:
            return Term(word, ((HEAD + word[:LONGEST_HEAD],),), begins=True)
        grams = _grams(word)
        return Term(word, (grams, spelled) if spelled else (grams,), begins=False)
    joined = _JOINT.sub("", word)
    if _CODE.fullmatch(word) and _MIXED.fullmatch(joined) and len(joined) > GRAM:
        # The last run may go on, and its beginning is all that is known of it.
        later = [gram for run in runs[1:] for gram in _grams(run)]
        return Term(word, ((HEAD + joined[:LONGEST_HEAD], *dict.fromkeys(later)),), begins=True)
    needed: list[str] = []
    for place, run in enumerate(runs):
        # The first run may be the end of a longer one, so its beginning proves nothing.
        if run[0] >= "\u3400" or len(run) >= GRAM or place > 0:
            needed += _grams(run)
    return Term(word, (tuple(dict.fromkeys(needed)),), begins=False)


def _grams(run: str) -> tuple[str, ...]:
    width = 2 if run[0] >= "\u3400" else GRAM
    if len(run) <= width:
        return (run,)
    return tuple(dict.fromkeys(run[i : i + width] for i in range(len(run) - width + 1)))


def question(wanted: Iterable[Term], frequency: Mapping[str, float]) -> str:
    """The FTS5 expression for the terms: of each alternative its rarest tokens. Empty when nothing narrows."""
    parts = []
    for term in wanted:
        alternatives = [
            " AND ".join(
                f'"{token}"' for token in sorted(group, key=lambda t: frequency.get(t, 0.0))[:RAREST]
            )
            for group in term.groups
            if group
        ]
        if alternatives:
            parts.append("(" + " OR ".join(f"({one})" for one in alternatives) + ")")
    return " AND ".join(parts)


def spellings(names: Iterable[str]) -> list[str]:
    """Pinyin of several names, without repeats."""
    return list(dict.fromkeys(letters for name in names for letters in pinyin(name)))
