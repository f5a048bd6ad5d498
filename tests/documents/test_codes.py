"""The codes on a slip can be read again: bar by bar from the picture, and against an independent table."""

from __future__ import annotations

import itertools

import pytest
import segno
import slip_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from reading import ink_rows
from reportlab.graphics.barcode.code128 import Code128

from counter_app.documents import Copy, CopyKind, Paper, codes, raster, render
from counter_app.domain.errors import UserError
from counter_app.domain.slip_content import check_code, content_hash

NUMBER_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-/._"


def _standard_widths() -> dict[str, int]:
    """Bar patterns to values, from ReportLab's own table (bars and spaces as letters or digits)."""
    from reportlab.graphics.barcode import code128

    found = {}
    for value in range(103):
        pattern = code128._patterns[value]
        found[
            "".join(
                str(ord(sign) - 96 if sign.isalpha() and sign.islower() else ord(sign) - 64)
                for sign in pattern
            )
        ] = value
    return found


def _decoded(widths: list[int]) -> str:
    """A plain Code128 reader for sets B and C that checks start, check sign and stop."""
    table = _standard_widths()
    symbols = ["".join(map(str, widths[place : place + 6])) for place in range(0, len(widths) - 7, 6)]
    assert symbols[0] == "211214", "starts in set B"
    assert "".join(map(str, widths[-7:])) == "2331112", "ends with the stop pattern"
    values = [table[symbol] for symbol in symbols[1:]]
    *body, check = values
    assert check == (104 + sum(place * value for place, value in enumerate(body, 1))) % 103
    text, in_c = "", False
    for value in body:
        if value == 99 and not in_c:
            in_c = True
        elif value == 100 and in_c:
            in_c = False
        else:
            text += f"{value:02d}" if in_c else chr(value + 32)
    return text


@given(st.text(alphabet=NUMBER_SIGNS, min_size=1, max_size=48))
def test_any_document_number_can_be_read_from_its_bars(number: str) -> None:
    assert _decoded(list(codes.code128_widths(codes.scannable(number)))) == number


def test_long_runs_of_digits_take_half_the_room() -> None:
    assert len(codes.code128_values("12345678")) == 1 + 1 + 4
    assert sum(codes.code128_widths("SH01-20250305-0001")) == 200
    widget = Code128("SH01-20250305-0001", barWidth=1, quiet=0)
    assert sum(codes.code128_widths("SH01-20250305-0001")) <= widget.width + 1


@pytest.mark.parametrize("number", ["", "SH 01", "编号1", "A" * 49, "a\nb", "SH01<b>"])
def test_a_number_no_barcode_can_carry_is_refused(number: str) -> None:
    with pytest.raises(UserError, match=r"slip\.number\.unscannable"):
        codes.scannable(number)


def _runs(row: list[bool]) -> list[int]:
    return [len(list(group)) for _, group in itertools.groupby(row)]


def _barcode_in(rows: list[list[bool]], modules: int) -> list[int] | None:
    """Widths in modules of the first row that looks like a barcode of so many modules."""
    for row in rows:
        # The code stands alone in the left half of a sheet's head; cut at the first wide gap.
        place = row.index(True) if True in row else None
        if place is None:
            continue
        runs = _runs(row[place:])
        whole: list[int] = []
        for turn, length in enumerate(runs):
            if turn % 2 and length > 60:
                break
            whole.append(length)
        if len(whole) < 60:
            continue
        unit = sum(whole) / modules
        widths = [round(length / unit) for length in whole]
        if sum(widths) == modules and max(widths) <= 4 and min(widths) >= 1:
            return widths
    return None


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5, Paper.FANFOLD, Paper.ROLL_80])
def test_the_printed_bars_are_the_number(paper: Paper) -> None:
    pdf = render(samples.MONEY_RECEIPT, paper, "zh", (Copy(CopyKind.CUSTOMER, 2, "客户"),))
    page = next(iter(raster.pages(pdf, 203.2 if paper.is_roll else 600)))
    modules = sum(codes.code128_widths(samples.MONEY_RECEIPT.number))
    widths = _barcode_in(ink_rows(page), modules)
    assert widths is not None
    assert _decoded(widths) == "SJ01-20250305-0002"


@given(st.text(alphabet=NUMBER_SIGNS, min_size=1, max_size=30))
def test_the_qr_holds_the_address_that_reopens_the_case(number: str) -> None:
    address = codes.case_address(number)
    assert address == f"counter:case/{number}"
    expected = segno.make(address, error="m", micro=False, mask=4)
    assert tuple(bytes(row) for row in expected.matrix) == codes.qr_matrix(address)


def test_the_printed_qr_is_the_matrix_module_by_module() -> None:
    pdf = render(samples.RETURN_FORM, Paper.ROLL_80, "zh", (Copy(CopyKind.CUSTOMER, 2, "客户"),))
    page = next(iter(raster.pages(pdf, 203.2)))
    rows = ink_rows(page)
    code = check_code(content_hash(samples.RETURN_FORM))
    matrix = codes.qr_matrix(codes.case_address(samples.RETURN_FORM.case_number, code))
    side = len(matrix) * 6
    finder = [True] * 42 + [False] * 6
    for top, row in enumerate(rows[: len(rows) - side]):
        for left in range(len(row) - side):
            if (
                row[left : left + 48] == finder
                and not row[left - 1]
                and rows[top + 20][left + 12 : left + 30] == [True] * 18
            ):
                sampled = tuple(
                    bytes(int(rows[top + 6 * y + 3][left + 6 * x + 3]) for x in range(len(matrix)))
                    for y in range(len(matrix))
                )
                if sampled == matrix:
                    return
    pytest.fail("no QR found in the picture")
