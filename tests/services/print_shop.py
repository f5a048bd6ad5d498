"""A shop with one refund posted, and a printer that tests hold in their hands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from visits import Counter, build_shop, opened

from counter_app.db import connection
from counter_app.domain.errors import SurroundingsError
from counter_app.services import print_queue, print_rules, printing
from counter_app.services.print_queue import JobView
from counter_app.services.print_routes import Paper, Printer, Seen
from counter_app.services.print_rules import Rule


def build_posted(folder: Path) -> None:
    """A shop in which 199.00 went back to a customer, signed and in cash."""
    build_shop(folder / "bare")
    with opened(folder / "bare", folder / "posted") as counter:
        counter.open_drawer()
        visit = counter.visit(counter.simple_sale())
        visit.go("return", "agree", "in_person", "fit")
        visit.post()
        connection.checkpoint(counter.desk.db, force=True)


@contextmanager
def posted_shop(template: Path, folder: Path) -> Iterator[Counter]:
    """A copy of it, with its requests numbered on from there."""
    with opened(template / "posted", folder) as counter:
        counter.requests = iter(range(500, 10_000))
        yield counter


def sheet(counter: Counter, kind: str = "return_form") -> printing.Sheet:
    """The slip of this kind of the one case there is."""
    (number,) = counter.desk.db.execute_sql("SELECT number FROM case_file").fetchone()
    return next(one for one in printing.sheets(counter.clerk, number) if one.key.endswith(f"/{kind}"))


def only_job(counter: Counter) -> JobView:
    """The one job there is, in whatever state."""
    (job,) = print_queue.jobs(counter.desk, ALL)
    return job


def to_printer(counter: Counter, name: str, **rule: object) -> None:
    """Everything goes to this printer."""
    for group in print_rules.GROUPS:
        print_rules.set_rule(counter.owner, "groups", group, Rule(printer=name, **rule))


ALL = (*print_queue.OPEN, "printed", "cancelled")


@dataclass
class Papers:
    """A spooler that keeps what it is given. `wrong`: why it takes nothing; `breaks`: gives up while it sends."""

    wrong: SurroundingsError | None = None
    breaks: SurroundingsError | None = None
    fate: str = "done"
    hands_over: bool = False
    given: list[tuple[str, bytes, str, Paper, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)

    def printers(self) -> tuple[Printer, ...]:
        return (Printer("Office", default=True),)

    def trays(self, name: str) -> tuple[str, ...]:
        return ("main", "side")

    def trouble(self, name: str) -> SurroundingsError | None:
        return self.wrong

    def send(self, name: str, pdf: bytes, title: str, paper: Paper, tray: str) -> str:
        if self.breaks is not None:
            raise self.breaks
        self.given.append((name, pdf, title, paper, tray))
        return f"{name}/{len(self.given)}"

    def look(self, ref: str) -> Seen:
        return Seen(self.fate)

    def cancel(self, ref: str) -> bool:
        self.taken_back.append(ref)
        return self.fate == "there"
