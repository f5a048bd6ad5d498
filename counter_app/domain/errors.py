"""Errors carry a code and parameters; the sentence a person reads is made from them elsewhere."""

from __future__ import annotations


class CounterError(Exception):
    """Something that a person must be told about.

    `code` names the sentence in `resources/i18n/errors/`; `params` fill its placeholders.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({told})"


class UserError(CounterError):
    """The user can mend it: bad input, not allowed, already refunded."""


class SurroundingsError(CounterError):
    """The surroundings failed: disk full, file locked, database of a newer program."""


class Cancelled(Exception):
    """Long work was stopped by the person who started it. Not an error: nothing is half-written."""
