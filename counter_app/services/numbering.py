"""How cases and documents are numbered: what stands in a number, which comes next, what may be changed of it."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.db.models.documents import PREFIXES
from counter_app.db.numbers import spelled
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words
from counter_app.services import paper_views, settings, staff
from counter_app.services.desk import Desk, Outcome

COPIES = "copies.names"
MOST_COPIES = 5
LONGEST_NAME = 12

_GIVEN = """
    SELECT prefix, COUNT(*), MAX(CASE WHEN business_date = ?1 THEN seq END),
        (SELECT l.number FROM number l WHERE l.prefix = n.prefix ORDER BY l.id DESC LIMIT 1)
    FROM number n GROUP BY prefix
"""


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One prefix: what it numbers, what was given last, what comes next today, how many were ever given."""

    prefix: str
    words: Words
    last: str
    next: str
    given: int


def numbers(desk: Desk) -> tuple[NumberLine, ...]:
    """Every prefix in the order of the conventions (§4)."""
    today = desk.today()
    rows = {row[0]: row[1:] for row in desk.db.execute_sql(_GIVEN, (today.isoformat(),)).fetchall()}
    lines = []
    for prefix in PREFIXES:
        given, seq, last = rows.get(prefix, (0, None, ""))
        following = spelled(prefix, desk.shop.code, today, int(seq or 0) + 1)
        lines.append(NumberLine(prefix, paper_views.document_title(prefix), str(last), following, int(given)))
    return tuple(lines)


def copy_names(desk: Desk) -> tuple[str, ...]:
    """What the copies of a slip are called: shop, customer, finance, and up to two more."""
    return tuple(settings.setting(desk, COPIES))


def name_copies(desk: Desk, names: list[str]) -> Outcome[tuple[str, ...]]:
    """Call the copies otherwise from now on; slips that are printed again say the new names.

    Raises UserError `staff.right.missing`, `numbering.copies` unless there are one to five short names.
    """
    staff.require(desk, roles.EDIT_POLICY)
    cleaned = [text.clean_line(name, text.LINE_LIMIT, "copies") for name in names]
    cleaned = [name for name in cleaned if name]
    if not 1 <= len(cleaned) <= MOST_COPIES or any(len(name) > LONGEST_NAME for name in cleaned):
        raise UserError("numbering.copies", most=MOST_COPIES, longest=LONGEST_NAME)
    done = settings.set_setting(desk, COPIES, cleaned)
    return Outcome(tuple(cleaned), done.changed)
