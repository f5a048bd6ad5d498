"""Whatever was posted can be reversed, newest first, and leaves the customer and the shop as they were."""

from __future__ import annotations

import pytest
from test_visits import walk_it
from trips import TRIPS, Trip
from visits import Counter

from counter_app.db.models import DocumentLine, Proof
from counter_app.services import reversal, sales, settling

POSTED = [trip for trip in TRIPS if trip.documents]


@pytest.mark.parametrize("trip", POSTED, ids=lambda trip: trip.name)
def test_every_posting_can_be_reversed_and_the_books_hold(counter: Counter, trip: Trip) -> None:
    visit = walk_it(counter, trip)
    boss = counter.as_staff(3)
    done = {item.number for item in visit.case.documents if item.reverses or item.reversed_by}
    for item in reversed(visit.case.documents):
        if item.number in done:
            continue
        result = reversal.reverse(boss, item.number, "录错,重来", counter.request(), by=(1, "1234")).value
        assert result.documents
        done |= {one.number for one in visit.case.documents if one.reverses or one.reversed_by}
    for owed in settling.owed(counter.owner):
        act = settling.pay if owed.direction == "out" else settling.receive
        reference = "" if owed.tender == "cash" else "BACK"
        act(counter.owner, owed.id, owed.open_fen, owed.tender, reference, counter.request())
    assert sum(proof.amount_fen for proof in Proof.select()) == 0
    assert sum(line.amount_fen for line in DocumentLine.select()) == 0
    assert visit.case.state == "reversed"
    sale = sales.sale(counter.owner, visit.case.sale_id or 0)
    assert sale.lines[0].returnable_milli == 1000
    counter.sound()
