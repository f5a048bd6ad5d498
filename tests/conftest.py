"""Set-up that every test shares: no screen is needed, and what was proven can be listed by requirement row."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine must not fail a property; the same examples each time, so that a red run can be repeated.
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("shop", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "shop"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rows", action="store_true", help="list which requirement rows the passed tests prove")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        rows = [str(row) for mark in item.iter_markers("req") for row in mark.args]
        if rows:
            # Carried with the report, so that it also arrives from the workers of a shared run.
            item.user_properties.append(("req", sorted(set(rows))))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("--rows"):
        return
    proofs: dict[str, set[str]] = defaultdict(set)
    for report in terminalreporter.stats.get("passed", []):
        for name, rows in report.user_properties:
            if name == "req":
                for row in rows:
                    proofs[row].add(report.nodeid.split("[")[0])
    terminalreporter.section(f"{len(proofs)} requirement rows proven")
    for row in sorted(proofs, key=_row_order):
        terminalreporter.line(f"{row}  {', '.join(sorted(proofs[row]))}")


def _row_order(row: str) -> tuple[str, int, str]:
    source, _, number = row.partition("-")
    return source, int(number) if number.isdigit() else 0, row
