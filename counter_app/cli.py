"""The program without a window: `main.py VERB …`. Same services, same sentences, exit 0 or 2."""

from __future__ import annotations

import argparse
import importlib
import locale
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from counter_app import data_folder, wording
from counter_app.domain.errors import CounterError, UserError
from counter_app.verbs import streams

BAD = 2
# Verb → what it is for. The module is `counter_app.verbs.<verb>` and is imported only when called.
VERBS: dict[str, str] = {
    "walk": "walk a decision chart from a JSON file",
    "import": "take in orders or articles from CSV and Excel files",
    "watch": "take in what the register left in the watched folder",
    "form": "write the slips of a document or a case as PDF",
    "print": "print what waits in the print queue",
    "export": "write the archive of a month or a year as an Excel workbook",
    "backup": "copy the database while it is in use",
    "restore": "put a backup in the place of the database",
    "verify": "check chains, sums, hashes, files and numbers",
    "migrate": "bring an earlier database up to date",
    "reindex": "build the search index, figures and kept sums again",
    "demo": "fill an empty data folder with an invented shop",
}
MODULE_NAMES = {"import": "import_sales", "print": "print_jobs"}  # no names for modules


def main(argv: Sequence[str]) -> int:
    """Run one verb. Returns 0, or 2 after one line on standard error saying what was wrong."""
    language: wording.Language = _language(None)
    # A file or pipe on a Western Windows has no Chinese; better a spelled-out sign than no answer.
    streams.spoken(errors="backslashreplace")
    with streams.told():
        return _run(argv, language)


def _run(argv: Sequence[str], language: wording.Language) -> int:
    try:
        given = _parse(argv)
        language = given.language
        return int(given.run(given))
    except CounterError as error:
        return _refuse(wording.sentence(error, language))
    except KeyboardInterrupt:
        return _refuse(wording.sentence(UserError("cli.interrupted"), language))
    except Exception as error:  # noqa: BLE001  the last fence: whatever it is, it is logged and told
        return _refuse(wording.sentence(_our_bug(error, argv), language))


def window_wanted(argv: Sequence[str]) -> bool:
    """Whether no verb was asked for. A data folder named for the window is handed on as COUNTER_DATA_DIR."""
    try:
        given, rest = _globals(prog="main.py", add_help=False).parse_known_args(argv)
    except UserError:
        return False
    if not rest and "data" in given:
        os.environ["COUNTER_DATA_DIR"] = given.data
    return not rest


class _Parser(argparse.ArgumentParser):
    """Wrong arguments become one sentence instead of argparse's two lines and exit."""

    def error(self, message: str) -> Any:
        raise UserError("cli.arguments", message=message, usage=self.prog)


def _globals(**settings: Any) -> _Parser:
    """The options that every verb and the window share. Absent ones leave no trace in the namespace."""
    absent = argparse.SUPPRESS
    parser = _Parser(allow_abbrev=False, **settings)
    parser.add_argument("--data", metavar="DIR", default=absent, help="data folder (else COUNTER_DATA_DIR)")
    parser.add_argument("--language", choices=("zh", "en"), default=absent, help="language of messages")
    return parser


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    first = _globals(
        prog="main.py",
        description="Counter, the after-sales counter of a shop. Without a verb the window opens.",
        epilog="verbs: " + "; ".join(f"{verb}: {purpose}" for verb, purpose in VERBS.items()),
    )
    first.add_argument("verb", choices=tuple(VERBS), metavar="VERB")
    first.add_argument("rest", nargs=argparse.REMAINDER, metavar="...")
    given = first.parse_args(argv)
    module = importlib.import_module(f"counter_app.verbs.{MODULE_NAMES.get(given.verb, given.verb)}")
    second = _globals(prog=f"main.py {given.verb}", description=VERBS[given.verb])
    module.declare(second)
    given = second.parse_args(given.rest, namespace=given)
    given.run = module.run
    given.spooler = _spooler
    given.data = data_folder.locate(getattr(given, "data", None))
    given.language = _language(getattr(given, "language", None))
    return given


def _spooler() -> Any:
    """The system's printers: CUPS where there is one, else through Qt, which only this room may hand to a verb."""
    from counter_app.services import print_cups

    if print_cups.is_here():
        return print_cups.Cups()
    from counter_app.ui.qt_printers import QtPrinters

    return QtPrinters()


def _language(asked: str | None) -> wording.Language:
    """As asked, else the system's: Chinese unless the system speaks something else. No locale: Chinese."""
    if asked == "en":
        return "en"
    if asked is None:
        told = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
        if told and told not in {"C", "POSIX", "C.UTF-8"} and not told.lower().startswith(("zh", "chinese")):
            return "en"
    return "zh"


def _our_bug(error: Exception, argv: Sequence[str]) -> CounterError:
    """Log the trace into the data folder and say where it lies."""
    named, _ = _globals(prog="main.py", add_help=False).parse_known_args(argv)
    try:
        file = data_folder.start_log(data_folder.locate(getattr(named, "data", None)))
    except CounterError as unwritable:
        return unwritable
    logging.getLogger(__name__).error("%s failed", " ".join(argv), exc_info=error)
    return CounterError("cli.bug", kind=type(error).__name__, file=str(file))


def _refuse(line: str) -> int:
    print(" ".join(line.split()), file=sys.stderr)
    return BAD
