"""What one clerk gave today without asking anybody: many small amounts are one large one (S3-29)."""

from __future__ import annotations

import json

from counter_app.domain import roles
from counter_app.domain.approval_rules import Granted, over_day
from counter_app.domain.settlement_terms import ApprovalReason
from counter_app.services import rules
from counter_app.services.desk import Desk

GIVEN = "BC"
"""The paper of what is given on top."""
_ALONE = """
    SELECT d.posting_id, d.amount_fen, d.prefix, w.remedies FROM document d JOIN walk w ON w.id = d.walk_id
    WHERE d.business_date = ? AND d.posted_by_id = ? AND d.prefix IN ('TK', 'ZJ', 'HH', 'BC')
      AND +d.approval_id IS NULL AND +d.reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM document r WHERE r.reverses_id = d.id)
"""


def granted_alone(desk: Desk, staff_id: int) -> Granted:
    """How often and how much (分) somebody gave today with nobody's approval: under remedies that have a limit, and
    on top of whatever became of a visit."""
    terms = rules.remedies(desk)
    postings: set[int] = set()
    amount = 0
    for posting, given, prefix, remedies in desk.db.execute_sql(
        _ALONE, (desk.today().isoformat(), staff_id)
    ).fetchall():
        limited = any(code in terms and terms[code].approval == "limit" for code in json.loads(remedies))
        if given and (prefix == GIVEN or limited):
            postings.add(posting)
            amount += given
    return Granted(len(postings), amount)


def day_reason(desk: Desk, amount_fen: int) -> ApprovalReason | None:
    """Why `amount_fen` more (分) is too much for whoever is signed in, for one day; None when it is not."""
    person = desk.staff
    if person is None or person.owner or person.limit_fen >= roles.UNLIMITED_FEN or not amount_fen:
        return None
    return over_day(granted_alone(desk, person.id), amount_fen, person.limit_fen, rules.approval_rules(desk))
