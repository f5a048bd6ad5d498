"""Programs whose order lists are known: one file of `resources/imports/` each, nothing of them in code.

What each field of such a file means, and where each format was learned, stands in `docs/imports.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from counter_app import resources
from counter_app.domain.errors import UserError

FOLDER = "imports"
FIELDS = frozenset(
    [
        "order_no",
        "receipt_no",
        "date",
        "state",
        "after_sale",
        "cancelled_on",
        "name",
        "options",
        "sku",
        "barcode",
        "quantity",
        "kinds",
        "unit_price",
        "line_list",
        "line_paid",
        "line_discount",
        "discount_percent",
        "order_discount",
        "freight",
        "order_paid",
        "tax",
        "refunded",
        "tender",
        "payment_ref",
        "customer_name",
        "phone",
        "area",
        "delivered_on",
        "received_on",
        "shop",
        "serial",
        "batch_no",
        "tax_rate",
        "cost",
        "currency",
        "in_shop",
        "discount_code",
        "platform_id",
        "waybill",
        "invoice_no",
    ]
)
"""What a column of an order list may say."""
STATES = ("sold", "unpaid", "cancelled", "refunded")
DAY_ORDERS = ("ymd", "mdy", "dmy")


@dataclass(frozen=True, slots=True)
class Source:
    """One program's order list.

    `columns` are the names a field goes by, the first filled one counts; of fields in `joined` the texts of all
    are put together, of those in `summed` the amounts are added. `marks` are sets of columns any of which
    tells the file. `states` are the beginnings of texts that say so, the longest one counts; anything else is sold.
    `per_line` are fields that each row says for its own line where others say them of the order. `goods` is what a
    line is called in a file without a column for it; `parts` is what stands between several articles in one cell.
    With `exact` an order's discount is only what the file says it is, and every line says its quantity; with `whole_words`
    a word for a way of paying is all that its cell says.
    """

    id: str
    names: Mapping[str, str]
    platform: str
    channel: str
    proof: str
    tender: str
    marks: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    joined: frozenset[str] = frozenset()
    summed: frozenset[str] = frozenset()
    per_line: frozenset[str] = frozenset()
    states: tuple[tuple[str, str], ...] = ()
    tenders: tuple[tuple[str, str], ...] = ()
    cents: bool = False
    continued: bool = False
    code_in_name: bool = False
    day_order: str = "ymd"
    goods: str = ""
    parts: str = ""
    exact: bool = False
    whole_words: bool = False
    learned: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """What people call the program."""
        return self.names.get(language) or self.names["zh"]

    def state(self, text: str) -> str:
        """One of `STATES` for what a file says of an order."""
        said = text.strip().lower()
        return next((state for beginning, state in self.states if said.startswith(beginning)), "sold")

    def tender_of(self, text: str) -> str:
        """How it was paid; several ways in one cell are not told apart."""
        said = text.lower()
        if self.whole_words:
            return dict(self.tenders).get(said, self.tender)
        found = {tender for word, tender in self.tenders if word in said}
        return found.pop() if len(found) == 1 else "unknown" if found else self.tender


@cache
def known() -> Mapping[str, Source]:
    """Every shipped source by its id, in alphabetical order. Raises UserError `import.source.file`."""
    files = sorted(resources.path(FOLDER).glob("*.toml"))
    return {file.stem: _read(file.stem) for file in files}


def recognised(names: Sequence[str]) -> str:
    """The source that wrote a file with these columns: the one whose marks say most; empty for none."""
    there = set(names)
    found = [(len(marks), one.id) for one in known().values() for marks in one.marks if marks <= there]
    return max(found, key=lambda pair: (pair[0], pair[1]))[1] if found else ""


def all_marks() -> frozenset[str]:
    """Names of columns that tell files apart: a header row holds some of them."""
    return frozenset().union(*(marks for one in known().values() for marks in one.marks))


def check(one: Source) -> None:
    """Refuse a source that could never give an order. Raises UserError `import.source.file`."""
    for name in one.columns:
        if name not in FIELDS:
            raise UserError("import.source.file", source=one.id, what=name)
    needed = {"order_no", "date"} - set(one.columns)
    if not one.goods:
        needed |= {"name"} - set(one.columns)
    if not {"unit_price", "line_list", "line_paid", "order_paid"} & set(one.columns):
        needed.add("order_paid")
    wrong = sorted(needed) or [state for _, state in one.states if state not in STATES]
    if wrong or not one.marks or one.day_order not in DAY_ORDERS:
        raise UserError("import.source.file", source=one.id, what=", ".join(wrong) or "marks, day_order")


def _read(name: str) -> Source:
    told = resources.read_toml(FOLDER, f"{name}.toml")
    columns = {
        key: (value,) if isinstance(value, str) else tuple(value) for key, value in told["columns"].items()
    }
    states = [
        (word.lower(), state) for state, words in told.get("states", {}).items() for word in words if word
    ]
    one = Source(
        id=name,
        names=told["name"],
        platform=told.get("platform", ""),
        channel=told.get("channel", "store"),
        proof=told.get("proof", "receipt"),
        tender=told.get("tender", "unknown"),
        marks=tuple(frozenset(marks) for marks in told["marks"]),
        columns=columns,
        joined=frozenset(told.get("joined", ())),
        summed=frozenset(told.get("summed", ())),
        per_line=frozenset(told.get("per_line", ())),
        states=tuple(sorted(states, key=lambda pair: -len(pair[0]))),
        tenders=tuple((word.lower(), tender) for word, tender in told.get("tenders", {}).items()),
        cents=told.get("cents", False),
        continued=told.get("continued", False),
        code_in_name=told.get("code_in_name", False),
        day_order=told.get("day_order", "ymd"),
        goods=told.get("goods", ""),
        parts=told.get("parts", ""),
        exact=told.get("exact", False),
        whole_words=told.get("whole_words", False),
        learned=told.get("learned", {}),
    )
    check(one)
    return one
