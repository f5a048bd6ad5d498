"""The page of requirement rows names every row of the counter once, and tests that exist and claim the row."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "requirements.md"
ROW = re.compile(r"^\| (S\d-\d+) \| (.+?) \| (.+?) \| (.*?) \|$", re.MULTILINE)
OF_THE_COUNTER = {
    "S0": range(2, 14),
    "S2": (*range(7, 17), *range(24, 27), 35),
    "S3": range(27, 30),
    "S4": (*range(1, 86), 113, 114),
}


def claims() -> dict[str, set[str]]:
    """Test (`folder/file.py::name`) → the rows it is marked with, in its own mark or in its table of ways."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                name = f"{file.relative_to(ROOT / 'tests').as_posix()}::{node.name}"
                found[name] |= {
                    argument.value
                    for mark in node.decorator_list
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.req"
                    for argument in mark.args
                    if isinstance(argument, ast.Constant)
                }
    ways = (
        (ROOT / "tests" / "end_to_end" / "trips.py").read_text(encoding="utf-8").partition("\nPROVES = ")[2]
    )
    found["end_to_end/test_visits.py::test_a_visit_goes_to_its_end_and_the_books_hold"] |= set(
        re.findall(r'"(S\d-\d+)"', ways)
    )
    return found


@pytest.fixture(scope="module")
def page() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_row_of_the_counter_is_named_once_and_no_other(page: list[tuple[str, str, str, str]]) -> None:
    expected = [f"{source}-{number}" for source, numbers in OF_THE_COUNTER.items() for number in numbers]
    named = [row for row, *_ in page]
    assert sorted(named) == sorted(expected)


def test_every_test_that_is_named_exists_and_claims_its_row(page: list[tuple[str, str, str, str]]) -> None:
    known = claims()
    wrong = [
        (row, name)
        for row, _what, proofs, _open in page
        for name in re.findall(r"`([^`]+::[^`]+)`", proofs)
        if row not in known.get(name, set())
    ]
    assert wrong == []


def test_a_row_is_proven_or_says_why_not_yet(page: list[tuple[str, str, str, str]]) -> None:
    for row, _what, proofs, left in page:
        assert "::" in proofs or left.startswith("**not yet**: "), row
    told = re.search(
        r"^(\d+) rows are proven whole, (\d+) .+?, (\d+) not yet\.$", PAGE.read_text("utf-8"), re.M
    )
    assert told is not None
    open_rows = [row for row, _what, proofs, _left in page if "::" not in proofs]
    partly = [row for row, _what, proofs, left in page if "::" in proofs and left]
    assert [int(count) for count in told.groups()] == [
        len(page) - len(open_rows) - len(partly),
        len(partly),
        len(open_rows),
    ]
