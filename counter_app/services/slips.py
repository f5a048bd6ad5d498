"""Slips of posted documents and of cases: read back from frozen content, with the signature, and printed anew."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from counter_app.db.models import Approval, Document, PrintRecord, Proof, Settlement, Signature
from counter_app.db.posting_sql import insert_row
from counter_app.domain import slips
from counter_app.domain.slip_content import kind_of, slip_from
from counter_app.domain.spoken import Language
from counter_app.services import (
    applications,
    case_slips,
    day_sheets,
    document_slips,
    problem_record,
    staff,
    waiting,
)
from counter_app.services.case_rows import add_event, case_row
from counter_app.services.case_words import words_or
from counter_app.services.desk import Desk, Outcome
from counter_app.services.ink import ink_of
from counter_app.services.settings import setting

COPIES = {
    "return_form": 3,
    "refund_acknowledgement": 2,
    "money_receipt": 2,
    "deposit_receipt": 2,
    "acceptance_receipt": 2,
    "refusal_notice": 2,
    "refund_application": 2,
    "allowance_application": 1,
    "receipt": 1,
    "problem_record": 1,
    "shift_sheet": 1,
    "goods_claim": 3,
    "scrap_record": 2,
    "stock_count": 2,
    "register": 1,
    "refund_day": 2,
    "approval_list": 1,
    "receiving_list": 2,
    "service_order": 2,
    "loan_slip": 2,
    "result_confirmation": 1,
    "survey_sheet": 1,
    "gift_issue": 1,
    "settlement_form": 2,
    "complaint_record": 2,
    "recall_notice": 1,
    "message_card": 1,
    "analysis_report": 1,
}
"""How many copies of each slip a visit needs (reference-data §12)."""
SIGNED = frozenset({"return_form", "refusal_notice"})
"""Slips that stay word for word as the customer signed them; what was paid since stands on the others."""
OF_NO_CASE = frozenset({"recall_notice", *day_sheets.SHEETS})
"""Slips without a document or a case: drawn up of the books when they are printed, so no print of them is a reprint."""


@dataclass(frozen=True, slots=True)
class SlipToPrint:
    """One slip, how many copies, in which language it was written, and whether it was printed before."""

    slip: slips.Slip
    kind: str
    copies: int
    language: Language
    document: str
    reprint: bool


def slips_for(desk: Desk, number: str, *, every: bool = False) -> tuple[SlipToPrint, ...]:
    """Every slip of a document, of a recall, of a sheet of a day, or of all documents of a case: with its 受理回执
    while it is open, and last its 客户问题记录表; `every` adds what is printed of a case only when it is asked for
    (`case_slips.py`).

    A document without a slip of its own (an exchange, a reversal) gives those of what it belongs to.
    Raises UserError `slip.unknown`, as `day_sheets.numbered`, SurroundingsError `slip.content.unreadable`.
    """
    row = Document.get_or_none(Document.number == number)
    if row is not None:
        return _of_document(desk, row) or _belonging(desk, row, every=every)
    notice = document_slips.recall_notice(desk, number)
    if notice is not None:
        return (_of_case(desk, notice, None),)
    of_day = day_sheets.numbered(desk, number)
    if of_day is not None:
        return tuple(_of_case(desk, slip, None) for slip in of_day)
    case = case_row(number)
    found = [
        item
        for row in Document.select().where(Document.case == case.id).order_by(Document.id)
        for item in _of_document(desk, row)
    ]
    found += _applications(desk, case)
    if case.closed_at is None and case.state not in ("settled", "executing"):
        found.append(_of_case(desk, waiting.waiting_receipt(desk, case.id), case.id))
    if every:
        found += [_of_case(desk, slip, case.id) for slip in case_slips.of_case(desk, case)]
    found.append(_of_case(desk, problem_record.problem_record(desk, case), case.id))
    return tuple(found)


def print_record(
    desk: Desk,
    number: str,
    kind: str,
    *,
    paper: str,
    copy: str = "",
    language: Language = "zh",
    check_code: str | None = None,
    together: bool = False,
) -> Outcome[bool]:
    """A slip left the printer, or was saved: the second time it is a reprint (补打), which is listed.

    `number` is a document's or a case's, `check_code` what the paper bears (`paper_codes.py`); `together` with other
    copies of it that another printer just got. Returns whether it was a reprint. Raises UserError `staff.sign_in_first`.
    """
    staff.require_somebody(desk)
    with desk.db.atomic("IMMEDIATE"):
        row = Document.get_or_none(Document.number == number)
        if row is None and kind in OF_NO_CASE:
            case_id, again = None, False
        else:
            case_id = row.case_id if row is not None else case_row(number).id
            again = not together and _printed(row.id if row is not None else None, case_id, kind)
        insert_row(
            desk.db,
            PrintRecord,
            document_id=row.id if row is not None else None,
            case_id=case_id,
            slip=kind,
            copy=copy,
            paper=paper,
            language=language,
            check_code=check_code,
            number=number if case_id is None and row is None else None,
            reprint=again,
            by_id=desk.staff.id if desk.staff else None,
            at=desk.instant(),
            business_date=desk.today(),
        )
        if case_id is not None:  # shift sheets and goods papers belong to no case
            add_event(desk, case_id, "printed", slip=kind, document=number, reprint=again)
    return Outcome(again, frozenset({"case"}))


def _of_document(desk: Desk, row: Any) -> tuple[SlipToPrint, ...]:
    content = json.loads(row.content)
    language: Language = "en" if content.get("language") == "en" else "zh"
    signature = _signature(desk, row, content)
    found = []
    frozen = [slip_from(told) for told in content.get("slips", ())]
    for slip in (*frozen, *document_slips.of_document(desk, row, content)):
        kind = kind_of(slip)
        if kind not in SIGNED:
            slip = _with_proofs(row, slip, language)
        elif signature is not None:
            slip = replace(slip, signature=signature)
        found.append(
            SlipToPrint(
                slip, kind, COPIES.get(kind, 1), language, row.number, _printed(row.id, row.case_id, kind)
            )
        )
    return tuple(found)


def _belonging(desk: Desk, row: Any, *, every: bool) -> tuple[SlipToPrint, ...]:
    """What a document without a slip of its own stands on: the slips that were posted with it, or else its case's."""
    together = Document.select().where(Document.posting == row.posting_id).order_by(Document.id)
    found = tuple(item for one in together if one.id != row.id for item in _of_document(desk, one))
    if found or row.case_id is None:
        return found
    return slips_for(desk, row.case.number, every=every)


def _applications(desk: Desk, case: Any) -> list[SlipToPrint]:
    """折价申报单 of every allowance that somebody was asked to approve (S4-31)."""
    found = []
    rows = Approval.select().where(
        Approval.case == case.id, Approval.walk.is_null(False), Approval.decision << ("", "approve", "reject")
    )
    for row in rows:
        slip = applications.allowance_application(desk, case, row)
        if slip is not None:
            found.append(_of_case(desk, slip, case.id))
    return found


def _of_case(desk: Desk, slip: slips.Slip, case_id: int | None) -> SlipToPrint:
    """A slip that no document froze; of a recall it belongs to no case, and printing it again is no reprint."""
    kind = kind_of(slip)
    printed = case_id is not None and _printed(None, case_id, kind)
    return SlipToPrint(slip, kind, COPIES[kind], _language(desk), "", printed)


def _with_proofs(row: Any, slip: Any, language: Language) -> Any:
    """Money that was owed when the slip was frozen and has its proof by now is shown as paid."""
    if not getattr(slip, "money", ()):
        return slip
    proofs: dict[str, list[Any]] = {}
    paid: dict[str, int] = {}
    for settlement in Settlement.select().where(Settlement.document == row.id):
        way = words_or(f"tender.{settlement.tender}", settlement.tender).of(language)
        for proof in Proof.select().where(Proof.settlement == settlement.id):
            proofs.setdefault(way, []).append(proof.reference)
            paid[way] = paid.get(way, 0) + proof.amount_fen
    money = tuple(
        replace(line, state=slips.MoneyState.PAID, proof=" ".join(filter(None, proofs[line.way])))
        if line.way in proofs and paid[line.way] >= line.amount_fen
        else line
        for line in slip.money
    )
    return replace(slip, money=money)


def _signature(desk: Desk, row: Any, content: dict[str, Any]) -> slips.Signature | None:
    if not content.get("signature"):
        return None
    found = Signature.get_or_none(Signature.id == content["signature"])
    if found is None:
        return None
    return ink_of(desk, found.strokes, found.at, bool(found.on_paper), found.form_hash)


def _printed(document_id: int | None, case_id: int | None, kind: str) -> bool:
    where = PrintRecord.slip == kind
    if document_id is not None:
        where &= PrintRecord.document == document_id
    else:
        where &= (PrintRecord.case == case_id) & PrintRecord.document.is_null()
    return bool(PrintRecord.select().where(where).exists())


def _language(desk: Desk) -> Language:
    return "en" if setting(desk, "slips.language") == "en" else "zh"
