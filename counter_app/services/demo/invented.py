"""Chance, always the same for the same seed, and what the file of invented things offers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, TypeVar

from counter_app import resources

T = TypeVar("T")


@cache
def table() -> dict[str, Any]:
    """`resources/samples/demo.toml`."""
    return resources.read_toml("samples", "demo.toml")


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws lots. Everything invented comes out of one of these, so that a seed gives the same shop again."""

    random: Random

    @classmethod
    def of(cls, *seed: object) -> Draw:
        """The draw that belongs to a seed."""
        return cls(Random("/".join(str(part) for part in seed)))

    def chance(self, name: str) -> bool:
        """Whether something happens that happens this often, by its name under `chance`."""
        return self.random.random() < float(table()["chance"][name])

    def often(self, share: float) -> bool:
        """Whether something happens in this share of times."""
        return self.random.random() < share

    def pick(self, things: Sequence[T]) -> T:
        """Any one of them."""
        return things[self.random.randrange(len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of them by weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends possible."""
        return self.random.randint(least, most)

    def share(self, fen: int, percent: Sequence[int]) -> int:
        """A part of an amount, 分, in whole 角 and never nothing."""
        return max(fen * self.between(percent[0], percent[1]) // 1000 * 10, 100)

    def reason(self, kind: str) -> str:
        """Why somebody did something; a kind without words of its own gets usual ones."""
        reasons = table()["reasons"]
        return str(self.pick(reasons.get(kind, reasons["default"])))

    def digits(self, count: int) -> str:
        """A number of so many digits."""
        return "".join(str(self.random.randrange(10)) for _ in range(count))

    def person(self) -> tuple[str, str]:
        """A name and a mobile number that nobody has."""
        people = table()["people"]
        double = self.often(0.02)
        surname = self.pick(people["double_surnames"]) if double else self.pick(people["surnames"])
        return str(surname + self.pick(people["given"])), str(people["phone_prefix"] + self.digits(8))

    def strokes(self) -> list[list[tuple[int, int]]]:
        """A signature on a pad of 600 × 200."""
        drawn = []
        left = self.between(40, 90)
        for _ in range(self.between(4, 7)):
            x, y = left, self.between(40, 150)
            stroke = []
            for _ in range(self.between(8, 18)):
                stroke.append((x, y))
                x = min(max(x + self.between(-9, 22), 5), 595)
                y = min(max(y + self.between(-24, 24), 5), 195)
            drawn.append(stroke)
            left = min(left + self.between(45, 95), 520)
        return drawn
