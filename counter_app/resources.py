"""Where the program's read-only defaults lie: charts, policy, scripts, fonts, icons, wording."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def root() -> Path:
    """The `resources` folder: beside the package, or inside the frozen bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    return (Path(bundle) if bundle else Path(__file__).resolve().parent.parent) / "resources"


def path(*parts: str) -> Path:
    """Path of one resource, e.g. `path("fonts", "x.ttf")`. It need not exist."""
    return root().joinpath(*parts)


def read_text(*parts: str) -> str:
    """Text of one UTF-8 resource. Raises FileNotFoundError when it is not shipped."""
    return path(*parts).read_text(encoding="utf-8")


def read_toml(*parts: str) -> dict[str, Any]:
    """One parsed TOML resource. Raises tomllib.TOMLDecodeError when it is malformed."""
    return tomllib.loads(read_text(*parts))
