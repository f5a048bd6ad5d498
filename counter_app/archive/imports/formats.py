"""Which program wrote a file, told from its header, and its orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo
from functools import partial
from pathlib import Path

from counter_app import wording
from counter_app.archive.imports import mapped, product_list, sheet, sources, taobao
from counter_app.archive.imports.orders import Read, ReadOrder
from counter_app.archive.imports.refusals import refuse
from counter_app.archive.imports.tables import Headed, headed, open_table
from counter_app.domain.errors import CounterError, UserError

ITEMS, PRODUCTS = "taobao_items", "products"
DAYS = ("purchased_on", "delivered_on", "received_on", "installed_on")
CODED = ("taobao", ITEMS, "sheet", PRODUCTS)
"""Kinds of files with a reader of their own; the others are files of `resources/imports/`."""
_KNOWN = taobao.ORDER_MARKS | taobao.ITEM_MARKS
_LIKELY = frozenset(name for names in sheet.FIELDS.values() for name in names if not name.isascii())


def kinds() -> tuple[str, ...]:
    """Every kind of file that can be taken in."""
    return (*CODED, *sources.known())


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file with its header read. `mapping` is used by plain sheets: field → column. All days of its orders are
    moved by `days_later`, which is for samples."""

    file: Path
    kind: str
    headed: Headed
    mapping: Mapping[str, str] = field(default_factory=dict)
    days_later: int = 0


def open_file(
    file: Path,
    source: str | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet_name: str = "",
    content: bytes = b"",
) -> OpenFile:
    """Open a file and tell what it is; `source` insists on one kind, `sheet_name` on one sheet of a workbook,
    `content` is what was read of it before.

    Raises UserError `import.file.…`, `import.source`, `import.columns`, `import.mapping.…`.
    """
    if source is not None and source not in kinds():
        raise UserError("import.source", source=source[:40], known=", ".join(kinds()))
    table = open_table(file, sheet_name, content)
    wanted = frozenset(mapping.values()) if mapping else _KNOWN | _LIKELY | sources.all_marks()
    head = headed(table, wanted)
    kind = source or ("sheet" if mapping else _of_fault_book(head) or _recognised(head))
    if kind == "":
        raise refuse("import.file.unknown", file, columns=", ".join(head.names)[:120])
    required = {"taobao": taobao.REQUIRED, ITEMS: taobao.ITEMS_REQUIRED}.get(kind, ())
    missing = [name for name in required if name not in head.columns and not _has_alias(kind, name, head)]
    if kind in sources.known():
        missing = _missing(sources.known()[kind], head)
    if missing:
        raise refuse("import.columns", file, columns=", ".join(missing))
    if kind == PRODUCTS and not product_list.recognises(head.names):
        raise refuse("import.columns", file, columns="商品编码, 商品名称, 售价")
    used: dict[str, str] = {}
    if kind == "sheet":
        used = dict(mapping) if mapping else sheet.suggested(head.names)
        sheet.check_mapping(used, head.names, file.name)
    return OpenFile(file, kind, head, used)


def orders(opened: OpenFile, items: Sequence[OpenFile], zone: tzinfo, currency: str) -> Iterator[Read]:
    """Every order of one file. Item lists supply the lines of a Taobao order list."""
    found = _orders(opened, items, zone, currency)
    return map(partial(_moved, timedelta(days=opened.days_later)), found) if opened.days_later else found


def _moved(by: timedelta, found: Read) -> Read:
    if not isinstance(found, ReadOrder):
        return found
    sale = found.sale
    days = {name: day + by for name in DAYS if (day := getattr(sale, name)) is not None}
    return replace(found, sale=replace(sale, **days))


def _orders(opened: OpenFile, items: Sequence[OpenFile], zone: tzinfo, currency: str) -> Iterator[Read]:
    if opened.kind in sources.known():
        yield from mapped.read(opened.headed, sources.known()[opened.kind], zone, currency)
    elif opened.kind == "sheet":
        yield from sheet.read(opened.headed, zone, opened.mapping)
    elif opened.kind == "taobao":
        found: dict[str, list[taobao.Item]] = {}
        faulty: set[str] = set()
        for one in items:
            lines, faults = taobao.read_items(one.headed)
            for number, of_order in lines.items():
                found.setdefault(number, []).extend(of_order)
            faulty.update(fault.order_no for fault in faults)
            yield from (replace(fault, file=one.file.name) for fault in faults)
        yield from taobao.read(opened.headed, zone, found, frozenset(faulty))


def _recognised(head: Headed) -> str:
    names = set(head.columns)
    if names & taobao.ORDER_MARKS and "订单创建时间" in names:
        return "taobao"
    if names & taobao.ITEM_MARKS and names & {"订单编号", "主订单编号"}:
        return ITEMS
    if source := sources.recognised(head.names):
        return source
    if product_list.recognises(head.names):
        return PRODUCTS
    mapping = sheet.suggested(head.names)
    return "sheet" if all(name in mapping for name in sheet.REQUIRED) else ""


def _of_fault_book(head: Headed) -> str:
    """A workbook of faults names its kind on its sheet."""
    own = (
        wording.sentence(CounterError("import.faults.row"), "zh"),
        wording.sentence(CounterError("import.faults.row"), "en"),
    )
    return head.table.sheet if head.table.sheet in kinds() and set(own) & set(head.columns) else ""


def _missing(source: sources.Source, head: Headed) -> list[str]:
    """What a file lacks of what every order needs, each by the first name it goes by."""
    needed = ["order_no", "date", *(() if source.goods else ("name",))]
    lacking = [key for key in needed if not any(name in head.columns for name in source.columns[key])]
    prices = [key for key in ("unit_price", "line_list", "line_paid", "order_paid") if key in source.columns]
    if not any(name in head.columns for key in prices for name in source.columns[key]):
        lacking.append(prices[0])
    return [source.columns[key][0] for key in lacking]


def _has_alias(kind: str, name: str, head: Headed) -> bool:
    return kind in ("taobao", ITEMS) and name == "订单编号" and "主订单编号" in head.columns
