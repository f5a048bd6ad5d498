"""What the window says of a print job, and the printers it names."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtPrintSupport import QPrinterInfo

from counter_app.services import print_rules
from counter_app.services.desk import Desk
from counter_app.services.print_queue import JobView
from counter_app.ui import texts


def state(job: JobView) -> str:
    """How far a job is, in a word or two."""
    match job.state:
        case "waiting" if job.trouble is None:
            return QCoreApplication.translate("Printing", "waiting to be printed")
        case "waiting":
            return QCoreApplication.translate("Printing", "waiting, is tried again")
        case "claimed" | "sending":
            return QCoreApplication.translate("Printing", "being printed")
        case "sent":
            return QCoreApplication.translate("Printing", "at the printer")
        case "printed":
            return QCoreApplication.translate("Printing", "printed")
        case "unclear":
            return QCoreApplication.translate("Printing", "did the paper come out?")
        case "failed":
            return QCoreApplication.translate("Printing", "not printed")
        case _:
            return QCoreApplication.translate("Printing", "print cancelled")


def trouble(job: JobView) -> str:
    """Why somebody has to look at it, '' when nobody has."""
    return texts.sentence(job.trouble) if job.trouble is not None else ""


def printer(name: str) -> str:
    """A printer's name; the system's own has none."""
    return name or QCoreApplication.translate("Printing", "The system's own")


def printers(desk: Desk) -> list[str]:
    """Every printer there is: the shop's receipt printers by their names, then the system's."""
    own = list(print_rules.devices(desk))
    return own + [name for name in QPrinterInfo.availablePrinterNames() if name not in own]


def what(job: JobView) -> str:
    """What a job prints, where it is no slip."""
    if job.what == "test":
        return QCoreApplication.translate("Printing", "Test page")
    return QCoreApplication.translate("Printing", "Cash drawer")
