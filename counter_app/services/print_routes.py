"""The ways to a printer: the system's (CUPS, or Qt where there is no CUPS) and receipt printers spoken to directly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.domain.errors import SurroundingsError


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer of the system; `default`: what is used when none is named."""

    name: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of one PDF: its name where it is a standard one, else '', and its first page's size in mm."""

    name: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a job that was handed over.

    `state`: `there` (waits or prints), `done`, `aborted` (the printer gave up in the middle of it), `cancelled` (by
    somebody at the printer) or `gone` (nothing is known of it any more). `trouble`: what its printer waits for.
    """

    state: str
    trouble: SurroundingsError | None = None


class Spooler(Protocol):
    """The system's printers. Every call may wait for a server, so none is made in the window's thread."""

    @property
    def hands_over(self) -> bool:
        """Whether a job's fate is unknown once it is handed over."""

    def printers(self) -> tuple[Printer, ...]:
        """Every printer there is."""

    def trays(self, name: str) -> tuple[str, ...]:
        """The trays its driver tells of."""

    def trouble(self, name: str) -> SurroundingsError | None:
        """What keeps a printer from taking a job now."""

    def send(self, name: str, pdf: bytes, title: str, paper: Paper, tray: str) -> str:
        """Hand a PDF over; by what it can be looked up again. Raises SurroundingsError `print.…`."""

    def look(self, ref: str) -> Seen:
        """What became of a job."""

    def cancel(self, ref: str) -> bool:
        """Take a job back; false when there was nothing left to take."""
