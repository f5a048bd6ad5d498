"""Every end of the chart, and every question on the way, reached and carried out in the window."""

from __future__ import annotations

import pytest
from walker import Walker, ends, questions
from window_watch import WindowWatch


@pytest.mark.req("S4-26")
@pytest.mark.parametrize("end", ends())
def test_every_end_is_reached_and_posted_in_the_window(hands, counter, end) -> None:
    sale = counter.simple_sale()
    hands.scan(sale.order_no)
    watch = WindowWatch()
    walker = Walker(hands, end)
    walker.go()
    assert hands.at == end
    walker.finish()
    watch.check()
    case = hands.view.case
    assert case.state not in ("draft", "asking", "ready"), walker.trail
    counter.sound()


@pytest.mark.parametrize("question", questions())
def test_every_question_is_reached_in_the_window_and_left_again(hands, counter, question) -> None:
    """Asked in both languages, with answers to choose from, and one step back leads away from it."""
    sale = counter.simple_sale()
    hands.scan(sale.order_no)
    Walker(hands, question).go()
    assert hands.at == question
    node = hands.walk.node
    assert node.title.zh and node.title.en and node.options
    assert all(option.title.zh and option.title.en for option in node.options)
    if hands.walk.crumbs and hands.walk.crumbs[-1].changeable:
        steps = len(hands.walk.crumbs)
        hands.screen.backspace()
        assert len(hands.walk.crumbs) == steps - 1, hands.told
