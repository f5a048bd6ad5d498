"""Random days at the counter beside a plain model, as many shops as wanted: for `run.py --days`."""

from __future__ import annotations

import shutil
import traceback
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from shop_days import ShopDays
from visits import build_shop, opened

from counter_app.domain.errors import CounterError

STEPS = 45
"""What happens in one shop before its last day, on which everything comes back."""


@dataclass
class Figures:
    """What a run came to."""

    shops: int = 0
    done: Tally[str] = field(default_factory=Tally)
    broken: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For the note."""
        acts = ", ".join(f"{name} {number}" for name, number in self.done.most_common())
        return [
            f"shops beside a plain model: {self.shops}, compared after each of {self.done.total()} steps ({acts})",
            f"broken: {len(self.broken)}",
            *self.broken[:5],
        ]


def run_days(shops: int, seed: int, place: Path, tell: Callable[[str], None] = lambda line: None) -> Figures:
    """Work so many shops through their days; stops at the first that is not what its model says."""
    figures, first = Figures(), place / "first"
    build_shop(first)
    for turn in range(shops):
        folder = place / f"店 {turn}"
        with opened(first, folder) as counter:
            days = ShopDays(counter, Random(f"{seed}-{turn}"))
            try:
                for _ in range(STEPS):
                    days.step()
                days.last_day()
                counter.sound()
            except (AssertionError, CounterError):
                figures.broken.append(
                    f"shop {turn} of seed {seed}, {dict(days.done)}: {traceback.format_exc()}"
                )
                break
        shutil.rmtree(folder)
        figures.shops += 1
        figures.done.update(days.done)
        if figures.shops % 10 == 0:
            tell(f"{figures.shops} of {shops} shops")
    return figures
