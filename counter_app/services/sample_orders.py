"""The shipped sample orders, with days as if the newest were of today: whoever practises later finds the windows of
return and exchange still open."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.services.desk import Desk

LAST_DAY: Final = date(2026, 11, 1)
"""The latest day that any sample names, of a purchase, a delivery or a receipt."""


def days_later(desk: Desk) -> int:
    """By how many days the samples are moved so that their latest day is today; never back."""
    return max((desk.today() - LAST_DAY).days, 0)
