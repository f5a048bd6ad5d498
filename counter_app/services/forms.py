"""The form a customer reads and signs before anything is posted, and the signature bound to its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from counter_app.db.models import Signature
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, slips
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import UserError
from counter_app.domain.slip_content import check_code
from counter_app.services import case_views, requests, settling, signed_forms, staff
from counter_app.services.case_rows import CHANGED, acting, add_event, case_row
from counter_app.services.desk import Desk, Moment, Outcome
from counter_app.services.ink import ink_of
from counter_app.services.papers import papers_of
from counter_app.services.sync import sync
from counter_app.services.visit_form import carry_on, ready_form

MOST_STROKES = 400
MOST_POINTS = 20_000
PAD = (600, 200)


@dataclass(frozen=True, slots=True)
class FormToSign:
    """The form as it will print; the signature binds to `content_hash`, `check_code` is printed on it."""

    slip: slips.Slip
    content_hash: str
    check_code: str
    figures_hash: str


def form_to_sign(desk: Desk, case_id: int) -> FormToSign:
    """The form of what would be posted now. Raises what is still missing: `posting.nothing`, `proposal.…`, …"""
    told = ready_form(desk, case_id)
    papers_of(told, settling.open_drawer(desk) is not None)
    return FormToSign(told.slip, told.hash, check_code(told.hash), told.here.whole().figures_hash)


def sign(
    desk: Desk,
    case_id: int,
    content: str,
    strokes: Sequence[Sequence[tuple[int, int]]] | None = None,
    *,
    on_paper: bool = False,
    pad: tuple[int, int] = PAD,
) -> Outcome[CaseView]:
    """The customer signed the form with that content hash: on the pad (`strokes` as vectors) or on paper.

    What was signed on the pad is stored as a sealed PDF, on disk before the signature is (`signed_forms.py`); what
    was signed on paper when it is scanned back (`signed_paper.py`).

    Raises UserError `form.changed` when the form is another one by now, `form.strokes` when there is nothing to
    keep or far too much; SurroundingsError `attachment.cannot_store`, `seal.cannot_keep`.
    """
    staff.require(desk, roles.REGISTER)
    desk = replace(desk, clock=Moment(desk.clock.now()))
    drawn = _checked(strokes, on_paper)
    kept = {"pad": list(pad), "strokes": drawn} if drawn else None
    stored = _store(desk, case_id, content, kept) if kept is not None else None
    with desk.db.atomic("IMMEDIATE"):
        form = ready_form(desk, case_id)
        case = form.here.case
        if form.hash != content:
            raise UserError("form.changed", number=case.number)
        Signature.update(void=True).where(
            Signature.case == case_id, Signature.document.is_null(), Signature.void == 0
        ).execute()
        code = check_code(content)
        insert_row(
            desk.db,
            Signature,
            case_id=case_id,
            form_id=None if stored is None else signed_forms.enter(desk, case_id, stored, code),
            form_hash=content,
            check_code=code,
            signer="customer",
            signer_masked=case.customer_masked,
            on_paper=on_paper,
            strokes=kept,
            strokes_hash=requests.digest(kept) if kept else "",
            by_id=acting(desk),
            at=desk.instant(),
        )
        add_event(desk, case_id, "signed", check_code=code, on_paper=on_paper)
        sync(desk, case, form.here.stands)
        carry_on(desk, form)
    return Outcome(case_views.case_view(desk, case_row(case_id)), CHANGED)


def _store(desk: Desk, case_id: int, content: str, kept: dict[str, Any]) -> signed_forms.Stored:
    form = ready_form(desk, case_id)
    if form.hash != content:
        raise UserError("form.changed", number=form.here.case.number)
    return store(desk, form.slip, ink_of(desk, kept, desk.instant(), False, content))


def store(desk: Desk, slip: slips.Slip, signature: slips.Signature) -> signed_forms.Stored:
    """Render every copy of a form with the ink on it, seal it and put it on disk.

    Outside any transaction. Raises SurroundingsError `attachment.cannot_store`, `attachment.folder_gone`,
    `seal.cannot_keep`.
    """
    # What draws pages is read with the first signature.
    from counter_app.services import printing

    pdf = printing.form_copies(desk, replace(slip, signature=signature))
    return signed_forms.seal(desk, pdf, slip.case_number, signature.bound_to)


def _checked(strokes: Sequence[Sequence[tuple[int, int]]] | None, on_paper: bool) -> list[list[list[int]]]:
    drawn = [[[int(x), int(y)] for x, y in stroke] for stroke in strokes or () if stroke]
    points = sum(len(stroke) for stroke in drawn)
    if (not drawn and not on_paper) or len(drawn) > MOST_STROKES or points > MOST_POINTS:
        raise UserError("form.strokes", strokes=len(drawn), points=points)
    return drawn
