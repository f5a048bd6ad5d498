"""Days of random work at the counter come to what a plain model of the shop says, to the last 分."""

from __future__ import annotations

import os
from collections import Counter as Tally
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from shop_days import ShopDays
from visits import build_shop, opened

DAYS, STEPS = int(os.environ.get("SHOP_DAYS", "2")), int(os.environ.get("SHOP_STEPS", "30"))
"""How many shops, and how many steps in each. `SHOP_DAYS=300 SHOP_STEPS=45 HYPOTHESIS_PROFILE=explore` looks for
new ones, `python tests/faults/run.py --days 300` without hypothesis."""


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("like") / "first"
    build_shop(folder)
    return folder


def test_random_days_at_the_counter_come_to_what_a_plain_model_says(
    first_day: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    worked: Tally[str] = Tally()

    @settings(max_examples=DAYS, phases=(Phase.generate,))
    @given(seed=st.integers(0, 2**32 - 1))
    def one_shop(seed: int) -> None:
        with opened(first_day, tmp_path_factory.mktemp("days") / "店 1") as counter:
            days = ShopDays(counter, Random(seed))
            for _ in range(STEPS):
                note(days.step())
            days.last_day()
            counter.sound()
        worked.update(days.done)

    one_shop()
    assert {"post", "reverse", "settle"} <= set(worked), worked
