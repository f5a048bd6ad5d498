"""What one group or one kind of slip says for itself about printing; what it leaves open is as the level above."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import print_cups, print_rules, printing
from counter_app.services.print_rules import Rule
from counter_app.ui import format as shown
from counter_app.ui import print_words
from counter_app.ui.jobs import Waiting
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

_PAPERS = ("80mm", "58mm", "A4", "A5", "241x140", "241x93")
_OPEN = object()


def group_name(group: str) -> str:
    """What a group of slips is called."""
    names = {
        "receipts": QCoreApplication.translate("Printing", "Receipts"),
        "forms": QCoreApplication.translate("Printing", "Forms for customers"),
        "office": QCoreApplication.translate("Printing", "Office papers"),
        "goods": QCoreApplication.translate("Printing", "Goods room papers"),
        "day": QCoreApplication.translate("Printing", "Day sheets and shifts"),
        print_rules.FINANCE: QCoreApplication.translate("Printing", "Finance copies of all slips"),
    }
    return names[group]


def copy_name(copy: str) -> str:
    """What a copy is called in the window."""
    names = {
        "stub": QCoreApplication.translate("Printing", "stub"),
        "customer": QCoreApplication.translate("Printing", "customer"),
        "finance": QCoreApplication.translate("Printing", "finance"),
        "warehouse": QCoreApplication.translate("Printing", "goods room"),
    }
    return names[copy]


class RuleDialog(Dialog):
    """Printer, paper, tray, copies, second language, and whether it prints by itself."""

    def __init__(self, session: Session, level: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=640, icon="save")
        self._session, self._level, self._name = session, level, name
        self._trays: Waiting | None = None
        rule = print_rules.rule(session.desk, level, name)
        self.printer, self.paper, self.tray = QComboBox(), QComboBox(), QComboBox()
        self.also, self.silent = QComboBox(), QComboBox()
        self.tray.setEditable(True)
        self.copies: dict[str, QComboBox] = {}
        self._fill(rule)
        self._fields = {
            "printer": Field(self.printer),
            "paper": Field(self.paper),
            "tray": Field(self.tray),
            "also": Field(self.also),
            "silent": Field(self.silent),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        shown_fields = ["printer", "paper", "tray"]
        if name != print_rules.FINANCE:
            shown_fields += ["also", "silent"]
        for at, key in enumerate(shown_fields):
            grid.addWidget(self._fields[key], at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self._counted = Field(self._copy_row(rule))
        self.body.addWidget(self._counted)
        self._counted.setVisible(bool(self.copies))
        self.printer.currentIndexChanged.connect(self._ask_trays)
        self._retranslate()
        self._ask_trays()

    def rule(self) -> Rule:
        """What is chosen."""
        counts = {copy: _data(box) for copy, box in self.copies.items() if _data(box) is not None}
        tray = self.tray.currentText().strip()
        return Rule(
            printer=_data(self.printer),
            paper=_data(self.paper),
            copies=counts or None,
            tray=tray or None,
            also=_data(self.also),
            silent=_data(self.silent),
        )

    def confirm(self) -> None:
        try:
            self._session.act(print_rules.set_rule, self._level, self._name, self.rule())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _fill(self, rule: Rule) -> None:
        above = self.tr("as above")
        self.printer.addItem(above, _OPEN)
        self.printer.addItem(self.tr("The system's own"), "")
        names = print_words.printers(self._session.desk)
        for name in names:
            self.printer.addItem(name, name)
        if rule.printer and rule.printer not in names:
            self.printer.addItem(self.tr("{name} (not connected)").format(name=rule.printer), rule.printer)
        self.paper.addItem(above, _OPEN)
        for paper in _PAPERS:
            self.paper.addItem(paper, paper)
        for word, code in ((above, _OPEN), (self.tr("none"), ""), ("中文", "zh"), ("English", "en")):
            self.also.addItem(word, code)
        for word, yes in (
            (above, _OPEN),
            (self.tr("prints by itself"), True),
            (self.tr("is printed by hand"), False),
        ):
            self.silent.addItem(word, yes)
        for box, value in (
            (self.printer, rule.printer),
            (self.paper, rule.paper),
            (self.also, rule.also),
            (self.silent, rule.silent),
        ):
            wanted = _OPEN if value is None else value
            at = next(at for at in range(box.count()) if _same(box.itemData(at), wanted))
            box.setCurrentIndex(at)
        self.tray.setEditText(rule.tray or "")

    def _copy_row(self, rule: Rule) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_M)
        kinds = print_rules.copies_of(self._name) if self._level == "kinds" else ()
        for kind in kinds:
            box = QComboBox()
            name = copy_name(kind.value)
            box.addItem(f"{name}: {self.tr('as above')}", _OPEN)
            for count in range(print_rules.MOST_COPIES + 1):
                box.addItem(f"{name} × {count}", count)
            told = (rule.copies or {}).get(kind.value)
            box.setCurrentIndex(0 if told is None else told + 1)
            box.setAccessibleName(name)
            self.copies[kind.value] = box
            row.addWidget(box, 1)
        return holder

    def _ask_trays(self) -> None:
        """The trays the driver tells of, asked away from the window's thread; others can be typed."""
        name = _data(self.printer)
        known = print_rules.devices(self._session.desk)
        if not name or name in known or self._trays is not None or not print_cups.is_here():
            return
        # Without a parent: a slow answer may come when the dialog is gone.
        self._trays = Waiting(lambda: print_cups.Cups().trays(name))
        self._trays.done.connect(self._show_trays)
        self._trays.ended.connect(self._asked)
        self._trays.start()

    def _show_trays(self, trays: tuple[str, ...]) -> None:
        typed = self.tray.currentText()
        self.tray.clear()
        self.tray.addItems(["", *trays])
        self.tray.setEditText(typed)

    def _asked(self) -> None:
        self._trays = None

    def _retranslate(self) -> None:
        title = (
            group_name(self._name)
            if self._level == "groups"
            else shown.words(printing.kind_title(self._name))
        )
        lead = self.tr("What is left at “as above” follows the group, and the group the whole shop.")
        if self._name == print_rules.FINANCE:
            lead = self.tr(
                "With a printer of their own, finance copies come out there and not with the others."
            )
        self.say(title, lead, self.tr("Save"))
        tell = self._fields
        tell["printer"].set_label(self.tr("Printer"))
        tell["paper"].set_label(self.tr("Paper"))
        tell["tray"].set_label(
            self.tr("Tray"), self.tr("As the printer's driver calls it; empty: as it is set there.")
        )
        tell["also"].set_label(self.tr("Customer's copy a second time in"))
        tell["silent"].set_label(self.tr("When posted"))
        self._counted.set_label(self.tr("How often each copy prints; 0: not at all"))


def _data(box: QComboBox):
    """What is chosen, None where it is left open."""
    told = box.currentData()
    return None if told is _OPEN else told


def _same(one: object, other: object) -> bool:
    return one is other or (type(one) is type(other) and one == other)
