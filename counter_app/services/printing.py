"""Slips on paper: which paper, which copies, which printer the shop has set; the PDF that is shown and printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from counter_app import documents
from counter_app.documents import Copy, CopyKind, Paper, words
from counter_app.domain import slips
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.slip_content import check_code, content_hash, kind_of
from counter_app.domain.spoken import Words
from counter_app.services import attachment_files, day_sheets, print_rules, shop_words, signed_forms
from counter_app.services import slips as slip_service
from counter_app.services.desk import Desk, Outcome
from counter_app.services.settings import setting
from counter_app.wording import Language

_NAMED = (CopyKind.STUB, CopyKind.CUSTOMER, CopyKind.FINANCE)
"""Whose names the setting `copies.names` gives, in its order."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slip as the shop prints it. `key` is stable within a case; `printer` is a name, '' = the system's."""

    key: str
    number: str
    title: Words
    slip: slips.Slip
    paper: Paper
    printer: str
    language: Language
    reprint: bool


def sheets(desk: Desk, number: str, *, every: bool = False) -> tuple[Sheet, ...]:
    """Every slip of a document or of a case, receipts first: they are what the customer waits for. `every`: with
    what is printed of a case only when it is asked for.

    Raises UserError `slip.unknown`, `slip.none`.
    """
    found = [
        _sheet(desk, item.document or number, item.slip, item.language, reprint=item.reprint)
        for item in slip_service.slips_for(desk, number, every=every)
    ]
    if not found:
        raise UserError("slip.none", number=number)
    return tuple(sorted(found, key=lambda sheet: not sheet.paper.is_roll))


def sheets_of_day(desk: Desk, day: date, kinds: Collection[str] = ()) -> tuple[Sheet, ...]:
    """The sheets of one business day: register, refunds, approvals, goods taken in; `kinds` picks some of them.

    Raises UserError `staff.right.missing`, `day_sheet.unknown`, `day_sheet.future`.
    """
    language: Language = "en" if setting(desk, "slips.language") == "en" else "zh"
    found = day_sheets.of_day(desk, day, kinds)
    return tuple(_sheet(desk, slip.number, slip, language, reprint=False) for slip in found)


def pdf_of(desk: Desk, sheet: Sheet, paper: Paper | None = None) -> bytes:
    """The PDF of one slip with all its copies; `paper` None = the one the shop has set."""
    kind = kind_of(sheet.slip)
    return documents.render(
        sheet.slip,
        paper or sheet.paper,
        sheet.language,
        copies(desk, kind, sheet.language),
        reprint=sheet.reprint,
        logo=shop_words.logo(desk),
        also=_other(desk, kind, sheet.language),
        photos=_photos(desk, sheet.slip, paper or sheet.paper),
    )


def pdf_for(
    desk: Desk, sheet: Sheet, wanted: Sequence[CopyKind], also: Language | None, *, reprint: bool
) -> bytes:
    """The PDF of these copies of a slip, each as often as it stands in `wanted`, as one printer gets it."""
    return documents.render(
        sheet.slip,
        sheet.paper,
        sheet.language,
        chosen(desk, sheet, wanted),
        reprint=reprint,
        logo=shop_words.logo(desk),
        also=also,
        photos=_photos(desk, sheet.slip, sheet.paper),
    )


def chosen(desk: Desk, sheet: Sheet, wanted: Sequence[CopyKind]) -> tuple[Copy, ...]:
    """These copies of a slip under the names this shop gives them."""
    there = {copy.kind: copy for copy in copies(desk, kind_of(sheet.slip), sheet.language)}
    return tuple(there[kind] for kind in wanted if kind in there)


def as_it_stands(desk: Desk, sheet: Sheet) -> bytes:
    """A slip to look at: the form a customer signed as it is stored, every other slip as it would print.

    Where the stored file is gone or no longer what it was, the form is made of its frozen content again, and
    `verify` names the file.
    """
    found = stored_form(desk, sheet)
    return pdf_of(desk, sheet) if found is None else found[1]


def stored_form(desk: Desk, sheet: Sheet) -> tuple[signed_forms.SignedForm, bytes] | None:
    """The form a customer signed with its stored PDF; None where a slip is none, or the file is not what it was."""
    signature = sheet.slip.signature
    if signature is None or not signature.bound_to:
        return None
    for form in signed_forms.of_number(desk, sheet.number):
        if form.form_hash == signature.bound_to and form.sha256 and form.erased_at is None:
            try:
                return form, signed_forms.pdf_of(desk, form)
            except SurroundingsError:
                return None
    return None


def form_pdf(desk: Desk, form: slips.Slip) -> tuple[bytes, str]:
    """The customer's copy of a form before it is signed, and the printer for it. It speaks the slips' language,
    as its content does, whatever the window speaks."""
    language: Language = "en" if setting(desk, "slips.language") == "en" else "zh"
    sheet = _sheet(desk, form.number, form, language, reprint=False)
    kind = kind_of(form)
    mine = tuple(copy for copy in copies(desk, kind, language) if copy.kind is CopyKind.CUSTOMER)
    pdf = documents.render(
        form,
        sheet.paper,
        language,
        mine or None,
        logo=shop_words.logo(desk),
        also=_other(desk, kind, language),
    )
    return pdf, sheet.printer


def form_copies(desk: Desk, form: slips.Slip) -> bytes:
    """All copies of a form that the customer signed, as they are stored."""
    language: Language = "en" if setting(desk, "slips.language") == "en" else "zh"
    return pdf_of(desk, _sheet(desk, form.number, form, language, reprint=False))


def printed(desk: Desk, sheet: Sheet, copy: str = "", *, together: bool = False) -> Outcome[bool]:
    """A slip went to a printer, or was saved: the next time it is a reprint. `together`: this print is one with what
    went to another printer just now, and no reprint of it."""
    return slip_service.print_record(
        desk,
        sheet.number,
        kind_of(sheet.slip),
        paper=sheet.paper.value,
        copy=copy,
        language=sheet.language,
        check_code=check_code(content_hash(sheet.slip)),
        together=together,
    )


def copies(desk: Desk, kind: str, language: Language) -> tuple[Copy, ...]:
    """The copies of a kind of slip under the names this shop gives them."""
    names = dict(zip(_NAMED, setting(desk, "copies.names"), strict=False))
    usual = documents.default_copies(kind, language)
    if language != "zh":
        return usual
    return tuple(replace(copy, name=names.get(copy.kind) or copy.name) for copy in usual)


def title_of(slip: slips.Slip) -> Words:
    """What a slip is called."""
    if isinstance(slip, slips.Receipt):
        key = f"title.receipt_{slip.flow.value}"
    else:
        key = f"title.{slip.titled if isinstance(slip, slips.ReturnForm) else kind_of(slip)}"
    return Words(words.word(key, "zh"), words.word(key, "en"))


def kind_title(kind: str) -> Words:
    """What a kind of slip is called before there is one."""
    key = "title.receipt_none" if kind == "receipt" else f"title.{kind}"
    return Words(words.word(key, "zh"), words.word(key, "en"))


def _other(desk: Desk, kind: str, language: Language) -> Language | None:
    """The language that the customer's copy speaks a second time, None when the shop prints one alone."""
    if not print_rules.way(desk, kind).also:
        return None
    return "zh" if language == "en" else "en"


def _photos(desk: Desk, slip: slips.Slip, paper: Paper) -> dict[str, bytes]:
    """Contents of the pictures that a slip shows, by their hash; those whose file is gone are left out."""
    if paper.is_roll or not isinstance(slip, slips.ScrapRecord):
        return {}
    found = {sha256: attachment_files.read(desk, sha256) for sha256 in slip.photos}
    return {sha256: content for sha256, content in found.items() if content is not None}


def _sheet(desk: Desk, number: str, slip: slips.Slip, language: Language, *, reprint: bool) -> Sheet:
    way = print_rules.way(desk, kind_of(slip))
    return Sheet(
        key=f"{number}/{kind_of(slip)}",
        number=number,
        title=title_of(slip),
        slip=slip,
        paper=way.paper,
        printer=way.printer,
        language=language,
        reprint=reprint,
    )
