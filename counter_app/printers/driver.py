"""python-escpos, brought in when something is first sent, and kept from leaving traces.

Importing it makes a directory for a cache it never finds again, and its log lines give the root logger a handler
that writes to the screen; both are undone here.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def quiet() -> Iterator[None]:
    """Takes away the handlers that a call into the library adds to the root logger."""
    root = logging.getLogger()
    before = list(root.handlers)
    try:
        yield
    finally:
        for handler in list(root.handlers):
            if handler not in before:
                root.removeHandler(handler)


@cache
def library() -> Any:
    """`escpos.printer`, imported once (a third of a second)."""
    with quiet():
        from escpos import capabilities, printer

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer


def encoder(pages: dict[str, int]) -> Any:
    """The library's choice among code pages, given by name with their numbers in the printer."""
    library()
    from escpos.magicencode import Encoder

    return Encoder(pages)


def qr(text: str, module: int) -> bytes:
    """GS ( k: model 2, level M, `module` dots to a module (1–16)."""
    printer = library().Dummy()
    printer.qr(text, ec=1, size=module, native=True)
    return bytes(printer.output)
