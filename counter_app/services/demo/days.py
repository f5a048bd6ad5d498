"""The days of a demonstration: the drawer is opened, people buy and come back, things are done, the drawer closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from peewee import SqliteDatabase

from counter_app.db import connection, search
from counter_app.domain.errors import UserError
from counter_app.services import setup, shift, signed_paper, tasks
from counter_app.services.demo import counting, pictures, stock_room
from counter_app.services.demo.invented import Draw, table
from counter_app.services.demo.purchases import Purchases
from counter_app.services.demo.stage import Member, Stage, leave_the_stage, set_the_stage
from counter_app.services.demo.times import ZONE, DemoClock, Diary, at, closing
from counter_app.services.demo.visits import Visit, come_in, go_on

Progress = Callable[[int, int], None]
MOST_CASES = 100_000
DAYS_A_MONTH = 30
OPEN_MINUTES = 620
_A_VISIT = timedelta(hours=1)
"""What began so long before the end is over by then."""
NEVER_BY_HAND = ("wait", "deposit", "collect", "loan", "goods_claim", "recall")
"""To-dos that are done by something else: the visit going on, money that comes."""
TO_BE_SENT = ("ship", "courier_claim")


@dataclass(frozen=True, slots=True)
class Demo:
    """What a demonstration left: how many cases, which ends of the chart and how many answers were walked, who
    works there with which PIN, and why visits were given up."""

    cases: int
    sales: int
    ends: int
    all_ends: int
    answers: int
    all_answers: int
    crew: tuple[Member, ...]
    dead_ends: dict[str, int]


def fill(
    db: SqliteDatabase,
    folder: Path,
    cases: int,
    seed: int,
    until: date,
    months: int = 3,
    progress: Progress = lambda done, total: None,
    now: datetime | None = None,
) -> Demo:
    """Fill an empty database with a shop that worked for `months` months up to and including `until`, or on that day
    until `now`: nothing happened yet that is still to come, else the clock of the window seems set back. Whoever would
    have come later came the day before.

    The same numbers give the same shop. Raises UserError `demo.not_empty`, `demo.range`; `progress` may raise to
    cancel, and what was done so far stays.
    """
    if not setup.is_new(db):
        raise UserError("demo.not_empty")
    if not 1 <= cases <= MOST_CASES or not 1 <= months <= 24:
        raise UserError("demo.range", most=MOST_CASES)
    draw = Draw.of("demo", seed, cases, until, months)
    first = until - timedelta(days=DAYS_A_MONTH * months)
    clock = DemoClock(at(first - timedelta(days=1), -60))
    diary = Diary(clock, closing(until) if now is None else min(closing(until), now - _A_VISIT))
    days = [first + timedelta(days=number) for number in range((until - first).days + 1)]
    seconds = min(25.0, OPEN_MINUTES * 60 * 0.5 * len(days) / (cases * 14))
    # A shop that never was needs no protection from a power cut while it is being made up.
    db.execute_sql("PRAGMA synchronous = OFF")
    stage = set_the_stage(db, folder, draw, diary, seconds)
    book = _Book(stage, Purchases(stage), cases, progress)
    book.write(days)
    diary.live()
    search.merge(db)
    leave_the_stage(db)
    db.execute_sql("PRAGMA synchronous = FULL")
    connection.checkpoint(db, force=True)
    steering = stage.steering
    return Demo(
        cases=book.done,
        sales=int(db.execute_sql("SELECT COUNT(*) FROM sale").fetchone()[0]),
        ends=len(steering.ends),
        all_ends=len(steering.all_ends),
        answers=len(steering.edges & steering.all_edges),
        all_answers=len(steering.all_edges),
        crew=stage.crew,
        dead_ends=dict(stage.dead_ends),
    )


class _Book:
    """What is known beforehand: the hours of every day, who buys when, who comes back when."""

    def __init__(self, stage: Stage, purchases: Purchases, cases: int, progress: Progress) -> None:
        self.stage, self.purchases, self.cases, self.progress = stage, purchases, cases, progress
        self.done = 0

    def write(self, days: list[date]) -> None:
        """Write all of it into the diary."""
        draw, diary = self.stage.draw, self.stage.diary
        self._earlier_sales(days[0])
        for day in days:
            diary.write(at(day, 0), self._open)
            diary.write(at(day, 420), self._do_what_is_due)
            diary.write(at(day, 560), partial(stock_room.tidy, self.stage))
            if day != days[-1]:
                diary.write(closing(day), self._close)
        busy = {day: 1.6 if day.weekday() >= 5 else 1.0 for day in days}
        for _ in range(self.cases + 20):
            diary.write(at(draw.weighted(busy), draw.between(10, OPEN_MINUTES)), self.purchases.happen)
        for number, moment in enumerate(sorted(self._arrivals(busy))):
            diary.write(moment, partial(self._visit, number))
        self.progress(0, self.cases)

    def _arrivals(self, busy: dict[date, float]) -> list[datetime]:
        """When customers come; on the last day only before its last hour."""
        draw = self.stage.draw
        found = [at(draw.weighted(busy), draw.between(15, OPEN_MINUTES - 60)) for _ in range(self.cases)]
        last = self.stage.diary.until
        return [moment if moment <= last else moment - timedelta(days=1) for moment in found]

    def _earlier_sales(self, first: date) -> None:
        """What was sold in the year before is taken over on the day before."""
        for _ in range(max(self.cases // 5, 12)):
            self.purchases.recall(first - timedelta(days=self.stage.draw.between(2, 380)))

    def _open(self) -> None:
        shop = table()["shop"]
        shift.open_shift(self.stage.as_role("cashier"), shop["float_fen"], reason=shop["float_reason"])

    def _close(self) -> None:
        stage, draw = self.stage, self.stage.draw
        desk = stage.as_role("cashier")
        expected = shift.cash_in_drawer(desk)
        reason = draw.reason("variance") if draw.chance("variance") else ""
        counted = expected + (draw.pick((-500, -100, 50, 200)) if reason else 0)
        pieces = counting.pieces(max(counted, 0))
        by_pieces = sum(value * number for value, number in pieces.items()) == counted
        to_the_safe = max(counted - table()["shop"]["float_fen"], 0)
        shift.close_shift(
            desk,
            pieces if by_pieces else max(counted, 0),
            variance_reason=reason,
            handed_to=stage.member("supervisor").id,
            taken_out_fen=to_the_safe,
        )

    def _do_what_is_due(self) -> None:
        """What is due today is mostly done."""
        stage, draw = self.stage, self.stage.draw
        clerk = stage.as_role("clerk")
        for task in tasks.to_do(clerk, until=stage.clock.day):
            if task.kind == signed_paper.TASK and task.case_id is not None:
                for form in signed_paper.lacking(clerk, task.case_id):
                    signed_paper.attach(clerk, form.signature_id, [pictures.photo(1)], form.check_code)
                continue
            if task.kind in NEVER_BY_HAND or not draw.chance("task_done"):
                continue
            result = waybill_number(stage) if task.kind in TO_BE_SENT else draw.reason("task")
            tasks.done(clerk, task.id, result)

    def _visit(self, number: int) -> None:
        stage = self.stage
        entrances = table()["entrance"]
        steered = stage.draw.chance("steered")
        weights = {answer: float(entry["weight"]) for answer, entry in entrances.items()}
        entrance = stage.steering.entrance(weights, steered)
        sale = self.purchases.about(entrances.get(entrance, {"sale": "any"})["sale"])
        visit: Visit = come_in(stage, sale, entrance, steered)
        go_on(visit)
        self.done += 1
        self.progress(self.done, self.cases)


def waybill_number(stage: Stage) -> str:
    """The number of a parcel that goes out."""
    return f"{table()['texts']['waybill_prefix']}{stage.draw.digits(12)}"


def fill_until_now(
    db: SqliteDatabase, folder: Path, cases: int, seed: int, months: int, progress: Progress
) -> Demo:
    """The same up to this very minute, as it is asked for when no day is named."""
    now = datetime.now(UTC)
    return fill(db, folder, cases, seed, now.astimezone(ZONE).date(), months, progress, now)
