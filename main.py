"""Start Counter: `python3 main.py` opens the window, `python3 main.py VERB …` works without one."""

import sys
from pathlib import Path


def main():
    if not getattr(sys, "frozen", False):
        packaging = str(Path(__file__).resolve().parent / "packaging")
        sys.path.insert(0, packaging)
        import bootstrap

        bootstrap.enter("runtime", needs_qt=window_wanted)
        sys.path.remove(packaging)
    if window_wanted():
        from counter_app import app

        return app.main()
    from counter_app import cli

    return cli.main(sys.argv[1:])


def window_wanted():
    from counter_app import cli

    return cli.window_wanted(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
