"""Rows that come and go with every answer: kept and filled anew, for making widgets is what takes the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

Row = TypeVar("Row", bound=QWidget)
Told = TypeVar("Told")


class RowPool(Generic[Row]):
    """Rows of one kind under each other in a layout of their own.

    Args:
        column: the layout the rows stand in; nothing else may be added behind them.
        make: makes one more row; it is kept for as long as the layout.
    """

    def __init__(self, column: QBoxLayout, make: Callable[[], Row]) -> None:
        self._column, self._make = column, make
        self._made: list[Row] = []
        self._shown = 0

    def show(self, told: Sequence[Told], fill: Callable[[Row, Told], None]) -> None:
        """One row for each of these, filled by `fill`; rows left over are hidden."""
        while len(self._made) < len(told):
            row = self._make()
            self._made.append(row)
            self._column.addWidget(row)
        for row, one in zip(self._made, told, strict=False):
            fill(row, one)
            row.show()
        for row in self._made[len(told) : max(len(told), self._shown)]:
            row.hide()
        self._shown = len(told)

    def __iter__(self) -> Iterator[Row]:
        """The rows that are shown."""
        return iter(self._made[: self._shown])

    def __len__(self) -> int:
        return self._shown
