"""Whatever is kept between two acts is made anew each time it is used, and must come out the same.

As a plugin (`-p kept_again`) for every test of a run; as `checked(monkeypatch)` for one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from counter_app.db import stamp
from counter_app.domain.proposal_views import CounterView
from counter_app.services.facts import FactSheet

Make = Callable[[], Any]


def told(made: Any) -> object:
    """A kept visit, form, view or fact sheet in values that can be compared."""
    if isinstance(made, (CounterView, FactSheet)):
        return made
    here = getattr(made, "here", made)
    whole = here.whole()
    missing = [(reason.code, repr(reason.params)) for reason in whole.missing]
    needs = [(need.node, need.state, need.approval_id, need.amount_fen) for need in whole.needs]
    walks = [
        (one.row.__data__, _course(one), one.sheet, one.choices, one.wanted, one.settled)
        for one in here.stands
    ]
    lines = [(line.__data__, line.sale_line.__data__) for one in here.stands for line in one.lines]
    figures = (whole.figures_hash, whole.refund_fen, whole.collect_fen, whole.documents)
    form = made.hash if made is not here and whole.reckoning.deals and not whole.missing else ""
    return (here.case.__data__, walks, lines, figures, missing, needs, form, here.proposal(), here.shown())


def _course(one: Any) -> object:
    """Where a walk stands and how it came there; what it computed as it is stored, wording apart."""
    trail, result = one.trail, one.result
    stored = [item.as_json() for item in result.kept]
    walked = [item.as_json() for item in trail.kept]
    return (replace(result, kept=()), stored, trail.given, trail.overrides, walked, trail.steps, one.pending)


def checked(monkeypatch: pytest.MonkeyPatch) -> list[Hashable]:
    """From now on everything that is kept is checked when it is used. Returns what was used, as it grows."""
    used: list[Hashable] = []
    usual = stamp.kept

    def kept(db: Any, key: Hashable, make: Make) -> Any:
        fresh: list[bool] = []

        def making() -> Any:
            fresh.append(True)
            return make()

        found = usual(db, key, making)
        if not fresh:
            used.append(key)
            things = dict(stamp._things(db))
            stamp.forget(db)
            assert told(make()) == told(found), key
            stamp._things(db).clear()
            stamp._things(db).update(things)
        return found

    monkeypatch.setattr(stamp, "kept", kept)
    return used


@pytest.fixture(autouse=True)
def everything_kept_is_checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    checked(monkeypatch)
    yield
