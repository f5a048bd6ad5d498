"""What a case keeps on file: photos and pasted texts, signatures, posted papers, slips that left the printer.

Money is int 分 (`_fen`), quantities int thousandths of a unit (`_milli`), instants int UTC milliseconds
(`_at`), days `datetime.date` in the shop's zone (`_on`). What is said in both languages is a `Words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.spoken import Words


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A photo, a pasted text, a signed form. `path` is where the file lies, relative to the data folder."""

    id: int
    case_line_id: int | None
    node: str
    kind: str
    sha256: str
    mime: str
    size: int
    name: str
    path: str
    at: int
    erased: bool = False


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature bound to the hash of the form it was given on; `void` when a later step undid it."""

    id: int
    form_hash: str
    check_code: str
    signer: str
    signer_masked: str
    on_paper: bool
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    void: bool
    at: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One posted document. `reversed_by` and `reverses` are document numbers or empty."""

    id: int
    number: str
    prefix: str
    title: Words
    amount_fen: int
    walk_id: int | None
    posted_at: int
    business_date: date
    posted_by: str
    reverses: str = ""
    reversed_by: str = ""


@dataclass(frozen=True, slots=True)
class PostedDocument:
    """A document that posting made."""

    number: str
    prefix: str
    title: Words
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PrintView:
    """A slip that left the printer."""

    slip: str
    copy: str
    paper: str
    reprint: bool
    document: str
    at: int
