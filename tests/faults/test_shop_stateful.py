"""Whatever happens at the counter, in whatever order: after every step the shop is what a plain model says.

`SHOP_DAYS=100 SHOP_STEPS=60 HYPOTHESIS_PROFILE=explore` looks for new days.
"""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import ClassVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from long_days import LongDays
from visits import build_shop, opened

DAYS, STEPS = int(os.environ.get("SHOP_DAYS", "2")), int(os.environ.get("SHOP_STEPS", "12"))
CHANCE = st.integers(0, 2**32 - 1).map(Random)

MORNING = (
    *("sell", "come_in", "come_in", "come_in", "come_in", "post", "post", "reverse"),
    *("change_shift", "lend", "lend", "settle", "change_shift", "take_in", "settle", "correct", "brought"),
)
"""How every day begins, so that each of the rules finds something to do."""
NEEDED: dict[str, Callable[[LongDays], object]] = {
    "post": lambda days: days.books.wishes,
    "think_better_of_it": lambda days: days.books.wishes,
    "settle": lambda days: days.books.owed,
    "reverse": lambda days: any(deed.number and not deed.undone for deed in days.books.deeds),
    "brought": lambda days: days.out(),
    "next_day": lambda days: days.days < 4,
    "set_clock_back": lambda days: days.books.deeds,
}
"""What must be there before an act can happen."""


@cache
def _first_day() -> tuple[TemporaryDirectory[str], Path]:
    kept = TemporaryDirectory(prefix="counter-first-day-", ignore_cleanup_errors=True)
    folder = Path(kept.name) / "first"
    build_shop(folder)
    return kept, folder


class Days(RuleBasedStateMachine):
    """One shop and its model; every rule is something that happens at a counter, drawn by hypothesis."""

    done: ClassVar[Tally[str]] = Tally()

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()

    @initialize(chance=CHANCE)
    def opens(self, chance: Random) -> None:
        place = Path(
            self.open.enter_context(TemporaryDirectory(prefix="counter-days-", ignore_cleanup_errors=True))
        )
        counter = self.open.enter_context(opened(_first_day()[1], place / "店 1"))
        self.days = LongDays(counter, chance, place / "files")
        for act in MORNING:
            if act not in NEEDED or NEEDED[act](self.days):
                self.happens(act, chance)

    def teardown(self) -> None:
        self.open.close()

    def happens(self, act: str, chance: Random) -> None:
        self.days.chance = chance
        getattr(self.days, act)()
        self.days.compare()
        self.done[act] += 1

    @rule(chance=CHANCE)
    def sale(self, chance: Random) -> None:
        self.happens("sell", chance)

    @rule(chance=CHANCE)
    def visit(self, chance: Random) -> None:
        self.happens("come_in", chance)

    @rule(chance=CHANCE)
    def another_visit(self, chance: Random) -> None:
        self.happens("come_in", chance)

    @precondition(lambda self: NEEDED["post"](self.days))
    @rule(chance=CHANCE)
    def posting(self, chance: Random) -> None:
        self.happens("post", chance)

    @precondition(lambda self: NEEDED["think_better_of_it"](self.days))
    @rule(chance=CHANCE)
    def withdrawal(self, chance: Random) -> None:
        self.happens("think_better_of_it", chance)

    @precondition(lambda self: NEEDED["settle"](self.days))
    @rule(chance=CHANCE)
    def settlement(self, chance: Random) -> None:
        self.happens("settle", chance)

    @rule(chance=CHANCE)
    def wrong_proof(self, chance: Random) -> None:
        self.happens("correct", chance)

    @precondition(lambda self: NEEDED["reverse"](self.days))
    @rule(chance=CHANCE)
    def reversal(self, chance: Random) -> None:
        self.happens("reverse", chance)

    @rule(chance=CHANCE)
    def shift(self, chance: Random) -> None:
        self.happens("change_shift", chance)

    @rule(chance=CHANCE)
    def file_of_the_till(self, chance: Random) -> None:
        self.happens("take_in", chance)

    @rule(chance=CHANCE)
    def stock_count(self, chance: Random) -> None:
        self.happens("count_goods", chance)

    @rule(chance=CHANCE)
    def deposit(self, chance: Random) -> None:
        self.happens("lend", chance)

    @precondition(lambda self: NEEDED["brought"](self.days))
    @rule(chance=CHANCE)
    def broken_piece_arrives(self, chance: Random) -> None:
        self.happens("brought", chance)

    @precondition(lambda self: NEEDED["set_clock_back"](self.days))
    @rule(chance=CHANCE)
    def clock_goes_wrong(self, chance: Random) -> None:
        self.happens("set_clock_back", chance)

    @precondition(lambda self: NEEDED["next_day"](self.days))
    @rule(chance=CHANCE)
    def night(self, chance: Random) -> None:
        self.happens("next_day", chance)


def test_after_every_step_the_shop_is_what_a_plain_model_says() -> None:
    wanted = settings(max_examples=DAYS, stateful_step_count=STEPS, phases=(Phase.generate,))
    run_state_machine_as_test(Days, settings=wanted)
    assert {"come_in", "post", "settle", "take_in", "lend", "change_shift"} <= set(Days.done), Days.done
