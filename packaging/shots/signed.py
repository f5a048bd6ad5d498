"""Signed papers: a sheet that comes back from the customer, and the check code of a paper at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.services import forms, photos, posting, signed_forms
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.cases.signed_sheet_dialog import SignedSheetDialog
from counter_app.ui.screens.counter.counter_screen import CounterScreen
from shots.visit import PLAIN_RETURN, STROKES, _answer, _begun

if TYPE_CHECKING:
    from screenshots import Stage


_POSTED: dict[tuple[Path, bool], int] = {}
"""One visit of each kind in a shop: more would come to the limit of a day."""


def _posted(stage: Stage, *, on_paper: bool) -> int:
    known = _POSTED.get((stage.folder, on_paper))
    if known is not None:
        return known
    screen = _begun(stage)
    _answer(stage, screen, *PLAIN_RETURN)
    assert screen.view is not None
    case_id, desk = screen.view.case.id, stage.window.session.desk
    form = forms.form_to_sign(desk, case_id)
    forms.sign(desk, case_id, form.content_hash, None if on_paper else STROKES, on_paper=on_paper)
    posting.post(desk, case_id, f"picture-post-{case_id}", form.figures_hash)
    screen.new_case()
    stage.settle()
    _POSTED[stage.folder, on_paper] = case_id
    return case_id


def case(stage: Stage) -> QWidget:
    """A case whose form was signed on paper and is not scanned back yet."""
    case_id = _posted(stage, on_paper=True)
    screen = stage.show("cases")
    assert isinstance(screen, CasesScreen)
    screen.show_subject(case_id)
    stage.settle()
    screen.detail._scroll.ensureWidgetVisible(screen.detail.evidence)
    stage.settle()
    return stage.window


def sheet(stage: Stage) -> QWidget:
    """The dialog that takes the sheet."""
    desk = stage.window.session.desk
    dialog = SignedSheetDialog(
        "SH01-20261119-0001", lambda _pages, _code: None, photos.inbox_folder(desk), stage.window
    )
    dialog.code.setText("7F3K-92QD")
    dialog.show()
    return dialog


def agrees(stage: Stage) -> QWidget:
    """A check code that was typed at the counter: the paper is ours."""
    case_id = _posted(stage, on_paper=False)
    (form,) = signed_forms.of_case(stage.window.session.desk, case_id)
    screen = stage.show("counter")
    assert isinstance(screen, CounterScreen)
    screen.look_up(form.check_code)
    stage.settle()
    return stage.window


def differs(stage: Stage) -> QWidget:
    """A code that is on no paper of its case."""
    case_id = _posted(stage, on_paper=False)
    (form,) = signed_forms.of_case(stage.window.session.desk, case_id)
    screen = stage.show("counter")
    assert isinstance(screen, CounterScreen)
    screen.look_up(f"counter:case/{form.case_number}#7F3K-92QD")
    stage.settle()
    return stage.window


SHOTS = {"case": case, "sheet": sheet, "agrees": agrees, "differs": differs}
