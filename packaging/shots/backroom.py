"""What comes of visits: slips again, a reversal, the way, approvals, money owed, the drawer counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.domain.case_views import CaseView
from counter_app.services import cases, settling
from counter_app.services.cases import CaseFilter
from counter_app.ui.screens.cases.correct_dialog import CorrectDialog
from counter_app.ui.screens.cases.note_dialog import NoteDialog
from counter_app.ui.screens.cases.paper_dialog import PaperDialog
from counter_app.ui.screens.cases.reverse_dialog import ReverseDialog
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.cases.way_card import ChartDialog, drawn_nodes
from counter_app.ui.screens.shift.screen import ShiftScreen
from counter_app.ui.screens.todo.screen import TodoScreen
from shots.visit import _morning

if TYPE_CHECKING:
    from screenshots import Stage


def _posted(stage: Stage) -> CaseView:
    """The oldest case that has documents."""
    _morning(stage)
    rows = cases.list_cases(stage.desk, CaseFilter(), limit=500)
    found = (cases.case(stage.desk, row.id) for row in reversed(rows))
    return next(case for case in found if case.documents)


def _cases(stage: Stage) -> CasesScreen:
    screen = stage.show("cases")
    assert isinstance(screen, CasesScreen)
    return screen


def story(stage: Stage) -> QWidget:
    """The lower half of a case: documents, evidence, story, goods."""
    case = _posted(stage)
    screen = _cases(stage)
    screen.show_subject(case.id)
    stage.settle()
    bar = screen.detail._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    return stage.window


def slips(stage: Stage) -> QWidget:
    """Slips seen as they print."""
    dialog = PaperDialog(stage.window.session, _posted(stage).number, stage.window)
    dialog.show()
    return dialog


def correcting(stage: Stage) -> QWidget:
    """A wrong proof about to be corrected."""
    _morning(stage)
    for owed in settling.owed(stage.desk):
        if owed.tender != settling.CASH and owed.direction == "out":
            settling.pay(
                stage.desk, owed.id, owed.open_fen, owed.tender, f"5030{owed.id:012}", f"shot-{owed.id}"
            )
    rows = cases.list_cases(stage.desk, CaseFilter(), limit=500)
    settled = (one for row in rows for one in cases.case(stage.desk, row.id).settlements)
    proofs = next(found for one in settled if (found := settling.proofs(stage.desk, one.id)))
    dialog = CorrectDialog(proofs, lambda *_given: None, stage.window)
    dialog.show()
    return dialog


def chart(stage: Stage) -> QWidget:
    """The whole chart with the way lit."""
    walk = _posted(stage).walks[0]
    dialog = ChartDialog(drawn_nodes(stage.desk, walk), walk.path, stage.window)
    dialog.show()
    return dialog


def reverse(stage: Stage) -> QWidget:
    """A document to be reversed."""
    dialog = ReverseDialog(_posted(stage).documents, lambda *_given: False, stage.window)
    dialog.show()
    return dialog


def note(stage: Stage) -> QWidget:
    """A remark."""
    dialog = NoteDialog(
        stage.window.tr("Note"), "", stage.window.tr("Keep"), lambda _text: None, stage.window
    )
    dialog.show()
    return dialog


def _todo(kind: str, *, every: bool = False) -> Callable[[Stage], QWidget]:
    def shot(stage: Stage) -> QWidget:
        _morning(stage)
        screen = stage.show("todo")
        assert isinstance(screen, TodoScreen)
        screen.filters.choose(kind)
        if every:
            screen.table.selectAll()
        return stage.window

    return shot


def count(stage: Stage) -> QWidget:
    """A count that differs."""
    screen = stage.show("shift")
    assert isinstance(screen, ShiftScreen)
    screen.close_card.count.clear()
    screen.close_card.count.put(10_000, 3)
    screen.close_card.count.put(5_000, 2)
    return stage.window


SHOTS = {
    "story": story,
    "slips": slips,
    "chart": chart,
    "reverse": reverse,
    "correcting": correcting,
    "note": note,
    "approvals": _todo("approval", every=True),
    "money": _todo("money"),
    "tasks": _todo("task"),
    "waits": _todo("wait"),
    "count": count,
}
