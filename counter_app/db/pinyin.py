"""How Chinese words are spelled in pinyin, and how letters that a clerk typed may stand for them.

A word is found by its first letters (`bwb` for 保温杯) and by its spelling as far as it is typed (`baowenb`), from
any of its characters on. The table holds one usual reading a character; surnames with readings of their own
(单 shan, 曾 zeng, 乐 yue and le) have them beside it. The table is small and read when first needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from counter_app import resources

FIRST_LETTERS, SYLLABLE = "π", "ψ"
"""Marks of tokens: letters that syllables begin with, and syllables as far as they may be typed."""

GRAM = 3
LONGEST = 40
"""More letters are never pinyin."""
MOST_CHARACTERS = 40
"""Longer lines (a story told) are found by their characters only."""
MOST_WAYS = 12
LONGEST_SYLLABLE = 6
NEVER_FIRST = frozenset("iuv")
LINES_KEPT = 20_000

Syllables = tuple[str, ...]


@cache
def _readings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines("syllables.txt"):
        syllable, characters = line.split(" ")
        found.update(dict.fromkeys(characters, syllable))
    return found


@cache
def _surnames() -> dict[str, tuple[Syllables, ...]]:
    found = {}
    for line in _lines("surnames.txt"):
        surname, *readings = line.split(" ")
        found[surname] = tuple(tuple(reading.split("+")) for reading in readings)
    return found


def _lines(name: str) -> Iterable[str]:
    text = resources.read_text("pinyin", name)
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Every syllable there is, and every beginning of one."""
    whole = {*_readings().values()}.union(*(reading for one in _surnames().values() for reading in one))
    return frozenset(whole), frozenset(one[:k] for one in whole for k in range(1, len(one) + 1))


@lru_cache(maxsize=LINES_KEPT)
def syllables(line: str) -> Syllables:
    """The usual readings of the Chinese characters of a plain line, one after the other."""
    if line.isascii():
        return ()
    known = _readings()
    found = tuple(known[character] for character in line if character in known)
    return found if len(found) <= MOST_CHARACTERS else ()


def readings(name: str) -> list[str]:
    """What the surname makes of a plain name where that is not the usual reading: 单雄信 gives `shan xiong xin`."""
    known = _readings()
    whole = "".join(character for character in name if character in known)
    for length in (2, 1):
        surname = _surnames().get(whole[:length])
        if surname and len(whole) > length:
            usual = syllables(whole)
            rest = usual[length:]
            return [" ".join(head + rest) for head in surname if head + rest != usual]
    return []


def tokens(spelled: Syllables) -> Iterable[str]:
    """What the index keeps of a word spelled so."""
    letters = "".join(one[0] for one in spelled)
    found = {
        FIRST_LETTERS + letters[at : at + width]
        for width in range(1, GRAM + 1)
        for at in range(len(letters) - width + 1)
    }
    for one in set(spelled):
        found.update(SYLLABLE + one[:k] for k in range(min(2, len(one)), len(one) + 1))
    return found


def begins(typed: str, spelled: Syllables) -> bool:
    """Whether letters stand for the word from one of its characters on: first letters, or the spelling."""
    return any(True for _ in _covered(typed, spelled))


def places(typed: str, line: str) -> list[tuple[int, int]]:
    """Which characters of a plain line the letters stand for, as (first, behind the last)."""
    spelled = syllables(line)
    if not spelled:
        return []
    at = [place for place, character in enumerate(line) if character in _readings()]
    return [(at[first], at[last] + 1) for first, last in _covered(typed, spelled)]


def _covered(typed: str, spelled: Syllables) -> Iterable[tuple[int, int]]:
    """First and last syllable of every place where the letters fit."""
    for first in range(len(spelled)):
        if typed[0] != spelled[first][0]:
            continue
        if all(
            first + k < len(spelled) and letter == spelled[first + k][0] for k, letter in enumerate(typed)
        ):
            yield first, first + len(typed) - 1
        left = typed
        for at in range(first, len(spelled)):
            one = spelled[at]
            if one.startswith(left):
                yield first, at
                break
            if not left.startswith(one):
                break
            left = left[len(one) :]


@lru_cache(maxsize=1000)
def question(typed: str) -> tuple[tuple[str, ...], ...]:
    """Alternatives of tokens, one of which a word that the letters stand for must have."""
    found: dict[tuple[str, ...], None] = {}
    if not NEVER_FIRST.intersection(typed):
        found[_letters(typed)] = None
    for way in _ways(typed):
        # One letter may be all that is typed of its syllable: the first letters hold it.
        spelled = tuple(SYLLABLE + part for at, part in enumerate(way, 1) if len(part) > 1 or at < len(way))
        found[tuple(dict.fromkeys(spelled + _letters("".join(part[0] for part in way))))] = None
    return tuple(found)


def _letters(first: str) -> tuple[str, ...]:
    if len(first) <= GRAM:
        return (FIRST_LETTERS + first,)
    return tuple(dict.fromkeys(FIRST_LETTERS + first[at : at + GRAM] for at in range(len(first) - GRAM + 1)))


def _ways(typed: str) -> list[Syllables]:
    """Every way to read the letters as syllables, the last one perhaps not yet typed out; where there are too many,
    every way to read the first one."""
    whole, begun = _known()

    @cache
    def steps(rest: str) -> tuple[str, ...]:
        """The syllables that may come first."""
        return tuple(
            rest[:k] for k in range(1, min(LONGEST_SYLLABLE, len(rest) - 1) + 1) if rest[:k] in whole
        )

    @cache
    def readable(rest: str) -> bool:
        return rest in begun or any(readable(rest[len(one) :]) for one in steps(rest))

    @cache
    def count(rest: str) -> int:
        return (rest in begun) + sum(count(rest[len(one) :]) for one in steps(rest))

    def read(rest: str) -> Iterable[Syllables]:
        if rest in begun:
            yield (rest,)
        for one in steps(rest):
            yield from ((one, *more) for more in read(rest[len(one) :]))

    if count(typed) <= MOST_WAYS:
        return list(read(typed))
    firsts = [one for one in steps(typed) if readable(typed[len(one) :])]
    return [(one,) for one in (*firsts, *((typed,) if typed in begun else ()))]
