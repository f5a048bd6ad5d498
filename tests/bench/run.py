"""Run every benchmark beside its baseline and print one table: `python3 tests/bench/run.py [--quick] [NAME …]`.

Each `bench_<name>.py` here gives `rows(sizes=…)`; each runs in a process of its own. Only ratios mean anything:
both sides were taken in the same run on the same machine. `--quick` takes the smallest size only.
Exit 1 when a target is missed. Never part of the tests: nothing here asserts a time.
"""

import argparse
import dataclasses
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="archive, documents, import, search …")
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.one:
        return one(given.one, quick=given.quick)
    there = {file.stem.removeprefix("bench_"): file.stem for file in sorted(HERE.glob("bench_*.py"))}
    unknown = [name for name in given.names if name not in there]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(there)}")
    rows = []
    for name in given.names or there:
        rows += measured(there[name], quick=given.quick)
    return told(rows)


def measured(module, *, quick):
    """The rows of one benchmark, from a child process: no benchmark warms the next one up."""
    command = [sys.executable, str(Path(__file__).resolve()), "--one", module, *(["--quick"] if quick else [])]
    child = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True, cwd=ROOT)
    return json.loads(child.stdout.splitlines()[-1])


def one(module, *, quick):
    """Run one benchmark here and print its rows as JSON."""
    sys.path[:0] = [str(HERE), str(ROOT)]
    act = importlib.import_module(module).rows
    sizes = inspect.signature(act).parameters.get("sizes")
    found = act(sizes.default[:1]) if quick and sizes is not None else act()
    print(json.dumps([dataclasses.asdict(row) for row in found]))
    return 0


def told(rows):
    """Print the table; 1 when a target is missed."""
    missed = 0
    print(f"{'work':<36}{'baseline ms':>13}{'ours ms':>12}{'ratio':>9}{'target':>10}")
    for row in rows:
        target, over = "", row["target"] is not None and row["ratio"] > row["target"]
        if row["target"] is not None:
            target = f"<= x{row['target']}"
        missed += over
        ratio = f"x{row['ratio']:.2f}"
        mark = "  missed" if over else ""
        print(f"{row['name']:<36}{row['baseline_ms']:>13.2f}{row['ours_ms']:>12.2f}{ratio:>9}{target:>10}{mark}")
    return int(missed > 0)


def with_the_tests_environment():
    """The libraries of the tests, made when they are not there yet."""
    sys.path.insert(0, str(ROOT / "packaging"))
    import bootstrap

    bootstrap.enter("tests", needs_qt=lambda: False)
    sys.path.remove(str(ROOT / "packaging"))


if __name__ == "__main__":
    if "--one" not in sys.argv:
        with_the_tests_environment()
    raise SystemExit(main(sys.argv[1:]))
