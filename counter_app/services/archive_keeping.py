"""Keeping rows of an archive: each as it stood, what it means beside it, and what contradicts another archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import HistoryCase, HistoryConflict, HistoryLine, HistoryMoney, HistoryRow
from counter_app.db.posting_sql import insert_row
from counter_app.services.archive_told import FIXED, ReadRow, day_of, whole
from counter_app.services.desk import Desk


class Keeper:
    """Keeps some rows inside the caller's transaction."""

    def __init__(self, desk: Desk, source: Any) -> None:
        self._desk, self._source = desk, source

    def keep(self, batch: Sequence[ReadRow]) -> None:
        """Write the rows that nobody told yet, and what they mean."""
        there = self._there(batch)
        told = self._told(batch)
        for row in batch:
            if (row.sheet, row.row_no) in there:
                continue
            earlier = told.get(row.identity, ())
            if any(likeness == row.likeness for _id, likeness in earlier):
                continue
            row_id = self._row(row)
            if earlier and row.sheet in FIXED:
                self._contradict(row_id, row, earlier[0][0])
            self._mean(row_id, row)

    def _there(self, batch: Sequence[ReadRow]) -> set[tuple[str, int]]:
        """Rows that a run before, stopped half-way, kept already."""
        low, high = min(row.row_no for row in batch), max(row.row_no for row in batch)
        found = self._desk.db.execute_sql(
            """SELECT sheet, row_no FROM history_row WHERE source_id = ?
               AND sheet IN (SELECT value FROM json_each(?)) AND row_no BETWEEN ? AND ?""",
            (self._source.id, canonical_json(sorted({row.sheet for row in batch})), low, high),
        )
        return {(sheet, int(row_no)) for sheet, row_no in found.fetchall()}

    def _told(self, batch: Sequence[ReadRow]) -> dict[str, list[tuple[int, str]]]:
        """By identity: rows of other archives that tell the same thing."""
        found = self._desk.db.execute_sql(
            """SELECT identity, id, likeness FROM history_row
               WHERE identity IN (SELECT value FROM json_each(?)) AND source_id <> ? ORDER BY id""",
            (canonical_json([row.identity for row in batch]), self._source.id),
        )
        told: dict[str, list[tuple[int, str]]] = {}
        for identity, row_id, likeness in found.fetchall():
            told.setdefault(identity, []).append((int(row_id), likeness))
        return told

    def _row(self, row: ReadRow) -> int:
        return insert_row(
            self._desk.db,
            HistoryRow,
            source_id=self._source.id,
            sheet=row.sheet,
            row_no=row.row_no,
            identity=row.identity,
            likeness=row.likeness,
            case_number=row.case_number,
            number=row.number,
            content=dict(row.values),
        )

    def _contradict(self, row_id: int, row: ReadRow, other_id: int) -> None:
        other = HistoryRow.get(HistoryRow.id == other_id)
        for name in FIXED[row.sheet]:
            # A column that one of them does not have contradicts nothing.
            if name not in row.values or name not in other.content or row.values[name] == other.content[name]:
                continue
            insert_row(
                self._desk.db, HistoryConflict, row_id=row_id, other_id=other_id, field=name,
                told=str(row.values[name]), other_told=str(other.content[name]),
            )  # fmt: skip

    def _mean(self, row_id: int, row: ReadRow) -> None:
        if row.sheet == "cases":
            self._case(row_id, row)
        elif row.sheet == "lines":
            self._line(row_id, row)
        elif row.sheet in ("refunds", "receipts"):
            self._money(row_id, row)

    def _case(self, row_id: int, row: ReadRow) -> None:
        told = row.values
        insert_row(
            self._desk.db,
            HistoryCase,
            row_id=row_id,
            source_id=self._source.id,
            number=row.case_number,
            business_date=self._day(row),
            state=_said(told, "state"),
            customer_masked=_said(told, "customer"),
            phone_masked=_said(told, "phone"),
            order_no=_said(told, "order"),
            purchased_on=_date(told, "purchased"),
            reasons=_said(told, "reasons"),
            remedies=_said(told, "remedies"),
            refund_fen=whole(told, "refund"),
            collected_fen=whole(told, "collected"),
            clerk=_said(told, "clerk"),
            summary=_said(told, "summary"),
            last_day=self._source.last_day,
        )

    def _line(self, row_id: int, row: ReadRow) -> None:
        told = row.values
        insert_row(
            self._desk.db,
            HistoryLine,
            row_id=row_id,
            case_number=row.case_number,
            product=_said(told, "product"),
            sku=_said(told, "sku"),
            serial=_said(told, "serial"),
            batch_no=_said(told, "batch"),
            quantity_milli=whole(told, "quantity"),
            paid_fen=whole(told, "paid"),
            given_back_fen=whole(told, "given_back"),
            reason=_said(told, "reason"),
            condition=_said(told, "condition"),
            disposition=_said(told, "disposition"),
            last_day=self._source.last_day,
        )

    def _money(self, row_id: int, row: ReadRow) -> None:
        told, out = row.values, row.sheet == "refunds"
        now, before = ("paid_now", "paid_before") if out else ("received_now", "received_before")
        insert_row(
            self._desk.db,
            HistoryMoney,
            row_id=row_id,
            direction="out" if out else "in",
            number=row.number,
            case_number=row.case_number,
            business_date=self._day(row),
            purpose=_said(told, "purpose"),
            tender=_said(told, "tender"),
            owed_fen=whole(told, "owed" if out else "due_in"),
            paid_fen=whole(told, now) + whole(told, before),
            paid_on=_date(told, "paid_day" if out else "received_day"),
            proof_ref=_said(told, "proof"),
            order_no=_said(told, "order"),
            signed=_said(told, "receipt"),
            clerk=_said(told, "clerk"),
            last_day=self._source.last_day,
        )

    def _day(self, row: ReadRow) -> date:
        return day_of(row.values) or self._source.first_day


def _said(told: Mapping[str, object], key: str) -> str:
    found = told.get(key)
    return "" if found is None else str(found)


def _date(told: Mapping[str, object], key: str) -> date | None:
    try:
        return date.fromisoformat(_said(told, key))
    except ValueError:
        return None
