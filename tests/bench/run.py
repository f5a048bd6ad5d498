"""Run every benchmark beside its baseline and print one table: `python3 tests/bench/run.py [--quick | --sizes N,N,…] [NAME …]`.

Each `bench_<name>.py` here gives `rows(sizes=…)`; each runs in a process of its own. Only ratios mean anything:
both sides were taken in the same run on the same machine, whose load is printed beside. `--quick` takes the smallest
size only, `--sizes 1000,1000000` others than each benchmark's own. Shops that several benchmarks can share are filled
once a run; `--cache DIR` keeps them for the next run of the same program.
Exit 1 when a target is missed. Never part of the tests: nothing here asserts a time.
"""

import argparse
import dataclasses
import importlib
import inspect
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="archive, documents, import, search …")
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    parser.add_argument("--sizes", type=_sizes, default=(), metavar="N,N…", help="how many cases, ascending")
    parser.add_argument("--cache", metavar="DIR", help="where filled shops are kept for the next run")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.one:
        return one(given.one, quick=given.quick, sizes=given.sizes)
    there = {file.stem.removeprefix("bench_"): file.stem for file in sorted(HERE.glob("bench_*.py"))}
    unknown = [name for name in given.names if name not in there]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(there)}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        cache = Path(given.cache or place).absolute()
        cache.mkdir(parents=True, exist_ok=True)
        os.environ["COUNTER_BENCH_CACHE"] = str(cache)
        print(
            f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors, {load()}"
        )
        head()
        rows = []
        for name in given.names or there:
            rows += measured(there[name], quick=given.quick, sizes=given.sizes)
    missed = [row for row in rows if is_missed(row)]
    print(f"{len(rows)} figures, {len(missed)} missed; {load()}")
    return int(bool(missed))


def _sizes(told):
    return tuple(sorted(int(part) for part in told.replace("_", "").split(",")))


def load():
    """How busy the machine is: a figure taken while others work is worth less."""
    if not hasattr(os, "getloadavg"):
        return "load unknown"
    return "load " + " ".join(f"{one:.1f}" for one in os.getloadavg())


def measured(module, *, quick, sizes):
    """The rows of one benchmark, from a child process: no benchmark warms the next one up. Printed as they come."""
    command = [
        sys.executable,
        str(Path(__file__).resolve()),
        "--one",
        module,
        *(["--quick"] if quick else []),
    ]
    command += ["--sizes", ",".join(map(str, sizes))] if sizes else []
    child = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True, cwd=ROOT)
    found = json.loads(child.stdout.splitlines()[-1])
    print(f"{module.removeprefix('bench_')}  ({memory(found)}{load()})")
    for row in found["rows"]:
        line(row)
    return found["rows"]


def memory(found):
    """The most that a benchmark's process held, both sides and their data in it, where the system tells it."""
    return f"at most {found['mib']:.0f} MiB, filling a shop included; " if found["mib"] else ""


OWN_SIZES = {"bench_documents": (), "bench_import": 100_000}
"""Benchmarks that do not grow with the cases, and the most rows of those that stop before."""


def one(module, *, quick, sizes):
    """Run one benchmark here and print its rows as JSON."""
    sys.path[:0] = [str(HERE), str(ROOT)]
    act = importlib.import_module(module).rows
    usual = inspect.signature(act).parameters.get("sizes")
    most = OWN_SIZES.get(module)
    if sizes and usual is not None and most != ():
        wanted = tuple(size for size in sizes if most is None or size <= most) or (most,)
        found = act(wanted[:1] if quick else wanted)
    else:
        found = act(usual.default[:1]) if quick and usual is not None else act()
    print(json.dumps({"mib": peak_mib(), "rows": [dataclasses.asdict(row) for row in found]}))
    return 0


def peak_mib():
    """The most memory this process held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def head():
    """The heads of the table."""
    print(f"{'work':<58}{'baseline':>12}{'ours':>12}{'':>5}{'ratio':>9}{'target':>12}")


def is_missed(row):
    """Whether a figure is above its target, a ratio or an amount."""
    over = row["target"] is not None and row["ratio"] > row["target"]
    return over or (row.get("most") is not None and row["ours_ms"] > row["most"])


def line(row):
    """Print one figure."""
    unit = row.get("unit", "ms")
    target = f"<= x{row['target']}" if row["target"] is not None else ""
    if row.get("most") is not None:
        target = f"<= {row['most']} {unit}"
    mark = "  missed" if is_missed(row) else ""
    ratio = f"x{row['ratio']:.2f}"
    print(
        f"  {row['name']:<56}{row['baseline_ms']:>12.2f}{row['ours_ms']:>12.2f} {unit:<4}"
        f"{ratio:>9}{target:>12}{mark}",
        flush=True,
    )


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
