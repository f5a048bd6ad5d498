"""Who changed what when: the versions of a rule or of the settings, as a table and in one line."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counter_app.services import settings, versions
from counter_app.services.versions import VersionView
from counter_app.ui import format as shown
from counter_app.ui.session import Session
from counter_app.ui.widgets.table import Column, Table


class VersionsTable(Table):
    """Newest first; a shipped version has no name beside it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._session = session
        super().__init__(
            [
                Column(lambda: self.tr("Version"), lambda row: str(row.number), right=True, width=90),
                Column(lambda: self.tr("When"), lambda row: _moment(session, row), width=160),
                Column(lambda: self.tr("Who"), _who, width=150),
                Column(lambda: self.tr("Why"), lambda row: shown.one_line(row.note)),
            ],
            parent,
        )

    def show_versions(self, rows: Sequence[VersionView]) -> None:
        """Show a list as `services.versions.history` gives it."""
        self.rows.show_rows(list(rows))

    def translate_name(self) -> None:
        """Name the table in the window's language."""
        self.setAccessibleName(self.tr("Earlier versions"))


def last_change(session: Session, rows: Sequence[VersionView]) -> str:
    """The newest version in one line; empty when nobody ever changed anything."""
    if not rows or not rows[0].by:
        return ""
    line = QCoreApplication.translate("VersionsTable", "Last changed by {name} on {moment}.")
    return line.format(name=rows[0].by, moment=_moment(session, rows[0]))


def last_change_of(session: Session, *notes: str) -> str:
    """The newest change of any of these settings in one line; empty when nobody ever changed one."""
    kept = versions.history(session.desk, settings.KIND)
    return last_change(session, [one for one in kept if one.note in notes])


def _moment(session: Session, row: VersionView) -> str:
    return shown.moment(row.at, ZoneInfo(session.desk.shop.time_zone))


def _who(row: VersionView) -> str:
    return row.by or QCoreApplication.translate("VersionsTable", "shipped")
