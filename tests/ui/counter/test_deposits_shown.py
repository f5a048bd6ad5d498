"""Deposits that the shop holds are seen beside the drawer, and lead to their case."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

SENT_FIRST = ("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit")


def test_a_held_deposit_stands_beside_the_drawer_and_opens_its_case(hands, counter) -> None:
    screen = hands.window.show_screen("shift")
    assert not screen.deposits.isVisible()
    visit = counter.visit(counter.simple_sale())
    visit.go(*SENT_FIRST).choose(deposit={"amount_fen": 12_300, "tender": "cash"})
    visit.post()
    screen.arrive()
    QApplication.processEvents()
    assert screen.deposits.isVisible()
    (row,) = screen.deposits.table.rows.rows()
    assert (row.open_fen, row.case_number) == (12_300, visit.case.number)
    screen.deposits.table.opened.emit(row)
    assert hands.window.current_key() == "cases"
    assert hands.window.current().detail.case.number == visit.case.number
