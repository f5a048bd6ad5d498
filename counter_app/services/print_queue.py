"""The print queue: what is to come out of which printer. Jobs are written here and decided on; `print_work.py` prints.

Posting knows nothing of it. A job stands only for what is committed: `take_posted` reads which documents were posted
since it last looked and writes jobs for the kinds that print by themselves, so a process that was killed after a
posting loses nothing, and the next look of any window takes it up. The request id of a job keeps two from doing so
twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from counter_app.db.models import Document, PrintJob, Proof, Setting, Settlement
from counter_app.db.posting_sql import insert_row
from counter_app.documents import CopyKind
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.slip_content import kind_of
from counter_app.domain.spoken import Words
from counter_app.services import print_rules, printing, settings, staff
from counter_app.services.desk import Desk, Outcome
from counter_app.services.printing import Sheet

CHANGED: Final = frozenset({"print"})
SEEN: Final = "ui.print.seen"
"""The newest document that `take_posted` has looked at."""
KEPT_DAYS: Final = 30
"""Finished jobs are taken away after so long; what was printed stands in the print records for ever."""
OPEN: Final = ("waiting", "claimed", "sending", "sent", "unclear", "failed")
"""Jobs that are not over."""
LONGEST_WAIT_MS: Final = 300_000
"""No job waits longer than this for its next try."""
LONGEST_LEASE_MS: Final = 180_000
"""No worker has a job longer than this."""
BACK: Final = "back>"
"""In the place of a claim of a job that was sent: somebody wants it back, for the printer named after it."""
ASKING: Final = ("unclear", "failed")
"""Jobs that go on only when somebody says how."""


@dataclass(frozen=True, slots=True)
class JobView:
    """One job as people see it. `trouble`: why it waits, or what is asked; `tries`: how often it was tried.

    `state` is one of `db.models.printing.JOB_STATES`; `at` milliseconds of UTC.
    """

    id: int
    what: str
    number: str
    slip: str
    day: date | None
    title: Words
    copies: tuple[CopyKind, ...]
    printer: str
    paper: str
    state: str
    trouble: CounterError | None
    tries: int
    at: int
    by_id: int

    @property
    def key(self) -> str:
        """The key of its sheet (`printing.Sheet`)."""
        return f"{self.number}/{self.slip}"

    @property
    def asks(self) -> bool:
        """Whether somebody has to look: it failed, is unclear, or something keeps it waiting."""
        return self.state in ASKING or (self.trouble is not None and self.state in OPEN)


def enqueue(
    desk: Desk, sheet: Sheet, request_id: str, *, printer: str | None = None, day: date | None = None
) -> Outcome[int]:
    """Print one slip as the shop has set it, or on another printer: one job for each printer its copies go to.

    The same request id again writes nothing. Returns how many jobs there are. Raises UserError
    `staff.sign_in_first`, `print.no_copies`.
    """
    person = staff.require_somebody(desk)
    parts = print_rules.parts(desk, kind_of(sheet.slip))
    if not parts:
        raise UserError("print.no_copies", title=sheet.title)
    if printer is not None:
        whole = print_rules.way(desk, kind_of(sheet.slip))
        moved = replace(whole, printer=printer, tray=whole.tray if printer == whole.printer else "")
        parts = (print_rules.Part(moved, whole.copies),)
    with desk.db.atomic("IMMEDIATE"):
        written = _write(desk, sheet, parts, request_id, person.id, day)
    return Outcome(len(parts), CHANGED if written else frozenset())


def enqueue_test(desk: Desk, printer: str, request_id: str) -> Outcome[int]:
    """A test page on one printer, on the paper that goes there. Raises UserError `staff.sign_in_first`."""
    person = staff.require_somebody(desk)
    ways = (print_rules.way(desk, kind) for kind in print_rules.kinds())
    usual = print_rules.way(desk, "return_form").paper
    paper = next((way.paper for way in ways if way.printer == printer), usual)
    language = "en" if settings.setting(desk, "slips.language") == "en" else "zh"
    with desk.db.atomic("IMMEDIATE"):
        job = _insert(
            desk, request_id, batch=request_id, what="test", copies=[], paper=paper.value, language=language,
            printer=printer, by_id=person.id,
        )  # fmt: skip
    return Outcome(job, CHANGED)


def take_posted(desk: Desk) -> Outcome[int]:
    """Write jobs for what was posted since the last look and prints by itself. Returns how many.

    In a database that was never looked at only today's documents are taken up.
    """
    (newest,) = desk.db.execute_sql("SELECT COALESCE(MAX(id), 0) FROM document").fetchone()
    seen = settings.setting(desk, SEEN)
    if seen == newest:
        return Outcome(0, frozenset())
    rows: list[Any] = []
    if print_rules.any_silent(desk) or settings.setting(desk, "printer.drawer"):
        where = Document.id > (seen or 0)
        if seen is None:
            where &= Document.business_date == desk.today()
        rows = list(Document.select().where(where).order_by(Document.id))
    wanted = [(row, sheet) for row in rows for sheet in _silent(desk, row)]
    count = 0
    with desk.db.atomic("IMMEDIATE"):
        again = settings.setting(desk, SEEN)
        if again is not None and again != seen:
            return Outcome(0, frozenset())  # another window was faster
        for row, sheet in wanted:
            parts = print_rules.parts(desk, kind_of(sheet.slip))
            count += _write(desk, sheet, parts, f"posted:{sheet.key}", row.posted_by_id, None)
        count += sum(_drawer(desk, row) for row in rows)
        Setting.insert(key=SEEN, value=newest, at=desk.instant(), by=None).on_conflict(
            conflict_target=[Setting.key], preserve=[Setting.value, Setting.at]
        ).execute()
    return Outcome(count, CHANGED if count else frozenset())


def take_slips(desk: Desk, sheets: Iterable[Sheet], moment: str) -> Outcome[int]:
    """Print those of a case's slips that print by themselves, e.g. the receipt for goods left here; once for each
    `moment` (what happened to the case). Raises UserError `staff.sign_in_first`."""
    person = staff.require_somebody(desk)
    count = 0
    with desk.db.atomic("IMMEDIATE"):
        for sheet in sheets:
            if print_rules.way(desk, kind_of(sheet.slip)).silent:
                parts = print_rules.parts(desk, kind_of(sheet.slip))
                count += _write(desk, sheet, parts, f"{moment}:{sheet.key}", person.id, None)
    return Outcome(count, CHANGED if count else frozenset())


def jobs(desk: Desk, states: Collection[str] = OPEN) -> tuple[JobView, ...]:
    """The jobs in these states, the oldest first."""
    rows = PrintJob.select().where(PrintJob.state << list(states)).order_by(PrintJob.id)
    return tuple(_view(row) for row in rows)


def latest(desk: Desk, numbers: Collection[str]) -> Mapping[str, JobView]:
    """By sheet key the job that tells most of each slip of these documents: one that asks before one that waits,
    and either before one that is printed; of equals the newest."""
    found: dict[str, JobView] = {}
    rows = PrintJob.select().where((PrintJob.number << list(numbers)) & (PrintJob.what == "slip"))
    for row in rows.order_by(PrintJob.id):
        view = _view(row)
        before = found.get(view.key)
        if before is None or _weight(view) >= _weight(before):
            found[view.key] = view
    return found


def is_pending(desk: Desk) -> bool:
    """Whether there is something for a worker to do now: jobs that are due, lapsed or on their way."""
    wanted = due(desk) | lapsed(desk) | (PrintJob.state == "sent")
    return bool(PrintJob.select().where(wanted).exists())


def is_due(desk: Desk) -> bool:
    """Whether a job could be claimed now."""
    return bool(PrintJob.select().where(due(desk)).exists())


def due(desk: Desk) -> Any:
    """Condition: jobs that wait and whose time has come. One that would wait longer than any does was written before
    the clock was set back, and waits no more."""
    now = desk.instant()
    come = (PrintJob.next_at <= now) | (PrintJob.next_at > now + LONGEST_WAIT_MS)
    return (PrintJob.state == "waiting") & come


def lapsed(desk: Desk) -> Any:
    """Condition: jobs whose worker is gone, or took them before the clock was set back."""
    now = desk.instant()
    over = (PrintJob.lease_until <= now) | (PrintJob.lease_until > now + LONGEST_LEASE_MS)
    return PrintJob.state.in_(("claimed", "sending")) & over


def asking(desk: Desk) -> int:
    """How many jobs somebody has to look at."""
    troubled = (PrintJob.error != "") & PrintJob.state.in_(("waiting", "sent"))
    return int(PrintJob.select().where(PrintJob.state.in_(ASKING) | troubled).count())


def retry(desk: Desk, job_id: int, printer: str | None = None) -> Outcome[JobView]:
    """Try again at once, perhaps on another printer. Of a job that a printer may have printed, the paper is then a
    reprint and says so.

    Raises UserError `staff.sign_in_first`, `print.job.unknown`, `print.job.busy` while it is in a printer's hands.
    """
    staff.require_somebody(desk)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(job_id)
        if row.state not in ("waiting", "failed", "unclear", "cancelled"):
            raise UserError("print.job.busy")
        row.state, row.attempts, row.error, row.detail = "waiting", 0, "", {}
        row.next_at, row.lease_until, row.claim, row.ref, row.done_at = desk.instant(), None, "", "", None
        if printer is not None and printer != row.printer:
            row.printer, row.tray = printer, ""
        row.save()
    return Outcome(_view(row), CHANGED)


def came_out(desk: Desk, job_id: int) -> Outcome[JobView]:
    """Somebody saw the paper of a job whose end is unknown. Raises UserError `print.job.unknown`, `print.job.busy`."""
    staff.require_somebody(desk)
    return _end(desk, job_id, "printed", ("unclear", "sent"))


def cancel(desk: Desk, job_id: int) -> Outcome[JobView]:
    """It need not be printed any more. Raises UserError `print.job.unknown`, `print.job.busy`: what the system's queue
    holds is asked back instead (`ask_back`)."""
    staff.require_somebody(desk)
    return _end(desk, job_id, "cancelled", ("waiting", "failed", "unclear"))


def ask_back(desk: Desk, job_id: int, printer: str | None = None) -> Outcome[JobView]:
    """Wish that a job which the system's queue holds is taken out of it, and printed on another printer if one is
    named. The worker does it with its next round (`print_work.take_back`); what is printed by then stays printed.

    Raises UserError `staff.sign_in_first`, `print.job.unknown`, `print.job.busy` for a job that is not there.
    """
    staff.require_somebody(desk)
    with desk.db.atomic("IMMEDIATE"):
        row = _row(job_id)
        if row.state != "sent":
            raise UserError("print.job.busy")
        row.claim = BACK if printer is None else f"{BACK}{printer}"
        row.save()
    return Outcome(_view(row), CHANGED)


def job(desk: Desk, job_id: int) -> JobView:
    """One job. Raises UserError `print.job.unknown`."""
    return _view(_row(job_id))


def tidy(desk: Desk) -> int:
    """Take away jobs that ended long ago; a few at a time. Returns how many."""
    before = desk.instant() - KEPT_DAYS * 86_400_000
    old = (
        PrintJob.select(PrintJob.id)
        .where(PrintJob.state.in_(("printed", "cancelled")) & (PrintJob.done_at < before))
        .limit(200)
    )
    with desk.db.atomic("IMMEDIATE"):
        return int(PrintJob.delete().where(PrintJob.id.in_([row.id for row in old])).execute())


def new_request() -> str:
    """A request id for one wish to print."""
    return uuid.uuid4().hex


# --- written -------------------------------------------------------------------------------------------


def _silent(desk: Desk, row: Any) -> list[Sheet]:
    """The slips of a document that print by themselves. One that cannot be read is printed by hand, if ever."""
    try:
        found = printing.sheets(desk, row.number)
    except CounterError:
        return []
    return [sheet for sheet in found if print_rules.way(desk, kind_of(sheet.slip)).silent]


def _drawer(desk: Desk, row: Any) -> int:
    """Open the drawer when cash moved with a document, if the shop wants it and its receipt printer has one."""
    printer = print_rules.way(desk, "receipt").printer
    device = print_rules.devices(desk).get(printer)
    if not settings.setting(desk, "printer.drawer") or device is None or not device.drawer_pin:
        return 0
    cash = (
        Proof.select(Proof.id)
        .join(Settlement, on=(Proof.settlement == Settlement.id))
        .where((Settlement.document == row.id) & (Proof.tender == "cash"))
    )
    request = f"drawer:{row.number}"
    if not cash.exists() or _known(request):
        return 0
    _insert(
        desk, request, batch=request, what="drawer", number=row.number, copies=[], printer=printer,
        by_id=row.posted_by_id,
    )  # fmt: skip
    return 1


def _write(
    desk: Desk, sheet: Sheet, parts: Iterable[print_rules.Part], request: str, by: int, day: date | None
) -> int:
    count = 0
    for place, part in enumerate(parts):
        mine = request if place == 0 else f"{request}:{place}"
        if _known(mine):
            continue
        _insert(
            desk, mine, batch=request, what="slip", number=sheet.number, slip=kind_of(sheet.slip), day=day,
            copies=[copy.value for copy in part.copies], paper=part.way.paper.value, language=sheet.language,
            also=part.way.also, printer=part.way.printer, tray=part.way.tray, by_id=by,
        )  # fmt: skip
        count += 1
    return count


def _insert(desk: Desk, request_id: str, **told: Any) -> int:
    now = desk.instant()
    return insert_row(
        desk.db, PrintJob, request_id=request_id, state="waiting", next_at=now, detail={}, at=now,
        business_date=desk.today(), **told,
    )  # fmt: skip


def _known(request_id: str) -> bool:
    return bool(PrintJob.select().where(PrintJob.request_id == request_id).exists())


def _end(desk: Desk, job_id: int, state: str, of: Collection[str]) -> Outcome[JobView]:
    with desk.db.atomic("IMMEDIATE"):
        row = _row(job_id)
        if row.state not in of:
            raise UserError("print.job.busy")
        row.state, row.done_at, row.error, row.detail, row.lease_until = state, desk.instant(), "", {}, None
        row.save()
    return Outcome(_view(row), CHANGED)


def _row(job_id: int) -> Any:
    row = PrintJob.get_or_none(PrintJob.id == job_id)
    if row is None:
        raise UserError("print.job.unknown")
    return row


def _weight(view: JobView) -> int:
    if view.asks:
        return 3
    return {"waiting": 2, "claimed": 2, "sending": 2, "sent": 2, "printed": 1}.get(view.state, 0)


def _view(row: Any) -> JobView:
    return JobView(
        id=row.id,
        what=row.what,
        number=row.number,
        slip=row.slip,
        day=row.day,
        title=printing.kind_title(row.slip) if row.slip else Words("", ""),
        copies=tuple(CopyKind(copy) for copy in row.copies),
        printer=row.printer,
        paper=row.paper,
        state=row.state,
        trouble=CounterError(row.error, **row.detail) if row.error else None,
        tries=row.attempts,
        at=row.at,
        by_id=row.by_id,
    )
