"""`form NUMBER --out FILE.pdf`: every slip of a document, a case or a recall, as it was frozen, in one PDF; with
`--signed` the form as the customer signed it, byte for byte as it was stored; with `--day` the sheets of a day."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from counter_app import whole_file
from counter_app.documents.joining import joined, named
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.slip_content import kind_of
from counter_app.domain.system_reasons import system_reason
from counter_app.services import printing, signed_forms
from counter_app.services.day_sheets import SHEETS
from counter_app.services.printing import Sheet
from counter_app.verbs.opened import opened_desk


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument(
        "number",
        metavar="NUMBER",
        nargs="?",
        help="number of a document (TK…), a case (SH…) or a recall (ZH…)",
    )
    parser.add_argument("--out", metavar="FILE.pdf", required=True)
    parser.add_argument(
        "--signed",
        action="store_true",
        help="only the form that the customer signed, byte for byte as it is stored, its seal unbroken",
    )
    parser.add_argument(
        "--day", metavar="YYYY-MM-DD", help="instead of a number: the sheets of a day (register, refunds, …)"
    )
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="only slips of this kind, e.g. service_order of a case; of a day: " + ", ".join(SHEETS),
    )
    parser.add_argument(
        "--every", action="store_true", help="of a case also what is printed only when it is asked for"
    )


def run(given: argparse.Namespace) -> int:
    """Write the slips and say where they are. Looking at them so is no print and leaves no record."""
    out, number = Path(given.out), (given.number or given.day or "").strip()
    if bool(given.number) == bool(given.day):
        raise UserError("form.which")
    with opened_desk(given.data, read_only=True) as desk:
        if given.signed:
            count = 1
            pdf = signed_forms.pdf_of(
                desk, signed_forms.the_one(signed_forms.of_number(desk, number), number)
            )
        else:
            if given.day:
                sheets = printing.sheets_of_day(desk, _day(given.day), given.sheet)
            else:
                sheets = _of_kind(
                    printing.sheets(desk, number, every=given.every or bool(given.sheet)), given.sheet, number
                )
            count = len(sheets)
            pdf = joined([printing.as_it_stands(desk, sheet) for sheet in sheets])
            if count > 1:
                pdf = named(pdf, _title(sheets, number), sheets[0].language)
    _write(out, pdf)
    print(f"{out}: {count} × {number}")
    return 0


def _of_kind(sheets: tuple[Sheet, ...], kinds: list[str], number: str) -> tuple[Sheet, ...]:
    """The slips of these kinds, all of them when none is named. Raises UserError `form.kind`."""
    found = tuple(sheet for sheet in sheets if not kinds or kind_of(sheet.slip) in kinds)
    if not found:
        there = ", ".join(dict.fromkeys(kind_of(sheet.slip) for sheet in sheets))
        raise UserError("form.kind", number=number, kinds=there)
    return found


def _title(sheets: tuple[Sheet, ...], number: str) -> str:
    """The kinds of slips in a file, each once, and whose they are."""
    language = sheets[0].language
    kinds = dict.fromkeys(sheet.title.of(language) for sheet in sheets)
    return f"{('、' if language == 'zh' else ', ').join(kinds)} {number}"


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise UserError("form.day", typed=typed[:20]) from wrong


def _write(out: Path, content: bytes) -> None:
    """Never half a file. Raises SurroundingsError `form.out`."""
    try:
        whole_file.write(out, content)
    except OSError as problem:
        raise SurroundingsError("form.out", path=str(out), why=system_reason(problem)) from problem
