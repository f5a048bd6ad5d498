"""The rows of an archive as the shop means them: by column, in 分, thousandths, days and codes, whatever its language.

One pass tells everything: each row goes to whoever asks, and what the pass learnt (sums, days, numbers) is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Final

from counter_app.archive import reading_back
from counter_app.archive.reading_back import Line, Opened
from counter_app.archive.sheets import Cell
from counter_app.db.fields import canonical_json
from counter_app.services import archive_words
from counter_app.services.archive_told import (
    IDENTITY,
    NEEDED,
    Check,
    Learnt,
    ReadRow,
    cover_line,
    day_of,
    plain,
    whole,
)
from counter_app.services.archive_words import Columns
from counter_app.services.month_tables import Field

_FIGURES: Final = ("cases", "reversals", "owed_fen", "paid_fen", "due_fen", "received_fen", "open_fen",
                   "received_milli", "issued_milli")  # fmt: skip
"""Control totals that the rows of the sheets alone tell again."""
_NUMBER = re.compile(r"([A-Z]{2})([A-Z0-9]{1,6})-(\d{8})-(\d{4,9})")
_FIRST_ROWS = 12
_KEPT = 32
_SHORTEST = 16
"""Characters of the shortest number there is: prefix, shop of one letter, day, four digits."""
_SEPARATOR = "\x1f"
_REMEMBERED = 5000


class _Reading:
    """How the cells of one column are read. A column nobody knows goes by its heading and keeps what stands in it."""

    __slots__ = ("_field", "_known", "declared", "key", "total")

    def __init__(self, key: str, declared: Field | None) -> None:
        self.key, self._field = key, declared
        self.declared = declared is not None
        self.total = declared is not None and declared.column.total
        # Words, days and round sums come again and again.
        self._known: dict[tuple[type, Cell], tuple[object, bool]] = {}

    def read(self, cell: Cell) -> tuple[object, bool]:
        """The value as JSON keeps it, and whether it is to be compared with other archives."""
        known = (type(cell), cell)
        found = self._known.get(known)
        if found is None:
            found = self._read(cell)
            if len(self._known) < _REMEMBERED:
                self._known[known] = found
        return found

    def _read(self, cell: Cell) -> tuple[object, bool]:
        declared = self._field
        if declared is None:
            return plain(cell), True
        value, same = archive_words.decoded(declared, reading_back.value(declared.column.kind, cell))
        return value.isoformat() if isinstance(value, date) else value, same and not declared.cost


class Reader:
    """Goes over an archive row by row. `shop_code` is the archive's own."""

    def __init__(self, book: Opened, shop_code: str, first: date, last: date) -> None:
        self._book, self._shop, self._first, self._last = book, shop_code, first, last
        self.learnt = Learnt()
        self._found: Counter[str] = Counter()
        self._named: Counter[tuple[str, ...]] = Counter()
        self._digest = hashlib.sha256(f"{shop_code}|{first}|{last}".encode())

    def rows(self) -> Iterator[ReadRow]:
        """Every row of every sheet but the dictionary; to be run to its end before `learnt` is whole."""
        names: dict[str, list[tuple[int, str]]] = {}
        for name in self._book.sheets:
            key, part = archive_words.sheet_of(name)
            names.setdefault(key or name, []).append((part, name))
        for key, parts in names.items():
            if key == "dictionary":
                continue
            told = [name for _part, name in sorted(parts)]
            if key in archive_words.tables():
                yield from self._table(key, told)
            else:
                yield from self._free(key, told[0])
        learnt = self.learnt
        for figure in _FIGURES:
            if figure in learnt.figures:
                learnt.checks.append(Check(figure, learnt.figures[figure], self._found[figure]))
        if "refunds" in learnt.counts and "unpaid" not in learnt.lacking.get("refunds", ()):
            learnt.checks.append(
                Check("refunds.unpaid", self._found["refunds.told"], self._found["refunds.unpaid"])
            )
        learnt.content = self._digest.hexdigest()

    # --- sheets that are laid out by hand -------------------------------------------------------------

    def _free(self, key: str, name: str) -> Iterator[ReadRow]:
        count = 0
        for at, row in enumerate(self._book.rows(name), 1):
            cells = [plain(cell) for cell in row]
            told = [cell for cell in cells if cell not in (None, "")]
            if not told:
                continue
            count += 1
            if key == "cover":
                cover_line(self.learnt, told)
            for cell in told:
                self._note_number(cell)
            likeness = _short(canonical_json(cells))
            identity = _short(f"{self._shop}|{key}|{self._first}|{self._last}|{at}|{likeness}")
            yield ReadRow(key, at, identity, likeness, "", "", {"cells": cells})
        self.learnt.counts[key] = count

    # --- tables -----------------------------------------------------------------------------------------

    def _table(self, key: str, names: Sequence[str]) -> Iterator[ReadRow]:
        """The rows of a table, in its parts one after the other where it has several."""
        lines = self._book.rows(names[0])
        begin = list(islice(lines, _FIRST_ROWS))
        found = archive_words.columns(key, begin, self._book.keys(names[0]))
        if found is None:
            self.learnt.counts[key] = 0
            self.learnt.lacking[key] = ("*",)
            return
        if found.lacking:
            self.learnt.lacking[key] = found.lacking
        sums: Counter[str] = Counter()
        plan = [
            _Reading(name or f"#{place}", declared)
            for place, (name, declared) in enumerate(zip(found.keys, found.fields, strict=True), 1)
        ]
        count = 0
        later = (self._later(key, name, found) for name in names[1:])
        for at, line in _after(begin, chain(lines, *later), found.head):
            if _is_total(line):
                self._check_sums(key, found, line, sums)
                continue
            row = self._row(key, at, plan, line, sums)
            if row is not None:
                count += 1
                yield row
        self.learnt.counts[key] = count

    def _later(self, key: str, name: str, first: Columns) -> Iterator[Line]:
        """The rows of a later part, which has the same columns as the first."""
        lines = self._book.rows(name)
        begin = list(islice(lines, _FIRST_ROWS))
        found = archive_words.columns(key, begin, self._book.keys(name))
        if found is None or found.keys != first.keys:
            self.learnt.lacking[key] = ("*",)
            return
        yield from begin[found.head + 1 :]
        yield from lines

    def _row(
        self, key: str, at: int, plan: Sequence[_Reading], line: Line, sums: Counter[str]
    ) -> ReadRow | None:
        values: dict[str, object] = {}
        alike: list[str] = []
        for column, cell in zip(plan, line, strict=False):
            if cell is None or cell == "":
                continue
            kept, same = column.read(cell)
            if kept is None:
                continue
            values[column.key] = kept
            if same:
                alike.append(column.key)
                alike.append(" ".join(kept.split()) if type(kept) is str else str(kept))
            if type(kept) is str:
                if len(kept) >= _SHORTEST and column.declared:
                    self._note_number(kept)
            elif column.total and type(kept) is int:
                sums[column.key] += kept
        if not values:
            return None
        self._learn(key, values)
        likeness = _short(_SEPARATOR.join(alike))
        self._digest.update(f"{key}|{likeness}".encode())
        number, case_number = str(values.get("number", "")), str(values.get("case", ""))
        return ReadRow(key, at, self._identity(key, values, likeness), likeness, case_number, number, values)

    def _identity(self, key: str, values: Mapping[str, object], likeness: str) -> str:
        names = IDENTITY.get(key)
        named = (key, *(str(values.get(name, "")) for name in names)) if names else (key, likeness)
        self._named[named] += 1
        return _short(_SEPARATOR.join((self._shop, *named, str(self._named[named]))))

    def _learn(self, key: str, values: Mapping[str, object]) -> None:
        day = day_of(values)
        inside = day is not None and self._first <= day <= self._last
        if day is not None and inside and key in NEEDED:
            self.learnt.months.add(f"{day:%Y-%m}")
        if case_number := str(values.get("case", "")):
            self.learnt.cases.add(case_number)
        if number := str(values.get("number", "")):
            self.learnt.documents.add(number)
        found = self._found
        if key == "cases" and inside:
            found["cases"] += 1
        elif key == "reversals" and inside:
            found["reversals"] += 1
        elif key == "refunds":
            found["refunds.unpaid"] += (
                whole(values, "owed") - whole(values, "paid_now") - whole(values, "paid_before")
            )
            found["refunds.told"] += whole(values, "unpaid")
            found["owed_fen"] += whole(values, "owed") if inside else 0
            found["paid_fen"] += whole(values, "paid_now")
        elif key == "receipts":
            found["due_fen"] += whole(values, "due_in") if inside else 0
            found["received_fen"] += whole(values, "received_now")
        elif key == "owed":
            found["open_fen"] += whole(values, "open")
        elif key == "goods" and values.get("move") in ("received", "issued"):
            found[f"{values['move']}_milli"] += whole(values, "quantity")

    def _note_number(self, told: object) -> None:
        if (
            not isinstance(told, str)
            or not _SHORTEST <= len(told) <= _KEPT
            or told[2 + len(self._shop) : 3 + len(self._shop)] != "-"
        ):
            return
        number = _NUMBER.fullmatch(told)
        if number is None or number[2] != self._shop:
            return
        try:
            day = date(int(number[3][:4]), int(number[3][4:6]), int(number[3][6:])).isoformat()
        except ValueError:
            return
        place = (number[1], day)
        self.learnt.numbers[place] = max(self.learnt.numbers.get(place, 0), int(number[4]))

    def _check_sums(self, key: str, found: Columns, line: Line, sums: Counter[str]) -> None:
        for declared, cell in zip(found.fields, line, strict=False):
            if declared is None or not declared.column.total or declared.cost:
                continue
            told = reading_back.value(declared.column.kind, cell)
            if isinstance(told, int):
                self.learnt.checks.append(
                    Check(f"{key}.{declared.column.key}", told, sums[declared.column.key])
                )


def _is_total(line: Line) -> bool:
    return bool(line) and str(line[0] or "").strip() in archive_words.total_words()


def _after(begin: Sequence[Line], lines: Iterator[Line], head: int) -> Iterator[tuple[int, Line]]:
    yield from enumerate(begin[head + 1 :], head + 2)
    yield from enumerate(lines, len(begin) + 1)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_KEPT]
