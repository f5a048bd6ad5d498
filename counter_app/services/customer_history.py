"""What the shop knows of a customer and of goods from earlier visits."""

from __future__ import annotations

from counter_app.db.models import Case
from counter_app.domain.views import EarlierCase
from counter_app.services import case_views, people
from counter_app.services.case_rows import case_row
from counter_app.services.desk import Desk


def earlier(desk: Desk, case_id: int) -> tuple[EarlierCase, ...]:
    """Earlier cases of the same customer, goods or serial number; `why` says which (S2-25, S2-26)."""
    row = case_row(case_id)
    return case_views.earlier_cases(row, case_views.case_lines(case_id))


def known_customer(desk: Desk, phone: str) -> tuple[str, int]:
    """Masked name and number of cases of a phone, '' and 0 when it is new (S3-27, S3-28)."""
    hashed = people.phone_hash(desk, phone)
    if not hashed:
        return "", 0
    rows = list(Case.select(Case.customer_masked).where(Case.phone_hash == hashed).order_by(Case.id.desc()))
    return (rows[0].customer_masked, len(rows)) if rows else ("", 0)
