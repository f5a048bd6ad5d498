"""Settings page: the register's folder, and the columns of plain sheets as somebody named them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QWidget

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import IMPORT
from counter_app.services import import_mappings, sale_list, staff
from counter_app.services.import_mappings import SheetMapping
from counter_app.ui import format as shown
from counter_app.ui.screens.sales.mapping_form import MappingForm
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.watched_folder import WatchedFolder
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table

_FORM_HIGH = 430


class SheetDialog(Dialog):
    """The name of one kind of sheet, and which of its columns holds what."""

    def __init__(self, session: Session, sheet: SheetMapping, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=900, icon="save")
        self._session, self._sheet = session, sheet
        self._name = QLineEdit(sheet.name)
        self._field = Field(self._name)
        self.form = MappingForm(sale_list.sheet_fields())
        self.form.show_columns(sheet.columns, sheet.mapping)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setMinimumHeight(_FORM_HIGH)
        area.setWidget(self.form)
        self.body.addWidget(self._field)
        self.body.addWidget(area, 1)
        self._retranslate()

    def confirm(self) -> None:
        try:
            self._session.act(import_mappings.change, self._sheet.key, self._name.text(), self.form.mapping())
        except CounterError as error:
            if error.code == "import.mapping.name":
                self._field.show_error(error)
            else:
                self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Columns of a sheet"),
            self.tr("The next sheet with this header is read like this."),
            self.tr("Save"),
        )
        self._field.set_label(self.tr("Name"))


class SheetsPage(SettingsPage):
    """The list, with change and forget."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.table = Table(
            [
                Column(lambda: self.tr("Name"), lambda row: row.name, width=220),
                Column(lambda: self.tr("Header"), lambda row: shown.one_line(" · ".join(row.columns), 120)),
                Column(lambda: self.tr("Columns used"), self._used, right=True, width=120),
            ]
        )
        self.table.opened.connect(lambda _row: self._change())
        self.table.current_row.connect(lambda _row: self._show_allowed())
        self._empty = EmptyState("table")
        self._edit = ActionButton("", "pencil", kind="primary")
        self._forget = ActionButton("", "trash-2")
        self._edit.clicked.connect(self._change)
        self._forget.clicked.connect(self._drop)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        row.addWidget(self._edit)
        row.addWidget(self._forget)
        row.addStretch(1)
        self.watched = WatchedFolder(session)
        self.watched.refused.connect(self.refuse)
        self.body.addWidget(self.watched)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._empty, 1)
        self._retranslate()

    def load(self) -> None:
        self.watched.load()
        at = self.table.currentIndex().row()
        known = import_mappings.remembered(self.session.desk)
        self.table.rows.show_rows(known)
        self.table.choose(max(0, at))
        for part in (self.table, self._edit, self._forget):
            part.setVisible(bool(known))
        self._empty.setVisible(not known)
        self._show_allowed()

    def _used(self, row: SheetMapping) -> str:
        return self.tr("{used} of {all}").format(used=len(set(row.mapping.values())), all=len(row.columns))

    def _show_allowed(self) -> None:
        allowed = staff.may(self.session.desk, IMPORT)
        for button in (self._edit, self._forget):
            button.allow(allowed and self.table.chosen() is not None, self.tr("Your role may not import."))

    def _change(self) -> None:
        row = self.table.chosen()
        if not isinstance(row, SheetMapping) or not self._edit.isEnabled():
            return
        if SheetDialog(self.session, row, self).exec():
            self.load()
            self.saved()

    def _drop(self) -> None:
        row = self.table.chosen()
        if not isinstance(row, SheetMapping):
            return
        try:
            self.session.act(import_mappings.forget, row.key)
        except CounterError as error:
            self.refuse(error)
            return
        self.load()
        self.banner.say(
            self.tr("Forgotten: {name}. The next such sheet is asked about again.").format(name=row.name)
        )

    def _retranslate(self) -> None:
        self.say(
            self.tr("Order lists"),
            self.tr(
                "What was said at an import is remembered by the sheet's header, so nobody is asked twice."
            ),
        )
        self._edit.setText(self.tr("Change or rename"))
        self._forget.setText(self.tr("Forget"))
        self.table.setAccessibleName(self.tr("Columns of sheets"))
        self._empty.say(
            self.tr("Nothing remembered yet"),
            self.tr("Import a sheet whose columns nobody knows, say which holds what, and it stands here."),
        )
