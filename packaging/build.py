"""Freeze the program into `dist/Counter/`, for machines without Python: `python3 packaging/build.py`.

It freezes for the system it runs on. On Windows, packaging/windows/counter.iss then makes the installer.
"""

import os
import sys
from pathlib import Path


def main():
    root = Path(__file__).resolve().parent.parent
    import bootstrap

    bootstrap.enter("build", needs_qt=lambda: True)
    os.chdir(root)
    sys.path.remove(str(root / "packaging"))  # it would hide the library called packaging
    from PyInstaller.__main__ import run

    run(
        ["--noconfirm", "--distpath", "dist", "--workpath", "build", str(root / "packaging" / "counter.spec")]
    )


if __name__ == "__main__":
    main()
