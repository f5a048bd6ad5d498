"""What the benchmarks of reading share: the shop they read, a row of their table, how time is taken, and the table.

Times are the processor's for this thread: what others do on the machine meanwhile is not in them, nor is waiting for
the disk, from which little is read twice.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT), str(ROOT / "tests")]

import bulk  # noqa: E402

from counter_app.db import connection  # noqa: E402
from counter_app.domain.errors import SurroundingsError  # noqa: E402
from counter_app.services import setup  # noqa: E402
from counter_app.services.desk import Desk, Moment  # noqa: E402

SIZES = (1000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Both sides, in milliseconds or in `unit`, their ratio, and the ratio aimed at (None = only shown) or `most`, what
    ours may be at most."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None = None
    unit: str = "ms"
    most: float | None = None


def beside(
    name: str,
    baseline: float,
    ours: float,
    target: float | None = None,
    *,
    unit: str = "ms",
    most: float | None = None,
) -> BenchRow:
    """One row of the table."""
    return BenchRow(name, baseline, ours, ours / baseline, target, unit, most)


def milliseconds(act: Callable[[], object]) -> float:
    """What an act costs."""
    begin = time.thread_time()
    act()
    return (time.thread_time() - begin) * 1000


def percentile(values: Sequence[float], at: int) -> float:
    """So many of a hundred values lie below it."""
    return statistics.quantiles(values, n=100, method="inclusive")[at - 1]


@contextmanager
def shop(size: int) -> Iterator[tuple[Desk, Path]]:
    """The desk of a shop with so many finished cases, on the day after the last of them, and its folder. Only to be
    read: where shops are kept for the next run it is the kept one, unless an earlier program filled it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(os.environ.get(bulk.CACHE, place)) / f"shop-{size}"
        if not folder.exists():
            bulk.filled(Path(place) / "copy", size)
            folder = folder if folder.exists() else Path(place) / "copy"
        day = bulk.FIRST + timedelta(days=1 + size // bulk.A_DAY)
        noon = Moment(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
        try:
            desk = _desk(folder, noon, read_only=True)
        except SurroundingsError as error:
            if error.code not in ("db.older", "db.read_only"):
                raise
            folder = Path(place) / "now"
            bulk.filled(folder, size)
            desk = _desk(folder, noon, read_only=False)
        try:
            yield desk, folder
        finally:
            desk.db.close()


def _desk(folder: Path, clock: Moment, *, read_only: bool) -> Desk:
    db = connection.open_database(folder, read_only=read_only)
    try:
        return setup.open_desk(db, folder, clock)
    except SurroundingsError:
        db.close()
        raise


def table(rows: Callable[[Sequence[int]], list[BenchRow]], usual: Sequence[int] = SIZES) -> int:
    """Run one benchmark alone, with the sizes of the command line; 1 when a target is missed."""
    import run

    found = [asdict(row) for row in rows([int(size) for size in sys.argv[1:]] or usual)]
    print(run.load())
    run.head()
    for row in found:
        run.line(row)
    return int(any(run.is_missed(row) for row in found))
