"""Fault tests alone, as long as wanted: `python tests/faults/run.py --kills 500 --io-errors 300 --races 100 --days 300 --seed 1`.

Without a count nothing of that kind is run; with none at all, a little of everything. Says what it came to and
leaves with 0 when every acknowledged step was there and nothing was there by half, with 1 otherwise.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LITTLE = 25


def main():
    given = _arguments()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "packaging"))
    import bootstrap

    bootstrap.enter("tests", needs_qt=lambda: False)
    # Windows that are started from here run in this environment too.
    os.environ["COUNTER_ENVIRONMENT"] = "own"
    sys.path.remove(str(ROOT / "packaging"))
    sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in (".", "faults"))]
    import failing_disk
    import killing
    import many_days
    import races

    asked = given.kills or given.io_errors or given.races or given.updates or given.days
    many = {
        "kills": given.kills if asked else LITTLE,
        "updates": given.updates if asked else LITTLE,
        "io_errors": given.io_errors if asked else LITTLE,
        "races": given.races if asked else LITTLE,
        "days": given.days if asked else LITTLE,
    }
    runs = {
        "kills": lambda place: killing.kill_windows(many["kills"], given.seed, place, _tell),
        "updates": lambda place: killing.kill_updates(many["updates"], given.seed, place, _tell),
        "io_errors": lambda place: failing_disk.run_faults(many["io_errors"], given.seed, place, _tell),
        "races": lambda place: races.run_races(many["races"], place, _tell),
        "days": lambda place: many_days.run_days(many["days"], given.seed, place, _tell),
    }
    broken = 0
    for name, run in runs.items():
        if many[name]:
            with tempfile.TemporaryDirectory(
                prefix=f"counter-{name}-", dir=given.place, ignore_cleanup_errors=True
            ) as place:
                begun = time.monotonic()
                figures = run(Path(place))
                print(f"== {name}: {time.monotonic() - begun:.0f} s, seed {given.seed}")
                print("\n".join(figures.lines()), flush=True)
                broken += len(figures.broken)
    return 1 if broken else 0


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=0, help="windows killed at work")
    parser.add_argument(
        "--updates", type=int, default=0, help="programs killed while they bring a database up to date"
    )
    parser.add_argument("--io-errors", type=int, default=0, help="acts while the disk is full or fails")
    parser.add_argument("--races", type=int, default=0, help="races of two and eight windows")
    parser.add_argument(
        "--days", type=int, default=0, help="shops whose random days are compared with a plain model"
    )
    parser.add_argument("--place", help="folder for the shops; one in memory is faster than a busy disk")
    parser.add_argument("--seed", type=int, default=1, help="the same seed chooses the same acts and moments")
    return parser.parse_args()


def _tell(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
