"""Sentences for errors in the language of the window."""

from __future__ import annotations

from counter_app import wording
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.spoken import Reason
from counter_app.ui import format as shown


def sentence(error: CounterError) -> str:
    """What happened and what to do, as the wording files say it."""
    return wording.sentence(error, shown.language())


def tone(error: CounterError) -> str:
    """How loud a bar shows it: `late` where the surroundings failed, `attention` where the user can mend it."""
    return "late" if isinstance(error, SurroundingsError) else "attention"


def reason(why: Reason) -> str:
    """Why something is not possible, as the wording files say it."""
    return sentence(CounterError(why.code, **why.params))
