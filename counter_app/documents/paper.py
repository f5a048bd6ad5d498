"""Papers and copies: what a slip can be printed on, and how many of it there are, for whom.

Sizes in mm. Rolls follow the GB width rule: 24 Chinese or 48 half-width signs on 80 mm, 16 or 32 on 58 mm
(conventions §4). The names and colours of copies are the shop's to change; what a copy may show is not:
only the kinds in `SHOWS_INTERNAL` carry the internal part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_app.documents import words
from counter_app.wording import Language

MM = 72 / 25.4


class Paper(StrEnum):
    """A paper the shop's printer holds."""

    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    A4 = "A4"
    A5 = "A5"
    FANFOLD = "241x140"
    FANFOLD_THIRD = "241x93"

    @property
    def is_roll(self) -> bool:
        """Whether slips are as long as what they say."""
        return self in (Paper.ROLL_80, Paper.ROLL_58)


@dataclass(frozen=True, slots=True)
class RollSize:
    """A roll: paper width and printable width in mm, half-width columns per line."""

    width_mm: float
    printable_mm: float
    columns: int


@dataclass(frozen=True, slots=True)
class SheetSize:
    """A sheet in mm. `body` is the text size in points, `roomy` its spacing against A5."""

    width_mm: float
    height_mm: float
    body: float
    roomy: float


ROLLS = {Paper.ROLL_80: RollSize(80, 72, 48), Paper.ROLL_58: RollSize(58, 48, 32)}
SHEETS = {
    Paper.A4: SheetSize(210, 297, 9.2, 1.3),
    Paper.A5: SheetSize(210, 148, 7.9, 1.0),
    Paper.FANFOLD: SheetSize(241, 140, 7.9, 0.95),
    Paper.FANFOLD_THIRD: SheetSize(241, 93.1, 7.9, 0.9),
}


class CopyKind(StrEnum):
    """Whom a copy is for."""

    STUB = "stub"
    CUSTOMER = "customer"
    FINANCE = "finance"
    WAREHOUSE = "warehouse"


SHOWS_INTERNAL = frozenset({CopyKind.STUB, CopyKind.FINANCE})
_COLOURS = {
    CopyKind.STUB: "white",
    CopyKind.CUSTOMER: "red",
    CopyKind.FINANCE: "yellow",
    CopyKind.WAREHOUSE: "blue",
}
# reference-data §12
_COPIES_OF = {
    "return_form": (CopyKind.STUB, CopyKind.CUSTOMER, CopyKind.FINANCE),
    "receipt": (CopyKind.CUSTOMER,),
    "refund_acknowledgement": (CopyKind.STUB, CopyKind.CUSTOMER, CopyKind.FINANCE),
    "money_receipt": (CopyKind.STUB, CopyKind.CUSTOMER, CopyKind.FINANCE),
    "acceptance_receipt": (CopyKind.STUB, CopyKind.CUSTOMER),
    "deposit_receipt": (CopyKind.STUB, CopyKind.CUSTOMER),
    "refund_application": (CopyKind.STUB, CopyKind.FINANCE),
    "allowance_application": (CopyKind.STUB,),
    "refusal_notice": (CopyKind.STUB, CopyKind.CUSTOMER),
    "problem_record": (CopyKind.STUB,),
    "shift_sheet": (CopyKind.STUB,),
    "goods_claim": (CopyKind.STUB, CopyKind.WAREHOUSE, CopyKind.FINANCE),
    "scrap_record": (CopyKind.STUB, CopyKind.FINANCE),
    "stock_count": (CopyKind.STUB, CopyKind.FINANCE),
    "register": (CopyKind.STUB,),
    "refund_day": (CopyKind.STUB, CopyKind.FINANCE),
    "approval_list": (CopyKind.STUB,),
    "receiving_list": (CopyKind.STUB, CopyKind.WAREHOUSE),
    "service_order": (CopyKind.STUB, CopyKind.CUSTOMER),
    "loan_slip": (CopyKind.STUB, CopyKind.CUSTOMER),
    "result_confirmation": (CopyKind.STUB,),
    "survey_sheet": (CopyKind.STUB,),
    "gift_issue": (CopyKind.STUB,),
    "settlement_form": (CopyKind.STUB, CopyKind.CUSTOMER),
    "complaint_record": (CopyKind.STUB, CopyKind.CUSTOMER),
    "recall_notice": (CopyKind.CUSTOMER,),
    "message_card": (CopyKind.CUSTOMER,),
    "analysis_report": (CopyKind.STUB,),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: whom it is for, its place in the set from 1, its printed name and paper colour.

    `colour` is one of white, red, yellow, blue, green, or "" for none.
    """

    kind: CopyKind
    place: int
    name: str
    colour: str = ""

    @property
    def shows_internal(self) -> bool:
        """Never true of a customer's copy, whatever it is called."""
        return self.kind in SHOWS_INTERNAL


def default_copies(kind: str, language: Language) -> tuple[Copy, ...]:
    """The usual copies of one kind of slip ("return_form" …), before a shop renames or recolours them."""
    return tuple(
        Copy(copy, place, words.word(f"copy.{copy.value}", language), _COLOURS[copy])
        for place, copy in enumerate(_COPIES_OF[kind], 1)
    )
