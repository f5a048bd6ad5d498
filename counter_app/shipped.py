"""What the program ships, loaded and checked once: codes, charts, the calendar of rest days."""

from __future__ import annotations

from functools import cache

from counter_app import resources
from counter_app.domain.chart import Chart, load_chart
from counter_app.domain.codes import Codes, read_codes
from counter_app.domain.dates import Calendar, load_calendar

CHARTS = ("counter", "listing")


@cache
def codes() -> Codes:
    """The codes that a chart may use, from `policy/codes.toml` and `policy/scripts.toml`."""
    return read_codes(
        resources.read_toml("policy", "codes.toml"), resources.read_toml("policy", "scripts.toml")
    )


@cache
def categories() -> frozenset[str]:
    """The codes of the categories of goods."""
    tables = resources.read_toml("policy", "categories.toml")
    return frozenset(code for code, entry in tables.items() if isinstance(entry, dict) and "zh" in entry)


@cache
def chart(name: str) -> Chart:
    """A shipped chart, one of `CHARTS`. Raises UserError `chart.…` when its file is malformed."""
    return load_chart(resources.read_text("charts", f"{name}.toml"), f"{name}.toml", codes())


@cache
def calendar() -> Calendar:
    """The country's rest days as far as they are known."""
    return load_calendar(resources.read_toml("policy", "holidays.toml"))
