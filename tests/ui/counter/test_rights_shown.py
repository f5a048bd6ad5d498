"""The rights beside a line of goods, as a clerk reads them."""

from __future__ import annotations

from datetime import UTC, datetime

from counter_app import wording
from counter_app.domain.dates import YEAR_UNKNOWN
from counter_app.domain.errors import UserError
from counter_app.ui import format as shown


def test_a_last_day_in_a_year_without_known_holidays_says_so_beside_it(hands, counter) -> None:
    counter.clock.moment = datetime(2026, 12, 28, 4, tzinfo=UTC)
    hands.scan(counter.simple_sale(channel="remote").order_no)
    (card,) = hands.screen.sale_panel._cards
    pills = [pill.text() for pill in card._pills if pill.text()]
    # Signed for on Sunday 27 December: seven days end on Sunday 3 January, so on Monday.
    assert any("1-4※" in text.replace("01-04", "1-4") or "4 Jan※" in text for text in pills), pills
    note = wording.sentence(UserError(YEAR_UNKNOWN), shown.language())
    assert card._reason.isVisibleTo(card) and card._reason.text() == note
    assert note in card.toolTip()


def test_a_last_day_in_a_known_year_carries_no_note(hands, counter) -> None:
    hands.scan(counter.simple_sale(channel="remote").order_no)
    (card,) = hands.screen.sale_panel._cards
    assert not card._reason.isVisibleTo(card)
    assert "※" not in card.toolTip()
