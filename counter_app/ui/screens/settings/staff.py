"""Settings page: who works here, what they may do, and their PINs."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.money import parse_yuan
from counter_app.domain.roles import APPROVE, MANAGE_STAFF, UNLIMITED_FEN, Role
from counter_app.services import roles, staff
from counter_app.services.staff import NewStaff, StaffEntry
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.codes_dialog import CodesDialog
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.pin_line import pin_line
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table

_FIELDS = {
    "staff.pin.shape": "pin",
    "ui.pin.mismatch": "again",
    "staff.code.taken": "code",
    "staff.name.empty": "name",
    "staff.limit": "limit",
}


def role_name(role: Role) -> str:
    """A role in the window's language."""
    return role.zh if shown.is_chinese() else role.en


class StaffDialog(Dialog):
    """Adds somebody, or changes role, limit and PIN of somebody (an empty PIN stays as it is)."""

    def __init__(
        self, session: Session, entry: StaffEntry | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=520, icon="save")
        self._session, self._entry = session, entry
        self._roles = dict(roles.roles(session.desk))
        self._code, self._name, self._limit = QLineEdit(), QLineEdit(), QLineEdit()
        self._role = QComboBox()
        for code, role in self._roles.items():
            self._role.addItem(role_name(role), code)
        self._pin, self._again = pin_line(self), pin_line(self)
        self._fields = {
            "code": Field(self._code),
            "name": Field(self._name),
            "role": Field(self._role),
            "limit": Field(self._limit),
            "pin": Field(self._pin),
            "again": Field(self._again),
        }
        for field in self._fields.values():
            self.body.addWidget(field)
        if entry is not None:
            self._code.setText(entry.code)
            self._name.setText(entry.name)
            self._role.setCurrentIndex(max(0, self._role.findData(entry.role)))
            for fixed in (self._code, self._name):
                fixed.setReadOnly(True)
            own = self._roles.get(entry.role)
            if own is not None and entry.limit_fen != own.limit_fen and entry.limit_fen < UNLIMITED_FEN:
                self._limit.setText(shown.money(entry.limit_fen, sign=False).replace(",", ""))
        self._retranslate()

    def confirm(self) -> None:
        try:
            self._write()
        except CounterError as error:
            name = _FIELDS.get(error.code)
            if name is None:
                self.banner.show_error(error)
            else:
                self._fields[name].show_error(error)
            return
        self.accept()

    def _write(self) -> None:
        if self._pin.text() != self._again.text():
            raise UserError("ui.pin.mismatch")
        text = self._limit.text().strip()
        limit = parse_yuan(text) if text else None
        role = str(self._role.currentData())
        if self._entry is None:
            new = NewStaff(self._code.text(), self._name.text(), role, self._pin.text(), limit)
            self._session.act(staff.add_staff, new)
            return
        self._session.act(staff.set_role, self._entry.id, role, limit)
        if self._pin.text():
            self._session.act(staff.change_pin, self._entry.id, self._pin.text())

    def _retranslate(self) -> None:
        adding = self._entry is None
        self.say(
            self.tr("New member of staff") if adding else self.tr("Change role and PIN"), "", self.tr("Save")
        )
        tell = self._fields
        tell["code"].set_label(self.tr("Staff number"))
        tell["name"].set_label(self.tr("Name"))
        tell["role"].set_label(self.tr("Role"))
        tell["limit"].set_label(
            self.tr("Limit they decide alone, yuan"), self.tr("Empty: the limit of the role.")
        )
        tell["pin"].set_label(
            self.tr("PIN"),
            self.tr("For the first sign-in; they then choose their own.")
            if adding
            else self.tr("Empty: the PIN stays as it is. A new one lasts until they choose their own."),
        )
        tell["again"].set_label(self.tr("PIN once more"))


class StaffPage(SettingsPage):
    """The list, with add, change, let in and keep out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._known: dict[str, Role] = {}
        self._table = Table(
            [
                Column(lambda: self.tr("No."), lambda row: row.code, width=80),
                Column(lambda: self.tr("Name"), lambda row: row.name),
                Column(lambda: self.tr("Role"), self._role_of),
                Column(lambda: self.tr("Limit"), self._limit_of, right=True, width=130),
                Column(lambda: self.tr("State"), self._state_of, tone=_state_tone, width=150),
            ]
        )
        self._table.opened.connect(lambda _row: self._change())
        self._table.current_row.connect(lambda _row: self._show_allowed())
        self._all = QCheckBox()
        self._all.toggled.connect(lambda _on: self.load())
        self._add = ActionButton("", "plus", kind="primary", key="Ctrl+N", bind=True)
        self._edit = ActionButton("", "pencil")
        self._switch = ActionButton("", "ban")
        self._codes = ActionButton("", "phone-call", kind="quiet")
        self._codes.clicked.connect(lambda: CodesDialog(self.session, self).exec())
        self._add.clicked.connect(self._new)
        self._edit.clicked.connect(self._change)
        self._switch.clicked.connect(self._let_in_or_out)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        for part in (self._add, self._edit, self._switch, self._codes):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._all)
        self.body.addLayout(row)
        self.body.addWidget(self._table, 1)
        self._retranslate()

    def load(self) -> None:
        self._known = dict(roles.roles(self.session.desk))
        at = self._table.currentIndex().row()
        self._table.rows.show_rows(staff.list_staff(self.session.desk, active_only=not self._all.isChecked()))
        self._table.choose(max(0, at))
        self._show_allowed()

    def _role_of(self, row: StaffEntry) -> str:
        known = self._known.get(row.role)
        name = role_name(known) if known else row.role
        return self.tr("{role} (owner)").format(role=name) if row.owner else name

    def _limit_of(self, row: StaffEntry) -> str:
        return self.tr("no limit") if row.limit_fen >= UNLIMITED_FEN else shown.money(row.limit_fen)

    def _state_of(self, row: StaffEntry) -> str:
        if not row.active:
            return self.tr("may not sign in")
        if row.must_change:
            return self.tr("PIN to be changed")
        return self.tr("locked out for now") if row.locked_until else self.tr("active")

    def _show_allowed(self) -> None:
        row = self._table.chosen()
        allowed = staff.may(self.session.desk, MANAGE_STAFF)
        why = self.tr("Only a manager may change staff.")
        self._add.allow(allowed, why)
        for button in (self._edit, self._switch):
            button.allow(allowed and row is not None, why)
        self._codes.allow(
            staff.may(self.session.desk, APPROVE),
            self.tr("Only for who may approve; everybody makes their own."),
        )
        if isinstance(row, StaffEntry):
            self._switch.setText(self.tr("Keep out") if row.active else self.tr("Let in again"))

    def _new(self) -> None:
        if StaffDialog(self.session, None, self).exec():
            self.load()
            self.saved()

    def _change(self) -> None:
        row = self._table.chosen()
        if (
            isinstance(row, StaffEntry)
            and self._edit.isEnabled()
            and StaffDialog(self.session, row, self).exec()
        ):
            self.load()
            self.saved()

    def _let_in_or_out(self) -> None:
        row = self._table.chosen()
        if not isinstance(row, StaffEntry):
            return
        try:
            self.session.act(staff.set_active, row.id, not row.active)
        except CounterError as error:
            self.refuse(error)
            return
        self.load()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Staff and rights"),
            self.tr("Everybody signs in with a PIN of their own; roles give rights."),
        )
        self._add.setText(self.tr("Add"))
        self._edit.setText(self.tr("Role and PIN"))
        self._switch.setText(self.tr("Keep out"))
        self._codes.setText(self.tr("My codes by phone…"))
        self._all.setText(self.tr("Show former staff"))
        self._table.setAccessibleName(self.tr("Staff"))


def _state_tone(row: StaffEntry) -> str:
    return "secondary" if not row.active else "attention" if row.locked_until or row.must_change else ""
