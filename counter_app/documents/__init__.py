"""Printed slips. ReportLab is imported when the first slip is printed, not when the program starts."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.documents.paper import Copy, CopyKind, Paper, default_copies
from counter_app.domain.slips import InternalPart, Slip
from counter_app.wording import Language

__all__ = ["Copy", "CopyKind", "Paper", "default_copies", "render"]


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
    """PDF of one slip on one paper, all copies in one file; the same arguments give the same bytes.

    `copies` None = the usual copies of this kind. `internal` is drawn on copies for the shop alone, never on
    a customer's. Raises UserError `slip.copies.none`, `slip.number.unscannable`, `slip.signature.unbound`
    (the form changed after it was signed). `logo` is a picture for the head, PNG or JPEG; one that cannot be read
    raises SurroundingsError `logo.unreadable`. `also`: a customer's copy is drawn a second time with its own words
    in that language; what the slip says of the case stays as it was written. `photos`: contents of the pictures that
    the slip names, by their hash; on sheets one that is not among them, or is another, leaves a box that says so.
    """
    from counter_app.documents import rendering

    return rendering.render(
        slip,
        paper,
        language,
        copies,
        internal=internal,
        reprint=reprint,
        void=void,
        draft=draft,
        logo=logo,
        also=also,
        photos=photos,
    )
