"""From a slip to the bytes of its PDF: compose once per copy, set on the paper, same content same bytes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents import codes, fonts, marks, roll, sheet
from counter_app.documents import logo as logos
from counter_app.documents.blocks import Amount, Composition, Inside, Photos
from counter_app.documents.face import Face
from counter_app.documents.joining import CREATOR, TONGUES
from counter_app.documents.paper import Copy, CopyKind, Paper, default_copies
from counter_app.documents.photos import shots
from counter_app.documents.slips import (
    acceptance_receipt,
    allowance_application,
    analysis_report,
    approval_list,
    complaint_record,
    deposit_receipt,
    gift_issue,
    goods_claim,
    loan_slip,
    message_card,
    money_receipt,
    problem_record,
    recall_notice,
    receipt,
    receiving_list,
    refund_acknowledgement,
    refund_application,
    refund_day,
    refusal_notice,
    register,
    result_confirmation,
    return_form,
    scrap_record,
    service_order,
    settlement_form,
    shift_sheet,
    stock_count,
    survey_sheet,
)
from counter_app.domain.errors import UserError
from counter_app.domain.slip_content import check_code, content_hash, kind_of
from counter_app.domain.slips import InternalPart, Slip
from counter_app.wording import Language

_COMPOSERS: dict[str, Callable[[Any, Language], Composition]] = {
    "return_form": return_form.compose,
    "receipt": receipt.compose,
    "refund_acknowledgement": refund_acknowledgement.compose,
    "money_receipt": money_receipt.compose,
    "acceptance_receipt": acceptance_receipt.compose,
    "deposit_receipt": deposit_receipt.compose,
    "refund_application": refund_application.compose,
    "allowance_application": allowance_application.compose,
    "refusal_notice": refusal_notice.compose,
    "problem_record": problem_record.compose,
    "shift_sheet": shift_sheet.compose,
    "goods_claim": goods_claim.compose,
    "scrap_record": scrap_record.compose,
    "analysis_report": analysis_report.compose,
    "approval_list": approval_list.compose,
    "complaint_record": complaint_record.compose,
    "gift_issue": gift_issue.compose,
    "loan_slip": loan_slip.compose,
    "message_card": message_card.compose,
    "recall_notice": recall_notice.compose,
    "receiving_list": receiving_list.compose,
    "refund_day": refund_day.compose,
    "register": register.compose,
    "result_confirmation": result_confirmation.compose,
    "service_order": service_order.compose,
    "settlement_form": settlement_form.compose,
    "stock_count": stock_count.compose,
    "survey_sheet": survey_sheet.compose,
}
# Binary streams are smaller and faster than ASCII85, and every reader has known them for decades.
rl_config.useA85 = 0


def render(
    slip: Slip,
    paper: Paper,
    language: Language,
    copies: tuple[Copy, ...] | None = None,
    *,
    internal: InternalPart | None = None,
    reprint: bool = False,
    void: bool = False,
    draft: bool = False,
    logo: bytes | None = None,
    also: Language | None = None,
    photos: Mapping[str, bytes] | None = None,
) -> bytes:
    """PDF of one slip, every copy after the other. See `counter_app.documents.render`."""
    out = BytesIO()
    canvas = Canvas(
        out,
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.advances().main.fontName,
        lang=TONGUES[language],
    )
    stamps = marks.Stamps(reprint=reprint, void=void, draft=draft)
    laid: dict[int, Callable[[Canvas, Copy], None]] = {}
    for copy, face in faces(
        slip, language, copies, stamps, internal=internal, logo=logo, also=also, photos=photos
    ):
        if not laid:
            canvas.setTitle(f"{face.composition.title} {slip.number}")
            canvas.setCreator(CREATOR)
        if id(face) not in laid:
            laid[id(face)] = _lay(paper, face)
        laid[id(face)](canvas, copy)
    canvas.save()
    return out.getvalue()


def faces(
    slip: Slip,
    language: Language,
    copies: tuple[Copy, ...] | None,
    stamps: marks.Stamps,
    *,
    internal: InternalPart | None = None,
    logo: bytes | None = None,
    also: Language | None = None,
    photos: Mapping[str, bytes] | None = None,
) -> list[tuple[Copy, Face]]:
    """Every copy with what is drawn on it; copies that look the same share one face. Raises as `render` does."""
    kind = kind_of(slip)
    chosen = default_copies(kind, language) if copies is None else copies
    if not chosen:
        raise UserError("slip.copies.none")
    codes.scannable(slip.number)
    codes.scannable(slip.case_number)
    bound = content_hash(slip)
    if slip.signature is not None and slip.signature.bound_to not in ("", bound):
        raise UserError("slip.signature.unbound")
    composition = _shown(_COMPOSERS[kind](slip, language), photos or {})
    picture = logos.read(logo) if logo is not None else None
    found: list[tuple[Copy, Face]] = []
    made: dict[tuple[InternalPart | None, Language], Face] = {}
    for copy, spoken in _spoken(chosen, kind, language, also):
        inside = internal if copy.shows_internal else None
        if (inside, spoken) not in made:
            said = composition if spoken == language else _shown(_COMPOSERS[kind](slip, spoken), photos or {})
            shown = said if inside is None else _with_inside(said, inside)
            made[inside, spoken] = Face(slip, shown, spoken, check_code(bound), stamps, picture)
        found.append((copy, made[inside, spoken]))
    return found


def _spoken(
    copies: tuple[Copy, ...], kind: str, language: Language, also: Language | None
) -> Iterator[tuple[Copy, Language]]:
    """Every copy in the slip's language; a customer's a second time in the other one, under its name there."""
    for copy in copies:
        yield copy, language
        if also is not None and also != language and copy.kind is CopyKind.CUSTOMER:
            names = {usual.kind: usual.name for usual in default_copies(kind, also)}
            yield dataclasses.replace(copy, name=names.get(copy.kind, copy.name)), also


def _lay(paper: Paper, face: Face) -> Callable[[Canvas, Copy], None]:
    """Set a slip onto its paper once; the result draws it for one copy."""
    if paper.is_roll:
        on_roll = roll.lay_roll(paper, face)
        return lambda canvas, copy: roll.draw_roll(canvas, on_roll, copy)
    on_sheets = sheet.lay_sheet(paper, face)
    return lambda canvas, copy: sheet.draw_sheet(canvas, on_sheets, copy)


def _shown(composition: Composition, photos: Mapping[str, bytes]) -> Composition:
    """The composition with the photos that its blocks name by hash."""
    if not any(isinstance(block, Photos) for block in composition.blocks):
        return composition
    blocks = tuple(
        dataclasses.replace(block, shots=shots(block.hashes, photos)) if isinstance(block, Photos) else block
        for block in composition.blocks
    )
    return dataclasses.replace(composition, blocks=blocks)


def _with_inside(composition: Composition, internal: InternalPart) -> Composition:
    """The internal part stands before the amount, which stays with the signatures."""
    blocks = composition.blocks
    before = len(blocks) - 1 if blocks and isinstance(blocks[-1], Amount) else len(blocks)
    return dataclasses.replace(composition, blocks=(*blocks[:before], Inside(internal), *blocks[before:]))
