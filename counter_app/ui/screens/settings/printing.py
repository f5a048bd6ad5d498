"""Settings page: printers and papers, for the whole shop, for groups of slips and for single kinds."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout

from counter_app.domain.errors import CounterError
from counter_app.domain.roles import EDIT_POLICY
from counter_app.services import print_queue, print_rules, printing, settings, staff
from counter_app.services.print_rules import Rule, Way
from counter_app.ui import format as shown
from counter_app.ui import print_words
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.print_rule_dialog import RuleDialog, copy_name, group_name
from counter_app.ui.screens.settings.receipt_printers_dialog import ReceiptPrintersDialog
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table

_ROLLS = ("80mm", "58mm")
_KEPT = (
    "printer.receipt",
    "printer.form",
    "paper.receipt",
    "paper.form",
    "slips.language",
    print_rules.RULES,
    print_rules.DEVICES,
    "printer.drawer",
)
_SHEETS = ("A4", "A5", "241x140", "241x93")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One line of the list: a group, or a kind of slip within it. `way`: how it prints, all levels together."""

    level: str
    name: str
    rule: Rule
    way: Way


class PrintingPage(SettingsPage):
    """A receipt printer and a form printer with their papers; beneath, what groups and kinds say for themselves."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._receipt, self._form = QComboBox(), QComboBox()
        self._roll, self._sheet, self._language = QComboBox(), QComboBox(), QComboBox()
        self._roll.addItems(_ROLLS)
        self._sheet.addItems(_SHEETS)
        self._language.addItem("中文", "zh")
        self._language.addItem("English", "en")
        self._fields = {
            name: Field(widget)
            for name, widget in (
                ("receipt", self._receipt),
                ("roll", self._roll),
                ("form", self._form),
                ("sheet", self._sheet),
                ("language", self._language),
            )
        }
        self._save = ActionButton("", "save", kind="primary", key="Ctrl+S", bind=True)
        self._save.clicked.connect(self._keep)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_S)
        places = {"receipt": (0, 0), "roll": (0, 1), "form": (1, 0), "sheet": (1, 1), "language": (0, 2)}
        for name, (down, across) in places.items():
            grid.addWidget(self._fields[name], down, across)
        grid.addWidget(self._save, 1, 2, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.table = Table(
            [
                Column(lambda: self.tr("Slip"), self._named),
                Column(
                    lambda: self.tr("Printer"), lambda row: print_words.printer(row.way.printer), width=130
                ),
                Column(lambda: self.tr("Paper"), lambda row: row.way.paper.value, width=80),
                Column(lambda: self.tr("Copies"), self._copies, width=210),
                Column(lambda: self.tr("When posted"), self._when, width=110),
            ]
        )
        self.table.setMinimumHeight(170)
        self.table.opened.connect(lambda _row: self._change())
        self.table.current_row.connect(lambda _row: self._show_allowed())
        self._edit = ActionButton("", "pencil")
        self._test = ActionButton("", "printer")
        self._devices = ActionButton("", "receipt")
        self._edit.clicked.connect(self._change)
        self._test.clicked.connect(self._print_test)
        self._devices.clicked.connect(self._show_devices)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        for part in (self._edit, self._test, self._devices):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addLayout(grid)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._changed)
        self._retranslate()

    def load(self) -> None:
        desk = self.session.desk
        self._show_printers(self._receipt, settings.setting(desk, "printer.receipt"))
        self._show_printers(self._form, settings.setting(desk, "printer.form"))
        self._roll.setCurrentText(settings.setting(desk, "paper.receipt"))
        self._sheet.setCurrentText(settings.setting(desk, "paper.form"))
        self._language.setCurrentIndex(
            max(0, self._language.findData(settings.setting(desk, "slips.language")))
        )
        at = max(0, self.table.currentIndex().row())
        self.table.rows.show_rows(self._rows())
        self.table.choose(at)
        self._show_allowed()
        self.show_change(*_KEPT)

    def _rows(self) -> list[RuleRow]:
        desk = self.session.desk
        rows = []
        for group, kinds in print_rules.GROUPS.items():
            if len(kinds) > 1:
                rule = print_rules.rule(desk, "groups", group)
                rows.append(RuleRow("groups", group, rule, print_rules.group_way(desk, group)))
            for kind in kinds:
                rule = print_rules.rule(desk, "kinds", kind)
                rows.append(RuleRow("kinds", kind, rule, print_rules.way(desk, kind)))
        apart = print_rules.rule(desk, "groups", print_rules.FINANCE)
        rows.append(RuleRow("groups", print_rules.FINANCE, apart, print_rules.finance_way(desk)))
        return rows

    def _named(self, row: RuleRow) -> str:
        if row.level == "groups":
            return group_name(row.name)
        own = "" if row.rule.is_empty else "  •"
        return f"      {shown.words(printing.kind_title(row.name))}{own}"

    def _copies(self, row: RuleRow) -> str:
        counted = {copy: row.way.copies.count(copy) for copy in row.way.copies}
        names = (
            copy_name(copy.value) + (f" × {count}" if count > 1 else "") for copy, count in counted.items()
        )
        return " · ".join(names) if row.level == "kinds" else ""

    def _when(self, row: RuleRow) -> str:
        return self.tr("by itself") if row.way.silent else ""

    def _show_printers(self, box: QComboBox, chosen: str) -> None:
        """Printers there are; one that is away today stays chosen, and is named as away."""
        box.clear()
        box.addItem(self.tr("The system's own"), "")
        names = print_words.printers(self.session.desk)
        for name in names:
            box.addItem(name, name)
        if chosen and chosen not in names:
            box.addItem(self.tr("{name} (not connected)").format(name=chosen), chosen)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _show_allowed(self) -> None:
        may = staff.may(self.session.desk, EDIT_POLICY)
        why = self.tr("Your role may not change the shop's rules.")
        self._edit.allow(may and self.table.chosen() is not None, why)
        self._devices.allow(may, why)
        self._test.allow(self.session.desk.staff is not None and self.table.chosen() is not None, why)

    def _change(self) -> None:
        row = self.table.chosen()
        if not isinstance(row, RuleRow) or not self._edit.isEnabled():
            return
        if RuleDialog(self.session, row.level, row.name, self).exec():
            self.load()
            self.saved()

    def _show_devices(self) -> None:
        ReceiptPrintersDialog(self.session, self).exec()
        self.load()

    def _print_test(self) -> None:
        """A test page on the printer of the line that is chosen; how it went stands in the print queue."""
        row = self.table.chosen()
        if not isinstance(row, RuleRow):
            return
        try:
            self.session.act(print_queue.enqueue_test, row.way.printer, print_queue.new_request())
        except CounterError as error:
            self.refuse(error)
            return
        name = print_words.printer(row.way.printer)
        self.banner.say(self.tr("A test page goes to the printer {name}.").format(name=name), tone="ok")

    def _keep(self) -> None:
        try:
            for key, value in (
                ("printer.receipt", str(self._receipt.currentData() or "")),
                ("printer.form", str(self._form.currentData() or "")),
                ("paper.receipt", self._roll.currentText()),
                ("paper.form", self._sheet.currentText()),
                ("slips.language", str(self._language.currentData())),
            ):
                if settings.setting(self.session.desk, key) != value:
                    self.session.act(settings.set_setting, key, value)
        except CounterError as error:
            self.refuse(error)
            return
        self.load()
        self.saved()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Printers and paper"),
            self.tr("Above is what holds for the whole shop; a line beneath may say otherwise for itself."),
        )
        tell = self._fields
        tell["receipt"].set_label(self.tr("Receipt printer"))
        tell["roll"].set_label(self.tr("Receipt paper"))
        tell["form"].set_label(self.tr("Form printer"))
        tell["sheet"].set_label(self.tr("Form paper"))
        tell["language"].set_label(self.tr("Language of slips"))
        self._save.setText(self.tr("Save"))
        self._edit.setText(self.tr("Change this line …"))
        self._test.setText(self.tr("Print a test page"))
        self._devices.setText(self.tr("Receipt printers and drawer …"))
        self.table.setAccessibleName(self.tr("What prints where"))
