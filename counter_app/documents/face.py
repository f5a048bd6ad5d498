"""What is the same on every page and every copy of one print."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.documents.blocks import Composition
from counter_app.documents.logo import Logo
from counter_app.documents.marks import Stamps
from counter_app.domain.slips import Slip
from counter_app.wording import Language


@dataclass(frozen=True, slots=True)
class Face:
    """The slip, its composition, the language, the check code of its content, the marks over it, the
    shop's logo."""

    slip: Slip
    composition: Composition
    language: Language
    check: str
    stamps: Stamps
    logo: Logo | None = None
