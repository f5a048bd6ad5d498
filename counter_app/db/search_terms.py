"""Words for the search index: how text becomes tokens, and how what a clerk types becomes a question.

Chinese has no blanks, so a run of characters is kept as its single characters and its pairs. Letters and
digits are kept as their first one and two characters and every three in a row; codes that begin with letters
and go on with digits (models, serial and document numbers) also as their first 4 to 8, without dashes. How the
words are spelled in pinyin stands in `pinyin.py`. Tokens of the last two kinds carry a mark so that they never meet
the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from counter_app.db import pinyin

FORM = 2
"""Version of the tokens. Another one means the index must be built again."""

HEAD = "σ"
GRAM = 3
RAREST = 4
LONGEST_HEAD = 8
LINES_KEPT = 20_000
"""Tokens of so many lines of text are remembered."""

_RUN = re.compile("[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MIXED = re.compile("[a-z]+[0-9][a-z0-9]*")
_CODE = re.compile("[a-z0-9]+(?:[-_][a-z0-9]+)*")
_JOINT = re.compile("[-_]")
_LETTERS = re.compile("[a-z]+")
_ALNUM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def plain(text: str) -> str:
    """Text as it is compared: full-width letters and digits made ordinary, small letters."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=LINES_KEPT)
def plain_again(text: str) -> str:
    """`plain`, for texts that come up again and again."""
    return plain(text)


def tokens(text: str, readings: Iterable[str]) -> set[str]:
    """Every token of a row's plain text and of the other readings of its names."""
    # No token crosses a line, and most lines are of an article that many rows name.
    found: set[str] = set().union(*map(_of_line, text.split("\n")))
    for reading in readings:
        found.update(pinyin.tokens(tuple(reading.split())))
    return found


def spelled_out(text: str, readings: Iterable[str]) -> str:
    """The same tokens for a row that comes into the index, with blanks between; some of them more than once, which
    the index does not mind. Joining what the lines have ready is three times as fast as making one set of it."""
    parts = list(map(_joined, text.split("\n")))
    parts += (" ".join(pinyin.tokens(tuple(reading.split()))) for reading in readings)
    return " ".join(parts)


@lru_cache(maxsize=LINES_KEPT)
def _joined(text: str) -> str:
    if text.isascii() and text.isalnum() and (text.isdigit() or text.islower()):
        return " ".join(_of_code(text))  # one run of letters and digits: most numbers, each of them once
    return " ".join(_of_line(text))


def _of_code(run: str) -> list[str]:
    found = [run[:1], run[:2]]
    found += [run[i : i + GRAM] for i in range(len(run) - GRAM + 1)]
    if _MIXED.fullmatch(run):
        found += _heads(run)
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
    if not text.isascii():
        found.update(pinyin.tokens(pinyin.syllables(text)))
    return frozenset(found)


def edges(text: str) -> set[str]:
    """A token of the first and one of the last line of a row's plain text, as far as these have any."""
    lines = text.split("\n")
    runs = (_RUN.search(line) for line in (lines[0], lines[-1]))
    return {run[0][:2] for run in runs if run is not None}


def _heads(code: str) -> Iterable[str]:
    return (HEAD + code[:k] for k in range(GRAM + 1, min(len(code), LONGEST_HEAD) + 1))


@dataclass(frozen=True, slots=True)
class Term:
    """One word a clerk typed. `groups` are alternatives of tokens that must all be there."""

    text: str
    groups: tuple[tuple[str, ...], ...]
    begins: bool
    """Whether it must begin a run of letters and digits or a code, instead of standing anywhere."""

    inside: tuple[str, ...] = ()
    """Of a code of letters and digits: the tokens there must be where it stands anywhere. Nothing begins with it
    where only a middle part was typed (`anywhere`)."""

    spelled: bool = False
    """Whether it may be the pinyin of what it looks for."""

    def fits(self, text: str, readings: Iterable[str]) -> bool:
        """The plain meaning, without any index: what a scan of every row would say."""
        if self._stands(text):
            return True
        return self.spelled and (
            any(
                pinyin.begins(self.text, pinyin.syllables(line))
                for line in text.split("\n")
                if not line.isascii()
            )
            or any(pinyin.begins(self.text, tuple(reading.split())) for reading in readings)
        )

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in one plain line, as (first, behind the last) character."""
        found = []
        if self.begins:
            starts = {match.start() for pattern in (_RUN, _CODE) for match in pattern.finditer(text)}
            found = [at for at in sorted(starts) if text.startswith(self.text, at)]
        if not self.begins or (not found and self.inside):
            at = text.find(self.text)
            while at >= 0:
                found.append(at)
                at = text.find(self.text, at + len(self.text))
        marked = [(at, at + len(self.text)) for at in found]
        return marked + pinyin.places(self.text, text) if self.spelled else marked

    def _stands(self, text: str) -> bool:
        at = text.find(self.text)
        if self.begins:
            while at >= 0 and not _begins_there(text, at, code=not self.text.isalnum()):
                at = text.find(self.text, at + 1)
        return at >= 0


def _begins_there(text: str, at: int, *, code: bool) -> bool:
    """Whether a run of letters and digits begins at a place, or with `code` a whole code of several runs."""
    if at == 0:
        return True
    if text[at - 1] in _ALNUM:
        return False
    return not (code and text[at - 1] in "-_" and at > 1 and text[at - 2] in _ALNUM)


def terms(typed: str) -> list[Term]:
    """What was typed, word by word; words without a letter, digit or character are passed over."""
    found = []
    for word in plain(typed).split():
        runs = _RUN.findall(word)
        if runs:
            found.append(_term(word, runs))
    return found


def anywhere(wanted: Sequence[Term]) -> list[Term] | None:
    """The same words where codes may stand anywhere, for when nothing begins with them; None when none is a code."""
    if not any(term.inside for term in wanted):
        return None
    return [Term(term.text, (term.inside,), begins=False) if term.inside else term for term in wanted]


def _term(word: str, runs: list[str]) -> Term:
    if len(runs) == 1 and runs[0] == word and word[0] < "\u3400":
        spelled = bool(_LETTERS.fullmatch(word)) and len(word) <= pinyin.LONGEST
        ways = pinyin.question(word) if spelled else ()
        if len(word) < GRAM:
            return Term(word, ((word,), *ways), begins=True, spelled=spelled)
        if _MIXED.fullmatch(word) and len(word) > GRAM:
            return Term(word, ((HEAD + word[:LONGEST_HEAD],),), begins=True, inside=_grams(word))
        return Term(word, (_grams(word), *ways), begins=False, spelled=spelled)
    joined = _JOINT.sub("", word)
    if _CODE.fullmatch(word) and _MIXED.fullmatch(joined) and len(joined) > GRAM:
        # The last run may go on, and its beginning is all that is known of it.
        later = [gram for run in runs[1:] for gram in _grams(run)]
        head = (HEAD + joined[:LONGEST_HEAD], *dict.fromkeys(later))
        return Term(word, (head,), begins=True, inside=_needed(runs))
    return Term(word, (_needed(runs),), begins=False)


def _needed(runs: Sequence[str]) -> tuple[str, ...]:
    """The tokens of a word of several runs that stands anywhere."""
    needed: list[str] = []
    for place, run in enumerate(runs):
        # The first run may be the end of a longer one, so its beginning proves nothing.
        if run[0] >= "\u3400" or len(run) >= GRAM or place > 0:
            needed += _grams(run)
    return tuple(dict.fromkeys(needed))


def _grams(run: str) -> tuple[str, ...]:
    width = 2 if run[0] >= "\u3400" else GRAM
    if len(run) <= width:
        return (run,)
    return tuple(dict.fromkeys(run[i : i + width] for i in range(len(run) - width + 1)))


def question(wanted: Iterable[Term], common: Callable[[str], int]) -> str:
    """The FTS5 expression for the terms: of each alternative its rarest tokens, as far as `common` tells. Empty when
    nothing narrows."""
    parts = []
    for term in wanted:
        alternatives = [
            " AND ".join(f'"{token}"' for token in _rarest(group, common)) for group in term.groups if group
        ]
        if alternatives:
            parts.append("(" + " OR ".join(f"({one})" for one in alternatives) + ")")
    return " AND ".join(parts)


def _rarest(group: tuple[str, ...], common: Callable[[str], int]) -> Sequence[str]:
    return group if len(group) <= RAREST else sorted(group, key=common)[:RAREST]


def spellings(names: Iterable[str]) -> list[str]:
    """The readings that surnames give several names beside the usual one, without repeats."""
    return list(dict.fromkeys(reading for name in names for reading in _readings(name)))


@lru_cache(maxsize=LINES_KEPT)
def _readings(name: str) -> tuple[str, ...]:
    return tuple(pinyin.readings(plain(name)))


def marks(line: str, typed: str) -> list[tuple[int, int]]:
    """Which parts of a line that is shown hold what was typed, in order, none touching another: (first, behind the
    last) character."""
    wanted = terms(typed)
    if not wanted or not line:
        return []
    pieces = [plain_again(character) for character in line]
    # A ligature becomes several letters: each place of the compared text remembers where it was shown.
    shown_at = [at for at, piece in enumerate(pieces) for _ in piece]
    compared = "".join(pieces)
    covered = {
        shown_at[at]
        for term in wanted
        for first, behind in term.places(compared)
        for at in range(first, behind)
    }
    found: list[tuple[int, int]] = []
    for at in sorted(covered):
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
