"""The customer may leave at any step, also where somebody else would have to answer."""

from __future__ import annotations

import pytest
from visits import Counter

from counter_app.services import walks


@pytest.mark.req("S4-12")
@pytest.mark.parametrize("steps", ["return", "return agree in_person unfit", "problem no"])
def test_a_customer_leaves_where_a_supervisor_is_asked_without_the_supervisor(
    counter: Counter, steps: str
) -> None:
    visit = counter.visit(counter.simple_sale(channel="store"))
    if steps != "return":
        visit = counter.visit(counter.simple_sale())
    visit.go(*steps.split())
    assert visit.walk.node is not None
    assert visit.walk.node.role == "supervisor"
    walks.answer(counter.clerk, visit.walk_id, visit.walk.node.id, "withdraw")
    visit.post()
    assert visit.case.state == "withdrawn"
    counter.sound()
