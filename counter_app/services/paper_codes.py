"""Is the paper in hand one of ours, and does it say what we have? Its check code tells, typed or in its QR.

A check code is made of all that stands on a paper (`slip_content.content_hash`), so a paper on which anything was
changed bears another. Found are forms that were signed, papers that left the printer, and every slip of a case
whose number comes with the code; also papers of the house, which belong to no case: sheets of a shift or a day, papers
of the stock room, recall notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counter_app.db.models import Case, Document, PrintRecord, Signature
from counter_app.domain import check_code as codes
from counter_app.domain.errors import CounterError
from counter_app.domain.slip_content import check_code, content_hash, slip_from
from counter_app.domain.spoken import Words
from counter_app.services import day_sheets, printing
from counter_app.services.desk import Desk
from counter_app.services.lookup import QR_PREFIX, house_paper
from counter_app.services.slips import SIGNED


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A paper that bears a check code. `how`: 'signed' (on the pad), 'on_paper', 'void' (its signature no longer
    stands), 'printed', 'current' (as it would print now). `number` as it stands on the paper. `amount_fen`
    of that paper, 分. `at` when it was signed or printed, None for one that only would be."""

    code: str
    how: str
    title: Words
    number: str
    case_id: int | None
    case_number: str
    amount_fen: int | None
    on: date | None
    at: int | None
    reversed_by: str = ""


@dataclass(frozen=True, slots=True)
class HousePaper:
    """A paper of the house that was scanned or typed: the room it belongs to ("shift", "goods"), its number, and what
    its check code told, None where only the number came."""

    room: str
    number: str
    check: PaperCheck | None


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What came of a check: `papers` that bear the code, none when it agrees with nothing. `case_id` of the case
    that the paper itself names, None where only a code was typed."""

    code: str
    number: str
    case_id: int | None
    papers: tuple[KnownPaper, ...]

    @property
    def agrees(self) -> bool:
        """Whether the paper is one of ours, and of that case."""
        return bool(self.papers)


def house(desk: Desk, text: str) -> HousePaper | None:
    """The paper of the house that a scan or a typed number names; None for anything else."""
    number, _code = _parts(codes.as_typed(text))
    found = house_paper(number or text)
    return None if found is None else HousePaper(*found, check(desk, text))


def check(desk: Desk, text: str) -> PaperCheck | None:
    """Check what was scanned or typed: a slip's QR, a code, or a number and a code. None when it is nothing of
    these: a QR without a code, any other word; also eight signs that may be something else and are no code of ours."""
    words = codes.as_typed(text)
    number, code = _parts(words)
    if not code:
        return None
    case: Any = _case(number) if number else None
    if number and case is None:
        return PaperCheck(code, number, None, tuple(_house_papers(desk, code, number)))
    papers = tuple(_papers(desk, code, case))
    if not papers and not number and not codes.spelled_like_one(words):
        return None
    return PaperCheck(code, number, None if case is None else case.id, papers)


def _parts(words: str) -> tuple[str, str]:
    """Number and code in what was typed or scanned."""
    if words.lower().startswith(QR_PREFIX):
        number, _, code = words[len(QR_PREFIX) :].partition("#")
        return number.strip().upper(), codes.normal(code)
    before, _, last = words.rpartition(" ")
    if before and codes.normal(last) and not codes.normal(words):
        return before.strip().upper(), codes.normal(last)
    return "", codes.normal(words)


def _case(number: str) -> Any:
    found: Any = Case.get_or_none(Case.number == number)
    if found is not None:
        return found
    document: Any = Document.get_or_none(Document.number == number)
    return None if document is None or document.case_id is None else document.case


def _house_papers(desk: Desk, code: str, number: str) -> Iterator[KnownPaper]:
    """Papers with that code and that number, which no case has: printed before as it would print now."""
    if house_paper(number) is None:
        return
    document: Any = Document.get_or_none(Document.number == number)
    mine = PrintRecord.number == number if document is None else PrintRecord.document == document.id
    for row in (
        PrintRecord.select().where(PrintRecord.check_code == code, mine).order_by(-PrintRecord.id).limit(1)
    ):
        yield _printed_paper(code, row)
        return
    try:
        sheets = printing.sheets(desk, number)
    except CounterError:
        return  # whoever asks may not see the sheet
    for sheet in sheets:
        if check_code(content_hash(sheet.slip)) == code:
            known = _known(code, "current", sheet.title, document, None, None)
            yield replace(known, number=number, on=date.fromisoformat(sheet.slip.on))
            return


def _papers(desk: Desk, code: str, case: Any) -> Iterator[KnownPaper]:
    """Papers with that code, of that case where one is named, each once: signed before printed before current."""
    seen: set[tuple[str, str]] = set()
    for paper in (*_signed(code, case), *_printed(code, case), *_current(desk, code, case)):
        key = (paper.title.zh, paper.number)
        if key not in seen:
            seen.add(key)
            yield paper


def _signed(code: str, case: Any) -> Iterator[KnownPaper]:
    where = Signature.check_code == code
    if case is not None:
        where &= Signature.case == case.id
    for row in Signature.select().where(where).order_by(Signature.void, Signature.id.desc()):
        how = "void" if row.void else "on_paper" if row.on_paper else "signed"
        form = _frozen(row)
        title = _title(str(form.get("kind", "return_form")), form)
        known = _known(code, how, title, row.document, row.case, row.at)
        # The form bears the number of its case, and the sum of the whole visit.
        yield replace(known, number=row.case.number, amount_fen=form.get("amount_fen") or None)


def _frozen(signature: Any) -> dict[str, Any]:
    """The form as it was posted, nothing of one that was not."""
    return _posted(signature.document) if signature.document_id else {}


def _posted(document: Any) -> dict[str, Any]:
    told = json.loads(document.content).get("slips", ())
    return next((slip for slip in told if slip.get("kind") in SIGNED), {})


def _title(kind: str, form: dict[str, Any]) -> Words:
    """What a signed form is called by what it says, as it stands on the paper; its kind where it says nothing more."""
    if form.get("kind") != kind:
        return printing.kind_title(kind)
    return printing.title_of(slip_from(form))


def _printed(code: str, case: Any) -> Iterator[KnownPaper]:
    where = PrintRecord.check_code == code
    if case is not None:
        where &= PrintRecord.case == case.id
    for row in PrintRecord.select().where(where).order_by(PrintRecord.id.desc()):
        yield _printed_paper(code, row)


def _printed_paper(code: str, row: Any) -> KnownPaper:
    form = _posted(row.document) if row.document_id and row.slip in SIGNED else {}
    known = _known(code, "printed", _title(row.slip, form), row.document, row.case, row.at)
    if not row.number:
        return known
    of_day = day_sheets.named(row.number)
    return replace(known, number=row.number, on=of_day[2] if of_day is not None else row.business_date)


def _current(desk: Desk, code: str, case: Any) -> Iterator[KnownPaper]:
    if case is None:
        return
    try:
        sheets = printing.sheets(desk, case.number)
    except CounterError:
        return
    for sheet in sheets:
        if check_code(content_hash(sheet.slip)) == code:
            document = Document.get_or_none(Document.number == sheet.number)
            yield _known(code, "current", sheet.title, document, case, None)


def _known(code: str, how: str, title: Words, document: Any, case: Any, at: int | None) -> KnownPaper:
    later = None if document is None else Document.get_or_none(Document.reverses == document.id)
    return KnownPaper(
        code=code,
        how=how,
        title=title,
        number=document.number if document is not None else case.number if case is not None else "",
        case_id=None if case is None else case.id,
        case_number="" if case is None else case.number,
        amount_fen=None if document is None or not document.amount_fen else document.amount_fen,
        on=document.business_date if document is not None else None if case is None else case.business_date,
        at=at,
        reversed_by="" if later is None else later.number,
    )
