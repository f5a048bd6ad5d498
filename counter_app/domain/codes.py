"""The codes a chart may use, read from the shop's tables so that a chart with an unknown one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Codes:
    """Known codes by kind: R… remedies, T… scripts, V… dispositions, K… conditions, reasons, and the chart's smaller vocabularies."""

    remedies: frozenset[str] = frozenset()
    scripts: frozenset[str] = frozenset()
    dispositions: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    settlements: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    freights: frozenset[str] = frozenset()


def read_codes(*tables: Mapping[str, Any]) -> Codes:
    """The codes of parsed tables such as `policy/codes.toml` and `policy/scripts.toml`, by their headings."""
    known: dict[str, set[str]] = {field.name: set() for field in fields(Codes)}
    for table in tables:
        for heading, codes in known.items():
            codes.update(table.get(heading, {}))
    return Codes(**{heading: frozenset(codes) for heading, codes in known.items()})
