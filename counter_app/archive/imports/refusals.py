"""Refusing a file, a row, a cell: always with its name, so that a person finds it."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.errors import UserError


def refuse(code: str, file: Path | str, **params: object) -> UserError:
    """The error for a whole file."""
    return UserError(code, file=file.name if isinstance(file, Path) else file, **params)
