"""A wrong proof is put right from the money of its case."""

from __future__ import annotations

import pytest
from shop_day import returned, sell, stock, visit

from counter_app.services import cases, settling, shift
from counter_app.ui.screens.cases.correct_dialog import CorrectDialog
from counter_app.ui.screens.cases.screen import CasesScreen


@pytest.fixture
def shop(desk):
    """Articles and an open drawer."""
    stock(desk)
    shift.open_shift(desk, 50_000)
    return desk


def test_a_settled_refund_opens_its_proofs_and_the_correction_makes_it_owed_again(
    qtbot, session, shop, monkeypatch
) -> None:
    case = visit(shop, sell(shop, 0, (0, 1)))
    returned(shop, case)
    (owed,) = cases.case(shop, case.id).settlements
    settling.pay(shop, owed.id, owed.open_fen, owed.tender, "WRONG-1", "pay-1")
    screen = CasesScreen(session)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive()
    qtbot.waitUntil(lambda: screen.detail.case is not None)
    seen: list[str] = []

    def use(dialog: CorrectDialog) -> int:
        seen.append(dialog._which.itemText(0))
        dialog.confirm()
        assert dialog._reason_field.error(), "a reason is asked for"
        dialog.reason.setText("抄错了号码")
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(CorrectDialog, "exec", use)
    (row,) = screen.detail.money._money.rows()[:1]
    row.act()
    assert "WRONG-1" in seen[0]
    assert [(one.open_fen, one.references) for one in settling.owed(shop)] == [(owed.amount_fen, ())]
    qtbot.waitUntil(
        lambda: screen.detail.case is not None and bool(screen.detail.case.settlements[0].open_fen)
    )
