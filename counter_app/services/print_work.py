"""The worker of the print queue: claims a job, draws it, hands it over, watches what becomes of it.

    waiting → claimed → sending → sent → printed
                                   ↘ unclear (nobody knows whether paper came out) · failed (somebody has to decide)

A claim is a lease: a worker that was killed loses its job when the lease is over. One killed before it began to send
has printed nothing, so the job waits again; one killed while sending may have, so a person is asked. The print is
recorded when the printer has the job, in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from counter_app.db.models import PrintJob, PrintRecord
from counter_app.db.posting_sql import change_rows
from counter_app.documents import CopyKind
from counter_app.documents import Paper as SlipPaper
from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.domain.slip_content import kind_of
from counter_app.services import print_pages, print_queue, print_rules, printing, signed_print, staff
from counter_app.services.desk import Desk
from counter_app.services.print_routes import Spooler
from counter_app.wording import Language

CLAIM_MS: Final = 60_000
SENDING_MS: Final = print_queue.LONGEST_LEASE_MS
"""A slow receipt printer may take minutes over a long slip."""
BACK_OFF_S: Final = (5, 15, 60, print_queue.LONGEST_WAIT_MS // 1000)
"""How long after each failed attempt the next one comes; the last figure holds for all later ones."""
MOST_TRIES: Final = 24
"""After about an hour and a half of trying somebody is asked."""
MAYBE_PRINTED: Final = frozenset({"printer.interrupted", "print.interrupted"})
"""Troubles after which paper may have come out."""
_SECOND: Final[dict[str, Language]] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of work came to."""

    sent: int
    waiting: int
    on_their_way: int


def work(desk: Desk, spooler: Spooler, stopping: Callable[[], bool] = lambda: False) -> Round:
    """One round: what was posted, what is due, what became of what was sent."""
    print_queue.take_posted(desk)
    recover(desk)
    sent = 0
    while not stopping() and (row := claim(desk)) is not None:
        sent += _do(desk, spooler, row)
    follow(desk, spooler)
    return Round(
        sent,
        int(PrintJob.select().where(PrintJob.state == "waiting").count()),
        int(PrintJob.select().where(PrintJob.state == "sent").count()),
    )


def claim(desk: Desk) -> Any | None:
    """Take the oldest job that is due for this process alone; None when there is none."""
    now = desk.instant()
    with desk.db.atomic("IMMEDIATE"):
        row = PrintJob.select().where(print_queue.due(desk)).order_by(PrintJob.id).first()
        if row is None:
            return None
        row.state, row.claim, row.lease_until = "claimed", uuid.uuid4().hex, now + CLAIM_MS
        row.save()
    return row


def recover(desk: Desk) -> int:
    """Jobs whose worker is gone: those it had not begun to send wait again, of the others a person is asked."""
    lapsed = print_queue.lapsed(desk)
    if not PrintJob.select().where(lapsed).exists():
        return 0
    with desk.db.atomic("IMMEDIATE"):
        count = 0
        for row in PrintJob.select().where(lapsed):
            if row.state == "claimed":
                row.state = "waiting"
            else:
                row.state, row.error, row.detail = "unclear", "print.unclear", {"name": row.printer}
            row.claim, row.lease_until = "", None
            count += row.save()
    return count


def follow(desk: Desk, spooler: Spooler) -> None:
    """Ask the system what became of the jobs it was handed."""
    # Read to the end first: a read that is still open keeps the books as they were, and a write of ours after one of
    # another window's would be refused at once instead of waiting its turn.
    for row in list(
        PrintJob.select().where((PrintJob.state == "sent") & (PrintJob.ref != "")).order_by(PrintJob.id)
    ):
        try:
            if row.claim.startswith(print_queue.BACK) and take_back(desk, spooler, row):
                continue
            seen = spooler.look(row.ref)
        except SurroundingsError as error:
            _told(desk, row, "sent", error)
            continue
        if seen.state == "done":
            _told(desk, row, "printed", None)
        elif seen.state == "aborted":
            _told(desk, row, "unclear", SurroundingsError("print.interrupted", name=row.printer))
        elif seen.state == "cancelled":
            _told(desk, row, "failed", SurroundingsError("print.cancelled_there", name=row.printer))
        elif seen.state == "gone":
            _told(desk, row, "unclear", SurroundingsError("print.unclear", name=row.printer))
        else:
            _told(desk, row, "sent", seen.trouble)


def take_back(desk: Desk, spooler: Spooler, row: Any) -> bool:
    """Take a job out of the system's queue, as was wished; then it is over, or waits for another printer. False when
    the system had nothing left to take: what became of it is asked as of any other."""
    printer = row.claim.removeprefix(print_queue.BACK)
    if not spooler.cancel(row.ref):
        return False
    over = {"state": "cancelled", "claim": "", "error": "", "detail": {}, "done_at": desk.instant()}
    again = {
        "state": "waiting", "claim": "", "error": "", "detail": {}, "ref": "", "attempts": 0,
        "next_at": desk.instant(), "printer": printer, "tray": "",
    }  # fmt: skip
    with desk.db.atomic("IMMEDIATE"):
        change_rows(desk.db, PrintJob, again if printer else over, id=row.id, state="sent")
    return True


def _do(desk: Desk, spooler: Spooler, row: Any) -> int:
    """Print one claimed job. Returns 1 when the printer has it."""
    try:
        acting = replace(desk, staff=staff.staff_view(desk, row.by_id))
        device = print_rules.devices(acting).get(row.printer)
        trouble = spooler.trouble(row.printer) if device is None else print_pages.trouble(row.printer, device)
        if trouble is not None:
            return _later(desk, row, trouble)
        sheet, content = _drawn(acting, row, device)
        if not change_rows(
            desk.db, PrintJob, {"state": "sending", "lease_until": desk.instant() + SENDING_MS},
            id=row.id, claim=row.claim, state="claimed",
        ):  # fmt: skip
            return 0
    except SurroundingsError as error:
        return _later(desk, row, error)
    except CounterError as error:
        return _give_up(desk, row, error)
    try:
        ref = _sent(spooler, row, device, content)
    except SurroundingsError as error:
        if error.code in MAYBE_PRINTED:
            _hand_over(acting, row, sheet, "unclear", "", error)
            return 0
        return _later(desk, row, error)
    except CounterError as error:
        return _give_up(desk, row, error)
    known = device is None and not spooler.hands_over
    _hand_over(acting, row, sheet, "sent" if known else "printed", ref, None)
    return 1


def _drawn(desk: Desk, row: Any, device: Any) -> tuple[printing.Sheet | None, bytes]:
    """The sheet of a job and what its printer gets: a PDF, or the printer's own bytes."""
    if row.what == "drawer":
        return None, print_pages.drawer(device)
    if row.what == "test":
        return None, print_pages.test(desk, row.printer, SlipPaper(row.paper), row.language, device)
    sheet = _sheet(desk, row)
    also = _SECOND.get(row.also)
    wanted = [CopyKind(copy) for copy in row.copies]
    reprint = _is_reprint(row, sheet)
    if device is not None:
        sheet = replace(sheet, paper=SlipPaper(device.width))
        return sheet, print_pages.roll(desk, sheet, wanted, also, device, reprint=reprint)
    stored = None if reprint else signed_print.pages(desk, sheet, wanted, also)
    return sheet, stored or printing.pdf_for(desk, sheet, wanted, also, reprint=reprint)


def _sheet(desk: Desk, row: Any) -> printing.Sheet:
    """The slip a job was written for, as it stands now. Raises UserError `print.slip.gone`."""
    found = (
        printing.sheets_of_day(desk, row.day, (row.slip,))
        if row.day is not None
        else printing.sheets(desk, row.number, every=True)
    )
    for sheet in found:
        if sheet.number == row.number and kind_of(sheet.slip) == row.slip:
            return replace(sheet, paper=SlipPaper(row.paper))
    raise UserError("print.slip.gone", number=row.number)


def _is_reprint(row: Any, sheet: printing.Sheet) -> bool:
    """Printed before, other than by this wish's other jobs; this job itself, when it was unclear, counts."""
    if not sheet.reprint:
        return False
    together = _together(row)
    if not together:
        return True
    records = PrintRecord.select().where(PrintRecord.slip == row.slip)
    first = records.where(PrintRecord.id << together).order_by(PrintRecord.id).first()
    return row.record_id is not None or bool(first is not None and first.reprint)


def _together(row: Any) -> list[int]:
    """The prints that other jobs of the same wish became."""
    mates = PrintJob.select(PrintJob.record).where(
        (PrintJob.batch == row.batch) & (PrintJob.id != row.id) & PrintJob.record.is_null(False)
    )
    return [one.record_id for one in mates]


def _sent(spooler: Spooler, row: Any, device: Any, content: bytes) -> str:
    if device is not None:
        from counter_app import printers

        printers.send(device, content)
        return ""
    title = row.number or "Counter"
    return spooler.send(row.printer, content, title, print_pages.size_of(content, row.paper), row.tray)


def _hand_over(
    desk: Desk, row: Any, sheet: printing.Sheet | None, state: str, ref: str, error: SurroundingsError | None
) -> None:
    """The printer has it: recorded, and counted, in one transaction."""
    with desk.db.atomic("IMMEDIATE"):
        record = row.record_id
        if sheet is not None:
            copies = ",".join(dict.fromkeys(row.copies))
            together = bool(_together(row)) and row.record_id is None and not _is_reprint(row, sheet)
            printing.printed(desk, sheet, copies, together=together)
            record = int(PrintRecord.select(PrintRecord.id).order_by(PrintRecord.id.desc()).first().id)
        ended = state == "printed"
        change_rows(
            desk.db, PrintJob,
            {
                "state": state, "ref": ref, "claim": "", "lease_until": None, "record": record,
                "attempts": row.attempts + 1, "error": error.code if error else "",
                "detail": dict(error.params) if error else {}, "done_at": desk.instant() if ended else None,
            },
            id=row.id, claim=row.claim,
        )  # fmt: skip


def _later(desk: Desk, row: Any, error: CounterError) -> int:
    """Nothing came out: tried again after a while, until somebody is asked."""
    tries = row.attempts + 1
    wait_s = BACK_OFF_S[min(tries, len(BACK_OFF_S)) - 1]
    state = "failed" if tries >= MOST_TRIES else "waiting"
    _set(desk, row, state, error, attempts=tries, next_at=desk.instant() + wait_s * 1000)
    return 0


def _give_up(desk: Desk, row: Any, error: CounterError) -> int:
    """It cannot be drawn, or not by whoever wanted it: trying again changes nothing."""
    _set(desk, row, "failed", error, attempts=row.attempts + 1)
    return 0


def _set(desk: Desk, row: Any, state: str, error: CounterError, **also: Any) -> None:
    with desk.db.atomic("IMMEDIATE"):
        change_rows(
            desk.db, PrintJob,
            {"state": state, "error": error.code, "detail": _plain(error), "claim": "", "lease_until": None, **also},
            id=row.id, claim=row.claim,
        )  # fmt: skip


def _told(desk: Desk, row: Any, state: str, error: SurroundingsError | None) -> None:
    """What the system says of a job that it has; written only when it is news."""
    code = error.code if error else ""
    if state == row.state and code == row.error:
        return
    ended = state in ("printed", "cancelled")
    with desk.db.atomic("IMMEDIATE"):
        change_rows(
            desk.db, PrintJob,
            {
                "state": state, "error": code, "detail": _plain(error) if error else {},
                "done_at": desk.instant() if ended else None,
            },
            id=row.id, state="sent",
        )  # fmt: skip


def _plain(error: CounterError) -> dict[str, Any]:
    """The parameters of an error as JSON keeps them."""
    return {
        name: value if isinstance(value, int | str | dict) else str(value)
        for name, value in error.params.items()
    }
