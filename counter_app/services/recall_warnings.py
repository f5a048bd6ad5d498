"""What a clerk is told when a recalled piece turns up (S3-44): asked at every look at a purchase, so it is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.db.models import CaseLine, Recall
from counter_app.domain.goods_views import RecallWarning
from counter_app.domain.stock_room import RecallTerms, meant
from counter_app.services.case_words import words
from counter_app.services.desk import Desk


def in_force(desk: Desk) -> Sequence[Any]:
    """Recalls that hold today; most days none."""
    today = desk.today()
    rows = Recall.select().where(Recall.closed_at.is_null(), Recall.valid_from <= today)
    return [row for row in rows if row.valid_to is None or row.valid_to >= today]


def terms_of(row: Any) -> RecallTerms:
    """What a recall names."""
    return RecallTerms(
        row.product_id,
        row.batch_from,
        row.batch_to,
        row.serial_from,
        row.serial_to,
        row.sold_from,
        row.sold_to,
    )


def warnings(
    desk: Desk, product_id: int | None, batch: str, serial: str, rows: Sequence[Any] | None = None
) -> tuple[RecallWarning, ...]:
    """Every recall that means a piece, or may mean it, surest first. Nothing for most goods."""
    found = []
    for row in in_force(desk) if rows is None else rows:
        verdict = meant(terms_of(row), product_id, batch, serial)
        if verdict == "no":
            continue
        sure = verdict == "yes"
        said = words(
            "recall.warning" if sure else "recall.perhaps",
            number=row.number,
            reason=row.reason,
            what=row.what_to_do,
        )
        found.append(RecallWarning(row.id, row.number, sure, row.reason, row.what_to_do, said))
    return tuple(sorted(found, key=lambda one: not one.sure))


def of_line(desk: Desk, rows: Sequence[Any], line: Any) -> tuple[RecallWarning, ...]:
    """Warnings for one line of a purchase, by the number on its receipt or the one typed in when it was looked at."""
    if not rows:
        return ()
    serial = line.serial
    typed = (
        CaseLine.select(CaseLine.serial)
        .where(CaseLine.sale_line == line.id, CaseLine.serial != "")
        .order_by(CaseLine.id.desc())
        .limit(1)
        .scalar()
    )
    return warnings(desk, line.product_id, line.batch_no, typed or serial, rows)
