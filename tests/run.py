"""Run the tests: `python3 tests/run.py`, with pytest's own arguments passed through. Makes its environment first."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "packaging"))
    import bootstrap

    bootstrap.enter("tests", needs_qt=lambda: True)
    # Programs that the tests start run in this environment too.
    os.environ["COUNTER_ENVIRONMENT"] = "own"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.remove(str(ROOT / "packaging"))
    sys.path.insert(0, str(ROOT))
    import pytest

    return pytest.main([*shared_among_cores(sys.argv[1:]), *sys.argv[1:]])


def shared_among_cores(asked):
    """One worker per core, unless the caller says how many or there is one core only."""
    said = any(word.startswith(("-n", "--numprocesses", "--pdb", "--collect-only")) for word in asked)
    return [] if said or (os.cpu_count() or 1) < 2 else ["-n", "auto", "--dist", "worksteal"]


if __name__ == "__main__":
    raise SystemExit(main())
