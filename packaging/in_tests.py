"""Run a tool or a script in the environment of the tests: `python3 packaging/in_tests.py ruff check .`"""

import os
import runpy
import sys
from pathlib import Path


def main():
    root = Path(__file__).resolve().parent.parent
    os.chdir(root)
    import bootstrap

    bootstrap.enter("tests", needs_qt=lambda: True)
    del sys.argv[0]
    # This folder is called like a library that the tools need; the product's own root comes instead.
    sys.path[0] = str(root)
    tool = sys.argv[0]
    if tool.endswith(".py"):
        runpy.run_path(tool, run_name="__main__")
        return
    from importlib.metadata import entry_points

    for command in entry_points(group="console_scripts", name=tool):
        raise SystemExit(command.load()())
    runpy.run_module(tool, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
