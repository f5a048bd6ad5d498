"""The samples that a new shop may be filled with: whoever practises months later finds their rights still open."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_app import cli, resources
from counter_app.db.models import Sale
from counter_app.services import imports, sample_orders
from counter_app.services.desk import Desk
from counter_app.ui import samples

NAMES = [batch for batch in samples.BATCHES if batch != ("products.csv",)]


def _files(names: tuple[str, ...]) -> list[Path]:
    return [resources.path("samples", name) for name in names]


def _latest() -> object:
    days = [max(filter(None, (row.purchased_on, row.delivered_on, row.received_on))) for row in Sale.select()]
    return max(days)


def test_the_latest_day_of_the_samples_is_what_the_program_takes_it_for(desk: Desk) -> None:
    for names in NAMES:
        imports.run_import(desk, _files(names))
    assert _latest() == sample_orders.LAST_DAY


@pytest.mark.parametrize("months", [0, 9])
def test_loaded_later_their_latest_day_is_today_and_no_sum_changes(
    desk: Desk, clock: Any, months: int
) -> None:
    clock.forward(days=30 * months)
    later = sample_orders.days_later(desk)
    assert later > 0
    for names in NAMES:
        done = imports.run_import(desk, _files(names), days_later=later).value
        assert done.faults == ()
    assert _latest() == desk.today()
    assert desk.today() - sample_orders.LAST_DAY == timedelta(days=later)
    assert sum(row.paid_fen for row in Sale.select()) > 0


def test_a_clock_that_stands_before_them_moves_nothing_back(desk: Desk, clock: Any) -> None:
    clock.forward(days=-60)
    assert sample_orders.days_later(desk) == 0


def test_the_verb_moves_them_when_it_is_asked_to(desk: Desk) -> None:
    file = str(_files(("plain_orders.csv",))[0])
    assert cli.main(["import", file, "--sample-days", "--data", str(desk.folder)]) == 0
    assert max(row.purchased_on for row in Sale.select()) > sample_orders.LAST_DAY
