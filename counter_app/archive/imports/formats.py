"""Which program wrote a file, told from its header, and its orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from counter_app.archive.imports import product_list, sheet, shopify, taobao
from counter_app.archive.imports.orders import Read
from counter_app.archive.imports.refusals import refuse
from counter_app.archive.imports.tables import Headed, headed, open_table
from counter_app.domain.errors import UserError

ITEMS, PRODUCTS = "taobao_items", "products"
KINDS = ("shopify", "taobao", ITEMS, "sheet", PRODUCTS)
_KNOWN = shopify.MARKS | taobao.ORDER_MARKS | taobao.ITEM_MARKS
_LIKELY = frozenset(name for names in sheet.FIELDS.values() for name in names if not name.isascii())


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file with its header read. `mapping` is used by plain sheets: field → column."""

    file: Path
    kind: str
    headed: Headed
    mapping: Mapping[str, str] = field(default_factory=dict)


def open_file(file: Path, source: str | None = None, mapping: Mapping[str, str] | None = None) -> OpenFile:
    """Open a file and tell what it is; `source` insists on one kind.

    Raises UserError `import.file.…`, `import.source`, `import.columns`, `import.mapping.…`.
    """
    if source is not None and source not in KINDS:
        raise UserError("import.source", source=source[:40], known=", ".join(KINDS))
    table = open_table(file)
    wanted = frozenset(mapping.values()) if mapping else _KNOWN | _LIKELY
    head = headed(table, wanted)
    kind = source or ("sheet" if mapping else _recognised(head))
    if kind == "":
        raise refuse("import.file.unknown", file, columns=", ".join(head.names)[:120])
    required = {"shopify": shopify.REQUIRED, "taobao": taobao.REQUIRED, ITEMS: taobao.ITEMS_REQUIRED}.get(
        kind, ()
    )
    missing = [name for name in required if name not in head.columns and not _has_alias(kind, name, head)]
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
    if opened.kind == "shopify":
        yield from shopify.read(opened.headed, zone, currency)
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
    if names >= shopify.MARKS:
        return "shopify"
    if names & taobao.ORDER_MARKS and "订单创建时间" in names:
        return "taobao"
    if names & taobao.ITEM_MARKS and names & {"订单编号", "主订单编号"}:
        return ITEMS
    if product_list.recognises(head.names):
        return PRODUCTS
    mapping = sheet.suggested(head.names)
    return "sheet" if all(name in mapping for name in sheet.REQUIRED) else ""


def _has_alias(kind: str, name: str, head: Headed) -> bool:
    return kind in ("taobao", ITEMS) and name == "订单编号" and "主订单编号" in head.columns
