"""An order put away until a person decides, and taken out again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.archive.imports.orders import ReadOrder
from counter_app.domain.new_sale import NewLine, NewSale, NewTender

_DAYS = ("purchased_on", "delivered_on", "received_on", "installed_on")


def order_as_json(order: ReadOrder) -> dict[str, Any]:
    """Everything of an order as plain values."""
    sale = dataclasses.asdict(order.sale)
    for name in _DAYS:
        sale[name] = None if sale[name] is None else sale[name].isoformat()
    for line in sale["lines"]:
        line["guarantee_from"] = line["guarantee_from"] and line["guarantee_from"].isoformat()
    return {
        "order_no": order.order_no,
        "receipt_no": order.receipt_no,
        "rows": list(order.rows),
        "sale": sale,
    }


def order_from_json(content: Mapping[str, Any]) -> ReadOrder:
    """The order that was put away."""
    told = dict(content["sale"])
    for name in _DAYS:
        told[name] = None if told[name] is None else date.fromisoformat(told[name])
    told["lines"] = tuple(_line(line) for line in told["lines"])
    told["tenders"] = tuple(NewTender(**tender) for tender in told["tenders"])
    return ReadOrder(content["order_no"], tuple(content["rows"]), NewSale(**told), content["receipt_no"])


def _line(told: Mapping[str, Any]) -> NewLine:
    start = told["guarantee_from"]
    return NewLine(**{**told, "guarantee_from": None if start is None else date.fromisoformat(start)})
