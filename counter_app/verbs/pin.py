"""Showing who one is without a window: the PIN from a file, the environment or the keyboard, never from the arguments,
which every program on the machine can read."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from dataclasses import replace
from pathlib import Path

from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import staff
from counter_app.services.desk import Desk

VARIABLE = "COUNTER_PIN"


def declare(parser: argparse.ArgumentParser) -> None:
    """The argument that names the file."""
    parser.add_argument(
        "--pin-file",
        metavar="FILE",
        help=f"file whose first line is the PIN of --staff (else {VARIABLE}, else it is asked for)",
    )


def given_already(given: argparse.Namespace) -> bool:
    """Whether a PIN comes with the call, so that nobody has to be asked."""
    return bool(given.pin_file or os.environ.get(VARIABLE))


def shown(desk: Desk, staff_id: int, given: argparse.Namespace) -> Desk:
    """The desk in the name of a member of staff who showed their PIN. A wrong one counts and locks as at the window.

    Raises UserError `cli.pin` when there is nobody to ask, and as `staff.verify_pin`; SurroundingsError `cli.pin_file`.
    """
    return replace(desk, staff=staff.verify_pin(desk, staff_id, _pin(given)))


def _pin(given: argparse.Namespace) -> str:
    if given.pin_file:
        file = Path(given.pin_file)
        try:
            return (file.read_text(encoding="utf-8-sig").splitlines() or [""])[0].strip()
        except (OSError, UnicodeDecodeError) as cause:
            why = system_reason(cause)
            raise SurroundingsError("cli.pin_file", file=str(file), why=why) from cause
    if VARIABLE in os.environ:
        return os.environ[VARIABLE].strip()
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError("cli.pin", variable=VARIABLE)
    return getpass.getpass("PIN: ", stream=sys.stderr)
