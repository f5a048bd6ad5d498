"""Start Counter: `python3 main.py` opens the window, `python3 main.py VERB …` works without one."""

import gc
import importlib
import sys
from pathlib import Path

WITHOUT_QT = (
    "counter_app.wording",
    "counter_app.services.setup",
    "counter_app.db.holding",
    "counter_app.domain.quantity",
    "counter_app.domain.spoken",
)
"""What the window needs beside Qt. Once PySide6 is there it reads the source of every module that is imported, so these
come first."""


def main():
    if not getattr(sys, "frozen", False):
        packaging = str(Path(__file__).resolve().parent / "packaging")
        sys.path.insert(0, packaging)
        import bootstrap

        bootstrap.enter("runtime", needs_qt=window_wanted)
        sys.path.remove(packaging)
    if window_wanted():
        return open_window()
    from counter_app import cli

    return cli.main(sys.argv[1:])


def open_window(ready=None):
    """The window until it is closed; `ready` is told when its first picture stands."""
    # Nothing that is read or made on the way there is ever thrown away: looking for it only takes time.
    gc.disable()
    for name in WITHOUT_QT:
        importlib.import_module(name)
    from counter_app import app

    return app.main(ready)


def window_wanted():
    if len(sys.argv) < 2:
        return True
    from counter_app import cli

    return cli.window_wanted(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
