"""Documents, money, deposits, evidence and signatures of a case as the frozen views that screens show."""

from __future__ import annotations

from typing import Any

from peewee import JOIN, fn
from peewee import Case as Case_

from counter_app.db.models import (
    Attachment,
    Case,
    Deposit,
    DepositMove,
    Document,
    PrintRecord,
    Proof,
    Settlement,
    Signature,
)
from counter_app.db.reading_sql import rows_beside, rows_of
from counter_app.domain.money_views import DepositView, SettlementView
from counter_app.domain.paper_views import AttachmentView, DocumentView, PrintView, SignatureView
from counter_app.domain.spoken import Words
from counter_app.services.case_words import words, words_or
from counter_app.services.desk import Desk


def documents(case_id: int, names: dict[int, str]) -> tuple[DocumentView, ...]:
    """The posted documents of a case, oldest first."""
    later = Document.alias()
    earlier = Document.alias()
    rows = (
        Document.select(
            Document, later.number.alias("reversed_number"), earlier.number.alias("reverses_number")
        )
        .join(later, JOIN.LEFT_OUTER, on=(later.reverses == Document.id), attr="later")
        .switch(Document)
        .join(earlier, JOIN.LEFT_OUTER, on=(Document.reverses == earlier.id), attr="earlier")
        .where(Document.case == case_id)
        .order_by(Document.id)
        .objects()
    )
    return tuple(
        DocumentView(
            id=row.id,
            number=row.number,
            prefix=row.prefix,
            title=document_title(row.prefix, bool(row.reverses_number)),
            amount_fen=row.amount_fen,
            walk_id=row.walk_id,
            posted_at=row.posted_at,
            business_date=row.business_date,
            posted_by=names.get(row.posted_by_id, ""),
            reverses=row.reverses_number or "",
            reversed_by=row.reversed_number or "",
        )
        for row in rows
    )


def document_title(prefix: str, reverses: bool = False) -> Words:
    """What a document of this kind is called."""
    title = words_or(f"document.{prefix}", prefix)
    return words("document.reversal", title=title) if reverses else title


def settlements_of(desk: Desk, case_id: int) -> tuple[SettlementView, ...]:
    """What a case owes and is owed. Most visits that are answered have nothing yet: that is asked first."""
    if (
        desk.db.execute_sql("SELECT 1 FROM settlement WHERE case_id = ? LIMIT 1", (case_id,)).fetchone()
        is None
    ):
        return ()
    return settlements(Settlement.case == case_id)


def settlements(where: Any) -> tuple[SettlementView, ...]:
    """What is owed and what of it was moved."""
    later, correction = Document.alias(), Proof.alias()
    stands = Proof.corrects_id.is_null() & ~fn.EXISTS(
        correction.select(correction.id).where(correction.corrects_id == Proof.id)
    )
    rows = (
        Settlement.select(
            Settlement,
            Document.number.alias("document_number"),
            Document.reverses.alias("mirrors"),
            fn.EXISTS(later.select(later.id).where(later.reverses == Settlement.document)).alias("undone"),
            Case.number.alias("case_number"),
            Case.customer_masked.alias("customer"),
            fn.COALESCE(fn.SUM(Proof.amount_fen), 0).alias("settled"),
            fn.GROUP_CONCAT(Case_(None, [(stands, Proof.reference)]), "\n").alias("proof_references"),
        )
        .join(Document, on=(Settlement.document == Document.id))
        .switch(Settlement)
        .join(Case, on=(Settlement.case == Case.id))
        .switch(Settlement)
        .join(Proof, JOIN.LEFT_OUTER, on=(Proof.settlement == Settlement.id))
        .where(where)
        .group_by(Settlement.id)
        .order_by(Settlement.id)
        .objects()
    )
    return tuple(
        SettlementView(
            id=row.id,
            document=row.document_number,
            case_id=row.case_id,
            case_number=row.case_number,
            customer_masked=row.customer,
            direction=row.direction,
            purpose=row.purpose,
            tender=row.tender,
            amount_fen=row.amount_fen,
            settled_fen=row.settled,
            due_on=row.due_on,
            business_date=row.business_date,
            references=tuple(part for part in (row.proof_references or "").split("\n") if part),
            void_fen=_void_fen(row),
        )
        for row in rows
    )


def uncovered() -> Any:
    """Settlements that their proofs do not cover: what was ever paid is left out before anything is added up."""
    moved = Proof.alias()
    covered = moved.select(fn.COALESCE(fn.SUM(moved.amount_fen), 0)).where(moved.settlement == Settlement.id)
    return Settlement.amount_fen != covered


def _void_fen(row: Any) -> int:
    """分 that nobody owes any more: the unpaid rest of a reversed document, and of its mirror what the customer
    never got."""
    if row.undone:
        return int(row.amount_fen - row.settled)
    if row.mirrors is None:
        return 0
    mirrored = (
        Proof.select(fn.COALESCE(fn.SUM(Proof.amount_fen), 0))
        .join(Settlement)
        .where(
            Settlement.document == row.mirrors,
            Settlement.direction == row.direction,
            Settlement.purpose == row.purpose,
            Settlement.tender == row.tender,
            Settlement.amount_fen == -row.amount_fen,
            # The same way may stand twice on a document: as it was paid, and for another way with somebody's yes.
            Settlement.override.is_null(row.override_id is None),
        )
    )
    return int(row.amount_fen + mirrored.scalar())


def deposits(case_id: int) -> tuple[DepositView, ...]:
    """The deposits of a case and what became of them."""
    found = []
    for row in rows_beside(Deposit, "document", case=case_id):
        moves = rows_of(DepositMove, deposit=row.id)
        open_fen = row.amount_fen - sum(move.amount_fen for move in moves)
        state = "held" if open_fen else moves[-1].kind
        found.append(
            DepositView(row.id, row.document.number, row.tender, row.amount_fen, open_fen, row.due_on, state)
        )
    return tuple(found)


def attachments(case_id: int) -> tuple[AttachmentView, ...]:
    """The evidence of a case, oldest first."""
    return tuple(attachment(row) for row in rows_of(Attachment, case=case_id))


def attachment(row: Any) -> AttachmentView:
    """One piece of evidence."""
    return AttachmentView(
        id=row.id,
        case_line_id=row.case_line_id,
        node=row.node,
        kind=row.kind,
        sha256=row.sha256,
        mime=row.mime,
        size=row.size,
        name=row.name,
        path=f"attachments/{row.sha256[:2]}/{row.sha256}",
        at=row.at,
        erased=row.erased_at is not None,
    )


def signatures(case_id: int) -> tuple[SignatureView, ...]:
    """Signatures given in a case, void ones included."""
    return tuple(
        SignatureView(
            id=row.id,
            form_hash=row.form_hash,
            check_code=row.check_code,
            signer=row.signer,
            signer_masked=row.signer_masked,
            on_paper=bool(row.on_paper),
            strokes=tuple(
                tuple((x, y) for x, y in stroke) for stroke in (row.strokes or {}).get("strokes", ())
            ),
            void=bool(row.void),
            at=row.at,
        )
        for row in rows_of(Signature, case=case_id)
    )


def prints(case_id: int) -> tuple[PrintView, ...]:
    """What was printed of a case."""
    rows = (
        PrintRecord.select(PrintRecord, Document)
        .join(Document, JOIN.LEFT_OUTER, on=(PrintRecord.document == Document.id))
        .where(
            (PrintRecord.case == case_id)
            | PrintRecord.document.in_(Document.select(Document.id).where(Document.case == case_id))
        )
        .order_by(PrintRecord.id)
    )
    return tuple(
        PrintView(
            row.slip,
            row.copy,
            row.paper,
            bool(row.reprint),
            row.document.number if row.document_id else "",
            row.at,
        )
        for row in rows
    )


def is_reversed(number: str) -> bool:
    """Whether a document was reversed."""
    later = Document.alias()
    return bool(
        Document.select()
        .join(later, on=(later.reverses == Document.id))
        .where(Document.number == number)
        .exists()
    )
