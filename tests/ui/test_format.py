"""Figures as the window writes them."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest

from counter_app.ui import format as shown


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "¥0.00"), (5, "¥0.05"), (123456, "¥1,234.56"), (-3000, "−¥30.00"), (10**11, "¥1,000,000,000.00")],
)
def test_money_shows_yuan_with_two_places(fen: int, text: str) -> None:
    assert shown.money(fen) == text


def test_money_can_show_its_sign_and_leave_out_the_mark() -> None:
    assert shown.money(100, plus=True) == "+¥1.00"
    assert shown.money(100, sign=False) == "1.00"


@pytest.mark.parametrize(
    ("milli", "text"), [(2000, "2"), (355, "0.355"), (1500, "1.5"), (-1000, "−1"), (0, "0")]
)
def test_quantities_show_no_idle_zeros(milli: int, text: str) -> None:
    assert shown.quantity(milli) == text


@pytest.mark.parametrize(("bp", "text"), [(1300, "13%"), (1250, "12.5%"), (0, "0%"), (10000, "100%")])
def test_rates_show_percent(bp: int, text: str) -> None:
    assert shown.percent(bp) == text


def test_days_are_read_aloud_in_both_languages(dressed) -> None:
    assert shown.day_long("2026-11-12") == "Thu 12 Nov 2026"
    dressed.switch("zh")
    assert shown.day_long("2026-11-12") == "2026年11月12日 周四"


def test_moments_stand_in_the_shops_zone() -> None:
    shop = timezone(timedelta(hours=8))
    assert shown.moment(1_794_447_000_000, shop) == "2026-11-12 09:30"
    assert shown.clock(1_794_447_000_000, UTC) == "01:30"


def test_somebodys_words_fit_one_line_without_control_marks() -> None:
    assert shown.one_line("a\nb\x00\u202ec  d") == "a b c d"
    assert shown.one_line("长" * 300, 10) == "长" * 9 + "…"


@pytest.mark.parametrize(("seconds", "text"), [(5, "0:05"), (125, "2:05"), (3725, "1:02:05"), (-3, "0:00")])
def test_lengths_of_time_are_short(seconds: float, text: str) -> None:
    assert shown.duration(seconds) == text
