"""A signature as slips draw it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from counter_app.domain import slips
from counter_app.services.desk import Desk


def ink_of(
    desk: Desk, held: dict[str, Any] | None, at: int, on_paper: bool, bound_to: str
) -> slips.Signature:
    """A signature as slips draw it, from the strokes that are kept of it."""
    strokes = held or {}
    pad = strokes.get("pad", [600, 200])
    offset = desk.clock.now().astimezone(ZoneInfo(desk.shop.time_zone)).utcoffset()
    return slips.Signature(
        strokes=tuple(tuple((x, y) for x, y in stroke) for stroke in strokes.get("strokes", ())),
        width=pad[0],
        height=pad[1],
        signed_at=at,
        zone_minutes=int(offset.total_seconds() // 60) if offset is not None else 0,
        on_paper=on_paper,
        bound_to=bound_to,
    )
