"""The pages of a room, each built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget


class Pages(QStackedWidget):
    """Pages by name, one of them in front. A page that nobody asked for yet does not exist: it costs nothing, and is
    asked nothing when data or language change.

    Args:
        makers: builds the page of each name, which has a signal `wants(str, object)`.

    Signals:
        wants(str, object): a page wants another one, or another screen.
    """

    wants = Signal(str, object)

    def __init__(self, makers: Mapping[str, Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers = dict(makers)
        self._built: dict[str, Any] = {}

    def __contains__(self, name: object) -> bool:
        """Whether there is such a page, built or not."""
        return name in self._makers

    def __getitem__(self, name: str) -> Any:
        """A page, built now if nobody asked for it before."""
        if name not in self._built:
            page: Any = self._makers[name]()
            page.wants.connect(self.wants)
            self._built[name] = page
            self.addWidget(page)
        return self._built[name]

    def names(self) -> tuple[str, ...]:
        """Every page there is, in its order."""
        return tuple(self._makers)

    def is_built(self, name: str) -> bool:
        """Whether somebody asked for this page already."""
        return name in self._built

    def bring(self, name: str) -> Any:
        """Bring a page to the front."""
        page = self[name]
        self.setCurrentWidget(page)
        return page
