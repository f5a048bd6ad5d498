"""A preview as plain values and back, for the child process that makes it and the window that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from counter_app.domain.import_views import ImportFault, ImportOrder, ImportPreview
from counter_app.domain.spoken import Reason


def as_values(seen: ImportPreview) -> dict[str, Any]:
    """Everything in it, days as ISO text."""
    told = asdict(seen)
    for order in told["orders"]:
        order["purchased_on"] = order["purchased_on"].isoformat()
    return told


def from_values(told: Mapping[str, Any]) -> ImportPreview:
    """The preview again. Raises KeyError, TypeError or ValueError for anything else."""
    faults = tuple(ImportFault(**{**fault, "reason": Reason(**fault["reason"])}) for fault in told["faults"])
    orders = tuple(
        ImportOrder(**{**order, "purchased_on": date.fromisoformat(order["purchased_on"])})
        for order in told["orders"]
    )
    columns, files = tuple(told["columns"]), tuple(told["files"])
    told = {**told, "sheets": tuple(told.get("sheets", ())), "contents": tuple(told.get("contents", ()))}
    return ImportPreview(**{**told, "columns": columns, "files": files, "faults": faults, "orders": orders})
