"""The control totals of a span, told from ledgers, documents and proofs as they stood at its end.

They are kept when a month is closed; `verify` tells them again and compares. Money in 分, goods in thousandths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Query = Callable[[str], list[tuple[Any, ...]]]
"""Runs a query that knows `:first` and `:last`, business dates, both in the span."""

_WITHIN, _UNTIL = "BETWEEN :first AND :last", "<= :last"
_OPEN = """SELECT coalesce(sum(t.amount_fen), 0) - coalesce((SELECT sum(p.amount_fen) FROM proof p
    JOIN settlement o ON o.id = p.settlement_id WHERE o.direction = '{way}' AND p.business_date {until}), 0)
    FROM settlement t WHERE t.direction = '{way}' AND t.business_date {until}"""

_SINGLE: Mapping[str, str] = {
    "cases": f"SELECT count(*) FROM case_file WHERE business_date {_WITHIN}",
    "documents": f"SELECT count(*) FROM document WHERE business_date {_WITHIN}",
    "reversals": f"SELECT count(*) FROM document WHERE reverses_id IS NOT NULL AND business_date {_WITHIN}",
    "owed_fen": f"SELECT sum(amount_fen) FROM settlement WHERE direction = 'out' AND business_date {_WITHIN}",
    "paid_fen": f"""SELECT sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id
        WHERE t.direction = 'out' AND p.business_date {_WITHIN}""",
    "paid_ledger_fen": f"SELECT -sum(amount_fen) FROM money_entry WHERE kind = 'paid' AND business_date {_WITHIN}",
    "due_fen": f"SELECT sum(amount_fen) FROM settlement WHERE direction = 'in' AND business_date {_WITHIN}",
    "received_fen": f"""SELECT sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id
        WHERE t.direction = 'in' AND p.business_date {_WITHIN}""",
    "received_ledger_fen": f"SELECT sum(amount_fen) FROM money_entry WHERE kind = 'received' AND business_date {_WITHIN}",
    "open_before_fen": _OPEN.format(way="out", until="< :first"),
    "open_fen": _OPEN.format(way="out", until=_UNTIL),
    "open_in_fen": _OPEN.format(way="in", until=_UNTIL),
    "received_milli": f"SELECT sum(quantity_milli) FROM stock_entry WHERE kind = 'received' AND business_date {_WITHIN}",
    "issued_milli": f"SELECT sum(quantity_milli) FROM stock_entry WHERE kind = 'issued' AND business_date {_WITHIN}",
    "money_rows": f"SELECT count(*) FROM money_entry WHERE business_date {_UNTIL}",
    "stock_rows": f"SELECT count(*) FROM stock_entry WHERE business_date {_UNTIL}",
}
_GROUPED: Mapping[str, str] = {
    "document": f"SELECT prefix, count(*) FROM document WHERE business_date {_WITHIN} GROUP BY prefix ORDER BY prefix",
    "owed_by": f"""SELECT tender, sum(amount_fen) FROM settlement WHERE direction = 'out' AND business_date {_WITHIN}
        GROUP BY tender ORDER BY tender""",
    "paid_by": f"""SELECT p.tender, sum(p.amount_fen) FROM proof p JOIN settlement t ON t.id = p.settlement_id
        WHERE t.direction = 'out' AND p.business_date {_WITHIN} GROUP BY p.tender ORDER BY p.tender""",
    "place": f"""SELECT place, sum(milli) FROM (
          SELECT to_place AS place, quantity_milli AS milli FROM stock_entry WHERE business_date {_UNTIL}
          UNION ALL SELECT from_place, -quantity_milli FROM stock_entry WHERE business_date {_UNTIL})
        WHERE place <> 'OUT' GROUP BY place ORDER BY place""",
}


def figures(query: Query) -> dict[str, int]:
    """Every control total by name; `paid_by.cash` and the like for those told by tender, kind or place."""
    found = {name: int(query(sql)[0][0] or 0) for name, sql in _SINGLE.items()}
    for name, sql in _GROUPED.items():
        found.update({f"{name}.{key}": int(value) for key, value in query(sql) if value})
    return found


def differing(kept: Mapping[str, int], now: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """Name, kept and present value of every total that is not what it was."""
    for name in sorted(kept.keys() | now.keys()):
        if kept.get(name, 0) != now.get(name, 0):
            yield name, kept.get(name, 0), now.get(name, 0)
